"""A draft that nobody writes in costs the server nothing: no document is kept in memory."""

import os

import pytest

from tests.load.sizes import begin, held
from tests.phones import story
from tests.running import House, Server, running

DRAFTS, WARM = (200, 10) if os.environ.get("SOAK") else (50, 5)


@pytest.mark.slow
def test_drafts_that_were_opened_and_left_take_no_memory(tmp_path):
    server = Server(tmp_path)
    with House(server) as house:
        drafts = begin(house, [f"Text {n}" for n in range(DRAFTS)])
        with running(server):
            few, many = story(held(server, house, drafts[WARM:], drafts[:WARM]), 400)
    assert many / few <= 1.05
