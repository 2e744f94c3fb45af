"""Phones over real sockets, as raw WebSocket frames: what a browser does, and what none would.

A Line is one connection, for asking odd things. A Phone does what the page does: it keeps a copy of
its room by the news alone, an outbox whose acts keep their names until they are answered, and comes
back by itself. It remembers all it did, so that this can be compared with what is stored.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from uuid import uuid4

TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10

#: Seconds for an answer, and for a whole story.
ANSWER, STORY = 15, 150


class Shut(Exception):
    """The server does not let us in; the text is what it says."""


class Cut(Exception):
    """The line is gone."""


class Line:
    """One WebSocket that speaks Socket.IO, and whatever else it is told to."""

    def __init__(self, reader, writer):
        self.reader, self.writer = reader, writer
        self.numbers = count(1)
        self.asked = {}
        self.heard, self.answered = deque(), []
        self.hear = self.heard.append
        self.listening = None
        self.pongs = 0

    @classmethod
    async def open(cls, port, who=None, *, origin=None, auth=None):
        """Come in with somebody's cookie; raises Shut or Cut."""
        try:
            line = cls(*await asyncio.open_connection("127.0.0.1", port))
        except OSError as error:
            raise Cut from error
        try:
            await asyncio.wait_for(line._shake_hands(port, who, origin), ANSWER)
            asked = (
                auth if auth is not None else {"page": who.page, "room": who.room} if who else {}
            )
            line.say("40" + json.dumps(asked))
            await asyncio.wait_for(line._admitted(), ANSWER)
        except (Shut, Cut, TimeoutError):
            await line.close()
            raise
        line.listening = asyncio.ensure_future(line._listen())
        return line

    async def _shake_hands(self, port, who, origin):
        head = [
            "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1",
            f"Host: 127.0.0.1:{port}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits",
        ]
        head += [f"Cookie: {who.cookie}"] if who else []
        head += [f"Origin: {origin}"] if origin else []
        self.writer.write("\r\n".join([*head, "", ""]).encode())
        try:
            answer = await self.reader.readuntil(b"\r\n\r\n")
        except (asyncio.IncompleteReadError, OSError) as error:
            raise Cut from error
        if b" 101 " not in answer.splitlines()[0]:
            raise Shut(answer.splitlines()[0].decode())
        assert b"permessage-deflate" not in answer

    async def _admitted(self):
        async for message in self._messages():
            if message.startswith("40"):
                return
            if message.startswith("44"):
                raise Shut(json.loads(message[2:])["message"])
        raise Cut

    async def _listen(self):
        async for message in self._messages():
            if message.startswith("42"):
                self.hear(json.loads(message[2:]))
            elif message.startswith("43"):
                number, bracket, rest = message[2:].partition("[")
                self.answered.append(int(number))
                answer = self.asked.pop(int(number), None)
                if answer and not answer.done():
                    answer.set_result(json.loads(bracket + rest)[0])
        for answer in self.asked.values():
            if not answer.done():
                answer.set_exception(Cut())
        self.asked.clear()

    async def _messages(self):
        """The messages of Engine.IO, until the line is cut; its pings are answered."""
        with suppress(asyncio.IncompleteReadError, OSError):
            while True:
                kind, data = await self._frame()
                if kind == CLOSE:
                    return
                if kind == PING:
                    self.frame(PONG, data)
                elif kind == PONG:
                    self.pongs += 1
                elif data == b"2":
                    self.say("3")
                elif kind == TEXT:
                    yield data.decode()

    async def _frame(self):
        first, size = await self.reader.readexactly(2)
        if size == 126:
            size = int.from_bytes(await self.reader.readexactly(2))
        elif size == 127:
            size = int.from_bytes(await self.reader.readexactly(8))
        return first & 15, await self.reader.readexactly(size)

    def say(self, text):
        """Send one message of Engine.IO."""
        self.frame(TEXT, text.encode() if isinstance(text, str) else text)

    def frame(self, kind, data, *, last=True):
        """Send one frame."""
        self.writer.write(framed(kind, data, last=last))

    def ask(self, *words):
        """Send an event that wants an answer; the answer, to be awaited."""
        return self.ask_with(json.dumps(words))

    def ask_with(self, text):
        """The same, with the event written out."""
        if self.listening.done():
            raise Cut
        number = next(self.numbers)
        answer = self.asked[number] = asyncio.get_running_loop().create_future()
        self.say(f"42{number}{text}")
        return asyncio.wait_for(answer, ANSWER)

    async def cut(self):
        """Wait until the server has cut the line."""
        await asyncio.wait_for(asyncio.shield(self.listening), ANSWER)

    async def close(self):
        """Hang up."""
        self.writer.close()
        if self.listening:
            self.listening.cancel()
            await asyncio.wait([self.listening])
        with suppress(OSError):
            await self.writer.wait_closed()


