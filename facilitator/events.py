"""Tell a room what changed: publish() writes the room log, the ticker reads it aloud.

Everything a process sends to a room leaves from here, and from one background task. Between
processes only "channel c is at seq n" travels, signed; when that is lost, a poll finds it.

A channel is something whose listeners follow a numbered log: "room:3" its room log, "draft:7" the
updates of a draft. What a log is, its Source says.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any, ClassVar, NamedTuple, Protocol, cast

from flask import Flask
from flask_socketio import SocketIO, join_room, leave_room
from sqlalchemy import Table, delete, func, insert, select, update

from facilitator.db import db, write
from facilitator.hints import Hints
from facilitator.models import Event, Op, Room, now

log = logging.getLogger(__name__)

#: `async_handlers` off: what one phone asks is done in order, and one thing at a time.
socketio = SocketIO(async_handlers=False)

EVENTS = cast("Table", Event.__table__)

#: The share of one core that telling may take.
SHARE = 1 / 3
#: Seconds between two tellings of one channel, on average at least; a few may follow each other at
#: once, so that a quiet room need not wait for the pace of a busy one.
PACE = 1 / 25
AT_ONCE = 5
#: Seconds between two looks at the database for what no hint announced.
POLL = 1.0


#: The room log is a transport buffer: this many lines of a room, and this long.
LINES_KEPT = 5_000
LINES_KEPT_FOR = timedelta(days=1)
#: How long a repeat of an operation gets its first answer.
OPS_KEPT_FOR = timedelta(days=30)


class Thing(Protocol):
    """Anything the room can see: it has a kind, an id, and a public face."""

    #: Only those who lead the room may know of it.
    backstage: ClassVar[bool]

    @property
    def kind(self) -> Any:
        """What sort of thing it is."""

    @property
    def id(self) -> Any:
        """Which of them."""

    def public(self) -> object:
        """What everyone in the room may know."""


class News(NamedTuple):
    """A line of a log."""

    channel: str
    seq: int
    kind: str
    thing_id: str
    data: Any
    backstage: bool = False

    def copies(self) -> Iterator[News]:
        """The line as each audience hears it: what is backstage is a blank to the room."""
        kind, thing_id = parts(self.channel)
        if kind == "room":
            yield self._replace(channel=channel("lead", thing_id))
        yield self._replace(kind=BLANK, thing_id="", data=None) if self.backstage else self


#: The kind of a line that says nothing, and only counts.
BLANK = ""


class Source(NamedTuple):
    """Where the lines of a kind of channel are."""

    #: (id, seq) → the lines after seq, as far as they are kept.
    read: Callable[[int, int], list[News]]
    #: ids → how far each of them is.
    clock: Callable[[Collection[int]], dict[int, int]]
    #: The name of the message that carries them.
    message: str


# ---- The room log -------------------------------------------------------------------------------


def publish(room: Room, *things: Thing, gone: bool = False) -> None:
    """Write the new state of `things` into the log of `room`; it is told after the commit.

    The caller holds the lock on the room. Of a thing that is gone nothing stays in the log.
    """
    db.session.flush()  # a new thing needs its id
    if gone:
        forget(room, things)
    rows = []
    for thing in things:
        room.seq += 1
        data = None if gone else thing.public()
        line = {
            "seq": room.seq,
            "kind": thing.kind,
            "thing_id": str(thing.id),
            "data": data,
            "lead_only": thing.backstage,
        }
        rows.append({"room_id": room.id, **line})
        announce(News(channel("room", room.id), *line.values()))
    if rows:
        # Not through the unit of work: the log is written most often, nobody asks for its objects.
        db.session.execute(insert(EVENTS), rows)


def announce(line: News) -> None:
    """Have a line told on commit; whoever calls this has stored it."""
    db.session.info["news"].append(line)


def forget(room: Room, things: Collection[Thing]) -> None:
    """Leave no earlier state of `things` in the log of `room`; the lines go on counting."""
    for kind in {thing.kind for thing in things}:
        ids = [str(thing.id) for thing in things if thing.kind == kind]
        known = (Event.room_id == room.id, Event.kind == kind, Event.thing_id.in_(ids))
        db.session.execute(update(Event).where(*known).values(data=None))


def read_room_log(room_id: int, since: int, audience: str = "room") -> list[News]:
    """The lines of a room after `since`, as far as they are kept.

    `audience` is who hears them: "room" for everybody, "lead" for those who lead it.
    """
    columns = Event.seq, Event.kind, Event.thing_id, Event.data, Event.lead_only
    query = select(*columns).where(Event.room_id == room_id, Event.seq > since)
    room, told = channel("room", room_id), channel(audience, room_id)
    lines = (News(room, *row) for row in db.session.execute(query.order_by(Event.seq)))
    return [copy for line in lines for copy in line.copies() if copy.channel == told]


def room_clocks(room_ids: Collection[int]) -> dict[int, int]:
    """How far the logs of rooms are: {room: the number of its last line}."""
    query = select(Room.id, Room.seq).where(Room.id.in_(room_ids))
    return {room_id: seq for room_id, seq in db.session.execute(query)}  # noqa: C416 - no mapping


#: A room has one log and two audiences: everybody, and those who lead it.
SOURCES: dict[str, Source] = {
    "room": Source(read_room_log, room_clocks, "news"),
    "lead": Source(partial(read_room_log, audience="lead"), room_clocks, "news"),
}


#: Who else learns from the hints of other processes, by the first word of their name.
LEARNERS: dict[str, Callable[[str, int], None]] = {}


def learn(name: str, number: int) -> None:
    """Take a hint of another process to whom it is meant for."""
    LEARNERS.get(name.partition("/")[0], ticker.learn)(name, number)


def channel(kind: str, thing_id: int) -> str:
    """The name under which Socket.IO knows the listeners of a log."""
    return f"{kind}:{thing_id}"


def parts(name: str) -> tuple[str, int]:
    """A channel's kind and id."""
    kind, _, thing_id = name.partition(":")
    return kind, int(thing_id)


