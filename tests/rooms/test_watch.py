"""How a room is doing: how many are here, and how many have not contributed yet. Never who."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from facilitator.db import db, write
from facilitator.models import Event, Phase, Presence, Room, now
from facilitator.rooms import watch
from facilitator.rooms.small_cells import LEAST, OPEN
from facilitator.rooms.watch import note_presence, quarter, watch_due


def post(phone):
    phone.act("idea.post", sort="need", question=None, text="Benches", lang="en")


def seen(leader):
    watch_due([leader.ref.room_id])
    leader.hear()
    return leader.all("watch")[leader.ref.room_id]


def test_quiet_are_counted_and_not_named(join, lead):
    phones, leader = [join(f"Seat {n}") for n in range(3)], lead()
    post(phones[0])
    post(phones[0])
    told = seen(leader)
    assert (told["seats"], told["quiet"]) == (3, 2)
    phones[1].hear()
    assert phones[1].all("watch") == {}


def test_each_step_is_begun_in_silence(join, lead):
    ana, leader = join("Ana"), lead()
    post(ana)
    leader.go(Phase.GROUP)
    assert seen(leader)["quiet"] == 1
    leader.go(Phase.GATHER)
    assert seen(leader)["quiet"] == 1
    ana.act("hand.raise")
    assert seen(leader)["quiet"] == 0


def test_who_comes_from_another_room_has_not_contributed_here(forum, join, lead):
    ola = join("Ola", room=forum.rooms[1])
    post(ola)
    ola.ref = type(ola.ref)(forum.rooms[0].id, seat_id=ola.ref.seat_id)
    ola.act("seat.enter")
    assert seen(lead())["quiet"] == 1


def test_sectors_have_a_row_from_five_seats_on(forum, join, lead):
    large = [join(f"Seat {n}", sector=0) for n in range(8)]
    for sector in (1, 2):
        for n in range(3):
            join(f"Small {sector} {n}", sector=sector)
    for phone in large[:4]:
        post(phone)

    rows = seen(lead())["sectors"]

    uuids = [sector.uuid for sector in forum.sectors]
    assert rows == [
        {"sectors": [uuids[0]], "seats": 8, "share": None},
        *({"sectors": [uuid], "seats": None, "share": None} for uuid in uuids[1:]),
    ]


def test_share_is_told_in_quarters_where_nothing_is_hidden(forum, join, lead):
    phones = [join(f"Seat {n}", sector=n % 4) for n in range(24)]
    for phone in phones[:12]:
        post(phone)
    assert [(row["seats"], row["share"]) for row in seen(lead())["sectors"]] == [(6, 2)] * 4


@pytest.mark.parametrize(
    ("done", "seats", "share"),
    [(0, 5, 0), (1, 5, 0), (2, 5, 1), (4, 8, 2), (3, 4, 3), (7, 7, 3)],
)
def test_quarters(done, seats, share):
    assert quarter(done, seats) == share


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=2, max_size=5))
def test_what_is_told_leaves_hidden_sectors_at_least_three_values(pairs):
    seats = {str(n): many for n, (many, _) in enumerate(pairs)}
    done = {str(n): min(many, active) for n, (many, active) in enumerate(pairs)}
    face = watch._face(watch._Counts(seats, done, 0, 5), list(seats))
    rows = face["sectors"]
    hidden = [row for row in rows if row["seats"] is None]
    if not hidden or all(row["share"] is None for row in rows):
        return
    small = [row["sectors"][0] for row in hidden]
    active = face["seats"] - face["quiet"]
    told = [row for row in rows if row["seats"] is not None]
    possible = {0}
    for row in told:
        fitting = [n for n in range(row["seats"] + 1) if quarter(n, row["seats"]) == row["share"]]
        possible = {before + n for before in possible for n in fitting}
    left = {active - n for n in possible}
    room = sum(seats[name] for name in small)
    assert len([n for n in left if 0 <= n <= room]) >= OPEN
    assert all(seats[name] < LEAST for name in small)


def test_nothing_is_told_twice(join, lead):
    join("Ana")
    leader = lead()
    seen(leader)
    before = db.session.scalar(select(Room.seq).where(Room.id == leader.ref.room_id))
    watch_due([leader.ref.room_id])
    db.session.rollback()
    assert db.session.scalar(select(Room.seq).where(Room.id == leader.ref.room_id)) == before


def test_connected_are_counted_over_all_processes_and_forgotten_soon(join, lead, monkeypatch):
    [join(f"Seat {n}") for n in range(5)]
    leader = lead()
    room = leader.ref.room_id
    note_presence({room: 2})
    first = watch.PROCESS
    monkeypatch.setattr(watch, "PROCESS", "another")
    note_presence({room: 1})
    assert seen(leader)["here"] == 3

    long_ago = update(Presence).where(Presence.process == "another")
    write(lambda: db.session.execute(long_ago.values(at=now() - timedelta(seconds=20))))
    assert seen(leader)["here"] == 2

    note_presence({})
    assert db.session.scalars(select(Presence.process)).all() == [first]


def test_process_without_anybody_leaves_the_disk_alone(app, forum):
    note_presence({})
    assert db.session.scalars(select(Presence)).all() == []


def test_nobody_is_named_behind_the_stage_either(join, lead):
    phones, leader = [join(f"Seat {n}") for n in range(6)], lead()
    post(phones[0])
    phones[1].act("hand.raise")
    seen(leader)
    db.session.rollback()
    lines = db.session.scalars(select(Event.data).where(Event.lead_only)).all()
    assert lines
    assert all("Seat" not in str(data) for data in lines)
