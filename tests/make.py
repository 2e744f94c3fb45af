"""Plain builders of what tests start from. They add to the session; the caller commits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from exports import document as doc
from facilitator.db import db
from facilitator.forums.screens import hang
from facilitator.models import (
    Forum,
    Grant,
    Meeting,
    Membership,
    People,
    Phase,
    Question,
    Room,
    RoomKind,
    SealedEdition,
    SealedFile,
    Seat,
    Sector,
    Track,
)

DAY = date(2026, 5, 16)

AGENDA = [
    {"phase": phase, "title": {"en": phase.title()}, "minutes": 20}
    for phase in (Phase.GATHER, Phase.GROUP, Phase.DECIDE, Phase.DRAFT, Phase.ADOPT, Phase.CLOSED)
]

TEMPLATE = [
    {"key": key, "title": {"en": key.title(), "pl": key}, "hint": {"en": f"The {key}."}}
    for key in ("problem", "recommendation", "addressee", "reasons", "indicators")
]

SECTORS = ("Diaspora", "NGO", "City", "University")


@dataclass(frozen=True)
class Laid:
    """A forum and what was laid out in it."""

    id: int
    uuid: str
    forum: Forum
    desk: Room
    rooms: list[Room]
    track: Track
    questions: list[Question]
    sectors: list[Sector]


def forum(code: str = "CDFHJK") -> Laid:
    """A forum with one meeting, one track of two questions, two rooms with a screen each, a desk, four
    sectors."""
    made = Forum(
        scenario="test",
        title={"en": "Living here", "pl": "Żyć tutaj"},
        languages=["en", "pl"],
        starts=DAY,
        ends=DAY,
        code=code,
    )
    db.session.add(made)
    db.session.flush()
    meeting = Meeting(forum_id=made.id, position=0, city="Lublin", place="Town hall", on=DAY)
    track = Track(
        forum_id=made.id, position=0, title={"en": "Housing", "pl": "Dom"}, template=TEMPLATE
    )
    sectors = [
        Sector(forum_id=made.id, position=n, name={"en": name}) for n, name in enumerate(SECTORS)
    ]
    db.session.add_all([meeting, track, *sectors])
    db.session.flush()
    questions = [
        Question(track_id=track.id, position=n, text={"en": text})
        for n, text in enumerate(("What is missing?", "Who can help?"))
    ]
    where = {"forum_id": made.id, "meeting_id": meeting.id, "track_id": track.id}
    rooms = [Room(**where, number=n, code=f"{code[:5]}{n + 1}", agenda=AGENDA) for n in (1, 2)]
    desk = Room(
        forum_id=made.id,
        sort=RoomKind.DESK,
        title={"en": "Desk"},
        code=f"{code[:5]}D",
        agenda=[],
        phase=Phase.DRAFT,
    )
    db.session.add_all([*questions, *rooms, desk])
    db.session.flush()
    db.session.add_all([People(id=room.id) for room in (*rooms, desk)])
    db.session.add_all([hang(room) for room in rooms])
    return Laid(made.id, made.uuid, made, desk, rooms, track, questions, sectors)


def plenary(laid: Laid, number: int = 1) -> Room:
    """A plenary of the meeting, where it adopts."""
    room = Room(
        forum_id=laid.id,
        sort=RoomKind.PLENARY,
        meeting_id=laid.rooms[0].meeting_id,
        number=number,
        code=f"{laid.forum.code[:5]}{'PQ'[number - 1]}",
        agenda=[
            {"phase": phase, "title": {"en": phase}, "minutes": 20}
            for phase in (Phase.DRAFT, Phase.ADOPT, Phase.CLOSED)
        ],
        at=1,
        phase=Phase.ADOPT,
    )
    db.session.add(room)
    db.session.flush()
    db.session.add(People(id=room.id))
    db.session.flush()
    db.session.refresh(room)
    return room


def later_meeting(laid: Laid, room: Room, city: str = "Lublin") -> None:
    """Let a room meet later than the others of its track."""
    meeting = Meeting(forum_id=laid.id, position=1, city=city, on=DAY)
    db.session.add(meeting)
    db.session.flush()
    db.session.get_one(Room, room.id).meeting_id = meeting.id


def seat(laid: Laid, name: str, room: Room, sector: int | None) -> Seat:
    """A seat in a room."""
    made = Seat(
        forum_id=laid.id,
        lang="en",
        nickname=name,
        sector_id=None if sector is None else laid.sectors[sector].id,
        room_id=room.id,
    )
    db.session.add(made)
    db.session.flush()
    db.session.add(Membership(seat_id=made.id, room_id=room.id))
    return made


def grant(laid: Laid, role: str) -> Grant:
    """A staff link."""
    made = Grant(forum_id=laid.id, role=role)
    db.session.add(made)
    db.session.flush()
    return made


def edition(laid: Laid, number: int, document: doc.Document, **files: bytes) -> None:
    """An edition that was sealed, with files by how their names end."""
    sealed = doc.seal(document)
    assert sealed.edition.hash
    made = SealedEdition(
        forum_id=laid.id, number=number, hash=sealed.edition.hash, document=doc.to_json(sealed)
    )
    made.files = [
        SealedFile(name=f"recommendations.{end.replace('_', '.')}", data=data)
        for end, data in files.items()
    ]
    db.session.add(made)
