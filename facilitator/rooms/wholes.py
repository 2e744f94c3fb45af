"""The plenary adopts the document as a whole: one ballot on all texts that lie before it."""

from __future__ import annotations

from facilitator.access import Actor
from facilitator.actions import LEADS, Refused, action
from facilitator.models import Ballot, Face, Phase
from facilitator.rooms.asking import Answering, Showing, ruled
from facilitator.rooms.ballots import LONGEST, opened
from facilitator.rooms.motions import on_the_table, refuse_unvotable, take_in
from facilitator.rooms.rules import Rule
from facilitator.shapes import Language, line


@action("ballot.adopt_whole", who=LEADS, during={Phase.ADOPT})
def open_whole(
    actor: Actor,
    *,
    question: str,
    lang: Language,
    method: Answering = "yes_no",
    rule: Rule | None = None,
    showing: Showing = "live",
    secret: bool = True,
    sectors: list[str] | None = None,
    fixed: bool = False,
) -> Face:
    """Ask the plenary whether it adopts all that lies before it, as it reads now, in one vote."""
    texts = on_the_table(actor.room)
    if not texts:
        raise Refused("The desk has put no text to this plenary that is still to be decided.")
    refuse_unvotable(texts)
    ballot = Ballot(
        room_id=actor.room.id,
        question=line(question, LONGEST),
        lang=lang,
        method=method,
        options={},
        rule=ruled(method, rule),
        showing=showing,
        secret=secret,
        sectors=sectors or [],
        fixed=fixed,
        whole=True,
    )
    face = opened(actor, ballot)
    take_in(actor, ballot, texts)
    return face
