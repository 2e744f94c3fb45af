"""The walls."""

from facilitator.db import db, write
from facilitator.models import Room, RoomKind
from tests.actions.stories import story


def first_screen(world):
    return min(world.lead.all("screen"))


@story("screen.add")
def _(world):
    return world.lead, {"name": "Beside the door"}


@story("screen.rename")
def _(world):
    return world.lead, {"id": first_screen(world), "name": "Over the stage"}


@story("screen.show")
def _(world):
    theme, _ = world.theme()
    return world.lead, {"id": first_screen(world), "show": "theme", "thing": theme["id"]}


@story("screen.turn")
def _(world):
    return world.lead, {"id": first_screen(world), "by": 1}


@story("screen.set")
def _(world):
    return world.lead, {"id": first_screen(world), "follows": False, "dark": True}


@story("screen.relink")
def _(world):
    return world.lead, {"id": first_screen(world)}


@story("screen.remove")
def _(world):
    return world.lead, {"id": first_screen(world)}


@story("screen.note")
def _(world):
    return world.clock, {"connected": [first_screen(world)]}


@story("slides.gather")
def _(world):
    here = world.forum.rooms[0].id
    write(lambda: setattr(db.session.get(Room, here), "sort", RoomKind.PLENARY))
    world.lead.fresh()  # who leads comes in anew
    world.lead.seq = None
    return world.lead, {}
