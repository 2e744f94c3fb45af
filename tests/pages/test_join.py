import re

import pytest
from sqlalchemy import event, func, select, text

from facilitator.access import ActorRef, cookie, join_secret, ticket
from facilitator.actions import Refused
from facilitator.db import db, write
from facilitator.models import Forum, Grant, Membership, People, Role, Room, Seat
from facilitator.pages import guesses, join
from facilitator.pages.join import _enter
from tests import make

NOTHING = "This code opens nothing. Look at it once more."
SLOW = "Too many wrong codes from here."


@pytest.fixture(autouse=True)
def fresh_guesses(monkeypatch):
    """Nobody has guessed yet, and waiting takes no time; how long was waited."""
    waited = []
    # One minute, however busy the machine is: at a new one wrong codes are forgotten.
    monkeypatch.setattr(join, "guesses", join.Guesses(lambda: 0.0))
    monkeypatch.setattr(join.time, "sleep", waited.append)
    return waited


@pytest.fixture
def phone(app):
    return app.test_client()


@pytest.fixture
def forum(forum):
    """The forum with codes of the alphabet that codes are drawn from."""

    codes = dict(zip((forum.forum, *forum.rooms), ("CDFHJK", "RRRRR2", "RRRRR7"), strict=True))

    def recode():
        for thing, code in codes.items():
            db.session.get(type(thing), thing.id).code = code

    write(recode)
    for thing, code in codes.items():
        thing.code = code
    return forum


def come(phone, forum, **answers):
    """From the code to a seat; where that leads."""
    phone.post("/", data={"code": forum.forum.code})
    page = phone.get(f"/f/{forum.uuid}/join").text
    op = re.search(r'name="op" value="(\w+)"', page)[1]
    return phone.post(f"/f/{forum.uuid}/join", data={"op": op, **answers})


def seats():
    db.session.rollback()
    return db.session.scalars(select(Seat).order_by(Seat.id)).all()


def people(room):
    db.session.rollback()
    return db.session.get(People, room.id).seats


# ---- The code ------------------------------------------------------------------------------------


def test_code_leads_to_the_questions(phone, forum):
    answer = phone.post("/", data={"code": forum.forum.code})

    assert (answer.status_code, answer.location) == (303, f"/f/{forum.uuid}/join")


@pytest.mark.parametrize("typed", [" cdf hjk ", "cdfhjk", "https://hall.example/CDFHJK"])
def test_code_is_forgiven_its_form(phone, forum, typed):
    answer = phone.post("/", data={"code": typed})

    assert answer.location == f"/f/{forum.uuid}/join"


def test_code_of_a_room_is_enough(phone, forum):
    room = forum.rooms[1]
    phone.post("/", data={"code": "RRRRR7"})
    page = phone.get(f"/f/{forum.uuid}/join").text
    answer = phone.post(f"/f/{forum.uuid}/join", data={"op": "a" * 20})

    assert "Housing, table 2" in page
    assert answer.location == f"/f/{forum.uuid}/room/{room.uuid}"
    assert people(room) == 1


def test_secret_of_the_qr_code_leads_in(phone, forum):
    answer = phone.post("/j", data={"code": join_secret(forum.forum, forum.forum)})

    assert answer.location == f"/f/{forum.uuid}/join"


def test_secret_of_a_room_skips_the_choice(phone, forum):
    room = forum.rooms[0]
    phone.post("/j", data={"code": f"http://hall/j#{join_secret(room, forum.forum)}"})

    answer = phone.post(f"/f/{forum.uuid}/join", data={"op": "a" * 20})

    assert answer.location == f"/f/{forum.uuid}/room/{room.uuid}"


@pytest.mark.parametrize(
    "typed", ["", "ZZZZZZ", "DDDDDD", "x" * 5000, "no.secret", "héllo.wörld", "\0"]
)
def test_whatever_is_wrong_gets_one_wording(phone, forum, typed):
    answer = phone.post("/", data={"code": typed})

    assert answer.status_code == 200
    assert NOTHING in answer.text
    assert 'role="alert"' in answer.text


def test_old_secret_is_worth_nothing_after_a_new_code(phone, forum):
    secret = join_secret(forum.forum, forum.forum)
    write(lambda: setattr(db.session.get(Forum, forum.id), "code_generation", 2))

    assert NOTHING in phone.post("/j", data={"code": secret}).text


