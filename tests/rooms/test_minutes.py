"""Minutes: an agenda, texts that are written at any time of a meeting, and what is to be done."""

import base64

import pytest

from facilitator.actions import Refused
from facilitator.consolidation.carrying import left_open
from facilitator.db import db, write
from facilitator.models import Draft, Forum, Minutes, Recommendation, Role, Room, Status, Written
from facilitator.rooms import updates
from facilitator.rooms.recommendations import Piece, write_pieces
from tests import make


@pytest.fixture
def keeping(forum):
    """A forum whose rooms keep minutes."""
    write(lambda: setattr(db.session.get(Forum, forum.id), "minutes", True))


@pytest.fixture
def leader(lead, keeping):
    return lead()


def put(leader, title="What was found out", by="Labour office"):
    return leader.act("minutes.add", title=title, by=by, lang="en")["id"]


def tasked(item, **tasks):
    """tasked(7, aaaaaa="Ask them") gives an item tasks, as if somebody had written them."""

    def job():
        pieces = [Piece(f"p:{task}:what", words) for task, words in tasks.items()]
        write_pieces(db.session.get_one(Minutes, item), pieces, tasks)

    write(job)


def edit_of(item, root, words):
    db.session.rollback()
    edit = base64.b64encode(updates.insertion(7, 0, root, words)).decode()
    return {"recommendation": item, "epoch": db.session.get_one(Draft, item).epoch, "update": edit}


def test_item_reaches_the_room_with_its_text(leader, join):
    ana = join("Ana")
    item = put(leader)
    ana.hear()
    shown = ana.all("minutes")[item]
    assert (shown["title"], shown["by"], shown["now"]) == (
        "What was found out",
        "Labour office",
        False,
    )
    assert [section["key"] for section in shown["template"]] == ["contributions", "record"]
    assert ana.all("text")[item]["title"] == "What was found out"
    assert ana.all("recommendation") == {}
    assert ana.things == ana.fresh()


def test_only_rooms_of_a_forum_that_wants_them_keep_minutes(lead, forum):
    with pytest.raises(Refused, match="No minutes are kept"):
        put(lead())
    write(lambda: setattr(db.session.get(Forum, forum.id), "minutes", True))
    with pytest.raises(Refused, match="No minutes are kept"):
        put(lead(Role.ORGANISER, room=forum.desk))


@pytest.mark.parametrize("phase", ["gather", "decide", "draft"])
def test_everybody_writes_in_it_at_any_time_of_the_meeting(leader, join, phase):
    ana, item = join("Ana"), put(leader)
    leader.go(phase)
    assert ana.act("draft.update", **edit_of(item, "s:record", "We agreed."))["seq"] == 2


def test_recommendations_are_still_written_in_their_step_alone(leader, join):
    ana = join("Ana")
    leader.go("draft")
    made = ana.act("recommendation.start", title="A desk", lang="en", theme=None)["id"]
    leader.go("gather")
    with pytest.raises(Refused, match="closed at the moment"):
        ana.act("draft.update", **edit_of(made, "s:problem", "Late."))


def test_minutes_are_no_recommendation(leader, join, forum):
    ana, item = join("Ana"), put(leader)
    assert db.session.get(Recommendation, item) is None
    assert db.session.get(Written, item).kind == "minutes"
    leader.go("draft")
    for asked in (
        ("recommendation.remove", {"id": item}),
        ("ballot.adopt", {"recommendation": item}),
    ):
        with pytest.raises(Refused):
            leader.act(asked[0], **asked[1])
    with pytest.raises(Refused, match="no longer here"):
        ana.act("reservation.make", recommendation=item, text="No.", lang="en")


def test_agenda_has_an_order_and_a_place_where_the_meeting_is(leader, join):
    ana = join("Ana")
    one, two, three = (put(leader, title) for title in ("One", "Two", "Three"))
    leader.act("minutes.order", ids=[three, one, two])
    leader.act("minutes.turn", id=one)
    leader.act("minutes.turn", id=two)
    leader.act("minutes.remove", id=three)
    leader.act("minutes.change", id=one, by="City")
    ana.hear()
    shown = sorted(ana.all("minutes").values(), key=lambda item: item["position"])
    assert [(item["title"], item["by"], item["now"]) for item in shown] == [
        ("One", "City", False),
        ("Two", "Labour office", True),
    ]
    with pytest.raises(Refused, match="has changed meanwhile"):
        leader.act("minutes.order", ids=[one, two, three])
    with pytest.raises(Refused, match="no longer on the agenda"):
        leader.act("minutes.turn", id=three)
    leader.act("minutes.turn", id=None)


