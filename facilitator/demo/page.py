"""A page that is open: a copy of a room kept by the news, and the way to do something in it."""

from __future__ import annotations

import base64
import random
import threading
import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import socketio
from socketio.exceptions import SocketIOError

from facilitator.demo.browser import Browser
from facilitator.demo.writing import Copy, Hole
from facilitator.rooms import updates

Face = dict[str, Any]

#: Seconds to wait for an answer, before the same is asked again.
ANSWER = 8
#: Seconds between two looks at what nobody announces.
LOOK = 0.25


class Stopped(Exception):
    """The simulation is over."""


class Failed(Exception):
    """Something did not come about in its time."""


class Clock:
    """The pace at which people do things, and the end of it all."""

    def __init__(self, *, fast: bool, seconds: float) -> None:
        self.fast = fast
        self.over = threading.Event()
        self.end = time.monotonic() + seconds

    def pause(self, least: float, most: float) -> None:
        """Let a person think; nobody thinks when it has to be fast."""
        if self.over.wait(0 if self.fast else random.uniform(least, most)):
            raise Stopped

    def check(self) -> None:
        """Raise Stopped at the end."""
        if self.over.is_set():
            raise Stopped
        if time.monotonic() > self.end:
            raise Failed("It took too long.")


class Page:
    """One page of one person, over one socket."""

    def __init__(self, browser: Browser, page: str, room: str, clock: Clock) -> None:
        self.clock = clock
        self.seq: int | None = None
        self.things: dict[tuple[str, str], Face] = {}
        self.mine: Face = {}
        self.copies: dict[int, Copy] = {}
        self._early: list[Face] | None = None
        self._stale = True
        self._changed = threading.Condition()
        self._client = socketio.Client(
            reconnection_delay=0.5, reconnection_delay_max=4, handle_sigint=False
        )
        self._client.on("connect", self._connected)
        self._client.on("news", self._news)
        self._client.on("draft", self._edits)
        self._how = {
            "headers": {"Cookie": browser.cookies},
            "auth": {"page": page, "room": room},
            "transports": ["websocket"],
            "wait_timeout": 20,
            "retry": True,
        }
        self._client.connect(browser.base, **self._how)
        self.catch_up()

    def close(self) -> None:
        """Close the page."""
        self._client.disconnect()

    # ---- What there is ---------------------------------------------------------------------------

    def all(self, kind: str) -> list[Face]:
        """The things of a kind."""
        with self._changed:
            return [face for (sort, _), face in self.things.items() if sort == kind]

    def one(self, kind: str, thing_id: int) -> Face | None:
        """One thing, if it is there."""
        with self._changed:
            return self.things.get((kind, str(thing_id)))

    @property
    def room(self) -> Face:
        """The room: its phase, its questions, its template."""
        return self.all("room")[0]

    def until(self, true: Callable[[], bool], seconds: float) -> bool:
        """Wait until something is so, as the news come in; whether it is."""
        end = time.monotonic() + seconds
        while not true():
            self.clock.check()
            if time.monotonic() > end:
                return False
            self.catch_up()
            with self._changed:
                self._changed.wait(LOOK)
        return True

    def rest(self, seconds: float) -> None:
        """Wait until there is any news, but not longer than this."""
        self.clock.check()
        self.catch_up()
        with self._changed:
            self._changed.wait(seconds)

    def insist(self, true: Callable[[], bool], seconds: float, what: str) -> None:
        """Wait until something is so; raises Failed."""
        if not self.until(true, seconds):
            raise Failed(f"{what} did not come about in {seconds:.0f} seconds.")

    # ---- Doing -----------------------------------------------------------------------------------

    def act(self, action: str, **payload: Any) -> Any:
        """Do something, once, however often it has to be sent: the answer, or None if refused."""
        return self.answered(action, payload).get("ok")

    def answered(self, action: str, payload: Face) -> Face:
        """The same; the whole answer."""
        op = uuid4().hex
        while True:
            answer = self._ask("act", action, op, payload)
            if not answer.get("retry") or action == "draft.update":
                return answer
            self.clock.over.wait(0.3)

    def _ask(self, name: str, *words: Any) -> Face:
        """Ask until there is an answer: the line comes back by itself."""
        while True:
            self.clock.check()
            try:
                answer: Face = self._client.call(name, words, timeout=ANSWER)
                return answer
            except (SocketIOError, OSError):
                self.clock.over.wait(random.uniform(0.2, 0.6))

    # ---- Hearing ---------------------------------------------------------------------------------

    def catch_up(self) -> None:
        """Learn what was missed, if anything was: also after the line was cut."""
        if self._stale:
            self._stale = False
            self._early = []
            answer = self._ask("enter", {"since": self.seq})
            if "ok" not in answer:
                raise Failed(answer["refused"])
            self._entered(answer["ok"])
            for draft in list(self.copies):
                self.open_draft(draft)
        for draft, copy in list(self.copies.items()):
            if copy.stale:
                self.open_draft(draft)

    def _entered(self, got: Face) -> None:
        with self._changed:
            if got["since"] is None:
                self.things = {}
            self.mine = got["mine"]
            self._apply(got)
            early, self._early = self._early or [], None
        for frame in early:
            self._news(frame)

    def _connected(self) -> None:
        self._stale = True

    def _news(self, frame: Face) -> None:
        with self._changed:
            if self._early is not None:
                self._early.append(frame)
            elif self.seq is None or frame["since"] > self.seq:
                self._stale = True
            elif frame["seq"] > self.seq:
                self._apply(frame)
            self._changed.notify_all()

    def _apply(self, frame: Face) -> None:
        for kind, thing_id, face in frame["things"]:
            if face is None:
                self.things.pop((kind, thing_id), None)
            else:
                self.things[kind, thing_id] = face
        self.seq = frame["seq"]

    # ---- Drafts ----------------------------------------------------------------------------------

    def open_draft(self, draft: int) -> Copy | None:
        """Open a text to write in it, or bring one's copy of it up to date."""
        copy = self.copies.get(draft)
        state = updates.state_vector(copy.state.items() if copy else [])
        asked = {"recommendation": draft, "epoch": copy and copy.epoch, "sv": _coded(state)}
        got = self._ask("join", asked).get("ok")
        if got is None:
            self.copies.pop(draft, None)
            return None
        with self._changed:
            if copy is None or copy.epoch != got["epoch"]:
                copy = self.copies[draft] = Copy(got["client"], got["epoch"])
            copy.learn(base64.b64decode(got["update"]))
            copy.seq, copy.stale = got["seq"], False
        return copy

    def _edits(self, frame: Face) -> None:
        with self._changed:
            copy = self.copies.get(frame["id"])
            if copy is None or frame["seq"] <= copy.seq:
                return
            if frame["since"] > copy.seq or any(kind != "update" for kind, *_ in frame["things"]):
                copy.stale = True
            else:
                try:
                    for _, _, update in frame["things"]:
                        copy.learn(base64.b64decode(update))
                    copy.seq = frame["seq"]
                except Hole:
                    copy.stale = True
            self._changed.notify_all()

    def write(self, draft: int, edit: Callable[[Copy], bytes]) -> int | None:
        """Make an edit and have it stored: its number, or None if the text is closed."""
        with self._changed:
            copy = self.copies[draft]
            update = edit(copy)
        while True:
            payload = {"recommendation": draft, "epoch": copy.epoch, "update": _coded(update)}
            answer = self.answered("draft.update", payload)
            if not answer.get("retry"):
                return answer["ok"]["seq"] if "ok" in answer else None
            self.clock.over.wait(0.3)
            self.catch_up()


def _coded(data: bytes) -> str:
    return base64.b64encode(data).decode()