def audiences_of(name: str) -> tuple[str, ...]:
    """The channels that tell of the same log as `name`."""
    kind, thing_id = parts(name)
    return (name, channel("lead", thing_id)) if kind == "room" else (name,)


def last_states(lines: Iterable[News]) -> list[list[Any]]:
    """Of each thing the last state only, in the order in which they came about."""
    things: dict[tuple[str, str], Any] = {}
    for line in lines:
        if line.kind == BLANK:
            continue
        things.pop((line.kind, line.thing_id), None)
        things[line.kind, line.thing_id] = line.data
    return [[kind, thing_id, data] for (kind, thing_id), data in things.items()]


def trim() -> None:
    """Drop what the log and the operations need not keep."""

    def job() -> None:
        moment = now()
        db.session.execute(delete(Event).where(Event.at < moment - LINES_KEPT_FOR))
        db.session.execute(delete(Op).where(Op.at < moment - OPS_KEPT_FOR))
        long = select(Event.room_id).group_by(Event.room_id).having(func.count() > LINES_KEPT)
        for room_id in db.session.scalars(long).all():
            last = select(func.max(Event.seq)).where(Event.room_id == room_id).scalar_subquery()
            past = Event.room_id == room_id, Event.seq <= last - LINES_KEPT
            db.session.execute(delete(Event).where(*past))

    write(job)


# ---- The ticker ---------------------------------------------------------------------------------


def listeners(name: str) -> Iterator[Any]:
    """The sockets of this process that listen to a channel."""
    found: Iterator[Any] = socketio.server.manager.get_participants("/", name)
    return found


