"""A hall of seats in a process of its own, that post ideas and mark others' at an even pace.

python -m tests.load.crowd PORT FILE --seconds 60, where FILE is a list of [id, cookie, page, room].
It says "in" when all have come in, begins when it is told to by a line, and then says how it went.
"""

import argparse
import asyncio
import json
import os
import random
import sys
import time
from pathlib import Path

from tests.phones import Cut, Phone, until
from tests.running import Ticketed

IDEAS, MARKS = 10, 30


def at(share, values):
    """A percentile, in milliseconds."""
    return round(sorted(values)[min(len(values) - 1, int(len(values) * share))] * 1000, 1)


class Crowd:
    """Phones that all hear everything, and of which one at a time does something."""

    def __init__(self, port, people):
        self.port, self.people, self.phones = port, people, []
        self.acks, self.lost, self.frames = [], 0, 0
        self.ideas, self.questions = [], []

    async def come_in(self):
        """All of them, one after the other."""
        for who in self.people:
            self.phones.append(Phone([self.port], who))
            await asyncio.sleep(0.01)
        await until(lambda: all(phone.seq is not None for phone in self.phones))
        self.ideas = list(self.phones[0].all("idea"))
        self.questions = next(iter(self.phones[0].all("room").values()))["questions"]
        for phone in self.phones:
            # They hear all of it, but 300 copies of the room would be this process's own load.
            phone.line.hear = self.hear

    def hear(self, _message):
        """One more frame has come to somebody."""
        self.frames += 1

    async def work(self, seconds):
        """Post and mark for so long, whether or not the last one was answered."""
        jobs, began = [], time.monotonic()
        while (passed := time.monotonic() - began) < seconds:
            if len(jobs) > passed * (IDEAS + MARKS):
                await asyncio.sleep(0.002)
                continue
            post = len(jobs) % (IDEAS + MARKS) % ((IDEAS + MARKS) // IDEAS) == 0
            jobs.append(asyncio.ensure_future(self.post() if post else self.mark()))
        await asyncio.gather(*jobs)
        return time.monotonic() - began

    async def post(self):
        """Somebody has an idea."""
        question = random.choice(self.questions)
        text = f"A lamp and a bench where people wait for the bus, number {os.urandom(5).hex()}"
        idea = {"sort": "need", "question": question["id"], "text": text, "lang": "en"}
        if made := await self.act("idea.post", idea):
            self.ideas.append(made["id"])

    async def mark(self):
        """Somebody supports what somebody has said."""
        if self.ideas:
            await self.act("idea.support", {"id": random.choice(self.ideas), "on": True})

    async def act(self, name, payload):
        """One deed of anybody; what was answered, if it was done."""
        began = time.monotonic()
        try:
            line = random.choice(self.phones).line
            answer = await line.ask("act", name, os.urandom(8).hex(), payload)
        except (Cut, TimeoutError):
            self.lost += 1
            return None
        self.acks.append(time.monotonic() - began)
        return answer.get("ok")

    async def leave(self):
        """Everybody goes home."""
        for phone in self.phones:
            await phone.leave()


async def main(port, people, seconds):
    """Come in, wait for the word, work, tell."""
    crowd = Crowd(port, people)
    await crowd.come_in()
    print("in", flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    spent = await crowd.work(seconds)
    told = {
        "deeds a second": round(len(crowd.acks) / spent, 1),
        "unanswered": crowd.lost,
        "frames a second to each": round(crowd.frames / spent / len(people), 1),
        "ack p50, ms": at(0.5, crowd.acks),
        "ack p95, ms": at(0.95, crowd.acks),
    }
    print(json.dumps(told), flush=True)
    await crowd.leave()


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("port", type=int)
    arguments.add_argument("file", type=Path)
    arguments.add_argument("--seconds", type=float, default=60)
    chosen = arguments.parse_args()
    seats = [Ticketed(*one) for one in json.loads(chosen.file.read_text())]
    asyncio.run(main(chosen.port, seats, chosen.seconds))
