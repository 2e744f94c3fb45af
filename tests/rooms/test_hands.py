"""Raised hands: who wants to speak, who has the floor, and for how long each has spoken."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from facilitator.actions import Refused
from facilitator.db import db, write
from facilitator.models import Forum, Hand, Membership, Seat, now
from facilitator.rooms.watch import watch_due


def steer(phone):
    phone.hear()
    return phone.all("steer")[phone.ref.room_id]


def speakers(phone):
    phone.hear()
    return phone.all("speakers")[phone.ref.room_id]


def test_hand_is_told_to_who_leads_and_to_others_only_its_number(join, lead):
    ana, ben, leader = join("Ana"), join("Ben"), lead()

    raised = ana.act("hand.raise")

    assert raised == {"hand": 1}
    assert speakers(leader)["queue"] == [{"hand": 1, "name": None, "sector": None, "spoken": 0}]
    assert (steer(ben)["hands"], steer(ben)["floor"]) == ([1], None)
    assert "Ana" not in str(ben.things)
    assert ben.all("speakers") == {}


def test_own_hand_is_known_after_a_reload(join):
    ana, ben = join("Ana"), join("Ben")
    ana.act("hand.raise")
    ana.hear(), ben.hear()
    assert (ana.mine["hand"], ben.mine["hand"]) == (1, None)


def test_raising_twice_is_raising_once(join, lead):
    ana = join("Ana")
    assert ana.act("hand.raise") == ana.act("hand.raise")
    assert len(speakers(lead())["queue"]) == 1


def test_hand_can_be_raised_while_all_writing_is_paused(join, lead):
    ana, leader = join("Ana"), lead()
    leader.act("room.lock", on=True)
    assert ana.act("hand.raise") == {"hand": 1}
    ana.act("hand.lower")
    assert speakers(leader)["queue"] == []


def test_floor_is_given_and_the_time_is_kept(join, lead):
    ana, ben, leader = join("Ana"), join("Ben"), lead()
    ana.act("hand.raise"), ben.act("hand.raise")
    leader.act("hand.call", hand=1)
    assert steer(ana)["floor"] == 1
    a_while_ago = {"called_at": now() - timedelta(seconds=90)}
    write(lambda: db.session.execute(update(Hand).filter_by(number=1).values(**a_while_ago)))

    leader.act("hand.call", hand=2)

    assert (steer(ana)["floor"], steer(ana)["hands"]) == (2, [2])
    ana.act("hand.raise")
    assert [(one["hand"], one["spoken"]) for one in speakers(leader)["queue"]] == [(3, 90)]
    leader.act("hand.end")
    assert (steer(ana)["floor"], steer(ana)["hands"]) == (None, [3])


def test_who_has_spoken_least_is_offered_the_floor_first(join, lead):
    ana, ben, leader = join("Ana", sector=0), join("Ben", sector=1), lead()
    spent = update(Membership).where(Membership.seat_id == ana.ref.seat_id).values(spoken=120)
    write(lambda: db.session.execute(spent))
    ana.act("hand.raise"), ben.act("hand.raise")
    assert [one["hand"] for one in speakers(leader)["queue"]] == [2, 1]


def test_sector_is_named_from_five_seats_on(forum, join, lead):
    phones = [join(f"Seat {n}", sector=1) for n in range(5)]
    other = join("Alone", sector=2)
    phones[0].act("hand.raise"), other.act("hand.raise")
    told = [one["sector"] for one in speakers(lead())["queue"]]
    assert told == [forum.sectors[1].uuid, None]


def test_nickname_is_told_where_the_forum_says_so(join, lead):
    write(lambda: db.session.execute(update(Forum).values(hands_by_name=True)))
    ana, leader = join("Ana"), lead()
    ana.act("hand.raise")
    assert speakers(leader)["queue"][0]["name"] == "Ana"


def test_hand_that_was_lowered_meanwhile_cannot_be_called(join, lead):
    ana, leader = join("Ana"), lead()
    ana.act("hand.raise"), ana.act("hand.lower")
    with pytest.raises(Refused, match="no longer up"):
        leader.act("hand.call", hand=1)


def test_nobody_takes_down_the_hand_of_another(join, lead):
    ana, ben = join("Ana"), join("Ben")
    ana.act("hand.raise")
    ben.act("hand.lower", hand=1)
    assert steer(ben)["hands"] == [1]


def test_hand_of_who_has_left_comes_down(forum, join, lead):
    ana, leader = join("Ana"), lead()
    ana.act("hand.raise")
    elsewhere = update(Seat).where(Seat.id == ana.ref.seat_id).values(room_id=forum.rooms[1].id)
    write(lambda: db.session.execute(elsewhere))

    watch_due([])

    assert (speakers(leader)["queue"], steer(leader)["hands"]) == ([], [])
    assert db.session.scalars(select(Hand)).all() == []
