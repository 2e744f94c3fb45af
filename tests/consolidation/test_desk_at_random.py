"""Two editors do at the desk whatever is possible, while rooms write on. At every moment:

each of the rooms' texts is in one place at most and can be reached, each passage leads to words of a
stored revision, nothing typed is lost by what others do, and each step can be taken back.
"""

import os
import random
from collections import Counter
from functools import cache

import pytest

from facilitator.actions import Refused
from facilitator.models import Phase, Role
from tests.consolidation.conftest import STEP, entry, passages_of, roots, stored
from tests.consolidation.writing import change, render, type_into
from tests.edits import octets

SOAK = bool(os.environ.get("SOAK"))
SEEDS, DEEDS = (20, 80) if SOAK else (3, 20)
#: What comes about in every run, however long that takes.
WANTED = {"desk.merge", "desk.split", "desk.pull_passage", "write"}
#: What editors type: a character of its own for each edit, so that each can be found again.
MARKS = map(chr, range(0xF0000, 0xFFF00))


class Editors:
    """Two who work at the desk at once, by chance."""

    def __init__(self, desks, room, texts, dice):
        self.desks, self.room, self.texts, self.dice = desks, room, texts, dice
        #: The marks that were typed into each text.
        self.typed = {}
        self.done = Counter()

    @property
    def desk(self):
        one = self.dice.choice(self.desks)
        one.hear()
        return one

    def any(self, kind):
        there = sorted(self.desk.all(kind))
        return self.dice.choice(there) if there else 0

    def deed(self):
        """The name and the payload of something that can be asked for."""
        entries = self.desk.all("recommendation")
        asked = {"recommendation": self.any("recommendation")}
        into = {"chapter": self.any("chapter")}
        placed = {source["origin"] for one in entries.values() for source in one["sources"]}
        free = [one for one in self.texts if one not in placed or self.dice.random() < 0.1]
        both = self.dice.sample([*free, *sorted(entries), 0, 0], 2)
        words = {"title": {"en": self.dice.choice("XYZ")}}
        choices = [
            ("chapter.add", words),
            ("chapter.edit", {"id": self.any("chapter"), **words, "position": 0}),
            ("chapter.remove", {"id": self.any("chapter")}),
            ("desk.place", {"recommendation": self.dice.choice(self.texts), **into}),
            ("desk.merge", {"recommendations": both, **into, "title": "Both"}),
            ("desk.move", {**asked, **into, "position": self.dice.randrange(3)}),
            ("desk.adopt", {**asked, "on": self.dice.random() < 0.3}),
            ("desk.remove", asked),
            ("desk.split", self._split(entries)),
            ("write", asked),
            ("desk.pull_passage", self._pull(entries)),
        ]
        return self.dice.choices(choices, (1, 1, 0.3, 3, 9, 1, 1, 0.5, 9, 7, 7))[0]

    def _pull(self, entries):
        """Some words of a source, as its room has them now."""
        one = self.dice.choice([*entries.values()] or [{"id": 0, "sources": []}])
        origins = [source["origin"] for source in one["sources"]] * 3
        origin = self.dice.choice([*origins, self.dice.choice(self.texts)])
        said = entry(origin).draft.text["sections"]["problem"].split(" ")
        words = " ".join(said[self.dice.choice([0, 0, -1]) :])
        return {"recommendation": one["id"], "origin": origin, "section": "problem", "words": words}

    def _split(self, entries):
        merged = [one for one in entries.values() if len(one["sources"]) > 1]
        if not merged:
            return {"recommendation": self.any("recommendation"), "apart": []}
        one = self.dice.choice(merged)
        origins = [source["origin"] for source in one["sources"]]
        self.dice.shuffle(origins)
        apart = [origins[self.dice.randrange(len(origins)) :]]  # at times all: refused
        if self.dice.random() < 0.5:
            apart = [[origin] for origin in apart[0]]
        parts = [{"origins": going, "title": "Apart"} for going in apart]
        return {"recommendation": one["id"], "apart": parts}

    def act(self):
        """Do something; its name, and None if it was refused."""
        try:
            name, payload = self.deed()
            if name == "write":
                self.write(**payload)
            else:
                before = self.marks(payload)
                done = self.desk.act(name, **payload)
                self.read()
                self.kept(name, before, done)
        except Refused:
            return None
        self.done[name] += 1
        return name

    def write(self, recommendation):
        """Type into a text of the document, or take words out of it."""
        if not recommendation:
            return
        texts = roots(entry(recommendation).draft.text)
        del texts["title"]  # whoever merges gives another
        root = self.dice.choice([*sorted(texts), *["s:problem"] * 4])
        words = texts.get(root, "")
        place = self.dice.choice([0, self.dice.randint(0, len(words))])
        if self.dice.random() < 0.3 and words and max(words) < "\U000f0000":
            end = octets(words, min(len(words), place + self.dice.choice([3, 30])))
            cut = slice(octets(words, place), end)
            change(self.desk, recommendation, root, lambda text: text.__delitem__(cut))
            return
        mark = next(MARKS)
        type_into(self.desk, recommendation, root, words[:place], mark)
        self.typed.setdefault(recommendation, set()).add(mark)

    def marks(self, payload):
        """What editors have typed into the texts that a step is about."""
        about = payload.get("recommendations", [payload.get("recommendation")])
        return {mark for one in about for mark in self.typed.get(one, ())}

    def kept(self, name, before, done):
        """After merging, and in the first after splitting, all of it is there."""
        if name not in {"desk.merge", "desk.split"}:
            return
        made = done["ids"][0] if name == "desk.split" else done["id"]
        text = "".join(roots(entry(made).draft.text).values())
        assert {mark for mark in before if mark not in text} == set()
        self.typed[made] = before

    def undo(self, step):
        """Take a step back, with all that builds on it; what was undone."""
        try:
            undone = self.desk.act("desk.undo", step=step, also=[])["undone"]
        except Refused as refusal:
            if refusal.code != "conflict":
                return []
            also = refusal.values["steps"]
            undone = self.desk.act("desk.undo", step=step, also=also)["undone"]
        self.read()
        return undone

    def read(self):
        """Have every text of the document read that steps have written in."""
        for number in self.desk.all("recommendation"):
            draft = entry(number).draft
            if draft.seq != draft.rendered_seq:
                render(number)


