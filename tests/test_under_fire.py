"""Hostile edits through a real door, while honest people type: tests/load/fuzz.py in short."""

import asyncio
import os
from base64 import b64encode

import pycrdt
import pytest

from facilitator.rooms import updates
from facilitator.rooms.encoding import numbers
from tests.load.fuzz import under_fire
from tests.phones import Line, Phone, story, until
from tests.running import House, Server, running
from tests.writers import Writer, a_draft, read, replayed

SHOTS = 2_000 if os.environ.get("SOAK") else 400


@pytest.mark.slow
def test_hostile_edits_harm_nobody_who_types(tmp_path):
    server = Server(tmp_path, worker=True)
    with House(server) as house, running(server):
        story(under_fire(server, house, SHOTS, quiet=5), 400)
        assert "Traceback" not in server.log


def test_number_hung_on_a_letter_shifts_nobody(tmp_path):
    server = Server(tmp_path)
    with House(server) as house, running(server):
        story(two_type_while_numbers_are_hung(server, house))


async def two_type_while_numbers_are_hung(server, house):
    """Places would be counted that nobody sees: the words of the others would land beside them."""
    lead = Phone([server.port], house.lead())
    draft = await a_draft(lead)
    honest = [Writer([server.port], house.seat(name), draft) for name in ("Ana", "Ben")]
    await until(lambda: all(one.joined for one in honest))
    ana, ben = honest
    line = await Line.open(server.port, house.seat("Mallory"))
    answers, written = [], ""
    for number in range(12):
        one, other = honest if number % 2 else honest[::-1]
        word = f"{number} żółw. "
        one.text.insert(len(one.text), word)
        written += word
        # Each goes on where the other has ended.
        await until(lambda: one.saved and str(other.text) == written)  # noqa: B023
        for update in hung(one.doc.client_id, number):
            asked = {
                "recommendation": draft,
                "epoch": ana.epoch,
                "update": b64encode(update).decode(),
            }
            answers.append(await line.ask("act", "draft.update", f"{len(answers):016}", asked))
            await asyncio.sleep(0.05)  # within what one phone may send
    await line.close()
    assert [one for one in answers if one.get("code") != "bad_update"] == []
    ana.steps["abc123.pos"] = 1.0
    await until(lambda: ana.saved and "abc123.pos" in ben.steps)
    ben.steps["abc123.pos"] = 2.0  # which replaces hers
    await until(lambda: ben.saved and ana.seq_of_draft == ben.seq_of_draft)
    assert str(ana.text) == written
    assert read(ana.doc) == read(ben.doc) == replayed(house, draft)
    assert ana.steps["abc123.pos"] == 2.0
    for phone in (lead, *honest):
        await phone.leave()


def hung(letter, number):
    """A number after somebody's letter, before it, and on one's own that is sent along."""
    own = 1_000 + number
    after = updates.setting(own, 0, "steps", "abc123.pos", 1, after=(letter, 0))
    before = numbers(1, 1, own, 0) + b"\x48" + numbers(letter, 0) + b"\1\x7d\1\0"
    words = updates.insertion(own, 0, "s:problem", "x", after=(letter, 0))
    on_own = updates.setting(own, 1, "steps", "abc123.pos", 1, after=(own, 0))
    return after, before, pycrdt.merge_updates(words, on_own)
