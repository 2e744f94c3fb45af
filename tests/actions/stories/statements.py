"""Votes on statements."""

from facilitator.models import Phase
from tests.actions.stories import story

STATEMENTS = {"question": "What do we think?", "lang": "en", "ideas": []}


def statements(world):
    """Two ideas put to a statement vote; the vote, and the numbers of its statements."""
    world.idea("One"), world.idea("Two")
    world.lead.go(Phase.DECIDE)
    vote = world.lead.act("statements.open", **STATEMENTS)
    world.lead.hear()
    return vote, sorted(world.lead.all("statement"))


@story("statements.open")
def _(world):
    world.idea("One"), world.idea("Two")
    world.lead.go(Phase.DECIDE)
    return world.lead, STATEMENTS


@story("statements.vote")
def _(world):
    _, (first, _) = statements(world)
    return world.ana, {"statement": first, "answer": "agree", "more": True}


@story("statements.take_out")
def _(world):
    _, (first, _) = statements(world)
    return world.lead, {"statement": first, "out": True}


@story("statements.close")
def _(world):
    vote, (first, _) = statements(world)
    world.ana.act("statements.vote", statement=first, answer="pass", more=False)
    return world.lead, {"vote": vote["id"]}


@story("statements.count")
def _(world):
    vote, (first, _) = statements(world)
    world.ana.act("statements.vote", statement=first, answer="pass", more=False)
    return world.clock, {"vote": vote["id"]}


@story("statements.weigh")
def _(world):
    vote, (first, _) = statements(world)
    return world.clock, {"vote": vote["id"], "extremity": {str(first): 0.5}}


@story("statements.tell")
def _(world):
    vote, _ = statements(world)
    world.lead.act("statements.close", vote=vote["id"])
    return world.clock, {"vote": vote["id"], "opinions": {"agreed": []}}
