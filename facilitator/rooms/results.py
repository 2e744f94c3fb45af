"""What came of a ballot: the papers added up, judged by its rule, and told in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sqlalchemy import select

from facilitator.db import db
from facilitator.models import Ballot, Face, Forum, Paper, Room, Seat, Sector, Show
from facilitator.rooms.asking import rule_of
from facilitator.rooms.by_sector import told
from facilitator.rooms.entitlement import entitled, present
from facilitator.rooms.methods import METHODS, Marks, Outcome
from facilitator.rooms.papers import pseudonym
from facilitator.rooms.rules import Turnout, Verdict, Voted, compared, every_sector, judged


class Cast(NamedTuple):
    """One paper in the box, and for whom who cast it speaks; or hands counted in the hall."""

    marks: Marks
    sector: int | None
    #: How many people raised their hands; of a paper: none.
    hands: int = 0


def box(ballot: Ballot) -> list[Cast]:
    """All papers that are in, and the hands that were counted in the hall."""
    query = select(Paper.marks, Paper.sector_id).where(Paper.ballot_id == ballot.id)
    return [*(Cast(*row) for row in db.session.execute(query)), *_raised(ballot)]


def _raised(ballot: Ballot) -> Iterator[Cast]:
    show = db.session.get(Show, ballot.id)
    rows = show.rows if show else []
    asked = {row["sector"] for row in rows} - {None}
    query = select(Sector.uuid, Sector.id).where(Sector.uuid.in_(asked))
    found = db.session.execute(query) if asked else ()
    sectors = {uuid: sector_id for uuid, sector_id in found}  # noqa: C416 - a row
    for row in rows:
        yield Cast(row["counts"], sectors.get(row["sector"]), row["people"])


def hands(papers: Iterable[Cast]) -> int:
    """How many people voted with their hand in the hall."""
    return sum(cast.hands for cast in papers)


def voters(papers: Iterable[Cast]) -> int:
    """How many people voted, on paper or with their hand."""
    return sum(cast.hands or 1 for cast in papers)


def named(ballot: Ballot) -> list[str]:
    """What papers of a ballot may name."""
    return [str(choice.id) for choice in ballot.choices] or list(METHODS[ballot.method].answers)


def outcome(ballot: Ballot, papers: list[Cast]) -> Outcome:
    """How the papers add up."""
    marks = [paper.marks for paper in papers]
    return METHODS[ballot.method].count(marks, named(ballot), ballot.options)


def concluded(ballot: Ballot, papers: list[Cast]) -> Face:
    """The result of a ballot that closes now."""
    found, verdict = outcome(ballot, papers), _verdict(ballot, papers)
    raised = hands(papers)
    return {
        "voters": voters(papers),
        "entitled": entitled(ballot),
        "counts": found.counts,
        "order": found.order,
        "detail": found.detail,
        "said": list(found.said),
        "passed": verdict.passed,
        "favour": _favour(ballot, papers),
        "why": [[part.met, list(part.said)] for part in verdict.why],
        "reasons": _reasons(ballot),
        "sectors": _sectors(ballot, papers),
        **({"hands": raised} if raised else {}),
    }


def roll(ballot: Ballot) -> list[Face]:
    """Who gave which paper, by nickname: of an open vote, before its key is destroyed.

    Those without a nickname come last, in an order that says nothing.
    """
    query = select(Paper.voter, Paper.marks).where(Paper.ballot_id == ballot.id)
    papers = {voter: marks for voter, marks in db.session.execute(query)}  # noqa: C416 - a row
    forum_id = select(Room.forum_id).where(Room.id == ballot.room_id).scalar_subquery()
    seats = db.session.scalars(select(Seat).where(Seat.forum_id == forum_id))
    found: list[Face] = [
        {"name": seat.nickname or "", "marks": papers[name]}
        for seat in seats
        if (name := pseudonym(ballot, seat)) in papers
    ]
    return sorted(
        found, key=lambda one: (not one["name"], one["name"].casefold(), str(one["marks"]))
    )


def in_favour(result: Face) -> int:
    """How many are in favour by the result of a ballot, also one of before there were methods."""
    favour: int = result.get("favour", result["counts"].get("yes", 0))
    return favour


def _verdict(ballot: Ballot, papers: list[Cast]) -> Verdict:
    method, rule = METHODS[ballot.method], rule_of(ballot)
    counts = outcome(ballot, papers).counts
    voted, raised = voters(papers), hands(papers)
    # Whose hands are counted is not in the room by a seat.
    turnout = Turnout(voted, max(voted, present(ballot) + raised))
    sides = method.sides(counts)
    if sides is None:
        return compared(rule, max(counts.values(), default=0), turnout)
    can_block = bool({"block", "veto"} & set(method.answers))
    sectors = _by_sector(ballot, papers)
    return judged(rule, sides, turnout, sectors, can_block=can_block, least=_least(ballot))


def _sectors(ballot: Ballot, papers: list[Cast]) -> list[Face]:
    """What may be told of each sector: who is in favour; nothing where things are compared."""
    if not METHODS[ballot.method].answers:
        return []
    voted, least = _by_sector(ballot, papers), _least(ballot)
    percent = rule_of(ballot).sectors
    met = every_sector(percent, voted, least) if percent else None
    return [
        {"sectors": [*row.sectors], "voters": row.voters, "low": row.low, "high": row.high}
        for row in told(voted, least, percent, met=met)
    ]


def _by_sector(ballot: Ballot, papers: list[Cast]) -> dict[str, Voted]:
    """How many of each sector voted, and how many in favour; in order, the unstated last."""
    cast: dict[int | None, list[Cast]] = defaultdict(list)
    for paper in papers:
        cast[paper.sector].append(paper)
    listed = select(Sector.id, Sector.uuid).where(Sector.id.in_(set(cast) - {None}))
    ordered = db.session.execute(listed.order_by(Sector.position, Sector.id))
    names: dict[int | None, str] = {sector_id: uuid for sector_id, uuid in ordered}  # noqa: C416
    return {
        name: Voted(voters(cast[sector]), _favour(ballot, cast[sector]))
        for sector, name in [*names.items(), (None, "")]
        if sector in cast
    }


def _least(ballot: Ballot) -> int:
    """Counts of sectors below this are hidden in the forum of a ballot."""
    here = select(Forum.least).join(Room, Room.forum_id == Forum.id)
    return db.session.scalars(here.where(Room.id == ballot.room_id)).one()


def _favour(ballot: Ballot, papers: list[Cast]) -> int:
    sides = METHODS[ballot.method].sides(outcome(ballot, papers).counts)
    return sides.favour if sides else 0


def _reasons(ballot: Ballot) -> list[Face]:
    """The reasons that were given, in the order of the papers' names, which is by chance."""
    given = Paper.ballot_id == ballot.id, Paper.reason.is_not(None)
    papers = db.session.scalars(select(Paper).where(*given).order_by(Paper.voter))
    return [{"answer": next(iter(paper.marks)), **(paper.reason or {})} for paper in papers]
