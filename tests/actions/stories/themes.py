"""Themes of a board."""

from facilitator.models import Phase
from tests.actions.stories import STORIES, story


@story("theme.make")
def _(world):
    made = world.idea()
    world.lead.go(Phase.GROUP)
    return world.ben, {"title": "Places", "lang": "en", "ideas": [made["id"]]}


@story("theme.rename")
def _(world):
    theme, _ = world.theme()
    return world.ben, {"id": theme["id"], "title": "Places to sit"}


@story("theme.fill")
def _(world):
    theme, loose = world.theme()
    return world.ben, {"theme": theme["id"], "ideas": [loose["id"]]}


@story("theme.remove")
def _(world):
    theme, _ = world.theme()
    return world.lead, {"id": theme["id"]}


@story("theme.merge")
def _(world):
    theme, loose = world.theme()
    other = world.ben.act("theme.make", title="Seats", lang="en", ideas=[loose["id"]])
    return world.ben, {"into": theme["id"], "themes": [other["id"]]}


@story("theme.split")
def _(world):
    theme, loose = world.theme()
    world.ben.act("theme.fill", theme=theme["id"], ideas=[loose["id"]])
    return world.ben, {"id": theme["id"], "ideas": [loose["id"]], "title": "Shade", "lang": "en"}


@story("theme.order")
def _(world):
    theme, _ = world.theme()
    world.ben.act("theme.make", title="Seats", lang="en", ideas=[])
    return world.ben, {"id": theme["id"], "position": 1}


@story("theme.aside")
def _(world):
    theme, _ = world.theme()
    return world.ben, {"id": theme["id"], "on": True}


@story("theme.undo")
def _(world):
    theme, loose = world.theme()
    filled = world.ben.act("theme.fill", theme=theme["id"], ideas=[loose["id"]])
    return world.ben, {"step": filled["step"]["id"]}


@story("theme.redo")
def _(world):
    _, asked = STORIES["theme.undo"](world)
    world.lead.act("theme.undo", **asked)
    return world.ben, asked
