"""A whole document of ours, typed key by key into one section: python -m tests.load.typist.

--keys a second (45: each key is an edit of its own; faster, what is typed meanwhile goes as one),
--most characters of the text, for a shorter run. The text is the longest file of docs/; now and then
a word is mistyped, taken away and typed again. The run fails if what all read is not the file.
"""

import argparse
import asyncio
import random
import tempfile
import time
from base64 import b64decode, b64encode
from dataclasses import dataclass
from pathlib import Path

import pycrdt
from sqlalchemy import func, select

from facilitator.models import DraftUpdate
from tests.load.bench import at, cpu
from tests.phones import Line, Phone, until
from tests.running import ROOT, House, Server, running
from tests.writers import MARKED, Writer, a_draft, replayed

#: As fast as a phone is let to speak, a key an edit.
KEYS = 45
#: Of a hundred words, so many are mistyped.
MISTYPED = 8


def longest():
    """The longest text of our own."""
    texts = [path.read_text() for path in (ROOT / "docs").rglob("*.md")]
    return max(texts, key=len)


@dataclass(frozen=True)
class Key:
    """A letter, or the key that takes the last one away."""

    letter: str | None


def keystrokes(text, seed=1):
    """What is pressed to write a text, mistakes included."""
    dice = random.Random(seed)
    for word in text.split(" "):
        if word and dice.randrange(100) < MISTYPED:
            wrong = "".join(dice.sample(word, len(word)))[: dice.randint(1, 6)]
            yield from map(Key, wrong)
            yield from [Key(None)] * len(wrong)
        yield from map(Key, word)
        yield Key(" ")


async def typed(server, house, text, keys):
    """Type it; the figures."""
    ports = [server.port]
    lead = Phone(ports, house.lead())
    draft = await a_draft(lead)
    writer, reader = (Writer(ports, house.seat(name), draft) for name in ("Ana", "Ben"))
    await until(lambda: writer.joined and reader.joined and writer.saved)
    wire = Wire(writer.line)
    used, began, pressed, behind = cpu(server.process.pid), time.monotonic(), 0, []
    for key in keystrokes(text):
        press(writer, key, behind)
        pressed += 1
        await asyncio.sleep(max(0, began + pressed / keys - time.monotonic()))
    await until(lambda: writer.saved)
    seconds = time.monotonic() - began
    used = cpu(server.process.pid) - used
    wanted = text + " "  # after the last word as after each
    await until(lambda: str(reader.text) == wanted)
    assert str(writer.text) == wanted
    assert replayed(house, draft)[0][1] == wanted
    read, sent = await newcomer(server.port, house.seat("Late"), draft)
    assert read == wanted
    for phone in (lead, writer, reader):
        await phone.leave()
    mine = DraftUpdate.draft_id == draft
    query = select(func.count(), func.sum(func.length(DraftUpdate.data))).where(mine)
    [(rows, log)] = house.rows(query)
    return {
        "characters, keys pressed": f"{len(text)}, {pressed}",
        "minutes": round(seconds / 60, 1),
        "edits": rows,
        "ack p50 / p95, ms": (at(0.5, writer.acks), at(0.95, writer.acks)),
        "on the wire for the writer, up / down, kB": (wire.up // 1000, wire.down // 1000),
        "in the log, kB; bytes a key": (round(log / 1000), round(log / pressed, 1)),
        "what a newcomer is sent, kB": round(sent / 1000, 1),
        "CPU of the server for each edit, ms": round(used / rows * 1000, 2),
    }


def press(writer, key, letters):
    """One key, at the end of what is there."""
    if key.letter is None:
        end = len(writer.text)
        del writer.text[end - len(letters.pop().encode()) : end]
    else:
        writer.text.insert(len(writer.text), key.letter)
        letters.append(key.letter)


async def newcomer(port, who, draft):
    """What somebody reads who comes now, and the bytes it takes to tell."""
    line = await Line.open(port, who)
    asked = {"recommendation": draft, "epoch": None, "sv": b64encode(b"\0").decode()}
    update = b64decode((await line.ask("join", asked))["ok"]["update"])
    await line.close()
    doc = pycrdt.Doc()
    doc.apply_update(update)
    return str(doc.get(MARKED, type=pycrdt.Text)), len(update)


class Wire:
    """Counts the bytes of a line."""

    def __init__(self, line):
        self.up = self.down = 0
        write, read = line.writer.write, line.reader.readexactly

        def counted(data):
            self.up += len(data)
            write(data)

        async def counting(size):
            self.down += size
            return await read(size)

        line.writer.write, line.reader.readexactly = counted, counting


def main():
    """Print a table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--keys", type=float, default=KEYS)
    arguments.add_argument("--most", type=int)
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder), worker=True)
        with House(server) as house, running(server):
            text = longest()[: chosen.most]
            figures = asyncio.run(typed(server, house, text, chosen.keys))
    for name, figure in figures.items():
        print(f"{name:<46} {figure}")


if __name__ == "__main__":
    main()
