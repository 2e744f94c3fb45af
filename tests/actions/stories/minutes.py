"""Minutes."""

from facilitator.db import db, write
from facilitator.models import Forum, Minutes, Room
from facilitator.rooms.minutes import begin as begin_minutes
from facilitator.rooms.recommendations import Piece, write_pieces
from facilitator.rooms.texts import FIELDS
from tests import make
from tests.actions.stories import story


def item(world, title="What was found out"):
    write(lambda: setattr(db.session.get(Forum, world.forum.id), "minutes", True))
    return world.lead.act("minutes.add", title=title, by="Labour office", lang="en")["id"]


@story("minutes.add")
def _(world):
    item(world)
    return world.lead, {"title": "Who helps", "by": "", "lang": "en"}


@story("minutes.change")
def _(world):
    return world.lead, {"id": item(world), "by": "City"}


@story("minutes.order")
def _(world):
    first, second = item(world), item(world, "Who helps")
    return world.lead, {"ids": [second, first]}


@story("minutes.remove")
def _(world):
    return world.lead, {"id": item(world)}


@story("minutes.turn")
def _(world):
    return world.lead, {"id": item(world)}


@story("minutes.done")
def _(world):
    number = item(world)
    words = dict.fromkeys(FIELDS, "")
    text = {
        "title": "Found out",
        "sections": {},
        "steps": [{"id": "0a0b0c", **words, "what": "Go"}],
    }
    world.clock.act("draft.render", recommendation=number, seq=2, text=text)
    return world.ana, {"id": number, "task": "0a0b0c", "on": True}


@story("minutes.approve")
def _(world):
    item(world)
    return world.lead, {"on": True}


@story("minutes.carry")
def _(world):
    """A later table of the same track goes on with what this one has not done yet."""
    table, other = world.forum.rooms
    item(world)

    def job():
        make.later_meeting(world.forum, table)
        left = begin_minutes(
            db.session.get_one(Room, other.id), title="What was found out", by="", lang="en"
        )
        return left.id

    left = write(job)
    tasked(left)
    return world.lead, {"id": left}


def tasked(number):
    """Let an item have something to be done."""

    def job():
        pieces = [Piece("p:0a0b0c:what", "Ask them"), Piece("p:0a0b0c:who", "City")]
        write_pieces(db.session.get_one(Minutes, number), pieces, ["0a0b0c"])

    write(job)
