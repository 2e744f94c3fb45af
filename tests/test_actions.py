"""For every action there is: strangers are refused, the news tell the whole truth, twice is once.

A new action without a story here fails the suite.
"""

import base64
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

import pytest
from sqlalchemy import delete, select, update

import facilitator.domain  # noqa: F401 - every action there is
from facilitator.access import ActorRef
from facilitator.actions import ACTIONS, Refused, perform
from facilitator.db import db, write
from facilitator.forums import tables
from facilitator.models import (
    Comment,
    Idea,
    Meeting,
    Phase,
    Recommendation,
    Role,
    Room,
    RoomKind,
    Seat,
)
from facilitator.rooms import updates
from facilitator.rooms.recommendations import begin
from tests import make
from tests.conftest import Phone

STORIES = {}


def story(name):
    """What has to have happened before an action; gives who does it and what they ask."""

    def register(tell):
        STORIES[name] = tell
        return tell

    return register


@dataclass
class World:
    """A forum with people in it."""

    forum: make.Laid
    ana: Phone
    ben: Phone
    lead: Phone
    organiser: Phone
    guest: Phone
    clock: Phone
    desk_clock: Phone

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


BALLOT = {
    "question": "What first?",
    "lang": "en",
    "method": "dots",
    "dots": 3,
    "subject": "ideas",
}


def draft_of(recommendation_id):
    db.session.rollback()
    return db.session.get_one(Recommendation, recommendation_id).draft


@pytest.fixture
def world(forum, join, lead, clock):
    desk = forum.desk
    return World(
        forum,
        join("Ana"),
        join("Ben"),
        lead(),
        lead(Role.ORGANISER, room=desk),
        Phone(ActorRef(desk.id)),
        clock(),
        clock(desk),
    )


# ---- All rooms at once ---------------------------------------------------------------------------


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


# ---- Seats ---------------------------------------------------------------------------------------


@story("seat.take")
def _(world):
    sector = world.forum.sectors[0].uuid
    return world.guest, {"lang": "pl", "nickname": " Ola ", "sector": sector}


@story("seat.enter")
def _(world):
    ref = world.ana.ref
    return Phone(ActorRef(world.forum.rooms[1].id, seat_id=ref.seat_id)), {}


@story("seat.edit")
def _(world):
    return world.ana, {"lang": "uk", "nickname": None, "sector": None}


def numbered(world, seat_id, **fields):
    """Give a seat what only its own phone knows."""

    def note():
        for name, value in fields.items():
            setattr(db.session.get(Seat, seat_id), name, value)

    write(note)


@story("seat.card")
def _(world):
    return world.ana, {"digest": "d" * 64}


@story("seat.return")
def _(world):
    numbered(world, world.ana.ref.seat_id, card="d" * 64)
    return world.guest, {"digest": "d" * 64}


@story("seat.assign")
def _(world):
    numbered(world, world.ana.ref.seat_id, number=4217, room_id=world.forum.rooms[1].id)
    return world.lead, {"number": 4217}


# ---- Parking -------------------------------------------------------------------------------------


def parked(who, text="Ask the region about trains"):
    return who.act("park.add", sort="need", text=text, idea=None, lang="en")


@story("park.add")
def _(world):
    return world.ana, {"sort": "need", "text": "Trains", "idea": None, "lang": "en"}


@story("park.withdraw")
def _(world):
    return world.ana, {"id": parked(world.ana)["id"]}


@story("park.send")
def _(world):
    return world.lead, {"id": parked(world.ana)["id"], "room": world.forum.rooms[1].uuid}


@story("park.take")
def _(world):
    return world.lead, {"id": parked(world.ana)["id"]}


@story("park.deliver")
def _(world):
    next_door = Phone(ActorRef(world.forum.rooms[1].id, grant_id=world.lead.ref.grant_id))
    sent = parked(next_door)["id"]
    next_door.act("park.send", id=sent, room=world.forum.rooms[0].uuid)
    return world.clock, {"id": sent}


# ---- The room ------------------------------------------------------------------------------------


@story("room.move")
def _(world):
    return world.lead, {"to": 2}


@story("room.time")
def _(world):
    return world.lead, {"minutes": 10.0}


@story("room.plan")
def _(world):
    return world.lead, {"place": 1, "minutes": 45}


