"""Taking apart: each word goes with its source, and what was typed stays with the first."""

import pytest

from facilitator.actions import Refused
from facilitator.db import db, write
from facilitator.models import Draft
from tests.consolidation.conftest import STEP, entry, passages_of, roots, stored
from tests.consolidation.writing import type_into


def refused(code, desk, **payload):
    with pytest.raises(Refused) as refusal:
        desk.act("desk.split", **payload)
    assert refusal.value.code == code


@pytest.fixture
def three(forum, text):
    return [
        text("Queues", problem="Five queues.", steps=[STEP]),
        text("Words", room=forum.rooms[1], problem="No common language.", reasons="It is cheap."),
        text("Hours", problem="Closed at three.", steps=[{"what": "Open until six"}]),
    ]


@pytest.fixture
def merged(desk, chapter, three):
    return desk.act("desk.merge", recommendations=three, chapter=chapter, title="A good office")[
        "id"
    ]


def picture(desk):
    desk.hear()
    return {key: data for key, data in desk.things.items() if key[0] not in ("step", "room")}


def test_text_falls_into_its_sources_again(desk, merged, three):
    apart = [{"origins": [three[1]], "title": "Words"}, {"origins": [three[2]], "title": "Hours"}]
    made = desk.act("desk.split", recommendation=merged, apart=apart)["ids"]

    found = [entry(number) for number in made]
    assert [[s.origin_id for s in one.sources] for one in found] == [[one] for one in three]
    assert [one.title for one in found] == ["A good office", "Words", "Hours"]
    assert [one.draft.text["sections"] for one in found] == [
        {"problem": "Five queues."},
        {"problem": "No common language.", "reasons": "It is cheap."},
        {"problem": "Closed at three."},
    ]
    assert [[step["what"] for step in one.draft.text["steps"]] for one in found] == [
        ["Open one desk"], [], ["Open until six"],
    ]  # fmt: skip
    assert entry(merged).gone
    for number in made:
        for client, passage in passages_of(number).items():
            assert stored(passage), client


def test_each_part_stands_where_the_whole_stood(desk, chapter, merged, three, text):
    placed = [text("Before", problem="Before."), text("After", problem="After.")]
    first, last = (
        desk.act("desk.place", recommendation=one, chapter=chapter)["id"] for one in placed
    )
    desk.act("desk.move", recommendation=first, chapter=chapter, position=0)
    apart = [{"origins": [three[2]], "title": "Hours"}, {"origins": [three[0]], "title": "Queues"}]
    made = desk.act("desk.split", recommendation=merged, apart=apart)["ids"]

    desk.hear()
    rows = sorted(desk.all("recommendation").values(), key=lambda one: (one["position"], one["id"]))
    assert [row["id"] for row in rows] == [first, *made, last]
    assert desk.things == desk.fresh()


def test_what_was_typed_stays_with_the_first(desk, merged, three):
    type_into(desk, merged, "s:problem", "Five queues.", " Each an hour long.")
    type_into(desk, merged, "s:reasons", "It is", " really")
    type_into(desk, merged, "s:indicators", "", "Minutes of waiting.")
    apart = [{"origins": three[1:], "title": "Words and hours"}]
    first, second = desk.act("desk.split", recommendation=merged, apart=apart)["ids"]

    assert entry(first).draft.text["sections"] == {
        "problem": "Five queues. Each an hour long.",
        "reasons": "really",
        "indicators": "Minutes of waiting.",
    }
    assert entry(second).draft.text["sections"] == {
        "problem": "No common language.\n\nClosed at three.",
        "reasons": "It is cheap.",
    }


def test_splitting_is_undone_and_merged_again(desk, chapter, merged, three):
    before = picture(desk)
    done = desk.act(
        "desk.split", recommendation=merged, apart=[{"origins": [three[1]], "title": "W"}]
    )
    assert picture(desk) != before

    desk.act("desk.undo", step=done["step"], also=[])
    assert picture(desk) == before
    assert desk.things == desk.fresh()
    ids = desk.act(
        "desk.split", recommendation=merged, apart=[{"origins": [three[1]], "title": "W"}]
    )
    again = desk.act("desk.merge", recommendations=ids["ids"], chapter=chapter, title="Again")["id"]
    sources = [source.origin_id for source in entry(again).sources]
    assert sources == [three[0], three[2], three[1]]
    words = roots(entry(again).draft.text)["s:problem"]
    assert words == "Five queues.\n\nClosed at three.\n\nNo common language."


def test_bad_splits_change_nothing(desk, chapter, merged, three, text):
    before = picture(desk)
    other = desk.act("desk.place", recommendation=text("Other"), chapter=chapter)["step"]
    desk.act("desk.undo", step=other, also=[])

    def ask(*apart, recommendation=merged):
        parts = [{"origins": origins, "title": "X"} for origins in apart]
        return {"recommendation": recommendation, "apart": parts}

    refused("bad_shape", desk, **ask())
    refused("bad_shape", desk, **ask([]))
    refused("bad_shape", desk, **ask(three))
    refused("bad_shape", desk, **ask([three[0]], [three[0]]))
    refused("gone", desk, **ask([10**6]))
    refused("gone", desk, **ask([three[0]], recommendation=three[0]))
    assert picture(desk) == before


def test_text_that_is_being_written_is_to_be_tried_again(desk, merged, three):
    def ahead():
        db.session.get_one(Draft, merged).seq += 1

    write(ahead)
    apart = [{"origins": [three[0]], "title": "Queues"}]
    refused("retry", desk, recommendation=merged, apart=apart)
