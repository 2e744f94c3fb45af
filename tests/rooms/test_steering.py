"""What whoever leads asks of all screens: to look at one thing, to hear a sentence, to pause."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from facilitator.actions import Refused
from facilitator.db import db, write
from facilitator.models import Phase, Room, Steer, now
from facilitator.rooms.watch import watch_due
from facilitator.shapes import Misshapen


def steer(phone):
    phone.hear()
    return phone.all("steer")[phone.ref.room_id]


def post(phone, text="Benches"):
    return phone.act("idea.post", sort="need", question=None, text=text, lang="en")["id"]


def test_lit_thing_is_named_to_all_and_taken_down(join, lead):
    ana, leader = join("Ana"), lead()
    idea = post(ana)

    leader.act("room.light", kind="idea", id=idea)
    light = steer(ana)["light"]
    assert (light["kind"], light["id"]) == ("idea", idea)
    leader.act("room.light", kind=None, id=None)

    assert steer(ana)["light"] is None


def test_only_what_is_here_and_shown_can_be_lit(forum, join, lead):
    elsewhere = post(join("Ola", room=forum.rooms[1]))
    for kind, number in (("idea", elsewhere), ("idea", 99), ("theme", 1), ("ballot", 1)):
        with pytest.raises(Refused, match="removed meanwhile"):
            lead().act("room.light", kind=kind, id=number)


def test_light_on_what_is_gone_goes_out(join, lead):
    ana, leader = join("Ana"), lead()
    idea = post(ana)
    leader.act("room.light", kind="idea", id=idea)
    watch_due([])
    assert steer(ana)["light"]["id"] == idea

    ana.act("idea.withdraw", id=idea)
    watch_due([])

    assert steer(ana)["light"] is None


def test_sentence_stands_on_every_screen_until_it_is_taken_down(join, lead):
    ana, leader = join("Ana"), lead()
    leader.act("room.say", text="  Coffee \u202e in  five minutes ", lang="en")
    notice = steer(ana)["notice"]
    assert (notice["text"], notice["lang"]) == ("Coffee in five minutes", "en")

    leader.act("room.say", text=None, lang="en")
    assert steer(ana)["notice"] is None


@pytest.mark.parametrize("text", ["", " \u200b ", "x" * 201])
def test_sentence_follows_the_rules_for_texts(lead, text):
    with pytest.raises((Refused, Misshapen)):
        lead().act("room.say", text=text, lang="en")


def test_nudge_names_nobody_and_comes_once_in_a_while(join, lead):
    ana, leader = join("Ana"), lead()
    leader.act("room.nudge")
    assert steer(ana)["nudge"]["visit"] == 0
    with pytest.raises(Refused, match="a moment ago"):
        leader.act("room.nudge")

    leader.go(Phase.GROUP)
    leader.act("room.nudge")
    assert steer(ana)["nudge"]["visit"] == 1

    long_ago = {"visit": 1, "at": (now() - timedelta(minutes=4)).isoformat()}
    write(lambda: db.session.execute(update(Steer).values(nudge=long_ago)))
    leader.act("room.nudge")


def test_phone_knows_of_itself_whether_it_has_contributed(join, lead):
    ana, ben, leader = join("Ana"), join("Ben"), lead()
    leader.go(Phase.GATHER)
    post(ana)
    ana.hear(), ben.hear()
    assert (ana.mine["visit"], ben.mine["visit"]) == (1, None)


def test_locked_room_takes_nothing_from_participants_and_says_why(join, lead):
    ana, leader = join("Ana"), lead()
    leader.act("room.lock", on=True)
    with pytest.raises(Refused, match="paused all writing") as refusal:
        post(ana)
    assert refusal.value.code == "locked"
    post(leader)

    leader.act("room.lock", on=False)
    post(ana)


def test_last_of_two_who_do_opposite_things_wins_and_both_see_it(lead):
    leader, other = lead(), lead()
    leader.act("room.lock", on=True)
    other.act("room.lock", on=False)
    for phone in (leader, other):
        phone.hear()
        assert phone.all("room")[phone.ref.room_id]["locked"] is False


def test_help_is_asked_behind_the_stage(join, lead):
    ana, leader = join("Ana"), lead()
    leader.act("room.help", on=True, note="The projector is dark")
    leader.hear(), ana.hear()
    assert leader.all("watch")[leader.ref.room_id]["help"] == "The projector is dark"
    assert ana.all("watch") == {}

    leader.act("room.help", on=False, note="")
    leader.hear()
    assert leader.all("watch")[leader.ref.room_id]["help"] is None


def test_room_that_goes_on_keeps_what_is_said_and_looks_ahead(join, lead):
    ana, leader = join("Ana"), lead()
    leader.act("room.light", kind="idea", id=post(ana))
    leader.act("room.say", text="Look here", lang="en")
    leader.go(Phase.GROUP)
    assert steer(ana)["light"] is None
    assert steer(ana)["notice"]
    assert db.session.get(Room, ana.ref.room_id).phase is Phase.GROUP
