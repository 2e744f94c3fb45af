"""The desk: chapters, texts and their translations."""

import base64

from facilitator.rooms import updates
from tests.actions.stories import STORIES, story
from tests.actions.world import draft_of


def adopted(world):
    """Two rooms' recommendations, rendered, and a chapter for them."""
    return world.rendered(world.draft()), world.rendered(world.draft("An office"))


@story("chapter.add")
def _(world):
    return world.organiser, {"title": {"en": "First months"}}


def chapter(world):
    return world.organiser.act("chapter.add", title={"en": "First months"})["id"]


@story("chapter.edit")
def _(world):
    fields = {"title": {"en": "The first year"}, "intro": "Read this first.", "position": 0}
    return world.organiser, {"id": chapter(world), **fields}


@story("chapter.remove")
def _(world):
    return world.organiser, {"id": chapter(world)}


@story("desk.place")
def _(world):
    first, _ = adopted(world)
    return world.organiser, {"recommendation": first["id"], "chapter": chapter(world)}


@story("desk.merge")
def _(world):
    both = [made["id"] for made in adopted(world)]
    fields = {"chapter": chapter(world), "title": "One desk"}
    return world.organiser, {"recommendations": both, **fields}


def merged(world):
    _, fields = STORIES["desk.merge"](world)
    return world.organiser.act("desk.merge", **fields)["id"]


@story("desk.move")
def _(world):
    made = merged(world)
    other = chapter(world)
    return world.organiser, {"recommendation": made, "chapter": other, "position": 0}


@story("desk.adopt")
def _(world):
    return world.organiser, {"recommendation": merged(world), "on": True}


@story("translation.begin")
def _(world):
    return world.organiser, {"recommendation": merged(world), "lang": "pl"}


@story("translation.mark")
def _(world):
    payload = {"recommendation": merged(world), "lang": "pl"}
    made = world.organiser.act("translation.begin", **payload)["id"]
    return world.organiser, {"translation": made, "checked": False}


@story("desk.remove")
def _(world):
    return world.organiser, {"recommendation": merged(world)}


@story("desk.pull")
def _(world):
    made = merged(world)
    world.organiser.hear()
    origin = world.organiser.all("recommendation")[made]["sources"][0]["origin"]
    draft, row = draft_of(origin), {"id": "abc123", "office": "City hall", "level": "city"}
    named = base64.b64encode(updates.insertion(7, 0, "a:abc123:office", row["office"])).decode()
    text = {**draft.text, "addressees": [row]}
    seq = world.ana.act("draft.update", recommendation=origin, epoch=draft.epoch, update=named)
    world.clock.act("draft.render", recommendation=origin, **seq, text=text)
    asked = {"origin": origin, "kind": "addressees", "row": row["id"]}
    return world.organiser, {"recommendation": made, **asked}


@story("desk.pull_passage")
def _(world):
    made = merged(world)
    world.organiser.hear()
    origin = world.organiser.all("recommendation")[made]["sources"][0]["origin"]
    draft, words = draft_of(origin), "Nobody waits twice."
    typed = base64.b64encode(updates.insertion(7, 0, "s:reasons", words)).decode()
    text = {**draft.text, "sections": {**draft.text["sections"], "reasons": words}}
    seq = world.ana.act("draft.update", recommendation=origin, epoch=draft.epoch, update=typed)
    world.clock.act("draft.render", recommendation=origin, **seq, text=text)
    asked = {"origin": origin, "section": "reasons", "words": words}
    return world.organiser, {"recommendation": made, **asked}


@story("desk.split")
def _(world):
    made = merged(world)
    world.organiser.hear()
    *_, last = world.organiser.all("recommendation")[made]["sources"]
    apart = [{"origins": [last["origin"]], "title": "An office"}]
    return world.organiser, {"recommendation": made, "apart": apart}


@story("document.annexes")
def _(world):
    return world.organiser, {"names": ["edits"]}


@story("desk.undo")
def _(world):
    merged(world)
    world.organiser.hear()
    return world.organiser, {"step": max(world.organiser.all("step")), "also": []}


@story("desk.survey")
def _(world):
    world.draft()
    return world.desk_clock, {}


@story("desk.liken")
def _(world):
    a, b = (made["id"] for made in adopted(world))
    pair = {"a": a, "b": b, "found_by": "words", "score": 31, "shared": ["desk"]}
    return world.desk_clock, {"pairs": [pair]}


@story("desk.judge")
def _(world):
    clock, found = STORIES["desk.liken"](world)
    clock.act("desk.liken", **found)
    world.organiser.hear()
    [pair] = world.organiser.all("likeness")
    return world.organiser, {"pair": pair, "verdict": "different"}
