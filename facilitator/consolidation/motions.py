"""What became of the desk's texts in plenaries: for the desk's cards and log, and the document."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from facilitator.access import Actor
from facilitator.consolidation.steps import Changes, record
from facilitator.db import db
from facilitator.models import (
    Ballot,
    DeskStep,
    Face,
    Motion,
    Outcome,
    Recommendation,
    Reservation,
    Room,
    RoomKind,
    Stances,
    Status,
    Suggestion,
)
from facilitator.rooms.methods import METHODS
from facilitator.rooms.motions import subjects_of
from facilitator.rooms.texts import wording

MOTION = "motion"
#: A vote of a plenary's, in the edit log.
DECIDED = "motion.decide"


@dataclass
class Before:
    """A text as it lies before a plenary, and what that made of it."""

    text: Recommendation
    motion: Motion
    #: The vote that decided, on the text or on the whole; none where the text is open again.
    ballot: Ballot | None = None
    voting: bool = False
    reservations: list[Reservation] = field(default_factory=list)
    #: What the floor suggested, with how many agree and do not.
    suggested: list[tuple[Suggestion, Stances]] = field(default_factory=list)

    @property
    def accepted(self) -> list[tuple[Suggestion, Stances]]:
        """What was taken up, in its order."""
        found = [one for one in self.suggested if one[0].outcome is Outcome.ACCEPTED]
        return sorted(found, key=lambda one: one[0].revision or 0)


def before_plenaries(*where: Any) -> list[Before]:
    """The texts of the desk that were put to plenaries, in a fixed number of questions."""
    query = select(Recommendation, Motion).join(Motion, Motion.id == Recommendation.id)
    query = query.where(Recommendation.gone.is_(False), *where)
    query = query.options(joinedload(Recommendation.draft)).order_by(Recommendation.id)
    rows = db.session.execute(query.execution_options(populate_existing=True))
    found = {row[0].id: Before(*row) for row in rows}
    _add_votes(found)
    there = Reservation.recommendation_id.in_(found), Reservation.shown()
    for one in _all(select(Reservation).where(*there).order_by(Reservation.id)):
        found[one.recommendation_id].reservations.append(one)
    told = select(Suggestion, Stances).join(Stances, Stances.id == Suggestion.id)
    told = told.where(Suggestion.recommendation_id.in_(found), Suggestion.put.is_not(None))
    for row in db.session.execute(told.order_by(Suggestion.id)):
        found[row[0].recommendation_id].suggested.append((row[0], row[1]))
    return list(found.values())


def _add_votes(found: dict[int, Before]) -> None:
    wholes: dict[int | None, list[Before]] = {}
    for one in found.values():
        wholes.setdefault(one.motion.whole_id, []).append(one)
    # While the whole is voted on once more, what came of it the last time holds.
    repeats = select(Ballot.id, Ballot.earlier_id).where(
        Ballot.is_open, Ballot.id.in_(wholes.keys() - {None})
    )
    for ballot_id, earlier_id in db.session.execute(repeats).all():
        wholes.setdefault(earlier_id, []).extend(wholes[ballot_id])
    on = or_(Ballot.recommendation_id.in_(found), Ballot.id.in_(wholes.keys() - {None}))
    for ballot in _all(select(Ballot).where(on).order_by(Ballot.closed_at, Ballot.id)):
        about = wholes.get(ballot.id, []) if ballot.whole else [found[ballot.recommendation_id]]
        for one in about:
            one.voting |= ballot.is_open
            # What was opened again has another wording than the one that was voted on.
            if ballot.result and one.text.status in {Status.ADOPTED, Status.REJECTED}:
                one.ballot = ballot


def _all(query: Any) -> Iterable[Any]:
    return db.session.scalars(query.execution_options(populate_existing=True)).all()


def last_of_each(found: Iterable[Before]) -> dict[int, Before]:
    """By text of the desk: where it was put last, if several plenaries have had it."""
    in_order = sorted(found, key=lambda one: (one.motion.put_at, one.text.id))
    return {one.text.entry_id: one for one in in_order if one.text.entry_id is not None}


def note_decisions(actor: Actor, rooms: Iterable[Room]) -> None:
    """Write into the edit log how plenaries have voted, each vote once: a whole is one."""
    places = [room.id for room in rooms if room.sort is RoomKind.PLENARY]
    if not places:
        return
    logged = select(DeskStep.changes).filter_by(forum_id=actor.room.forum_id, name=DECIDED)
    known = {line["id"] for changes in db.session.scalars(logged) for line in changes}
    put = Ballot.whole | Ballot.recommendation_id.in_(select(Motion.id))
    query = select(Ballot).where(Ballot.room_id.in_(places), put, Ballot.id.not_in(known))
    for ballot in _all(query.where(~Ballot.is_open).order_by(Ballot.closed_at, Ballot.id)):
        titles = [text.title for text in subjects_of(ballot)] or [ballot.question]
        changes = Changes()
        changes.use(ballot)
        record(actor, DECIDED, [*_came(ballot), *titles], changes, in_plenary=ballot.closed_at)


def _came(ballot: Ballot) -> list[str]:
    """What came of a vote: a word, then how many are for, against, and neither."""
    result = ballot.result or {}
    sides = METHODS[ballot.method].sides(result["counts"])
    assert sides is not None  # noqa: S101 - for the type checker: a text is answered
    word = Status.ADOPTED if result["passed"] else Status.REJECTED
    return [word, str(sides.favour), str(sides.against), str(sides.neither)]


def motions_told(rooms: Collection[Room]) -> dict[tuple[str, int], Face]:
    """What the desk is told of its texts in plenaries: the outcome, and what they carry.

    {(kind, id of the text before the plenary): its face}; rooms that are no plenary have none.
    """
    places = {room.id: room for room in rooms if room.sort is RoomKind.PLENARY}
    there = before_plenaries(Recommendation.room_id.in_(places)) if places else []
    return {(MOTION, one.text.id): _told(one, places[one.text.room_id]) for one in there}


def _told(one: Before, room: Room) -> Face:
    text = one.text
    return {
        "id": text.id,
        "entry": text.entry_id,
        "room": {
            "uuid": room.uuid,
            "title": room.title or {},
            "number": room.number,
            "meeting": room.meeting and room.meeting.city,
            "track": None,
        },
        "status": text.status,
        "hash": one.motion.hash,
        "put_at": one.motion.put_at.isoformat(),
        "text": wording(text.draft.text),
        "voting": one.voting,
        "ballot": one.ballot and one.ballot.public(),
        "reservations": [said.public() for said in one.reservations],
        "accepted": len(one.accepted),
        "open": sum(made.outcome is Outcome.OPEN for made, _ in one.suggested),
    }
