"""The document as tables: one for each kind of thing, the id of each row in its first column.

What is told of votes by sector is what the document tells: bounds where a number could point at
single people.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from exports.document import (
    Ballot,
    Chapter,
    Document,
    ExactCell,
    FewerThan,
    Recommendation,
    Reservation,
    SectorVotes,
)
from exports.richtext import plain
from exports.setting import Setting
from exports.tables import Table
from exports.votes import AtLeastCell, BelowCell, Cell
from exports.wording import Wording

Kind = Literal["string", "integer", "boolean", "date"]
Row = tuple[Any, ...]
YES, NO = "yes", "no"

#: Every table with its columns and what is in them; the first column is the id of the row.
COLUMNS: dict[str, dict[str, Kind]] = {
    "recommendations": {
        "id": "string",
        "number": "integer",
        "chapter": "integer",
        "chapter_title": "string",
        "lang": "string",
        "title": "string",
        "title_translated": "string",
        "text": "string",
        "voters": "integer",
        "in_favour": "integer",
        "passed": "boolean",
        "revision": "integer",
        "hash": "string",
    },
    "addressees": {
        "id": "string",
        "recommendation": "string",
        "name": "string",
        "lang": "string",
        "level": "string",
    },
    "steps": {
        "id": "string",
        "recommendation": "string",
        "number": "integer",
        "what": "string",
        "who": "string",
        "partners": "string",
        "by": "string",
        "cost": "string",
        "indicator": "string",
    },
    "votes": {
        "id": "string",
        "recommendation": "string",
        "ballot": "string",
        "room": "string",
        "on": "date",
        "method": "string",
        "passed": "boolean",
        "voters": "integer",
        "in_favour": "integer",
        "abstained": "integer",
        "against": "integer",
        "rule": "string",
        "conclusion": "string",
    },
    "votes_by_sector": {
        "id": "string",
        "recommendation": "string",
        "vote": "string",
        "sectors": "string",
        "voters": "integer",
        "in_favour_least": "integer",
        "in_favour_most": "integer",
    },
    "reservations": {
        "id": "string",
        "recommendation": "string",
        "text": "string",
        "lang": "string",
        "sector": "string",
        "room": "string",
    },
    "plenary": {
        "id": "string",
        "recommendation": "string",
        "room": "string",
        "outcome": "string",
        "whole": "string",
        "on": "date",
        "voters": "integer",
        "in_favour": "integer",
        "rule": "string",
        "amended": "integer",
        "changed": "boolean",
        "hash": "string",
    },
    "plenary_by_sector": {
        "id": "string",
        "plenary": "string",
        "sectors": "string",
        "voters": "integer",
        "in_favour_least": "integer",
        "in_favour_most": "integer",
    },
    "plenary_reservations": {
        "id": "string",
        "recommendation": "string",
        "text": "string",
        "lang": "string",
        "sector": "string",
        "room": "string",
    },
    "sources": {
        "id": "string",
        "recommendation": "string",
        "letter": "string",
        "kind": "string",
        "room": "string",
        "city": "string",
        "track": "string",
        "on": "date",
        "ideas": "string",
        "idea_count": "integer",
        "draft": "string",
        "draft_revision": "integer",
    },
}


@dataclass(frozen=True, slots=True)
class _Placed:
    """A recommendation and the chapter it is in."""

    chapter: Chapter
    one: Recommendation


def tables(document: Document) -> list[Table]:
    """Give every table of a document, also those without rows."""
    s = Setting(document)
    placed = [
        _Placed(chapter, one)
        for chapter in document.chapters
        for one in chapter.content
        if isinstance(one, Recommendation)
    ]
    rows: dict[str, Iterable[Row]] = {
        "recommendations": (_recommendation(s, x) for x in placed),
        "addressees": (row for x in placed for row in _addressees(x.one)),
        "steps": (row for x in placed for row in _steps(x.one)),
        "votes": (row for x in placed for row in _votes(s, x.one)),
        "votes_by_sector": (row for x in placed for row in _by_sector(s, x.one)),
        "reservations": (
            row for x in placed for row in _reservations(s, x.one, x.one.reservations, "r")
        ),
        "plenary": _plenary(s, document),
        "plenary_by_sector": _plenary_by_sector(s, document),
        "plenary_reservations": (
            row
            for x in placed
            if x.one.plenary
            for row in _reservations(s, x.one, x.one.plenary.reservations, "p.r")
        ),
        "sources": (row for x in placed for row in _sources(s, x.one)),
    }
    return [
        Table(name=name, columns=tuple(columns), rows=list(rows[name]))
        for name, columns in COLUMNS.items()
    ]


def _recommendation(s: Setting, x: _Placed) -> Row:
    one, ballot = x.one, next(reversed(x.one.support.ballots), None)
    gloss = s.gloss(one)
    return (
        *(one.id, one.number, x.chapter.number, x.chapter.title, one.lang, one.title),
        gloss["text"] if gloss else "",
        "\n\n".join(f"{part.heading}\n{plain(part.blocks)}" for part in one.sections),
        ballot.voters if ballot else None,
        ballot.in_favour if ballot else None,
        _yes(ballot.passed) if ballot else "",
        *(one.revision.number, one.revision.hash),
    )


def _addressees(one: Recommendation) -> Iterator[Row]:
    for n, a in enumerate(one.addressees, 1):
        yield f"{one.id}.a{n}", one.id, a.name, a.lang or one.lang, a.level


def _steps(one: Recommendation) -> Iterator[Row]:
    for n, step in enumerate(one.steps, 1):
        partners = "; ".join(step.partners)
        said = (step.by or "", step.cost or "", step.indicator or "")
        yield f"{one.id}.s{n}", one.id, n, step.what, step.who or "", partners, *said


def _votes(s: Setting, one: Recommendation) -> Iterator[Row]:
    t = Wording(one.lang)
    for n, ballot in enumerate(one.support.ballots, 1):
        yield (
            *(f"{one.id}.v{n}", one.id, ballot.id, ballot.room, ballot.on, ballot.method),
            *(_yes(ballot.passed), ballot.voters, ballot.in_favour),
            *(_total(ballot, "abstain"), _total(ballot, "no")),
            t.pick(ballot.rule, s.main)["text"] if ballot.rule else "",
            ballot.conclusion.text if ballot.conclusion else "",
        )


def _total(ballot: Ballot, option: str) -> int | None:
    """Add up the votes for an answer; nothing where nobody could give it."""
    found = [one.votes for one in ballot.totals if one.option == option]
    return sum(found) if found else None


def _by_sector(s: Setting, one: Recommendation) -> Iterator[Row]:
    for n, ballot in enumerate(one.support.ballots, 1):
        for m, row in enumerate(ballot.sectors, 1):
            vote = f"{one.id}.v{n}"
            yield f"{vote}.{m}", one.id, vote, _sectors(s, row), *_bounds(row.cell)


def _sectors(s: Setting, row: SectorVotes) -> str:
    return str(s.sector(row, s.t)["text"])


def _bounds(cell: Cell) -> Row:
    """Say how many voted, and between which numbers those in favour are, as far as is told."""
    match cell:
        case ExactCell(voters=n, in_favour=k):
            return n, k, k
        case AtLeastCell(voters=n, in_favour_at_least=k):
            return n, k, n
        case BelowCell(voters=n, in_favour_below=k):
            return n, 0, k - 1
        case FewerThan():
            return None, None, None
        case _:
            return cell.voters, 0, cell.voters


def _reservations(
    s: Setting, one: Recommendation, reservations: Iterable[Reservation], mark: str
) -> Iterator[Row]:
    for n, x in enumerate(reservations, 1):
        lang = x.lang or one.lang
        sector = s.t.pick(s.sectors[x.sector], s.main)["text"] if x.sector else ""
        yield f"{one.id}.{mark}{n}", one.id, x.text, lang, sector, x.room or ""


def _plenary(s: Setting, document: Document) -> Iterator[Row]:
    """What plenaries decided, of the whole first: a vote on the whole is counted there alone."""
    for ballot in document.method.whole:
        outcome = "adopted" if ballot.passed else "rejected"
        yield ballot.id, "", ballot.room, outcome, YES, *_vote(s, ballot), None, "", ""
    for one in document.recommendations:
        if x := one.plenary:
            vote = _vote(s, x.ballot) if x.ballot else ("", None, None, "")
            ends = (x.amended, _yes(x.changed), x.hash)
            yield f"{one.id}.p", one.id, x.room, x.outcome, _yes(bool(x.whole)), *vote, *ends


def _vote(s: Setting, ballot: Ballot) -> Row:
    rule = s.t.pick(ballot.rule, s.main)["text"] if ballot.rule else ""
    return ballot.on, ballot.voters, ballot.in_favour, rule


def _plenary_by_sector(s: Setting, document: Document) -> Iterator[Row]:
    votes = [(ballot.id, ballot) for ballot in document.method.whole]
    votes += [
        (f"{one.id}.p", one.plenary.ballot)
        for one in document.recommendations
        if one.plenary and one.plenary.ballot
    ]
    for name, ballot in votes:
        for n, row in enumerate(ballot.sectors, 1):
            yield f"{name}.{n}", name, _sectors(s, row), *_bounds(row.cell)


def _sources(s: Setting, one: Recommendation) -> Iterator[Row]:
    for x in one.sources:
        ideas = ", ".join(idea.id for idea in x.ideas)
        count = max(x.idea_count or 0, len(x.ideas))
        draft = (x.draft.id, x.draft.revision) if x.draft else ("", None)
        place = (x.room, x.city, x.track or "", s.meetings[x.meeting].on)
        yield f"{one.id}.{x.id}", one.id, x.id, x.kind, *place, ideas, count, *draft


def _yes(what: bool) -> str:  # noqa: FBT001 - one value, one word
    return YES if what else NO
