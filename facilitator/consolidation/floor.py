"""What the floor of a plenary has changed comes into the desk's text, and has it as its source."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import cast

from sqlalchemy import Table, insert, select, update
from sqlalchemy.orm import joinedload

from facilitator.access import Actor
from facilitator.consolidation.steps import Changes, record
from facilitator.db import db
from facilitator.events import publish
from facilitator.models import (
    DraftClient,
    DraftUpdate,
    Motion,
    Outcome,
    Passage,
    Recommendation,
    Room,
    RoomKind,
    Source,
    Status,
    Suggestion,
)
from facilitator.rooms import draft_log, updates
from facilitator.rooms.motions import VOTES
from facilitator.rooms.texts import texts_of
from facilitator.rooms.updates import Update

CLIENT_ROWS = cast("Table", DraftClient.__table__)


def put_to(rooms: Collection[int]) -> list[Recommendation]:
    """The desk's texts that lie before plenaries, as they are stored now."""
    here = Recommendation.room_id.in_(rooms), Recommendation.entry_id.is_not(None)
    query = select(Recommendation).where(*here).options(joinedload(Recommendation.draft))
    fresh = query.order_by(Recommendation.id).execution_options(populate_existing=True)
    return list(db.session.scalars(fresh))


def clocks(draft_id: int) -> dict[int, int]:
    """How far each client of a draft has come."""
    query = select(DraftClient.client_id, DraftClient.next_clock).filter_by(draft_id=draft_id)
    return {client: clock for client, clock in db.session.execute(query)}  # noqa: C416 - a row


def take_up(actor: Actor, rooms: Iterable[Room]) -> None:
    """Put into the desk's texts what plenaries have accepted; the desk is locked."""
    for text in put_to([room.id for room in rooms if room.sort is RoomKind.PLENARY]):
        entry = db.session.get_one(Recommendation, text.entry_id)
        follow(actor, entry, text)


def follow(actor: Actor, entry: Recommendation, text: Recommendation) -> None:
    """Put into one of the desk's texts what its plenary has accepted since the last time."""
    motion = db.session.get_one(Motion, text.id, populate_existing=True)
    if entry.gone or entry.draft.epoch != text.draft.epoch:
        return  # an undone step may bring it back
    later = list(_accepted(text, motion.taken))
    if later and db.session.scalar(VOTES, {"text": entry.id}):
        return  # another plenary votes on it as it reads
    for accepted, edit in later:
        _apply(entry, text, accepted, edit.data)
        motion.taken = accepted.revision or motion.taken
        # The floor has changed it: what the desk held for adopted were other words.
        entry.status, entry.adopted_seq, entry.adopted_hash = Status.DRAFT, None, None
        publish(actor.room, entry)
        # Which words stands in the list of changes: there they can still be hidden.
        record(actor, "motion.amend", [entry.title], Changes(), in_plenary=edit.at)


def _accepted(text: Recommendation, since: int) -> Iterator[tuple[Suggestion, DraftUpdate]]:
    """What was accepted after a revision, as far as the text has been read with it."""
    of_it = Suggestion.recommendation_id == text.id, Suggestion.outcome == Outcome.ACCEPTED
    later = Suggestion.revision > since, Suggestion.revision <= text.draft.rendered_seq
    log = DraftUpdate.draft_id == text.id, DraftUpdate.seq == Suggestion.revision
    query = select(Suggestion, DraftUpdate).join(DraftUpdate, log[1]).where(*of_it, *later)
    for row in db.session.execute(query.where(log[0]).order_by(Suggestion.revision)):
        yield row[0], row[1]


def _apply(entry: Recommendation, text: Recommendation, made: Suggestion, data: bytes) -> None:
    """Store an edit of the plenary's in the desk's draft; its words have the plenary as source."""
    edit = updates.read(data)
    known = clocks(entry.id)
    new = {client: end for client, (_, end) in edit.ranges.items() if client not in known}
    if new:
        passage = _passage(entry, text, made, edit)
        rows = [
            {
                "draft_id": entry.id,
                "client_id": client,
                "passage_id": passage.id,
                "next_clock": end,
            }
            for client, end in new.items()
        ]
        db.session.execute(insert(CLIENT_ROWS), rows)
    for client, (_, end) in edit.ranges.items():
        if client in known:
            own = DraftClient.draft_id == entry.id, DraftClient.client_id == client
            db.session.execute(update(DraftClient).where(*own).values(next_clock=end))
    draft_log.add_own(entry.draft, data)


def _passage(
    entry: Recommendation, text: Recommendation, made: Suggestion, edit: Update
) -> Passage:
    """The words that came from the floor: where they stand in the plenary's text."""
    source = next((one for one in entry.sources if one.origin_id == text.id), None)
    if source is None:
        source = Source(origin_id=text.id, revision=0, position=len(entry.sources))
        entry.sources.append(source)
    source.revision = made.revision or source.revision
    stands = texts_of(text.draft.text).get(made.root, "")
    words = [one.value for one in edit.structs if isinstance(one.value, str)]
    places = [(stands.find(one), len(one)) for one in words if one in stands]
    start = min((at for at, _ in places), default=0)
    end = max((at + length for at, length in places), default=len(stands))
    db.session.flush()
    passage = Passage(source_id=source.id, root=made.root, start=start, end=end)
    db.session.add(passage)
    db.session.flush()
    return passage
