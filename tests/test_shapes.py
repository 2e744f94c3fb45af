"""What comes from outside is read as its types say, or refused with a sentence."""

import json
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.shapes import (
    CONTROLS,
    LARGEST,
    UNSEEN,
    Language,
    Misshapen,
    Problem,
    Shape,
    body,
    line,
    many,
    misshapen,
    one_line,
    read,
    several_lines,
    spelt,
    within,
)


class Sort(StrEnum):
    NEED = "need"
    SOLUTION = "solution"


def act(actor, *, text: str, sort: Sort, marks: dict[str, int], things: list[int] | None = None):
    """An action like ours."""


ACT = Shape.of(act)
GOOD = {"text": "Benches", "sort": "need", "marks": {"7": 1}, "things": [1, 2]}


def problems(kind, data):
    with pytest.raises(Misshapen) as error:
        kind.read(data) if isinstance(kind, Shape) else read(kind, data)
    return [str(problem) for problem in error.value.problems]


def test_payload_becomes_keyword_arguments():
    assert ACT.read(GOOD) == {**GOOD, "sort": Sort.NEED}
    assert ACT.fields == {
        "text": str,
        "sort": Sort,
        "marks": dict[str, int],
        "things": list[int] | None,
    }


def test_field_with_a_default_may_be_left_out():
    given_ = {name: value for name, value in GOOD.items() if name != "things"}
    assert ACT.read(given_)["things"] is None


def test_action_without_fields_takes_none():
    shape = Shape.of(test_action_without_fields_takes_none)
    assert shape.read({}) == {}
    assert problems(shape, {"x": 1}) == ["x: “x” is not known here."]


@pytest.mark.parametrize(
    ("change", "sentences"),
    [
        ({"text": None}, ["text: Text is expected here."]),
        ({"text": 1}, ["text: Text is expected here."]),
        ({"text": b"x"}, ["text: This is not plain data."]),
        ({"text": "a\0b"}, ["text: This text holds a character that cannot be stored."]),
        ({"text": "\ud800"}, ["text: This text holds a character that cannot be stored."]),
        ({"sort": "wish"}, ["sort: One of these is expected here: need, solution."]),
        ({"things": ["1"]}, ["things[0]: A whole number is expected here."]),
        ({"things": [True]}, ["things[0]: A whole number is expected here."]),
        ({"things": [1.0]}, ["things[0]: A whole number is expected here."]),
        ({"things": "12"}, ["things: A list is expected here."]),
        ({"things": {"0": 1}}, ["things: A list is expected here."]),
        ({"things": [2**53]}, ["things[0]: This number is too large."]),
        ({"things": [10**5000]}, ["things[0]: This number is too large."]),
        ({"marks": {"7": float("nan")}}, ["marks.7: This number is too large."]),
        ({"marks": {"7": float("inf")}}, ["marks.7: This number is too large."]),
        ({"marks": {"7": "1"}}, ["marks.7: A whole number is expected here."]),
        ({"marks": {7: 1}}, ["marks: The name of a field must be text."]),
        ({"marks": {"\ud800": 1}}, ["marks: This text holds a character that cannot be stored."]),
        ({"marks": []}, ["marks: Named fields are expected here."]),
        ({"txet": "x"}, ["txet: “txet” is not known here. Did you mean “text”?"]),
        ({"q" * 99: 1}, [f"{'q' * 99}: “{'q' * 40}” is not known here."]),
    ],
)
def test_wrong_field_is_refused(change, sentences):
    assert problems(ACT, GOOD | change) == sentences


def test_every_problem_is_told():
    assert problems(ACT, {"text": 1, "marks": {}}) == [
        "text: Text is expected here.",
        "sort: This is missing.",
    ]


@pytest.mark.parametrize("payload", [None, [], "text", 7, True])
def test_payload_that_is_no_object_is_refused(payload):
    assert problems(ACT, payload) == ["Named fields are expected here."]


def test_nesting_has_an_end():
    deep = []
    for _ in range(5_000):
        deep = [deep]
    assert problems(ACT, GOOD | {"things": deep})[0].endswith("This is nested too deeply.")


