"""Drafts: recommendations that people write together, as a log of Yjs updates.

No document is kept in memory: what comes is guarded (updates.py) and stored, and whoever joins gets
the log in one piece. With the worker the only place that names pycrdt, and only its functions on
bytes: what needs a document is done in a process that may be killed.
"""

from __future__ import annotations

import base64
import binascii
import logging
import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

import pycrdt
from sqlalchemy import Table, bindparam, func, insert, select, update

from facilitator.access import Actor
from facilitator.actions import ALWAYS, CLOCK, WRITERS, Refused, action
from facilitator.db import db
from facilitator.events import announce, publish, ticker
from facilitator.models import (
    Ballot,
    Draft,
    DraftClient,
    DraftQuarantine,
    Face,
    Minutes,
    Phase,
    Role,
    RoomKind,
    Status,
    Written,
    new_uuid,
)
from facilitator.rooms import entries, texts, updates
from facilitator.rooms.citing import bare
from facilitator.rooms.draft_log import CLIENT_ROWS, CLIENTS, LOG, add_own, append, coded, line
from facilitator.rooms.motions import note_wording, votes_on
from facilitator.rooms.reopening import fix_wording
from facilitator.rooms.updates import EMPTY, LEASED, BadUpdate, Gap, Id, Update
from facilitator.rooms.versions import keep_before_cut
from facilitator.shapes import Misshapen, read

log = logging.getLogger(__name__)

#: Client ids of one seat or link in one draft: each page that was opened has one.
MOST_OWN_CLIENTS = 200
#: UTF-16 units and entries that one seat or link may ever write into one draft: nobody fills it for
#: all the others, by mistake or with one small edit that claims to be long.
MOST_OWN_UNITS = updates.MOST_UNITS // 5

WRITING = frozenset({Phase.DRAFT})
#: What is written at any time of a meeting.
MINUTES = Minutes.__mapper_args__["polymorphic_identity"]

WRITTEN = cast("Table", Written.__table__)
QUARANTINE_ROWS = cast("Table", DraftQuarantine.__table__)

#: How far a draft is, and how full. The lock on its room is held.
STATE = (
    select(
        Draft.epoch,
        Draft.seq,
        Written.sort,
        Written.status,
        Written.gone,
        # Of the table: a column of one kind of text would leave out the others.
        WRITTEN.c.entry_id,
        select(func.count())
        .where(DraftClient.draft_id == bindparam("draft"))
        .scalar_subquery()
        .label("clients"),
        select(func.sum(DraftClient.next_clock))
        .where(DraftClient.draft_id == bindparam("draft"))
        .scalar_subquery()
        .label("units"),
        votes_on(bindparam("draft")).label("ballots"),
    )
    .join(Written, Written.id == Draft.id)
    .where(Draft.id == bindparam("draft"), Written.room_id == bindparam("room"))
)
CLAIM = insert(CLIENT_ROWS)
ONE_CLIENT = update(CLIENT_ROWS).where(
    CLIENT_ROWS.c.draft_id == bindparam("draft"), CLIENT_ROWS.c.client_id == bindparam("client")
)
ADVANCE = ONE_CLIENT.values(next_clock=bindparam("clock"))
NOTE = ONE_CLIENT.values(entries=bindparam("spans"))


# ---- Writing -------------------------------------------------------------------------------------


@action("draft.update", who=WRITERS, contributes=True)
def update_draft(actor: Actor, *, recommendation: int, epoch: str, update: str) -> Face:
    """Add somebody's edit to a draft. `seq` in the answer is 0 if all of it was there already."""
    return {"seq": edit_draft(actor, recommendation, epoch, update)}


