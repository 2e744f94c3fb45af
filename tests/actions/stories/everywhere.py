"""All rooms at once."""

from tests.actions.stories import story


@story("forum.pause")
def _(world):
    return world.organiser, {"on": True}


@story("forum.tell")
def _(world):
    return world.organiser, {"text": "Lunch is served in the yard.", "lang": "en"}


@story("forum.rehearse")
def _(world):
    return world.organiser, {"on": True}


@story("forum.wipe")
def _(world):
    world.idea()
    world.rendered(world.draft())
    world.organiser.act("forum.rehearse", on=True)
    return world.organiser, {"title": "Living here"}