def framed(kind, data, *, last=True):
    """One frame of a client (RFC 6455, 5.2)."""
    size, mask = len(data), os.urandom(4)
    if size < 126:
        length = bytes((0x80 | size,))
    elif size < 1 << 16:
        length = bytes((0x80 | 126,)) + size.to_bytes(2)
    else:
        length = bytes((0x80 | 127,)) + size.to_bytes(8)
    masked = int.from_bytes(data) ^ int.from_bytes((mask * (size // 4 + 1))[:size])
    return bytes((kind | (0x80 if last else 0),)) + length + mask + masked.to_bytes(size)


# ---- Phones --------------------------------------------------------------------------------------


@dataclass
class Deed:
    """Something that was done on a phone, and what came of it."""

    name: str
    payload: dict
    op: str = field(default_factory=lambda: uuid4().hex)
    tries: int = 0
    answer: dict | None = None

    @property
    def done(self):
        """Whether it was acknowledged."""
        return self.answer is not None and "ok" in self.answer


class Phone:
    """Somebody's page, which comes back by itself, to whichever of the servers is there."""

    def __init__(self, ports, who):
        self.ports, self.who = list(ports), who
        self.line = None
        self.seq, self.things, self.mine = None, {}, {}
        self.early = None
        self.deeds, self.outbox = [], deque()
        self.added, self.entered = asyncio.Event(), asyncio.Event()
        self.network = asyncio.Event()
        self.network.set()
        self.losses = 0
        self.living = asyncio.ensure_future(self._live())

    async def _live(self):
        for attempt in count(random.randrange(len(self.ports))):
            await self.network.wait()
            try:
                self.line = await Line.open(self.ports[attempt % len(self.ports)], self.who)
                self.line.hear = self.heard
                await self.come_in()
                await self._work()
            except (Cut, TimeoutError):
                self.losses += 1
            except Shut as reason:
                # A server that is just going away shuts its door as well.
                if "ticket" in str(reason):
                    raise
            self.entered.clear()
            if self.line:
                await self.line.close()
            await asyncio.sleep(random.uniform(0.05, 0.3))

    async def come_in(self):
        """Learn what was missed, or all there is."""
        await self._enter()
        self.entered.set()

    async def _enter(self):
        self.early = []
        answer = await self.line.ask("enter", {"since": self.seq})
        if answer.get("retry"):
            raise Cut
        got = answer["ok"]
        if got["since"] is None:
            self.things = {}
        self.mine = got["mine"]
        self._apply(got)
        early, self.early = self.early, None
        for frame in early:
            self.news(frame)

    async def _work(self):
        """Do what waits, one after the other, until the line is cut."""
        adding = asyncio.ensure_future(self.added.wait())
        try:
            while True:
                await asyncio.wait(
                    [self.line.listening, adding], return_when=asyncio.FIRST_COMPLETED
                )
                if self.line.listening.done():
                    raise Cut
                await self.send_all()
                self.added.clear()
                adding = asyncio.ensure_future(self.added.wait())
        finally:
            adding.cancel()

    async def send_all(self):
        """Empty the outbox."""
        while self.outbox:
            deed = self.outbox[0]
            deed.tries += 1
            answer = await self.line.ask("act", deed.name, deed.op, deed.payload)
            if answer.get("retry"):
                await asyncio.sleep(0.2)
                continue
            deed.answer = answer
            self.outbox.popleft()

    def act(self, name, **payload):
        """Put something into the outbox."""
        deed = Deed(name, payload)
        self.deeds.append(deed)
        self.outbox.append(deed)
        self.added.set()
        return deed

    async def do(self, name, **payload):
        """Do something now; what came of it."""
        deed = self.act(name, **payload)
        await until(lambda: deed.answer is not None)
        assert deed.done, deed
        return deed.answer["ok"]

    def heard(self, message):
        """Take in what the server says by itself."""
        if message[0] == "news":
            self.news(message[1])

    def news(self, frame):
        """Apply a frame, or fetch what was missed before it."""
        if self.early is not None:
            self.early.append(frame)
        elif self.seq is not None and frame["since"] > self.seq:
            self.fetching = asyncio.ensure_future(self._fetch())
        elif self.seq is not None and frame["seq"] > self.seq:
            self._apply(frame)

    async def _fetch(self):
        with suppress(Cut, TimeoutError):
            await self._enter()

    def _apply(self, frame):
        news = {(kind, thing_id): data for kind, thing_id, data in frame["things"]}
        merged = {**self.things, **news}
        self.things = {key: data for key, data in merged.items() if data is not None}
        self.seq = frame["seq"]

    def all(self, kind):
        """The things of a kind, by id."""
        return {int(i): data for (k, i), data in self.things.items() if k == kind}

    async def leave(self):
        """Close the page; raises whatever went wrong on it."""
        await ended({self.living})
        if self.line:
            await self.line.close()


async def until(true, seconds=STORY):
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            raise TimeoutError("It did not come about.")
        await asyncio.sleep(0.01)


async def snapshot(port, who):
    """The room as somebody sees it who comes in now: how far it is, and its things."""
    line = await Line.open(port, who)
    got = (await line.ask("enter", {"since": None}))["ok"]
    await line.close()
    return got["seq"], {(kind, thing_id): data for kind, thing_id, data in got["things"]}


async def agreed(phones, port, seconds=STORY):
    """Wait until every copy is what a newcomer at the same door gets; what the last of them has.

    Who leads hears of things that others do not: each door has its own copy. For what one does not
    hear of nobody is woken, so a copy may be whole before its number is the last.
    """
    doors = {phone.who.page: phone.who for phone in phones}
    end = time.monotonic() + seconds
    while True:
        fresh = {page: await snapshot(port, who) for page, who in doors.items()}
        [_, *others] = {now for now, _ in fresh.values()}
        with suppress(TimeoutError):
            await until(lambda: all(p.things == fresh[p.who.page][1] for p in phones), 2)  # noqa: B023
            if not others:
                return fresh[phones[-1].who.page][1]
        assert time.monotonic() < end, {phone.seq for phone in phones}


async def ended(tasks):
    """Cancel tasks until they have ended: one may miss it while it waits for an answer."""
    while tasks:
        for task in tasks:
            task.cancel()
        _, tasks = await asyncio.wait(tasks, timeout=0.2)


def story(tell, seconds=STORY):
    """Run a test that is told with sockets, within a time; nobody stays behind."""

    async def told():
        try:
            return await asyncio.wait_for(tell, seconds)
        finally:
            await ended(asyncio.all_tasks() - {asyncio.current_task()})

    return asyncio.run(told())
