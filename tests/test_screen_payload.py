"""What a wall is told, word for word: a new word in it has to be allowed here, on purpose."""

import asyncio
import base64
import json

from sqlalchemy import select

from facilitator.access import ActorRef, cookie, ticket
from facilitator.actions import perform
from facilitator.db import db, write
from facilitator.models import (
    Forum,
    Grant,
    Phase,
    Recommendation,
    Role,
    Room,
    Screen,
    ScreenKey,
    Seat,
    Statement,
)
from facilitator.rooms import updates
from tests.phones import Line, story, until
from tests.running import House, Server, Ticketed, running

#: The kinds of things a wall may hear of, and all that it may hear of each. Everybody in the hall
#: reads it: nothing of who wrote or voted, nothing of who leads, nothing that waits to be shown.
ALLOWED = {
    "room": "id uuid sort title track number meeting code questions template agenda at phase "
    "ends_at left_ms goes_on began_at step_at visit locked paused veiled moderation"
    " anonymous",
    "people": "id seats",
    "theme": "id uuid title lang position aside",
    "backing": "id seats",
    "idea": "id uuid sort question theme text lang via slip",
    "veil": "id ideas",
    "echo": "id seats",
    "comment": "id uuid idea text lang",
    "suggestion": "id uuid recommendation epoch root units quote put outcome answer",
    "stances": "id agree disagree",
    "reply": "id uuid suggestion text lang",
    "ballot": "id uuid question lang method options showing rule secret sectors fixed earlier"
    " is_open opened_at recommendation whole choices result conclusion",
    "tally": "id voters hands counts entitled",
    "statement_vote": "id uuid question lang is_open opened_at result opinions",
    "statement": "id vote idea number text lang out",
    "turnout": "id voters answers",
    "recommendation": "id uuid theme number title lang template status hash chapter position sources"
    " imported",
    "reservation": "id uuid recommendation sector text lang",
    "reopening": "id recommendation at text lang status revision hash",
    "motion": "id revision hash was whole",
    "evidence": "id uuid title url text lang",
    "minutes": "id uuid number title lang template status hash position by now done origin",
    "text": "id seq title sections steps addressees",
    "steer": "id light notice nudge floor hands",
    "notice": "id text lang rehearsal said_at",
    "screen": "id name show thing page visit follows dark",
    "slide": "id position title number ideas themes texts",
    "consultation": "id recommendation revision title lang template text is_open sent_at result",
}
#: The same inside of things: what a list or a mapping of ours holds.
INSIDE = {
    ("room", "questions"): "id text",
    ("suggestion", "answer"): "text lang",
    ("room", "template"): "key title hint",
    ("room", "agenda"): "phase title minutes",
    ("ballot", "choices"): "id theme idea label lang",
    ("ballot", "result"): "voters entitled counts order detail said passed favour why reasons"
    " sectors",
    ("ballot", "options"): "dots",
    ("statement_vote", "result"): "voters answers counts",
    ("recommendation", "template"): "key title hint",
    ("minutes", "template"): "key title hint",
    ("recommendation", "imported"): "cities name number version sealed hash id standing",
    ("steer", "light"): "kind id since",
    ("steer", "notice"): "text lang at",
    ("slide", "texts"): "id title lang text result",
}
#: These come from elsewhere: a plenary gathers its slides, organisers speak to all rooms and ask
#: them whether a text is still theirs.
ELSEWHERE = ("slide", "notice", "consultation", "motion")
FRAME = {"id", "since", "seq", "things"}
ENTERED = {"since", "seq", "things", "mine", "now"}


def wall_of(house):
    """A browser that has opened the link of the first screen."""
    laid = house.laid
    screen, grant = house.rows(
        select(Screen, Grant)
        .join(ScreenKey, ScreenKey.id == Screen.id)
        .join(Grant, Grant.id == ScreenKey.grant_id)
        .order_by(Screen.id)
    )[0]
    words = f"{cookie(f'wall-{screen.uuid[:8]}', laid.forum)}={ticket(grant)}"
    return Ticketed(grant.id, words, "screen", laid.rooms[0].uuid), screen


