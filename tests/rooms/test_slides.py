"""Report-back slides: what the rooms have adopted, one slide each."""

import pytest

from facilitator.actions import Refused
from facilitator.db import db, write
from facilitator.models import Phase, Recommendation, Room, RoomKind
from facilitator.rooms import slides

TEXT = {
    "title": "A desk",
    "sections": {"problem": "Queues.", "recommendation": "One desk [^i1]. " * 60},
}


@pytest.fixture
def plenary(forum, lead):
    room = forum.rooms[1]
    write(lambda: setattr(db.session.get(Room, room.id), "sort", RoomKind.PLENARY))
    return lead(room=room)


def adopt(lead, join, *, yes):
    """A recommendation of the first room, voted on by three."""
    leader, people = lead(), [join(name) for name in ("Ana", "Ben", "Ola")]
    people[0].act("idea.post", sort="need", question=None, text="Benches", lang="en")
    leader.go(Phase.DRAFT)
    made = leader.act("recommendation.start", title="A desk", lang="en", theme=None)["id"]
    # As the worker has rendered what they wrote.
    write(lambda: setattr(db.session.get_one(Recommendation, made).draft, "text", TEXT))
    leader.go(Phase.ADOPT)
    ballot = leader.act("ballot.adopt", recommendation=made)["id"]
    for n, person in enumerate(people):
        person.act("ballot.cast", ballot=ballot, marks={"yes" if n < yes else "no": 1})
    leader.act("ballot.close", ballot=ballot)
    return made


def test_slide_tells_what_a_room_has_adopted(plenary, lead, join):
    made = adopt(lead, join, yes=2)

    assert plenary.act("slides.gather") == {"slides": 1}
    plenary.hear()

    (slide,) = plenary.all("slide").values()
    text = slide["texts"][0].pop("text")
    assert text.startswith("One desk.")
    assert text.endswith("…")
    assert len(text) <= slides.LINES + 2
    assert slide == {
        "id": slide["id"],
        "position": 0,
        "title": {"en": "Housing", "pl": "Dom"},
        "number": 1,
        "ideas": 1,
        "themes": 0,
        "texts": [
            {
                "id": made,
                "title": "A desk",
                "lang": "en",
                "result": {"voters": 3, "yes": 2, "no": 1, "abstain": 0},
            }
        ],
    }


def test_slides_are_brought_up_to_date_and_stay_the_same(plenary, lead, join):
    plenary.act("slides.gather")
    plenary.hear()
    (before,) = plenary.all("slide").values()
    assert before["texts"] == []
    adopt(lead, join, yes=3)
    plenary.act("slides.gather")
    plenary.hear()

    (after,) = plenary.all("slide").values()

    assert after["id"] == before["id"]
    assert [text["title"] for text in after["texts"]] == ["A desk"]


def test_what_was_rejected_is_on_no_slide(plenary, lead, join):
    adopt(lead, join, yes=1)
    plenary.act("slides.gather")
    plenary.hear()

    assert [slide["texts"] for slide in plenary.all("slide").values()] == [[]]


def test_room_that_is_gone_takes_its_slide_along(plenary, forum):
    plenary.act("slides.gather")
    room = forum.rooms[0].id
    write(lambda: setattr(db.session.get(Room, room), "sort", RoomKind.PLENARY))

    assert plenary.act("slides.gather") == {"slides": 0}
    plenary.hear()
    assert plenary.all("slide") == {}


def test_only_a_plenary_gathers_slides(lead):
    with pytest.raises(Refused, match="Only a plenary"):
        lead().act("slides.gather")
