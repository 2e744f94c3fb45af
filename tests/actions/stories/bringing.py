"""Files that are brought in."""

from tests.actions.stories import STORIES, story


@story("import.read")
def _(world):
    """A file was read: nothing of it is anywhere yet."""
    rows = [{"number": 2, "title": "Benches", "parts": [], "lang": "en"}]
    return world.organiser, {"file": "ideas.csv", "found": {"sort": "table", "rows": rows}}


def waiting(world):
    part = {"key": "recommendation", "heading": "", "text": "In the shade."}
    row = {"number": 2, "title": "Benches", "parts": [part], "lang": "en"}
    read = {"file": "ideas.csv", "found": {"sort": "table", "rows": [row]}}
    return world.organiser.act("import.read", **read)["imported"]


@story("import.take")
def _(world):
    room = world.forum.rooms[0].uuid
    return world.organiser, {
        "imported": waiting(world),
        "room": room,
        "by_track": False,
        "rows": [2],
    }


@story("import.undo")
def _(world):
    _, fields = STORIES["import.take"](world)
    world.organiser.act("import.take", **fields)
    return world.organiser, {"imported": fields["imported"]}