def test_participants_lead_no_agenda(leader, join):
    ana, item = join("Ana"), put(leader)
    for asked, fields in (
        ("minutes.add", {"title": "X", "by": "", "lang": "en"}),
        ("minutes.remove", {"id": item}),
        ("minutes.approve", {"on": True}),
    ):
        with pytest.raises(Refused, match="may not do this"):
            ana.act(asked, **fields)


def test_task_is_done_and_open_again(leader, join):
    ana, item = join("Ana"), put(leader)
    tasked(item, aaaaaa="Ask them", bbbbbb=" ")
    ana.act("minutes.done", id=item, task="aaaaaa", on=True)
    ana.act("minutes.done", id=item, task="aaaaaa", on=True)
    ana.hear()
    assert ana.all("minutes")[item]["done"] == ["aaaaaa"]
    ana.act("minutes.done", id=item, task="aaaaaa", on=False)
    ana.hear()
    assert ana.all("minutes")[item]["done"] == []
    for unknown in ("bbbbbb", "cccccc"):
        with pytest.raises(Refused, match="task is no longer here"):
            ana.act("minutes.done", id=item, task=unknown, on=True)


def test_approved_minutes_are_closed_with_a_hash_and_can_be_opened(leader, join):
    ana = join("Ana")
    with pytest.raises(Refused, match="no minutes here yet"):
        leader.act("minutes.approve", on=True)
    item = put(leader)
    leader.go("closed")
    leader.act("minutes.approve", on=True)
    approved = db.session.get_one(Minutes, item, populate_existing=True)
    assert (approved.status, approved.adopted_hash is not None) == (Status.ADOPTED, True)
    leader.go("gather")
    with pytest.raises(Refused, match="closed"):
        ana.act("draft.update", **edit_of(item, "s:record", "Late."))
    for asked, fields in (
        ("minutes.add", {"title": "X", "by": "", "lang": "en"}),
        ("minutes.remove", {"id": item}),
    ):
        with pytest.raises(Refused, match="have been approved"):
            leader.act(asked, **fields)
    leader.act("minutes.approve", on=False)
    assert ana.act("draft.update", **edit_of(item, "s:record", "Late."))["seq"] == 2


# ---- From meeting to meeting ---------------------------------------------------------------------


@pytest.fixture
def later(forum, keeping):
    write(lambda: make.later_meeting(forum, forum.rooms[1], "Plzeň"))
    return forum.rooms[1]


def told(room):
    found = left_open(db.session.get_one(Room, room.id, populate_existing=True))
    return [
        (one["title"], one["meeting"], [task["what"] for task in one["tasks"]]) for one in found
    ]


def test_open_tasks_go_on_at_the_next_meeting_of_the_track(leader, lead, later):
    item, other = put(leader), put(leader, "Nothing left")
    tasked(item, aaaaaa="Ask them", bbbbbb="Count them")
    tasked(other, cccccc="Done at once")
    leader.act("minutes.done", id=item, task="bbbbbb", on=True)
    leader.act("minutes.done", id=other, task="cccccc", on=True)
    db.session.rollback()
    assert told(later) == [("What was found out", "Lublin", ["Ask them"])]

    next_lead = lead(room=later)
    made = next_lead.act("minutes.carry", id=item)["id"]
    carried = db.session.get_one(Minutes, made, populate_existing=True)
    assert (carried.title, carried.by, carried.origin_id) == (
        "What was found out",
        "Labour office",
        item,
    )
    assert [step["what"] for step in carried.draft.text["steps"]] == ["Ask them"]
    with pytest.raises(Refused, match="taken up here already"):
        next_lead.act("minutes.carry", id=item)
    with pytest.raises(Refused, match="left to be done"):
        next_lead.act("minutes.carry", id=other)
    with pytest.raises(Refused, match="no longer here"):
        leader.act("minutes.carry", id=made)
