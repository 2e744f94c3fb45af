"""People take a seat, come into rooms and leave them; nobody learns who they are."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from facilitator.access import ActorRef
from facilitator.actions import Refused, perform
from facilitator.db import db, write
from facilitator.forums import found
from facilitator.models import Membership, People, Phase, Role, Room, Seat
from tests.conftest import Phone


@pytest.fixture
def guest(forum):
    return Phone(ActorRef(forum.desk.id, role=Role.GUEST))


def take(guest, *, lang="pl", nickname=None, sector=None):
    uuid = guest.act("seat.take", lang=lang, nickname=nickname, sector=sector)["seat"]
    db.session.rollback()
    return db.session.query(Seat).filter_by(uuid=uuid).one()


def at(seat, room):
    return Phone(ActorRef(room.id, seat_id=seat.id))


def seats(phone):
    phone.hear()
    return phone.all("people")[phone.ref.room_id]["seats"]


def test_newcomer_takes_a_seat_and_nobody_is_told(guest, forum):
    seat = take(guest, lang="uk", nickname="  Олена \u202e", sector=forum.sectors[1].uuid)

    assert (seat.lang, seat.nickname, seat.sector_id) == ("uk", "Олена", forum.sectors[1].id)
    assert (seat.room_id, seat.forum_id) == (None, forum.id)
    assert guest.hear() == {}


def test_one_may_prefer_not_to_say(guest):
    seat = take(guest, nickname=" ")
    assert (seat.nickname, seat.sector_id) == (None, None)


@pytest.mark.parametrize(
    ("change", "sentence", "code"),
    [
        ({"lang": "polski"}, "is not the code of a language", "bad_shape"),
        ({"nickname": "x" * 41}, "at most 40 characters", "too_long"),
        ({"sector": "nobody's"}, "no longer on the list", "gone"),
    ],
)
def test_seat_is_not_taken_with_nonsense(guest, change, sentence, code):
    with pytest.raises(Refused, match=sentence) as error:
        take(guest, **change)
    assert error.value.code == code


def test_seat_is_taken_at_the_desk_only(forum, join):
    for ref in (ActorRef(forum.rooms[0].id), join().ref):
        with pytest.raises(Refused, match="You may not do this here"):
            take(Phone(ref))


def test_room_counts_who_comes_and_goes(guest, forum, join):
    ana, (first, second) = join("Ana"), forum.rooms
    seat = take(guest)

    at(seat, first).act("seat.enter")
    assert seats(ana) == 2
    ben = at(seat, second)
    ben.act("seat.enter")
    assert (seats(ana), seats(ben)) == (1, 1)
    assert ana.things == ana.fresh()
    at(seat, first).act("seat.enter")
    assert (seats(ana), seats(ben)) == (2, 0)
    db.session.rollback()
    visited = db.session.query(Membership.room_id).filter_by(seat_id=seat.id)
    assert {room_id for (room_id,) in visited} == {first.id, second.id}


def test_coming_in_twice_is_coming_in_once(guest, forum):
    phone = at(take(guest), forum.rooms[0])
    phone.act("seat.enter")
    phone.hear()
    phone.act("seat.enter")
    assert phone.hear() == {}


def test_revoked_seat_is_not_counted(guest, forum, join):
    ana = join("Ana")

    def revoke():
        db.session.get(Seat, ana.ref.seat_id).revoked = True

    write(revoke)
    phone = at(take(guest), forum.rooms[0])
    phone.act("seat.enter")
    assert seats(phone) == 1


def test_closed_room_can_be_looked_at(guest, forum):
    def close():
        db.session.get(Room, forum.rooms[0].id).phase = Phase.CLOSED

    write(close)
    phone = at(take(guest), forum.rooms[0])
    phone.act("seat.enter")
    assert seats(phone) == 1


def test_nobody_sits_at_the_desk(guest, forum):
    with pytest.raises(Refused, match="You may not do this here"):
        at(take(guest), forum.desk).act("seat.enter")


def test_room_of_another_forum_has_no_place(guest, app):

    found("thematic-forum")
    db.session.rollback()
    foreign = db.session.query(Room).order_by(Room.id.desc()).first()
    ref = ActorRef(foreign.id, seat_id=take(guest).id)

    with pytest.raises(Refused, match="no longer valid"):
        perform(ref, "seat.enter", "op-foreign", {})


def test_seat_is_changed_and_only_its_owner_sees(join, forum):
    ana, ben = join("Ana"), join("Ben")
    ben.hear()
    ana.act("seat.edit", lang="cs", nickname="Anička", sector=None)

    ana.hear()
    assert ana.mine["seat"] == {
        "lang": "cs",
        "nickname": "Anička",
        "sector": None,
        "number": None,
    }
    ana.act("seat.edit", lang="cs", nickname=None, sector=forum.sectors[2].uuid)
    ana.hear()
    assert ana.mine["seat"]["sector"] == forum.sectors[2].uuid
    assert ben.hear() == {}


def insist(app, room_id, seat_id, op):
    """Come in, and try again as often as one is told to."""
    with app.app_context():
        while True:
            try:
                return perform(ActorRef(room_id, seat_id=seat_id), "seat.enter", op, {})
            except Refused as refused:
                if not refused.retry:
                    raise


def test_people_who_change_places_do_not_wait_for_each_other(app, guest, forum):
    crowd = [take(guest) for _ in range(8)]
    for number, seat in enumerate(crowd):
        at(seat, forum.rooms[number % 2]).act("seat.enter")
    rooms, seats_ = [room.id for room in forum.rooms], [seat.id for seat in crowd]

    def cross(number):
        insist(app, rooms[1 - number % 2], seats_[number], f"op-cross-{number}")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(cross, range(8)))
    db.session.rollback()
    assert [db.session.get(People, room_id).seats for room_id in rooms] == [4, 4]
    assert [db.session.get(Seat, seat_id).room_id for seat_id in seats_] == rooms[::-1] * 4


def test_two_tabs_of_one_seat_are_in_one_room(app, guest, forum):
    seat_id, rooms = take(guest).id, [room.id for room in forum.rooms]

    def enter(number):
        insist(app, rooms[number % 2], seat_id, f"op-tab-{number}")

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(enter, range(6)))
    db.session.rollback()
    assert sum(db.session.get(People, room_id).seats for room_id in rooms) == 1


def test_seats_have_numbers_of_their_own_that_nobody_else_sees(forum):
    guest = Phone(ActorRef(forum.desk.id))
    taken = [
        guest.act("seat.take", lang="en", nickname=None, sector=None)["seat"] for _ in range(20)
    ]

    db.session.rollback()
    numbers = db.session.scalars(select(Seat.number).where(Seat.uuid.in_(taken))).all()
    assert len(set(numbers)) == 20
    assert all(1000 <= number <= 9999 for number in numbers)


def test_somebody_is_brought_in_by_the_number_on_their_phone(forum, join, lead):
    ana, desk = join("Ana", room=forum.rooms[1]), lead()
    write(lambda: setattr(db.session.get(Seat, ana.ref.seat_id), "number", 4217))

    with pytest.raises(Refused, match="No phone has this number"):
        desk.act("seat.assign", number=4218)
    desk.act("seat.assign", number=4217)

    desk.hear()
    assert desk.all("people")[desk.ref.room_id]["seats"] == 1
    db.session.rollback()
    assert db.session.get(Seat, ana.ref.seat_id).room_id == desk.ref.room_id
