"""A plenary and its desk do whatever is possible, by chance. At every moment:

what the document says of the plenary is what the stored papers add up to, none of it is in the
figures of the rooms, nobody and no text is counted twice, and what is adopted reads as it was put,
with what the floor has changed.
"""

import os
from collections import Counter
from contextlib import suppress
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from facilitator.access import ActorRef
from facilitator.actions import Refused
from facilitator.consolidation.compose import compose
from facilitator.consolidation.names import entry_id, short
from facilitator.db import db, write
from facilitator.models import Ballot, DraftClient, Paper, Phase, Recommendation, Role
from facilitator.rooms.reopening import hash_of
from tests import make
from tests.conftest import Phone
from tests.consolidation.conftest import entry, roots, write_text
from tests.consolidation.writing import accept, open_copy, read_log, render, type_into

MOST = 200 if os.environ.get("SOAK") else 12
SEATS = 7
CODES = count(1)
#: What the floor and the editors put in: a character of its own each, to be found again.
MARKS = map(chr, range(0xF0000, 0xFFF00))
ANSWERS = ("yes", "yes", "no", "abstain", None)

OFTEN = {"cast": 6, "amend": 3, "ask": 2, "close": 2, "survey": 2}
SELDOM = (
    *("put", "put_all", "ask_whole", "again", "drop", "reserve", "take_back", "reopen"),
    *("write", "place", "merge", "remove", "adopt", "undo"),
)
VERBS = [*SELDOM, *(verb for verb, times in OFTEN.items() for _ in range(times))]
MOVES = st.tuples(st.sampled_from(VERBS), st.integers(0, 9999))