def test_invitation_ends_with_its_code(phone, forum):
    phone.post("/", data={"code": forum.forum.code})
    write(lambda: setattr(db.session.get(Forum, forum.id), "code_generation", 2))

    assert phone.get(f"/f/{forum.uuid}/join").location == "/"


def test_wrong_codes_are_slowed_and_right_ones_never(phone, forum, fresh_guesses):
    for _ in range(guesses.WRONG_FREELY):
        assert phone.post("/", data={"code": "ZZZZZZ"}).status_code == 200
    assert fresh_guesses == []

    slowed = phone.post("/", data={"code": "ZZZZZZ"})
    right = phone.post("/", data={"code": forum.forum.code})

    assert (slowed.status_code, fresh_guesses) == (429, [guesses.WAIT])
    assert SLOW in slowed.text
    assert right.status_code == 303
    assert fresh_guesses == [guesses.WAIT]


@pytest.mark.parametrize("path", ["join", "rooms", "room/x"])
def test_pages_of_a_forum_do_not_tell_whether_it_exists(phone, forum, path):
    phone.get("/")

    def leads(uuid):
        answer = phone.get(f"/f/{uuid}/{path}")
        return answer.status_code, answer.location.replace(uuid, "…")

    assert leads(forum.uuid) == leads("11111111-1111-1111-1111-111111111111")


# ---- The seat ------------------------------------------------------------------------------------


def test_seat_has_what_was_said_and_nothing_else(phone, forum):
    answer = come(phone, forum, nickname=" Ana ", sector=forum.sectors[1].uuid)

    [seat] = seats()
    assert answer.location == f"/f/{forum.uuid}/rooms"
    assert (seat.nickname, seat.sector_id, seat.lang, seat.room_id) == (
        "Ana",
        forum.sectors[1].id,
        "en",
        None,
    )


def test_seat_needs_no_answers(phone, forum):
    come(phone, forum, nickname="", sector="")

    [seat] = seats()
    assert (seat.nickname, seat.sector_id) == (None, None)


def test_ticket_is_kept_from_scripts_and_other_sites(phone, forum):
    answer = come(phone, forum)

    [kept] = [line for line in answer.headers.getlist("Set-Cookie") if line.startswith("seat-")]
    assert "HttpOnly" in kept
    assert "SameSite=Lax" in kept


def test_double_submit_makes_one_seat(app, phone, forum):
    other = app.test_client()
    for tab in (phone, other):
        tab.post("/", data={"code": forum.forum.code})

    tickets = []
    for tab in (phone, other):
        tab.post(f"/f/{forum.uuid}/join", data={"op": "same-form-sent-twice", "nickname": "Ana"})
        tickets.append(tab.get_cookie(cookie("seat", forum.forum)).value)

    assert len(seats()) == 1
    assert tickets[0] == tickets[1]


def test_second_form_with_other_answers_asks_again(app, phone, forum):
    phone.post("/", data={"code": forum.forum.code})
    phone.post(f"/f/{forum.uuid}/join", data={"op": "one-form-two-answers", "nickname": "Ana"})
    phone.delete_cookie(cookie("seat", forum.forum))

    answer = phone.post(
        f"/f/{forum.uuid}/join", data={"op": "one-form-two-answers", "nickname": "Eva"}
    )

    assert answer.status_code == 400
    assert 'value="Eva"' in answer.text
    assert "one-form-two-answers" not in answer.text


def test_too_long_a_nickname_is_refused_and_kept(phone, forum):
    answer = come(phone, forum, nickname="A" * 41)

    assert answer.status_code == 400
    assert "A" * 41 in answer.text
    assert seats() == []


def test_unknown_sector_is_refused(phone, forum):
    answer = come(phone, forum, sector="nobody's")

    assert answer.status_code == 400
    assert "This sector is no longer on the list." in answer.text


def test_nobody_takes_a_seat_without_the_code(phone, forum):
    answer = phone.post(f"/f/{forum.uuid}/join", data={"op": "a" * 20})

    assert answer.location == "/"
    assert seats() == []


def test_who_has_a_seat_changes_it_in_the_same_place(phone, forum):
    come(phone, forum, nickname="Ana", sector=forum.sectors[0].uuid)
    page = phone.get(f"/f/{forum.uuid}/join").text

    phone.post(f"/f/{forum.uuid}/join", data={"op": "b" * 20, "nickname": "Eva", "sector": ""})

    [seat] = seats()
    assert 'value="Ana"' in page
    assert (seat.nickname, seat.sector_id) == ("Eva", None)


