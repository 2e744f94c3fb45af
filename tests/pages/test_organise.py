"""The organisers' screens: the overview with its links, and the forms of the set-up."""

import json
import re

import pytest
from sqlalchemy import event, func, select

from facilitator.access import ticket
from facilitator.db import db, write
from facilitator.models import Forum, Grant, Meeting, Question, Role, Room, Sector, Track
from tests import make
from tests.pages.staff import browser

PAGES = ("/organise", "/organise/setup", "/organise/desk")


def at(forum, more="/organise"):
    return f"/f/{forum.uuid}{more}"


def data_of(page):
    return json.loads(re.search(r'id="page">(.*?)</script>', page.text)[1])


def send(client, forum, action, *, page="/organise/setup", op="a" * 32, form="a-form", **fields):
    """Send a form; `title_en` is the field title.en."""
    named = {name.replace("__", "."): value for name, value in fields.items()}
    return client.post(at(forum, page), data={"do": action, "op": op, "form": form, **named})


def all_of(model):
    db.session.rollback()
    return db.session.scalars(select(model).order_by(model.id)).all()


@pytest.mark.parametrize("page", PAGES)
def test_only_organisers_come_in(app, forum, page):
    assert app.test_client().get(at(forum, page)).status_code == 403
    assert browser(app, forum, Role.FACILITATOR).get(at(forum, page)).status_code == 403
    assert browser(app, forum).get(at(forum, page)).status_code == 200


def test_the_way_in_is_drawn_for_organisers_only(app, forum):
    assert app.test_client().get(at(forum, "/organise/CDFHJK.svg")).status_code == 403
    image = browser(app, forum).get(at(forum, "/organise/CDFHJK.svg"))
    assert (image.status_code, image.mimetype) == (200, "image/svg+xml")


def test_a_link_of_another_forum_opens_nothing(app, forum):
    other = write(lambda: make.forum("FGHJKM"))

    assert browser(app, other).get(at(forum)).status_code == 403


# ---- The overview --------------------------------------------------------------------------------


def test_the_overview_says_in_which_order_rooms_stand(app, forum):
    data = data_of(browser(app, forum).get(at(forum)))

    assert data["page"] == "desk"
    assert data["room"] == forum.desk.uuid
    assert [meeting["city"] for meeting in data["meetings"]] == ["Lublin"]
    assert [track["uuid"] for track in data["tracks"]] == [forum.track.uuid]
    assert data["lead"] == at(forum, "/lead/ROOM")


def test_the_overview_hands_out_the_ways_in(app, forum):
    leads = write(lambda: make.grant(forum, Role.FACILITATOR))

    page = browser(app, forum).get(at(forum)).text

    assert forum.forum.code in page
    assert f"http://localhost/g#{ticket(leads)}" in page
    assert at(forum, f"/screen/{forum.rooms[0].uuid}") in page


def test_the_overview_asks_the_database_the_same_for_more_rooms(app, forum):
    client = browser(app, forum)
    client.get(at(forum))

    few = _queries(app, lambda: client.get(at(forum)))
    write(lambda: _more_rooms(forum, 10))
    many = _queries(app, lambda: client.get(at(forum)))

    assert many == few


def _more_rooms(forum, many):
    for number in range(3, 3 + many):
        room = forum.rooms[0]
        where = {"forum_id": forum.id, "meeting_id": room.meeting_id, "track_id": room.track_id}
        db.session.add(Room(**where, number=number, code=f"X{number:05}", agenda=room.agenda))


def _queries(app, work):
    asked = []
    engine = db.engines["read"]

    def note(*args):
        asked.append(args[2])

    event.listen(engine, "before_cursor_execute", note)
    work()
    event.remove(engine, "before_cursor_execute", note)
    return len(asked)


def test_a_link_is_made_and_revoked(app, forum):
    client = browser(app, forum)
    room = forum.rooms[1]

    made = send(
        client,
        forum,
        "grant.issue",
        page="/organise",
        role="facilitator",
        room=room.uuid,
        label="x",
    )
    grant = all_of(Grant)[-1]
    gone = send(client, forum, "grant.revoke", page="/organise", op="b" * 32, grant=grant.uuid)

    assert (made.status_code, gone.status_code) == (303, 303)
    assert (grant.role, grant.room_id, grant.label) == ("facilitator", room.id, "x")
    assert all_of(Grant)[-1].revoked


