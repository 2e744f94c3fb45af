"""Hostile edits through a real door, while honest people type: tests/load/fuzz.py in short."""

import os

import pytest

from tests.load.fuzz import under_fire
from tests.phones import story
from tests.running import House, Server, running

SHOTS = 2_000 if os.environ.get("SOAK") else 400


@pytest.mark.slow
def test_hostile_edits_harm_nobody_who_types(tmp_path):
    server = Server(tmp_path, worker=True)
    with House(server) as house, running(server):
        story(under_fire(server, house, SHOTS, quiet=5), 400)
        assert "Traceback" not in server.log
