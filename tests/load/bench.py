"""How fast it is, in one run on one machine: python -m tests.load.bench [--phones 300].

A hall of phones listens while some post and vote; then the same frames, at the same moments, go out
by the library's own broadcast to as many listeners. Read the ratios: the seconds are this machine's.
"""

import argparse
import asyncio
import json
import os
import random
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import suppress
from pathlib import Path
from urllib.error import URLError

from sqlalchemy import select

from facilitator.consolidation.similar import ByWords, pairs
from facilitator.db import db, write
from facilitator.forums.mixing import Guest, mix
from facilitator.models import AnswerSheet, Job, Statement, StatementVote, Turnout
from tests.load.documents import documents
from tests.phones import Line, Phone, until
from tests.running import House, Server, free_port, running

POSTS, VOTES = 5, 30


def cpu(pid):
    """Seconds of CPU that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory(pid):
    """Megabytes that a process holds."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def at(share, values):
    """A percentile, in milliseconds."""
    return round(sorted(values)[min(len(values) - 1, int(len(values) * share))] * 1000, 1)


class Hall:
    """Phones that listen, and remember when they heard of what."""

    def __init__(self, port, people):
        self.people, self.port = people, port
        self.phones, self.frames, self.record, self.seen = [], 0, [], []
        self.posted = {}

    async def fill(self):
        began = time.monotonic()
        for who in self.people:
            self.phones.append(Phone([self.port], who))
            await asyncio.sleep(0.01)
        await until(lambda: all(phone.seq is not None for phone in self.phones))
        for phone in self.phones:
            phone.line.hear = lambda message, phone=phone: self.heard(phone, message)
        return time.monotonic() - began

    def heard(self, phone, message):
        phone.heard(message)
        self.frames += 1
        moment = time.monotonic()
        if phone is self.phones[0]:
            self.record.append([moment, message[1]])
        for kind, _, data in message[1]["things"]:
            if kind == "idea" and data["text"] in self.posted:
                self.seen.append(moment - self.posted[data["text"]])

    async def load(self, seconds, ballot):
        """Post and vote at an even pace, whether or not the last one was answered."""
        choices = [choice["id"] for choice in ballot["choices"]]
        acks, jobs = [], []

        async def timed(name, payload):
            began = time.monotonic()
            phone = random.choice(self.phones)
            answer = await phone.line.ask("act", name, os.urandom(8).hex(), payload)
            assert "ok" in answer, answer
            acks.append(time.monotonic() - began)

        began, done = time.monotonic(), 0
        while time.monotonic() - began < seconds:
            if done > (time.monotonic() - began) * (POSTS + VOTES):
                await asyncio.sleep(0.002)
                continue
            done += 1
            if done % (POSTS + VOTES) < POSTS:
                text = f"Lamps along the path, number {os.urandom(6).hex()}"
                self.posted[text] = time.monotonic()
                sort = {"sort": "need", "question": None, "text": text, "lang": "en"}
                jobs.append(asyncio.ensure_future(timed("idea.post", sort)))
            else:
                marks = {str(choice): 1 for choice in random.sample(choices, 2)}
                paper = {"ballot": ballot["id"], "marks": marks}
                jobs.append(asyncio.ensure_future(timed("ballot.cast", paper)))
        await asyncio.gather(*jobs)
        return acks

    async def leave(self):
        for phone in self.phones:
            await phone.leave()


async def ours(server, people, leader, seconds):
    """A hall at our own server; how it went, and the frames it heard."""
    hall = Hall(server.port, people)
    empty = memory(server.process.pid)
    came_in = await hall.fill()
    lead = Phone([server.port], leader)
    for text in ("Benches", "Shade", "Buses", "A library"):
        await lead.do("idea.post", sort="need", question=None, text=text, lang="en")
    await lead.do("room.move", to=2)
    ballot = await lead.do(
        "ballot.open", question="What first?", lang="en", method="approval", dots=None,
        subject="ideas", things=[],
    )  # fmt: skip
    await lead.do("room.move", to=0)
    await asyncio.sleep(1)
    held = memory(server.process.pid)
    hall.frames, hall.record, hall.seen = 0, [], []
    used = cpu(server.process.pid)
    began = time.monotonic()
    acks = await hall.load(seconds, ballot)
    await asyncio.sleep(0.5)
    spent = time.monotonic() - began
    used = cpu(server.process.pid) - used
    for phone in (lead, *hall.phones):
        await phone.leave()
    first = hall.record[0][0]
    frames = [[moment - first, frame] for moment, frame in hall.record]
    return {
        "phones came in within, s": round(came_in, 1),
        "kB a phone": round((held - empty) * 1000 / len(people)),
        "ack p50 / p95, ms": (at(0.5, acks), at(0.95, acks)),
        "post on another screen p50 / p95, ms": (at(0.5, hall.seen), at(0.95, hall.seen)),
        "share of a core": round(used / spent, 2),
        "CPU a delivered frame, µs": round(used / max(1, hall.frames) * 1e6, 1),
    }, frames


