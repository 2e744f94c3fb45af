"""Votes."""

from sqlalchemy import select

from facilitator.access import ActorRef
from facilitator.db import db
from facilitator.models import Phase, Room
from tests.actions.stories import story
from tests.actions.stories.consulting import before_plenary
from tests.actions.world import BALLOT
from tests.conftest import Somebody


@story("ballot.open")
def _(world):
    world.theme()
    world.lead.go(Phase.DECIDE)
    return world.lead, {**BALLOT, "things": [], "showing": "turnout"}


@story("ballot.cast")
def _(world):
    made = world.ballot()
    return world.ana, {"ballot": made["id"], "marks": {str(made["choices"][0]["id"]): 2}}


@story("ballot.show_hands")
def _(world):
    made = world.ballot()
    counts = {str(made["choices"][0]["id"]): 4}
    return world.lead, {
        "ballot": made["id"],
        "rows": [{"sector": None, "people": 3, "counts": counts}],
    }


@story("ballot.count")
def _(world):
    made = world.ballot()
    world.ana.act("ballot.cast", ballot=made["id"], marks={str(made["choices"][0]["id"]): 2})
    return world.clock, {"ballot": made["id"]}


@story("ballot.close")
def _(world):
    made = world.ballot(showing="hidden")
    world.ana.act("ballot.cast", ballot=made["id"], marks={str(made["choices"][0]["id"]): 2})
    return world.lead, {"ballot": made["id"]}


@story("ballot.again")
def _(world):
    made = world.ballot()
    world.lead.act("ballot.close", ballot=made["id"])
    return world.lead, {"ballot": made["id"]}


@story("ballot.conclude")
def _(world):
    made = world.ballot()
    world.lead.act("ballot.close", ballot=made["id"])
    return world.lead, {"ballot": made["id"], "text": "We begin with the first.", "lang": "en"}


@story("ballot.adopt")
def _(world):
    made = world.draft()
    world.lead.go(Phase.ADOPT)
    return world.lead, {"recommendation": made["id"]}


@story("ballot.adopt_whole")
def _(world):
    made, hall = before_plenary(world)
    world.organiser.act("motion.put", room=hall, recommendations=[made])
    place = db.session.scalar(select(Room.id).filter_by(uuid=hall))
    chair = Somebody(ActorRef(place, grant_id=world.lead.ref.grant_id))
    chair.go(Phase.ADOPT)
    return chair, {"question": "Do we adopt all of it?", "lang": "en"}
