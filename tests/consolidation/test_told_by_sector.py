"""What every surface tells of a vote by sector: phones, desk, walls, log, answers, files, record.

All of it together is one table for each ballot, and that table gives nothing away.
"""

import json
import logging
from random import Random

import pytest
from sqlalchemy import select

import exports
from exports import document as doc
from facilitator.access import ActorRef
from facilitator.consolidation.compose import compose
from facilitator.db import db, write
from facilitator.models import Event, Op, Paper, Role, Sector
from facilitator.rooms.ballots import count_due
from tests import make
from tests.conftest import Phone
from tests.rooms.test_by_sector import rows_of, worked_out

#: Seats of each sector, the last of those who stated none; ballots of any of them.
SEATS, BALLOTS = (20, 16, 12, 9, 6), 50


@pytest.fixture
def voters(forum, room):
    """The phones of each sector."""

    def sat():
        return [
            [make.seat(forum, f"{sector}-{n}", room, sector if sector < 4 else None).id
             for n in range(many)]
            for sector, many in enumerate(SEATS)
        ]  # fmt: skip

    return [[Phone(ActorRef(room.id, seat_id=seat)) for seat in seats] for seats in write(sat)]


def cast(voters, ballot, rng):
    """Some of each sector vote; {sector's place: (for, not for)}."""
    leaning, room = rng.choice([0.5, 0.9, 1, 0.1]), {}
    for place, phones in enumerate(voters):
        marks = [
            rng.choices(["yes", rng.choice(["no", "abstain"])], [leaning, 1 - leaning])[0]
            for _ in rng.sample(phones, rng.randint(0, len(phones)))
        ]
        for phone, word in zip(phones, marks, strict=False):
            phone.act("ballot.cast", ballot=ballot, marks={word: 1})
        favour = marks.count("yes")
        room["abcde"[place]] = favour, len(marks) - favour
    return room


def test_every_surface_tells_the_same_and_nothing_else(  # noqa: PLR0917 - fixtures
    forum, room, desk, chapter, text, lead, voters, caplog
):
    caplog.set_level(logging.DEBUG)
    rng, leader, wall = Random(4), lead(), lead(Role.PROJECTOR)
    sectors = [*db.session.scalars(select(Sector.uuid).order_by(Sector.position)), ""]
    recommendation = text("One desk", problem="Queues.")
    desk.act("desk.place", recommendation=recommendation, chapter=chapter)
    leader.go("adopt")
    expected, names = {}, dict(zip("abcde", sectors, strict=True))
    for n in range(BALLOTS):
        rule = {"sectors": rng.choice([0, 0, 50, 75])}
        ballot = leader.act("ballot.adopt", recommendation=recommendation, rule=rule)["id"]
        votes = cast(voters, ballot, rng)
        count_due()
        leader.act("ballot.close", ballot=ballot)
        rows = rows_of(votes, percent=rule["sectors"])
        assert worked_out(votes, 5, rule["sectors"], rng) == {}, (n, votes)
        expected[ballot] = [
            {"sectors": [names[one] for one in row.sectors], "voters": row.voters,
             "low": row.low, "high": row.high}
            for row in rows
        ]  # fmt: skip
        # What is handed out: the document, in which the last vote of a room stands.
        db.session.rollback()
        document = compose(forum.id)
        (printed,) = document.recommendations[0].support.ballots
        told = [(row.sector, row.joined, row.cell) for row in printed.sectors]
        assert told == [*map(cell_of, expected[ballot])]
        kept = sum(isinstance(row.cell, doc.KeptBackCell) for row in printed.sectors)
        assert exports.export(document, "html").decode().count("not told; ") == kept
    assert sum(map(bool, expected.values())) > BALLOTS / 4

    # What is heard: by a phone, by who leads, on a wall.
    for listener in (voters[0][0], leader, wall):
        listener.seq = None
        listener.hear()
        told = {one["id"]: one["result"]["sectors"] for one in listener.all("ballot").values()}
        assert told == expected
        assert "sector" not in json.dumps([*listener.all("tally").values()])

    # What is kept: the log of the room, the answers to who acted, the papers.
    log = db.session.scalars(select(Event.data).where(Event.kind == "ballot").order_by(Event.seq))
    logged = {one["id"]: one["result"] for one in log if one}
    assert {ballot: one["sectors"] for ballot, one in logged.items()} == expected
    answers = [one for one in db.session.scalars(select(Op.answer)) if one]
    told = [one["sectors"] for one in answers if isinstance(one, dict) and "counts" in one]
    assert sorted(map(json.dumps, told)) == sorted(map(json.dumps, expected.values()))
    assert set(db.session.scalars(select(Paper.sector_id))) == {None}

    assert "sector" not in " ".join(
        one.getMessage() for one in caplog.records if one.name.startswith("facilitator")
    )


def cell_of(row):
    """A row as the document tells it."""
    first, *others = [one or "unstated" for one in row["sectors"]]
    voters, low, high = row["voters"], row["low"], row["high"]
    if low == high:
        cell = doc.ExactCell(voters=voters, in_favour=low)
    elif low:
        cell = doc.AtLeastCell(voters=voters, in_favour_at_least=low)
    elif high < voters:
        cell = doc.BelowCell(voters=voters, in_favour_below=high + 1)
    else:
        cell = doc.KeptBackCell(voters=voters)
    return first, tuple(others), cell
