"""Texts that go back to the rooms, or before a plenary."""

from sqlalchemy import select

from facilitator.db import db
from facilitator.models import Meeting, Recommendation
from tests.actions.stories import story
from tests.actions.stories.desk import merged


@story("desk.consult")
def _(world):
    return world.organiser, {"recommendation": merged(world)}


def consulted(world):
    return world.organiser.act("desk.consult", recommendation=merged(world))["id"]


@story("desk.consulted")
def _(world):
    asked = consulted(world)
    world.ana.act("consultation.answer", consultation=asked, reason="Too slow.")
    return world.organiser, {"consultation": asked}


@story("consultation.answer")
def _(world):
    return world.ana, {"consultation": consulted(world), "reason": None}


def before_plenary(world):
    """A text of the document that lies before a plenary, where it adopts; and who leads that."""
    made = merged(world)
    meeting = db.session.scalar(select(Meeting.uuid))
    where = {"meeting": meeting, "track": None, "title": None}
    hall = world.organiser.act("room.add", **where)["room"]
    return made, hall


@story("motion.put")
def _(world):
    made, hall = before_plenary(world)
    return world.organiser, {"room": hall, "recommendations": [made]}


@story("motion.withdraw")
def _(world):
    made, hall = before_plenary(world)
    world.organiser.act("motion.put", room=hall, recommendations=[made])
    motion = db.session.scalar(select(Recommendation.id).filter_by(entry_id=made))
    return world.organiser, {"motion": motion}