@story("room.begin")
def _(world):
    return world.lead, {}


@story("room.extend")
def _(world):
    world.lead.act("room.time", minutes=5.0)
    return world.lead, {"minutes": 1.0}


@story("room.pause")
def _(world):
    world.lead.act("room.time", minutes=5.0)
    return world.lead, {"on": True}


@story("room.go_on")
def _(world):
    world.lead.act("room.time", minutes=5.0)
    return world.lead, {"on": True}


@story("room.time_over")
def _(world):
    world.lead.act("room.time", minutes=0.00001)
    world.lead.act("room.go_on", on=True)
    return world.clock, {}


# ---- Leading -------------------------------------------------------------------------------------


@story("room.light")
def _(world):
    return world.lead, {"kind": "idea", "id": world.idea()["id"]}


@story("room.say")
def _(world):
    return world.lead, {"text": "Coffee in five minutes", "lang": "en"}


@story("room.nudge")
def _(world):
    return world.lead, {}


@story("room.lock")
def _(world):
    return world.lead, {"on": True}


@story("room.help")
def _(world):
    return world.lead, {"on": True, "note": "The projector is dark"}


@story("room.watch")
def _(world):
    return world.clock, {}


@story("hand.raise")
def _(world):
    return world.ana, {}


@story("hand.lower")
def _(world):
    return world.lead, {"hand": world.ana.act("hand.raise")["hand"]}


@story("hand.call")
def _(world):
    return world.lead, {"hand": world.ana.act("hand.raise")["hand"]}


@story("hand.end")
def _(world):
    world.lead.act("hand.call", hand=world.ana.act("hand.raise")["hand"])
    return world.lead, {}


@story("idea.post")
def _(world):
    question = world.forum.questions[0].id
    return world.ana, {"sort": "need", "question": question, "text": "Benches", "lang": "en"}


@story("idea.edit")
def _(world):
    made = world.idea()
    return world.ana, {"id": made["id"], "sort": "solution", "question": None, "text": "Sit"}


@story("idea.withdraw")
def _(world):
    return world.ana, {"id": world.idea()["id"]}


@story("idea.support")
def _(world):
    return world.ben, {"id": world.idea()["id"], "on": True}


@story("comment.post")
def _(world):
    return world.ben, {"idea": world.idea()["id"], "text": "With a roof, please", "lang": "en"}


@story("comment.withdraw")
def _(world):
    said = {"idea": world.idea()["id"], "text": "With a roof, please", "lang": "en"}
    return world.ben, {"id": world.ben.act("comment.post", **said)["id"]}


@story("idea.restore")
def _(world):
    made = world.idea()
    world.ana.act("idea.withdraw", id=made["id"])
    return world.ana, {"id": made["id"]}


@story("comment.restore")
def _(world):
    said = world.comment()
    world.ben.act("comment.withdraw", id=said["id"])
    return world.ben, {"id": said["id"]}


@story("room.sweep")
def _(world):
    made, said = world.idea(), world.comment()
    world.ana.act("idea.withdraw", id=made["id"])
    world.ben.act("comment.withdraw", id=said["id"])
    long_ago = datetime(2026, 5, 16, tzinfo=UTC)
    for model in (Idea, Comment):
        write(partial(db.session.execute, update(model).values(withdrawn_at=long_ago)))
    return world.clock, {}


# ---- Moderation ----------------------------------------------------------------------------------


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


def reservation(world):
    made = world.draft()
    said = {"recommendation": made["id"], "text": "Not at night.", "lang": "en"}
    return world.ben.act("reservation.make", **said)


@story("reservation.make")
def _(world):
    made = world.draft()
    return world.ben, {"recommendation": made["id"], "text": "Not at night.", "lang": "en"}


@story("reservation.withdraw")
def _(world):
    return world.ben, {"id": reservation(world)["id"]}


@story("reservation.restore")
def _(world):
    made = reservation(world)
    world.ben.act("reservation.withdraw", id=made["id"])
    return world.ben, {"id": made["id"]}


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


CARD = {
    "title": "Waiting times 2025",
    "url": "https://example.org/waiting",
    "text": "Seven months on average.",
    "lang": "en",
}


def card(world):
    return world.ben.act("evidence.add", **CARD)


