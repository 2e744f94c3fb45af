"""Reservations."""

from tests.actions.stories import story


def reservation(world):
    made = world.draft()
    said = {"recommendation": made["id"], "text": "Not at night.", "lang": "en"}
    return world.ben.act("reservation.make", **said)


@story("reservation.make")
def _(world):
    made = world.draft()
    return world.ben, {"recommendation": made["id"], "text": "Not at night.", "lang": "en"}


@story("reservation.withdraw")
def _(world):
    return world.ben, {"id": reservation(world)["id"]}


@story("reservation.restore")
def _(world):
    made = reservation(world)
    world.ben.act("reservation.withdraw", id=made["id"])
    return world.ben, {"id": made["id"]}
