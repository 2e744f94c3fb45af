"""python -m facilitator.demo.people: simulated people, in a process of their own.

They know what a person is given, the links, and reach the server as browsers do. What is read from
the standard input is {"forum", "join", "organiser", "facilitators"}, as `facilitator forums --json`
says it. They end when they are told to, and when whoever started them is gone.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import signal
import sys
import threading
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from facilitator.demo.facilitators import Leader
from facilitator.demo.organiser import Organiser
from facilitator.demo.page import Clock, Failed, Stopped
from facilitator.demo.participants import Participant

#: Seconds for one meeting when it has to be fast; for a weekend when people watch.
FAST, LONG = 150, 72 * 3600


@dataclass
class Crowd:
    """Everybody, each at work in a thread."""

    clock: Clock
    threads: list[threading.Thread] = field(default_factory=list)
    #: What went wrong first.
    failure: str = ""

    def start(self, work: Callable[..., None], *arguments: Any) -> None:
        """Let somebody work."""
        thread = threading.Thread(target=self._run, args=[work, *arguments], daemon=True)
        self.threads.append(thread)
        thread.start()

    def _run(self, work: Callable[..., None], *arguments: Any) -> None:
        try:
            work(*arguments)
        except Stopped:
            pass
        except Exception as error:  # noqa: BLE001 - one person's trouble is told, and ends a fast run
            self.failure = self.failure or f"{type(error).__name__}: {error}"
            if not isinstance(error, Failed):
                traceback.print_exc()
            if self.clock.fast:
                self.clock.over.set()

    def join(self) -> None:
        """Wait until all are done."""
        for thread in self.threads:
            thread.join()
        self.threads.clear()


def main() -> int:
    """Let people work until the forum is done, or until told to stop."""
    asked = _asked()
    logging.basicConfig(level=logging.CRITICAL)
    links = json.loads(sys.stdin.readline())
    sittings = len(links.get("sittings", []))
    clock = Clock(fast=asked.fast, seconds=FAST * sittings if asked.fast else LONG)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: clock.over.set())
    threading.Thread(target=_mind_the_parent, args=[clock], daemon=True).start()
    crowd = Crowd(clock)
    try:
        spend = _rehearse if asked.minutes else _fast if asked.fast else _live
        figures = spend(asked, links, crowd)
    except Stopped:
        figures = {}
    except Exception as error:  # noqa: BLE001 - said in a sentence, for whoever started us
        figures, crowd.failure = {}, crowd.failure or f"{type(error).__name__}: {error}"
    if crowd.failure:
        print(crowd.failure, file=sys.stderr, flush=True)
    elif figures:
        print(json.dumps(figures), flush=True)
    sys.stdout.flush()
    os._exit(bool(crowd.failure))  # threads of the sockets may wait for long


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="facilitator.demo.people")
    parser.add_argument("--base", required=True, help="the address of the server")
    parser.add_argument("--participants", type=int, required=True)
    parser.add_argument("--fast", action="store_true", help="a whole forum, without pauses")
    parser.add_argument("--minutes", type=float, help="only take part, in a forum somebody leads")
    return parser.parse_args()


def _mind_the_parent(clock: Clock) -> None:
    """End when the standard input does: whoever started us is gone."""
    while sys.stdin.readline():
        pass
    clock.over.set()


# ---- Three ways to spend the day -----------------------------------------------------------------


def _fast(asked: argparse.Namespace, links: Any, crowd: Crowd) -> dict[str, Any]:
    """At each meeting all are in the plenary, then in the groups; the document comes at the end."""
    leaders, people = _cast(asked, links, crowd, lambda _: None)
    of = {leader.room: leader for leader in leaders}
    for sitting in links["sittings"]:
        here = [of[room] for room in sitting]
        for sort in ("plenary", "group"):
            _fill(crowd, [one for one in here if one.page.room["sort"] == sort], people)
            crowd.join()
            _check(crowd)
    organiser = _organiser(asked, links, crowd, lambda _: None)
    figures = organiser.work(FAST)
    _adopt(crowd, leaders, people)
    ballots = sum(leader.ballots for leader in leaders)
    return {"participants": len(people), "ballots": ballots, **figures}


def _adopt(crowd: Crowd, leaders: list[Leader], people: list[Participant]) -> None:
    """Let the plenary that has waited for the document adopt it."""
    halls = [one for one in leaders if one.page.room["sort"] == "plenary"]
    halls = [one for one in halls if one.come()["phase"] == "adopt"]
    if halls:
        _fill(crowd, halls, people)
        crowd.join()
        _check(crowd)


def _live(asked: argparse.Namespace, links: Any, crowd: Crowd) -> dict[str, Any]:
    """All rooms are at work at once, each at its own pace, for whoever looks."""

    def tell(line: str) -> None:
        print(f"  {line}", flush=True)

    leaders, people = _cast(asked, links, crowd, tell)
    _fill(crowd, leaders, people)
    organiser = _organiser(asked, links, crowd, tell)

    def put_together() -> None:
        figures = organiser.work(LONG)
        tell("The document is put together: {recommendations} recommendations.".format(**figures))

    crowd.start(put_together)
    crowd.clock.over.wait()
    return {}


def _rehearse(asked: argparse.Namespace, links: Any, crowd: Crowd) -> dict[str, Any]:
    """Take part in the rooms of a forum that real people lead, for some minutes."""
    people = [
        Participant(number, crowd.clock, asked.base, links["join"])
        for number in range(asked.participants)
    ]
    for person in people:
        crowd.start(person.join)
    crowd.join()
    _check(crowd)
    rooms = links["rooms"]
    for number, room in enumerate(rooms):
        company = people[number :: len(rooms)]
        for place, person in enumerate(company):
            crowd.start(person.work, room, number + 1, place, len(company))
    crowd.clock.over.wait(asked.minutes * 60)
    return {"participants": len(people)}


def _check(crowd: Crowd) -> None:
    if crowd.failure:
        raise Stopped


def _cast(
    asked: argparse.Namespace, links: Any, crowd: Crowd, tell: Callable[[str], None]
) -> tuple[list[Leader], list[Participant]]:
    """Those who lead and those who take part, all of them through the door."""
    leaders = [
        Leader(room, link, asked.base, crowd.clock, tell)
        for room, link in links["facilitators"].items()
    ]
    people = [
        Participant(number, crowd.clock, asked.base, links["join"])
        for number in range(asked.participants)
    ]
    met: Counter[str | None] = Counter()
    for leader in leaders:
        track = leader.come()["track"]
        met[track] += 1
        leader.group = met[track]
    for person in people:
        crowd.start(person.join)
    crowd.join()
    _check(crowd)
    return leaders, people


def _fill(crowd: Crowd, leaders: list[Leader], people: list[Participant]) -> None:
    """Share people out among rooms, and let all of them work."""
    for number, leader in enumerate(leaders):
        company = people[number :: len(leaders)]
        leader.company = len(company)
        for place, person in enumerate(company):
            crowd.start(person.work, leader.room, leader.group, place, len(company))
        crowd.start(leader.lead)


def _organiser(
    asked: argparse.Namespace, links: Any, crowd: Crowd, tell: Callable[[str], None]
) -> Organiser:
    organiser = Organiser(links["organiser"], asked.base, links["id"], crowd.clock, tell)
    organiser.come()
    return organiser


if __name__ == "__main__":
    main()
