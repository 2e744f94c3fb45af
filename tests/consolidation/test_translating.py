"""Translations: a text of its own for each language, behind when the original changes."""

import json

import pytest
from sqlalchemy import update

import exports
from exports import document as doc
from exports.languages import text_in
from exports.richtext import plain
from exports.sealing import check_file
from exports.soundness import check
from facilitator.actions import Refused
from facilitator.consolidation.compose import compose, export_files
from facilitator.consolidation.seals import editions, hand_out, seal_document
from facilitator.db import db, write
from facilitator.models import Forum, Recommendation, Translation
from tests.consolidation.conftest import STEP
from tests.consolidation.writing import change, type_into
from tests.pages.staff import browser


@pytest.fixture
def spoken(forum):
    """The forum speaks English, Polish and Arabic."""
    codes = ["en", "pl", "ar"]
    write(lambda: db.session.execute(update(Forum).values(languages=codes)))
    return codes


@pytest.fixture
def placed(desk, chapter, text, spoken):
    """A recommendation that stands in the document."""
    made = text("One desk", problem="Five queues.", reasons="It works in Brno.", steps=[STEP])
    return desk.act("desk.place", recommendation=made, chapter=chapter)["id"]


@pytest.fixture
def begun(desk, placed):
    """Its translation into Polish, empty."""
    return desk.act("translation.begin", recommendation=placed, lang="pl")["id"]


@pytest.fixture
def written(desk, begun):
    """The same with a title, one of two sections, and its step."""
    [step] = row(begun).text.draft.text["steps"]
    fields = {"title": "Jedno okienko", "s:problem": "Pięć kolejek."}
    for root, words in (fields | {f"p:{step['id']}:what": "Otworzyć okienko"}).items():
        change(desk, begun, root, lambda text, words=words: text.insert(0, words))
    return begun


