"""Moderation: what is held, reported, hidden and shown, and who hears of it."""

from functools import partial

import pytest
from sqlalchemy import event, select

from facilitator.actions import Refused
from facilitator.db import db
from facilitator.models import Event, Idea, Op, Phase
from facilitator.rooms.moderation import hidden_here
from tests.rooms.test_ideas import BALLOT, SIT

RUDE = "Ask Mr K. from window 6"


def logged():
    """All that stands in the logs of rooms."""
    db.session.rollback()
    return repr(db.session.execute(select(Event.data)).all())


def post(phone, text=RUDE):
    return phone.act("idea.post", **SIT, text=text)


def states(phone):
    phone.hear()
    return {one["id"]: one["state"] for one in phone.mine["unshown"]}


# ---- Before showing ------------------------------------------------------------------------------


def test_held_idea_is_for_its_author_and_who_leads(join, lead):
    ana, ben, leader = join("Ana"), join("Ben"), lead()
    leader.act("room.moderate", moderation="before")

    made = post(ana)

    ben.hear(), leader.hear()
    assert (made["state"], made["text"]) == ("held", RUDE)
    assert states(ana) == {made["id"]: "held"}
    assert RUDE not in repr(ben.things)
    held = leader.things["held", f"idea-{made['id']}"]
    assert (held["state"], held["face"]["text"]) == ("held", RUDE)
    assert "Ana" not in repr(leader.things)

    leader.act("idea.show", id=made["id"])

    ben.hear(), leader.hear()
    assert ben.all("idea")[made["id"]]["text"] == RUDE
    assert ben.all("echo")[made["id"]]["seats"] == 0
    assert [key for key in leader.things if key[0] == "held"] == []
    assert states(ana) == {}
    assert [one["ruling"] for one in leader.all("decision").values()] == ["passed"]


def test_edited_words_are_looked_at_again(join, lead):
    ana, ben, leader = join("Ana"), join("Ben"), lead()
    leader.act("room.moderate", moderation="before")
    made = post(ana, "Benches")
    leader.act("idea.show", id=made["id"])

    ana.act("idea.edit", id=made["id"], sort="need", question=None, text=RUDE)

    ben.hear()
    assert (ben.all("idea"), states(ana)) == ({}, {made["id"]: "held"})


def test_what_is_refused_while_it_waits_was_never_seen(join, lead):
    ana, ben, leader = join("Ana"), join("Ben"), lead()
    leader.act("room.moderate", moderation="before")
    made = post(ana)
    leader.hear()

    leader.act("idea.hide", id=made["id"], reason="person")

    ben.hear(), leader.hear()
    assert RUDE not in repr(ben.things) + repr(leader.things) + logged()
    assert leader.things["blotted", f"idea-{made['id']}"]["reason"] == "person"
    assert [one["text"] for one in hidden_here(leader.actor)] == [RUDE]


def test_comments_wait_as_ideas_do(join, lead):
    ana, ben, leader = join("Ana"), join("Ben"), lead()
    about = post(ana, "Benches")
    leader.act("room.moderate", moderation="before")

    said = ben.act("comment.post", idea=about["id"], text=RUDE, lang="en")

    ana.hear(), leader.hear()
    assert (said["state"], ana.all("comment")) == ("held", {})
    leader.act("comment.show", id=said["id"])
    ana.hear()
    assert ana.all("comment")[said["id"]]["text"] == RUDE


def test_who_leads_need_not_wait_for_themselves(lead):
    leader = lead()
    leader.act("room.moderate", moderation="before")

    assert "state" not in post(leader, "Said in the hall")


# ---- After showing -------------------------------------------------------------------------------


def test_hidden_idea_leaves_every_screen_and_the_log(join, lead):
    ana, ben, leader = join("Ana"), join("Ben"), lead()
    made = post(ana)
    said = ben.act("comment.post", idea=made["id"], text=f"Yes: {RUDE}", lang="en")
    leader.act("park.add", sort="need", text=None, idea=made["id"], lang="en")
    ben.hear(), leader.hear()

    leader.act("idea.hide", id=made["id"], reason="person")

    for phone in (ana, ben, leader):
        phone.hear()
        assert phone.things == phone.fresh()
        assert RUDE not in repr(phone.things) + repr(phone.mine)
    assert RUDE not in logged()
    assert [(one["state"], one["reason"]) for one in ana.mine["unshown"]] == [("hidden", "person")]

    leader.act("idea.show", id=made["id"])

    ben.hear()
    assert ben.all("idea")[made["id"]]["text"] == RUDE
    assert list(ben.all("comment")) == [said["id"]]
    assert states(ana) == {}


def test_hidden_comment_leaves_its_idea_alone(join, lead):
    ana, ben, leader = join("Ana"), join("Ben"), lead()
    about = post(ana, "Benches")
    said = ben.act("comment.post", idea=about["id"], text=RUDE, lang="en")

    leader.act("comment.hide", id=said["id"], reason="insult")

    ana.hear()
    assert (list(ana.all("idea")), ana.all("comment")) == ([about["id"]], {})
    assert RUDE not in logged()
    leader.act("comment.show", id=said["id"])
    ana.hear()
    assert list(ana.all("comment")) == [said["id"]]


def test_hidden_idea_stands_on_no_paper(join, lead):
    ana, leader = join("Ana"), lead()
    made, _ = post(ana), post(ana, "Benches")
    leader.go(Phase.DECIDE)
    ballot = leader.act("ballot.open", **BALLOT, things=[])

    leader.act("idea.hide", id=made["id"], reason="person")

    ana.hear()
    labels = [one["label"] for one in ana.all("ballot")[ballot["id"]]["choices"]]
    assert (labels, RUDE in logged()) == (["", "Benches"], False)
    leader.act("idea.show", id=made["id"])
    ana.hear()
    assert ana.all("ballot")[ballot["id"]]["choices"][0]["label"] == RUDE