class Hall:
    """A forum with four texts of its rooms, three of them in the document, and a plenary.

    What has come about is noted here by what was answered, and compared with what is stored.
    """

    def __init__(self):
        self.laid = write(lambda: make.forum(code=f"{next(CODES):05}R"))
        hall = write(lambda: make.plenary(self.laid))
        self.desk = self._staff(self.laid.desk, Role.ORGANISER)
        self.clock = Phone(ActorRef(self.laid.desk.id, role=Role.CLOCK))
        self.chair, self.room = self._staff(hall, Role.FACILITATOR), hall.uuid
        self.seats = [self._seat(hall, n % 2) for n in range(SEATS)]
        self.chapter = self.desk.act("chapter.add", title={"en": "A"}, intro="", track=None)["id"]
        self.texts = [self._text(n) for n in range(4)]
        #: How the rooms voted on theirs: for, and of how many.
        self.said = {self.texts[0]: (2, 3), self.texts[1]: (1, 2)}
        for text, (favour, voters) in self.said.items():
            self._vote(self.laid.rooms[self.texts.index(text) % 2], text, favour, voters)
        self.entries = [self._place(text) for text in self.texts[:3]]
        #: Of texts in the plenary, by entry; then by their numbers there.
        self.motions = {}
        self.outcome, self.words, self.adopted, self.by, self.whole = {}, {}, {}, {}, {}
        self.accepted, self.marks = {}, {}
        #: Who answered what, by ballot; which texts it is about.
        self.cast, self.about = {}, {}

    def _staff(self, room, role):
        return Phone(ActorRef(room.id, grant_id=write(lambda: make.grant(self.laid, role)).id))

    def _seat(self, room, sector):
        return Phone(
            ActorRef(room.id, seat_id=write(lambda: make.seat(self.laid, "X", room, sector)).id)
        )

    def _text(self, n):
        return write_text(self.laid.rooms[n % 2], f"Text {n}", problem=f"There is no {n} here.")

    def _place(self, text):
        return self.desk.act("desk.place", recommendation=text, chapter=self.chapter)["id"]

    def _vote(self, room, text, favour, voters):
        leader = self._staff(room, Role.FACILITATOR)
        leader.go(Phase.ADOPT)
        ballot = leader.act("ballot.adopt", recommendation=text)["id"]
        for n in range(voters):
            marks = {"yes" if n < favour else "no": 1}
            self._seat(room, 0).act("ballot.cast", ballot=ballot, marks=marks)
        leader.act("ballot.close", ballot=ballot)

    # ---- Moves ----

    def move(self, verb, n):
        """One thing is done; what is refused changes nothing."""
        with suppress(Refused):
            getattr(self, f"_do_{verb}")(n)

    def _motion(self, n):
        found = sorted(self.motions.values())
        return found[n % len(found)] if found else 0

    def _entry(self, n):
        self.desk.hear()
        found = sorted(self.desk.all("recommendation"))
        return found[n % len(found)] if found else 0

    def _ballot(self, n, *, is_open):
        db.session.rollback()
        query = select(Ballot.id).where(Ballot.id.in_(self.cast), Ballot.is_open.is_(is_open))
        found = sorted(db.session.scalars(query))
        return found[n % len(found)] if found else 0

    def _do_put(self, n):
        self._put([self._entry(n), self._entry(n // 7)])

    def _do_put_all(self, _):
        self.desk.hear()
        self._put(sorted(self.desk.all("recommendation")))

    def _put(self, entries):
        reads = {one: problem(one) for one in entries if one}
        self.desk.act("motion.put", room=self.room, recommendations=entries)
        query = select(Recommendation.entry_id, Recommendation.id)
        there = query.where(Recommendation.entry_id.in_(entries))
        db.session.rollback()
        for one, motion in db.session.execute(there).all():
            if self.words.get(motion) != reads[one] or self.outcome[motion] == "withdrawn":
                self.outcome[motion] = "open"
            self.motions[one], self.words[motion] = motion, reads[one]

    def _do_take_back(self, n):
        motion = self._motion(n)
        self.desk.act("motion.withdraw", motion=motion)
        self.outcome[motion] = "withdrawn"

    def _do_ask(self, n):
        motion = self._motion(n)
        ballot = self.chair.act("ballot.adopt", recommendation=motion)["id"]
        self.cast[ballot], self.about[ballot] = {}, [motion]

    def _do_ask_whole(self, _):
        waiting = [one for one, outcome in self.outcome.items() if outcome == "open"]
        asked = {"question": "All of it?", "lang": "en"}
        self._ask_whole(self.chair.act("ballot.adopt_whole", **asked)["id"], waiting)

    def _ask_whole(self, ballot, motions):
        self.cast[ballot], self.about[ballot] = {}, motions
        self.whole |= dict.fromkeys(motions, ballot)

    def _do_again(self, n):
        earlier = self._ballot(n, is_open=False)
        face = self.chair.act("ballot.again", ballot=earlier)
        if face["whole"]:
            of_it = [one for one, ballot in self.whole.items() if ballot == earlier]
            self._ask_whole(face["id"], of_it)
        else:
            self.cast[face["id"]], self.about[face["id"]] = {}, self.about[earlier]

    def _do_cast(self, n):
        ballot, seat, word = self._ballot(n, is_open=True), n % SEATS, ANSWERS[n // 11 % 5]
        self.seats[seat].act("ballot.cast", ballot=ballot, marks={word: 1} if word else {})
        if word:
            self.cast[ballot][seat] = word
        else:
            self.cast[ballot].pop(seat, None)

    def _do_close(self, n):
        ballot = self._ballot(n, is_open=True)
        self.chair.act("ballot.close", ballot=ballot)
        counts = Counter(self.cast[ballot].values())
        came = "adopted" if counts["yes"] > counts["no"] else "rejected"
        for motion in self.about[ballot]:
            self.outcome[motion], self.by[motion] = came, ballot
            self.adopted[motion] = self.words[motion]

    def _do_reopen(self, n):
        motion = self._motion(n)
        self.chair.act("recommendation.reopen", id=motion, text="New facts.", lang="en")
        self.outcome[motion] = "open"

    def _do_reserve(self, n):
        self.seats[n % SEATS].act(
            "reservation.make", recommendation=self._motion(n), text="Too soon.", lang="en"
        )

    def _do_amend(self, n):
        """Somebody suggests other words for three letters; who leads accepts that, or does not."""
        motion = self._motion(n)
        if not motion:
            return
        words = self.words[motion]
        start = n // 3 % len(words)
        quote, put = words[start : start + 3], next(MARKS)
        if words.index(quote) != start or max(quote) >= "\U000f0000":
            return
        seat = self.seats[n % SEATS]
        made = seat.act("suggestion.make", **self._suggested(motion), quote=quote, put=put)["id"]
        if n % 5 == 0:
            self.chair.act("suggestion.decline", id=made, text="No.", lang="en")
            return
        accept(self.chair, motion, made, quote, put)
        self.words[motion] = words.replace(quote, put, 1)
        self.accepted.setdefault(motion, []).append(made)
        self.marks.setdefault(motion, set()).add(put)

    def _suggested(self, motion):
        """What a browser says of a passage: which words it means is up to whoever accepts."""
        _, got = open_copy(motion)
        query = select(DraftClient.client_id).filter_by(draft_id=motion)
        client = db.session.scalars(query.where(DraftClient.next_clock > 0)).first()
        asked = {"recommendation": motion, "epoch": got["epoch"], "root": "s:problem"}
        return {**asked, "units": [[client, 0, 1]], "text": "", "lang": "en"}

    def _do_drop(self, n):
        """Who leads takes out what was suggested, also if it was accepted."""
        motion = self._motion(n)
        found = self.accepted.get(motion, [])
        if found:
            self.chair.act("suggestion.withdraw", id=found[-1])
            found.pop()

    def _do_write(self, n):
        one = self._entry(n)
        words = problem(one) if one else ""
        if not words:
            return
        type_into(self.desk, one, "s:problem", words[: n // 3 % len(words)], next(MARKS))

    def _do_place(self, n):
        self._place(self.texts[n % 4])

    def _do_merge(self, n):
        both = [self._entry(n), self.texts[n // 7 % 4] if n % 2 else self._entry(n // 7)]
        asked = {"recommendations": both, "chapter": self.chapter, "title": "Both"}
        self.desk.act("desk.merge", **asked)

    def _do_remove(self, n):
        if n % 3 == 0:
            self.desk.act("desk.remove", recommendation=self._entry(n))

    def _do_adopt(self, n):
        self.desk.act("desk.adopt", recommendation=self._entry(n), on=bool(n % 2))

    def _do_undo(self, n):
        self.desk.hear()
        steps = sorted(self.desk.all("step"))
        asked = steps[-1 - n % min(5, len(steps))]
        also = [step for step in steps if step > asked]
        self.desk.act("desk.undo", step=asked, also=also)

    def _do_survey(self, _):
        """The desk hears of the plenary, and what came from there is read."""
        self.clock.act("desk.survey")
        db.session.rollback()
        query = select(Recommendation.id).where(Recommendation.room_id == self.laid.desk.id)
        for one in db.session.scalars(query).all():
            if entry(one).draft.rendered_seq < entry(one).draft.seq:
                render(one)

    # ---- What holds ----

    def check(self):
        """Compare the document with what is stored, and with what was answered."""
        db.session.rollback()
        document = compose(self.laid.id)
        self.desk.hear()
        live = self.desk.all("recommendation")
        names = {entry_id(entry(one)): one for one in live}
        assert sorted(names) == sorted(one.id for one in document.recommendations)
        origins = [source["origin"] for one in live.values() for source in one["sources"]]
        assert len(origins) == len(set(origins)), "a text is counted twice"
        assert document.method.figures["drafts"] == len(self.texts)
        for printed in document.recommendations:
            self._supported(printed, {one["origin"] for one in live[names[printed.id]]["sources"]})
            self._decided(printed, names[printed.id])
        wholes = {self._whole(names[one.id]) for one in document.recommendations} - {None}
        assert sorted(one.id for one in document.method.whole) == sorted(wholes)
        for told in document.method.whole:
            self._counted(told)

    def _supported(self, printed, origins):
        """Of the rooms it says what they voted, each once, and nothing of the plenary."""
        said = sorted(self.said[one] for one in origins if one in self.said)
        assert sorted((one.in_favour, one.voters) for one in printed.support.ballots) == said
        rooms = len(origins & set(self.texts))
        assert not any("Plenary" in room for room in printed.support.rooms)
        assert len(printed.support.rooms) <= rooms

    def _decided(self, printed, number):
        """What it says of the plenary: the last that was made of the text, and how it reads."""
        told, motion = printed.plenary, self.motions.get(number)
        if motion is None:
            assert told is None
            return
        there = entry(motion)
        assert roots(read_log(motion, there.draft.seq))["s:problem"] == self.words[motion]
        assert told.hash == hash_of(there.draft.text)
        assert told.changed == (problem(number) != self.words[motion])
        assert told.outcome == self.outcome[motion]
        assert told.amended == len(self.accepted.get(motion, []))
        assert told.whole == self._whole(number)
        if told.outcome not in {"adopted", "rejected"}:
            assert told.ballot is None
        elif not told.whole:
            assert told.ballot.id == short(db.session.get(Ballot, self.by[motion]).uuid)
            self._counted(told.ballot)
        if told.outcome == "adopted":
            as_adopted = read_log(motion, there.adopted_seq)
            assert there.adopted_hash == hash_of(as_adopted)
            assert roots(as_adopted)["s:problem"] == self.adopted[motion] == self.words[motion]

    def _whole(self, number):
        """By which vote on the whole a text was decided, as the document names it."""
        motion = self.motions.get(number)
        if self.outcome.get(motion) not in {"adopted", "rejected"}:
            return None
        ballot = db.session.get(Ballot, self.by[motion])
        return short(ballot.uuid) if ballot.whole else None

    def _counted(self, told):
        """The figures are those of the papers: one of each who answered."""
        [ballot] = [one for one in self.cast if short(ballot_uuid(one)) == told.id]
        papers = db.session.scalars(select(Paper.marks).filter_by(ballot_id=ballot)).all()
        counts = Counter(word for marks in papers for word in marks)
        assert counts == Counter(self.cast[ballot].values())
        assert {one.option: one.votes for one in told.totals if one.votes} == counts
        assert (told.voters, told.in_favour) == (len(papers), counts["yes"])

    def settle(self):
        """When the desk has heard of all, it has what the floor changed, and a log of all votes."""
        while self._ballot(0, is_open=True):
            self._do_close(0)  # a text that is voted on stays as it is
        self._do_survey(0)
        self._do_survey(0)
        self.check()
        for number in self.desk.all("recommendation"):
            words = problem(number)
            for mark in self.marks.get(self.motions.get(number), ()):
                assert words.count(mark) == 1
        steps = self.desk.all("step").values()
        closed = [one for one in self.cast if not db.session.get(Ballot, one).is_open]
        assert len([step for step in steps if step["name"] == "motion.decide"]) == len(closed)
        assert self.desk.things == self.desk.fresh()


def problem(number):
    return roots(entry(number).draft.text)["s:problem"]


def ballot_uuid(ballot):
    return db.session.get(Ballot, ballot).uuid


@pytest.mark.slow
@settings(
    max_examples=MOST, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(moves=st.lists(MOVES, min_size=15, max_size=50))
def test_plenary_is_told_as_it_was_whatever_is_done(app, moves):
    hall = Hall()
    hall.move("put_all", 0)
    for move in moves:
        hall.move(*move)
        hall.check()
    hall.settle()
