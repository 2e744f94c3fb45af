"""A series of meetings: what one has left, a later one of the same track goes on with."""

import pytest

from facilitator.actions import Refused
from facilitator.consolidation.carrying import earlier
from facilitator.db import db, write
from facilitator.models import Draft, Passage, Recommendation, Room, Source
from tests import make
from tests.consolidation.conftest import STEP, origin_of


@pytest.fixture
def later(app, forum):
    """The second room of the track, which meets half a year later."""
    write(lambda: make.later_meeting(forum, forum.rooms[1], "Plzeň"))
    return forum.rooms[1]


@pytest.fixture
def leads(lead, later):
    """Who leads it, while it writes."""
    leader = lead(room=later)
    leader.go("draft")
    return leader


def told(room):
    return [(one["title"], one["status"], one["meeting"]) for one in earlier(fresh(room))]


def fresh(room):
    return db.session.get_one(Room, room.id, populate_existing=True)


def test_room_is_told_what_its_track_left_at_earlier_meetings(forum, later, text, vote):
    text("Open")
    vote(text("Agreed"), forum.rooms[0])
    text("Its own", room=later)

    assert told(later) == [("Open", "draft", "Lublin"), ("Agreed", "adopted", "Lublin")]
    assert told(forum.rooms[0]) == []
    assert told(forum.desk) == []


def test_text_goes_on_in_its_own_words_with_their_source(forum, later, leads, text):
    left = text("One desk", problem="Queues since morning. 🪑", steps=[STEP])
    made = leads.act("recommendation.carry", recommendation=left)["id"]

    begun = db.session.get_one(Recommendation, made)
    assert (begun.title, begun.room_id) == ("One desk", later.id)
    assert [(one.origin_id, one.revision) for one in begun.sources] == [
        (left, db.session.get_one(Draft, left).seq)
    ]
    face = begun.draft.text
    assert face["sections"] == {"problem": "Queues since morning. 🪑"}
    assert [step["what"] for step in face["steps"]] == [STEP["what"]]
    words = {origin_of(one.id) for one in db.session.query(Passage).join(Source)}
    assert words >= {"One desk", "Queues since morning. 🪑", STEP["what"]}
    assert db.session.get_one(Recommendation, left).room_id == forum.rooms[0].id


def test_text_is_taken_up_once(leads, text):
    left = text("One desk", problem="Queues.")
    made = leads.act("recommendation.carry", recommendation=left)["id"]
    with pytest.raises(Refused, match="“One desk” was taken up here already"):
        leads.act("recommendation.carry", recommendation=left)
    leads.act("recommendation.remove", id=made)
    assert leads.act("recommendation.carry", recommendation=left)["id"] != made


def test_only_what_an_earlier_meeting_of_the_track_left_goes_on(forum, lead, leads, later, text):
    own, desk = text("Its own", room=later), text("At the desk", room=forum.desk)
    for foreign in (own, desk, 10_000):
        with pytest.raises(Refused, match="no longer here"):
            leads.act("recommendation.carry", recommendation=foreign)
    first = lead(room=forum.rooms[0])
    first.go("draft")
    with pytest.raises(Refused, match="no longer here"):
        first.act("recommendation.carry", recommendation=own)


def test_text_that_is_still_being_read_has_to_wait(leads, text):
    left = text("One desk")

    def job():
        db.session.get_one(Draft, left).rendered_seq = 0

    write(job)
    with pytest.raises(Refused) as error:
        leads.act("recommendation.carry", recommendation=left)
    assert error.value.retry