class Busy:
    """People who do everything there is to do in a room, one thing after the other."""

    def __init__(self, house):
        self.house, self.number = house, 0
        self.room = house.laid.rooms[0].id
        self.lead = ActorRef(self.room, grant_id=house.lead().id)
        self.ana, self.ben = (
            ActorRef(self.room, seat_id=house.seat(name).id) for name in ("Ana", "Ben")
        )

    def act(self, who, name, **payload):
        self.number += 1
        return perform(who, name, f"payload-{self.number:05}", payload)

    def go(self, phase):
        db.session.rollback()
        agenda = db.session.get(Room, self.room).agenda
        self.act(self.lead, "room.move", to=[step["phase"] for step in agenda].index(phase))

    def suggest(self, recommendation):
        """Somebody would have it in other words; it is talked about, and declined."""
        db.session.rollback()
        epoch = db.session.get_one(Recommendation, recommendation).draft.epoch
        edit = base64.b64encode(updates.insertion(7, 0, "s:problem", "Tired feet.")).decode()
        on = {"recommendation": recommendation, "epoch": epoch}
        self.act(self.ana, "draft.update", update=edit, **on)
        words = {"root": "s:problem", "units": [[7, 0, 5]], "quote": "Tired", "put": "Sore"}
        said = {"text": "They hurt.", "lang": "en"}
        made = self.act(self.ben, "suggestion.make", **on, **words, **said)["id"]
        self.act(self.ana, "suggestion.back", id=made, agrees=True)
        rude = self.act(self.ana, "reply.post", suggestion=made, text="HIDDENWORDS", lang="en")[
            "id"
        ]
        self.act(self.lead, "reply.hide", id=rude, reason="person")
        self.act(self.lead, "suggestion.decline", id=made, text="Tired is true.", lang="en")

    def minute(self):
        """The meeting speaks about something, and somebody writes what was said."""
        forum = self.house.laid.id
        write(lambda: setattr(db.session.get(Forum, forum), "minutes", True))
        words = {"title": "Where to sit", "by": "City", "lang": "en"}
        self.act(self.lead, "minutes.turn", id=self.act(self.lead, "minutes.add", **words)["id"])

    def carry(self, recommendation):
        """What a text carries besides its words; some of it is hidden."""
        card = {"title": "A count", "url": "https://example.org/count", "lang": "en"}
        self.act(self.ana, "evidence.add", text="Forty a day.", **card)
        for text in ("Not in winter.", "HIDDENWORDS"):
            asked = {"recommendation": recommendation, "text": text, "lang": "en", "named": False}
            made = self.act(self.ben, "reservation.make", **asked)["id"]
        self.act(self.lead, "reservation.hide", id=made, reason="person")

    def bring_in(self):
        """A text of a sealed document arrives as starting material."""
        organiser = ActorRef(self.house.laid.desk.id, grant_id=self.house.lead(Role.ORGANISER).id)
        row = {"number": 2, "title": "A roof", "parts": [], "lang": "en", "name": "rec-1"}
        origin = {"forum": "Elsewhere", "version": "1.0", "sealed": "2026-01-01", "hash": "x"}
        found = {"sort": "sealed", "rows": [{**row, "standing": "adopted"}], "origin": origin}
        read = self.act(organiser, "import.read", file="recommendations.json", found=found)
        room = self.house.laid.rooms[0].uuid
        self.act(organiser, "import.take", **read, room=room, by_track=False, rows=[2])

    def live(self):
        """A day of a room."""
        self.bring_in()
        question = self.house.laid.questions[0].id
        words = {"sort": "need", "question": question, "lang": "en"}
        ideas = [
            self.act(self.ana, "idea.post", text=f"A bench {n}", **words)["id"] for n in range(3)
        ]
        self.act(self.ben, "idea.support", id=ideas[0], on=True)
        said = self.act(self.ben, "comment.post", idea=ideas[0], text="With a roof", lang="en")
        self.act(self.ben, "comment.withdraw", id=said["id"])
        self.act(self.ben, "comment.post", idea=ideas[0], text="With a back", lang="en")
        self.act(self.ana, "idea.withdraw", id=ideas[2])
        self.act(self.ana, "idea.report", id=ideas[0], on=True)
        rude = self.act(self.ben, "idea.post", **{**words, "text": "HIDDENWORDS"})["id"]
        self.act(self.lead, "idea.hide", id=rude, reason="person")
        self.act(self.lead, "room.moderate", moderation="before")
        self.act(self.ben, "idea.post", **{**words, "text": "HELDWORDS"})
        self.act(self.lead, "room.moderate", moderation="after")
        self.act(self.lead, "room.time", minutes=5)
        self.go(Phase.GROUP)
        theme = self.act(self.lead, "theme.make", title="Places", lang="en", ideas=ideas[:1])
        self.go(Phase.DECIDE)
        self.answer_statements()
        self.vote(showing="turnout")
        self.vote(showing="live")
        self.go(Phase.DRAFT)
        made = self.act(self.ben, "recommendation.start", title="Sit", lang="en", theme=None)["id"]
        text = {"title": "Sit", "sections": {"problem": "Tired feet."}, "steps": []}
        write(lambda: setattr(db.session.get_one(Recommendation, made).draft, "text", text))
        self.suggest(made)
        self.carry(made)
        self.minute()
        self.go(Phase.ADOPT)
        vote = self.act(self.lead, "ballot.adopt", recommendation=made)["id"]
        self.act(self.ana, "ballot.cast", ballot=vote, marks={"yes": 1})
        self.act(self.lead, "ballot.close", ballot=vote)
        self.act(self.lead, "recommendation.reopen", id=made, text="A typo", lang="en")
        screen = self.house.rows(select(Screen.id).order_by(Screen.id))[0].id
        self.act(self.lead, "screen.show", id=screen, show="theme", thing=theme["id"])
        perform(self.lead, "screen.add", "payload-add-screen", {"name": "Beside the door"})
        self.go(Phase.GATHER)
        self.act(self.ana, "hand.raise")
        self.act(self.lead, "room.light", kind="idea", id=ideas[0])
        self.act(self.lead, "room.say", text="Five minutes more", lang="en")
        self.act(self.lead, "room.veil", on=True)
        self.act(self.ben, "idea.post", **{**words, "text": "VEILEDWORDS"})

    def vote(self, *, showing):
        asked = {"question": "What first?", "lang": "en", "method": "dots", "dots": 3}
        made = self.act(
            self.lead, "ballot.open", **asked, subject="ideas", things=[], showing=showing
        )
        choice = str(made["choices"][0]["id"])
        self.act(self.ana, "ballot.cast", ballot=made["id"], marks={choice: 2})
        clock = ActorRef(self.room, role=Role.CLOCK)
        perform(clock, "ballot.count", None, {"ballot": made["id"]})
        self.act(self.lead, "ballot.close", ballot=made["id"])

    def answer_statements(self):
        asked = {"question": "What do we think?", "lang": "en", "ideas": []}
        vote = self.act(self.lead, "statements.open", **asked)["id"]
        first = self.house.rows(select(Statement.id).order_by(Statement.id))[0].id
        self.act(self.ana, "statements.vote", statement=first, answer="agree", more=True)
        clock = ActorRef(self.room, role=Role.CLOCK)
        perform(clock, "statements.count", None, {"vote": vote})
        self.act(self.lead, "statements.close", vote=vote)


