"""Simulated people fill the rooms of a rehearsal on a running server, and go home in time."""

import pytest
from sqlalchemy import func, select

from facilitator.db import db, write
from facilitator.models import Forum, Idea, Seat
from tests.running import House, Server, running
from tests.test_backups import run


@pytest.mark.slow
def test_simulated_people_come_write_and_go(tmp_path):
    server = Server(tmp_path)
    with House(server) as house, running(server):
        write(lambda: setattr(db.session.get(Forum, house.laid.id), "rehearsal", True))
        asked = ("--participants", "4", "--minutes", "0.5", "--base", server.address)
        done = run(server, "rehearse", house.laid.uuid, *asked)
        assert done.returncode == 0, done.stderr
        assert house.rows(select(func.count(Seat.id)))[0][0] == 4
        assert house.rows(select(func.count(Idea.id)))[0][0] > 0