def row(number):
    """A translation as it is stored now."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Translation, number)


def composed(forum, *langs):
    db.session.rollback()
    document = compose(forum.id, *langs)
    check(document)
    assert doc.from_json(json.loads(json.dumps(doc.to_json(document)))) == document
    return document


def told(forum):
    """What the document says of the only translation."""
    [one] = composed(forum).recommendations
    [known] = one.translations
    return known


def test_a_translation_is_begun_empty_with_the_steps_of_the_original(begun, placed):
    found = row(begun)

    assert (found.original_id, found.lang, found.made_by) == (placed, "pl", "organiser")
    assert found.text.lang == "pl"
    assert found.text.chapter_id is None
    assert found.text.draft.text["title"] == ""
    steps = found.original.draft.text["steps"]
    assert [one["id"] for one in found.text.draft.text["steps"]] == [one["id"] for one in steps]
    assert not found.is_checked
    assert not found.is_behind


@pytest.mark.parametrize("lang", ["en", "cs"])
def test_only_into_another_language_of_the_forum(desk, placed, lang):
    with pytest.raises(Refused, match="another language of the forum"):
        desk.act("translation.begin", recommendation=placed, lang=lang)


def test_each_language_has_one_translation(desk, begun, placed):
    with pytest.raises(Refused, match="begun already"):
        desk.act("translation.begin", recommendation=placed, lang="pl")


def test_what_made_the_original_is_not_undone_behind_the_back_of_a_translation(
    desk, chapter, text, spoken
):
    made = desk.act("desk.place", recommendation=text("One desk", problem="x"), chapter=chapter)
    begun = desk.act("translation.begin", recommendation=made["id"], lang="pl")

    with pytest.raises(Refused, match="Later steps build on this one"):
        desk.act("desk.undo", step=made["step"], also=[])
    done = desk.act("desk.undo", step=made["step"], also=[begun["step"]])
    assert done["undone"] == [made["step"], begun["step"]]
    assert row(begun["id"]).gone


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("desk.place", {"chapter": None}),
        ("desk.adopt", {"on": True}),
        ("desk.remove", {}),
        ("translation.begin", {"lang": "ar"}),
    ],
)
def test_a_translation_is_no_text_of_the_document_itself(desk, begun, chapter, name, more):
    more = {key: chapter if value is None else value for key, value in more.items()}

    with pytest.raises(Refused, match="no longer here"):
        desk.act(name, recommendation=begun, **more)


def test_nothing_is_in_the_document_before_the_title_is_translated(forum, begun):
    [one] = composed(forum, "pl").recommendations

    assert one.translations == ()
    assert text_in(one, "pl") is None


def test_each_part_says_which_one_of_the_original_it_is(forum, written):
    [one] = composed(forum, "pl").recommendations
    found = text_in(one, "pl")

    assert (one.lang, one.title) == ("en", "One desk")
    assert (found.title, found.state, found.behind) == ("Jedno okienko", "draft", False)
    assert [(x.of, plain(x.blocks)) for x in found.sections] == [
        (one.sections[0].id, "Pięć kolejek.")
    ]
    assert [(x.of, x.what) for x in found.steps] == [(one.steps[0].id, "Otworzyć okienko")]


def test_checked_are_the_words_that_were_checked_and_no_later_ones(forum, desk, written):
    desk.act("translation.mark", translation=written, checked=True)
    known = told(forum)
    assert (known.state, known.behind) == ("checked", False)
    assert known.checked is not None
    assert row(written).checked_by == "organiser"

    type_into(desk, written, "s:problem", "kolejek", " i sześć")

    assert told(forum).state == "draft"


def test_when_the_original_changes_the_translation_is_behind(forum, desk, written, placed):
    desk.act("translation.mark", translation=written, checked=True)
    type_into(desk, placed, "s:problem", "queues", " now")
    assert (told(forum).state, told(forum).behind) == ("checked", True)

    desk.act("translation.mark", translation=written, checked=False)

    assert (told(forum).state, told(forum).behind) == ("draft", False)


def test_what_has_no_title_cannot_be_checked(desk, begun):
    with pytest.raises(Refused, match="title first"):
        desk.act("translation.mark", translation=begun, checked=True)


def test_undoing_takes_a_mark_back_and_a_translation_with_it(forum, desk, written, placed):
    step = desk.act("translation.mark", translation=written, checked=True)["step"]
    desk.act("desk.undo", step=step, also=[])
    found = row(written)
    assert (found.checked_seq, found.checked_by, found.checked_at) == (None, None, None)

    desk.act("desk.undo", step=step - 1, also=[])

    assert row(written).gone
    assert row(written).text.gone
    assert composed(forum).recommendations[0].translations == ()
    again = desk.act("translation.begin", recommendation=placed, lang="pl")["id"]
    assert again != written


def test_what_is_taken_out_is_not_translated_any_more(desk, written, placed):
    desk.act("desk.remove", recommendation=placed)

    with pytest.raises(Refused, match="no longer here"):
        desk.act("translation.mark", translation=written, checked=True)


def test_chapters_are_translated_too(forum, desk, chapter, placed):
    fields = {"title": {"en": "Housing", "pl": "Mieszkanie"}, "intro": "Read this."}
    desk.act("chapter.edit", id=chapter, **fields, intros={"pl": "Przeczytaj.", "ar": " "})

    [polish] = composed(forum, "pl").chapters
    [english] = composed(forum).chapters
    [arabic] = composed(forum, "ar").chapters

    assert (polish.title, polish.lang, plain(polish.intro)) == ("Mieszkanie", "pl", "Przeczytaj.")
    assert (english.title, plain(english.intro)) == ("Housing", "Read this.")
    assert [(x.lang, plain(x.intro)) for x in english.translations] == [("pl", "Przeczytaj.")]
    assert (arabic.title, arabic.lang) == ("Housing", "en")
    desk.act("chapter.edit", id=chapter, **fields)
    assert plain(composed(forum, "pl").chapters[0].intro) == "Przeczytaj."
    desk.act("chapter.edit", id=chapter, **fields, intros={})
    told, words = composed(forum, "pl").chapters[0].intro
    assert "Nieprzetłumaczone" in plain((told,))
    assert (plain((words,)), words.lang) == ("Read this.", "en")


@pytest.mark.parametrize("langs", [("pl", None), ("ar", None), ("pl", "ar"), ("en", "pl")])
def test_the_document_comes_in_every_language(forum, written, langs, tmp_path):
    paths = export_files(forum.id, ["html", "json"], tmp_path, lang=langs[0], beside=langs[1])

    name = "-".join(filter(None, langs))
    assert {path.name for path in paths} == {
        f"recommendations.{name}.{x}" for x in ("html", "json")
    }
    page = paths[0].read_text("utf-8")
    assert f'<html lang="{langs[0]}">' in page
    assert ("Jedno okienko" in page) == ("pl" in langs)
    assert "Not translated" in page or "Nieprzetłumaczone" in page


def test_the_seal_holds_each_language_that_is_complete(forum, desk, written, placed, tmp_path):
    desk.act("translation.mark", translation=written, checked=True)
    db.session.rollback()
    seal_document(forum.id)

    [edition] = editions(forum.id)
    paths = hand_out(edition, tmp_path)

    named = {path.name for path in paths} - {
        f"recommendations.{x}" for x in (*exports.MAIN_FORMATS, "seal.json")
    }
    assert named == {"recommendations.pl.pdf", "recommendations.pl.html"}
    assert {check_file(path).hash for path in paths} == {edition.hash}
    assert edition.hash[7:19] in (tmp_path / "recommendations.pl.html").read_text("utf-8")
    [kept] = doc.from_json(edition.document).recommendations
    assert [(x.lang, x.state) for x in kept.translations] == [("pl", "checked")]

    type_into(desk, placed, "s:problem", "queues", " now")
    seal_document(forum.id)
    assert not [x.name for x in editions(forum.id)[0].files if ".pl." in x.name]


def test_a_sealed_edition_is_read_in_each_of_its_languages(app, forum, desk, written):
    desk.act("translation.mark", translation=written, checked=True)
    organiser = browser(app, forum)
    page = organiser.get(f"/f/{forum.uuid}/seal").text
    assert "Sealed as well, as PDF and as a web page:" in page
    assert "the seal holds no files in them" in page
    db.session.rollback()
    seal_document(forum.id)

    anybody = app.test_client()
    polish = anybody.get(f"/f/{forum.uuid}/edition/1?lang=pl").text
    assert "Jedno okienko" in polish
    assert '<div lang="pl">' in polish
    for lang in ("en", "ar", "xx"):  # Arabic was not translated: there is no such page
        page = anybody.get(f"/f/{forum.uuid}/edition/1?lang={lang}").text
        assert "One desk" in page
        assert "Jedno okienko" not in page


def test_the_plain_number_of_texts_does_not_grow(forum, written):
    db.session.rollback()
    assert len(compose(forum.id).recommendations) == 1
    assert db.session.query(Recommendation).filter_by(room_id=forum.desk.id).count() == 2
