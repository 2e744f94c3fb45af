"""The steps of a room, its time, its screens' light, hands and words of whoever leads."""

from tests.actions.stories import story


@story("room.move")
def _(world):
    return world.lead, {"to": 2}


@story("room.time")
def _(world):
    return world.lead, {"minutes": 10.0}


@story("room.plan")
def _(world):
    return world.lead, {"place": 1, "minutes": 45}


@story("room.begin")
def _(world):
    return world.lead, {}


@story("room.extend")
def _(world):
    world.lead.act("room.time", minutes=5.0)
    return world.lead, {"minutes": 1.0}


@story("room.pause")
def _(world):
    world.lead.act("room.time", minutes=5.0)
    return world.lead, {"on": True}


@story("room.go_on")
def _(world):
    world.lead.act("room.time", minutes=5.0)
    return world.lead, {"on": True}


@story("room.time_over")
def _(world):
    world.lead.act("room.time", minutes=0.00001)
    world.lead.act("room.go_on", on=True)
    return world.clock, {}


@story("room.light")
def _(world):
    return world.lead, {"kind": "idea", "id": world.idea()["id"]}


@story("room.say")
def _(world):
    return world.lead, {"text": "Coffee in five minutes", "lang": "en"}


@story("room.nudge")
def _(world):
    return world.lead, {}


@story("room.lock")
def _(world):
    return world.lead, {"on": True}


@story("room.help")
def _(world):
    return world.lead, {"on": True, "note": "The projector is dark"}


@story("room.watch")
def _(world):
    return world.clock, {}


@story("hand.raise")
def _(world):
    return world.ana, {}


@story("hand.lower")
def _(world):
    return world.lead, {"hand": world.ana.act("hand.raise")["hand"]}


@story("hand.call")
def _(world):
    return world.lead, {"hand": world.ana.act("hand.raise")["hand"]}


@story("hand.end")
def _(world):
    world.lead.act("hand.call", hand=world.ana.act("hand.raise")["hand"])
    return world.lead, {}
