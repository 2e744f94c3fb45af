"""What a draft reads as, and whose words stand where."""

import pytest

from facilitator.rooms import texts, updates
from facilitator.rooms.texts import Unordered, Words
from facilitator.rooms.updates import Struct, Update
from tests import edits


def test_whose_words_are_where_when_many_write_at_once():
    for seed in range(100, 130):
        hall = edits.Hall(seed)
        hall.write(80)
        whole = hall.documents[0].get_update()

        found = texts.words(updates.read_draft(whole))

        shown = {root: "".join(part.text for part in parts) for root, parts in found.items()}
        assert {root: text for root, text in shown.items() if text} == hall.texts()
        assert {part.client for parts in found.values() for part in parts} <= {1, 2, 3, 4}


def test_units_that_need_each_other_have_no_order():
    def unit(client, after):
        return Struct(client, 0, 1, 4, after, None, None, None, "x")

    circle = [unit(1, (2, 0)), unit(2, (1, 0))]
    missing = [unit(1, (2, 0))]

    for structs in (circle, missing):
        with pytest.raises(Unordered):
            texts.words(Update(structs, {}, []))


def test_what_was_never_there_cannot_be_gone():
    alone = updates.read_draft(updates.insertion(1, 0, "title", "abc"))

    assert texts.words(Update(alone.structs, alone.ranges, [(1, 1, 1), (9, 0, 5)])) == {
        "title": [Words(1, "ac")]
    }


def test_words_beside_collected_ones_stand_nowhere():
    collected = Struct(1, 0, 2, 0, None, None, None, None, None)
    beside = Struct(2, 0, 1, 4, (1, 0), None, None, None, "x")

    assert texts.words(Update([collected, beside], {}, [])) == {}


@pytest.mark.parametrize(
    ("pieces", "spans"),
    [
        ([(7, "abc")], [(0, 3, 1)]),
        ([(5, "--"), (7, "abc"), (5, "--")], [(2, 5, 1)]),
        ([(7, "ab"), (5, "x"), (7, "c")], [(0, 2, 1), (3, 4, 1)]),
        ([(7, "ab"), (8, "cd"), (9, "ef")], [(0, 4, 1), (4, 6, 2)]),
        ([(5, "😀"), (9, "Łódź")], [(1, 5, 2)]),
        # An accent that was typed behind somebody's letter joins it.
        ([(5, "e"), (7, "\u0301a")], [(1, 2, 1)]),
    ],
)
def test_places_of_passages(pieces, spans):
    found = texts.passages(
        {"s:a": [Words(client, text) for client, text in pieces]}, {7: 1, 8: 1, 9: 2}
    )

    assert [(span["start"], span["end"], span["source"]) for span in found] == spans


def test_face_of_a_draft():
    roots = {
        "title": "Two\nlines",
        "s:b": "B",
        "s:a": "A",
        "s:empty": "",
        "p:step01:what": "Do",
        "p:gone01:what": "x",
        "a:city01:office": "City hall",
        "a:gone01:office": "x",
    }
    rows = {"gone01.pos": 1, "gone01.gone": True, "odd": 3}
    steps = {**rows, "step01.pos": 2, "step02.pos": 1}
    levels = {"city01.level": "city", "king01.level": "king", "lost01.level": "city"}
    asked = {**rows, **levels, "king01.pos": "city", "city01.pos": 2, "none01.pos": 0.5}
    entries = {"steps": steps, "addressees": asked}

    blank = dict.fromkeys(texts.FIELDS, "")
    assert texts.face(roots, entries) == {
        "title": "Two lines",
        "sections": {"a": "A", "b": "B"},
        "steps": [{"id": "step02", **blank}, {"id": "step01", **blank, "what": "Do"}],
        "addressees": [
            {"id": "king01", "office": "", "level": ""},
            {"id": "none01", "office": "", "level": ""},
            {"id": "city01", "office": "City hall", "level": "city"},
        ],
    }


def test_wording_without_addressees_is_what_it_was_before_there_were_rows():
    before = {"title": "A", "sections": {}, "steps": []}
    rows = [{"id": "city01", "office": "City hall", "level": ""}]

    assert texts.wording({**before, "addressees": [], "passages": []}) == before
    assert texts.wording(before) == before
    assert texts.wording({**before, "addressees": rows}) == {**before, "addressees": rows}
