"""What is put aside for later, or for another room."""

from facilitator.access import ActorRef
from tests.actions.stories import story
from tests.conftest import Somebody


def parked(who, text="Ask the region about trains"):
    return who.act("park.add", sort="need", text=text, idea=None, lang="en")


@story("park.add")
def _(world):
    return world.ana, {"sort": "need", "text": "Trains", "idea": None, "lang": "en"}


@story("park.withdraw")
def _(world):
    return world.ana, {"id": parked(world.ana)["id"]}


@story("park.send")
def _(world):
    return world.lead, {"id": parked(world.ana)["id"], "room": world.forum.rooms[1].uuid}


@story("park.take")
def _(world):
    return world.lead, {"id": parked(world.ana)["id"]}


@story("park.deliver")
def _(world):
    next_door = Somebody(ActorRef(world.forum.rooms[1].id, grant_id=world.lead.ref.grant_id))
    sent = parked(next_door)["id"]
    next_door.act("park.send", id=sent, room=world.forum.rooms[0].uuid)
    return world.clock, {"id": sent}