def edit_draft(
    actor: Actor, recommendation: int, epoch: str, update: str, *, suggested: bool = False
) -> int:
    """Store an edit that came from outside; give its number, 0 if all of it was there already.

    `suggested`: it is what a suggestion asks for; no other changes what lies before a plenary.
    """
    if actor.room.sort == RoomKind.DESK and actor.role != Role.ORGANISER:
        raise Refused("Only organisers write here.")
    state = open_draft(actor.room.id, recommendation, epoch)
    if state.sort != MINUTES and not suggested and actor.room.phase not in WRITING:
        raise Refused("This is closed at the moment.", code="closed")
    if state.entry_id is not None and not suggested:
        raise Refused("This is a text of the document: suggest other words for it.")
    data = _bytes(update)
    try:
        seq = _add(actor, recommendation, state, data)
    except Gap as gap:
        log.info("An edit of draft %d has to wait: %s.", recommendation, gap.reason)
        raise Refused(
            "Earlier edits have not arrived yet. It will be tried again.", code="retry", retry=True
        ) from None
    except BadUpdate as bad:
        log.warning("An edit of draft %d was not stored: %s.", recommendation, bad.reason)
        raise Refused(
            "This edit cannot be stored. Copy your words and reload the page.", code="bad_update"
        ) from None
    return seq


def open_draft(room_id: int, draft_id: int, epoch: str | None = None) -> Any:
    """How far a draft is that may be written in; `epoch` is the history that somebody has of it."""
    state = db.session.execute(STATE, {"draft": draft_id, "room": room_id}).one_or_none()
    if state is None or state.gone:
        raise Refused("This text is no longer here.", code="gone")
    if state.status == Status.WITHDRAWN:
        raise Refused("The organisers have taken this text back.", code="closed")
    if state.status != Status.DRAFT:
        raise Refused("This text has been voted on and is closed.", code="closed")
    if state.ballots:
        raise Refused("The room is voting on this text.", code="closed")
    if epoch is not None and state.epoch != epoch:
        raise Refused("This text was begun anew. Your copy is an older one.", code="conflict")
    return state


def _bytes(text: str) -> bytes:
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Refused("This message is not understood.", code="bad_shape") from None
    if len(data) > updates.LARGEST:
        raise Refused("This edit is too large: paste it in smaller parts.", code="too_long")
    return data


def _add(actor: Actor, draft_id: int, state: Any, data: bytes) -> int:
    edit = updates.read(data)
    rows = db.session.execute(CLIENTS, {"draft": draft_id, "clients": list(edit.clients)}).all()
    known = {row.client_id: row for row in rows}
    clocks = {client: row.next_clock for client, row in known.items()}
    owner = (actor.seat and actor.seat.id, actor.grant and actor.grant.id)

    def mine(client: int) -> bool:
        row = known.get(client)
        return client < LEASED and (row is None or (row.seat_id, row.grant_id) == owner)

    order = updates.check(edit, clocks, mine)
    grown = entries.sort(order, clocks, {client: row.entries for client, row in known.items()})
    if any(len(spans) > entries.MOST_SPANS for spans in grown.values()):
        raise Refused("The steps were changed too often from here. Do it once more.")
    data = updates.trim(data, edit, clocks, pycrdt.get_update)
    if data == EMPTY:
        return 0
    _advance(draft_id, edit, clocks, owner, state)
    _note(draft_id, grown)
    seq: int = state.seq + 1
    append(draft_id, seq, [data])
    announce(line(draft_id, seq, data, state.epoch))
    return seq


def _advance(
    draft_id: int, edit: Update, clocks: Mapping[int, int], owner: tuple[Any, Any], state: Any
) -> None:
    """Note how far the clients have come, and whose the new ones are."""
    ends = {client: end for client, (_, end) in edit.ranges.items()}
    grown = sum(max(0, end - clocks.get(client, 0)) for client, end in ends.items())
    units = (state.units or 0) + grown
    if units > updates.MOST_UNITS:
        raise Refused("This text is full.", code="too_many")
    if units > MOST_OWN_UNITS:  # else nobody can have written so much
        _refuse_flood(draft_id, grown, owner)
    new = [client for client in ends if client not in clocks]
    if new:
        _refuse_crowd(draft_id, len(new), owner, state.clients)
        whose = {"draft_id": draft_id, "seat_id": owner[0], "grant_id": owner[1]}
        rows = [{**whose, "client_id": client, "next_clock": ends[client]} for client in new]
        db.session.execute(CLAIM, rows)
    for client, end in ends.items():
        if client in clocks and end > clocks[client]:
            db.session.execute(ADVANCE, {"draft": draft_id, "client": client, "clock": end})


