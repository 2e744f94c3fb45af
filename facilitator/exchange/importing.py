"""Bring in what a file holds, as starting material; and take it out again while nobody uses it.

A file is read, looked at, and then brought in or not: three steps, and nothing comes of the first.
What is brought in comes as a whole or not at all.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from typing import Annotated, Any

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import joinedload

from facilitator.access import Actor
from facilitator.actions import ORGANISERS, Refused, action, lock
from facilitator.consolidation.steps import at_desk
from facilitator.db import db
from facilitator.events import publish
from facilitator.exchange.found import MOST, Found, Part, Row, Sort
from facilitator.forums.setup import add_sector, remove_sector
from facilitator.forums.tracks import add_track, remove_track
from facilitator.models import (
    Ballot,
    Face,
    Forum,
    Imported,
    Phase,
    Recommendation,
    Reservation,
    Room,
    RoomKind,
    Sector,
    Source,
    Status,
    Suggestion,
    Track,
)
from facilitator.rooms.recommendations import TEMPLATE, Piece, begin, write_pieces
from facilitator.rooms.texts import FIELDS
from facilitator.shapes import many, one_line, read

#: The name of a list of people; that of their file may name somebody.
PARTICIPANTS = "participants"
#: The section that holds a text which has none of its own.
MAIN = "recommendation"

Rows = Annotated[list[int], many(0, MOST)]
FileName = Annotated[str, one_line(120)]


@action("import.read", who=ORGANISERS)
def read_import(actor: Actor, *, file: FileName, found: Found) -> Face:
    """Keep what was found in a file until somebody has looked at it; what waited before goes."""
    at_desk(actor)
    forum_id = actor.room.forum_id
    waiting = Imported.forum_id == forum_id, Imported.state == "read"
    db.session.execute(delete(Imported).where(*waiting))
    private = found.sort is Sort.PARTICIPANTS
    one = Imported(
        forum_id=forum_id,
        name=PARTICIPANTS if private else file,
        sort=found.sort,
        found=asdict(found),
    )
    db.session.add(one)
    db.session.flush()
    return {"imported": one.uuid}


@action("import.take", who=ORGANISERS)
def take_import(
    actor: Actor, *, imported: str, room: str | None, by_track: bool, rows: Rows
) -> Face:
    """Bring in these rows of what was read: into one room, or each into that of its track.

    `room` is also where texts go whose track is not of this forum.
    """
    at_desk(actor)
    one = _import(actor, imported, "read")
    found = found_in(one)
    if found.sort is Sort.PARTICIPANTS:
        one.made = [*_new_sectors(actor, found.sectors), *_new_tracks(actor, found.tracks)]
    else:
        chosen = replace(found, rows=[row for row in found.rows if row.number in set(rows)])
        one.made = _bring(actor, one, chosen, room, by_track=by_track)
    if not one.made:
        raise Refused("There is nothing to bring in: choose a text that is not here yet.")
    one.state = "in"
    return {"made": len(one.made)}


@action("import.undo", who=ORGANISERS)
def undo_import(actor: Actor, *, imported: str) -> Face:
    """Take out what came in with a file, as long as nobody has worked on it."""
    at_desk(actor)
    one = _import(actor, imported, "in")
    texts = {made["text"]: made["seq"] for made in one.made if "text" in made}
    _take_out(texts)
    for made in reversed(one.made):
        if "track" in made:
            remove_track(actor, track=made["track"])
        if "sector" in made:
            remove_sector(actor, sector=made["sector"])
    one.state = "out"
    return {"taken": len(one.made)}


def _import(actor: Actor, uuid: str, state: str) -> Imported:
    here = {"forum_id": actor.room.forum_id, "uuid": uuid, "state": state}
    found: Imported | None = db.session.scalar(select(Imported).filter_by(**here))
    if found is None:
        raise Refused("This file was brought in, taken out or read anew meanwhile.", code="gone")
    return found


def found_in(one: Imported) -> Found:
    """What was found in a file that was read."""
    return read(Found, one.found)


# ---- Texts ---------------------------------------------------------------------------------------


def open_rooms(forum_id: int) -> list[Room]:
    """The rooms that texts can come into, in the order of the programme."""
    query = select(Room).filter_by(forum_id=forum_id, sort=RoomKind.GROUP)
    rooms = query.where(Room.phase != Phase.CLOSED).options(
        joinedload(Room.track), joinedload(Room.meeting)
    )
    return sorted(db.session.scalars(rooms), key=_programme)


def _programme(room: Room) -> tuple[int, int, int]:
    return room.meeting.position if room.meeting else 0, room.number, room.id


def room_of_track(row: Row, rooms: Sequence[Room]) -> Room | None:
    """The first room whose track is called what a text says."""
    wanted = row.track.casefold()
    for room in rooms:
        names = room.track.title.values() if room.track else ()
        if wanted and wanted in (name.casefold() for name in names):
            return room
    return None


def known_here(forum_id: int) -> set[str]:
    """The digests of all texts that came in with a file and were not taken out again."""
    query = select(Imported.made).filter_by(forum_id=forum_id, state="in")
    return {line["digest"] for made in db.session.scalars(query) for line in made if "text" in line}


def coming(found: Found, known: set[str]) -> list[Row]:
    """The rows that can come in: without problems, and each text once."""
    fresh = {row.digest: row for row in reversed(found.rows) if not row.problems}
    return [fresh[key] for key in reversed(fresh) if key not in known]


def _bring(
    actor: Actor, one: Imported, found: Found, room: str | None, *, by_track: bool
) -> list[Face]:
    rooms = open_rooms(actor.room.forum_id)
    given = next((each for each in rooms if each.uuid == room), None)
    if room is not None and given is None:
        raise Refused("This room is closed, or not in this forum.", code="gone")
    places: list[tuple[Row, Room]] = []
    for row in coming(found, known_here(actor.room.forum_id)):
        place = (room_of_track(row, rooms) if by_track else None) or given
        if place is None:
            raise Refused("Choose a room: row {n} belongs to no track of this forum.", n=row.number)
        places.append((row, place))
    for number in sorted({place.id for _, place in places}):
        lock(number)
    return [_write(one, found, row, place) for row, place in places]


def _write(one: Imported, found: Found, row: Row, room: Room) -> Face:
    """Begin a recommendation with the words of a row."""
    sections = _sections(row, room)
    own = [{"key": key, "title": title, "hint": {}} for key, (title, _) in sections.items()]
    begun = begin(room, title="", lang=row.lang, template=own if row.name else None)
    begun.title, begun.imported = row.title, _origin(one, found, row)
    steps = {secrets.token_hex(5): step for step in row.steps}
    pieces = [
        Piece("title", row.title),
        *(Piece(f"s:{key}", text) for key, (_, text) in sections.items()),
        *(
            Piece(f"p:{id_}:{name}", step.get(name, ""))
            for id_, step in steps.items()
            for name in FIELDS
        ),
    ]
    write_pieces(begun, pieces, steps)
    publish(room, begun, begun.draft)
    return {"text": begun.id, "seq": begun.draft.seq, "digest": row.digest}


def _template(room: Room) -> list[Face]:
    return (room.track.template if room.track else None) or TEMPLATE


def _sections(row: Row, room: Room) -> dict[str, tuple[Face, str]]:
    """The sections of a row by key: their titles and texts."""
    known = {section["key"]: section["title"] for section in [*TEMPLATE, *_template(room)]}
    found: dict[str, tuple[Face, str]] = {}
    for part in row.parts:
        key = _key(part, known, room)
        title = known.get(key) or {row.lang: part.heading or key}
        before = f"{found[key][1]}\n\n" if key in found else ""
        found[key] = title, before + part.text
    return found


def _key(part: Part, known: dict[str, Face], room: Room) -> str:
    """A heading that we know is the section of that name; without one, it is the main section."""
    wanted = part.heading.casefold()
    for key, title in known.items():
        if wanted and wanted in (name.casefold() for name in title.values()):
            return key
    keys = [section["key"] for section in _template(room)]
    return keys[0] if part.key == MAIN and MAIN not in keys else part.key


def _origin(one: Imported, found: Found, row: Row) -> Face:
    """Where a text stood, as the document prints it."""
    origin = found.origin
    if origin is None:
        return {"name": one.name, "number": row.number}
    return {
        "name": origin.forum,
        "number": row.number,
        "version": origin.version,
        "sealed": origin.sealed,
        "hash": origin.hash,
        "id": row.name,
        "standing": row.standing,
        "cities": row.cities,
    }


# ---- Sectors and tracks --------------------------------------------------------------------------


def _new_sectors(actor: Actor, names: Sequence[str]) -> Iterator[Face]:
    for name in missing(Sector, actor.forum, names):
        yield add_sector(actor, name={actor.forum.languages[0]: name})


def _new_tracks(actor: Actor, names: Sequence[str]) -> Iterator[Face]:
    for name in missing(Track, actor.forum, names):
        title = {actor.forum.languages[0]: name}
        made = add_track(actor, title=title, template=None, questions=[], groups=1)
        yield {"track": made["track"]}


def missing(model: Any, forum: Forum, names: Sequence[str]) -> list[str]:
    """The names that no sector, or no track, of a forum has yet."""
    field = model.name if model is Sector else model.title
    there = db.session.scalars(select(field).where(model.forum_id == forum.id))
    known = {name.casefold() for words in there for name in words.values()}
    return [name for name in names if name.casefold() not in known]


# ---- Out again -----------------------------------------------------------------------------------


def _take_out(texts: dict[int, int]) -> None:
    """Put texts aside that are as they came; raises Refused where one of them is not."""
    query = select(Recommendation.room_id).where(Recommendation.id.in_(texts)).distinct()
    rooms = {number: lock(number) for number in sorted(db.session.scalars(query))}
    if any(room.phase is Phase.CLOSED for room in rooms.values()):
        raise Refused("A room is closed in which it was: what came with this file stays.")
    found = select(Recommendation).where(Recommendation.id.in_(texts))
    for text in db.session.scalars(found.options(joinedload(Recommendation.draft))).all():
        if text.gone:
            continue
        if _worked_on(text, texts[text.id]):
            raise Refused(
                "Somebody has worked on “{title}”: what came with this file stays.",
                code="conflict",
                title=text.title,
            )
        text.gone = True
        publish(rooms[text.room_id], text, text.draft, gone=True)


def _worked_on(text: Recommendation, seq: int) -> bool:
    if text.draft.seq != seq or text.status is not Status.DRAFT:
        return True
    used = (
        exists().where(Ballot.recommendation_id == text.id),
        exists().where(Source.origin_id == text.id),
        exists().where(Reservation.recommendation_id == text.id),
        exists().where(Suggestion.recommendation_id == text.id),
    )
    return any(db.session.scalar(select(one)) for one in used)
