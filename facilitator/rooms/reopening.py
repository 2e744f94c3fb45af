"""A text that was voted on: its wording is fixed by a hash, and opening it again is seen by all."""

from __future__ import annotations

import hashlib
import json
from typing import Annotated

from sqlalchemy import select

from facilitator.access import Actor
from facilitator.actions import LEADS, Refused, action
from facilitator.db import db
from facilitator.events import publish
from facilitator.models import (
    Ballot,
    Motion,
    Phase,
    Recommendation,
    Reopening,
    Room,
    Status,
    Written,
)
from facilitator.rooms.reservations import recommendation_here
from facilitator.rooms.texts import wording
from facilitator.shapes import Language, one_line

Why = Annotated[str, one_line(300)]


@action("recommendation.reopen", who=LEADS, during={Phase.DRAFT, Phase.ADOPT})
def reopen_recommendation(actor: Actor, *, id: int, text: Why, lang: Language) -> None:  # noqa: A002
    """Open a text that was voted on, and say why. The vote stays: about an earlier wording."""
    found = recommendation_here(actor.room, id)
    if found.status is Status.DRAFT:
        raise Refused("This text is open already.", code="conflict")
    if found.status is Status.WITHDRAWN:
        raise Refused("The organisers have taken this text back.", code="closed")
    if db.session.scalar(select(Ballot.id).filter_by(recommendation_id=id, is_open=True)):
        raise Refused("The room is voting on this text.", code="closed")
    open_again(actor.room, found, text, lang)


def open_again(room: Room, found: Recommendation, text: str, lang: str) -> None:
    """Note that a text that was voted on is open, and why; where it is the desk's, how it read."""
    line = Reopening(
        room_id=room.id,
        recommendation_id=found.id,
        text=text,
        lang=lang,
        status=found.status,
        revision=found.adopted_seq,
        hash=found.adopted_hash,
    )
    db.session.add(line)
    found.status, found.adopted_seq, found.adopted_hash = Status.DRAFT, None, None
    publish(room, found, line)
    motion = db.session.get(Motion, found.id) if found.entry_id is not None else None
    if motion is not None:
        motion.was = wording(found.draft.text)
        publish(room, motion)


def fix_wording(recommendation: Written) -> bool:
    """Note the hash of what was adopted, once its draft has been read; whether that is now."""
    draft, adopted = recommendation.draft, recommendation.adopted_seq
    if adopted is None or recommendation.adopted_hash or draft.rendered_seq < adopted:
        return False
    recommendation.adopted_hash = hash_of(draft.text)
    return True


def hash_of(text: dict[str, object]) -> str:
    """The hash of a wording: of its title, sections, steps and addressees.

    Made as exports.document hashes, which the server does not load: SHA-256 of the JSON in UTF-8,
    its keys sorted, without spaces.
    """
    data = json.dumps(wording(text), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(data.encode()).hexdigest()
