"""Hostile edits through the door while two people type: python -m tests.load.fuzz [--shots 2000].

Some phones send what no page would, as fast as they are let; the others go on writing. Read the
ratio of what the honest wait for an answer. The run fails if the server ends, if one of the honest
loses a word, or if the log or a page has anything that was refused.
"""

import argparse
import asyncio
import random
import tempfile
import time
from base64 import b64decode
from collections import Counter
from contextlib import suppress
from pathlib import Path

from sqlalchemy import select

from facilitator.models import DraftUpdate
from facilitator.rooms import updates
from tests.hostile import Hostile
from tests.load.bench import at
from tests.phones import Cut, Line, Phone, Shut, until
from tests.rooms.test_draft_fuzz import learn
from tests.running import House, Server, running
from tests.writers import Writer, a_draft

SHOTS, ATTACKERS, QUIET = 2_000, 8, 60


class Honest(Writer):
    """Somebody who writes a word now and then, at either end, and remembers what was stored."""

    def __init__(self, ports, who, draft):
        self.words, self.heard_of = [], {}
        super().__init__(ports, who, draft)

    def heard(self, message):
        if message[0] == "draft":
            self.heard_of |= {int(seq): data for _, seq, data in message[1]["things"]}
        super().heard(message)

    async def type(self, times, pause=0.05):
        """Type some words, each when the last is stored; what each has waited."""
        self.acks = []
        for _ in range(times):
            word = f"<{self.who.id}.{len(self.words)} żółw>"
            self.words.append(word)
            self.text.insert(self.dice.choice((0, len(self.text))), word)
            await until(lambda: self.saved)
            await asyncio.sleep(self.dice.uniform(0, 2 * pause))
        return self.acks


class Attacker:
    """A phone that sends what no page would, and comes back when it is cut off."""

    def __init__(self, port, who, draft, seed, others):
        self.port, self.who, self.draft = port, who, draft
        first = 1_000 + 10 * seed
        self.hostile = Hostile(random.Random(seed), {first: 0, first + 1: 0}, others)
        self.answers, self.stored = Counter(), set()

    async def fire(self, shots, epoch):
        """Send so many updates; every one is answered, or the line is cut."""
        line = None
        for _ in range(shots):
            asked = {"recommendation": self.draft, "epoch": epoch, "update": self.hostile.coded()}
            if line is None:
                line = await Line.open(self.port, self.who)
            try:
                answer = await line.ask("act", "draft.update", random.randbytes(8).hex(), asked)
            except Cut:
                self.answers["cut off"] += 1
                await leave(line)
                line = None
                continue
            self.note(asked, answer)
        await leave(line)

    def note(self, asked, answer):
        if "ok" not in answer:
            assert answer["refused"].endswith("."), answer
            self.answers[answer["code"]] += 1
            return
        self.answers["stored" if answer["ok"]["seq"] else "nothing new"] += 1
        if answer["ok"]["seq"]:
            self.stored.add(answer["ok"]["seq"])
            learn(self.hostile, b64decode(asked["update"]))


async def under_fire(server, house, shots=SHOTS, attackers=ATTACKERS, quiet=QUIET):
    """Two people type in peace, then under fire; what they waited, and how the shots were answered."""
    ports = [server.port]
    lead = Phone(ports, house.lead())
    draft = await a_draft(lead)
    honest = [Honest(ports, house.seat(name), draft) for name in ("Ana", "Ben")]
    await until(lambda: all(one.joined for one in honest))
    calm = await typed(honest, quiet)
    others = [one.doc.client_id for one in honest]
    crowd = [Attacker(server.port, house.seat(), draft, n, others) for n in range(attackers)]
    firing = asyncio.gather(*(one.fire(shots // attackers, honest[0].epoch) for one in crowd))
    began, heat = time.monotonic(), []
    while not firing.done():
        heat += await typed(honest, 10)
    await firing
    seconds = time.monotonic() - began
    await until(lambda: len({one.seq_of_draft for one in honest}) == 1)
    assert server.process.poll() is None
    look_into(house, draft, honest, crowd)
    for phone in (lead, *honest):
        await phone.leave()
    answers = sum((one.answers for one in crowd), Counter())
    # Who floods is shown the door now and then; the honest never were.
    assert answers["cut off"] <= shots // 10, answers
    return {
        "shots, within seconds": f"{answers.total()}, {seconds:.1f}",
        "answers": dict(answers),
        "honest edits, before / meanwhile": f"{len(calm)} / {len(heat)}",
        "ack in peace p50 / p95, ms": (at(0.5, calm), at(0.95, calm)),
        "ack under fire p50 / p95, ms": (at(0.5, heat), at(0.95, heat)),
        "ratio p50 / p95": tuple(round(at(s, heat) / at(s, calm), 1) for s in (0.5, 0.95)),
    }


async def leave(line):
    """Hang up, also on a line that was cut."""
    with suppress(Cut, Shut):
        if line:
            await line.close()


async def typed(honest, times):
    """Let them type; what all of it has waited."""
    waits = await asyncio.gather(*(one.type(times) for one in honest))
    return [wait for one in waits for wait in one]


def look_into(house, draft, honest, crowd):
    """The log and the pages hold what was acknowledged, each once, and nothing else."""
    query = select(DraftUpdate.seq, DraftUpdate.data).where(DraftUpdate.draft_id == draft)
    log = dict(house.rows(query.order_by(DraftUpdate.seq)))
    stored = [seq for one in crowd for seq in one.stored]
    # The first is the server's own: the title.
    expected = len(set(stored)) + sum(len(one.words) for one in honest) + 1
    assert len(stored) == len(set(stored))
    assert list(log) == list(range(1, expected + 1))
    for one in honest:
        assert all(b64decode(data) == log[seq] for seq, data in one.heard_of.items())
        # Who lies about neighbours may stand in another place on another page, until it is reloaded;
        # but it is the same letters everywhere.
        assert {"".join(sorted(str(other.text))) for other in honest} == {
            "".join(sorted(str(one.text)))
        }
        assert state_of(one) == state_of(honest[0])
        own = [word for word in one.words if str(one.text).count(word) > 1]
        assert own == []


def state_of(page):
    """How far a page has the work of each client."""
    return updates.read_state_vector(page.doc.get_state())


def main():
    """Print a table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--shots", type=int, default=SHOTS)
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder), worker=True)
        with House(server) as house, running(server):
            figures = asyncio.run(under_fire(server, house, chosen.shots))
            assert "Traceback" not in server.log
    for name, figure in figures.items():
        print(f"{name:<36} {figure}")


if __name__ == "__main__":
    main()