def test_one_cannot_saw_off_ones_own_link(app, forum):
    client = browser(app, forum)

    reply = send(client, forum, "grant.revoke", page="/organise", grant=client.grant.uuid)

    assert reply.status_code == 409
    assert not all_of(Grant)[-1].revoked


def test_the_code_is_changed(app, forum):
    send(browser(app, forum), forum, "forum.recode", page="/organise")

    db.session.rollback()
    changed = db.session.get(Forum, forum.id)
    assert changed.code != "CDFHJK"
    assert changed.code_generation == 2


def test_the_overview_does_nothing_else(app, forum):
    reply = send(browser(app, forum), forum, "sector.add", page="/organise", name__en="Press")

    assert reply.status_code == 400


# ---- Setting up ----------------------------------------------------------------------------------


def test_the_setup_shows_what_there_is(app, forum):
    page = browser(app, forum).get(at(forum, "/organise/setup")).text

    for words in (
        "Living here",
        "Żyć tutaj",
        "Diaspora",
        "What is missing?",
        "The problem.",
        "Lublin",
    ):
        assert words in page, words


def test_a_forum_is_edited(app, forum):
    reply = send(
        browser(app, forum),
        forum,
        "forum.edit",
        title__en="Another name",
        title__pl=" ",
        main="en",
        languages="uk",
        starts="2026-05-16",
        ends="2026-05-18",
        organisers="One office\r\n\r\n Another ",
        participating="A sample shelter\r\n",
        hands_by_name="yes",
        least="8",
    )

    assert reply.headers["Location"] == f"{at(forum, '/organise/setup')}#a-form"
    [edited] = all_of(Forum)
    assert edited.title == {"en": "Another name"}
    assert edited.languages == ["en", "uk"]
    assert edited.ends.day == 18
    assert edited.organisers == ["One office", "Another"]
    assert edited.participating == ["A sample shelter"]
    assert edited.hands_by_name
    assert edited.least == 8


def test_a_form_that_is_sent_twice_is_done_once(app, forum):
    client = browser(app, forum)

    for _ in range(2):
        assert send(client, forum, "sector.add", name__en="Press").status_code == 303

    assert [sector.name for sector in all_of(Sector)][-1] == {"en": "Press"}
    assert len(all_of(Sector)) == 5


def test_a_language_that_is_none_is_refused_in_the_language_of_who_reads(app, forum):
    client = browser(app, forum)
    client.set_cookie("language", "pl")

    days = {"starts": "2026-05-16", "ends": "2026-05-18", "least": "8"}
    named = {"form": "forum-edit", "title__en": "Ours", "main": "polski"}
    refused = send(client, forum, "forum.edit", **named, **days)

    assert refused.status_code == 409
    assert "„polski” to nie jest kod języka, taki jak en lub pl." in refused.text


def test_a_refusal_stands_at_its_form_with_the_words_as_typed(app, forum):
    form = f"sector-{forum.sectors[0].uuid}"

    reply = send(
        browser(app, forum),
        forum,
        "sector.edit",
        form=form,
        id=forum.sectors[0].uuid,
        name__en="ngo",
        position="0",
    )

    assert reply.status_code == 409
    item = re.search(rf'<form[^>]* id="{form}">.*?</form>', reply.text, re.DOTALL)[0]
    assert "There is a sector with this name already." in item
    assert 'value="ngo"' in item
    assert 'value="Diaspora"' not in item


def test_after_saving_the_form_says_so(app, forum):
    client = browser(app, forum)
    form = f"sector-{forum.sectors[0].uuid}"

    send(
        client,
        forum,
        "sector.edit",
        form=form,
        id=forum.sectors[0].uuid,
        name__en="X",
        position="0",
    )
    page = client.get(at(forum, "/organise/setup")).text

    item = re.search(rf'<form[^>]* id="{form}">.*?</form>', page, re.DOTALL)[0]
    assert 'role="status"' in item


def test_buttons_move_things(app, forum):
    first = forum.sectors[0]

    send(
        browser(app, forum),
        forum,
        "sector.edit",
        id=first.uuid,
        name__en="Diaspora",
        position="0",
        move="down",
    )

    order = sorted(all_of(Sector), key=lambda sector: sector.position)
    assert [sector.name["en"] for sector in order] == ["NGO", "Diaspora", "City", "University"]


