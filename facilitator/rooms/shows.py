"""Shows of hands: counted in the hall by whoever leads, and added to the papers of a ballot."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Annotated

from facilitator.access import Actor
from facilitator.actions import LEADS, Refused, action
from facilitator.db import db
from facilitator.events import publish
from facilitator.models import Ballot, Show
from facilitator.rooms.asking import MOST_DOTS
from facilitator.rooms.ballots import ballot_here, counted
from facilitator.rooms.methods import METHODS
from facilitator.rooms.results import box, named
from facilitator.shapes import within

#: People in a hall.
MOST_HANDS = 10_000


@dataclass(frozen=True)
class Shown:
    """Hands counted in the hall: of one sector, or of all."""

    sector: str | None
    people: Annotated[int, within(0, MOST_HANDS)]
    counts: dict[str, Annotated[int, within(0, MOST_HANDS * MOST_DOTS)]]


@action("ballot.show_hands", who=LEADS)
def show_hands(actor: Actor, *, ballot: int, rows: list[Shown]) -> None:
    """Count a show of hands into a ballot, in place of an earlier count; no rows take it out."""
    asked = ballot_here(actor, ballot)
    if not asked.is_open:
        raise Refused("This ballot is closed.", code="closed")
    for row in rows:
        _refuse_unfit(asked, row, actor.forum.least)
    show = db.session.get(Show, asked.id)
    if show is None:
        show = Show(id=asked.id)
        db.session.add(show)
    show.rows = [asdict(row) for row in rows]
    db.session.flush()
    publish(actor.room, show, counted(asked, box(asked)))


def _refuse_unfit(ballot: Ballot, row: Shown, least: int) -> None:
    if not set(row.counts) <= set(named(ballot)):
        raise Refused("Something on this paper is no longer here.", code="gone")
    if row.sector is not None and ballot.sectors and row.sector not in ballot.sectors:
        raise Refused("This vote is for other sectors.")
    if row.sector is not None and row.people < least:
        raise Refused("Fewer than {n} hands of a sector are entered with all others.", n=least)
    fits = METHODS[ballot.method].fits(row.counts, row.people, ballot.options)
    if fits is None:
        raise Refused("Hands cannot be counted in this way of voting: it takes papers.")
    if not fits:
        raise Refused("These numbers do not fit together: there are more hands than people.")
