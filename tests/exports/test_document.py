"""The model: JSON there and back, the schema beside it, the seal."""

import copy
import hashlib
import json
from dataclasses import is_dataclass, replace
from pathlib import Path

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings

import exports.document as model
from exports import richtext
from exports.document import BadDocument, Document, digest, from_json, seal, to_json
from exports.shapes import required_of, rules_of
from tests.exports.make import documents, empty, hostile, sample, single

SCHEMA = json.loads((Path(model.__file__).parent / "document.schema.json").read_text("utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
#: Where a dataclass is not a definition of the same name in the schema.
DEFINED = {
    "document": SCHEMA,
    "meeting": ("forum", "meetings"),
    "organiser": ("forum", "organisers"),
    "addressee": ("recommendation", "addressees"),
    "change": ("annexes", "changes"),
    "minutes": ("annexes", "minutes"),
    "edit": ("annexes", "edits"),
    "total": ("ballot", "totals"),
    "sectorvotes": ("ballot", "sectors"),
    "participants": ("method", "participants"),
    "span": ("source", "spans"),
    "sourceidea": ("source", "ideas"),
    "sourceballot": ("source", "ballots"),
    "sourcedraft": ("source", "draft"),
    "sourceimport": ("source", "imported"),
    "licence": ("forum", "licence"),
    "support": ("recommendation", "support"),
    "revision": ("recommendation", "revision"),
    "fewerthan": ("fewer",),
    "summary": SCHEMA["properties"]["summary"],
}


@pytest.mark.parametrize("document", [sample(), empty(), single(), hostile()])
def test_document_survives_json(document):
    data = json.loads(json.dumps(to_json(document)))

    assert from_json(data) == document
    assert list(VALIDATOR.iter_errors(data)) == []


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(documents())
def test_any_document_survives_json_and_fits_the_schema(document):
    data = json.loads(json.dumps(to_json(document)))

    assert from_json(data) == document
    assert list(VALIDATOR.iter_errors(data)) == []
    assert to_json(from_json(data)) == data


def definition(kind):
    found = DEFINED.get(kind.__name__.lower(), (kind.__name__.lower(),))
    if isinstance(found, dict):
        return found
    name, *inner = found
    here = SCHEMA["$defs"][name]
    for step in inner:
        here = here["properties"][step]
        here = here.get("items", here)
    return here


def kinds():
    return [
        one
        for name, one in vars(model).items()
        if isinstance(one, type) and is_dataclass(one) and name in model.__all__
        if not name.endswith("Cell") and name != "Counted"
    ]


@pytest.mark.parametrize("kind", kinds())
def test_schema_and_dataclass_name_the_same_fields(kind):
    schema = definition(kind)
    type_name = {"type"} if hasattr(kind, "type") else set()

    assert set(schema["properties"]) == set(rules_of(kind)) | type_name
    assert set(schema.get("required", ())) - {"schema"} == set(required_of(kind)) | type_name
    assert schema["additionalProperties"] is False


BROKEN = [
    (lambda d: d.pop("forum"), "forum", "is missing"),
    (lambda d: d.pop("schema"), "schema", "is missing"),
    (lambda d: d.update(schema="other/1"), "schema", "must be one of facilitator-document/1"),
    (lambda d: d.update(extra=1), "extra", "is not a field of the model"),
    (lambda d: d.update(lang="POLISH!"), "lang", "must be a BCP 47 language tag"),
    (lambda d: d.update(lang=None), "lang", "must be text"),
    (lambda d: d.update(sample=1), "sample", "must be true or false"),
    (lambda d: d.update(chapters={}), "chapters", "must be a list"),
    (lambda d: d["forum"].update(starts="2026-02-31"), "forum.starts", "must be a date"),
    (lambda d: d["forum"].update(starts="31.02."), "forum.starts", "must be a date"),
    (lambda d: d["forum"].update(contact=None), "forum.contact", "rather than null"),
    (lambda d: d["forum"]["licence"].update(url="javascript:x"), "forum.licence.url", "http"),
    (lambda d: d["edition"].update(status="maybe"), "edition.status", "must be one of"),
    (lambda d: d["edition"].update(status=True), "edition.status", "must be one of"),
    (lambda d: d["sectors"][0].update(name={}), "sectors[0].name", "must not be empty"),
    (lambda d: d["sectors"][0].update(name=[]), "sectors[0].name", "must be an object"),
    (lambda d: d["sectors"][0]["name"].update({"p!": "x"}), "sectors[0].name.p!", "language tag"),
    (lambda d: d["method"].update(small_cells=1), "method.small_cells", "must be at least 2"),
    (lambda d: d["method"].update(small_cells=True), "method.small_cells", "a whole number"),
    (lambda d: d["method"].update(small_cells=5.5), "method.small_cells", "a whole number"),
    (lambda d: d["chapters"][0].update(title=""), "chapters[0].title", "text that is not empty"),
    (lambda d: d["chapters"][0].update(title="a\ud800"), "chapters[0].title", "half a character"),
    (lambda d: d["chapters"][0]["content"][0].update(type="x"), "chapters[0].content[0].type", ""),
    (lambda d: d["chapters"][0]["content"][0].pop("type"), "chapters[0].content[0].type", ""),
    (lambda d: d["chapters"][0]["content"].append(7), "chapters[0].content[4]", "an object"),
    (lambda d: d["method"]["participants"][0].update(cell={"n": 1}), "participants[0].cell", "any"),
    (
        lambda d: d["summary"]["blocks"].append({"type": "paragraph"}),
        "blocks[2].content",
        "missing",
    ),
]


@pytest.mark.parametrize(("spoil", "path", "problem"), BROKEN)
def test_broken_data_are_refused_with_their_path(spoil, path, problem):
    data = copy.deepcopy(to_json(sample()))
    spoil(data)

    with pytest.raises(BadDocument) as refusal:
        from_json(data)

    assert refusal.value.path.endswith(path)
    assert problem in str(refusal.value)


def test_chosen_member_of_a_union_must_still_be_right():
    with pytest.raises(BadDocument, match=r"summary\.blocks\[0\]\.type: must be one of"):
        from_json({**to_json(sample()), "summary": {"blocks": [{"type": 1}], "highlights": []}})


@pytest.mark.parametrize("data", [None, [], "text", 1])
def test_what_is_no_object_is_no_document(data):
    with pytest.raises(BadDocument, match="document: must be an object"):
        from_json(data)


def test_bottomless_data_are_refused():
    block = {"type": "quote", "content": []}
    for _ in range(5000):
        block = {"type": "quote", "content": [block]}
    data = to_json(empty()) | {"summary": {"blocks": [block], "highlights": []}}

    with pytest.raises(BadDocument, match="nested too deeply"):
        from_json(data)


def test_seal_is_the_hash_of_the_data_without_it():
    document = sample()
    data = to_json(document)
    printed = data["edition"].pop("hash")
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    assert printed == "sha256:" + hashlib.sha256(text.encode()).hexdigest()
    assert digest(document) == printed
    sealed = seal(document)
    assert sealed.edition.hash == digest(sealed)
    assert seal(sealed) == sealed


def test_seal_changes_with_every_word():
    document = sample()
    other = replace(document, forum=replace(document.forum, title="Razem na miejscu."))

    assert digest(other) != digest(document)


def test_plain_words_of_everything():
    note, words = richtext.Note("n1"), richtext.Text("a")
    table = richtext.Table(header=((words,), (note,)), rows=(((words,), ()),), caption=(words,))
    link = richtext.Link("http://x", (words, richtext.Break(), words))
    quote = richtext.Quote((richtext.Heading((link,)), table))

    assert richtext.plain((quote,)) == "a\na\na\na\t\na\t"


def test_document_lists_its_recommendations():
    assert [one.number for one in sample().recommendations] == list(range(1, 13))
    assert isinstance(sample(), Document)
