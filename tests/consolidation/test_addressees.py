"""Rows of addressees on their way: merged item by item, taken apart, carried on, in documents."""

import csv
import io
import json
import zipfile

import pytest
from sqlalchemy import select

import exports
from exports import document as doc
from exports.letters import letters
from facilitator.consolidation.compose import compose
from facilitator.consolidation.record import record_of
from facilitator.consolidation.survey import survey_due
from facilitator.db import db, write
from facilitator.models import Mirror, Recommendation, Source
from facilitator.rooms.reopening import hash_of
from tests.consolidation.conftest import STEP, entry, origin_of, passages_of

CITY, RECTORS = ("City hall", ""), ("Rectors of Łódź", "national")


@pytest.fixture
def two(text, forum):
    """A text with rows, and one of the other room with rows and older words."""
    return [
        text(problem="Five queues.", offices=[CITY, RECTORS], steps=[STEP]),
        text("Two", room=forum.rooms[1], offices=[CITY], addressee="- Voivode\n- City hall"),
    ]


@pytest.fixture
def merged(desk, chapter, two):
    return desk.act("desk.merge", recommendations=two, chapter=chapter, title="One desk")["id"]


def asked(number):
    return [(row["office"], row["level"]) for row in entry(number).draft.text["addressees"]]


def sources_of(number):
    """Of each row the room's recommendation from which it came."""
    made = entry(number)
    face = made.draft.text
    origins = dict(db.session.execute(select(Source.id, Source.origin_id)).all())
    return [
        [
            origins[cut["source"]]
            for cut in face["passages"]
            if cut["root"] == f"a:{row['id']}:office"
        ]
        for row in face["addressees"]
    ]


def test_addressees_merge_item_by_item_each_with_its_source(merged, two):
    assert asked(merged) == [CITY, RECTORS, CITY]
    assert sources_of(merged) == [[two[0]], [two[0]], [two[1]]]
    assert {origin_of(passage) for passage in passages_of(merged).values()} >= {
        "City hall", "Rectors of Łódź", "- Voivode\n- City hall",
    }  # fmt: skip


def test_document_asks_each_office_once_rows_first(merged, forum):
    (one,) = compose(forum.id).recommendations

    assert [(a.name, a.level) for a in one.addressees] == [
        ("City hall", "city"), ("Rectors of Łódź", "national"), ("Voivode", "region"),
    ]  # fmt: skip
    assert [section.heading for section in one.sections] == ["Problem"]
    assert {span.block for source in one.sources for span in source.spans}


def test_files_name_them_and_each_gets_a_letter(merged, forum):
    document = compose(forum.id)
    names = ["City hall", "Rectors of Łódź", "Voivode"]

    (told,) = doc.from_json(json.loads(exports.export(document, "json"))).recommendations
    assert [one.name for one in told.addressees] == names
    words = exports.export(document, "md").decode()
    places = [words.rindex(f"**{name}**") for name in names]
    assert places == sorted(places)
    with zipfile.ZipFile(io.BytesIO(exports.export(document, "csv"))) as tables:
        rows = list(
            csv.DictReader(io.StringIO(tables.read("comma/addressees.csv").decode("utf-8-sig")))
        )
    assert [(row["name"], row["level"]) for row in rows] == [
        ("City hall", "city"), ("Rectors of Łódź", "national"), ("Voivode", "region"),
    ]  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(exports.export(document, "docx"))) as parts:
        xml = parts.read("word/document.xml").decode()
    assert all(name in xml.replace("\N{NO-BREAK SPACE}", " ") for name in names)
    assert [letter.addressee.name for letter in letters(document)] == names


def test_addressees_go_with_their_source_when_a_text_is_taken_apart(desk, merged, two):
    apart = [{"origins": [two[1]], "title": "Words"}]
    first, second = desk.act("desk.split", recommendation=merged, apart=apart)["ids"]

    assert (asked(first), asked(second)) == ([CITY, RECTORS], [CITY])
    assert (sources_of(first), sources_of(second)) == ([[two[0]], [two[0]]], [[two[1]]])


def test_text_with_rows_gets_their_part_where_no_template_has_it(desk, chapter, text, forum):
    one, two = text(offices=[CITY]), text("Two", room=forum.rooms[1])

    def without():
        for number in (one, two):
            found = db.session.get_one(Recommendation, number)
            found.template = [part for part in found.template if part["key"] != "addressee"]

    write(without)
    made = desk.act("desk.merge", recommendations=[one, two], chapter=chapter, title="Both")["id"]

    assert [part["key"] for part in entry(made).template].count("addressee") == 1


def test_desk_finds_by_the_levels_of_rows_and_words(desk, two):
    survey_due()
    levels = {
        card.id: card.face["levels"]
        for card in db.session.scalars(select(Mirror).filter_by(kind="card"))
    }

    assert levels == {two[0]: ["city", "national"], two[1]: ["city", "region"]}


def test_record_of_a_room_lists_them_above_the_older_words(two, forum):
    (draft,) = record_of(forum.rooms[1].id).drafts
    (part,) = [part for part in draft.parts if part.heading == "Addressee"]

    listed, words = part.blocks
    assert listed.items[0][0].content[0].text == "City hall (Commune or city)"
    assert len(words.items) == 2


def test_rows_are_part_of_what_was_voted_on():
    face = {"title": "A", "sections": {}, "steps": []}
    row = {"id": "aaaaaa", "office": "City hall", "level": ""}
    hashes = [hash_of({**face, "addressees": [{**row, "level": level}]}) for level in ("", "city")]

    assert hash_of({**face, "addressees": []}) == hash_of(face)
    assert len({hash_of(face), *hashes}) == 3
