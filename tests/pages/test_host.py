"""The host's screen: all forums, and founding one from a scenario."""

import re

import pytest
from sqlalchemy import select

from facilitator.access import ticket
from facilitator.db import db
from facilitator.models import Forum, Grant, Role
from tests.pages.staff import browser


def founded():
    db.session.rollback()
    return db.session.scalars(select(Forum).order_by(Forum.id)).all()


def found(client, **fields):
    return client.post("/forums", data={"op": "a" * 32, "scenario": "working-forum", **fields})


def test_only_the_host_comes_in(app, forum):
    assert app.test_client().get("/forums").status_code == 403
    assert browser(app, forum).get("/forums").status_code == 403
    assert found(app.test_client()).status_code == 403
    assert browser(app, role=Role.HOST).get("/forums").status_code == 200


def test_an_empty_house_says_what_to_do(app):
    page = browser(app, role=Role.HOST).get("/forums").text

    assert "There is no forum yet." in page
    assert 'value="working-forum"' in page
    assert 'value="thematic-forum"' in page


@pytest.mark.parametrize(
    ("language", "first"),
    [("cs", "round-tables"), ("pl", "working-forum"), ("uk", "working-forum")],
)
def test_scenarios_of_the_reader_s_language_come_first(app, language, first):
    client = browser(app, role=Role.HOST)
    page = client.get("/forums", headers={"Accept-Language": language}).text

    assert re.findall('name="scenario" value="([a-z-]+)" required( checked)?', page)[0] == (
        first,
        " checked",
    )
    assert page.count(" checked>") == 1


def test_a_forum_is_founded_with_its_links(app):
    client = browser(app, role=Role.HOST)

    reply = found(client, title="  Nowe forum ")
    [forum] = founded()
    page = client.get("/forums").text

    assert reply.headers["Location"] == f"/forums#{forum.uuid}"
    assert forum.title[forum.languages[0]] == "Nowe forum"
    query = select(Grant).where(Grant.forum_id == forum.id, Grant.role == Role.ORGANISER)
    assert f"http://localhost/g#{ticket(db.session.scalars(query).one())}" in page
    assert forum.code in page


def test_without_a_title_it_is_called_as_the_scenario_is(app):
    found(browser(app, role=Role.HOST), title=" ")

    assert founded()[0].title["pl"]


def test_sent_twice_it_is_founded_once(app):
    client = browser(app, role=Role.HOST)

    assert found(client).status_code == found(client).status_code == 303
    assert len(founded()) == 1


def test_a_refusal_keeps_the_words(app):
    client = browser(app, role=Role.HOST)

    unknown = found(client, scenario="no-such", title="Kept")
    long = found(client, title="x" * 201)

    assert (unknown.status_code, long.status_code) == (409, 409)
    assert "Choose one of these scenarios." in unknown.text
    assert 'value="Kept"' in unknown.text
    assert found(client, op="short").status_code == 400
    assert founded() == []