def test_notice_is_short_and_stands_before_the_first_tap(phone, forum):
    phone.post("/", data={"code": forum.forum.code})
    page = phone.get(f"/f/{forum.uuid}/join").text

    notice = re.search(r'id="privacy">(.*?)</p>', page, re.DOTALL)[1]

    assert len(notice.split()) <= 60
    assert page.index('id="privacy"') < page.index('name="sector"')


# ---- The room ------------------------------------------------------------------------------------


def test_choice_shows_rooms_and_how_many_are_in_them(phone, forum, join):
    join("Ben", room=forum.rooms[1])
    write(lambda: setattr(db.session.get(People, forum.rooms[1].id), "seats", 1))
    come(phone, forum)

    page = phone.get(f"/f/{forum.uuid}/rooms").text

    assert re.findall(r'<b class="words">(.*?)</b>', page) == [
        "Housing, table 1",
        "Housing, table 2",
    ]
    assert "0 people in the room" in page
    assert "1 person in the room" in page
    assert forum.desk.uuid not in page


def test_choosing_leads_in_and_again_elsewhere(phone, forum):
    come(phone, forum)
    first, second = forum.rooms

    answer = phone.post(f"/f/{forum.uuid}/rooms", data={"room": first.uuid})
    assert answer.location == f"/f/{forum.uuid}/room/{first.uuid}"
    assert (people(first), people(second)) == (1, 0)

    phone.post(f"/f/{forum.uuid}/rooms", data={"room": second.uuid})
    phone.post(f"/f/{forum.uuid}/rooms", data={"room": second.uuid})
    assert (people(first), people(second)) == (0, 1)
    assert db.session.scalar(select(func.count()).select_from(Membership)) == 2


@pytest.mark.parametrize("room", ["", "nowhere", "the desk"])
def test_only_rooms_of_the_list_can_be_chosen(phone, forum, room):
    come(phone, forum)
    uuid = forum.desk.uuid if room == "the desk" else room

    answer = phone.post(f"/f/{forum.uuid}/rooms", data={"room": uuid})

    assert answer.location == f"/f/{forum.uuid}/rooms"
    assert seats()[0].room_id is None


def test_who_has_a_seat_goes_straight_in(phone, forum):
    come(phone, forum)
    phone.post(f"/f/{forum.uuid}/rooms", data={"room": forum.rooms[1].uuid})

    answer = phone.post("/j", data={"code": join_secret(forum.forum, forum.forum)})

    assert answer.location == f"/f/{forum.uuid}/room/{forum.rooms[1].uuid}"
    assert len(seats()) == 1


def test_scanning_the_code_of_another_room_moves_there(phone, forum):
    come(phone, forum)
    phone.post(f"/f/{forum.uuid}/rooms", data={"room": forum.rooms[1].uuid})

    answer = phone.post("/j", data={"code": join_secret(forum.rooms[0], forum.forum)})

    assert answer.location == f"/f/{forum.uuid}/room/{forum.rooms[0].uuid}"
    assert (people(forum.rooms[0]), people(forum.rooms[1])) == (1, 0)


def test_number_of_queries_of_the_choice_does_not_grow(phone, forum):
    come(phone, forum)
    few = _queries(lambda: phone.get(f"/f/{forum.uuid}/rooms"))
    write(lambda: _more_rooms(forum, 5))

    assert _queries(lambda: phone.get(f"/f/{forum.uuid}/rooms")) == few


def _more_rooms(forum, many):
    first = forum.rooms[0]
    rooms = [
        Room(
            forum_id=forum.id,
            meeting_id=first.meeting_id,
            track_id=first.track_id,
            number=number + 3,
            code=f"MMMMM{number}",
            agenda=make.AGENDA,
        )
        for number in range(many)
    ]
    db.session.add_all(rooms)
    db.session.flush()
    db.session.add_all([People(id=room.id) for room in rooms])


def _queries(work):
    seen = []
    listen = lambda *args: seen.append(args[2])  # noqa: E731
    for engine in db.engines.values():
        event.listen(engine, "before_cursor_execute", listen)
    work()
    for engine in db.engines.values():
        event.remove(engine, "before_cursor_execute", listen)
    return len(seen)