def _note(draft_id: int, grown: Mapping[int, entries.Spans]) -> None:
    for client, spans in grown.items():
        db.session.execute(NOTE, {"draft": draft_id, "client": client, "spans": spans})


def _refuse_flood(draft_id: int, grown: int, owner: tuple[Any, Any]) -> None:
    query = select(func.sum(DraftClient.next_clock)).where(*_own(draft_id, owner))
    if (db.session.scalar(query) or 0) + grown > MOST_OWN_UNITS:
        raise Refused(
            "One person can write at most {n} characters into one text.",
            code="too_many",
            n=MOST_OWN_UNITS,
        )


def _own(draft_id: int, owner: tuple[Any, Any]) -> tuple[Any, Any]:
    seat, grant = owner
    own = DraftClient.seat_id == seat if seat is not None else DraftClient.grant_id == grant
    return DraftClient.draft_id == draft_id, own


def _refuse_crowd(draft_id: int, new: int, owner: tuple[Any, Any], clients: int) -> None:
    query = select(func.count()).where(*_own(draft_id, owner))
    if clients + new > updates.MOST_IN_DRAFT or (
        (db.session.scalar(query) or 0) + new > MOST_OWN_CLIENTS
    ):
        raise Refused("This text was opened too many times.", code="too_many")


# ---- Joining -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Copy:
    """What somebody has of a draft: a state vector of one of its histories."""

    recommendation: int
    epoch: str | None
    sv: str


def join(who: Actor, asked: object) -> Face:
    """Let the current socket listen to a draft; tell what its copy lacks.

    `client` in the answer is an id for a new copy to write under.
    """
    try:
        copy = read(Copy, asked)
        has = base64.b64decode(copy.sv, validate=True)
        updates.read_state_vector(has)
    except (Misshapen, BadUpdate, ValueError):
        raise Refused("This message is not understood.", code="bad_shape") from None
    room_id, draft_id = who.room.id, copy.recommendation
    readable(room_id, draft_id)
    ticker.follow("draft", draft_id)  # then what is read now misses nothing
    return lacking(draft_id, copy.epoch, has)


def readable(room_id: int, draft_id: int) -> None:
    """Refuse a draft that is not in this room, or no more."""
    here = Written.room_id == room_id, Written.gone.is_(False)
    if not db.session.scalar(select(Written.id).where(Written.id == draft_id, *here)):
        raise Refused("This text is no longer here.", code="gone")


def lacking(draft_id: int, epoch: str | None, has: bytes) -> Face:
    """What a copy of a draft lacks, and how far that is. A copy of another history has nothing.

    `has` is its state vector. Gives {"epoch", "seq", "sv", "update", "client"}: the history and the
    log's last number, the state then and the edits as base64, and a client id to write under.
    """
    columns = Draft.epoch, Draft.seq, Draft.snap_seq, Draft.snap
    draft = db.session.execute(select(*columns).where(Draft.id == draft_id)).one()
    whole = _whole(draft_id, draft)
    clocks = (DraftClient.client_id, DraftClient.next_clock)
    query = select(*clocks).where(DraftClient.draft_id == draft_id, DraftClient.next_clock > 0)
    state = dict(db.session.execute(query).all())
    wanted = pycrdt.get_update(whole, has) if epoch == draft.epoch else whole
    return {
        "epoch": draft.epoch,
        "seq": draft.seq,
        "sv": coded(updates.state_vector(state.items())),
        "update": coded(wanted),
        "client": _free_client(state),
    }


def _whole(draft_id: int, draft: Any) -> bytes:
    """All edits of a draft, from its snapshot on."""
    rows = db.session.execute(LOG, {"draft": draft_id, "since": draft.snap_seq}).all()
    snap = [draft.snap] if draft.snap else []
    return in_one([*snap, *(row.data for row in rows)])


