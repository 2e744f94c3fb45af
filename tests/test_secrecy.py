"""After closing, whoever holds all that remains knows no more of a paper than chance does.

The adversary has the database as a file with its log, row by row and byte by byte, and knows how the
product works: in which order operations were carried out and when, what was told of the tally, and
how papers are named.
"""

import hashlib
import hmac
import os
import random
import re
import time
from collections import Counter

import pytest
from sqlalchemy import select, text

from facilitator.access import ActorRef
from facilitator.actions import digest, perform
from facilitator.db import db
from facilitator.models import Ballot, Event, Op, Paper, Phase, Room, Seat, now
from facilitator.rooms.ballots import count_due
from facilitator.rooms.shredding import Shredder
from tests.running import House, Server, running

SOAK = bool(os.environ.get("SOAK"))
BALLOTS, VOTERS = 1_000 if SOAK else 150, 20
#: How much better than chance a guess may be; over fewer ballots chance itself strays further.
MARGIN = 0.02 if SOAK else 0.05
ANSWERS = ("yes", "no", "abstain")
KEY = re.compile(rb"[0-9a-f]{64}")


class Hall:
    """Votes held one after the other; who answered what is known to the test alone."""

    def __init__(self, house, folder):
        self.folder = folder
        self.house = house
        self.room = house.laid.rooms[0].id
        self.lead = ActorRef(self.room, grant_id=house.lead().id)
        self.seats = [house.seat(f"Sample {n}").id for n in range(VOTERS)]
        self.chance = random.Random(4)
        self.done = 0
        #: ballot → seat → answer
        self.truth = {}

    def act(self, who, name, **payload):
        self.done += 1
        return perform(who, name, f"secrecy-{self.chance.getrandbits(64):016x}", payload)

    def vote(self, number):
        """A vote as it comes about: one after the other, some change their minds, the tally runs."""
        self.act(self.lead, "ballot.close", ballot=self.open(number))

    def open(self, number):
        """The same, before it is closed."""
        asked = {"question": "Shall we?", "lang": "en", "method": "yes_no", "dots": None}
        ballot = self.act(self.lead, "ballot.open", **asked, subject="question", things=[])["id"]
        favour = self.chance.random()
        order = self.chance.sample(self.seats, VOTERS)
        truth = self.truth[ballot] = {}
        for seat in order + self.chance.sample(order, 2):
            answer = self.chance.choices(ANSWERS, [favour, 1 - favour, 0.1])[0]
            truth[seat] = answer
            self.act(
                ActorRef(self.room, seat_id=seat), "ballot.cast", ballot=ballot, marks={answer: 1}
            )
            if number % 10 == 0:
                count_due()
        return ballot

    def go(self, phase):
        """Move the room to its step for something."""
        steps = [step["phase"] for step in db.session.get(Room, self.room).agenda]
        self.act(self.lead, "room.move", to=steps.index(phase))

    def remains(self):
        """Every byte of the database and its log."""
        return b"".join(path.read_bytes() for path in self.folder.glob("facilitator.db*"))


@pytest.fixture(scope="module")
def hall(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("secrecy"))
    with House(server) as house:
        hall = Hall(house, server.folder)
        hall.go(Phase.DECIDE)
        for number in range(BALLOTS):
            hall.vote(number)
        Shredder().shred_due()
        yield hall


pytestmark = pytest.mark.slow


def score(hall, guesses):
    """By how much guesses {ballot: {seat: answer}} are right more often than chance.

    Chance deals the papers of a closed ballot, which everybody may see, to those who voted.
    """
    right = dealt = total = 0
    for ballot, guessed in guesses.items():
        truth = hall.truth[ballot]
        total += len(truth)
        right += sum(guessed.get(seat) == answer for seat, answer in truth.items())
        dealt += sum(many**2 for many in Counter(truth.values()).values()) / len(truth)
    return (right - dealt) / total


def guessed(hall, ballots):
    """Papers as they lie in the database, dealt to seats as their operations lie there."""
    cast, rowid = digest(hall.room, "ballot.cast", None), text("rowid")
    query = select(Op.seat_id, Op.at).where(Op.body == cast).order_by(rowid)
    ops = db.session.execute(query).all()
    found = {}
    for ballot in ballots:
        until = ballot.closed_at or now()
        # A paper stays where it lay when somebody changes their mind.
        seats = list(dict.fromkeys(seat for seat, at in ops if ballot.opened_at <= at <= until))
        papers = select(Paper.marks).where(Paper.ballot_id == ballot.id).order_by(rowid)
        marks = [next(iter(paper)) for paper in db.session.scalars(papers)]
        found[ballot.id] = dict(zip(seats, marks, strict=True))
    return found


def ballots(*, is_open):
    return db.session.scalars(select(Ballot).where(Ballot.is_open.is_(is_open))).all()


def test_the_order_of_papers_says_nothing_of_who_cast_them(hall):
    assert score(hall, guessed(hall, ballots(is_open=False))) <= MARGIN


def test_nothing_told_of_the_tally_says_whose_vote_changed_it(hall):
    rows = db.session.scalars(select(Event).where(Event.kind == "tally").order_by(Event.seq)).all()
    told = Counter(row.thing_id for row in rows if row.data)

    assert set(told.values()) == {1}


def test_no_key_is_left_in_any_byte(hall):
    papers = db.session.execute(select(Paper.ballot_id, Paper.voter)).all()
    names = {voter for _, voter in papers}
    seats = [uuid.encode() for uuid in db.session.scalars(select(Seat.uuid))]
    left = set(KEY.findall(hall.remains()))
    left -= {name.encode() for name in names}

    named = {
        hmac.new(bytes.fromhex(key.decode()), seat, hashlib.sha256).hexdigest()
        for key in left
        for seat in seats
    }

    assert not named & names
    assert db.session.scalars(select(Ballot.key).distinct()).all() == [None]


def test_the_adversary_would_see_it_if_it_did(hall):
    hall.open(0)

    assert score(hall, guessed(hall, ballots(is_open=True))) > 0.2


def test_a_running_server_destroys_the_key(tmp_path):
    server = Server(tmp_path)
    with House(server) as house, running(server):
        hall = Hall(house, tmp_path)
        hall.go(Phase.DECIDE)
        ballot = hall.open(0)
        [(key,)] = house.rows(select(Ballot.key))
        assert key.encode() in hall.remains()

        hall.act(hall.lead, "ballot.close", ballot=ballot)

        end = time.monotonic() + 20
        while key.encode() in hall.remains():
            assert time.monotonic() < end, "the key is still there"
            time.sleep(0.1)