@story("evidence.add")
def _(world):
    return world.ben, CARD


@story("evidence.change")
def _(world):
    changed = {**CARD, "text": "Eleven months at worst."}
    del changed["lang"]
    return world.ben, {"id": card(world)["id"], **changed}


@story("evidence.withdraw")
def _(world):
    return world.ben, {"id": card(world)["id"]}


@story("evidence.restore")
def _(world):
    made = card(world)
    world.ben.act("evidence.withdraw", id=made["id"])
    return world.ben, {"id": made["id"]}


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


# ---- Drafts --------------------------------------------------------------------------------------


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


# ---- Suggestions ---------------------------------------------------------------------------------


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


# ---- The walls -----------------------------------------------------------------------------------


def first_screen(world):
    return min(world.lead.all("screen"))


@story("screen.add")
def _(world):
    return world.lead, {"name": "Beside the door"}


@story("screen.rename")
def _(world):
    return world.lead, {"id": first_screen(world), "name": "Over the stage"}


@story("screen.show")
def _(world):
    theme, _ = world.theme()
    return world.lead, {"id": first_screen(world), "show": "theme", "thing": theme["id"]}


@story("screen.turn")
def _(world):
    return world.lead, {"id": first_screen(world), "by": 1}


@story("screen.set")
def _(world):
    return world.lead, {"id": first_screen(world), "follows": False, "dark": True}


@story("screen.relink")
def _(world):
    return world.lead, {"id": first_screen(world)}


@story("screen.remove")
def _(world):
    return world.lead, {"id": first_screen(world)}


@story("screen.note")
def _(world):
    return world.clock, {"connected": [first_screen(world)]}


@story("slides.gather")
def _(world):
    here = world.forum.rooms[0].id
    write(lambda: setattr(db.session.get(Room, here), "sort", RoomKind.PLENARY))
    world.lead.fresh()  # who leads comes in anew
    world.lead.seq = None
    return world.lead, {}


# ---- Setting up ----------------------------------------------------------------------------------


@story("forum.edit")
def _(world):
    return world.organiser, {
        "title": {"en": "Living here well", "pl": "Dobrze żyć tutaj"},
        "subtitle": {"en": "A forum", "pl": "Forum"},
        "languages": ["en", "pl"],
        "starts": "2026-05-16",
        "ends": "2026-05-17",
        "organisers": ["A sample city hall"],
        "least": 6,
    }


@story("forum.recode")
def _(world):
    return world.organiser, {}


@story("sector.add")
def _(world):
    return world.organiser, {"name": {"en": "Employers", "pl": "Pracodawcy"}}


@story("sector.edit")
def _(world):
    sector = world.forum.sectors[3].uuid
    return world.organiser, {
        "sector": sector,
        "name": {"en": "Schools", "pl": "Szkoły"},
        "position": 0,
    }


@story("sector.remove")
def _(world):
    write(lambda: db.session.execute(delete(Seat)))  # before anybody has come in
    return world.organiser, {"sector": world.forum.sectors[3].uuid}


@story("meeting.add")
def _(world):
    return world.organiser, {"city": "Łódź", "place": "", "on": "2026-06-01", "like": None}


@story("meeting.edit")
def _(world):
    meeting = write(lambda: db.session.get(Room, world.ana.ref.room_id).meeting.uuid)
    fields = {"city": "Lublin", "place": "Library", "on": "2026-05-17", "position": 0}
    return world.organiser, {"meeting": meeting, **fields}


@story("meeting.remove")
def _(world):
    fields = {"city": "Łódź", "place": "", "on": "2026-06-01", "like": None}
    made = world.organiser.act("meeting.add", **fields)
    return world.organiser, {"meeting": made["meeting"]}


@story("track.add")
def _(world):
    return world.organiser, {
        "title": {"en": "Work", "pl": "Praca"},
        "template": None,
        "questions": [{"en": "Who hires?", "pl": "Kto zatrudnia?"}],
        "groups": 2,
    }


@story("track.edit")
def _(world):
    return world.organiser, {
        "track": world.forum.track.uuid,
        "title": {"en": "Homes", "pl": "Domy"},
        "template": make.TEMPLATE[:3],
        "position": 0,
    }


