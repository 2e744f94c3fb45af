"""Several people write one text over real sockets, while the server is killed and lines are cut."""

import asyncio
import random
from base64 import b64decode, b64encode
from collections import deque
from contextlib import suppress
from itertools import pairwise

import pycrdt
import pytest
from sqlalchemy import select

from facilitator.models import Draft, DraftUpdate, Phase
from tests.phones import Cut, Phone, agreed, story, until
from tests.running import House, Server, running

WRITERS, EDITS, KILLS = 5, 50, 2
SECTION = "s:problem"


class Writer(Phone):
    """A page with a draft open: a copy that the server has told and that can be written in."""

    def __init__(self, ports, who, draft):
        self.draft = draft
        self.doc = self.epoch = None
        self.seq_of_draft = 0
        self.pieces, self.flying, self.joined = deque(), None, False
        self.early_edits = []
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
            self.doc = pycrdt.Doc(client_id=got["client"])
            self.text = self.doc.get(SECTION, type=pycrdt.Text)
            self.steps = self.doc.get("steps", type=pycrdt.Map)
            self.doc.observe(self.changed)
        assert self.epoch in (None, got["epoch"])
        self.epoch, self.seq_of_draft = got["epoch"], got["seq"]
        self.learn(got["update"])
        self.flying = None
        self.pieces = deque([self.doc.get_update(b64decode(got["sv"]))])
        self.joined = True
        for frame in self.early_edits:
            self.edited(frame)
        self.added.set()

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
            answer = await self.line.ask("act", "draft.update", f"{random.random():.16f}", edit)
            if answer.get("code") == "retry":  # something it builds on is not there: begin again
                await asyncio.sleep(0.05)
                await self.join()
                continue
            assert "ok" in answer, answer
            self.flying = None

    @property
    def saved(self):
        return self.joined and not self.pieces and self.flying is None and not self.added.is_set()

    def write(self, number):
        """Put a token that nobody deletes between two others, or take away what was to go."""
        token = f"<{self.who.id}.{number} żółw 🐢>"
        written = str(self.text).encode()
        if (at := written.find(b"~")) >= 0 and random.random() < 0.3:
            del self.text[at : at + 1]
            written = str(self.text).encode()
        between = [0, *(place + 1 for place, letter in enumerate(written) if letter in b">~")]
        self.text.insert(random.choice(between), token + "~")
        self.steps[f"step{self.who.id:04}.pos"] = float(number)
        return token


@pytest.mark.slow
def test_texts_converge_and_lose_nothing_while_the_server_is_killed(tmp_path):
    server = Server(tmp_path, worker=True)
    with House(server) as house, running(server):
        story(people_writing(house, server))


async def people_writing(house, server):
    lead = Phone([server.port], house.lead())
    draft = await a_draft(lead)
    writers = [Writer([server.port], house.seat(f"W{n}"), draft) for n in range(WRITERS)]
    await until(lambda: all(writer.joined for writer in writers))
    tokens = []
    working = [asyncio.ensure_future(work(writer, tokens)) for writer in writers]
    for number in range(1, KILLS + 1):
        await until(lambda: len(tokens) >= number * WRITERS * EDITS // (KILLS + 1))  # noqa: B023
        server.kill()
        await asyncio.to_thread(server.start)
    await asyncio.gather(*working)
    await until(lambda: all(writer.saved for writer in writers))
    await until(lambda: len({writer.seq_of_draft for writer in writers}) == 1)

    late = Writer([server.port], house.seat("Late"), draft)
    await until(lambda: late.joined)
    text = str(late.text)
    assert [str(writer.text) for writer in writers] == [text] * WRITERS
    assert [text.count(token) for token in tokens] == [1] * WRITERS * EDITS
    steps = {f"step{writer.who.id:04}.pos": EDITS - 1.0 for writer in writers}
    assert [writer.steps.to_py() for writer in (*writers, late)] == [steps] * (WRITERS + 1)
    assert sum(writer.losses for writer in writers) > WRITERS * KILLS
    assert stored(house, draft) == text
    await the_room_reads(lead, draft, text)
    everybody = [lead, *writers, late]
    await agreed(everybody, server.port)
    for phone in everybody:
        await phone.leave()


async def a_draft(lead):
    await until(lambda: lead.seq is not None)
    await lead.do("room.move", to=list(Phase).index(Phase.DRAFT))
    begun = await lead.do("recommendation.start", title="A city guide", lang="en", theme=None)
    return begun["id"]


async def work(writer, tokens):
    """Write, whether or not there is a network."""
    for number in range(EDITS):
        tokens.append(writer.write(number))
        if random.random() < 0.03 and writer.line:
            writer.line.writer.transport.abort()
        await asyncio.sleep(random.uniform(0, 0.15))


def stored(house, draft):
    """What the log of the draft makes, and that its numbers have no hole."""
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
    return str(doc.get(SECTION, type=pycrdt.Text))


async def the_room_reads(lead, draft, text):
    """The worker shows the room the same text."""
    key = ("text", str(draft))
    await until(lambda: lead.things[key].get("sections", {}).get("problem") == text)
    assert lead.things[key]["title"] == "A city guide"
    assert len(lead.things[key]["steps"]) == WRITERS
