"""What is told to whoever looks back at a draft: its log in few pieces, and whose words are whose.

The log has all of it; a browser makes the text of any moment from it. Nobody is named: one's own
client ids are told to oneself, the client ids of passages with their source, and of a closed draft
its shares by sector (docs/decisions/0012-history.md).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any

from sqlalchemy import bindparam, func, select

from facilitator.access import Actor
from facilitator.actions import Refused
from facilitator.db import db
from facilitator.models import (
    Draft,
    DraftClient,
    DraftShares,
    DraftUpdate,
    DraftVersion,
    Face,
    Passage,
    Role,
    Status,
    Written,
)
from facilitator.rooms import drafts
from facilitator.rooms.draft_log import LOG, coded
from facilitator.rooms.updates import EMPTY
from facilitator.shapes import LARGEST, Misshapen, read, within

#: Moments of a draft that one can go to, about; those with a name come on top.
STOPS = 200
#: Updates and bytes of the log in one answer: what takes some hundredths of a second to merge.
ROWS, BYTES = 8_000, 384 * 1024

SIZES = LOG.with_only_columns(DraftUpdate.seq, func.length(DraftUpdate.data)).limit(ROWS)
PART = LOG.add_columns(DraftUpdate.at).where(DraftUpdate.seq <= bindparam("until"))
STATE = (
    select(Draft.id, Draft.epoch, Draft.seq, Written.status)
    .join(Draft.recommendation)
    .where(
        Draft.id == bindparam("draft"),
        Written.room_id == bindparam("room"),
        Written.gone.is_(False),
    )
)


@dataclass(frozen=True)
class Look:
    """Which draft somebody looks back at, and up to which update they have its log."""

    recommendation: int
    after: Annotated[int, within(0, LARGEST)]


def looked_back(who: Actor, asked: object) -> Face:
    """The history of a draft after a moment: where one can stop, its versions, whose words.

    A stop is [the number of its last update, its minute, what was written since the one before].
    `more` says that the log goes on.
    """
    try:
        look = read(Look, asked)
    except Misshapen:
        raise Refused("This message is not understood.", code="bad_shape") from None
    if who.role is Role.PROJECTOR:
        raise Refused("You may not do this here.")
    place = {"draft": look.recommendation, "room": who.room.id}
    draft = db.session.execute(STATE, place).one_or_none()
    if draft is None:
        raise Refused("This text is no longer here.", code="gone")
    query = select(DraftVersion).where(DraftVersion.draft_id == draft.id)
    versions = db.session.scalars(query.order_by(DraftVersion.seq, DraftVersion.id)).all()
    rows, more = _part(draft.id, look.after)
    ends = {version.seq for version in versions}
    return {
        "epoch": draft.epoch,
        "seq": draft.seq,
        "stops": [_stop(some) for some in _parted(rows, ends, -(-draft.seq // STOPS))],
        "more": more,
        "versions": [version.public() for version in versions],
        **_whose(who, draft),
    }


# ---- The log in pieces ---------------------------------------------------------------------------


def _part(draft_id: int, after: int) -> tuple[list[Any], bool]:
    """The next updates, as many as one answer holds; and whether there are more."""
    sizes = db.session.execute(SIZES, {"draft": draft_id, "since": after}).all()
    until, room = after, BYTES
    for place, (seq, size) in enumerate(sizes):
        if place and size > room:
            break
        until, room = seq, room - size
    asked = {"draft": draft_id, "since": after, "until": until}
    rows = list(db.session.execute(PART, asked))
    return rows, len(sizes) == ROWS or bool(sizes and sizes[-1][0] > until)


def _parted(rows: Iterable[Any], ends: Collection[int], step: int) -> Iterator[list[Any]]:
    """Updates that follow each other, parted after every `step` of them and at each version."""
    marks = sorted(ends)
    part: list[Any] = []
    for row in rows:
        while marks and marks[0] < row.seq:
            marks.pop(0)
            if part:
                yield part
                part = []
        part.append(row)
        if row.seq % step == 0:
            yield part
            part = []
    if part:
        yield part


def _stop(rows: list[Any]) -> list[Any]:
    written = drafts.in_one([row.data for row in rows if row.data != EMPTY])
    # To the minute: who came in when tells more than the text does.
    minute = rows[-1].at.replace(second=0, microsecond=0)
    return [rows[-1].seq, minute.isoformat(), coded(written)]


# ---- Whose words ---------------------------------------------------------------------------------


def _whose(who: Actor, draft: Any) -> Face:
    """Client ids of one's own, and of passages; and the shares, once a draft is closed."""
    here = DraftClient.draft_id == draft.id
    found: Face = {"mine": [], "sources": {}, "shares": None}
    if who.seat or who.grant:
        own = (
            DraftClient.seat_id == who.seat.id
            if who.seat
            else DraftClient.grant_id == (who.grant and who.grant.id)
        )
        found["mine"] = list(db.session.scalars(select(DraftClient.client_id).where(here, own)))
    if who.room.anonymous:
        return found
    query = select(DraftClient.client_id, Passage.source_id)
    passages = db.session.execute(query.join(Passage).where(here))
    found["sources"] = {str(client): source for client, source in passages}
    shares = db.session.get(DraftShares, draft.id) if draft.status != Status.DRAFT else None
    found["shares"] = shares and {"rows": shares.rows, "spans": shares.spans}
    return found
