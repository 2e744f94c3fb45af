"""People who write one draft over real sockets, lose the line, and come back: tests and benches."""

from __future__ import annotations

import asyncio
import random
import re
import time
from base64 import b64decode, b64encode
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise

import pycrdt
from sqlalchemy import select

from facilitator.models import Draft, DraftUpdate, Phase
from tests.edits import LEVELS, octets
from tests.phones import Cut, Phone, until

#: The first is for whole markers, which are counted; the second for whatever people do to words.
MARKED, WILD = "s:problem", "s:reasons"
MARKER = re.compile(r"<[^>]*>")
#: Polish, Czech, Ukrainian; units outside the first plane, joined ones, and marks that combine.
WORDS = (
    "żółw ", "Gęś", "příští ", "ďábel", "їжак ", "Ґанок", "🐢", "👩‍👩‍👧 ", "🇺🇦", "e\u0301\u0328a ", "Z\u0335", "\n",
)  # fmt: skip


class Writer(Phone):
    """A page with a draft open: a copy that the server has told and that can be written in."""

    def __init__(self, ports, who, draft, seed=0):
        self.draft = draft
        self.dice = random.Random(f"{seed} {who.id}")
        self.doc = self.epoch = None
        self.seq_of_draft = 0
        self.pieces, self.flying, self.joined = deque(), None, False
        self.early_edits = []
        self.acks = []
        super().__init__(ports, who)

    async def come_in(self):
        await super().come_in()
        await self.join()

    async def join(self):
        """Learn what this copy lacks; what the server lacks goes out next, as one edit."""
        self.joined, self.early_edits = False, []
        has = self.doc.get_state() if self.doc else b"\0"
        asked = {"recommendation": self.draft, "epoch": self.epoch, "sv": b64encode(has).decode()}
        got = (await self.line.ask("join", asked))["ok"]
        if self.doc is None:
            self._begin(got["client"])
        assert self.epoch in (None, got["epoch"])
        self.epoch, self.seq_of_draft = got["epoch"], got["seq"]
        self.learn(got["update"])
        self.flying = None
        self.pieces = deque([self.doc.get_update(b64decode(got["sv"]))])
        self.joined = True
        for frame in self.early_edits:
            self.edited(frame)
        self.added.set()

    def _begin(self, client):
        self.doc = pycrdt.Doc(client_id=client)
        self.text, self.wild = (self.doc.get(root, type=pycrdt.Text) for root in (MARKED, WILD))
        self.steps = self.doc.get("steps", type=pycrdt.Map)
        self.asked = self.doc.get("addressees", type=pycrdt.Map)
        self.doc.observe(self.changed)

    def changed(self, event):
        if not self.learning:
            self.pieces.append(event.update)
            self.added.set()

    learning = False

    def learn(self, update):
        self.learning = True
        self.doc.apply_update(b64decode(update))
        self.learning = False

    def heard(self, message):
        super().heard(message)
        if message[0] == "draft":
            self.edited(message[1])

    def edited(self, frame):
        if not self.joined:
            self.early_edits.append(frame)
        elif frame["since"] > self.seq_of_draft:
            self.rejoining = asyncio.ensure_future(self.rejoin())
        elif frame["seq"] > self.seq_of_draft:
            for kind, _, update in frame["things"]:
                assert kind == "update"
                self.learn(update)
            self.seq_of_draft = frame["seq"]

    async def rejoin(self):
        with suppress(Cut, TimeoutError):  # coming back joins as well
            await self.join()

    async def send_all(self):
        await super().send_all()
        while self.pieces:
            parts, self.pieces = list(self.pieces), deque()
            self.flying = pycrdt.merge_updates(*parts) if len(parts) > 1 else parts[0]
            edit = {
                "recommendation": self.draft,
                "epoch": self.epoch,
                "update": b64encode(self.flying).decode(),
            }
            began = time.monotonic()
            answer = await self.line.ask("act", "draft.update", f"{random.random():.16f}", edit)
            if answer.get("code") == "retry":  # something it builds on is not there: begin again
                await asyncio.sleep(0.05)
                await self.join()
                continue
            assert "ok" in answer, answer
            self.acks.append(time.monotonic() - began)
            self.flying = None

    @property
    def saved(self):
        return self.joined and not self.pieces and self.flying is None and not self.added.is_set()

    async def go_under(self, seconds):
        """Lose the network, and write on."""
        self.network.clear()
        self.line.writer.transport.abort()
        await asyncio.sleep(seconds)
        self.network.set()

    # ---- Writing ----

    def edit(self, number, told):
        """Do one thing to the text, or two at once."""
        kind = self.dice.random()
        if kind < 0.5:
            told.written.append(self._mark(number))
        elif kind < 0.6 and (marks := MARKER.findall(str(self.text))):
            gone = self.dice.choice(marks)
            start = str(self.text).encode().index(gone.encode())
            del self.text[start : start + len(gone.encode())]
            told.deleted.add(gone)
        else:
            self._spoil()
        self.steps[f"step{self.who.id:04}.pos"] = float(number)
        self.asked["office01.level"] = self.dice.choice(LEVELS)
        told.edits += 1

    def _mark(self, number):
        """Put a marker between two others."""
        marker = f"<{self.who.id}.{number} {self.dice.choice(WORDS)}🐢>"
        written = str(self.text).encode()
        between = [0, *(place + 1 for place, letter in enumerate(written) if letter in b">")]
        self.text.insert(self.dice.choice(between), marker)
        return marker

    def _spoil(self):
        """Write into a word, take some of it away, or put another in its place."""
        shown, dice = str(self.wild), self.dice
        # Often in the same word as the others.
        start = dice.randint(0, len(shown) if dice.random() < 0.5 else min(8, len(shown)))
        end = min(len(shown), start + dice.randint(1, 6))
        places = octets(shown, start), octets(shown, end)
        kind = dice.random()
        with self.doc.transaction():
            if kind < 0.5 and end > start:
                del self.wild[places[0] : places[1]]
            if kind > 0.3:
                self.wild.insert(places[0], dice.choice(WORDS))