def picture(desk):
    """All of the desk but its edit log and the cards of the rooms."""
    desk.hear()
    return {key: data for key, data in desk.things.items() if key[0] not in ("step", "room")}


def reading(seen):
    """A picture without how far the log of each text is, and that of each source."""
    things = {}
    for key, data in seen.items():
        kept = {name: value for name, value in data.items() if name != "seq"}
        if "sources" in data:
            kept["sources"] = [{**source, "revision": None} for source in data["sources"]]
        things[key] = kept
    return things


def sound(editors):
    """What must hold at every moment; and the picture of the desk then."""
    first, second = editors.desks
    seen = picture(first)
    assert picture(second) == seen
    assert first.things == first.fresh()
    live = first.all("recommendation")
    origins = [source["origin"] for one in live.values() for source in one["sources"]]
    assert len(origins) == len(set(origins)), "a text is counted twice"
    assert {one["chapter"] for one in live.values()} <= set(first.all("chapter"))
    for number, one in live.items():
        accounted(number, {source["id"] for source in one["sources"]})
    return seen


#: What is stored does not change: it is read once.
words_of = cache(stored)


def accounted(number, sources):
    """Each word of a room leads to the same words in a stored revision of that room's text."""
    found = entry(number).draft
    texts = roots(found.text)
    known = " ".join(map(words_of, passages_of(number).values()))
    for cut in found.text.get("passages", ()):
        assert cut["source"] in sources
        assert set(texts[cut["root"]][cut["start"] : cut["end"]]) <= set(known)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(SEEDS))
def test_desk_holds_whatever_two_editors_do(  # noqa: PLR0917 - fixtures
    seed, desk, chapter, lead, forum, text
):
    words_of.cache_clear()
    texts = [
        text(name, room=forum.rooms[at % 2], problem=f"{name} is missing. 👍", steps=[STEP])
        for at, name in enumerate("ABCDE")
    ]
    room = lead()
    room.go(Phase.DRAFT)
    here = [one for at, one in enumerate(texts) if at % 2 == 0]
    editors = Editors(
        [desk, lead(Role.ORGANISER, room=forum.desk)], room, texts, random.Random(seed)
    )
    dice = editors.dice
    while editors.done.total() < DEEDS or not editors.done.keys() >= WANTED:
        before, done = sound(editors), editors.act()
        if done is None:
            assert picture(desk) == before
        elif done != "write" and dice.random() < 0.3:
            sound(editors)
            last = max(desk.all("step"))
            assert editors.undo(last) == [last]
            after = sound(editors)
            if done == "desk.pull_passage":  # its words stay in the log
                before, after = reading(before), reading(after)
            assert after == before
        if dice.random() < 0.04 and desk.all("step"):
            editors.undo(editors.any("step"))
        if dice.random() < 0.1:
            change(room, dice.choice(here), "s:problem", lambda text_: text_.insert(0, "Later. "))
    desk.hear()
    for step in sorted(desk.all("step")):
        editors.undo(step)
    assert {kind for kind, _ in sound(editors)} <= {"people"}


def test_room_s_text_can_be_read_as_it_was_taken_over(desk, chapter, lead, text):
    one = text(problem="Five queues.")
    made = desk.act("desk.place", recommendation=one, chapter=chapter)["id"]
    room = lead()
    room.go(Phase.DRAFT)
    change(room, one, "s:problem", lambda words: words.insert(0, "Not really. "))

    assert "Five queues." in {stored(passage) for passage in passages_of(made).values()}
    again = desk.act(
        "desk.merge", recommendations=[made, text("B", problem="B.")], chapter=chapter, title="X"
    )
    assert "Five queues." in {stored(passage) for passage in passages_of(again["id"]).values()}