def end_of(draft: Draft, root: str) -> Id | None:
    """The last unit of a text of a draft, be it deleted; None where nothing has been written."""
    try:
        return texts.end_of(updates.read_draft(_whole(draft.id, draft)), root)
    except texts.Unordered:
        raise Refused(
            "The text around this place has changed. Try again.", code="conflict"
        ) from None


def in_one(parts: list[bytes]) -> bytes:
    """Updates of a draft as one, in the order of its log."""
    return updates.merged(parts, pycrdt.merge_updates)


def _free_client(taken: Collection[int]) -> int:
    while (client := 1 + secrets.randbelow(LEASED - 1)) in taken:
        pass
    return client


# ---- What the worker does with them --------------------------------------------------------------


@action("draft.render", who=CLOCK, during=ALWAYS)
def render_draft(actor: Actor, *, recommendation: int, seq: int, text: Face) -> None:
    """Show the room how a draft reads as of `seq`."""
    draft = db.session.get(Draft, recommendation)
    if draft is None or draft.rendered_seq >= seq or draft.recommendation.gone:
        return
    keep_before_cut(draft, text)
    draft.rendered_seq, draft.text = seq, text
    named = draft.recommendation
    title = " ".join(bare(str(text["title"])).split())[:300]
    fixed = fix_wording(named)
    note_wording(actor.room, named)
    if title and title != named.title:
        named.title = title
        publish(actor.room, named, *_asked_about(named))
    elif fixed:
        publish(actor.room, named)
    publish(actor.room, draft)


def _asked_about(named: Written) -> list[Ballot]:
    """The vote on a recommendation asks by its title, also by one that was typed just before."""
    asked = select(Ballot).filter_by(recommendation_id=named.id, is_open=True)
    ballots = list(db.session.scalars(asked))
    for ballot in ballots:
        ballot.question = named.title[:200]
    return ballots


@action("draft.mend", who=CLOCK, during=ALWAYS)
def mend_draft(actor: Actor, *, recommendation: int, bad: list[int], reason: str) -> None:
    """Set aside updates that cannot be applied, and what builds on them; nothing is deleted.

    What is left is another history: copies of the old one must not be merged with it.
    """
    draft = db.session.get(Draft, recommendation)
    if draft is None or draft.recommendation.room_id != actor.room.id:
        return
    rows = db.session.execute(LOG, {"draft": draft.id, "since": 0}).all()
    state, noted, aside = _without(rows, bad, reason)
    if not aside:
        return
    lines = [{"draft_id": draft.id, "seq": seq, "reason": why} for seq, why in aside.items()]
    db.session.execute(insert(QUARANTINE_ROWS), lines)
    back = update(DraftClient).where(DraftClient.draft_id == draft.id)
    none = back.values(next_clock=0, entries=[])
    db.session.execute(none, execution_options={"synchronize_session": False})
    for client, clock in state.items():
        db.session.execute(ADVANCE, {"draft": draft.id, "client": client, "clock": clock})
    _note(draft.id, noted)
    draft.epoch, draft.snap, draft.snap_seq = new_uuid(), None, 0
    db.session.flush()
    add_own(draft, EMPTY)


def _without(
    rows: Iterable[Any], bad: Collection[int], reason: str
) -> tuple[dict[int, int], dict[int, entries.Spans], dict[int, str]]:
    """How far each client is without the bad rows, and its entries; which to set aside, and why."""
    state: dict[int, int] = {}
    noted: dict[int, entries.Spans] = {}
    aside: dict[int, str] = {}
    for row in rows:
        try:
            if row.seq in bad:
                raise BadUpdate(reason)
            edit = updates.read_draft(row.data)
            order = updates.check(edit, state, lambda _: True)
            noted |= entries.sort(order, state, noted)
        except BadUpdate as error:
            aside[row.seq] = error.reason[:200]
        else:
            state |= {client: end for client, (_, end) in edit.ranges.items()}
    return state, noted, aside
