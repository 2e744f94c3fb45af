"""People who write a draft together with pycrdt, as material for tests."""

from __future__ import annotations

import random

import pycrdt

from facilitator.rooms import updates
from facilitator.worker.children import Child

WORDS = ("a", "bc", "Łódź ", "😀", "і це ", "x👩‍👧y", "word ", "\n", "ř")
ROOTS = ("title", "s:problem", "s:reasons", "p:abc123:what", "a:abc123:office")
ROWS = ("abc123.pos", "abc123.gone", "def456.pos")
LEVELS = ("city", "region", "employer")


class Hall:
    """Some writers, each with a copy, and the log of what they wrote."""

    def __init__(self, seed, writers=4):
        self.dice = random.Random(seed)
        self.documents = [pycrdt.Doc(client_id=n + 1) for n in range(writers)]
        self.log = []
        self._kept = [document.observe(self._note) for document in self.documents]

    def _note(self, happened):
        if not self.merging:
            self.log.append(happened.update)

    merging = False

    def write(self, times):
        """Let them write, and now and then hear of each other; in the end all know everything."""
        for _ in range(times):
            self._one(self.dice.choice(self.documents))
        self.meet(self.documents)
        self.meet(self.documents)

    def meet(self, documents):
        """Let these hear of each other."""
        self.merging = True
        for one in documents:
            for other in documents:
                one.apply_update(other.get_update(one.get_state()))
        self.merging = False

    def _one(self, document):
        dice, kind = self.dice, self.dice.random()
        text = document.get(dice.choice(ROOTS), type=pycrdt.Text)
        shown = str(text)
        place = dice.randint(0, len(shown))
        if kind < 0.6:
            text.insert(octets(shown, place), dice.choice(WORDS))
        elif kind < 0.85 and place < len(shown):
            end = min(len(shown), place + dice.randint(1, 5))
            del text[octets(shown, place) : octets(shown, end)]
        elif kind < 0.92:
            self._set_row(document)
        else:
            self.meet(dice.sample(self.documents, 2))

    def _set_row(self, document):
        dice = self.dice
        rows = document.get(dice.choice(("steps", "addressees")), type=pycrdt.Map)
        rows[dice.choice(ROWS)] = dice.random()
        asked = document.get("addressees", type=pycrdt.Map)
        asked["abc123.level"] = dice.choice(LEVELS)

    def texts(self):
        """What everybody reads."""
        read = {root: str(self.documents[0].get(root, type=pycrdt.Text)) for root in ROOTS}
        return {root: text for root, text in read.items() if text}

    def log_and_state(self):
        """The log so far, and how far each writer is."""
        return list(self.log), updates.read_state_vector(self.documents[0].get_state())


def octets(text, place):
    """A place in a text as pycrdt counts: in UTF-8."""
    return len(text[:place].encode())


def mutant(dice, log):
    """An update that somebody made worse: bits turned, numbers changed, pieces moved or doubled."""
    data = bytearray(dice.choice(log))
    for _ in range(dice.randint(1, 3)):
        place = dice.randrange(len(data)) if data else 0
        kind = dice.randrange(5)
        if kind == 0 and data:
            data[place] ^= 1 << dice.randrange(8)
        elif kind == 1 and data:
            data[place] = dice.choice((0, 1, 4, 8, 0x28, 0x44, 0x84, 0xC4, 0x88, 127, 128, 255))
        elif kind == 2 and data:
            data[place] = (data[place] + dice.choice((-2, -1, 1, 2))) % 256
        elif kind == 3:
            other = dice.choice(log)
            start = dice.randrange(len(other))
            data[place : place + dice.randrange(4)] = other[start : start + dice.randrange(12)]
        else:
            del data[place : place + dice.randrange(4)]
    return bytes(data)


def reading_child():
    """The worker's child that reads drafts."""
    return Child("facilitator.worker.reading")
