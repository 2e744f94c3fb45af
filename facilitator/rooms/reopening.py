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
from facilitator.models import Ballot, Phase, Recommendation, Reopening, Status
from facilitator.rooms.reservations import recommendation_here
from facilitator.shapes import Language, one_line

Why = Annotated[str, one_line(300)]

#: What of a text was voted on.
WORDING = ("title", "sections", "steps")


@action("recommendation.reopen", who=LEADS, during={Phase.DRAFT, Phase.ADOPT})
def reopen_recommendation(actor: Actor, *, id: int, text: Why, lang: Language) -> None:  # noqa: A002
    """Open a text that was voted on, and say why. The vote stays: about an earlier wording."""
    found = recommendation_here(actor.room, id)
    if found.status is Status.DRAFT:
        raise Refused("This text is open already.", code="conflict")
    if db.session.scalar(select(Ballot.id).filter_by(recommendation_id=id, is_open=True)):
        raise Refused("The room is voting on this text.", code="closed")
    line = Reopening(
        room_id=actor.room.id,
        recommendation_id=found.id,
        text=text,
        lang=lang,
        status=found.status,
        revision=found.adopted_seq,
        hash=found.adopted_hash,
    )
    db.session.add(line)
    found.status, found.adopted_seq, found.adopted_hash = Status.DRAFT, None, None
    publish(actor.room, found, line)


def fix_wording(recommendation: Recommendation) -> bool:
    """Note the hash of what was adopted, once its draft has been read; whether that is now."""
    draft, adopted = recommendation.draft, recommendation.adopted_seq
    if adopted is None or recommendation.adopted_hash or draft.rendered_seq < adopted:
        return False
    recommendation.adopted_hash = hash_of(draft.text)
    return True


def hash_of(text: dict[str, object]) -> str:
    """The hash of a wording: of its title, sections and steps.

    Made as exports.document hashes, which the server does not load: SHA-256 of the JSON in UTF-8,
    its keys sorted, without spaces.
    """
    face = {name: text.get(name) for name in WORDING}
    data = json.dumps(face, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(data.encode()).hexdigest()
