"""A plenary: everybody votes within ten seconds, and all see the count.

python -m tests.load.plenary [--seats 1000] [--seconds 10]. Read the figures; they are asserted only
where a wrong one is no matter of speed: every paper is acknowledged, and every one is counted.
"""

import argparse
import asyncio
import os
import random
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.load.bench import at, cpu
from tests.phones import Phone, until
from tests.running import House, Server, running

ANSWERS = ("yes", "no", "abstain")


class Plenary:
    """Phones that vote once each, and note when they hear of a count."""

    def __init__(self, port, people):
        self.port, self.people, self.phones = port, people, []
        self.acks, self.counts, self.heard_all = [], [], {}

    async def come_in(self):
        """All of them, one after the other."""
        for who in self.people:
            self.phones.append(Phone([self.port], who))
            await asyncio.sleep(0.01)
        await until(lambda: all(phone.seq is not None for phone in self.phones), 120)
        for number, phone in enumerate(self.phones):
            # They hear all of it, but 1,000 copies of the room would be this process's own load.
            phone.line.hear = lambda message, number=number: self.hear(number, message)

    def hear(self, number, message):
        """A frame has come to a phone: when, if it tells of a count."""
        moment = time.monotonic()
        for kind, _, data in message[1]["things"]:
            if kind == "tally":
                if number == 0:
                    self.counts.append(moment)
                if data["voters"] == len(self.people):
                    self.heard_all.setdefault(number, moment)

    async def vote(self, ballot, seconds):
        """Each phone once, at an even pace and in any order; when the last was acknowledged."""
        order, began, jobs = random.sample(self.phones, len(self.phones)), time.monotonic(), []
        for place, phone in enumerate(order):
            due = began + seconds * place / len(order)
            await asyncio.sleep(max(0, due - time.monotonic()))
            jobs.append(asyncio.ensure_future(self.cast(phone, ballot)))
        await asyncio.gather(*jobs)
        return time.monotonic()

    async def cast(self, phone, ballot):
        """One paper."""
        began = time.monotonic()
        paper = {"ballot": ballot, "marks": {random.choice(ANSWERS): 1}}
        answer = await phone.line.ask("act", "ballot.cast", os.urandom(8).hex(), paper)
        assert "ok" in answer, answer
        self.acks.append(time.monotonic() - began)


async def measured(server, house, seats, seconds):
    """One run; its figures."""
    people = [house.seat(f"Sample {n}", sector=n % 4) for n in range(seats)]
    plenary, pid = Plenary(server.port, people), server.process.pid
    lead = Phone([server.port], house.lead())
    await lead.do("room.move", to=2)
    asked = {"question": "Do we adopt it?", "lang": "en", "subject": "question", "things": []}
    ballot = await lead.do("ballot.open", **asked, method="yes_no", rule={"sectors": 50})
    await plenary.come_in()
    used, began = cpu(pid), time.monotonic()
    acknowledged = await plenary.vote(ballot["id"], seconds)
    await until(lambda: len(plenary.heard_all) == seats, 60)
    spent, used = time.monotonic() - began, cpu(pid) - used
    result = await lead.do("ballot.close", ballot=ballot["id"])
    assert (result["voters"], sum(result["counts"].values())) == (seats, seats), result
    for phone in (lead, *plenary.phones):
        await phone.leave()
    busiest = Counter(int(moment - began) for moment in plenary.counts)
    return {
        "seats that voted, within seconds": f"{seats}, {acknowledged - began:.1f}",
        "ack p50 / p95 / worst, ms": (at(0.5, plenary.acks), at(0.95, plenary.acks),
                                      at(1, plenary.acks)),
        "count on every screen after the last ack, ms": round(
            (max(plenary.heard_all.values()) - acknowledged) * 1000
        ),
        "counts told in the busiest second": max(busiest.values()),
        "share of a core": round(used / spent, 2),
        "rows by sector": [row["sectors"] and (row["low"], row["high"], row["voters"])
                           for row in result["sectors"]],
    }  # fmt: skip


def main():
    """Print a table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seats", type=int, default=1000)
    arguments.add_argument("--seconds", type=float, default=10)
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder))
        with House(server) as house, running(server):
            figures = asyncio.run(measured(server, house, chosen.seats, chosen.seconds))
    for name, figure in figures.items():
        print(f"{name:<46} {figure}")


if __name__ == "__main__":
    main()
