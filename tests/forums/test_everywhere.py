"""What organisers do in all rooms at once."""

import pytest

from facilitator.actions import Refused
from facilitator.db import db
from facilitator.models import Meeting, Notice, Role, Room, RoomKind

IDEA = {"sort": "need", "question": None, "text": "Benches", "lang": "en"}


@pytest.fixture
def organiser(lead, forum):
    return lead(Role.ORGANISER, room=forum.desk)


def here(phone):
    return phone.all("room")[phone.ref.room_id]


def told(phone):
    notice = phone.all("notice").get(phone.ref.room_id)
    return notice and notice["text"]


def test_a_paused_forum_takes_nothing_from_phones_and_goes_on(organiser, join, lead, forum):
    phones = [join("Ana"), join("Ben", room=forum.rooms[1])]
    facilitator = lead()
    organiser.act("forum.pause", on=True)
    for phone in phones:
        phone.hear()
        assert here(phone)["paused"] is True
        with pytest.raises(Refused, match="paused the forum"):
            phone.act("idea.post", **IDEA)
    facilitator.act("idea.post", **IDEA)
    organiser.hear()
    assert here(organiser)["paused"] is True

    organiser.act("forum.pause", on=False)
    for phone in phones:
        phone.act("idea.post", **IDEA)


def test_pausing_a_paused_forum_is_no_news(organiser, join):
    organiser.act("forum.pause", on=True)
    ana = join("Ana")
    organiser.act("forum.pause", on=True)
    assert ana.hear() == {}


def test_a_sentence_stands_in_every_room_until_it_is_taken_down(organiser, join, lead, forum):
    phones = [join("Ana"), join("Ben", room=forum.rooms[1]), lead(Role.PROJECTOR), lead()]
    organiser.act("forum.tell", text=" Lunch  is served. ", lang="en")
    for phone in (*phones, organiser):
        phone.hear()
        assert told(phone) == "Lunch is served."
    organiser.act("forum.tell", text="", lang="en")
    for phone in phones:
        phone.hear()
        assert told(phone) == ""


def test_the_same_sentence_again_is_no_news(organiser, join):
    organiser.act("forum.tell", text="Lunch is served.", lang="en")
    ana = join("Ana")
    organiser.act("forum.tell", text="Lunch is served.", lang="en")
    assert ana.hear() == {}


def test_what_is_too_long_to_be_read_at_a_glance_is_refused(organiser):
    with pytest.raises(Refused):
        organiser.act("forum.tell", text="x" * 201, lang="en")


def test_a_room_that_comes_later_is_paused_and_in_rehearsal_like_the_others(organiser, forum):
    organiser.act("forum.pause", on=True)
    organiser.act("forum.rehearse", on=True)
    meeting = db.session.query(Meeting).one().uuid
    made = organiser.act("room.add", meeting=meeting, track=forum.track.uuid, title=None)
    room = db.session.query(Room).filter_by(uuid=made["room"]).one()
    assert room.paused is True
    assert db.session.get(Notice, room.id).rehearsal is True


def test_rooms_are_told_only_from_the_desk(lead):
    with pytest.raises(Refused, match="at the desk"):
        lead(Role.ORGANISER).act("forum.pause", on=True)
    assert db.session.query(Room).filter(Room.paused, Room.sort != RoomKind.DESK).count() == 0