# ---- Staff links ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "place", "kept"),
    [
        (Role.ORGANISER, "organise", "staff"),
        (Role.FACILITATOR, "lead", "staff"),
        (Role.PROJECTOR, "screen", "screen"),
        (Role.OBSERVER, "read", "staff"),
        (Role.RAPPORTEUR, "read", "staff"),
    ],
)
def test_staff_link_opens_where_its_holder_works(phone, forum, role, place, kept):
    grant = write(lambda: make.grant(forum, role))

    answer = phone.post("/g", data={"code": ticket(grant)})

    assert answer.location == f"/f/{forum.uuid}/{place}"
    assert phone.get_cookie(cookie(kept, forum.forum)) is not None


def test_link_of_one_room_opens_that_room(phone, forum):
    room = forum.rooms[1]
    grant = write(lambda: _granted(forum, Role.FACILITATOR, room))

    answer = phone.post("/g", data={"code": f"http://hall/g#{ticket(grant)}"})

    assert answer.location == f"/f/{forum.uuid}/lead/{room.uuid}"


def test_hosts_link_opens_the_list_of_forums(phone, app):
    grant = write(lambda: _granted(None, Role.HOST, None))

    answer = phone.post("/g", data={"code": ticket(grant)})

    assert answer.location == "/forums"
    assert phone.get_cookie("host") is not None


def _granted(forum, role, room):
    grant = Grant(forum_id=forum and forum.id, role=role, room_id=room and room.id)
    db.session.add(grant)
    db.session.flush()
    return grant


@pytest.mark.parametrize("kind", ["forged", "revoked", "a seat", "empty"])
def test_other_tickets_open_nothing(phone, forum, kind):
    grant = write(lambda: make.grant(forum, Role.ORGANISER))
    shown = {
        "forged": ticket(grant) + "x",
        "revoked": ticket(grant),
        "a seat": ticket(write(lambda: make.seat(forum, "Ana", forum.rooms[0], None))),
        "empty": "",
    }[kind]
    if kind == "revoked":
        write(lambda: setattr(db.session.get(Grant, grant.id), "revoked", True))

    answer = phone.post("/g", data={"code": shown})

    assert "This link is not valid." in answer.text
    assert phone.get_cookie(cookie("staff", forum.forum)) is None


def test_landing_pages_work_as_plain_words(phone, app):
    for path in ("/j", "/g"):
        page = phone.get(path).text
        assert 'method="post"' in page
        assert "arrive.js" in page


def test_who_comes_against_a_stream_of_people_waits_for_a_gap(app, forum, monkeypatch):
    busy = Refused("Somebody is just coming the other way.", code="retry", retry=True)
    outcomes = [busy] * 5 + [None]
    slept = []

    def crowded(*_):
        if outcome := outcomes.pop(0):
            raise outcome

    monkeypatch.setattr("facilitator.pages.join.perform", crowded)
    monkeypatch.setattr("facilitator.pages.join.time.sleep", slept.append)
    _enter(ActorRef(forum.rooms[0].id))

    assert len(slept) == 5
    assert slept[4] > slept[0]


@pytest.mark.parametrize("place", ["join", "rooms", "screen", "organise", "document"])
def test_address_that_no_database_could_hold_leads_nowhere(phone, forum, place):
    assert phone.get(f"/f/a%00b/{place}").status_code == 404


# ---- A return card -------------------------------------------------------------------------------


def words_of(phone, forum):
    """Make a card, and read its words off the page."""
    page = phone.post(f"/f/{forum.uuid}/card").text
    return re.findall(r'translate="no">([a-z]{5})<', page)


def test_card_takes_the_seat_up_on_another_phone(app, phone, forum):
    come(phone, forum, nickname="Ana")
    phone.post(f"/f/{forum.uuid}/rooms", data={"room": forum.rooms[1].uuid})
    words, lost = words_of(phone, forum), seats()[0].uuid
    other = app.test_client()

    answer = other.post("/", data={"code": " - ".join(words).upper()})

    [seat] = seats()
    assert len(words) == 6
    assert answer.location == f"/f/{forum.uuid}/room/{forum.rooms[1].uuid}"
    assert seat.uuid != lost
    assert other.get(answer.location).status_code == 200
    assert phone.get(answer.location).location == "/"


def test_words_of_a_card_are_kept_nowhere(phone, forum):
    come(phone, forum)
    words = words_of(phone, forum)

    db.session.rollback()
    kept = " ".join(str(row) for row in db.session.execute(text("SELECT * FROM seat")))
    kept += " ".join(str(row) for row in db.session.execute(text("SELECT * FROM op")))
    assert not any(word in kept for word in words)
    assert f"/f/{forum.uuid}/card" not in phone.get(f"/f/{forum.uuid}/card").text


