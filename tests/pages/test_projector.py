"""The board on the wall: who may show it, in which language, and the way in."""

import json
import re

import pytest
from flask import g

from facilitator.access import join_secret
from facilitator.models import Role
from tests.pages.staff import browser


def board(forum, room=0, more=""):
    return f"/f/{forum.uuid}/screen/{forum.rooms[room].uuid}{more}"


def data_of(page):
    return json.loads(re.search(r'id="page">(.*?)</script>', page.text)[1])


@pytest.mark.parametrize("role", [Role.PROJECTOR, Role.FACILITATOR, Role.ORGANISER])
def test_the_board_opens_for_those_who_may_show_it(app, forum, role):
    page = browser(app, forum, role).get(board(forum))

    assert page.status_code == 200
    assert 'data-theme="projector"' in page.text
    assert forum.rooms[0].code in page.text
    assert "Housing" in page.text


def test_the_board_stays_shut_for_everybody_else(app, forum, join):
    assert app.test_client().get(board(forum)).status_code == 403
    assert app.test_client().get(board(forum, more="/CODE.svg")).status_code == 403
    of_the_other_room = browser(app, forum, Role.FACILITATOR, room=forum.rooms[1])
    assert of_the_other_room.get(board(forum)).status_code == 403
    assert of_the_other_room.get(board(forum, 1)).status_code == 200


def test_the_desk_has_no_board(app, forum):
    page = browser(app, forum).get(f"/f/{forum.uuid}/screen/{forum.desk.uuid}")

    assert page.status_code == 404


def test_a_dark_hall_has_a_board_of_its_own(app, forum):
    client = browser(app, forum, Role.PROJECTOR)

    light, dark = client.get(board(forum)), client.get(board(forum, more="/dark"))

    assert 'data-theme="projector-dark"' in dark.text
    assert data_of(light)["other"] == board(forum, more="/dark")
    assert data_of(dark)["other"] == board(forum)


def test_the_board_speaks_the_language_of_its_forum(app, forum):
    client = browser(app, forum, Role.PROJECTOR)

    page = client.get(board(forum), headers={"Accept-Language": "uk"})
    g.pop("language")  # the context of the test outlives a request
    client.set_cookie("language", "pl")
    chosen = client.get(board(forum))

    assert '<html lang="en"' in page.text
    assert [lang for lang, _ in data_of(page)["tongues"]] == ["pl"]
    assert '<html lang="pl"' in chosen.text


def test_the_qr_code_lets_into_the_room(app, forum, monkeypatch):
    drawn = []
    monkeypatch.setattr("facilitator.qr.svg", lambda text: drawn.append(text) or b"<svg/>")

    image = browser(app, forum, Role.PROJECTOR).get(board(forum, more="/CODE.svg"))

    assert image.mimetype == "image/svg+xml"
    assert image.headers["Cache-Control"] == "no-store"
    assert drawn == [f"http://localhost/j#{join_secret(forum.rooms[0], forum.forum)}"]


def test_the_secret_stands_only_in_the_image(app, forum):
    page = browser(app, forum, Role.PROJECTOR).get(board(forum))

    assert join_secret(forum.rooms[0], forum.forum).partition(".")[2] not in page.text
