"""The desk: what is merged keeps its sources, what is done can be taken back."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from facilitator.actions import Refused, perform
from facilitator.db import db, write
from facilitator.models import (
    Chapter,
    DeskStep,
    Draft,
    Passage,
    Recommendation,
    Role,
    Room,
)
from facilitator.rooms import texts
from tests.consolidation.conftest import STEP, entry, origin_of, passages_of, roots


def refused(code, act, *asked, **payload):
    """The refusal that something meets."""
    with pytest.raises(Refused) as refusal:
        act(*asked, **payload)
    assert refusal.value.code == code
    return refusal.value


@pytest.fixture
def two(forum, text):
    """Two recommendations, of two rooms."""
    return [
        text("One desk", problem="Five queues.\n\nNobody knows.", steps=[STEP]),
        text(
            "Interpreters on duty",
            room=forum.rooms[1],
            problem="No common language. 👍",
            reasons=" It costs little.\n",
            steps=[STEP, {"what": "Hire two interpreters", "cost": "2 × 900 zł"}],
        ),
    ]


def merge(desk, two, chapter, title="One desk, with interpreters"):
    return desk.act("desk.merge", recommendations=two, chapter=chapter, title=title)["id"]


# ---- Placing and merging -------------------------------------------------------------------------


def test_placed_recommendation_is_in_the_words_of_its_room(desk, chapter, two):
    made = desk.act("desk.place", recommendation=two[0], chapter=chapter)["id"]

    placed, origin = entry(made), entry(two[0])
    assert [(s.origin_id, s.revision) for s in placed.sources] == [(two[0], origin.draft.seq)]
    assert (placed.title, placed.chapter_id, placed.status) == ("One desk", chapter, "draft")
    assert placed.draft.text["sections"] == origin.draft.text["sections"]
    assert [{**step, "id": 0} for step in placed.draft.text["steps"]] == [
        {**dict.fromkeys(texts.FIELDS, ""), **STEP, "id": 0}
    ]
    source = placed.sources[0].id
    assert [(p["root"], p["source"]) for p in placed.draft.text["passages"]][-2:] == [
        ("s:problem", source),
        ("title", source),
    ]


def test_merged_recommendation_keeps_all_its_sources_and_sections(desk, chapter, two):
    made = entry(merge(desk, two, chapter))

    face = made.draft.text
    assert [source.origin_id for source in made.sources] == two
    assert face["title"] == made.title == "One desk, with interpreters"
    assert face["sections"] == {
        "problem": "Five queues.\n\nNobody knows.\n\nNo common language. 👍",
        "reasons": "It costs little.",
    }
    assert [step["what"] for step in face["steps"]] == [
        "Open one desk",
        "Open one desk",
        "Hire two interpreters",
    ]
    assert face["steps"][2]["cost"] == "2 × 900 zł"


def test_each_passage_resolves_to_the_stored_revision(desk, chapter, two):
    made = merge(desk, two, chapter)

    known = passages_of(made)
    found = {origin_of(passage) for passage in known.values()}
    assert len(known) == 4 + 7  # three sections and a title typed; each field of three steps
    assert found >= {"Five queues.\n\nNobody knows.", "No common language. 👍", "It costs little."}
    face = entry(made).draft.text
    for cut in face["passages"]:
        assert roots(face)[cut["root"]][cut["start"] : cut["end"]] in found


def test_sections_of_different_templates_are_all_kept(desk, chapter, text, forum):
    def other():
        room = db.session.get_one(Room, forum.rooms[1].id)
        keys = ("problem", "law")
        room.track.template = [{"key": k, "title": {"en": k.upper()}, "hint": {}} for k in keys]

    first = text(problem="Five queues.", reasons="So it is.")
    write(other)
    second = text(room=forum.rooms[1], law="Article 5.", odd="Nobody asked.")
    made = entry(merge(desk, [second, first], chapter))

    assert [section["key"] for section in made.template] == [
        "problem", "law", "recommendation", "addressee", "reasons", "indicators", "odd",
    ]  # fmt: skip
    assert made.draft.text["sections"].keys() == {"problem", "law", "reasons", "odd"}


def test_merging_what_is_placed_takes_its_sources_over(desk, chapter, two, text):
    third = text("Third", problem="Third problem")
    first = merge(desk, two, chapter)
    made = entry(merge(desk, [third, first], chapter, "All three"))

    assert [source.origin_id for source in made.sources] == [third, *two]
    assert entry(first).gone
    assert made.draft.text["sections"]["problem"] == (
        "Third problem\n\nFive queues.\n\nNobody knows.\n\nNo common language. 👍"
    )
    for passage in passages_of(made.id).values():
        assert origin_of(passage)
    sources = {source.id: source.origin_id for source in made.sources}
    cuts = [c for c in made.draft.text["passages"] if c["root"] == "s:problem"]
    assert [sources[cut["source"]] for cut in cuts] == [third, *two]


def test_edited_passage_is_traced_to_what_is_left_of_it(desk, chapter, text):
    one = text(problem="The city opens one desk. Nobody is sent away. The desk is open.")
    made = desk.act("desk.place", recommendation=one, chapter=chapter)["id"]
    left = "The city opens a desk. The desk is open."

    def edit():  # as an editor would: words deleted, one letter typed
        draft = db.session.get_one(Draft, made)
        source = db.session.get_one(Recommendation, made).sources[0].id
        cuts = [(0, 15), (16, len(left))]
        passages = [{"root": "s:problem", "start": a, "end": b, "source": source} for a, b in cuts]
        draft.text = {**draft.text, "sections": {"problem": left}, "passages": passages}

    write(edit)
    again = entry(merge(desk, [made, text("Other", problem="Other.")], chapter))

    words = again.draft.text["sections"]["problem"]
    assert words == f"{left}\n\nOther."
    found = {origin_of(passage) for passage in passages_of(again.id).values()}
    assert found == {"The city opens ", " desk. ", "The desk is open.", "Other."}
    cuts = [cut for cut in again.draft.text["passages"] if cut["root"] == "s:problem"]
    assert [words[cut["start"] : cut["end"]] for cut in cuts] == [
        "The city opens ",
        " desk. The desk is open.",
        "Other.",
    ]


def test_source_that_is_being_written_is_to_be_tried_again(desk, chapter, two):
    def ahead():
        db.session.get_one(Draft, two[1]).seq += 1

    write(ahead)
    payload = {"recommendations": two, "chapter": chapter, "title": "Both"}
    refusal = refused("retry", desk.act, "desk.merge", **payload)
    assert refusal.retry


def test_nothing_comes_into_the_document_twice(desk, chapter, two, text):
    other = text("Other")
    made = desk.act("desk.place", recommendation=two[0], chapter=chapter)["id"]

    for one in (two[0], made):
        refused("conflict", desk.act, "desk.place", recommendation=one, chapter=chapter)
    both = {"recommendations": [two[0], other], "chapter": chapter, "title": "Both"}
    refused("conflict", desk.act, "desk.merge", **both)
    twice = {**both, "recommendations": [other, other]}
    refused("bad_shape", desk.act, "desk.merge", **twice)
    refused("gone", desk.act, "desk.merge", **{**both, "recommendations": [other, 10**6]})
    refused("gone", desk.act, "desk.place", recommendation=other, chapter=10**6)


def test_merging_twice_with_one_operation_is_merging_once(desk, chapter, two):
    payload = {"recommendations": two, "chapter": chapter, "title": "Both"}
    first = desk.act("desk.merge", op="op-merge-1", **payload)

    assert desk.act("desk.merge", op="op-merge-1", **payload) == first
    desk.hear()
    assert len(desk.all("recommendation")) == 1


# ---- Order ---------------------------------------------------------------------------------------


def order(desk, chapter):
    desk.hear()
    here = [r for r in desk.all("recommendation").values() if r["chapter"] == chapter]
    return [r["title"] for r in sorted(here, key=lambda r: (r["position"], r["id"]))]


def test_recommendations_move_within_and_between_chapters(desk, chapter, text):
    ids = {
        name: desk.act("desk.place", recommendation=text(name), chapter=chapter)["id"]
        for name in "ABC"
    }
    other = desk.act("chapter.add", title={"en": "Other"}, intro="", track=None)["id"]

    desk.act("desk.move", recommendation=ids["C"], chapter=chapter, position=0)
    assert order(desk, chapter) == ["C", "A", "B"]
    desk.act("desk.move", recommendation=ids["C"], chapter=chapter, position=1)
    assert order(desk, chapter) == ["A", "C", "B"]
    desk.act("desk.move", recommendation=ids["A"], chapter=other, position=9)
    assert (order(desk, chapter), order(desk, other)) == (["C", "B"], ["A"])


def test_order_holds_where_no_gap_is_left(desk, chapter, text):
    ids = [
        desk.act("desk.place", recommendation=text(name), chapter=chapter)["id"] for name in "ABCD"
    ]

    def crowd():
        for place, number in enumerate(ids):
            db.session.get_one(Recommendation, number).position = place

    write(crowd)
    step = desk.act("desk.move", recommendation=ids[3], chapter=chapter, position=1)["step"]
    assert order(desk, chapter) == ["A", "D", "B", "C"]
    desk.act("desk.undo", step=step, also=[])
    assert [entry(number).position for number in ids] == [0, 1, 2, 3]


def test_chapters_are_edited_ordered_and_removed(desk, chapter, two):
    other = desk.act("chapter.add", title={"en": "Work"}, intro="Hello.", track=None)["id"]
    payload = {"id": other, "title": {"en": "Work", "pl": "Praca"}, "intro": "*Hi*", "position": 0}
    desk.act("chapter.edit", **payload)
    desk.act("desk.place", recommendation=two[0], chapter=other)
    desk.hear()

    rows = sorted(desk.all("chapter").values(), key=lambda row: row["position"])
    assert [(row["id"], row["title"], row["intro"]) for row in rows] == [
        (other, {"en": "Work", "pl": "Praca"}, "*Hi*"),
        (chapter, {"en": "Housing"}, ""),
    ]
    refused("conflict", desk.act, "chapter.remove", id=other)
    desk.act("chapter.remove", id=chapter)
    desk.hear()
    assert list(desk.all("chapter")) == [other]


def test_chapter_can_belong_to_a_track_of_the_forum(desk, forum):
    payload = {"title": {"en": "Housing"}, "intro": ""}
    made = desk.act("chapter.add", **payload, track=forum.track.uuid)["id"]

    assert db.session.get_one(Chapter, made).track_id == forum.track.id
    refused("gone", desk.act, "chapter.add", **payload, track="another")
    refused("bad_shape", desk.act, "chapter.add", title={}, intro="", track=None)


# ---- Undoing -------------------------------------------------------------------------------------


def picture(desk):
    """All of the desk but its edit log."""
    desk.hear()
    return {key: data for key, data in desk.things.items() if key[0] not in ("step", "room")}


def test_undoing_a_merge_brings_back_what_was_placed(desk, chapter, two):
    first = desk.act("desk.place", recommendation=two[0], chapter=chapter)["id"]
    before = picture(desk)
    step = desk.act("desk.merge", recommendations=[first, two[1]], chapter=chapter, title="Both")[
        "step"
    ]
    assert picture(desk) != before

    assert desk.act("desk.undo", step=step, also=[]) == {"undone": [step]}
    assert picture(desk) == before
    assert desk.all("step")[step]["undone"]
    assert desk.things == desk.fresh()
    refused("gone", desk.act, "desk.undo", step=step, also=[])


def test_steps_that_build_on_a_step_are_named_and_undone_with_it(desk, chapter, two):
    before = picture(desk)
    merged = desk.act("desk.merge", recommendations=two, chapter=chapter, title="Both")
    adopted = desk.act("desk.adopt", recommendation=merged["id"], on=True)["step"]
    desk.act("chapter.edit", id=chapter, title={"en": "Roof"}, intro="", position=None)
    removed = desk.act("desk.remove", recommendation=merged["id"])["step"]
    desk.act("desk.place", recommendation=two[0], chapter=chapter)
    after = picture(desk)
    again = max(desk.all("step"))

    refusal = refused("conflict", desk.act, "desk.undo", step=merged["step"], also=[removed])
    assert refusal.values["steps"] == [adopted, again]
    assert "Both; One desk" in str(refusal)
    assert picture(desk) == after

    together = [merged["step"], adopted, removed, again]
    assert desk.act("desk.undo", step=merged["step"], also=together[1:]) == {"undone": together}
    now = picture(desk)
    assert now.pop(("chapter", str(chapter)))["title"] == {"en": "Roof"}
    before.pop(("chapter", str(chapter)))
    assert now == before
    assert desk.things == desk.fresh()


def test_steps_that_have_nothing_to_do_with_it_are_left(desk, chapter, text):
    steps = [
        desk.act("desk.place", recommendation=text(name), chapter=chapter)["step"] for name in "AB"
    ]
    desk.act("desk.undo", step=steps[0], also=[])
    assert order(desk, chapter) == ["B"]


def test_chapter_in_which_something_stands_is_undone_with_it(desk, chapter, two):
    desk.hear()
    step = min(desk.all("step"))
    placed = desk.act("desk.place", recommendation=two[0], chapter=chapter)["step"]

    refusal = refused("conflict", desk.act, "desk.undo", step=step, also=[])
    assert refusal.values["steps"] == [placed]
    desk.act("desk.undo", step=step, also=[placed])
    assert {kind for kind, _ in picture(desk)} <= {"people"}


def test_nothing_returns_to_a_chapter_that_was_removed(desk, chapter, two):
    placed = desk.act("desk.place", recommendation=two[0], chapter=chapter)["id"]
    out = desk.act("desk.remove", recommendation=placed)["step"]
    removed = desk.act("chapter.remove", id=chapter)["step"]

    refusal = refused("conflict", desk.act, "desk.undo", step=out, also=[])
    assert refusal.values["steps"] == [removed]
    desk.act("desk.undo", step=removed, also=[])
    desk.act("desk.undo", step=out, also=[])
    assert order(desk, chapter) == ["One desk"]


def test_chapter_that_went_with_its_track_comes_back_with_what_returns(desk, chapter, two):
    placed = desk.act("desk.place", recommendation=two[0], chapter=chapter)["id"]
    other = desk.act("chapter.add", title={"en": "Work"})["id"]
    step = desk.act("desk.move", recommendation=placed, chapter=other, position=0)["step"]
    write(lambda: setattr(db.session.get(Chapter, chapter), "gone", True))

    desk.act("desk.undo", step=step, also=[])

    desk.hear()
    assert desk.all("recommendation")[placed]["chapter"] == chapter
    assert chapter in desk.all("chapter")
    assert desk.things == desk.fresh()


def test_adopting_closes_the_text_and_undoing_opens_it(desk, chapter, two):
    placed = desk.act("desk.place", recommendation=two[0], chapter=chapter)["id"]
    step = desk.act("desk.adopt", recommendation=placed, on=True)["step"]
    assert (entry(placed).status, entry(placed).adopted_seq) == ("adopted", entry(placed).draft.seq)
    desk.act("desk.adopt", recommendation=placed, on=True)

    desk.act("desk.undo", step=step, also=[])
    assert (entry(placed).status, entry(placed).adopted_seq) == ("draft", None)
    desk.act("desk.adopt", recommendation=placed, on=True)
    desk.act("desk.adopt", recommendation=placed, on=False)
    assert entry(placed).status == "draft"


# ---- Who and where -------------------------------------------------------------------------------

PAYLOADS = {
    "chapter.add": {"title": {"en": "X"}, "intro": "", "track": None},
    "chapter.edit": {"id": 1, "title": {"en": "X"}, "intro": "", "position": None},
    "chapter.remove": {"id": 1},
    "desk.place": {"recommendation": 1, "chapter": 1},
    "desk.merge": {"recommendations": [1, 2], "chapter": 1, "title": "X"},
    "desk.move": {"recommendation": 1, "chapter": 1, "position": 0},
    "desk.adopt": {"recommendation": 1, "on": True},
    "desk.remove": {"recommendation": 1},
    "desk.pull": {"recommendation": 1, "origin": 1, "kind": "addressees", "row": "abc123"},
    "desk.pull_passage": {"recommendation": 1, "origin": 1, "section": "problem", "words": "x"},
    "desk.split": {"recommendation": 1, "apart": [{"origins": [1], "title": "X"}]},
    "desk.consult": {"recommendation": 1},
    "desk.consulted": {"consultation": 1},
    "desk.undo": {"step": 1, "also": []},
}


@pytest.mark.parametrize("name", PAYLOADS)
def test_only_organisers_at_the_desk(name, forum, join, lead, desk):
    for stranger in (join("Ana"), lead(), lead(Role.PROJECTOR)):
        refused("not_allowed", perform, stranger.ref, name, "op-stranger", PAYLOADS[name])
        at_desk = replace(stranger.ref, room_id=forum.desk.id)
        with pytest.raises(Refused):
            perform(at_desk, name, "op-stranger-2", PAYLOADS[name])
    elsewhere = lead(Role.ORGANISER)
    refused("not_allowed", elsewhere.act, name, **PAYLOADS[name])
    assert db.session.scalar(select(DeskStep.id)) is None


def test_what_is_put_aside_is_kept(desk, chapter, two):
    made = merge(desk, two, chapter)
    desk.act("desk.remove", recommendation=made)

    assert entry(made).gone
    assert db.session.scalar(select(Passage.id)) is not None
    desk.act("desk.place", recommendation=two[0], chapter=chapter)
    refused("gone", desk.act, "desk.move", recommendation=made, chapter=chapter, position=0)


def test_snapshot_and_news_agree_after_a_day_at_the_desk(desk, chapter, two, text):
    made = merge(desk, two, chapter)
    other = desk.act("desk.place", recommendation=text("Other"), chapter=chapter)["id"]
    desk.act("desk.move", recommendation=other, chapter=chapter, position=0)
    desk.act("desk.adopt", recommendation=other, on=True)
    merge(desk, [made, other], chapter, "Everything")
    desk.hear()

    assert desk.things == desk.fresh()
    assert len(desk.all("recommendation")) == 1
