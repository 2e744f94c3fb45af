"""Parking: what belongs elsewhere is kept, goes there once, and is taken in or left."""

import pytest

from facilitator.access import ActorRef
from facilitator.actions import Refused
from facilitator.db import db, write
from facilitator.models import Idea, IdeaState, Moderation, Phase, Role, Room
from facilitator.rooms.parking import PER_SEAT, deliver_due
from tests.conftest import Phone


def park(who, text="Ask about trains", **more):
    return who.act("park.add", **{"sort": "need", "text": text, "idea": None, "lang": "en", **more})


@pytest.fixture
def doors(forum, lead):
    """The desks of both rooms, by the same link."""
    first = lead()
    return first, Phone(ActorRef(forum.rooms[1].id, grant_id=first.ref.grant_id))


def test_parked_words_are_seen_by_all_and_named_to_nobody(join):
    ana, ben = join("Ana"), join("Ben")

    made = park(ana, " Ask  about trains ")

    ben.hear(), ana.hear()
    assert ben.all("parked") == {
        made["id"]: {
            "id": made["id"],
            "sort": "need",
            "text": "Ask about trains",
            "lang": "en",
            "state": "here",
            "idea": None,
            "to": None,
            "from": None,
        }
    }
    assert (ana.mine["parked"], ben.mine["parked"]) == ([made["id"]], [])


def test_idea_is_parked_in_its_own_words(join, forum):
    ana = join("Ana")
    idea = ana.act("idea.post", sort="problem", question=None, text="Late trains", lang="en")

    made = park(ana, None, idea=idea["id"])

    assert (made["sort"], made["text"]) == ("problem", "Late trains")
    write(lambda: setattr(db.session.get(Idea, idea["id"]), "state", IdeaState.HIDDEN))
    with pytest.raises(Refused) as refusal:
        park(ana, None, idea=idea["id"])
    assert refusal.value.code == "gone"


def test_only_who_parked_it_or_leads_takes_it_back(join, lead):
    ana, ben, desk = join("Ana"), join("Ben"), lead()
    first, second = park(ana), park(ana)

    with pytest.raises(Refused, match="Only who parked this"):
        ben.act("park.withdraw", id=first["id"])
    ana.act("park.withdraw", id=first["id"])
    desk.act("park.withdraw", id=second["id"])

    desk.hear()
    assert desk.all("parked") == {}


def test_what_is_sent_arrives_once_and_says_where_it_comes_from(join, doors, forum):
    here, there = doors
    made = park(join("Ana"))

    here.act("park.send", id=made["id"], room=forum.rooms[1].uuid)
    for _ in range(3):
        deliver_due()

    here.hear(), there.hear()
    [arrived] = there.all("parked").values()
    assert here.all("parked")[made["id"]]["to"]["number"] == 2
    assert (arrived["text"], arrived["state"]) == ("Ask about trains", "here")
    assert arrived["from"]["number"] == 1

    idea = there.act("park.take", id=arrived["id"])
    there.hear()
    assert there.all("idea")[idea["id"]]["text"] == "Ask about trains"
    assert there.all("parked")[arrived["id"]]["state"] == "taken"
    with pytest.raises(Refused, match="gone on"):
        there.act("park.take", id=arrived["id"])


def test_closed_room_gets_it_when_it_opens_again(join, doors, forum):
    here, there = doors
    there.go(Phase.CLOSED)
    here.act("park.send", id=park(join("Ana"))["id"], room=forum.rooms[1].uuid)

    deliver_due()
    there.hear()
    assert there.all("parked") == {}

    there.go(Phase.GATHER)
    deliver_due()
    there.hear()
    assert len(there.all("parked")) == 1


@pytest.mark.parametrize("goal", ["desk", "itself", "nowhere"])
def test_it_goes_only_to_another_room(join, lead, forum, goal):
    uuid = {"desk": forum.desk.uuid, "itself": forum.rooms[0].uuid, "nowhere": "nowhere"}[goal]
    made = park(join("Ana"))

    with pytest.raises(Refused, match="no longer part"):
        lead().act("park.send", id=made["id"], room=uuid)


def test_a_seat_parks_so_much_and_no_more(join):
    ana = join("Ana")
    for n in range(PER_SEAT):
        park(ana, f"Number {n}")

    with pytest.raises(Refused, match="full"):
        park(ana)


def test_who_reads_along_parks_nothing(lead):
    for role in (Role.OBSERVER, Role.RAPPORTEUR):
        with pytest.raises(Refused, match="may not"):
            park(lead(role))


def test_nothing_is_parked_past_the_eyes_of_who_reads_first(join, lead, forum):
    before = Moderation.BEFORE
    write(lambda: setattr(db.session.get(Room, forum.rooms[0].id), "moderation", before))

    with pytest.raises(Refused, match="read before it is shown"):
        park(join("Ana"))
    assert park(lead())["state"] == "here"
