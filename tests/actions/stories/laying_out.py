"""A forum as its organisers lay it out: meetings, tracks, rooms, sectors, links."""

from sqlalchemy import delete

from facilitator.db import db, write
from facilitator.models import Room, Seat
from tests import make
from tests.actions.stories import STORIES, story


@story("forum.edit")
def _(world):
    return world.organiser, {
        "title": {"en": "Living here well", "pl": "Dobrze żyć tutaj"},
        "subtitle": {"en": "A forum", "pl": "Forum"},
        "languages": ["en", "pl"],
        "starts": "2026-05-16",
        "ends": "2026-05-17",
        "organisers": ["A sample city hall"],
        "participating": ["A sample union"],
        "least": 6,
    }


@story("forum.recode")
def _(world):
    return world.organiser, {}


@story("sector.add")
def _(world):
    return world.organiser, {"name": {"en": "Employers", "pl": "Pracodawcy"}}


@story("sector.edit")
def _(world):
    sector = world.forum.sectors[3].uuid
    return world.organiser, {
        "sector": sector,
        "name": {"en": "Schools", "pl": "Szkoły"},
        "position": 0,
    }


@story("sector.remove")
def _(world):
    write(lambda: db.session.execute(delete(Seat)))  # before anybody has come in
    return world.organiser, {"sector": world.forum.sectors[3].uuid}


@story("meeting.add")
def _(world):
    return world.organiser, {"city": "Łódź", "place": "", "on": "2026-06-01", "like": None}


@story("meeting.edit")
def _(world):
    meeting = write(lambda: db.session.get(Room, world.ana.ref.room_id).meeting.uuid)
    fields = {"city": "Lublin", "place": "Library", "on": "2026-05-17", "position": 0}
    return world.organiser, {"meeting": meeting, **fields}


@story("meeting.remove")
def _(world):
    fields = {"city": "Łódź", "place": "", "on": "2026-06-01", "like": None}
    made = world.organiser.act("meeting.add", **fields)
    return world.organiser, {"meeting": made["meeting"]}


@story("track.add")
def _(world):
    return world.organiser, {
        "title": {"en": "Work", "pl": "Praca"},
        "template": None,
        "questions": [{"en": "Who hires?", "pl": "Kto zatrudnia?"}],
        "groups": 2,
    }


@story("track.edit")
def _(world):
    return world.organiser, {
        "track": world.forum.track.uuid,
        "title": {"en": "Homes", "pl": "Domy"},
        "template": make.TEMPLATE[:3],
        "position": 0,
    }


@story("track.remove")
def _(world):
    _, fields = STORIES["track.add"](world)
    made = world.organiser.act("track.add", **{**fields, "groups": 0})
    return world.organiser, {"track": made["track"]}


@story("question.add")
def _(world):
    text = {"en": "Who pays?", "pl": "Kto płaci?"}
    return world.organiser, {"track": world.forum.track.uuid, "text": text}


@story("question.edit")
def _(world):
    text = {"en": "What is missing most?", "pl": "Czego brakuje?"}
    question = world.forum.questions[0].id
    return world.organiser, {"question": question, "text": text, "position": 1}


@story("question.remove")
def _(world):
    return world.organiser, {"question": world.forum.questions[1].id}


@story("room.add")
def _(world):
    meeting = write(lambda: db.session.get(Room, world.ana.ref.room_id).meeting.uuid)
    return world.organiser, {"meeting": meeting, "track": world.forum.track.uuid, "title": None}


@story("room.edit")
def _(world):
    agenda = [
        {"phase": phase, "title": {"en": "A step", "pl": "Krok"}, "minutes": 5}
        for phase in ("gather", "decide", "closed")
    ]
    title = {"en": "Round table", "pl": "Okrągły stół"}
    return world.organiser, {"room": world.forum.rooms[0].uuid, "title": title, "agenda": agenda}


@story("room.remove")
def _(world):
    return world.organiser, {"room": world.forum.rooms[1].uuid}


@story("grant.issue")
def _(world):
    room = world.forum.rooms[0].uuid
    return world.organiser, {"role": "facilitator", "room": room, "label": "Table 1"}


@story("grant.reissue")
def _(world):
    made = world.organiser.act("grant.issue", role="facilitator", room=None, label="Lent")
    return world.organiser, made


@story("grant.revoke")
def _(world):
    made = world.organiser.act("grant.issue", role="projector", room=None, label="")
    return world.organiser, {"grant": made["grant"]}
