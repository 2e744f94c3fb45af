"""Hints between the processes of one installation: "channel c is at seq n", signed, through Redis.

Nothing else travels there. A hint that is lost is found by a poll, and a forged one is passed over.
"""

from __future__ import annotations

import hmac
import threading
import time
from collections.abc import Callable
from typing import Any

import redis

#: Seconds before Redis is tried again.
PAUSE = 1.0
#: Digits of a number in a hint: what has more is nobody's.
MOST_DIGITS = 19


class Hints:
    """Say "channel c is at seq n" between the processes of one installation."""

    def __init__(self, url: str, key: str, learn: Callable[[str, int], None]) -> None:
        # Half of it has types, and half of those are wrong.
        self.redis: Any = redis.Redis.from_url(
            url, socket_timeout=5, socket_connect_timeout=2, health_check_interval=2
        )
        self.key = key.encode()
        #: What is told of a hint that has come.
        self.learn = learn
        self.waiting: dict[str, int] = {}
        self.woken = threading.Event()

    def send(self, name: str, seq: int) -> None:
        """Let the others know, soon; nobody waits for it."""
        self.waiting[name] = max(seq, self.waiting.get(name, 0))
        self.woken.set()

    def seal(self, name: str, seq: int) -> str:
        """A hint and its signature."""
        text = f"{name}.{seq}"
        return f"{text}.{hmac.new(self.key, text.encode(), 'sha256').hexdigest()}"

    def sender(self) -> None:
        """Send the hints that wait; one that fails is lost, for the poll to find."""
        while True:
            self.woken.wait()
            self.woken.clear()
            waiting, self.waiting = self.waiting, {}
            try:
                for hint in waiting.items():
                    self.redis.publish("facilitator:hints", self.seal(*hint))
            except redis.RedisError:
                time.sleep(PAUSE)

    def listener(self) -> None:
        """Listen to the hints of others."""
        while True:
            try:
                with self.redis.pubsub(ignore_subscribe_messages=True) as pubsub:
                    pubsub.subscribe("facilitator:hints")
                    while True:
                        self.take(pubsub.get_message(timeout=1))
            except redis.RedisError:
                time.sleep(PAUSE)

    def take(self, message: dict[str, Any] | None) -> None:
        """Learn from a hint, if it is one of ours."""
        if message is None:
            return
        name, _, rest = message["data"].decode(errors="replace").partition(".")
        seq = rest.partition(".")[0]
        if (
            seq.isdecimal()
            and len(seq) < MOST_DIGITS
            and hmac.compare_digest(self.seal(name, int(seq)).encode(), message["data"])
        ):
            self.learn(name, int(seq))