@story("track.remove")
def _(world):
    _, fields = STORIES["track.add"](world)
    made = world.organiser.act("track.add", **{**fields, "groups": 0})
    return world.organiser, {"track": made["track"]}


@story("question.add")
def _(world):
    text = {"en": "Who pays?", "pl": "Kto płaci?"}
    return world.organiser, {"track": world.forum.track.uuid, "text": text}


@story("question.edit")
def _(world):
    text = {"en": "What is missing most?", "pl": "Czego brakuje?"}
    question = world.forum.questions[0].id
    return world.organiser, {"question": question, "text": text, "position": 1}


@story("question.remove")
def _(world):
    return world.organiser, {"question": world.forum.questions[1].id}


@story("room.add")
def _(world):
    meeting = write(lambda: db.session.get(Room, world.ana.ref.room_id).meeting.uuid)
    return world.organiser, {"meeting": meeting, "track": world.forum.track.uuid, "title": None}


@story("room.edit")
def _(world):
    agenda = [
        {"phase": phase, "title": {"en": "A step", "pl": "Krok"}, "minutes": 5}
        for phase in ("gather", "decide", "closed")
    ]
    title = {"en": "Round table", "pl": "Okrągły stół"}
    return world.organiser, {"room": world.forum.rooms[0].uuid, "title": title, "agenda": agenda}


@story("room.remove")
def _(world):
    return world.organiser, {"room": world.forum.rooms[1].uuid}


@story("grant.issue")
def _(world):
    room = world.forum.rooms[0].uuid
    return world.organiser, {"role": "facilitator", "room": room, "label": "Table 1"}


@story("grant.reissue")
def _(world):
    made = world.organiser.act("grant.issue", role="facilitator", room=None, label="Lent")
    return world.organiser, made


@story("grant.revoke")
def _(world):
    made = world.organiser.act("grant.issue", role="projector", room=None, label="")
    return world.organiser, {"grant": made["grant"]}


# ---- Statements ----------------------------------------------------------------------------------


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


# ---- The day -------------------------------------------------------------------------------------

LUNCH = {
    "starts": "12:30",
    "ends": "13:30",
    "title": {"en": "Lunch", "pl": "Obiad"},
    "place": "Canteen",
    "pause": True,
}


def lublin(world):
    return write(lambda: db.session.get(Room, world.ana.ref.room_id).meeting.uuid)


@story("programme.add")
def _(world):
    return world.organiser, {"meeting": lublin(world), **LUNCH}


@story("programme.edit")
def _(world):
    made = world.organiser.act("programme.add", meeting=lublin(world), **LUNCH)
    return world.organiser, {"item": made["item"], **LUNCH, "starts": "12:00"}


@story("programme.remove")
def _(world):
    made = world.organiser.act("programme.add", meeting=lublin(world), **LUNCH)
    return world.organiser, {"item": made["item"]}


@story("tables.apply")
def _(world):
    meeting, track = lublin(world), world.forum.track
    at = db.session.scalars(select(Meeting).where(Meeting.uuid == meeting)).one()
    return world.organiser, {
        "meeting": meeting,
        "track": track.uuid,
        "company_name": tables.company(at, track).name,
        "tables": [[world.ben.ref.seat_id], [world.ana.ref.seat_id]],
    }


@story("tables.undo")
def _(world):
    _, fields = STORIES["tables.apply"](world)
    return world.organiser, {"plan": world.organiser.act("tables.apply", **fields)["plan"]}


# ---- The desk ------------------------------------------------------------------------------------


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


@story("desk.remove")
def _(world):
    return world.organiser, {"recommendation": merged(world)}


@story("desk.split")
def _(world):
    made = merged(world)
    world.organiser.hear()
    *_, last = world.organiser.all("recommendation")[made]["sources"]
    apart = [{"origins": [last["origin"]], "title": "An office"}]
    return world.organiser, {"recommendation": made, "apart": apart}


@story("desk.consult")
def _(world):
    return world.organiser, {"recommendation": merged(world)}


def consulted(world):
    return world.organiser.act("desk.consult", recommendation=merged(world))["id"]


@story("desk.consulted")
def _(world):
    asked = consulted(world)
    world.ana.act("consultation.answer", consultation=asked, reason="Too slow.")
    return world.organiser, {"consultation": asked}


@story("consultation.answer")
def _(world):
    return world.ana, {"consultation": consulted(world), "reason": None}


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


