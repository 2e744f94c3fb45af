"""To the plenary: the desk puts its texts there, and takes up what the floor has changed in them.

A text lies before the plenary as a copy, unit by unit. What the floor changes there fits into the
desk's text as it stands, and keeps the plenary as its source. The desk learns of it as of all that
happens in rooms: a task of the clock looks, and the rooms know nothing of the desk.
"""

from __future__ import annotations

import base64
from typing import Annotated

from sqlalchemy import func, select

from facilitator.access import Actor
from facilitator.actions import ORGANISERS, Refused, action, lock
from facilitator.consolidation.desk import entry_here, refuse_unready
from facilitator.consolidation.floor import clocks, follow, put_to
from facilitator.consolidation.steps import Changes, at_desk, record
from facilitator.db import db
from facilitator.events import publish
from facilitator.i18n import t
from facilitator.models import (
    Draft,
    DraftClient,
    Face,
    Motion,
    Phase,
    Recommendation,
    Room,
    RoomKind,
    Status,
    now,
)
from facilitator.rooms import draft_log, updates
from facilitator.rooms.drafts import lacking
from facilitator.rooms.motions import refuse_voting
from facilitator.rooms.reopening import hash_of, open_again
from facilitator.rooms.texts import wording
from facilitator.shapes import many

#: Texts that are put at once.
Several = Annotated[list[int], many(1, 500)]


@action("motion.put", who=ORGANISERS)
def put(actor: Actor, *, room: str, recommendations: Several) -> Face:
    """Put texts to a plenary as they read now; what it decided on in other words is open again.

    What lies there in these words already, decided on or not, stays as it is.
    """
    at_desk(actor)
    entries = [entry_here(actor, number) for number in dict.fromkeys(recommendations)]
    refuse_unready(entries)
    plenary = _plenary(actor, room)
    there = {text.entry_id: text for text in put_to([plenary.id])}
    refuse_unready(there[entry.id] for entry in entries if entry.id in there)
    laid = []
    for entry in entries:
        if entry.id not in there:
            _lay(plenary, entry)
        elif not _put_again(actor, plenary, entry, there[entry.id]):
            continue
        laid.append(entry.title)
    if laid:
        record(actor, "motion.put", laid, Changes())
    return {"put": len(laid)}


@action("motion.withdraw", who=ORGANISERS)
def withdraw(actor: Actor, *, motion: int) -> None:
    """Take a text back from the plenary before it has decided; there it is seen that it was."""
    at_desk(actor)
    text = db.session.get(Recommendation, motion)
    entry = text and text.entry_id and db.session.get(Recommendation, text.entry_id)
    if text is None or not entry or entry.room_id != actor.room.id:
        raise Refused("This text is no longer here.", code="gone")
    room = _open(text.room_id)
    db.session.refresh(text)
    if text.status is not Status.DRAFT:
        raise Refused("The plenary has decided on this text.", code="closed")
    refuse_voting(text.id)
    text.status = Status.WITHDRAWN
    publish(room, text)
    record(actor, "motion.withdraw", [entry.title], Changes())


def _plenary(actor: Actor, uuid: str) -> Room:
    """A plenary of the forum, locked, that has not ended."""
    ours = Room.uuid == uuid, Room.forum_id == actor.room.forum_id
    found = db.session.scalar(select(Room.id).where(*ours, Room.sort == RoomKind.PLENARY))
    if found is None:
        raise Refused("This room is no longer part of the forum.", code="gone")
    return _open(found)


def _open(room_id: int) -> Room:
    """What a closed room has decided stays as it is."""
    room = lock(room_id)
    if room.phase is Phase.CLOSED:
        raise Refused("This room is closed, or not in this forum.", code="closed")
    return room


# ---- Putting -------------------------------------------------------------------------------------


def _lay(room: Room, entry: Recommendation) -> None:
    """Lay a copy of a text before a plenary."""
    here = select(func.max(Recommendation.number)).where(Recommendation.room_id == room.id)
    text = Recommendation(
        room_id=room.id,
        entry_id=entry.id,
        number=(db.session.scalar(here) or 0) + 1,
        title=entry.title,
        lang=entry.lang,
        template=entry.template,
        sources=[],
    )
    text.draft = Draft(epoch=entry.draft.epoch, text={})
    db.session.add(text)
    db.session.flush()
    _copy(entry, text)
    motion = Motion(id=text.id, revision=entry.draft.seq, hash=hash_of(entry.draft.text))
    db.session.add(motion)
    publish(room, text, text.draft, motion)


def _put_again(actor: Actor, room: Room, entry: Recommendation, text: Recommendation) -> bool:
    """Bring what lies there up to date; whether there was anything to do."""
    follow(actor, entry, text)
    # What has just come from the floor is in no words yet that could be compared.
    refuse_unready([entry])
    motion = db.session.get_one(Motion, text.id)
    changed = wording(entry.draft.text) != wording(text.draft.text)
    if not changed and text.status is not Status.WITHDRAWN:
        return False
    refuse_voting(entry.id)
    if entry.draft.epoch != text.draft.epoch:
        raise Refused("This text was begun anew. Your copy is an older one.", code="conflict")
    if text.status in {Status.ADOPTED, Status.REJECTED}:
        lang = actor.forum.languages[0]
        why = t("The editors have changed this text and put it to the plenary again.", lang=lang)
        open_again(room, text, why, lang)
    text.status, text.title, text.template = Status.DRAFT, entry.title, entry.template
    if changed:
        _copy(entry, text)
    motion.revision, motion.hash = entry.draft.seq, hash_of(entry.draft.text)
    motion.taken, motion.put_at = text.draft.seq, now()
    publish(room, text, text.draft, motion)
    return True


def _copy(entry: Recommendation, text: Recommendation) -> None:
    """Give the copy of a draft the units that it lacks. Nobody goes on under their client ids."""
    known = clocks(text.id)
    have = updates.state_vector(known.items())
    whole = lacking(entry.id, text.draft.epoch, have)
    draft_log.add_own(text.draft, base64.b64decode(whole["update"]))
    for one in db.session.scalars(select(DraftClient).filter_by(draft_id=entry.id)).all():
        if one.next_clock > known.get(one.client_id, 0):
            far = {"next_clock": one.next_clock, "entries": one.entries}
            db.session.merge(DraftClient(draft_id=text.id, client_id=one.client_id, **far))
    text.draft.text, text.draft.rendered_seq = wording(entry.draft.text), text.draft.seq