@dataclass
class Audience:
    """The listeners of one channel in this process, and how far they have been told."""

    name: str
    told: int
    known: int
    heard: dict[int, News] = field(default_factory=dict)
    #: When it may be told again, by the monotonic clock.
    due: float = 0.0
    #: Until when its tellings so far are paid for, at the price of PACE each.
    paid: float = 0.0

    def take(self) -> list[News]:
        """The lines to tell now: those heard here if none is missing, else from the database."""
        lines: list[News] = []
        while line := self.heard.pop(self.told + len(lines) + 1, None):
            lines.append(line)
        if self.told + len(lines) < self.known:
            kind, thing_id = parts(self.name)
            lines += SOURCES[kind].read(thing_id, self.told + len(lines))
        if all(line.kind == BLANK for line in lines):
            # Nobody need be woken for what says nothing: it goes along with the next news.
            self.heard.update((line.seq, line) for line in lines)
            return []
        return lines

    def frame(self, lines: list[News]) -> dict[str, Any]:
        """One message for all these lines; from now on they are told."""
        since, self.told = self.told, lines[-1].seq
        self.heard = {seq: line for seq, line in self.heard.items() if seq > self.told}
        if len(lines) < self.told - since:
            since = self.told  # some are no longer kept: nobody has got that far, all will ask
        thing_id = parts(self.name)[1]
        return {"id": thing_id, "since": since, "seq": self.told, "things": last_states(lines)}


class Ticker:
    """Tells each channel its news: at once when all is quiet, else as fast as SHARE allows."""

    def __init__(self) -> None:
        self.audiences: dict[str, Audience] = {}
        self.dirty: set[str] = set()
        self.woken = threading.Event()
        self.next_poll = 0.0
        self.hints: Hints | None = None
        #: How a frame leaves; server.py puts a faster way in place.
        self.send: Callable[[str, Any, str], None] = lambda message, frame, name: socketio.emit(
            message, frame, to=name
        )

    def follow(self, kind: str, thing_id: int) -> None:
        """Let the current socket listen to a channel. Whoever reads afterwards misses nothing."""
        name = channel(kind, thing_id)
        join_room(name)
        if name not in self.audiences:
            seq = SOURCES[kind].clock([thing_id]).get(thing_id, 0)
            self.audiences.setdefault(name, Audience(name, told=seq, known=seq))
        # What is read next must not be older than what is told next: not of a moment before this.
        db.session.rollback()

    def unfollow(self, kind: str, thing_id: int) -> None:
        """Let the current socket hear no more of a channel."""
        leave_room(channel(kind, thing_id))

    def followed(self, kind: str) -> list[int]:
        """The ids of what sockets of this process listen to."""
        return [thing_id for found, thing_id in map(parts, self.audiences) if found == kind]

    def hear(self, news: list[News]) -> None:
        """Take note of lines this process has committed."""
        last: dict[str, int] = {}
        for line in news:
            for copy in line.copies():
                audience = self.audiences.get(copy.channel)
                if audience and copy.seq > audience.told:
                    audience.heard[copy.seq] = copy
            self.learn(line.channel, line.seq)
            last[line.channel] = line.seq
        if self.hints:
            for name, seq in last.items():
                self.hints.send(name, seq)

    def learn(self, name: str, seq: int) -> None:
        """Take note that a log has come to `seq`: all who listen to it are to be told."""
        for heard in audiences_of(name):
            audience = self.audiences.get(heard)
            if audience and seq > audience.told:
                audience.known = max(audience.known, seq)
                self.dirty.add(heard)
                self.woken.set()

    def run(self, app: Flask) -> None:
        """Tell, for ever. A database that is away makes it late, and nothing else."""
        while True:
            self.woken.wait(self._until_due())
            self.woken.clear()
            # CPU time of this thread: under eventlet that includes the senders'.
            began = time.thread_time()
            try:
                with app.app_context():
                    self._round()
            except Exception:
                log.exception("The rooms were not told; trying again.")
                socketio.sleep(POLL)
            socketio.sleep(0)  # the senders have their turn
            socketio.sleep((time.thread_time() - began) * (1 / SHARE - 1))

    def _until_due(self) -> float:
        """Seconds until there is something to do, unless we are woken before."""
        dues = [self.audiences[name].due for name in self.dirty if name in self.audiences]
        return max(0.0, min([self.next_poll, *dues]) - time.monotonic())

    def _round(self) -> None:
        moment = time.monotonic()
        if moment >= self.next_poll:
            self.next_poll = moment + POLL
            self._poll()
        rooms, self.dirty = self.dirty, set()  # news that comes meanwhile marks a room again
        for name in rooms:
            try:
                self._tell(name, moment)
            except Exception:
                log.exception("%s was not told; trying again.", name)
                self._put_off(name, moment + POLL)

    def _put_off(self, name: str, due: float) -> None:
        """Tell a channel later: one that cannot be told keeps no other waiting."""
        db.session.rollback()
        if audience := self.audiences.get(name):
            audience.due = due
            self.dirty.add(name)

    def _poll(self) -> None:
        for name in [name for name in self.audiences if not any(listeners(name))]:
            del self.audiences[name]
        followed: dict[str, list[int]] = {}
        for kind, thing_id in map(parts, self.audiences):
            followed.setdefault(kind, []).append(thing_id)
        for kind, ids in followed.items():
            for thing_id, seq in SOURCES[kind].clock(ids).items():
                self.learn(channel(kind, thing_id), seq)
        db.session.rollback()

    def _tell(self, name: str, moment: float) -> None:
        audience = self.audiences.get(name)
        if audience and audience.due > moment:
            self.dirty.add(name)
        elif audience and (lines := audience.take()):
            audience.paid = max(audience.paid, moment) + PACE
            audience.due = audience.paid - AT_ONCE * PACE
            message = SOURCES[parts(name)[0]].message
            self.send(message, audience.frame(lines), name)


