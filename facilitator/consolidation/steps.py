"""Steps at the desk: what each of them changed, and how to take it back at any later time.

A step keeps the fields it changed, as they were and as they are, so that undoing is setting them
back. What a step makes is `gone` before it, and what it puts aside is `gone` after it: nothing is
thrown away, the words in it neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any

from sqlalchemy import select

from facilitator.access import Actor
from facilitator.actions import ORGANISERS, Refused, action
from facilitator.db import db
from facilitator.events import publish
from facilitator.models import (
    Ballot,
    Chapter,
    DeskStep,
    Face,
    Likeness,
    Recommendation,
    Role,
    RoomKind,
    Status,
    Translation,
    Verdict,
    now,
)
from facilitator.rooms.draft_log import add_own
from facilitator.rooms.drafts import open_draft
from facilitator.rooms.motions import refuse_voting
from facilitator.rooms.recommendations import set_entries
from facilitator.rooms.updates import MAPS, deletion
from facilitator.shapes import many

#: The rows that steps change. "origin" is no row: it says in which of the forum's recommendations
#: a room's one is, so that no undoing can put it into two. "steps" and "addressees" are entries of
#: a draft, the rows of its text.
Row = Chapter | Recommendation | Likeness | Translation
ROWS: dict[str, type[Row]] = {
    model.kind: model for model in (Chapter, Recommendation, Likeness, Translation)
}
#: Fields whose values are words that code knows.
KNOWN: dict[str, type[Status | Verdict | Role]] = {
    "status": Status,
    "verdict": Verdict,
    "checked_by": Role,
}
#: The field that says whether a row is there.
GONE = "gone"
#: Of the words that steps have put into a text the client ids, each with how many units it wrote.
WORDS = "words"


class Changes:
    """What one step changes, noted while it is done."""

    def __init__(self) -> None:
        self.lines: dict[tuple[str, int], Face] = {}

    def set(self, row: Row, **fields: Any) -> None:
        """Give fields of a row other values."""
        for name, value in fields.items():
            self._note(row.kind, row.id, name, getattr(row, name), value)
            setattr(row, name, value)

    def make(self, row: Row) -> None:
        """Note that a row is new; it has its number."""
        self._note(row.kind, row.id, GONE, before=True, after=False)

    def use(self, row: Row | Ballot) -> None:
        """Note that this step needs a row to be there."""
        self.lines.setdefault((row.kind, row.id), _line(row.kind, row.id))

    def add_row(self, entry: Recommendation, rows: str, row: str) -> None:
        """Note that a row is new in the text of `entry`: a step of it, or an addressee."""
        self._note(rows, entry.id, f"{row}.{GONE}", before=True, after=False)

    def add_words(self, entry: Recommendation, written: Mapping[int, int]) -> None:
        """Note that words are new in the text of `entry`: by client id how many units."""
        for client, length in written.items():
            self._note(WORDS, entry.id, str(client), before=0, after=length)

    def carry(self, origin_id: int, before: int | None, after: int | None) -> None:
        """Note in which of the forum's recommendations a room's one is."""
        self._note("origin", origin_id, "entry", before, after)

    def _note(self, kind: str, row_id: int, field: str, before: Any, after: Any) -> None:
        line = self.lines.setdefault((kind, row_id), _line(kind, row_id))
        line["before"].setdefault(field, before)
        line["after"][field] = after


def _line(kind: str, row_id: int) -> Face:
    return {"kind": kind, "id": row_id, "before": {}, "after": {}}


def at_desk(actor: Actor) -> None:
    """Refuse what is done at the desk when it is asked for in another room."""
    if actor.room.sort != RoomKind.DESK:
        raise Refused("This is done at the desk.")


def record(
    actor: Actor,
    name: str,
    about: Sequence[str],
    changes: Changes,
    *,
    in_plenary: datetime | None = None,
) -> DeskStep:
    """Write a step into the log of the desk, and tell the desk.

    `in_plenary`: when a plenary did it, of which the desk hears from the clock.
    """
    step = DeskStep(
        forum_id=actor.room.forum_id,
        name=name,
        about=list(about),
        changes=list(changes.lines.values()),
        role=Role.CLOCK if in_plenary else actor.role,
        at=in_plenary or now(),
    )
    db.session.add(step)
    publish(actor.room, step)
    return step


@action("desk.undo", who=ORGANISERS)
def undo(actor: Actor, *, step: int, also: Annotated[list[int], many(0, 1_000)]) -> Face:
    """Take a step back, and what it changed with it; `also` are later ones that may go with it.

    Steps that build on this one and are not among `also` are named in the refusal: their ids are
    its value `steps`.
    """
    at_desk(actor)
    first = db.session.get(DeskStep, step)
    if first is None or first.forum_id != actor.room.forum_id or first.undone:
        raise Refused("This step has been undone already.", code="gone")
    if first.final:
        raise Refused(
            "What went to the rooms or to a plenary, or came from there, cannot be undone. A text"
            " on which a plenary has not decided can be taken back from it.",
            code="closed",
        )
    together = [first, *_built_on(first)]
    if missing := [later for later in together[1:] if later.id not in also]:
        raise Refused(
            "Later steps build on this one. Undo them together: {titles}.",
            code="conflict",
            titles=_titles(missing),
            steps=[later.id for later in missing],
        )
    touched = [row for one in reversed(together) for row in _take_back(one)]
    for row in touched:
        if isinstance(row, Recommendation) and row.gone:
            refuse_voting(row.id)
    touched += _reopened(touched)
    _tell(actor, together, list(dict.fromkeys(touched)))
    return {"undone": [one.id for one in together]}


def _built_on(first: DeskStep) -> list[DeskStep]:
    """The later steps that would not stand without this one, nor without each other."""
    query = select(DeskStep).where(DeskStep.forum_id == first.forum_id, DeskStep.id > first.id)
    found = [first]
    for later in db.session.scalars(query.filter_by(undone=False).order_by(DeskStep.id)):
        if any(_builds(later, earlier) for earlier in found):
            found.append(later)
    return found[1:]


def _builds(later: DeskStep, earlier: DeskStep) -> bool:
    """Whether they touch the same field of a row, or one needs what the other makes or ends."""
    fields = {(line["kind"], line["id"]): line["after"].keys() for line in earlier.changes}
    return any(
        here & line["after"].keys() or GONE in here or GONE in line["after"]
        for line in later.changes
        if (here := fields.get((line["kind"], line["id"]))) is not None
    )


def _titles(steps: Iterable[DeskStep]) -> str:
    return "; ".join(step.about[0] for step in steps)


def _take_back(step: DeskStep) -> list[Row]:
    """Set everything back that a step has changed."""
    step.undone = True
    rows: list[Row] = []
    for line in step.changes:
        if line["kind"] in MAPS:
            _write_back(line)
        elif line["kind"] == WORDS:
            _delete(line)
        elif line["kind"] in ROWS and line["before"]:
            row: Any = db.session.get_one(ROWS[line["kind"]], line["id"])
            _set_back(row, line["before"])
            rows.append(row)
    return rows


def _set_back(row: Row, before: Face) -> None:
    """Give fields of a row the values they had."""
    for field, value in before.items():
        known = KNOWN.get(field)
        setattr(row, field, known(value) if known and value is not None else value)


def _write_back(line: Face) -> None:
    """Set the entries of a draft back; its words stay in the history."""
    entry = db.session.get_one(Recommendation, line["id"])
    open_draft(entry.room_id, entry.id)
    set_entries(entry.draft, line["kind"], line["before"])


def _delete(line: Face) -> None:
    """Delete the words that a step put into a text; what was typed among them stays."""
    entry = db.session.get_one(Recommendation, line["id"])
    open_draft(entry.room_id, entry.id)
    written = {int(client): length for client, length in line["after"].items()}
    add_own(entry.draft, deletion(written))


def _reopened(rows: Iterable[Row]) -> list[Row]:
    """Bring back chapters that went, empty, with their track: something stands in them again."""
    entries = (row for row in rows if isinstance(row, Recommendation) and not row.gone)
    wanted = {entry.chapter_id for entry in entries} - {None}
    query = select(Chapter).where(Chapter.id.in_(wanted), Chapter.gone.is_(True))
    chapters: list[Row] = [*db.session.scalars(query)]
    for chapter in chapters:
        chapter.gone = False
    return chapters


def _tell(actor: Actor, steps: list[DeskStep], rows: list[Row]) -> None:
    for row in rows:
        things = [row, row.draft] if isinstance(row, Recommendation) else [row]
        publish(actor.room, *things, gone=row.gone)
    publish(actor.room, *steps)
