"""Screens: hung, steered from the desk, and opened by a link that opens nothing else."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from facilitator.access import ActorRef
from facilitator.actions import Refused, perform
from facilitator.db import db, write
from facilitator.models import Grant, Phase, Role, ScreenKey, now
from facilitator.rooms import screens
from tests.conftest import NUMBERS, Phone


@pytest.fixture
def leader(lead):
    return lead()


@pytest.fixture
def first(leader):
    return min(leader.all("screen"))


def add(leader, called):
    """Hang another screen; its number."""
    op = f"hang-{next(NUMBERS):08}"
    return perform(leader.ref, "screen.add", op, {"name": called})["id"]


def keys(leader):
    return {one["id"]: one for one in leader.all("screen_key").values()}


def test_room_begins_with_a_screen_that_follows_it(leader, first):
    assert leader.all("screen") == {
        first: {
            "id": first,
            "name": "",
            "show": "auto",
            "thing": None,
            "page": 0,
            "visit": 0,
            "follows": True,
            "dark": False,
        }
    }
    assert len(keys(leader)[first]["code"]) == 8


def test_only_those_who_lead_know_the_links(leader, join, forum):
    ana = join("Ana")
    wall = Phone(ActorRef(forum.rooms[0].id, grant_id=leader.ref.grant_id, on_wall=True))
    add(leader, "Beside the door")

    for watcher in (ana, wall):
        watcher.hear()
        assert watcher.all("screen_key") == {}
        assert len(watcher.all("screen")) == 2
    leader.hear()
    assert len({one["code"] for one in keys(leader).values()}) == 2


def test_several_screens_show_different_things(leader, first):
    leader.act("idea.post", sort="need", question=None, text="Benches", lang="en")
    leader.go(Phase.GROUP)
    theme = leader.act("theme.make", title="Places", lang="en", ideas=[])["id"]
    second = add(leader, "Stage")
    leader.act("screen.show", id=first, show="theme", thing=theme)
    leader.act("screen.turn", id=first, by=1)
    leader.act("screen.turn", id=first, by=1)
    leader.act("screen.set", id=second, follows=False, dark=True)
    leader.hear()

    one, other = leader.all("screen")[first], leader.all("screen")[second]

    assert (one["show"], one["thing"], one["page"], one["visit"]) == ("theme", theme, 2, 1)
    assert (other["name"], other["show"], other["dark"], other["follows"]) == (
        "Stage",
        "auto",
        True,
        False,
    )
    leader.act("screen.show", id=first, show="join", thing=None)
    leader.hear()
    assert leader.all("screen")[first]["page"] == 0


def test_screen_shows_only_what_everybody_may_see(leader, first, lead, forum):
    elsewhere = lead(room=forum.rooms[1])
    theirs = elsewhere.act("idea.post", sort="need", question=None, text="Shade", lang="en")["id"]
    for show, thing in (("idea", theirs), ("theme", 77), ("ballot", 77), ("draft", 77)):
        with pytest.raises(Refused, match="no longer here"):
            leader.act("screen.show", id=first, show=show, thing=thing)
    for show, thing in (("idea", None), ("theme", None)):
        with pytest.raises(Refused, match="Choose"):
            leader.act("screen.show", id=first, show=show, thing=thing)
    with pytest.raises(Refused, match="no single thing"):
        leader.act("screen.show", id=first, show="timer", thing=1)
    with pytest.raises(Refused, match="no longer here"):
        elsewhere.act("screen.turn", id=first, by=1)


def test_another_link_makes_the_old_one_useless(leader, first):
    old = db.session.get(ScreenKey, first).grant_id
    before = keys(leader)[first]["code"]
    leader.act("screen.relink", id=first)
    leader.hear()

    assert keys(leader)[first]["code"] != before
    assert db.session.get(Grant, old).revoked
    assert not db.session.get(ScreenKey, first).grant.revoked


def test_screen_that_is_taken_down_is_gone_with_its_link(leader, first, join):
    ana = join("Ana")
    leader.act("screen.remove", id=first)
    ana.hear(), leader.hear()

    assert (ana.all("screen"), leader.all("screen"), keys(leader)) == ({}, {}, {})
    projectors = select(Grant.revoked).where(Grant.role == Role.PROJECTOR).order_by(Grant.id)
    assert db.session.scalars(projectors).first()
    with pytest.raises(Refused, match="no longer here"):
        leader.act("screen.turn", id=first, by=1)


def test_room_has_so_many_screens_and_no_more(leader):
    for n in range(screens.MOST - 1):
        add(leader, f"Wall {n}")
    with pytest.raises(Refused, match="at most 12"):
        add(leader, "One more")


def test_desk_has_no_screens(lead, forum):
    with pytest.raises(Refused):
        add(lead(Role.ORGANISER, room=forum.desk), "Wall")


def test_who_leads_learns_which_projector_is_on(leader, first):
    def connected():
        leader.hear()
        return keys(leader)[first]["connected"]

    def age(by):
        def job():
            db.session.get(ScreenKey, first).seen_at = now() - by

        write(job)

    assert not connected()
    screens.note({first})
    assert connected()
    screens.note(set())  # it may be about to come back
    assert connected()
    age(timedelta(seconds=15))
    screens.note({first})
    screens.note(set())
    assert connected()
    age(screens.GONE + timedelta(seconds=1))
    screens.note(set())
    assert not connected()