async def bare(frames, listeners):
    """The same frames by the library's own broadcast; microseconds of CPU a delivered frame."""
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(frames, file)
        file.flush()
        port = free_port()
        command = [sys.executable, "-m", "tests.load.bare", str(port), file.name]
        process = subprocess.Popen(command)
        try:
            for _ in range(200):
                with suppress(URLError, OSError):
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2).close()
                    break
                await asyncio.sleep(0.05)
            heard = []
            lines = []
            for _ in range(listeners):
                line = await Line.open(port)
                line.hear = heard.append
                lines.append(line)
            await asyncio.sleep(1)
            used = cpu(process.pid)
            await lines[0].ask("go")
            await until(lambda: len(heard) >= len(frames) * listeners)
            used = cpu(process.pid) - used
            for line in lines:
                await line.close()
            return used / len(heard) * 1e6
        finally:
            process.kill()
            process.wait()


async def lag(server, who, seconds, meanwhile):
    """How long the server takes to answer while a task is at work: the worst, in milliseconds."""
    line = await Line.open(server.port, who)
    waits, end = [], time.monotonic() + seconds
    while time.monotonic() < end and not meanwhile.done():
        began = time.monotonic()
        await line.ask("act", "nothing.there", os.urandom(8).hex(), {})
        waits.append(time.monotonic() - began)
        await asyncio.sleep(0.02)
    await line.close()
    return at(0.5, waits), at(0.99, waits)


def large_vote(room_id, voters=2000, statements=900, share=0.25):
    """A closed vote of a large room in two camps; the number of its job."""
    vote = StatementVote(room_id=room_id, question="What do we think?", lang="en", is_open=False)
    db.session.add(vote)
    db.session.flush()
    said = [Statement(vote_id=vote.id, number=n, text=f"{n}", lang="en") for n in range(statements)]
    db.session.add_all([*said, Turnout(id=vote.id)])
    db.session.flush()
    ids = [one.id for one in said]
    for n in range(voters):
        seen = random.sample(ids, int(statements * share))
        marks = {str(i): random.choice((1, 1, 0, -1)) * (1 if n % 3 else -1) for i in seen}
        db.session.add(AnswerSheet(vote_id=vote.id, voter=f"{n:064}", marks=marks))
    job = Job(name="opinions", payload={"vote": vote.id})
    db.session.add(job)
    db.session.flush()
    return job.id


async def opinions(server, house):
    """Opinion groups of 2,000 people and 900 statements, in the worker, while a phone asks."""
    room = house.laid.rooms[0].id
    who = house.seat("Sample")
    job = write(lambda: large_vote(room))

    async def done():
        began = None
        while True:
            [(state, claimed)] = house.rows(select(Job.state, Job.claimed_at).where(Job.id == job))
            if claimed and began is None:
                began = time.monotonic()
            if state in ("done", "failed"):
                return state, time.monotonic() - began
            await asyncio.sleep(0.02)

    working = asyncio.ensure_future(done())
    middle, worst = await lag(server, who, 60, working)
    state, seconds = await working
    assert state == "done"
    return {
        "opinion groups of 2,000 × 900, s": round(seconds, 1),
        "answer meanwhile p50 / p99, ms": (middle, worst),
    }


def tables():
    """Seconds to split a hall of 200 into tables, for the first round and for the next."""
    chance = random.Random(1)
    sectors = chance.choices([*range(7), None], [40, 30, 10, 8, 5, 4, 3, 3], k=200)
    tongues = chance.choices(["pl", "uk", "en", "cs"], [60, 25, 10, 5], k=200)
    people = [Guest(n, *one) for n, one in enumerate(zip(sectors, tongues, strict=True))]
    began = time.monotonic()
    first = mix(people, seed="a")
    between = time.monotonic()
    mix(people, seed="b", before=[first])
    return round(between - began, 2), round(time.monotonic() - between, 2)


def similar(many):
    """Seconds of CPU until the similar ones of so many short texts are found, by their words."""
    chance = random.Random(1)
    lines = (Path(__file__).parent.parent / "data" / "similar.tsv").read_text().splitlines()
    words = [word for line in lines if line[0] != "#" for word in line.split("\t")[2].split()]
    texts = [" ".join(chance.choices(words, k=15)) for _ in range(many)]
    began = time.process_time()
    known = ByWords(texts)
    for pair in pairs(known, chance.choices(range(5), k=many), least=0.1, most=3):
        known.shared(pair.a, pair.b)
    return round(time.process_time() - began, 2)


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--phones", type=int, default=300)
    arguments.add_argument("--seconds", type=float, default=15)
    chosen = arguments.parse_args()
    print(f"{'tables for 200, first and next round, s':<40} {tables()}")
    for many in (1_000, 5_000):
        print(f"{f'similar ones of {many:,} texts, CPU s':<40} {similar(many)}")
    for what, cost in documents().items():
        print(f"{what:<40} {cost}")
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder))
        with House(server) as house:
            people = [house.seat(f"Sample {n}") for n in range(chosen.phones)]
            leader = house.lead()
            with running(server):
                figures, frames = asyncio.run(ours(server, people, leader, chosen.seconds))
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder), worker=True)
        with House(server) as house, running(server):
            figures |= asyncio.run(opinions(server, house))
    for name, figure in figures.items():
        print(f"{name:<40} {figure}")
    library = asyncio.run(bare(frames, chosen.phones))
    mine = figures["CPU a delivered frame, µs"]
    print(f"{'the same by the library, telling only, µs':<40} {library:.1f}")
    print(f"{'ratio, with every action included':<40} {mine / library:.2f}")


if __name__ == "__main__":
    main()