def test_a_template_is_edited_row_by_row(app, forum):
    fields = {
        "section-0__key": "problem",
        "section-0__title__en": "What is wrong",
        "section-0__hint__en": "Say it.",
        "section-0__length": "600",
        "section-1__key": "recommendation",
        "section-1__title__en": "",
        "section-10__key": "",
        "section-10__title__en": "Who pays?",
    }

    send(
        browser(app, forum),
        forum,
        "track.edit",
        id=forum.track.uuid,
        title__en="Housing",
        position="0",
        **fields,
    )

    [track] = all_of(Track)
    assert track.template == [
        {
            "key": "problem",
            "title": {"en": "What is wrong"},
            "hint": {"en": "Say it."},
            "length": 600,
        },
        {"key": "who-pays", "title": {"en": "Who pays?"}, "hint": {}},
    ]


def test_tracks_questions_meetings_and_rooms_are_added(app, forum):
    client = browser(app, forum)
    [meeting] = all_of(Meeting)

    send(
        client,
        forum,
        "track.add",
        op="1" * 32,
        title__en="Work",
        questions="Who?\nHow?",
        groups="2",
    )
    send(client, forum, "question.add", op="2" * 32, id=forum.track.uuid, text__en="And then?")
    send(
        client,
        forum,
        "meeting.add",
        op="3" * 32,
        city="Wrocław",
        on="2026-06-01",
        like=meeting.uuid,
    )
    send(client, forum, "room.add", op="4" * 32, meeting=meeting.uuid, track="", title__en="")

    assert [track.title["en"] for track in all_of(Track)] == ["Housing", "Work"]
    assert [q.text["en"] for q in all_of(Question)][2:] in (
        ["Who?", "How?", "And then?"],
        ["And then?", "Who?", "How?"],
    )
    assert [one.city for one in all_of(Meeting)] == ["Lublin", "Wrocław"]
    rooms = select(func.count()).select_from(Room).where(Room.sort != "desk")
    assert db.session.scalar(rooms) == 2 + 2 + 4 + 1


def test_the_day_of_a_room_is_edited(app, forum):
    room = forum.rooms[0]
    fields = {
        "step-0__phase": "gather",
        "step-0__minutes": "30",
        "step-0__title__en": "Ideas",
        "step-1__phase": "",
        "step-2__phase": "adopt",
        "step-2__minutes": "",
    }

    send(browser(app, forum), forum, "room.edit", id=room.uuid, title__en="", **fields)

    db.session.rollback()
    agenda = db.session.get(Room, room.id).agenda
    assert [(step["phase"], step["minutes"]) for step in agenda] == [
        ("gather", 30),
        ("adopt", None),
        ("closed", None),
    ]


@pytest.mark.parametrize(
    ("action", "fields"),
    [
        ("question.edit", {"id": "x", "text__en": "Why?", "position": "0"}),
        ("track.add", {"title__en": "Work", "questions": "", "groups": "many"}),
        ("meeting.add", {"city": "Łódź", "on": "the day after"}),
        ("sector.add", {"name__en": "x" * 81}),
        ("room.remove", {"id": "nobody"}),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(app, forum, action, fields):
    reply = send(browser(app, forum), forum, action, form="sector-new", **fields)

    assert reply.status_code == 409
    assert "Traceback" not in reply.text


def test_unknown_actions_and_forms_without_an_id_are_not_understood(app, forum):
    client = browser(app, forum)

    assert send(client, forum, "desk.merge").status_code == 400
    assert send(client, forum, "sector.add", op="short", name__en="Press").status_code == 400
    assert len(all_of(Sector)) == 4


# ---- The desk ------------------------------------------------------------------------------------


def test_the_desk_knows_its_rooms_and_tracks(app, forum):
    data = data_of(browser(app, forum).get(at(forum, "/organise/desk")))

    assert [room["name"] for room in data["rooms"]] == ["Housing, table 1", "Housing, table 2"]
    assert data["languages"] == ["en", "pl"]
    assert data["back"] == at(forum)
    assert data["document"] == at(forum, "/document")