def test_last_of_two_who_lead_wins_and_both_see_it(join, lead):
    made, first, second = post(join("Ana")), lead(), lead()

    first.act("idea.hide", id=made["id"], reason="person")
    second.act("idea.show", id=made["id"])
    second.act("idea.hide", id=made["id"], reason="topic")

    for leader in (first, second):
        leader.hear()
        assert leader.things["blotted", f"idea-{made['id']}"]["reason"] == "topic"
        rulings = [one["ruling"] for one in leader.all("decision").values()]
        assert rulings == ["hidden", "restored", "hidden"]


def test_moderation_goes_on_in_a_closed_room(join, lead):
    made, leader = post(join("Ana")), lead()
    leader.go(Phase.CLOSED)

    leader.act("idea.hide", id=made["id"], reason="data")

    assert db.session.get_one(Idea, made["id"]).state == "hidden"


def test_what_was_hidden_is_read_by_who_leads_only(join, lead):
    ana, leader = join("Ana"), lead()
    leader.act("idea.hide", id=post(ana)["id"], reason="person")

    with pytest.raises(Refused, match="may not"):
        hidden_here(ana.actor)
    [hidden] = hidden_here(leader.actor)
    assert (hidden["text"], "seat" in repr(hidden)) == (RUDE, False)


# ---- Reports -------------------------------------------------------------------------------------


def test_report_counts_once_a_seat_and_names_nobody(join, lead):
    ana, ben, leader = join("Ana"), join("Ben"), lead()
    made = post(ana)
    name = f"idea-{made['id']}"
    for on in (True, True, False, True):
        ben.act("idea.report", id=made["id"], on=on)

    ana.hear(), ben.hear(), leader.hear()
    assert leader.things["flag", name] == {
        "id": name,
        "thing": "idea",
        "of": made["id"],
        "reports": 1,
    }
    assert ("flag", name) not in ana.things
    assert (ana.mine["reported"], ben.mine["reported"]) == ([], [name])

    leader.act("idea.show", id=made["id"])

    leader.hear()
    assert ("flag", name) not in leader.things
    line = next(iter(leader.all("decision").values()))
    assert (line["ruling"], line["reports"], line["uuid"]) == ("kept", 1, made["uuid"])
    ben.act("idea.report", id=made["id"], on=False)
    ben.act("idea.report", id=made["id"], on=True)
    leader.hear()
    assert ("flag", name) not in leader.things


def test_nobody_reports_where_nothing_is_moderated(join, lead):
    made = post(join("Ana"))
    lead().act("room.moderate", moderation="off")

    with pytest.raises(Refused, match="Nothing is moderated"):
        join("Ben").act("idea.report", id=made["id"], on=True)


# ---- The veil ------------------------------------------------------------------------------------


def test_veil_hides_what_comes_in_until_it_is_lifted(join, lead):
    ana, ben, leader = join("Ana"), join("Ben"), lead()
    before = post(ana, "Benches")
    leader.act("room.veil", on=True)

    made = post(ana, "Shade")
    post(leader, "Said in the hall")

    ben.hear(), leader.hear()
    assert list(ben.all("idea")) == [before["id"]]
    room_id = ana.ref.room_id
    assert ben.things["veil", str(room_id)] == {"id": room_id, "ideas": 2}
    assert leader.things["held", f"idea-{made['id']}"]["state"] == "veiled"
    assert states(ana) == {made["id"]: "veiled"}

    leader.act("room.veil", on=False)

    ben.hear(), leader.hear()
    assert [one["text"] for one in ben.all("idea").values()] == [
        "Benches",
        "Shade",
        "Said in the hall",
    ]
    assert ("veil", str(room_id)) not in ben.things
    assert ben.things == ben.fresh()
    assert leader.things == leader.fresh()


def test_reveal_asks_as_little_for_many_ideas_as_for_few(join, lead):
    ana, leader = join("Ana"), lead()

    def questions(ideas):
        leader.act("room.veil", on=True)
        for n in range(ideas):
            post(ana, f"Idea {n}")
        asked = []
        count = partial(lambda *_: asked.append(1))
        event.listen(db.engines[None], "before_cursor_execute", count)
        leader.act("room.veil", on=False)
        event.remove(db.engines[None], "before_cursor_execute", count)
        return len(asked)

    assert questions(2) == questions(12)


def test_held_idea_stays_held_under_a_lifted_veil(join, lead):
    ana, leader = join("Ana"), lead()
    leader.act("room.veil", on=True)
    leader.act("room.moderate", moderation="before")
    held, passed = post(ana), post(ana, "Benches")
    leader.act("idea.show", id=passed["id"])
    assert states(ana) == {held["id"]: "held", passed["id"]: "veiled"}

    leader.act("room.veil", on=False)

    assert states(ana) == {held["id"]: "held"}


def test_idea_taken_back_under_a_veil_comes_back_to_where_it_was(join, lead):
    ana, leader = join("Ana"), lead()
    leader.act("room.veil", on=True)
    made = post(ana)
    ana.act("idea.withdraw", id=made["id"])
    leader.hear()
    assert RUDE not in repr(leader.things) + logged()

    assert ana.act("idea.restore", id=made["id"])["state"] == "veiled"
    ana.act("idea.withdraw", id=made["id"])
    leader.act("room.veil", on=False)
    assert "state" not in ana.act("idea.restore", id=made["id"])


def test_answers_to_who_leads_hold_no_words(join, lead):
    made, leader = post(join("Ana")), lead()

    leader.act("idea.hide", id=made["id"], reason="person", op="hide-0001")

    assert db.session.get_one(Op, "hide-0001").answer is None
