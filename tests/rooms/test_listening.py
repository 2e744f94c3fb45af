"""Who listens to a room, and for how long."""

import pytest

from facilitator.access import ActorRef
from facilitator.db import db, write
from facilitator.models import Grant, Role, Seat
from facilitator.rooms import sockets


@pytest.fixture
def cut(monkeypatch):
    """The phones on which we have hung up."""
    found = set()
    monkeypatch.setattr(sockets, "speakers", {})
    monkeypatch.setattr(sockets.socketio.server, "disconnect", found.add)
    return found


def test_who_may_no_longer_listen_is_hung_up_on(forum, join, lead, cut):
    here, there = (room.id for room in forum.rooms)
    ana, ben, eve = join("Ana").ref, join("Ben").ref, join("Eve").ref
    screen, leader = lead(Role.PROJECTOR).ref, lead().ref
    sockets.speakers.update(ana=ana, ben=ben, eve=eve, screen=screen, leader=leader)
    sockets.turn_out()
    assert cut == set()

    def change():
        db.session.get(Seat, ben.seat_id).room_id = there
        db.session.get(Seat, eve.seat_id).revoked = True
        db.session.get(Grant, leader.grant_id).revoked = True

    write(change)
    sockets.speakers.update(ben_again=ActorRef(there, seat_id=ben.seat_id))
    sockets.turn_out()

    assert cut == {"ben", "eve", "leader"}
    assert ana.room_id == here
