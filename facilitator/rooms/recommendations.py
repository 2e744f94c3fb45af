"""Recommendations: begin one, put one aside; and drafts that begin with words from elsewhere."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple, cast

from sqlalchemy import Table, func, insert, select

from facilitator.access import Actor
from facilitator.actions import LEADS, WRITERS, Refused, action
from facilitator.db import db
from facilitator.events import publish
from facilitator.models import (
    Ballot,
    Draft,
    DraftClient,
    Face,
    Passage,
    Phase,
    Recommendation,
    Room,
    RoomKind,
    Status,
    Theme,
    Written,
)
from facilitator.rooms import draft_log, texts, updates
from facilitator.rooms.citing import bare
from facilitator.rooms.encoding import LAST_CLIENT
from facilitator.rooms.entries import Spans, joined
from facilitator.rooms.updates import ADDRESSEES, LEASED, MAPS, STEPS, Id, Scalar
from facilitator.shapes import Language, line

#: Characters of a title; recommendations of a room. At the desk each step may make some, and those
#: that were put aside are kept: a forum of many rooms takes some thousands.
LONGEST, PER_ROOM, PER_DESK = 300, 200, 10_000

DRAFTING = frozenset({Phase.DRAFT})

#: What a recommendation is made of where a track says nothing else.
TEMPLATE: list[Face] = [
    {
        "key": "problem",
        "title": {"en": "Problem", "pl": "Problem", "cs": "Problém", "uk": "Проблема"},
        "hint": {},
    },
    {
        "key": "recommendation",
        "title": {
            "en": "Recommendation",
            "pl": "Rekomendacja",
            "cs": "Doporučení",
            "uk": "Рекомендація",
        },
        "hint": {},
    },
    {
        "key": "addressee",
        "title": {"en": "Addressee", "pl": "Adresat", "cs": "Adresát", "uk": "Адресат"},
        "hint": {},
    },
    {
        "key": "reasons",
        "title": {"en": "Reasons", "pl": "Uzasadnienie", "cs": "Zdůvodnění", "uk": "Обґрунтування"},
        "hint": {},
    },
    {
        "key": "indicators",
        "title": {"en": "Indicators", "pl": "Wskaźniki", "cs": "Ukazatele", "uk": "Показники"},
        "hint": {},
    },
]


@action("recommendation.start", who=WRITERS, during=DRAFTING, contributes=True)
def start_recommendation(
    actor: Actor, *, title: str, lang: Language, theme: int | None
) -> dict[str, int]:
    """Begin a recommendation for everybody in the room to write."""
    _refuse_at_desk(actor)
    found = db.session.get(Theme, theme) if theme is not None else None
    if theme is not None and (found is None or found.gone or found.room_id != actor.room.id):
        raise Refused("This theme is no longer here.", code="gone")
    begun = begin(actor.room, title=line(title, LONGEST), lang=lang, theme_id=theme)
    publish(actor.room, begun, begun.draft)
    return {"id": begun.id}


def _refuse_at_desk(actor: Actor) -> None:
    """At the desk they are made of what rooms have written, in steps that can be undone."""
    if actor.room.sort is RoomKind.DESK:
        raise Refused("You may not do this here.")


@action("recommendation.remove", who=LEADS, during=DRAFTING)
def remove_recommendation(actor: Actor, *, id: int) -> None:  # noqa: A002
    """Put a recommendation aside."""
    _refuse_at_desk(actor)
    found = db.session.get(Recommendation, id)
    if found is None or found.gone or found.room_id != actor.room.id:
        raise Refused("This text is no longer here.", code="gone")
    if found.entry_id is not None:
        raise Refused("This is a text of the document: it is taken back at the desk.")
    if found.status != Status.DRAFT:
        raise Refused("This text has been voted on and is closed.", code="closed")
    if db.session.scalar(select(Ballot.id).filter_by(recommendation_id=id, is_open=True)):
        raise Refused("The room is voting on this text.", code="closed")
    found.gone = True
    publish(actor.room, found, found.draft, gone=True)


def begin(
    room: Room,
    *,
    title: str,
    lang: str,
    theme_id: int | None = None,
    template: list[Face] | None = None,
) -> Recommendation:
    """Make a recommendation whose draft has a title. The caller holds the room, and publishes."""
    here = select(func.count(), func.max(Recommendation.number))
    count, last = db.session.execute(here.where(Recommendation.room_id == room.id)).one()
    most = PER_DESK if room.sort is RoomKind.DESK else PER_ROOM
    if count >= most:
        raise Refused("This room has {n} texts, as many as it can hold.", code="too_many", n=most)
    begun = Recommendation(
        room_id=room.id,
        theme_id=theme_id,
        number=(last or 0) + 1,
        title=bare(title) or title,
        lang=lang,
        template=template or (room.track.template if room.track else None) or TEMPLATE,
        sources=[],
    )
    begun.draft = Draft(text={})
    db.session.add(begun)
    db.session.flush()
    write_pieces(begun, [Piece("title", title)])
    return begun


# ---- Words from elsewhere ------------------------------------------------------------------------


class Piece(NamedTuple):
    """A text for a root of a draft: a passage's, or the server's own."""

    root: str
    text: str
    passage: Passage | None = None


@dataclass
class _Pen:
    """Writes into a draft, under leased client ids: one for each passage, one for all else."""

    own: int
    #: What was written: updates, how far each client is, and the passage of those that have one.
    rows: list[bytes] = field(default_factory=list)
    clocks: dict[int, int] = field(default_factory=dict)
    passages: dict[int, Passage] = field(default_factory=dict)
    #: Of each root the words, and its last unit.
    words: dict[str, list[texts.Words]] = field(default_factory=dict)
    last: dict[str, Id] = field(default_factory=dict)
    entries: dict[str, dict[str, Scalar]] = field(
        default_factory=lambda: {root: {} for root in MAPS}
    )
    #: Where they are among its own units.
    spans: Spans = field(default_factory=list)

    def write(self, piece: Piece) -> None:
        """Put a text at the end of its root."""
        client, clock = self._client(piece.passage)
        after = self.last.get(piece.root)
        self.rows.append(updates.insertion(client, clock, piece.root, piece.text, after))
        self.clocks[client] = clock + updates.utf16_len(piece.text)
        self.last[piece.root] = client, self.clocks[client] - 1
        self.words.setdefault(piece.root, []).append(texts.Words(client, piece.text))

    def set(self, root: str, key: str, value: Scalar) -> None:
        """Set an entry of a map."""
        clock = self.clocks.get(self.own, 0)
        self.rows.append(updates.setting(self.own, clock, root, key, value))
        self.clocks[self.own] = clock + 1
        self.entries[root][key] = value
        self.spans = joined(self.spans, clock, 1)

    def _client(self, passage: Passage | None) -> Id:
        if passage is None:
            return self.own, self.clocks.get(self.own, 0)
        client = leased()
        self.passages[client] = passage
        return client, 0

    def claims(self, draft_id: int) -> list[dict[str, Any]]:
        """The rows that say whose the client ids are."""
        return [
            {
                "draft_id": draft_id,
                "client_id": client,
                "passage_id": self.passages[client].id if client in self.passages else None,
                "next_clock": clock,
                "entries": self.spans if client == self.own else [],
            }
            for client, clock in self.clocks.items()
        ]

    def face(self) -> Face:
        """What it reads as."""
        roots = {root: "".join(part.text for part in parts) for root, parts in self.words.items()}
        return texts.face(roots, self.entries)


def leased() -> int:
    """A client id that no browser can have."""
    return LEASED + secrets.randbelow(LAST_CLIENT - LEASED)


def write_pieces(
    recommendation: Written,
    pieces: Iterable[Piece],
    steps: Iterable[str] = (),
    addressees: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Write texts into the draft of a recommendation that nobody has opened yet.

    Pieces of one root follow each other in their order, without anything between them; `steps` are
    the ids of its steps, in their order, and `addressees` those of whom it asks, each with its
    level or "". The caller publishes the draft.
    """
    pen = _Pen(leased())
    for piece in pieces:
        if piece.text:
            pen.write(piece)
    for place, step in enumerate(steps):
        pen.set(STEPS, f"{step}.pos", float(place))
    for place, (row, level) in enumerate(addressees.items()):
        pen.set(ADDRESSEES, f"{row}.pos", float(place))
        if level:
            pen.set(ADDRESSEES, f"{row}.level", level)
    if not pen.rows:
        return
    draft = recommendation.draft
    db.session.flush()
    db.session.execute(insert(cast("Table", DraftClient.__table__)), pen.claims(draft.id))
    draft_log.append(draft.id, draft.seq + 1, pen.rows)
    db.session.refresh(draft, ["seq"])
    face = pen.face()
    sources = {client: passage.source_id for client, passage in pen.passages.items()}
    if sources:
        face["passages"] = texts.passages(pen.words, sources)
    face["title"] = face["title"] or draft.text.get("title", "")
    draft.text, draft.rendered_seq = face, draft.seq


def add_pieces(draft: Draft, pieces: Iterable[Piece], after: Id | None = None) -> dict[int, int]:
    """Write texts into a draft that is being written: new ones, or behind `after`, the end of one.

    Give under which client ids they stand, and how many units each has written.
    """
    pen = _Pen(leased())
    for piece in pieces:
        if after:
            pen.last.setdefault(piece.root, after)
        pen.write(piece)
    _store(draft, pen)
    return pen.clocks


def set_entries(draft: Draft, root: str, entries: Mapping[str, Scalar]) -> None:
    """Set entries of a map of a draft that is being written.

    They win over what browsers have set: of two who name no entry before theirs the last is that
    with the larger client id, and none of a browser is as large as a leased one.
    """
    pen = _Pen(leased())
    for key, value in entries.items():
        pen.set(root, key, value)
    _store(draft, pen)


def _store(draft: Draft, pen: _Pen) -> None:
    """Add what a pen has written to a draft that is being written."""
    db.session.execute(insert(cast("Table", DraftClient.__table__)), pen.claims(draft.id))
    for data in pen.rows:
        draft_log.add_own(draft, data)
