"""Recommendations and their drafts."""

import base64

from facilitator.db import db, write
from facilitator.models import Phase, Room
from facilitator.rooms import updates
from facilitator.rooms.recommendations import begin
from tests import make
from tests.actions.stories import story
from tests.actions.world import draft_of


@story("recommendation.start")
def _(world):
    theme, _ = world.theme()
    world.lead.go(Phase.DRAFT)
    return world.ben, {"title": "A desk", "lang": "en", "theme": theme["id"]}


@story("recommendation.carry")
def _(world):
    """A later table of the same track goes on with what this one has left."""
    table, other = world.forum.rooms

    def job():
        make.later_meeting(world.forum, table)
        return begin(db.session.get_one(Room, other.id), title="A desk", lang="en").id

    left = write(job)
    world.lead.go(Phase.DRAFT)
    return world.lead, {"recommendation": left}


@story("recommendation.remove")
def _(world):
    return world.lead, {"id": world.draft()["id"]}


@story("recommendation.reopen")
def _(world):
    made = world.rendered(world.draft())
    world.lead.go(Phase.ADOPT)
    ballot = world.lead.act("ballot.adopt", recommendation=made["id"])
    world.ana.act("ballot.cast", ballot=ballot["id"], marks={"yes": 1})
    world.lead.act("ballot.close", ballot=ballot["id"])
    return world.lead, {"id": made["id"], "text": "A date was wrong.", "lang": "en"}


@story("draft.update")
def _(world):
    made = world.draft()
    edit = updates.insertion(7, 0, "s:problem", "Queues. 🪑", None)
    return world.ana, {
        "recommendation": made["id"],
        "epoch": draft_of(made["id"]).epoch,
        "update": base64.b64encode(edit).decode(),
    }


@story("draft.render")
def _(world):
    made = world.draft()
    text = {"title": "Another title", "sections": {"problem": "Queues."}, "steps": []}
    return world.clock, {"recommendation": made["id"], "seq": 1, "text": text}


@story("draft.mend")
def _(world):
    made = world.draft()
    return world.clock, {"recommendation": made["id"], "bad": [1], "reason": "cannot be applied"}


@story("draft.name_version")
def _(world):
    made = world.draft()
    return world.ana, {"recommendation": made["id"], "seq": 1, "title": "Before lunch"}


@story("draft.drop_version")
def _(world):
    asked = {"recommendation": world.draft()["id"], "seq": 1, "title": "Before lunch"}
    named = world.ana.act("draft.name_version", **asked)
    return world.lead, {"recommendation": asked["recommendation"], "id": named["id"]}


@story("draft.share")
def _(world):
    made = world.rendered(world.draft())
    world.lead.go(Phase.ADOPT)
    asked = world.lead.act("ballot.adopt", recommendation=made["id"])
    world.lead.act("ballot.close", ballot=asked["id"])
    return world.clock, {"recommendation": made["id"], "rows": [], "spans": []}


@story("room.anonymous")
def _(world):
    return world.lead, {"on": True}
