"""Cards of evidence."""

from tests.actions.stories import story

CARD = {
    "title": "Waiting times 2025",
    "url": "https://example.org/waiting",
    "text": "Seven months on average.",
    "lang": "en",
}


def card(world):
    return world.ben.act("evidence.add", **CARD)


@story("evidence.add")
def _(world):
    return world.ben, CARD


@story("evidence.change")
def _(world):
    changed = {**CARD, "text": "Eleven months at worst."}
    del changed["lang"]
    return world.ben, {"id": card(world)["id"], **changed}


@story("evidence.withdraw")
def _(world):
    return world.ben, {"id": card(world)["id"]}


@story("evidence.restore")
def _(world):
    made = card(world)
    world.ben.act("evidence.withdraw", id=made["id"])
    return world.ben, {"id": made["id"]}
