"""A text that was voted on: the hash of its wording, and opening it again."""

import base64

import pytest

from exports.document import digest_of_data
from facilitator.actions import Refused
from facilitator.db import db
from facilitator.models import Phase, Recommendation, Role
from facilitator.rooms import updates
from facilitator.rooms.reopening import hash_of

FACE = {"title": "Benches", "sections": {"problem": "Nowhere to sit. 🪑"}, "steps": []}


@pytest.fixture
def voted(join, lead, clock):
    """voted() is a text that was voted on; voted(read=False) one that was not read before."""

    def made(*, read=True, mark="yes"):
        leader, ana = lead(), join("Ana")
        leader.go(Phase.DRAFT)
        begun = leader.act("recommendation.start", title="Benches", lang="en", theme=None)["id"]
        write_one(leader, begun)
        if read:
            clock().act("draft.render", recommendation=begun, seq=2, text=FACE)
        leader.go(Phase.ADOPT)
        ballot = leader.act("ballot.adopt", recommendation=begun)["id"]
        ana.act("ballot.cast", ballot=ballot, marks={mark: 1})
        leader.act("ballot.close", ballot=ballot)
        return begun

    return made


def write_one(who, text, client=7):
    edit = updates.insertion(client, 0, "s:problem", "Nowhere to sit.", None)
    fields = {"recommendation": text, "epoch": stored(text).draft.epoch}
    return who.act("draft.update", **fields, update=base64.b64encode(edit).decode())


def stored(text):
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Recommendation, text)


def reopen(who, text, why="A date was wrong."):
    return who.act("recommendation.reopen", id=text, text=why, lang="en")


def test_adopted_wording_has_a_hash_that_anybody_can_compute(voted, lead):
    text = voted()
    leader = lead()
    leader.hear()

    face = leader.all("recommendation")[text]
    assert face["status"] == "adopted"
    assert face["hash"] == digest_of_data(FACE) == hash_of({**FACE, "passages": ["not in it"]})
    assert face["hash"] != hash_of({**FACE, "title": "Bench"})


def test_hash_comes_when_the_draft_is_read_late(voted, lead, clock):
    text = voted(read=False)
    leader = lead()
    leader.hear()
    before = leader.all("recommendation")[text]["hash"]

    clock().act("draft.render", recommendation=text, seq=2, text=FACE)
    leader.hear()

    assert (before, leader.all("recommendation")[text]["hash"]) == (None, digest_of_data(FACE))


def test_rejected_wording_has_none(voted):
    assert stored(voted(mark="no")).adopted_hash is None


def test_reopening_is_seen_by_all_and_lets_the_room_write_again(voted, join, lead):
    text = voted()
    ben, leader = join("Ben"), lead()
    leader.go(Phase.DRAFT)
    with pytest.raises(Refused, match="has been voted on"):
        write_one(ben, text)
    wording = stored(text).adopted_hash

    reopen(leader, text, "A date\nwas wrong.")

    ben.hear()
    assert ben.all("recommendation")[text]["status"] == "draft"
    assert ben.all("recommendation")[text]["hash"] is None
    (line,) = ben.all("reopening").values()
    told = {name: line[name] for name in ("recommendation", "text", "status", "hash")}
    assert told == {
        "recommendation": text,
        "text": "A date was wrong.",
        "status": "adopted",
        "hash": wording,
    }
    assert any(ballot["result"] for ballot in ben.all("ballot").values())
    assert write_one(ben, text, 8)["seq"] > 2


def test_only_who_leads_reopens_and_says_why(voted, join, lead):
    text = voted()
    for who in (join("Ben"), lead(Role.RAPPORTEUR)):
        with pytest.raises(Refused, match="may not do this"):
            reopen(who, text)
    with pytest.raises(Refused, match="write something"):
        reopen(lead(), text, "  ")
    reopen(lead(), text)
    with pytest.raises(Refused, match="open already"):
        reopen(lead(), text)


def test_text_under_vote_is_not_reopened(voted, lead):
    text = voted()
    leader = lead()
    leader.hear()
    (ballot,) = leader.all("ballot")
    leader.act("ballot.again", ballot=ballot)
    with pytest.raises(Refused, match="is voting on this"):
        reopen(leader, text)
