"""The programme: written by organisers, read on every phone."""

import re

from facilitator.access import cookie, ticket
from facilitator.db import db, write
from facilitator.models import Role, Room
from tests import make
from tests.pages.staff import browser


def page(forum):
    return f"/f/{forum.uuid}/organise/programme"


def lunch(forum, **more):
    meeting = db.session.get(Room, forum.rooms[0].id).meeting.uuid
    db.session.rollback()
    usual = {
        "form": f"new-{meeting}",
        "do": "programme.add",
        "op": "operation-1",
        "meeting": meeting,
        "starts": "12:30",
        "ends": "13:30",
        "title.en": "Lunch",
        "place": "Canteen",
        "pause": "1",
    }
    return {**usual, **more}


def phone(app, forum):
    client = app.test_client()
    seat = write(lambda: make.seat(forum, "Ana", forum.rooms[0], 0))
    client.set_cookie(cookie("seat", forum.forum), ticket(seat))
    return client


def test_line_is_written_and_read_on_a_phone(app, forum):
    client, reader = browser(app, forum), phone(app, forum)
    empty = reader.get(f"/f/{forum.uuid}/programme").text

    client.post(page(forum), data=lunch(forum))
    client.post(
        page(forum),
        data=lunch(
            forum, op="operation-2", starts="09:00", ends="", pause="", **{"title.en": "Hi"}
        ),
    )

    read = reader.get(f"/f/{forum.uuid}/programme").text
    assert "The organisers have not published a programme yet." in empty
    assert re.findall(r'data-starts="([0-9:]*)" data-ends="([0-9:]*)"', read) == [
        ("09:00", "12:30"),
        ("12:30", "13:30"),
    ]
    assert "Canteen" in read
    assert f"/room/{forum.rooms[0].uuid}" in read


def test_line_is_changed_and_taken_out(app, forum):
    client, reader = browser(app, forum), phone(app, forum)
    client.post(page(forum), data=lunch(forum))
    item = re.search(r'id="item-([0-9a-f-]{36})"', client.get(page(forum)).text)[1]

    fields = lunch(forum, do="programme.edit", op="operation-2", id=item)
    client.post(page(forum), data={**fields, "title.en": "Dinner", "starts": "18:00", "ends": ""})
    changed = reader.get(f"/f/{forum.uuid}/programme").text
    client.post(
        page(forum), data={"form": "x", "do": "programme.remove", "op": "o" * 9, "id": item}
    )

    assert "Dinner" in changed
    assert "Lunch" not in changed
    assert "Dinner" not in reader.get(f"/f/{forum.uuid}/programme").text


def test_hours_that_cannot_be_are_refused(app, forum):
    client = browser(app, forum)

    for starts, ends in (("25:00", ""), ("", ""), ("12:30", "12:00")):
        answer = client.post(page(forum), data=lunch(forum, starts=starts, ends=ends))
        assert answer.status_code == 409
        assert 'value="Lunch"' in answer.text


def test_programme_is_for_who_has_a_place_here(app, forum):
    path = f"/f/{forum.uuid}/programme"

    assert app.test_client().get(path).location == "/"
    assert app.test_client().get(path.replace(forum.uuid, "nowhere")).location == "/"
    assert browser(app, forum, Role.OBSERVER).get(path).status_code == 200