async def heard_by_a_wall(port, who, screen, busy):
    """All that a wall is told while the room is at work, and what a newcomer is told then."""
    auth = {"page": "screen", "room": who.room, "screen": screen.uuid}
    line = await Line.open(port, who, auth=auth)
    answers = [(await line.ask("enter", {"since": None}))["ok"]]
    await asyncio.to_thread(at_work, busy)
    await until(lambda: last_seq(line) >= now_at(busy))
    answers.append((await line.ask("enter", {"since": None}))["ok"])
    refused = await line.ask("act", "screen.turn", "a-wall-turns", {"id": screen.id, "by": 1})
    posted = {"sort": "need", "question": None, "text": "From the wall", "lang": "en"}
    refused = [refused, await line.ask("act", "idea.post", "a-wall-posts", posted)]
    frames = [message for message in line.heard if message[0] == "news"]
    assert len(frames) == len(line.heard), "a wall hears news and nothing else"
    await line.close()
    return answers, [frame for _, frame in frames], refused


def at_work(busy):
    with busy.house.app.app_context():
        busy.live()
        db.session.remove()


def now_at(busy):
    return busy.house.rows(select(Room.seq).where(Room.id == busy.room))[0].seq


def last_seq(line):
    return max([message[1]["seq"] for message in line.heard], default=0)


def words_in(things):
    """What was told of each kind: its words, and those inside of it."""
    found = {}
    for kind, _, data in things:
        for name in data or {}:
            found.setdefault((kind,), set()).add(name)
            value = data[name]
            for part in value if isinstance(value, list) else [value]:
                if isinstance(part, dict) and (kind, name) in INSIDE:
                    found.setdefault((kind, name), set()).update(part)
    return found


def test_wall_is_told_what_is_allowed_and_nothing_else(tmp_path):
    server = Server(tmp_path)
    with House(server) as house, running(server):
        who, screen = wall_of(house)
        busy = Busy(house)
        answers, frames, refused = story(heard_by_a_wall(server.port, who, screen, busy))
        secrets = [row.uuid for row in house.rows(select(Seat.uuid))]
        secrets += [row.uuid for row in house.rows(select(Grant.uuid))]
        secrets += [row.code for row in house.rows(select(ScreenKey.code))]

    assert [set(answer) for answer in answers] == [ENTERED] * 2
    assert {frozenset(frame) for frame in frames} == {frozenset(FRAME)}
    for answer in answers:
        own = answer["mine"]
        assert own.pop("role") == "projector"
        assert [name for name, value in own.items() if value] == []
    assert [answer["code"] for answer in refused] == ["not_allowed"] * 2
    told = words_in(thing for message in (*answers, *frames) for thing in message["things"])
    allowed = {
        (kind,): set(words.split()) for kind, words in ALLOWED.items() if kind not in ELSEWHERE
    }
    inside = {key: set(words.split()) for key, words in INSIDE.items() if key[0] not in ELSEWHERE}
    assert told == allowed | inside
    whole = json.dumps([answers, frames])
    assert [
        secret for secret in [*secrets, "Ana", "Ben", "HELDWORDS", "VEILEDWORDS"] if secret in whole
    ] == []
    hidden = [f for f in (*answers[1:], *frames) if "HIDDENWORDS" in json.dumps(f)]
    assert len(hidden) <= 1, "it may have been told before it was hidden, and never again"


def test_slides_are_told_what_is_allowed(app, forum, lead):
    """The plenary's wall, where the slides of all rooms are."""
    room = forum.rooms[1].id
    write(lambda: setattr(db.session.get(Room, room), "sort", "plenary"))
    plenary = lead(room=forum.rooms[1])
    plenary.act("slides.gather")
    plenary.hear()

    (slide,) = plenary.all("slide").values()

    assert set(slide) == set(ALLOWED["slide"].split())
