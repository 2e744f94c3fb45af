"""What a file would bring, row by row, for the command line; and bringing it in from there."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from sqlalchemy import select

from facilitator.access import ActorRef
from facilitator.actions import Refused, perform
from facilitator.consolidation.names import place_name
from facilitator.db import db
from facilitator.exchange.found import Found, Row
from facilitator.exchange.importing import (
    coming,
    known_here,
    missing,
    open_rooms,
    room_of_track,
)
from facilitator.exchange.reading import LARGEST, read_file
from facilitator.models import Face, Forum, Role, Room, RoomKind, Sector, Track


def read_path(forum: Forum, file: Path, seal: Path | None, lang: str | None, level: int) -> Found:
    """Read a file for a forum, as its page does; raises BadFile, and keeps nothing."""
    first = lang if lang in forum.languages else forum.languages[0]
    languages = [first, *(one for one in forum.languages if one != first)]
    return read_file(_bytes(file), languages, level, _bytes(seal) if seal else b"")


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


def room_called(forum: Forum, wanted: str) -> Room:
    """The open room of a code, or of an id that begins so; raises Refused and names them all."""
    rooms = open_rooms(forum.id)
    found = [one for one in rooms if one.code == wanted.upper() or one.uuid.startswith(wanted)]
    if len(found) == 1:
        return found[0]
    known = "; ".join(f"{one.code} {place_name(one, forum.languages[0])}" for one in rooms)
    raise Refused("There is no open room {wanted}. There are: {known}.", wanted=wanted, known=known)


def offered(
    forum: Forum, found: Found, room: Room | None, chosen: set[int] | None, *, by_track: bool
) -> Face:
    """Say what would come in.

    {"origin", "rows": [{"number", "title", "room", "wrong", "comes"}], "sectors", "tracks"};
    `chosen`: the numbers of rows to bring in, None for all. What is wrong with a row keeps it out.
    """
    numbers = {row.number for row in found.rows}
    if chosen is not None and (strange := sorted(chosen - numbers)):
        raise Refused("There is no row {n} in this file.", n=strange[0])
    return {
        "origin": asdict(found.origin) if found.origin else None,
        "rows": list(_lines(forum, found, room, chosen, by_track=by_track)),
        "sectors": missing(Sector, forum, found.sectors),
        "tracks": missing(Track, forum, found.tracks),
    }


def _lines(
    forum: Forum, found: Found, room: Room | None, chosen: set[int] | None, *, by_track: bool
) -> Iterator[Face]:
    rooms, known = open_rooms(forum.id), known_here(forum.id)
    fresh = {row.number for row in coming(found, known)}
    for row in found.rows:
        place = (room_of_track(row, rooms) if by_track else None) or room
        yield {
            "number": row.number,
            "title": row.title,
            "room": place_name(place, forum.languages[0]) if place else None,
            "wrong": list(_wrong(row, known, fresh)),
            "comes": row.number in fresh and (chosen is None or row.number in chosen),
        }


def _wrong(row: Row, known: set[str], fresh: set[int]) -> Iterator[str]:
    yield from (one.sentence.format(**one.values) for one in row.problems)
    if row.digest in known:
        yield "It is here already."
    elif row.number not in fresh and not row.problems:
        yield "The same text stands above."


def bring(
    forum: Forum, name: str, found: Found, room: Room | None, rows: list[int], *, by_track: bool
) -> int:
    """Bring these rows in, all or none, as an organiser does; how many came. Raises Refused.

    Whoever runs commands here holds the whole installation, and needs no link.
    """
    ref, place = ActorRef(_desk(forum).id, role=Role.ORGANISER), room.uuid if room else None
    payload = {"file": name[-120:], "found": asdict(found)}
    one = perform(ref, "import.read", secrets.token_hex(16), payload)["imported"]
    chosen = {"imported": one, "room": place, "by_track": by_track, "rows": rows}
    return int(perform(ref, "import.take", secrets.token_hex(16), chosen)["made"])


def _desk(forum: Forum) -> Room:
    return db.session.scalars(select(Room).filter_by(forum_id=forum.id, sort=RoomKind.DESK)).one()
