"""Other words for a passage, and replies to them."""

import base64

from facilitator.rooms import updates
from tests.actions.stories import STORIES, story


def passage(world):
    """A draft with a word in it; where that word is, and what could stand there."""
    _, edit = STORIES["draft.update"](world)
    world.ana.act("draft.update", **edit)
    return {
        "recommendation": edit["recommendation"],
        "epoch": edit["epoch"],
        "root": "s:problem",
        "units": [[7, 0, 6]],
        "quote": "Queues",
        "put": "Long queues",
        "text": "They are long.",
        "lang": "en",
    }


def suggested(world):
    return world.ana.act("suggestion.make", **passage(world))


@story("suggestion.make")
def _(world):
    return world.ana, passage(world)


@story("suggestion.back")
def _(world):
    return world.ben, {"id": suggested(world)["id"], "agrees": True}


@story("suggestion.accept")
def _(world):
    asked = passage(world)
    made = world.ana.act("suggestion.make", **asked)
    edit = updates.insertion(8, 0, "s:problem", "Long q", None, (7, 1))
    return world.ben, {
        "id": made["id"],
        "epoch": asked["epoch"],
        "update": base64.b64encode(edit).decode(),
    }


@story("suggestion.decline")
def _(world):
    return world.ben, {"id": suggested(world)["id"], "text": "Not all are.", "lang": "en"}


@story("suggestion.withdraw")
def _(world):
    made = suggested(world)
    world.lead.act("reply.hide", id=made["reply"]["id"], reason="topic")
    other = world.ben.act("reply.post", suggestion=made["id"], text="They are.", lang="en")
    world.ana.act("reply.report", id=other["id"], on=True)
    return world.ana, {"id": made["id"]}


@story("reply.post")
def _(world):
    return world.ben, {"suggestion": suggested(world)["id"], "text": "They are.", "lang": "en"}


@story("reply.withdraw")
def _(world):
    return world.ana, {"id": suggested(world)["reply"]["id"]}


@story("reply.restore")
def _(world):
    said = suggested(world)["reply"]
    world.ana.act("reply.withdraw", id=said["id"])
    return world.ana, {"id": said["id"]}
