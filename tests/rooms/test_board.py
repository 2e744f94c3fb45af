"""The day of a room: where it is in its agenda, and how much time is left."""

from datetime import datetime, timedelta

import pytest

from facilitator.access import ActorRef
from facilitator.actions import Refused
from facilitator.models import Phase, Role, now
from tests.conftest import Phone


def room_of(phone):
    phone.hear()
    return phone.all("room")[phone.ref.room_id]


def test_room_goes_forward_and_back_without_loss(join, lead):
    ana, leader = join("Ana"), lead()
    ana.act("idea.post", sort="need", question=None, text="Benches", lang="en")
    for to, phase in ((1, "group"), (5, "closed"), (0, "gather")):
        leader.act("room.move", to=to)
        assert (room_of(ana)["at"], room_of(ana)["phase"]) == (to, phase)
    assert [idea["text"] for idea in ana.all("idea").values()] == ["Benches"]


def test_no_step_beyond_the_agenda(lead):
    for to in (-1, 6):
        with pytest.raises(Refused, match="no such step"):
            lead().act("room.move", to=to)


def test_desk_has_no_agenda(forum, lead):
    with pytest.raises(Refused, match="no such step"):
        lead(Role.ORGANISER, room=forum.desk).act("room.move", to=0)


def test_timer_counts_from_now_and_stops(join, lead):
    ana, leader = join("Ana"), lead()
    leader.act("room.time", minutes=10.0)
    ends = datetime.fromisoformat(room_of(ana)["ends_at"])
    assert timedelta(minutes=9) < ends - now() <= timedelta(minutes=10)

    leader.act("room.time", minutes=None)
    assert room_of(ana)["ends_at"] is None


def test_timer_needs_a_length_people_live_through(lead):
    for minutes in (0.0, -1.0, 1441.0):
        with pytest.raises(Refused, match="Give between"):
            lead().act("room.time", minutes=minutes)


def test_moving_on_stops_the_timer(join, lead):
    ana, leader = join("Ana"), lead()
    leader.act("room.time", minutes=5.0)
    leader.go(Phase.GROUP)
    assert room_of(ana)["ends_at"] is None


def test_screen_on_the_wall_cannot_move_the_room(forum, lead):
    screen = lead(Role.PROJECTOR)
    with pytest.raises(Refused, match="may not"):
        screen.act("room.move", to=1)
    assert Phone(ActorRef(forum.rooms[0].id, grant_id=screen.ref.grant_id)).all("room")
