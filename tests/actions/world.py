"""A forum with people in it, and what they have done before an action."""

from dataclasses import dataclass

from facilitator.access import ActorRef
from facilitator.db import db, write
from facilitator.models import Phase, Recommendation, Role
from tests import make
from tests.conftest import Phone, Somebody

BALLOT = {
    "question": "What first?",
    "lang": "en",
    "method": "dots",
    "dots": 3,
    "subject": "ideas",
}


@dataclass
class World:
    """Those who lead listen; the others only act, for a copy of the room takes its time."""

    forum: make.Laid
    ana: Somebody
    ben: Somebody
    lead: Phone
    organiser: Phone
    guest: Somebody
    clock: Somebody
    desk_clock: Somebody

    def idea(self, text="More benches", who=None):
        return (who or self.ana).act("idea.post", sort="need", question=None, text=text, lang="en")

    def comment(self, about=None, text="With a roof, please"):
        about = about or self.idea()
        return self.ben.act("comment.post", idea=about["id"], text=text, lang="en")

    def theme(self):
        first, second = self.idea("One"), self.idea("Two")
        self.lead.go(Phase.GROUP)
        made = self.lead.act("theme.make", title="Places", lang="en", ideas=[first["id"]])
        return made, second

    def ballot(self, *, showing="live"):
        self.idea("One"), self.idea("Two")
        self.lead.go(Phase.DECIDE)
        return self.lead.act("ballot.open", **BALLOT, things=[], showing=showing)

    def draft(self, title="A desk for newcomers", who=None):
        (who or self.lead).go(Phase.DRAFT)
        return (who or self.lead).act("recommendation.start", title=title, lang="en", theme=None)

    def rendered(self, made, clock=None):
        text = {"title": "A desk for newcomers", "sections": {"problem": "Queues."}, "steps": []}
        draft = draft_of(made["id"])
        (clock or self.clock).act(
            "draft.render", recommendation=made["id"], seq=draft.seq, text=text
        )
        return made


def peopled(forum):
    """A world in a forum: Ana and Ben in the first room, who leads it, and an organiser."""
    here, desk = forum.rooms[0], forum.desk

    def people():
        seats = [make.seat(forum, name, here, 0) for name in ("Ana", "Ben")]
        return *seats, make.grant(forum, Role.FACILITATOR), make.grant(forum, Role.ORGANISER)

    ana, ben, lead, organiser = write(people)
    return World(
        forum,
        Somebody(ActorRef(here.id, seat_id=ana.id)),
        Somebody(ActorRef(here.id, seat_id=ben.id)),
        Phone(ActorRef(here.id, grant_id=lead.id)),
        Phone(ActorRef(desk.id, grant_id=organiser.id)),
        Somebody(ActorRef(desk.id)),
        Somebody(ActorRef(here.id, role=Role.CLOCK)),
        Somebody(ActorRef(desk.id, role=Role.CLOCK)),
    )


def draft_of(recommendation_id):
    db.session.rollback()
    return db.session.get_one(Recommendation, recommendation_id).draft
