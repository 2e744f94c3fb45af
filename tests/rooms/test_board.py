"""The day of a room: where it is in its agenda, and how much time is left."""

from datetime import datetime, timedelta

import pytest

from facilitator.access import ActorRef
from facilitator.actions import Refused
from facilitator.models import Phase, Role, now
from facilitator.rooms.board import go_on_due
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


# ---- Time ----------------------------------------------------------------------------------------


def left(room):
    return datetime.fromisoformat(room["ends_at"]) - now()


def test_time_is_held_and_runs_on_with_what_was_left(join, lead):
    ana, leader = join("Ana"), lead()
    leader.act("room.time", minutes=10.0)

    leader.act("room.pause", on=True)
    held = room_of(ana)
    assert held["ends_at"] is None
    assert 9 * 60_000 < held["left_ms"] <= 10 * 60_000
    leader.act("room.extend", minutes=5.0)
    leader.act("room.pause", on=False)

    running = room_of(ana)
    assert running["left_ms"] is None
    assert timedelta(minutes=14) < left(running) <= timedelta(minutes=15)


def test_two_who_extend_at_once_extend_twice(lead):
    leader, other = lead(), lead()
    leader.act("room.time", minutes=10.0)
    leader.act("room.extend", minutes=1.0)
    other.act("room.extend", minutes=1.0)
    assert timedelta(minutes=11) < left(room_of(leader)) <= timedelta(minutes=12)


def test_time_that_is_over_is_extended_from_now(lead):
    leader = lead()
    leader.act("room.time", minutes=0.00001)
    leader.act("room.extend", minutes=2.0)
    assert timedelta(minutes=1) < left(room_of(leader)) <= timedelta(minutes=2)


def test_time_that_does_not_run_is_neither_held_nor_extended(lead):
    for name, payload in (
        ("room.extend", {"minutes": 1.0}),
        ("room.pause", {"on": True}),
        ("room.go_on", {"on": True}),
    ):
        with pytest.raises(Refused, match="No time is running"):
            lead().act(name, **payload)


def test_pausing_twice_is_pausing_once(lead):
    leader, other = lead(), lead()
    leader.act("room.time", minutes=10.0)
    leader.act("room.pause", on=True)
    before = room_of(leader)["left_ms"]
    other.act("room.pause", on=True)
    assert room_of(leader)["left_ms"] == before


# ---- Going on by itself --------------------------------------------------------------------------


def test_room_stays_where_it_is_when_its_time_is_over(lead):
    leader = lead()
    leader.act("room.time", minutes=0.00001)
    go_on_due()
    assert room_of(leader)["at"] == 0


def test_room_goes_on_by_itself_where_it_was_told_to_and_once(lead, clock):
    leader = lead()
    leader.act("room.time", minutes=0.00001)
    leader.act("room.go_on", on=True)

    go_on_due()
    go_on_due()
    clock().act("room.time_over")  # another process that was a little later

    gone_on = room_of(leader)
    assert (gone_on["at"], gone_on["goes_on"], gone_on["ends_at"]) == (1, False, None)


def test_room_that_is_held_does_not_go_on(lead):
    leader = lead()
    leader.act("room.time", minutes=0.00001)
    leader.act("room.go_on", on=True)
    leader.act("room.pause", on=True)
    go_on_due()
    assert room_of(leader)["at"] == 0


# ---- The agenda ----------------------------------------------------------------------------------


def test_day_begins_with_the_first_timer_and_each_step_when_it_is_come_to(lead):
    leader = lead()
    assert room_of(leader)["began_at"] is None
    leader.act("room.time", minutes=10.0)
    began = room_of(leader)["began_at"]
    leader.go(Phase.GROUP)

    later = room_of(leader)
    assert (later["began_at"], later["visit"]) == (began, 1)
    assert later["step_at"] > began


def test_day_counted_from_now_is_on_time(lead):
    leader = lead()
    leader.go(Phase.DECIDE)
    leader.act("room.begin")
    room = room_of(leader)
    before = datetime.fromisoformat(room["step_at"]) - datetime.fromisoformat(room["began_at"])
    assert before == timedelta(minutes=40)


def test_minutes_of_coming_steps_can_be_changed_and_no_other_room_is_touched(forum, lead):
    leader = lead()
    leader.go(Phase.GROUP)
    leader.act("room.plan", place=3, minutes=35)
    assert [step["minutes"] for step in room_of(leader)["agenda"]] == [20, 20, 20, 35, 20, 20]
    assert [step["minutes"] for step in room_of(lead(room=forum.rooms[1]))["agenda"]] == [20] * 6
    with pytest.raises(Refused, match="is over"):
        leader.act("room.plan", place=0, minutes=5)
    with pytest.raises(Refused, match="no such step"):
        leader.act("room.plan", place=6, minutes=5)


# ---- Back and forth ------------------------------------------------------------------------------


@pytest.fixture
def lived(join, lead):
    """A room that has been through its day, with something from each of its steps."""
    ana, leader = join("Ana"), lead()
    posted = [
        ana.act("idea.post", sort="need", question=None, text=text, lang="en")["id"]
        for text in ("Benches", "Shade")
    ]
    ana.act("comment.post", idea=posted[0], text="With a roof", lang="en")
    leader.go(Phase.GROUP)
    for title, idea in zip(("Places", "Trees"), posted, strict=True):
        ana.act("theme.make", title=title, lang="en", ideas=[idea])
    leader.go(Phase.DECIDE)
    ballot = leader.act(
        "ballot.open",
        question="What first?",
        lang="en",
        method="dots",
        dots=3,
        subject="themes",
        things=[],
        showing="live",
    )
    ana.act("ballot.cast", ballot=ballot["id"], marks={str(ballot["choices"][0]["id"]): 2})
    leader.go(Phase.DRAFT)
    made = ana.act("recommendation.start", title="Sit", lang="en", theme=None)
    leader.go(Phase.ADOPT)
    leader.act("ballot.adopt", recommendation=made["id"])
    leader.go(Phase.CLOSED)
    return ana, leader


@pytest.mark.parametrize("start", list(Phase))
@pytest.mark.parametrize("to", list(Phase))
def test_nothing_disappears_between_any_two_phases(lived, start, to):
    ana, leader = lived
    leader.go(start)
    ana.hear()
    before = {key: data for key, data in ana.things.items() if key[0] != "room"}
    papers = ana.mine["papers"]

    leader.go(to)

    ana.hear()
    assert {key: data for key, data in ana.things.items() if key[0] != "room"} == before
    assert ana.mine["papers"] == papers
    assert {kind for kind, _ in before} >= {"idea", "comment", "theme", "ballot", "recommendation"}


def test_paper_on_its_way_while_the_room_goes_back_is_not_lost(lived):
    ana, leader = lived
    leader.go(Phase.GATHER)
    ana.hear()
    ballot = next(ballot for ballot in ana.all("ballot").values() if ballot["method"] == "dots")
    ana.act("ballot.cast", ballot=ballot["id"], marks={str(ballot["choices"][1]["id"]): 1})
    assert leader.act("ballot.close", ballot=ballot["id"])["voters"] == 1