# ---- What must hold ------------------------------------------------------------------------------


def test_every_action_has_a_story():
    assert set(STORIES) == set(ACTIONS)


def ask(who, name, payload, op="story-0001"):
    return perform(who.ref, name, None if who.ref.role is Role.CLOCK else op, payload)


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_news_lead_to_the_same_room_as_a_fresh_start(name, world):
    who, payload = STORIES[name](world)
    watchers = [world.lead, world.organiser]
    for watcher in watchers:
        watcher.hear()

    ask(who, name, payload)

    for watcher in watchers:
        watcher.hear()
        assert watcher.things == watcher.fresh()


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_done_twice_is_done_once(name, world):
    who, payload = STORIES[name](world)
    answer = ask(who, name, payload)
    once = world.lead.fresh(), world.organiser.fresh()

    again = ask(who, name, payload)

    assert (world.lead.fresh(), world.organiser.fresh()) == once
    if who.ref.role is not Role.CLOCK:
        assert again == answer


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_strangers_are_refused(name, world, join):
    who, payload = STORIES[name](world)
    todo = ACTIONS[name]
    room = db.session.get(Room, who.ref.room_id)
    others = {
        Role.GUEST: ActorRef(room.id),
        Role.CLOCK: ActorRef(room.id, role=Role.CLOCK),
        Role.PARTICIPANT: join("Eve", room=room).ref,
        **{
            role: ActorRef(room.id, grant_id=write(partial(make.grant, world.forum, role)).id)
            for role in (
                Role.FACILITATOR,
                Role.ORGANISER,
                Role.PROJECTOR,
                Role.RAPPORTEUR,
                Role.OBSERVER,
            )
        },
    }
    before = world.lead.fresh(), world.organiser.fresh()

    for role, ref in others.items():
        if role not in todo.who:
            with pytest.raises(Refused) as refusal:
                perform(ref, name, "stranger-1", payload)
            # The desk is no room for those who lead rooms, or show them.
            kept = {"gone"} if room.sort is RoomKind.DESK else set()
            assert refusal.value.code in {"not_allowed", "closed", *kept}, role

    assert (world.lead.fresh(), world.organiser.fresh()) == before


def revoked(holder):
    holder.revoked = True
    return holder


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_people_of_elsewhere_are_refused(name, world, join):
    """Another forum's people, people of another room, and whose ticket was taken back."""
    who, payload = STORIES[name](world)
    room = db.session.get(Room, who.ref.room_id)
    elsewhere = write(lambda: make.forum(code="WWWWWW"))
    stranger = write(lambda: make.seat(elsewhere, "Eve", elsewhere.rooms[0], None)).id
    foreign = write(lambda: make.grant(elsewhere, Role.ORGANISER)).id
    taken_back = write(lambda: revoked(make.seat(world.forum, "Eve", room, None))).id
    withdrawn = write(lambda: revoked(make.grant(world.forum, Role.ORGANISER))).id
    next_door = write(lambda: make.grant(world.forum, Role.FACILITATOR))
    write(lambda: setattr(db.session.merge(next_door), "room_id", world.forum.rooms[1].id))
    refs = [
        ActorRef(room.id, seat_id=stranger),
        ActorRef(room.id, seat_id=taken_back),
        *(ActorRef(room.id, grant_id=one) for one in (foreign, withdrawn, next_door.id)),
    ]
    if Role.PARTICIPANT in ACTIONS[name].who and not ACTIONS[name].from_outside:
        refs.append(ActorRef(room.id, seat_id=join("Ola", room=world.forum.rooms[1]).ref.seat_id))

    for ref in refs:
        with pytest.raises(Refused):
            perform(ref, name, "stranger-2", payload)


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_what_is_not_open_now_is_refused(name, world):
    who, payload = STORIES[name](world)
    room = db.session.get(Room, who.ref.room_id)
    if room.sort is RoomKind.DESK:
        return  # it is always at work
    for phase in set(Phase) - set(ACTIONS[name].during):
        write(lambda phase=phase: setattr(db.session.get(Room, room.id), "phase", phase))
        with pytest.raises(Refused) as refusal:
            ask(who, name, payload, op=f"too-late-{phase}")
        assert refusal.value.code == "closed"
