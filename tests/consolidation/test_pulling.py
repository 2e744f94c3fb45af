"""What a source says pulled across into the text, with its source, and taken back."""

import pycrdt
import pytest
from sqlalchemy import select

from facilitator.actions import Refused
from facilitator.db import db
from facilitator.models import DeskStep
from tests.consolidation.conftest import STEP, entry, passages_of, stored
from tests.consolidation.writing import change, render, type_into
from tests.edits import octets

CITY, RECTORS = ("City hall", ""), ("Rectors of Łódź 👍", "national")


@pytest.fixture
def two(text, forum):
    return [
        text(problem="Five queues.", offices=[CITY, RECTORS], steps=[STEP]),
        text("Two", room=forum.rooms[1], offices=[("Voivode", "")], steps=[{"what": "Count"}]),
    ]


@pytest.fixture
def merged(desk, chapter, two):
    return desk.act("desk.merge", recommendations=two, chapter=chapter, title="One desk")["id"]


def asked(number):
    return [(row["office"], row["level"]) for row in entry(number).draft.text["addressees"]]


def steps(number):
    return [step["what"] for step in entry(number).draft.text["steps"]]


def row_of(number, kind, place):
    return entry(number).draft.text[kind][place]["id"]


def take_out(desk, number, kind, place):
    """An editor takes a row out of the text."""
    row = row_of(number, kind, place)
    change(desk, number, kind, lambda rows: rows.update({f"{row}.gone": True}), pycrdt.Map)


def pull(desk, number, origin, kind, row):
    fields = {"recommendation": number, "origin": origin, "kind": kind, "row": row}
    step = desk.act("desk.pull", **fields)["step"]
    render(number)
    return step


def refused(code, work):
    with pytest.raises(Refused) as refusal:
        work()
    assert refusal.value.code == code


def sources_of(number):
    """By what a row says, the room's text from which all of it came."""
    face = entry(number).draft.text
    letters = {source.id: source.origin_id for source in entry(number).sources}
    texts = {f"a:{row['id']}:office": row["office"] for row in face["addressees"]}
    texts |= {f"p:{step['id']}:what": step["what"] for step in face["steps"]}
    return {
        texts[cut["root"]][cut["start"] : cut["end"]]: letters[cut["source"]]
        for cut in face["passages"]
        if cut["root"] in texts
    }


def test_addressee_that_was_taken_out_comes_back_with_its_source(desk, merged, two):
    take_out(desk, merged, "addressees", 1)
    assert asked(merged) == [CITY, ("Voivode", "")]

    pull(desk, merged, two[0], "addressees", row_of(two[0], "addressees", 1))

    assert asked(merged) == [CITY, ("Voivode", ""), RECTORS]
    assert sources_of(merged)[RECTORS[0]] == two[0]
    assert RECTORS[0] in {stored(passage) for passage in passages_of(merged).values()}
    assert db.session.scalars(select(DeskStep.about).order_by(DeskStep.id.desc())).first() == [
        "One desk", RECTORS[0],
    ]  # fmt: skip


def test_step_comes_with_all_its_fields(desk, merged, two):
    take_out(desk, merged, "steps", 0)

    pull(desk, merged, two[0], "steps", row_of(two[0], "steps", 0))

    assert steps(merged) == ["Count", STEP["what"]]
    pulled = entry(merged).draft.text["steps"][1]
    assert {field: pulled[field] for field in STEP} == STEP
    assert sources_of(merged)[STEP["what"]] == two[0]


def test_addressee_that_the_room_named_since_is_pulled_across(desk, merged, two, lead):
    room = lead()
    room.go("draft")
    change(room, two[0], "addressees", lambda rows: rows.update({"abc123.pos": 9}), pycrdt.Map)
    change(room, two[0], "a:abc123:office", lambda text: text.insert(0, "  Schools "))
    before = {stored(passage) for passage in passages_of(merged).values()}

    pull(desk, merged, two[0], "addressees", "abc123")

    assert asked(merged)[-1] == ("Schools", "")
    after = {stored(passage) for passage in passages_of(merged).values()}
    assert after == {*before, "Schools"}
    desk.hear()
    assert desk.things == desk.fresh()


def test_nothing_is_tied_to_words_that_the_room_has_not_any_more(desk, merged, two, lead):
    room = lead()
    room.go("draft")
    change(room, two[0], "addressees", lambda rows: rows.update({"abc123.pos": 9}), pycrdt.Map)
    change(room, two[0], "a:abc123:office", lambda text: text.insert(0, "Schools"))
    change(room, two[0], "s:problem", lambda text: text.insert(0, "Not "))
    before, revisions = asked(merged), [one.revision for one in entry(merged).sources]

    refused("conflict", lambda: pull(desk, merged, two[0], "addressees", "abc123"))

    assert asked(merged) == before
    assert [one.revision for one in entry(merged).sources] == revisions