def test_new_words_make_the_old_ones_worthless(app, phone, forum):
    come(phone, forum)
    old, new = words_of(phone, forum), words_of(phone, forum)

    assert (
        "No seat has this card." in app.test_client().post("/", data={"code": " ".join(old)}).text
    )
    assert app.test_client().post("/", data={"code": " ".join(new)}).status_code == 303


def test_mistake_on_a_card_is_named_and_one_letter_is_forgiven(app, phone, forum):
    come(phone, forum)
    words = words_of(phone, forum)
    swapped = {"a": "o", "i": "u", "o": "a", "u": "i"}[words[2][1]]
    mistyped = [*words[:2], words[2][0] + swapped + words[2][2:], *words[3:]]

    short = app.test_client().post("/", data={"code": " ".join(words[:5])})
    forgiven = app.test_client().post("/", data={"code": " ".join(mistyped)})

    assert "six words of five letters. Here there are 5." in short.text
    assert forgiven.status_code == 303


def test_wrong_cards_are_slowed_like_codes(phone, forum, fresh_guesses):
    for _ in range(guesses.WRONG_FREELY + 1):
        answer = phone.post("/", data={"code": "lusab babad gutih tugad mudof sakat"})

    assert (answer.status_code, fresh_guesses) == (429, [guesses.WAIT])


def test_card_needs_a_seat(phone, forum):
    assert phone.post(f"/f/{forum.uuid}/card").location == "/"


# ---- Codes that are nearly right -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("CDFHJ", "One character is missing."),
        ("CDFH", "2 characters are missing."),
        ("CDFHJKK", "It has one character too many."),
    ],
)
def test_likely_mistake_is_named(phone, forum, typed, hint):
    assert f"{NOTHING} {hint}" in phone.post("/", data={"code": typed}).text


def test_staff_link_in_the_field_for_codes_opens_its_door(phone, forum):
    grant = write(lambda: make.grant(forum, Role.ORGANISER))

    answer = phone.post("/", data={"code": f"http://hall/g#{ticket(grant)}"})

    assert answer.location == f"/f/{forum.uuid}/organise"


def test_many_tries_at_once_are_held_up_and_a_qr_code_never(phone, forum, monkeypatch):
    monkeypatch.setattr(join.guesses, "clock", lambda: 5.0)
    for _ in range(guesses.WRONG_FREELY + 8):
        phone.post("/", data={"code": "ZZZZZZ"})

    assert phone.post("/", data={"code": forum.forum.code}).status_code == 429
    secret = join_secret(forum.forum, forum.forum)
    assert phone.post("/j", data={"code": secret}).status_code == 303


def test_door_says_what_is_asked_and_what_is_going_on(phone, forum, join):
    write(lambda: setattr(db.session.get(People, forum.rooms[0].id), "seats", 3))
    come(phone, forum)

    page = phone.get(f"/f/{forum.uuid}/rooms").text

    assert "What is missing?" in page
    assert "gather" in page
    assert page.count("has room for you") == 1


# ---- Language ------------------------------------------------------------------------------------


def test_language_is_chosen_and_one_stays_where_one_was(phone, forum):
    answer = phone.post("/language", data={"language": "pl", "back": "/j"})

    assert answer.location == "/j"
    assert phone.get_cookie("language").value == "pl"
    assert '<html lang="pl">' in phone.get("/j").text


@pytest.mark.parametrize(
    "back",
    [
        "https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "",
        "/\t/elsewhere.example", "/\n/elsewhere.example", "/\r\\elsewhere.example", "/ /a",
        "\t//elsewhere.example", "/j\r\nSet-Cookie: a=b", "/ż",
    ],
    ids=repr,
)  # fmt: skip
def test_language_leads_nowhere_else(phone, app, back):
    assert phone.post("/language", data={"language": "pl", "back": back}).location == "/"


def test_unknown_language_changes_nothing(phone, app):
    phone.post("/language", data={"language": "xx", "back": "/"})

    assert phone.get_cookie("language") is None


def test_seat_speaks_the_language_of_its_page(phone, forum):
    phone.post("/language", data={"language": "uk", "back": "/"})
    come(phone, forum)

    assert seats()[0].lang == "uk"
    assert phone.get_cookie("language").value == "uk"