ticker = Ticker()


def repeat(
    app: Flask, task: Callable[[], None], seconds: float, due: threading.Event | None = None
) -> None:
    """Do a task of our own again and again, for ever; one that fails is tried again.

    With `due` it waits until that is set, but no longer than a second: for what a process left
    undone that has died.
    """
    while True:
        if due is not None:
            due.wait(1)
            due.clear()
        try:
            with app.app_context():
                task()
        except Exception:
            log.exception("%s failed; trying again.", getattr(task, "__name__", task))
        socketio.sleep(seconds)


def is_ours(public_url: str, origin: str | None, environ: dict[str, Any]) -> bool:
    """Whether a page is one of ours: of the address people use, or of the one it asked for."""
    asked = f"{environ.get('wsgi.url_scheme')}://{environ.get('HTTP_HOST')}"
    return origin is None or origin in {public_url, asked}


def init_app(app: Flask) -> None:
    """Speak Socket.IO; the tasks are started by start()."""
    several = bool(app.config["REDIS_URL"])
    socketio.init_app(
        app,
        async_mode=app.config["ASYNC_MODE"],
        # Long polling would need every request of a phone to reach the same process.
        transports=["websocket"] if several else ["websocket", "polling"],
        max_http_buffer_size=64 * 1024,
        cors_allowed_origins=partial(is_ours, app.config["PUBLIC_URL"]),
        manage_session=False,
        ping_interval=20,
        ping_timeout=20,
        max_decode_packets=16,
    )


def start(app: Flask) -> None:
    """Start the tasks of this process that tell its rooms."""
    if app.config["REDIS_URL"]:
        ticker.hints = Hints(app.config["REDIS_URL"], app.config["SECRET_KEY"], learn)
        socketio.start_background_task(ticker.hints.sender)
        socketio.start_background_task(ticker.hints.listener)
    socketio.start_background_task(ticker.run, app)
    socketio.start_background_task(repeat, app, trim, 600)
