"""Hostile edits at the guard and the log: each is answered, and what is refused leaves no trace."""

import os
import random
from base64 import b64decode

import pycrdt
import pytest
from sqlalchemy import select

from facilitator.actions import Refused
from facilitator.db import db
from facilitator.models import DraftUpdate, Phase
from facilitator.rooms import updates
from tests import edits
from tests.hostile import Hostile
from tests.rooms.test_drafts import Copy, lacking

SHOTS = 100_000 if os.environ.get("SOAK") else 1_000
#: Shots at one draft.
ROUND = 500
#: The ways to say no.
CODES = {"retry", "bad_update", "too_long", "bad_shape", "too_many"}


@pytest.mark.slow
def test_hostile_edits_leave_no_trace(join, lead):
    """The log holds what was acknowledged and nothing else, and it can be read in the worker."""
    leader, child = lead(), edits.reading_child()
    leader.go(Phase.DRAFT)
    mallory, ana = join("Mallory"), join("Ana")
    codes, stored = {}, 0
    for seed in range(SHOTS // ROUND):
        text = leader.act("recommendation.start", title="Łódź 😀", lang="en", theme=None)["id"]
        honest = Copy(ana, text)
        honest.type("Honest words 😀 ")
        hostile = Hostile(random.Random(seed), {5: 0, 6: 0}, [honest.document.client_id])
        told = shoot(mallory, text, honest.epoch, hostile, codes)
        honest.catch_up()
        last = honest.type("and more")
        assert honest.read().endswith("and more")

        rows = log_of(text)
        assert {row.seq for row in rows} == {1, 2, *told, last}
        merged = updates.merged([row.data for row in rows], pycrdt.merge_updates)
        state = updates.read_state_vector(pycrdt.get_state(merged))
        assert updates.read_state_vector(b64decode(lacking(text)["sv"])) == state
        answer, _ = child.ask({"sources": {}}, [row.data for row in rows], seconds=20)
        assert "error" not in answer, answer
        stored += len(told)
        leader.act("recommendation.remove", id=text)
    child.stop()
    print(SHOTS, "shots,", stored, "stored", codes)  # noqa: T201 - for the long run
    assert codes.keys() == CODES
    assert SHOTS / 100 < stored < SHOTS / 2


def shoot(mallory, text, epoch, hostile, codes):
    """Fire at a draft; the numbers of what was acknowledged to be stored."""
    told = set()
    for _ in range(ROUND):
        asked = {"recommendation": text, "epoch": epoch, "update": hostile.coded()}
        try:
            seq = mallory.act("draft.update", op=None, **asked)["seq"]
        except Refused as refused:
            codes[refused.code] = codes.get(refused.code, 0) + 1
            continue
        if seq:
            told.add(seq)
            learn(hostile, b64decode(asked["update"]))
    return told


def learn(hostile, data):
    """What was stored may be bent next, and built on."""
    hostile.log.append(data)
    for client, (_, end) in updates.read(data).ranges.items():
        hostile.mine[client] = max(hostile.mine.get(client, 0), end)


def log_of(text):
    db.session.rollback()
    query = select(DraftUpdate.seq, DraftUpdate.data).where(DraftUpdate.draft_id == text)
    return db.session.execute(query.order_by(DraftUpdate.seq)).all()
