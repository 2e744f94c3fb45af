import gzip
import json
import re

import pytest

from facilitator.access import ticket
from facilitator.db import db, write
from facilitator.models import Grant, Role
from facilitator.pages.assets import STATIC
from tests import make


@pytest.fixture
def browser(app):
    return app.test_client()


def hold(browser, name, holder, forum):
    browser.set_cookie(f"{name}-{forum.uuid[:8]}", ticket(holder))


def data_of(page):
    return json.loads(re.search(r'id="page">(.*?)</script>', page, re.DOTALL)[1])


@pytest.fixture
def seated(browser, forum):
    """A browser with a seat in the first room."""
    seat = write(lambda: make.seat(forum, "Ana", forum.rooms[0], None))
    hold(browser, "seat", seat, forum)
    return browser


@pytest.fixture
def staff(browser, forum):
    """staff(role, room=…) gives a browser with that link."""

    def given(role, *, room=None):
        grant = write(lambda: _granted(forum, role, room))
        hold(browser, "screen" if role is Role.PROJECTOR else "staff", grant, forum)
        return browser

    return given


def _granted(forum, role, room):
    grant = Grant(forum_id=forum.id, role=role, room_id=room and room.id)
    db.session.add(grant)
    db.session.flush()
    return grant


def test_room_gives_its_script_what_it_starts_from(seated, forum):
    room = forum.rooms[0]

    page = seated.get(f"/f/{forum.uuid}/room/{room.uuid}").text

    data = data_of(page)
    assert {key: data[key] for key in ("page", "forum", "room", "lang", "main", "tables")} == {
        "page": "room",
        "forum": forum.uuid,
        "room": room.uuid,
        "lang": "en",
        "main": "en",
        "tables": 2,
    }
    assert "Housing, table 1" in page


def test_room_without_a_seat_leads_to_the_code(browser, forum):
    assert browser.get(f"/f/{forum.uuid}/room/{forum.rooms[0].uuid}").location == "/"


def test_another_room_than_ones_own_is_asked_for(seated, forum):
    answer = seated.get(f"/f/{forum.uuid}/room/{forum.rooms[1].uuid}")

    assert answer.location == f"/f/{forum.uuid}/rooms"


def test_room_that_is_not_there_is_not_there(seated, forum):
    assert seated.get(f"/f/{forum.uuid}/room/nowhere").status_code == 404


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.ORGANISER])
def test_who_leads_gets_the_same_room_with_the_way_in(staff, forum, role):
    room = forum.rooms[0]

    page = staff(role).get(f"/f/{forum.uuid}/lead/{room.uuid}").text

    data = data_of(page)
    assert (data["page"], data["organiser"]) == ("lead", role is Role.ORGANISER)
    assert data["screen"] == f"/f/{forum.uuid}/screen/{room.uuid}"
    assert data["address"] == "localhost"


def test_leading_needs_a_link_that_opens_the_room(staff, seated, forum):
    first, second = forum.rooms
    assert seated.get(f"/f/{forum.uuid}/lead/{first.uuid}").status_code == 403
    browser = staff(Role.FACILITATOR, room=second)

    statuses = [
        browser.get(f"/f/{forum.uuid}/lead/{room.uuid}").status_code
        for room in (first, second, forum.desk)
    ]

    assert statuses == [403, 200, 403]


def test_screen_link_does_not_lead(staff, forum):
    browser = staff(Role.PROJECTOR)

    assert browser.get(f"/f/{forum.uuid}/lead/{forum.rooms[0].uuid}").status_code == 403


def test_link_for_all_rooms_offers_them(staff, forum):
    page = staff(Role.FACILITATOR).get(f"/f/{forum.uuid}/lead").text

    assert re.findall(r'class="door" href="(.*?)"', page) == [
        f"/f/{forum.uuid}/lead/{room.uuid}" for room in forum.rooms
    ]


def test_link_for_one_room_goes_there(staff, forum):
    room = forum.rooms[1]
    browser = staff(Role.FACILITATOR, room=room)

    assert browser.get(f"/f/{forum.uuid}/lead").location == f"/f/{forum.uuid}/lead/{room.uuid}"


def test_screens_offer_their_rooms(staff, forum):
    page = staff(Role.PROJECTOR).get(f"/f/{forum.uuid}/screen").text

    assert f'href="/f/{forum.uuid}/screen/{forum.rooms[0].uuid}"' in page


def test_every_module_that_is_preloaded_is_there(seated, forum):
    page = seated.get(f"/f/{forum.uuid}/room/{forum.rooms[0].uuid}").text

    named = re.findall(r'modulepreload" href="/static/\w+/(.*?)"', page)

    assert {"parts/hall.js", "vendor/preact.js", "lib/store.js"} <= set(named)
    assert "vendor/yjs.js" not in named
    assert [name for name in named if not (STATIC / name).is_file()] == []


def test_regions_for_ears_are_there_and_empty(seated, forum):
    page = seated.get(f"/f/{forum.uuid}/room/{forum.rooms[0].uuid}").text

    assert re.findall(r'role="(status|alert)"[^>]*></p>', page) == ["status", "alert"]


def test_nothing_stands_inline(seated, forum):
    page = seated.get(f"/f/{forum.uuid}/room/{forum.rooms[0].uuid}").text

    assert re.findall(r" (style|on\w+)=", page) == []
    assert re.findall(r"<script(?! type=\"application/json\")[^>]*>[^<]", page) == []


def test_page_itself_is_small_on_the_way_to_a_phone(seated, forum):
    where = f"/f/{forum.uuid}/room/{forum.rooms[0].uuid}"
    plain = seated.get(where)
    small = seated.get(where, headers={"Accept-Encoding": "gzip"})

    assert gzip.decompress(small.data) == plain.data
    assert small.headers["Cache-Control"] == "no-store"
    assert "Content-Security-Policy" in small.headers
