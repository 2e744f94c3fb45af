"""What somebody might send instead of an edit: crafted, spliced and bent updates, without end."""

from __future__ import annotations

from base64 import b64encode

from pycrdt import merge_updates

from facilitator.rooms import updates
from facilitator.rooms.encoding import numbers
from facilitator.rooms.updates import LEASED
from tests.edits import WORDS, mutant

ROOTS = ("title", "s:problem", "s:reasons", "p:abc123:what", "a:abc123:office")
ODD_ROOTS = (
    "body", "steps", "addressees", "", "s:", "p:x:who", "a:abc123:level", "title\0", "__proto__", "S:A",
)  # fmt: skip
STEP = b"\1\5steps\x0aabc123.pos"
LEVEL = b"\1\x0aaddressees\x0cabc123.level"
TITLE = b"\1\5title"
HUGE = (1 << 14, 1 << 31, (1 << 31) - 1, 1 << 32, (1 << 53) - 1, 1 << 53, (1 << 63) - 1)


class Hostile:
    """Somebody who knows the log, whose client ids are whose, and the format."""

    def __init__(self, dice, mine, others):
        self.dice = dice
        #: Client ids of our own, with the clock each has come to; and those of others.
        self.mine, self.others = mine, others
        #: Updates to bend: those that were heard.
        self.log = [updates.insertion(client, 0, "s:problem", "Hello ✋") for client in mine]

    def update(self):
        """The next one, as bytes."""
        dice = self.dice
        if dice.random() < 0.5:
            return self._bent()
        kinds = (
            self._nested, self._huge, self._foreign, self._second_root, self._gap, self._two_faced,
            self._crossed, self._hung, self._circle, self._deleting, self._noise, self._long,
            self._honest,
        )  # fmt: skip
        return dice.choice(kinds)()

    def coded(self):
        """The next one, as it travels; now and then not even that."""
        text = b64encode(self.update()).decode()
        if self.dice.random() > 0.02:
            return text
        return self.dice.choice((text[:-1], text + "=", text + "\n", "ż" + text, "-_" + text, ""))

    def _bent(self):
        return mutant(self.dice, self.log)

    def _place(self):
        """A unit that may be there."""
        client = self.dice.choice([*self.mine, *self.others])
        return client, self.dice.randrange(max(1, self.mine.get(client, 20)))

    def _own(self):
        client = self.dice.choice(list(self.mine))
        return client, self.mine[client]

    def _struct(self, info, rest, place=None):
        client, clock = place or self._own()
        return numbers(1, 1, client, clock) + bytes([info]) + rest + b"\0"

    def _nested(self):
        """Lists in lists, deeper than a stack; maps; all kinds of content that nest."""
        depth = self.dice.choice((1, 3, 100, 5_000, 12_000))
        opening = self.dice.choice((b"\x75\1", b"\x76\1\1a"))
        value = (opening * depth)[: updates.LARGEST - 50] + b"\x7e"
        kind = self.dice.choice((0x28, 0x28, 0x07, 0x06, 0x05, 0x02, 0x03, 0x09, 0x0A, 0x0B, 0x0C))
        return self._struct(kind, self.dice.choice((STEP, LEVEL)) + b"\1" + value)

    def _huge(self):
        """Counts and lengths beyond all measure."""
        huge = numbers(self.dice.choice(HUGE))
        client, clock = map(numbers, self._own())
        return self.dice.choice((
            huge + b"\0",
            b"\1" + huge + client + clock + b"\0",
            b"\1\1" + huge + clock + b"\4" + TITLE + b"\1a\0",
            b"\1\1" + client + huge + b"\4" + TITLE + b"\1a\0",
            b"\1\1" + client + clock + b"\0" + huge + b"\0",
            b"\1\1" + client + clock + b"\1" + TITLE + huge + b"\0",
            b"\1\1" + client + clock + b"\4" + TITLE + huge + b"a\0",
            b"\1\1" + client + clock + b"\x28" + STEP + huge + b"\x7e\0",
            b"\1\1" + client + clock + b"\x28" + STEP + b"\1\x77" + huge + b"a\0",
            b"\0" + huge,
            b"\0\1" + client + huge + b"\0\1",
            b"\0\1" + client + b"\1" + huge + b"\1",
            b"\0\1" + client + b"\1\0" + huge,
        ))  # fmt: skip

    def _foreign(self):
        """As somebody else, or as the server."""
        client = self.dice.choice([*self.others, LEASED, LEASED + self.dice.randrange(1 << 20)])
        return updates.insertion(client, self.dice.randrange(30), "title", self._words())

    def _second_root(self):
        root = self.dice.choice(ODD_ROOTS)
        text = updates.insertion(*self._own(), root, self._words())
        key = self.dice.choice(("abc123.pos", "abc123.level", "abc123.office", "__proto__"))
        entry = updates.setting(*self._own(), root, key, 1)
        keyed = self._struct(0x24, TITLE + b"\x0aabc123.pos\1a")
        return self.dice.choice((text, entry, keyed))

    def _gap(self):
        client, clock = self._own()
        later = clock + self.dice.choice((1, 2, 1_000, updates.MOST_UNITS))
        beyond = client, later
        return self.dice.choice((
            updates.insertion(client, later, "title", self._words()),
            updates.insertion(client, clock, "title", self._words(), after=beyond),
            updates.insertion(client, clock, "title", self._words(), before=beyond),
            updates.insertion(client, clock, "title", "x", after=(self.dice.randrange(1, 99), 7)),
        ))  # fmt: skip

    def _two_faced(self):
        """Other words under clocks that are taken."""
        client, clock = self._own()
        start = self.dice.randrange(clock) if clock else 0
        return updates.insertion(client, start, self.dice.choice(ROOTS), self._words() * 3)

    def _crossed(self):
        """Between two units that do not stand side by side, or not even in one text."""
        after, before = self._place(), self._place()
        if self.dice.random() < 0.3:
            value = self.dice.choice((1, True, "city", "king", "x" * 200, None))
            root, key = self.dice.choice((("steps", "pos"), ("addressees", "level")))
            return updates.setting(*self._own(), root, f"abc123.{key}", value, after=after)
        return updates.insertion(*self._own(), "title", self._words(), after=after, before=before)

    def _hung(self):
        """A number on a letter, where it would be counted and not be seen; a letter on a number."""
        place, dice = self._place(), self.dice
        client, clock = self._own()
        entry = updates.setting(client, clock, "steps", "abc123.pos", dice.random())
        number = b"\1\x7d" + numbers(dice.randrange(60))
        near = self._struct(dice.choice((0x48, 0x88)), numbers(*place) + number)
        last = max(0, clock - 1)
        lie = updates.setting(client, last, "steps", "abc123.pos", 1)
        on_lie = updates.setting(client, clock, "steps", "abc123.pos", 2, after=(client, last))
        on_entry = self._struct(0x84, numbers(client, clock) + b"\1a", (client, clock + 1))
        both = merge_updates(lie, on_lie)
        return dice.choice((near, near, both, entry, merge_updates(entry, on_entry)))

    def _circle(self):
        """Two clients, each beside what the other has not written yet."""
        (one, at), (other, then) = self._own(), self._own()
        if one == other:
            other, then = self.dice.randrange(1, LEASED), 0
        structs = b""
        for client, clock, near in ((one, at, (other, then)), (other, then, (one, at))):
            structs += numbers(1, client, clock) + b"\x84" + numbers(*near) + b"\1a"
        return b"\2" + structs + b"\0"

    def _deleting(self):
        """What is there, what is not, all of it, many times."""
        client, clock = self._place()
        length = self.dice.choice((1, 5, 1_000, updates.MOST_UNITS))
        times = self.dice.choice((1, 2, 500))
        return numbers(0, 1, client, times) + numbers(clock, length) * times

    def _noise(self):
        return self.dice.randbytes(self.dice.choice((0, 1, 2, 7, 40, 500)))

    def _long(self):
        """Many small structs, or one text as long as there may be and longer."""
        client, clock = self._own()
        count = self.dice.choice((50, 5_000, 5_100))  # more is cut off as a message
        many = numbers(1, count, client, clock) + (b"\4" + TITLE + b"\1a") * count + b"\0"
        text = updates.insertion(client, clock, "title", "ż" * self.dice.choice((1_000, 16_300)))
        emptied = self._struct(1, TITLE + numbers(self.dice.choice((1_000, 90_000, 999_999))))
        return self.dice.choice((many, text, emptied))

    def _honest(self):
        """What fits, so that there is more to bend."""
        return updates.insertion(*self._own(), self.dice.choice(ROOTS), self._words())

    def _words(self):
        return self.dice.choice(WORDS)
