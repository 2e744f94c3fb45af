"""The table maker in the browser, and paper for the tables."""

import re

import pytest
from sqlalchemy import func, select

from facilitator.db import db, write
from facilitator.models import Membership, People, Phase, Role, Room, Seat, TablePlan
from tests import make
from tests.pages.staff import browser


@pytest.fixture
def crowd(forum):
    """Seventeen people in the first room: of three sectors, two languages."""

    def come():
        for n in range(17):
            seat = make.seat(forum, f"Sample {n}", forum.rooms[0], n % 3)
            seat.lang = "uk" if n % 4 == 0 else "pl"
            seat.number = 1000 + n
        db.session.get(People, forum.rooms[0].id).seats = 17

    write(come)
    return forum


def at(forum, path=""):
    return f"/f/{forum.uuid}/organise/tables{path}"


def asked(forum):
    meeting = db.session.get(Room, forum.rooms[0].id).meeting.uuid
    db.session.rollback()
    return {"meeting": meeting, "track": forum.track.uuid}


def hidden(page, button):
    """The fields of the form with this button."""
    form = next(one for one in page.split("<form") if f'value="{button}"' in one)
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))


def seating():
    db.session.rollback()
    query = select(Seat.room_id, func.count()).group_by(Seat.room_id).order_by(Seat.room_id)
    return [many for _, many in db.session.execute(query)]


def apply(client, forum):
    page = client.get(at(forum), query_string=asked(forum)).text
    fields = hidden(page, "apply")
    return fields, client.post(at(forum), data={**fields, "do": "apply"})


def test_tables_are_seen_before_anybody_is_sent(app, crowd):
    client = browser(app, crowd)

    page = client.get(at(crowd), query_string=asked(crowd)).text
    again = client.get(at(crowd), query_string=asked(crowd)).text

    assert re.findall(r"Table (\d) <span class=\"note num\">(\d) people", page) == [
        ("1", "6"),
        ("2", "6"),
        ("3", "5"),
    ]
    assert "a new room" in page
    assert "no sector dominates" in page
    assert hidden(page, "apply")["of"] == hidden(again, "apply")["of"]
    assert seating() == [17]


def test_everybody_is_sent_and_a_room_is_added(app, crowd):
    client = browser(app, crowd)

    fields, answer = apply(client, crowd)
    twice = client.post(at(crowd), data={**fields, "do": "apply"})

    assert (answer.status_code, twice.status_code) == (303, 303)
    assert seating() == [6, 6, 5]
    rooms = db.session.scalars(select(Room).where(Room.track_id == crowd.track.id)).all()
    assert sorted(db.session.get(People, room.id).seats for room in rooms) == [5, 6, 6]
    assert db.session.scalar(select(func.count()).select_from(TablePlan)) == 1
    assert db.session.scalar(select(func.count()).select_from(Membership)) == 17 + 11


def test_next_round_knows_the_first_and_can_be_taken_back(app, crowd):
    client = browser(app, crowd)
    apply(client, crowd)
    first = {seat.id: seat.room_id for seat in db.session.scalars(select(Seat))}

    apply(client, crowd)
    second = seats()
    page = client.get(at(crowd), query_string=asked(crowd)).text
    client.post(at(crowd), data={**hidden(page, "undo"), "do": "undo"})

    assert second != first
    assert "2 rounds so far" in page
    assert seats() == first
    assert "1 round so far" in client.get(at(crowd), query_string=asked(crowd)).text


def seats():
    db.session.rollback()
    return {seat.id: seat.room_id for seat in db.session.scalars(select(Seat))}


def test_who_has_come_meanwhile_is_not_passed_over(app, crowd):
    client = browser(app, crowd)
    fields = hidden(client.get(at(crowd), query_string=asked(crowd)).text, "apply")
    write(lambda: make.seat(crowd, "Late", crowd.rooms[1], 0))

    answer = client.post(at(crowd), data={**fields, "do": "apply"})

    assert answer.status_code == 409
    assert "Somebody has come or gone since." in answer.text
    assert seating() == [17, 1]


def test_nobody_is_sent_into_a_closed_room(app, crowd):
    write(lambda: setattr(db.session.get(Room, crowd.rooms[1].id), "phase", Phase.CLOSED))
    client = browser(app, crowd)

    apply(client, crowd)

    assert crowd.rooms[1].id not in seats().values()


def test_one_person_is_sent_by_the_number_of_their_seat(app, crowd):
    client = browser(app, crowd)
    page = client.get(at(crowd)).text
    there = {**hidden(page, "assign"), "do": "assign", "room": crowd.rooms[1].uuid}

    good = client.post(at(crowd), data={**there, "number": " 10 03 "})
    bad = client.post(at(crowd), data={**there, "op": "another-op", "number": "9999"})

    assert (good.status_code, bad.status_code) == (303, 409)
    assert "No phone has this number." in bad.text
    assert seating() == [16, 1]


def test_empty_track_says_so(app, forum):
    page = browser(app, forum).get(at(forum), query_string=asked(forum)).text

    assert "Nobody is in the rooms of this track yet." in page


@pytest.mark.parametrize("path", ["tables", "join-sheets.pdf", "slips.pdf", "programme"])
def test_only_organisers_come_here(app, forum, path):
    address = f"/f/{forum.uuid}/organise/{path}"

    assert app.test_client().get(address).status_code == 403
    for role in (Role.FACILITATOR, Role.RAPPORTEUR, Role.OBSERVER):
        assert browser(app, forum, role).get(address).status_code == 403
    assert browser(app, forum).get(address).status_code == 200


@pytest.mark.parametrize("name", ["join-sheets.pdf", "slips.pdf"])
def test_paper_is_for_all_rooms_or_for_one(app, forum, name):
    client = browser(app, forum)
    path = f"/f/{forum.uuid}/organise/{name}"

    every, one = client.get(path), client.get(f"{path}?room={forum.rooms[0].uuid}")

    assert every.mimetype == one.mimetype == "application/pdf"
    assert every.data.startswith(b"%PDF")
    assert len(every.data) > len(one.data)
    assert client.get(f"{path}?room=nowhere").status_code == 404
