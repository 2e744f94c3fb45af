"""By which sectors a closed draft was written: the worker finds it once, from the real log."""

import pytest

from facilitator.db import db, write
from facilitator.models import DraftShares, Phase, Recommendation, Status
from facilitator.worker import drafts as worker_drafts
from facilitator.worker.drafts import Reader
from tests.rooms.test_drafts import Copy, drafting, text  # noqa: F401 - fixtures

WORDS = "People queue for hours, every day, in the rain. "


@pytest.fixture
def reader(app):
    """The part of the worker that reads drafts, at work here, without waiting for a pause."""
    made = Reader()
    yield made
    made.child.stop()


@pytest.fixture
def written(join, lead, text):  # noqa: F811
    """A draft that five of NGOs, six of cities, one of the diaspora and the facilitator wrote."""
    told = []
    for sector, people in ((1, 5), (2, 6), (0, 1)):
        for number in range(people):
            copy = Copy(join(f"P{sector}{number}", sector=sector), text)
            copy.type(f"{WORDS}😀 ")
            told.append(copy)
    Copy(lead(), text).type("Led. ", root="s:reasons")
    return told


def close(draft, status=Status.ADOPTED):
    write(lambda: setattr(db.session.get(Recommendation, draft), "status", status))


def shares(draft):
    db.session.rollback()
    return db.session.get(DraftShares, draft)


@pytest.fixture
def look(reader, monkeypatch):
    monkeypatch.setattr(worker_drafts, "QUIET", 0)
    return reader.round


def test_shares_are_found_after_the_decision_and_stay(forum, written, text, look, lead):  # noqa: F811
    look()
    assert shares(text) is None
    close(text)

    look()

    found = shares(text)
    diaspora, ngo, city, university = (sector.uuid for sector in forum.sectors)
    others = [diaspora, ngo, university, "", "staff"]
    assert [set(row["sectors"]) for row in found.rows] == [set(others), {city}]
    assert [row["share"] for row in found.rows] == [50, 50]
    problem = [span for span in found.spans if span["root"] == "s:problem"]
    length = len(f"{WORDS}😀 ")
    assert problem[0]["start"] == 0
    assert problem[-1]["end"] == 12 * length
    assert sum(s["end"] - s["start"] for s in problem if s["row"] == 1) == 6 * length
    # What is told says nothing of how many wrote, nor who.
    assert set(found.rows[0]) == {"sectors", "share"}
    leader = lead()
    leader.go(Phase.DRAFT)
    close(text, Status.DRAFT)
    written[0].catch_up()
    written[0].type("More. " * 20)
    close(text)
    look()
    assert shares(text).spans == found.spans


def test_few_authors_leave_no_breakdown(join, text, look):  # noqa: F811
    for sector in (0, 1):
        Copy(join(f"P{sector}", sector=sector), text).type(WORDS)
    look()
    close(text, Status.REJECTED)

    look()

    assert (shares(text).rows, shares(text).spans) == ([], [])


def test_anonymous_room_has_none(written, text, look, lead):  # noqa: F811
    lead().act("room.anonymous", on=True)
    look()
    close(text)

    look()

    assert (shares(text).rows, shares(text).spans) == ([], [])
