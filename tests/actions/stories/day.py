"""The day of a meeting: its programme, and who sits at which table."""

from sqlalchemy import select

from facilitator.db import db, write
from facilitator.forums import tables
from facilitator.models import Meeting, Room
from tests.actions.stories import STORIES, story

LUNCH = {
    "starts": "12:30",
    "ends": "13:30",
    "title": {"en": "Lunch", "pl": "Obiad"},
    "place": "Canteen",
    "pause": True,
}


def lublin(world):
    return write(lambda: db.session.get(Room, world.ana.ref.room_id).meeting.uuid)


@story("programme.add")
def _(world):
    return world.organiser, {"meeting": lublin(world), **LUNCH}


@story("programme.edit")
def _(world):
    made = world.organiser.act("programme.add", meeting=lublin(world), **LUNCH)
    return world.organiser, {"item": made["item"], **LUNCH, "starts": "12:00"}


@story("programme.remove")
def _(world):
    made = world.organiser.act("programme.add", meeting=lublin(world), **LUNCH)
    return world.organiser, {"item": made["item"]}


@story("tables.apply")
def _(world):
    meeting, track = lublin(world), world.forum.track
    at = db.session.scalars(select(Meeting).where(Meeting.uuid == meeting)).one()
    return world.organiser, {
        "meeting": meeting,
        "track": track.uuid,
        "company_name": tables.company(at, track).name,
        "tables": [[world.ben.ref.seat_id], [world.ana.ref.seat_id]],
    }


@story("tables.undo")
def _(world):
    _, fields = STORIES["tables.apply"](world)
    return world.organiser, {"plan": world.organiser.act("tables.apply", **fields)["plan"]}
