"""The log of a draft: Yjs updates by number, and how its listeners hear of them."""

from __future__ import annotations

import base64
from collections.abc import Collection, Iterable
from typing import cast

from sqlalchemy import Table, bindparam, exists, insert, select, update

from facilitator.db import db
from facilitator.events import SOURCES, News, Source, announce, channel
from facilitator.models import Draft, DraftClient, DraftQuarantine, DraftUpdate, now
from facilitator.rooms.updates import EMPTY

# Edits come often, and nobody asks for their objects: they do not go through the unit of work.
DRAFT_ROWS = cast("Table", Draft.__table__)
UPDATE_ROWS = cast("Table", DraftUpdate.__table__)
CLIENT_ROWS = cast("Table", DraftClient.__table__)

#: Those whom an update speaks of.
CLIENTS = select(
    DraftClient.client_id,
    DraftClient.seat_id,
    DraftClient.grant_id,
    DraftClient.next_clock,
    DraftClient.entries,
).where(
    DraftClient.draft_id == bindparam("draft"),
    DraftClient.client_id.in_(bindparam("clients", expanding=True)),
)
APPEND = insert(UPDATE_ROWS)
COUNT = (
    update(DRAFT_ROWS).where(DRAFT_ROWS.c.id == bindparam("draft")).values(seq=bindparam("last"))
)
#: The log without what could not be applied.
LOG = (
    select(DraftUpdate.seq, DraftUpdate.data, Draft.epoch)
    .join(Draft, Draft.id == DraftUpdate.draft_id)
    .where(
        DraftUpdate.draft_id == bindparam("draft"),
        DraftUpdate.seq > bindparam("since"),
        ~exists().where(
            DraftQuarantine.draft_id == DraftUpdate.draft_id,
            DraftQuarantine.seq == DraftUpdate.seq,
        ),
    )
    .order_by(DraftUpdate.seq)
)


def append(draft_id: int, seq: int, rows: Iterable[bytes]) -> None:
    """Add updates to the log of a draft, the first of them as number `seq`."""
    moment = now()
    lines = [
        {"draft_id": draft_id, "seq": seq + place, "data": data, "at": moment}
        for place, data in enumerate(rows)
    ]
    db.session.execute(APPEND, lines)
    db.session.execute(COUNT, {"draft": draft_id, "last": lines[-1]["seq"]})


def add_own(draft: Draft, data: bytes) -> int:
    """Add an update of the server's to a draft that is being written; give its number."""
    seq = draft.seq + 1
    append(draft.id, seq, [data])
    announce(line(draft.id, seq, data, draft.epoch))
    db.session.refresh(draft, ["seq"])
    return seq


def read_draft_log(draft_id: int, since: int) -> list[News]:
    """The edits of a draft after `since`."""
    rows = db.session.execute(LOG, {"draft": draft_id, "since": since})
    return [line(draft_id, row.seq, row.data, row.epoch) for row in rows]


def draft_clocks(draft_ids: Collection[int]) -> dict[int, int]:
    """How far the logs of drafts are: {draft: the number of its last edit}."""
    query = select(Draft.id, Draft.seq).where(Draft.id.in_(draft_ids))
    return dict(db.session.execute(query).all())


def line(draft_id: int, seq: int, data: bytes, epoch: str) -> News:
    """An edit; or, where the log holds nothing, the word that the history is another now."""
    if data == EMPTY:
        return News(channel("draft", draft_id), seq, "epoch", str(seq), epoch)
    return News(channel("draft", draft_id), seq, "update", str(seq), coded(data))


def coded(data: bytes) -> str:
    """Bytes as JSON carries them."""
    return base64.b64encode(data).decode()


SOURCES["draft"] = Source(read_draft_log, draft_clocks, "draft")