def test_texts_are_in_one_form():
    assert ACT.read(GOOD | {"text": "Lo\u0301dz\u0301"})["text"] == "Lódź"
    assert ACT.read(GOOD | {"marks": {"o\u0301": 1}})["marks"] == {"ó": 1}


@dataclass(frozen=True)
class Step:
    what: Annotated[str, one_line(10)]
    on: int | date = 0


@dataclass(frozen=True)
class Plan:
    steps: Annotated[tuple[Step, ...], many(1, 2)]
    minutes: Annotated[float, within(1, 60)] = 5
    key: Annotated[str, spelt("[a-z]+")] = "a"
    mode: Literal["open", "hidden"] = "open"
    public: bool = True


def test_dataclasses_are_read_whole():
    data = {"steps": [{"what": " a  b ", "on": "2026-05-31"}], "minutes": 3, "public": False}
    assert read(Plan, data) == Plan((Step("a b", date(2026, 5, 31)),), 3.0, public=False)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"steps": []}, "steps: Needed here: at least 1."),
        ({"steps": [{"what": "a"}] * 3}, "steps: Too many: at most 2 fit here."),
        ({"steps": [{"what": "\u200b"}]}, "steps[0].what: Please write something."),
        (
            {"steps": [{"what": "a" * 11}]},
            "steps[0].what: This is too long: at most 10 characters.",
        ),
        ({"steps": [{"waht": "a", "what": "a"}]}, "Did you mean “what”?"),
        ({"steps": [{"what": "a", "on": "soon"}]}, "A date is expected here, such as 2026-05-31."),
        (
            {"steps": [{"what": "a", "on": "1700000000"}]},
            "A date is expected here, such as 2026-05-31.",
        ),
        ({"minutes": 0}, "minutes: This must be at least 1."),
        ({"minutes": 61}, "minutes: This must be at most 60."),
        ({"minutes": True}, "minutes: A number is expected here."),
        ({"key": "a\n"}, "key: This is not in the form that is expected here."),
        ({"mode": "secret"}, "mode: One of these is expected here: open, hidden."),
        ({"public": 1}, "public: Yes or no is expected here: true or false."),
    ],
)
def test_wrong_part_of_a_dataclass_is_refused(change, sentence):
    assert problems(Plan, {"steps": [{"what": "a"}]} | change)[-1].endswith(sentence)


def test_pair_of_which_one_is_missing_is_refused():
    @dataclass
    class Spans:
        pairs: list[tuple[int, int]]

    assert problems(Spans, {"pairs": [[1, 2], [3]]}) == ["pairs[1][1]: This is missing."]


def test_problem_has_a_code_and_values_for_the_translation():
    with pytest.raises(Misshapen) as error:
        read(Plan, {"steps": [{"what": "a" * 11}]})
    path = ("steps", 0, "what")
    said = "This is too long: at most {n} characters."
    assert error.value.first == Problem(path, said, {"n": 10}, "too_long")


@pytest.mark.parametrize("code", ["en", "pl", "pt-BR", "ckb"])
def test_code_of_a_language(code):
    assert read(Language, code) == code


@pytest.mark.parametrize("code", ["", "EN", "polish", "en_GB", "e", "en-", "en\n"])
def test_what_is_no_language(code):
    assert problems(Language, code)[0].endswith("is not the code of a language, such as en or pl.")


# ---- People's words ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  More \t benches\r\nplease ", "More benches please"),
        ("a\u202eb\u2066c\u200b\ufeff", "abc"),
        ("a\x00\x07\x9fb", "ab"),
        ("a\u2028b\x85c\x1fd", "a b c d"),
        ("e\u200b\u0301", "é"),
        (
            "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
            "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        ),
        ("👩\u200d🏫", "👩\u200d🏫"),
        ("\u200da \u200c b", "a b"),
        ("x" * 600, "x" * 600),
        ("🪑🌳", "🪑🌳"),
        ("🏴\U000e0067\U000e0062\U000e007f", "🏴\U000e0067\U000e0062\U000e007f"),
        ("<b onclick=alert(1)>&amp;</b>", "<b onclick=alert(1)>&amp;</b>"),
        ("ก็ที่", "ก็ที่"),
        ("z" + "\u0335" * 40 + "a", "z" + "\u0335" * 6 + "a"),
    ],
)
def test_line_keeps_what_can_be_seen(typed, kept):
    assert line(typed, 600) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("\n\n a\tb\x0c\x1b\n\n", " a\tb"),
        ("\u202eabc\u202c", "\u202eabc\u202c"),
        ("", ""),
    ],
)
def test_body_keeps_its_lines(typed, kept):
    assert body(typed, 600) == kept


