"""Versions of drafts: moments that have a name, given by hand or by what the room did."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from sqlalchemy import func, select

from facilitator.access import Actor
from facilitator.actions import ALWAYS, CLOCK, LEADS, WRITERS, Refused, action
from facilitator.db import db
from facilitator.events import publish
from facilitator.models import (
    Draft,
    DraftShares,
    DraftVersion,
    Face,
    How,
    Phase,
    Recommendation,
    Role,
    Room,
    RoomKind,
    Status,
    Written,
    now,
)
from facilitator.shapes import one_line

#: Characters of a text whose loss of more than half is noted; at most once in so long.
WORTH_KEEPING, PAUSE = 200, timedelta(minutes=1)

#: Characters of a title, and versions of one draft that have one.
LONGEST, PER_DRAFT = 80, 60

Title = Annotated[str, one_line(LONGEST)]


@action("draft.name_version", who=WRITERS, during={Phase.DRAFT}, contributes=True)
def name_version(actor: Actor, *, recommendation: int, seq: int, title: Title) -> dict[str, int]:
    """Give a name to a moment of a draft, the present or an earlier one."""
    if actor.room.sort is RoomKind.DESK and actor.role is not Role.ORGANISER:
        raise Refused("Only organisers write here.")
    draft = _draft_here(actor, recommendation)
    if not 1 <= seq <= draft.seq:
        raise Refused("This text has no such moment.")
    by_hand = DraftVersion.draft_id == draft.id, DraftVersion.how == How.HAND
    count = db.session.scalar(select(func.count()).select_from(DraftVersion).where(*by_hand)) or 0
    if count >= PER_DRAFT:
        raise Refused(
            "This text has {n} named versions, as many as it can hold.",
            code="too_many",
            n=PER_DRAFT,
        )
    named = DraftVersion(draft_id=draft.id, seq=seq, how=How.HAND, title=title)
    db.session.add(named)
    # Versions are told in answer to who looks; the text is told anew, so that they look again.
    publish(actor.room, draft)
    return {"id": named.id}


@action("draft.drop_version", who=LEADS, during=ALWAYS)
def drop_version(actor: Actor, *, recommendation: int, id: int) -> None:  # noqa: A002
    """Take back the name of a version; the moment itself stays in the history."""
    draft = _draft_here(actor, recommendation)
    found = db.session.get(DraftVersion, id)
    if found is None or found.draft_id != draft.id or found.how is not How.HAND:
        raise Refused("This version is no longer here.", code="gone")
    db.session.delete(found)
    publish(actor.room, draft)


@action("room.anonymous", who=LEADS)
def keep_anonymous(actor: Actor, *, on: bool) -> None:
    """Promise that nobody is told who wrote which part of the drafts, not even by sector.

    What was written under the promise stays under it.
    """
    room = actor.room
    begun = select(Recommendation.id).where(Recommendation.room_id == room.id).limit(1)
    if room.anonymous and not on and db.session.scalar(begun) is not None:
        raise Refused("People have written here because this was promised: it stays.")
    room.anonymous = on
    publish(room, room)


@action("draft.share", who=CLOCK, during=ALWAYS)
def share_out(actor: Actor, *, recommendation: int, rows: list[Face], spans: list[Face]) -> None:
    """Note by which sectors a closed draft was written: once, whatever comes later."""
    draft = _draft_here(actor, recommendation)
    found = db.session.get(DraftShares, draft.id)
    if found is not None or draft.recommendation.status == Status.DRAFT:
        return
    db.session.add(DraftShares(draft_id=draft.id, rows=rows, spans=spans))
    publish(actor.room, draft)


def _draft_here(actor: Actor, recommendation: int) -> Draft:
    draft = db.session.get(Draft, recommendation)
    if draft is None or draft.recommendation.room_id != actor.room.id or draft.recommendation.gone:
        raise Refused("This text is no longer here.", code="gone")
    return draft


# ---- By what the room did ------------------------------------------------------------------------


def keep_at_end_of_step(room: Room) -> None:
    """Keep how the drafts of a room read that is about to go on to another step."""
    if room.phase is not Phase.DRAFT or not 0 <= room.at < len(room.agenda):
        return
    kept = select(func.max(DraftVersion.seq)).where(DraftVersion.draft_id == Draft.id)
    open_here = Written.room_id == room.id, Written.status == Status.DRAFT
    changed = Draft.seq > func.coalesce(kept.scalar_subquery(), 0)
    query = select(Draft.id, Draft.seq).join(Draft.recommendation)
    step = room.agenda[room.at]["title"]
    for draft_id, seq in db.session.execute(
        query.where(*open_here, Written.gone.is_(False), changed)
    ).all():
        db.session.add(DraftVersion(draft_id=draft_id, seq=seq, how=How.STEP, step=step))


def keep_before_cut(draft: Draft, text: Face) -> None:
    """Keep how a draft read of which more than half is gone now: perhaps by mistake."""
    before, after = (
        sum(len(section) for section in face.get("sections", {}).values())
        for face in (draft.text, text)
    )
    if before <= WORTH_KEEPING or 2 * after >= before:
        return
    cut = DraftVersion.draft_id == draft.id, DraftVersion.how == How.CUT
    last = db.session.scalar(select(func.max(DraftVersion.at)).where(*cut))
    if last is None or now() - last >= PAUSE:
        db.session.add(DraftVersion(draft_id=draft.id, seq=draft.rendered_seq, how=How.CUT))


def keep_decided(subject: Recommendation, seq: int) -> None:
    """Keep the revision of a draft on which there is a decision."""
    how = How.ADOPTED if subject.status == Status.ADOPTED else How.REJECTED
    db.session.add(DraftVersion(draft_id=subject.id, seq=seq, how=how))
