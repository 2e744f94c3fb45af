"""Evidence: cards that say where something stands and what it shows, for texts to cite."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Annotated

from sqlalchemy import func, select

from facilitator.access import Actor
from facilitator.actions import WRITERS, Refused, action
from facilitator.db import db
from facilitator.models import Evidence, Face, IdeaState, Phase
from facilitator.rooms.visibility import STANDING, come_again, come_in, first_state, own_face
from facilitator.rooms.withdrawing import restore, withdraw
from facilitator.shapes import Language, one_line, several_lines

#: Characters of a title, of an address, of what it shows; cards of one seat; cards of a room.
TITLE, ADDRESS, LONGEST, PER_SEAT, PER_ROOM = 200, 500, 500, 100, 500

#: Where evidence may lead: to the web.
WEB = re.compile(r"https?://[^\s<>\"\\]+", re.IGNORECASE)

COLLECTING = frozenset({Phase.GATHER, Phase.GROUP, Phase.DECIDE, Phase.DRAFT})

Title = Annotated[str, one_line(TITLE)]
Address = Annotated[str, one_line(ADDRESS, least=0)]
Shows = Annotated[str, several_lines(LONGEST)]


@action("evidence.add", who=WRITERS, during=COLLECTING, contributes=True)
def add_evidence(actor: Actor, *, title: Title, url: Address, text: Shows, lang: Language) -> Face:
    """Put down where something stands and what it shows, so that texts can cite it."""
    _refuse_flood(actor)
    card = Evidence(
        room_id=actor.room.id,
        seat_id=actor.seat and actor.seat.id,
        state=first_state(actor, actor.room, veils=False),
        title=title,
        url=_address(url),
        text=text.strip(),
        lang=lang,
    )
    db.session.add(card)
    db.session.flush()
    come_in(actor.room, card)
    return own_face(card)


@action("evidence.change", who=WRITERS, during=COLLECTING)
def change_evidence(
    actor: Actor,
    *,
    id: int,  # noqa: A002
    title: Title,
    url: Address,
    text: Shows,
) -> Face:
    """Put one's own card right. Where words are looked at before, it waits again."""
    card = _own(actor, id, STANDING)
    card.title, card.url, card.text = title, _address(url), text.strip()
    come_again(actor, card)
    return own_face(card)


@action("evidence.withdraw", who=WRITERS, during=COLLECTING)
def withdraw_evidence(actor: Actor, *, id: int) -> None:  # noqa: A002
    """Take one's own card away. Texts that cite it say that it is no longer shown."""
    withdraw(actor.room, _own(actor, id, STANDING))


@action("evidence.restore", who=WRITERS, during=COLLECTING)
def restore_evidence(actor: Actor, *, id: int) -> Face:  # noqa: A002
    """Bring one's own card back, a little after taking it away."""
    return restore(actor.room, _own(actor, id, {IdeaState.WITHDRAWN}))


def _address(url: str) -> str:
    if url and not WEB.fullmatch(url):
        raise Refused("The address of a page begins with http:// or https://.", code="bad_shape")
    return url


def _own(actor: Actor, number: int, states: Collection[IdeaState]) -> Evidence:
    card = db.session.get(Evidence, number)
    if card is None or card.room_id != actor.room.id:
        raise Refused("This card is no longer here.", code="gone")
    # As with ideas: those without a seat are looked after by whoever leads.
    mine = card.seat_id == actor.seat.id if actor.seat else card.seat_id is None
    if not mine:
        raise Refused("Only who added a card can change it.")
    if card.state not in states:
        raise Refused("This was removed meanwhile.", code="gone")
    return card


def _refuse_flood(actor: Actor) -> None:
    here = select(func.count()).where(Evidence.room_id == actor.room.id)
    own = here.where(Evidence.seat_id == actor.seat.id) if actor.seat else None
    if own is not None and (db.session.scalar(own) or 0) >= PER_SEAT:
        raise Refused(
            "You have added {n} cards, as many as one person may.", code="too_many", n=PER_SEAT
        )
    if (db.session.scalar(here) or 0) >= PER_ROOM:
        raise Refused(
            "This room has {n} cards, as many as it can hold.", code="too_many", n=PER_ROOM
        )