@pytest.mark.parametrize(
    "typed",
    ["", " \n\t", "\u200b\u202e", "\u200d", "\x00", "\u3164", "\u2800 \u00ad", "\u0301", "\u3000"],
)
def test_nothing_is_not_enough(typed):
    with pytest.raises(Misshapen, match="Please write something"):
        line(typed, 10)
    with pytest.raises(Misshapen, match="Please write something"):
        body(" \n", 10, least=1)


@pytest.mark.parametrize("typed", ["", " \n\t", "\u200b\u202e", "\u200d", "\x00"])
def test_nothing_is_enough_where_nothing_is_asked(typed):
    assert line(typed, 10, least=0) == ""


def test_too_much_is_refused():
    for read_ in (line, body):
        with pytest.raises(Misshapen, match="at most 3 characters") as error:
            read_("abcd", 3)
        assert error.value.first.code == "too_long"
    assert read(Annotated[str, several_lines(3)], "a\nb") == "a\nb"


def test_half_a_character_is_refused():
    with pytest.raises(Misshapen):
        line("\ud800", 5)
    with pytest.raises(Misshapen):
        body("\udfff", 5)


def test_a_problem_can_be_said_in_one_go():
    assert str(misshapen("At most {n}.", n=3, at=("a", 0, "b"))) == "a[0].b: At most 3."


WORDS = st.text(st.characters(codec="utf-8") | st.sampled_from("\u200b\u202e\u0301 \n\t\x00\u200d"))


@given(WORDS)
def test_cleaning_twice_is_cleaning_once(text):
    for clean in (line, body):
        once = clean(text, 10**6, least=0)
        assert clean(once, 10**6, least=0) == once
        assert unicodedata.is_normalized("NFC", once)
    once = line(text, 10**6, least=0)
    assert once == " ".join(once.split())
    assert not {unicodedata.category(letter) for letter in once} & {"Cc", "Cs"}


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-LARGEST, LARGEST)
    | st.text()
    | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=12,
)


@given(JSON)
def test_whatever_comes_is_read_or_refused(data):
    for kind in (ACT, Plan, Language, dict[str, int], int | str | None):
        try:
            kind.read(data) if isinstance(kind, Shape) else read(kind, data)
        except Misshapen as error:
            said = [str(problem) for problem in error.problems]
            assert said


@given(
    st.integers(-LARGEST, LARGEST) | st.booleans() | st.none() | st.text() | st.floats(-1e9, 1e9)
)
def test_nothing_changes_its_type(value):
    for kind in (int, bool, str, float):
        try:
            made = read(kind, value)
        except Misshapen:
            continue
        assert type(made) is kind
        assert type(value) is kind or (kind is float and type(value) is int)
        assert json.dumps(made) == json.dumps(
            kind(unicodedata.normalize("NFC", value) if kind is str else value)
        )


#: What somebody may try: marks that turn the line, hide, stack up or look like markup.
TRICKS = st.lists(
    st.sampled_from(
        [
            *("\u202e", "\u2066", "\u200b", "\x00", "\x1b[31m", "\u0336" * 9, "\u3164"),
            *("\U000e0041", "<script>", "javascript:", "{{ x }}", "👩\u200d🏫", "a", "ž"),
            *("\n", " ", "م", "\ufeff"),
        ]
    ),
    max_size=40,
).map("".join)


@given(TRICKS)
def test_words_are_refused_or_shown_as_what_they_are(text):
    try:
        kept = line(text, 60)
    except Misshapen:
        return
    assert 1 <= len(kept) <= 60
    assert not UNSEEN.search(kept)
    assert not CONTROLS.search(kept)
    assert any(unicodedata.category(letter)[0] in "LNPS" for letter in kept)
