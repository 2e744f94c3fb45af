"""Versions of drafts: given a name by hand, and kept by what the room does."""

import pytest
from sqlalchemy import select

from facilitator.actions import Refused
from facilitator.db import db
from facilitator.models import DraftVersion, Phase, Role
from facilitator.rooms import versions
from tests.rooms.test_drafts import Copy, drafting, refusal, text  # noqa: F401 - fixtures


def kept(draft):
    db.session.rollback()
    query = select(DraftVersion).filter_by(draft_id=draft).order_by(DraftVersion.id)
    return [(one.seq, one.how, one.title, one.step) for one in db.session.scalars(query)]


def test_writers_name_the_present_and_an_earlier_moment(join, lead, text):  # noqa: F811
    ana = join("Ana")
    Copy(ana, text).type("Queues.")

    ana.act("draft.name_version", recommendation=text, seq=2, title="  Before \n lunch ")
    lead(Role.RAPPORTEUR).act("draft.name_version", recommendation=text, seq=1, title="Title 🐢")

    assert kept(text) == [(2, "hand", "Before lunch", {}), (1, "hand", "Title 🐢", {})]


def test_name_is_told_as_news_of_the_text_so_that_who_looks_looks_again(join, text):  # noqa: F811
    ana, ben = join("Ana"), join("Ben")

    ana.act("draft.name_version", recommendation=text, seq=1, title="Before lunch")

    assert [kind for kind, _ in ben.hear()] == ["text"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"seq": 0}, "not_allowed"),
        ({"seq": 2}, "not_allowed"),
        ({"title": " "}, "bad_shape"),
        ({"title": "x" * 81}, "too_long"),
        ({"recommendation": 999}, "gone"),
    ],
)
def test_what_is_no_version_is_refused(join, text, change, code):  # noqa: F811
    asked = {"recommendation": text, "seq": 1, "title": "Before lunch", **change}

    assert refusal(join("Ana").act, "draft.name_version", **asked) == code
    assert kept(text) == []


def test_observers_and_next_door_name_nothing(forum, join, lead, text):  # noqa: F811
    asked = {"recommendation": text, "seq": 1, "title": "Before lunch"}

    with pytest.raises(Refused):
        lead(Role.OBSERVER).act("draft.name_version", **asked)
    next_door = lead(room=forum.rooms[1])
    next_door.go(Phase.DRAFT)
    assert refusal(next_door.act, "draft.name_version", **asked) == "gone"


def test_a_draft_holds_so_many_names(join, text, monkeypatch):  # noqa: F811
    monkeypatch.setattr(versions, "PER_DRAFT", 2)
    ana = join("Ana")
    for name in ("One", "Two"):
        ana.act("draft.name_version", recommendation=text, seq=1, title=name)

    asked = {"recommendation": text, "seq": 1, "title": "Three"}
    assert refusal(ana.act, "draft.name_version", **asked) == "too_many"


def test_who_leads_takes_a_name_back_and_only_what_was_named_by_hand(join, lead, text):  # noqa: F811
    ana, leader = join("Ana"), lead()
    named = ana.act("draft.name_version", recommendation=text, seq=1, title="Oops")["id"]
    assert refusal(ana.act, "draft.drop_version", recommendation=text, id=named) == "not_allowed"

    leader.act("draft.drop_version", recommendation=text, id=named)

    assert kept(text) == []
    assert refusal(leader.act, "draft.drop_version", recommendation=text, id=named) == "gone"


def test_step_that_ends_keeps_what_has_changed_in_it(drafting, join, lead, text):  # noqa: F811
    leader = lead()
    leader.go(Phase.DRAFT)
    leader.go(Phase.ADOPT)
    leader.go(Phase.DRAFT)
    leader.go(Phase.ADOPT)
    assert [(seq, how) for seq, how, _, _ in kept(text)] == [(1, "step")]

    leader.go(Phase.DRAFT)
    Copy(join("Ana"), text).type("Queues.")
    leader.go(Phase.DECIDE)

    assert kept(text)[1:] == [(2, "step", "", {"en": "Draft"})]


def test_decision_keeps_the_revision_that_was_voted_on(join, lead, text):  # noqa: F811
    ana, leader = join("Ana"), lead()
    leader.go(Phase.ADOPT)
    asked = leader.act("ballot.adopt", recommendation=text)
    ana.act("ballot.cast", ballot=asked["id"], marks={"yes": 1})

    leader.act("ballot.close", ballot=asked["id"])

    assert (1, "adopted", "", {}) in kept(text)


def test_promise_of_anonymity_stays_once_there_are_drafts(drafting, lead):  # noqa: F811
    leader = lead()
    leader.act("room.anonymous", on=True)
    leader.act("room.anonymous", on=False)
    leader.act("room.anonymous", on=True)
    leader.act("recommendation.start", title="Benches", lang="en", theme=None)

    assert refusal(leader.act, "room.anonymous", on=False) == "not_allowed"
    leader.hear()
    assert leader.all("room")[drafting.id]["anonymous"]


def test_text_of_which_more_than_half_goes_is_kept_as_it_was(join, clock, text, monkeypatch):  # noqa: F811
    ana, ours = Copy(join("Ana"), text), clock()

    def reads(seq, length):
        face = {"title": "Benches", "sections": {"problem": "x" * length}, "steps": []}
        ours.act("draft.render", recommendation=text, seq=seq, text=face)

    for word in ("one ", "two ", "three "):
        ana.type(word)
    reads(2, 201)
    reads(3, 101)  # not more than half
    assert kept(text) == []
    reads(4, 201)
    reads(5, 100)
    assert kept(text) == [(4, "cut", "", {})]
    reads(6, 300)
    reads(7, 0)  # again within a minute
    assert len(kept(text)) == 1
    monkeypatch.setattr(versions, "PAUSE", versions.PAUSE * 0)
    reads(8, 200)
    reads(9, 0)  # so short a text is soon written again
    reads(10, 300)
    reads(11, 0)
    assert kept(text)[1:] == [(10, "cut", "", {})]
