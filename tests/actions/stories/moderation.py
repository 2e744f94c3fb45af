"""Words that are reported, hidden and shown, of whatever kind they are."""

from tests.actions.stories import story
from tests.actions.stories.evidence import card
from tests.actions.stories.reservations import reservation
from tests.actions.stories.suggestions import suggested


@story("room.moderate")
def _(world):
    return world.lead, {"moderation": "before"}


@story("room.veil")
def _(world):
    world.lead.act("room.veil", on=True)
    world.idea("One"), world.idea("Two", who=world.ben)
    return world.lead, {"on": False}


@story("idea.report")
def _(world):
    return world.ben, {"id": world.idea()["id"], "on": True}


@story("comment.report")
def _(world):
    return world.ana, {"id": world.comment()["id"], "on": True}


@story("idea.hide")
def _(world):
    made = world.idea()
    world.comment(made)
    world.ben.act("idea.report", id=made["id"], on=True)
    return world.lead, {"id": made["id"], "reason": "person"}


@story("comment.hide")
def _(world):
    return world.lead, {"id": world.comment()["id"], "reason": "insult"}


@story("idea.show")
def _(world):
    world.lead.act("room.moderate", moderation="before")
    return world.lead, {"id": world.idea()["id"]}


@story("comment.show")
def _(world):
    said = world.comment()
    world.lead.act("comment.hide", id=said["id"], reason="insult")
    return world.lead, {"id": said["id"]}


@story("reservation.report")
def _(world):
    return world.ana, {"id": reservation(world)["id"], "on": True}


@story("reservation.hide")
def _(world):
    made = reservation(world)
    world.ana.act("reservation.report", id=made["id"], on=True)
    return world.lead, {"id": made["id"], "reason": "person"}


@story("reservation.show")
def _(world):
    world.lead.act("room.moderate", moderation="before")
    return world.lead, {"id": reservation(world)["id"]}


@story("evidence.report")
def _(world):
    return world.ana, {"id": card(world)["id"], "on": True}


@story("evidence.hide")
def _(world):
    made = card(world)
    world.ana.act("evidence.report", id=made["id"], on=True)
    return world.lead, {"id": made["id"], "reason": "spam"}


@story("evidence.show")
def _(world):
    made = card(world)
    world.lead.act("evidence.hide", id=made["id"], reason="spam")
    return world.lead, {"id": made["id"]}


@story("reply.report")
def _(world):
    return world.ben, {"id": suggested(world)["reply"]["id"], "on": True}


@story("reply.hide")
def _(world):
    said = suggested(world)["reply"]
    world.ben.act("reply.report", id=said["id"], on=True)
    return world.lead, {"id": said["id"], "reason": "person"}


@story("reply.show")
def _(world):
    said = suggested(world)["reply"]
    world.lead.act("reply.hide", id=said["id"], reason="topic")
    return world.lead, {"id": said["id"]}