def test_each_is_undone_alone_and_with_what_builds_on_it(desk, chapter, merged, two, text):
    for _ in range(2):
        take_out(desk, merged, "addressees", 0)
    first, second = (
        pull(desk, merged, two[0], "addressees", row_of(two[0], "addressees", place))
        for place in range(2)
    )
    assert asked(merged) == [("Voivode", ""), CITY, RECTORS]
    type_into(desk, merged, f"a:{row_of(merged, 'addressees', 1)}:office", "City hall", " of Łódź")

    assert desk.act("desk.undo", step=first, also=[])["undone"] == [first]
    render(merged)
    assert asked(merged) == [("Voivode", ""), RECTORS]

    three = text("Three", problem="Queues.")
    fields = {"recommendations": [merged, three], "chapter": chapter, "title": "All"}
    whole = desk.act("desk.merge", **fields)
    assert asked(whole["id"]) == [("Voivode", ""), RECTORS]
    refused("conflict", lambda: desk.act("desk.undo", step=second, also=[]))
    undone = desk.act("desk.undo", step=second, also=[whole["step"]])["undone"]
    assert undone == [second, whole["step"]]
    render(merged)
    assert asked(merged) == [("Voivode", "")]
    desk.hear()
    assert desk.things == desk.fresh()


def test_row_that_was_taken_out_and_brought_back_goes_when_pulling_it_is_undone(desk, merged, two):
    take_out(desk, merged, "addressees", 0)
    step = pull(desk, merged, two[0], "addressees", row_of(two[0], "addressees", 0))
    row = row_of(merged, "addressees", 2)
    for gone in (True, False):
        change(
            desk,
            merged,
            "addressees",
            lambda rows, gone=gone: rows.update({f"{row}.gone": gone}),
            pycrdt.Map,
        )
    assert CITY in asked(merged)

    desk.act("desk.undo", step=step, also=[])
    render(merged)

    assert asked(merged) == [RECTORS, ("Voivode", "")]


def test_what_cannot_be_pulled_is_refused_and_nothing_changes(desk, merged, two, text):
    there = row_of(two[0], "addressees", 0)
    other = text("Other", offices=[("Mayor", "")])
    kinds = ("addressees", "steps")
    before = entry(merged).draft.seq
    cases = [
        ("conflict", merged, two[0], "addressees", there),  # it stands there
        ("gone", merged, two[0], "addressees", "zzzzzz"),
        ("gone", merged, two[0], "steps", there),
        ("gone", merged, other, "addressees", row_of(other, "addressees", 0)),  # no source of it
        ("gone", two[0], two[0], "addressees", there),
        ("bad_shape", merged, two[0], "sections", there),
        ("bad_shape", merged, two[0], kinds[0], "X"),
    ]
    for code, *asked_for in cases:
        refused(code, lambda asked_for=asked_for: pull(desk, *asked_for))
    assert entry(merged).draft.seq == before

    take_out(desk, merged, "addressees", 0)
    step = pull(desk, merged, two[0], "addressees", there)
    desk.act("desk.adopt", recommendation=merged, on=True)
    before = entry(merged).draft.seq
    row = row_of(two[0], "addressees", 1)
    refused("closed", lambda: pull(desk, merged, two[0], "addressees", row))
    refused("closed", lambda: desk.act("desk.undo", step=step, also=[]))
    assert entry(merged).draft.seq == before


def test_two_who_pull_the_same_pull_it_once(desk, merged, two):
    take_out(desk, merged, "addressees", 0)
    row = row_of(two[0], "addressees", 0)
    fields = {"recommendation": merged, "origin": two[0], "kind": "addressees", "row": row}
    desk.act("desk.pull", **fields)

    refused("retry", lambda: desk.act("desk.pull", **fields))  # the browser tries again
    render(merged)
    refused("conflict", lambda: desk.act("desk.pull", **fields))

    assert [office for office, _ in asked(merged)].count("City hall") == 1


# ---- Passages of sections ----


def section(number, key="problem"):
    return entry(number).draft.text["sections"].get(key, "")


def cut_out(desk, number, words, root="s:problem"):
    """An editor deletes words of the text."""

    def write(text):
        start = octets(str(text), str(text).index(words))
        del text[start : start + len(words.encode())]

    change(desk, number, root, write)


def pull_passage(desk, number, origin, words, key="problem"):
    fields = {"recommendation": number, "origin": origin, "section": key, "words": words}
    step = desk.act("desk.pull_passage", **fields)["step"]
    render(number)
    return step


def traced(number, key="problem"):
    """What stands in a section: the words, and the room's text from which they are."""
    face, origins = entry(number).draft.text, {}
    for source in entry(number).sources:
        origins[source.id] = source.origin_id
    return [
        (face["sections"][key][cut["start"] : cut["end"]], origins[cut["source"]])
        for cut in face["passages"]
        if cut["root"] == f"s:{key}"
    ]