@dataclass
class Told:
    """What a story has come to."""

    edits: int = 0
    cuts: int = 0
    kills: int = 0
    #: Markers in the order of writing, and those that somebody has taken away.
    written: list[str] = field(default_factory=list)
    deleted: set[str] = field(default_factory=set)
    acks: list[float] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    converged: bool = False

    def weigh(self, text):
        """Look for each marker in a text; a line that was there is there once."""
        counts = {marker: text.count(marker) for marker in self.written}
        self.lost = [m for m, n in counts.items() if not n and m not in self.deleted]
        most = {marker: marker not in self.deleted for marker in counts}
        self.doubled = [marker for marker, count in counts.items() if count > most[marker]]


async def people_writing(house, servers, victims, *, seed, writers, edits, pace=0.15):
    """People write while servers are killed and lines are cut, until all is stored: what came of it.

    Also who leads, and all pages: the last has come late. They go on listening.
    """
    ports = [server.port for server in servers]
    lead = Phone(ports, house.lead())
    draft = await a_draft(lead)
    pages = [Writer(ports, house.seat(f"W{n}"), draft, seed) for n in range(writers)]
    await until(lambda: all(page.joined for page in pages))
    told = Told()
    each = -(-edits // writers)
    working = [asyncio.ensure_future(work(page, each, told, pace)) for page in pages]
    for number, victim in enumerate(victims, 1):
        await until(lambda: told.edits >= number * writers * each // (len(victims) + 1))  # noqa: B023
        victim.kill()
        told.kills += 1
        await asyncio.to_thread(victim.start)
    await asyncio.gather(*working)
    await until(lambda: all(page.saved for page in pages))
    # A last frame that was lost leaves no gap behind: a page joins again now and then.
    await asyncio.gather(*(page.rejoin() for page in pages))
    await until(lambda: all(page.saved for page in pages))
    await until(lambda: len({page.seq_of_draft for page in pages}) == 1)
    late = Writer(ports, house.seat("Late"), draft)
    await until(lambda: late.joined)
    everybody = [*pages, late]
    copies = [read(page.doc) for page in everybody]
    told.converged = copies == [replayed(house, draft)] * len(copies)
    told.weigh(str(late.text))
    told.acks = [ack for page in pages for ack in page.acks]
    return told, lead, everybody


async def a_draft(lead):
    """A text that was just begun; its number."""
    await until(lambda: lead.seq is not None)
    await lead.do("room.move", to=list(Phase).index(Phase.DRAFT))
    begun = await lead.do("recommendation.start", title="A city guide", lang="en", theme=None)
    return begun["id"]


async def work(writer, times, told, pace):
    """Write, whether or not there is a network; at most `pace` seconds between two edits."""
    spells = []
    for number in range(times):
        writer.edit(number, told)
        chance = writer.dice.random()
        if chance < 0.04 and writer.line and writer.network.is_set():
            told.cuts += 1
            seconds = 0 if chance < 0.025 else writer.dice.uniform(0.3, 1.5)
            spells.append(asyncio.ensure_future(writer.go_under(seconds)))
        await asyncio.sleep(writer.dice.uniform(0, pace))
    await asyncio.gather(*spells)


def read(doc):
    """All that a copy holds."""
    texts = [str(doc.get(root, type=pycrdt.Text)) for root in ("title", MARKED, WILD)]
    return texts, *(doc.get(name, type=pycrdt.Map).to_py() for name in ("steps", "addressees"))


def replayed(house, draft):
    """What the log of a draft makes, row by row; its numbers have no hole."""
    # In one look: an edit that was sent again after a restart may come in meanwhile.
    rows = house.rows(
        select(DraftUpdate.seq, DraftUpdate.data, Draft.seq.label("last"))
        .join(Draft, Draft.id == DraftUpdate.draft_id)
        .where(DraftUpdate.draft_id == draft)
        .order_by(DraftUpdate.seq)
    )
    assert rows[0].seq == 1
    assert rows[-1].seq == rows[-1].last
    assert all(after.seq == before.seq + 1 for before, after in pairwise(rows))
    doc = pycrdt.Doc()
    for row in rows:
        doc.apply_update(row.data)
    return read(doc)