@pytest.fixture
def long(text, forum, desk, chapter):
    """Two texts in one: that of the first room has two passages."""
    first = text(problem="Five queues 😀.\n\nОдна черга, і ще одна.")
    both = [first, text("Two", room=forum.rooms[1], problem="No count.")]
    fields = {"recommendations": both, "chapter": chapter, "title": "One desk"}
    return desk.act("desk.merge", **fields)["id"], first


def test_passage_that_was_cut_out_comes_back_with_its_source(desk, long):
    made, first = long
    cut_out(desk, made, "Одна черга, і ще одна.\n\n")
    assert section(made) == "Five queues 😀.\n\nNo count."

    pull_passage(desk, made, first, "Одна черга, і ще одна.")

    assert section(made) == "Five queues 😀.\n\nNo count.\n\nОдна черга, і ще одна."
    assert traced(made)[-1] == ("Одна черга, і ще одна.", first)
    assert "Одна черга, і ще одна." in {stored(one) for one in passages_of(made).values()}
    about = db.session.scalars(select(DeskStep.about).order_by(DeskStep.id.desc())).first()
    assert about == ["One desk", "Одна черга, і ще одна."]
    desk.hear()
    assert desk.things == desk.fresh()


def test_long_passage_is_named_by_its_beginning(desk, chapter, text):
    one = text(problem="字" * 200)
    made = desk.act("desk.place", recommendation=one, chapter=chapter)["id"]
    cut_out(desk, made, "字" * 200)

    pull_passage(desk, made, one, "字" * 200)

    assert section(made) == "字" * 200
    about = db.session.scalars(select(DeskStep.about).order_by(DeskStep.id.desc())).first()
    assert about[1] == "字" * 79 + "…"


def test_passage_comes_into_a_section_that_was_emptied(desk, long):
    made, first = long
    cut_out(desk, made, section(made))
    assert not section(made)

    pull_passage(desk, made, first, "Five queues 😀.")

    assert section(made) == "Five queues 😀."
    assert traced(made) == [("Five queues 😀.", first)]


def test_passage_goes_when_pulling_it_is_undone_and_what_was_typed_stays(desk, long):
    made, first = long
    before = section(made)
    cut_out(desk, made, "Five queues 😀.\n\n")
    step = pull_passage(desk, made, first, "Five queues 😀.")
    type_into(desk, made, "s:problem", "No count.", " Yes.")
    type_into(desk, made, "s:problem", "Five ", "long ")
    assert section(made).endswith("No count. Yes.\n\nFive long queues 😀.")

    desk.act("desk.undo", step=step, also=[])
    render(made)

    assert section(made) == before.removeprefix("Five queues 😀.\n\n") + " Yes.long "
    assert all("Five" not in words for words, _ in traced(made))
    desk.hear()
    assert desk.things == desk.fresh()


def test_pulled_passage_leads_to_its_room_when_all_is_merged_again(desk, chapter, long, text):
    made, first = long
    cut_out(desk, made, "Five queues 😀.\n\n")
    pull_passage(desk, made, first, "Five queues 😀.")
    fields = {"recommendations": [made, text("Three", problem="Late.")], "chapter": chapter}

    whole = desk.act("desk.merge", **fields, title="All")["id"]

    assert ("Five queues 😀.", first) in traced(whole)
    assert "Five queues 😀." in {stored(one) for one in passages_of(whole).values()}


def test_passage_that_cannot_be_pulled_is_refused_and_nothing_changes(desk, long, text):
    made, first = long
    cut_out(desk, made, "Five queues 😀.\n\n")
    other = text("Other", problem="Elsewhere.")
    before = entry(made).draft.seq
    cases = [
        ("conflict", made, first, "Одна черга, і ще одна.", "problem"),  # it stands there
        ("gone", made, first, "Five queues!", "problem"),
        ("gone", made, first, "Five queues 😀.", "reasons"),
        ("gone", made, first, "Five queues 😀.", "nothing"),
        ("gone", made, first, " \n", "problem"),
        ("gone", made, other, "Elsewhere.", "problem"),  # no source of it
        ("gone", first, first, "Five queues 😀.", "problem"),
        ("bad_shape", made, first, "Five queues 😀.", "s:problem"),
    ]
    for code, *asked_for in cases:
        refused(code, lambda asked_for=asked_for: pull_passage(desk, *asked_for))
    assert entry(made).draft.seq == before

    step = pull_passage(desk, made, first, "Five queues 😀.")
    fields = {"recommendation": made, "origin": first, "section": "problem"}
    cut_out(desk, made, "Five queues 😀.")
    desk.act("desk.pull_passage", **fields, words="Five queues 😀.")
    refused("retry", lambda: desk.act("desk.pull_passage", **fields, words="Five queues 😀."))
    render(made)
    desk.act("desk.adopt", recommendation=made, on=True)
    before = entry(made).draft.seq
    refused("closed", lambda: pull_passage(desk, made, first, "Five"))
    refused("closed", lambda: desk.act("desk.undo", step=step, also=[]))
    assert entry(made).draft.seq == before
