"""The seal: what it proves, and that nothing passes that was changed."""

import json
from dataclasses import replace

import pytest

import exports
from exports import document as doc
from exports.sealing import SUFFIX, Broken, check_file, new_key, news, public_half, seal_of
from tests.exports.make import sample

DRAFT = sample()
SEAL = f"recommendations{SUFFIX}"


def sealed(private, document=DRAFT, **more):
    edition = doc.Edition(
        version="1.0", status="final", sealed="2026-05-18", key=public_half(private), **more
    )
    return doc.seal(replace(document, edition=edition))


def written(folder, private, document=None):
    """An edition in a folder: its data, its pages as Markdown and HTML, and the seal."""
    document = document or sealed(private)
    names = {"json": ".json", "md": ".md", "html": ".html"}
    files = {f"recommendations{end}": exports.export(document, name) for name, end in names.items()}
    for name, data in files.items():
        (folder / name).write_bytes(data)
    (folder / SEAL).write_bytes(seal_of(document.edition, files, private))
    return document


@pytest.fixture
def private():
    return new_key()


@pytest.fixture
def folder(tmp_path, private):
    written(tmp_path, private)
    return tmp_path


def test_what_was_sealed_passes(folder, private):
    for name in ("recommendations.json", "recommendations.md", "recommendations.html", SEAL):
        found = check_file(folder / name)
        assert (found.name, found.version, found.sealed) == (name, "1.0", "2026-05-18")
        assert found.key == public_half(private)
        assert check_file(folder / name, found.key) == found


def test_data_passes_by_itself(folder):
    (folder / SEAL).unlink()

    assert check_file(folder / "recommendations.json").hash.startswith("sha256:")


def test_a_file_without_its_seal_does_not(folder):
    (folder / SEAL).unlink()

    with pytest.raises(Broken, match="no seal beside"):
        check_file(folder / "recommendations.md")


@pytest.mark.parametrize("name", ["recommendations.json", "recommendations.md", SEAL])
def test_one_byte_is_noticed_wherever_it_is(folder, name):
    path = folder / name
    data = path.read_bytes()
    for place in range(0, len(data), max(1, len(data) // 97)):
        if chr(data[place]).isspace() and name == SEAL:
            continue  # between the values of a JSON file: it says the same
        path.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        with pytest.raises(Broken):
            check_file(path)


def test_another_text_under_the_same_hash_is_noticed(folder):
    path = folder / "recommendations.json"
    (folder / SEAL).unlink()
    data = json.loads(path.read_text())
    data["summary"]["blocks"] = []
    path.write_text(json.dumps(data))

    with pytest.raises(Broken, match="was changed"):
        check_file(path)


def test_a_seal_of_somebody_else_is_noticed(folder, private):
    stranger = new_key()
    document = doc.from_json(json.loads((folder / "recommendations.json").read_text()))
    files = {
        name: (folder / name).read_bytes()
        for name in ("recommendations.json", "recommendations.md")
    }
    (folder / SEAL).write_bytes(seal_of(document.edition, files, stranger))

    for name in (*files, SEAL):
        with pytest.raises(Broken, match="not made with the key"):
            check_file(folder / name)
    with pytest.raises(Broken, match="another key"):
        check_file(folder / SEAL, public_half(private))


def test_a_signature_of_somebody_else_is_noticed(folder):
    said = json.loads((folder / SEAL).read_text())
    other = json.loads(seal_of(sealed(new_key()).edition, {}, new_key()))
    (folder / SEAL).write_text(json.dumps({**said, "signature": other["signature"]}))

    with pytest.raises(Broken, match="signature"):
        check_file(folder / "recommendations.md")


def test_a_whole_edition_under_another_key_is_told_by_the_key(tmp_path, private):
    written(tmp_path, new_key())

    assert check_file(tmp_path / SEAL)
    with pytest.raises(Broken, match="another key"):
        check_file(tmp_path / "recommendations.json", public_half(private))


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        (SEAL, b"{", "cannot be read as JSON"),
        (SEAL, b"[]", "something else"),
        (SEAL, b"{}", "is no seal"),
        ("recommendations.json", b"\xff", "cannot be read as JSON"),
        ("recommendations.json", b'{"schema": "x"}', "is no document"),
        ("recommendations.json", b"[" * 100_000, "cannot be read as JSON"),
    ],
)
def test_what_is_no_such_file_is_said_to_be_none(folder, name, data, problem):
    (folder / name).write_bytes(data)
    if name != SEAL:
        (folder / SEAL).unlink()

    with pytest.raises(Broken, match=problem):
        check_file(folder / name)


def test_a_file_may_be_saved_under_another_name(folder):
    other = (folder / "recommendations.md").rename(folder / "recommendations (1).md")

    assert check_file(other).version == "1.0"
    other.write_text("Something else")
    with pytest.raises(Broken, match="not among the files"):
        check_file(other)


def test_what_is_not_there_or_not_listed_is_said(folder):
    (folder / "notes.txt").write_text("mine")

    with pytest.raises(Broken, match="not among the files"):
        check_file(folder / "notes.txt")
    with pytest.raises(Broken, match="There is no file"):
        check_file(folder / "nothing.json")
    with pytest.raises(Broken, match="is a folder"):
        check_file(folder)


def test_a_draft_was_never_sealed(tmp_path):
    (tmp_path / "draft.json").write_bytes(exports.export(DRAFT, "json"))
    unsealed = replace(DRAFT, edition=doc.Edition(version="0.1", status="draft"))
    (tmp_path / "draft.json").write_bytes(exports.export(unsealed, "json"))

    with pytest.raises(Broken, match="draft"):
        check_file(tmp_path / "draft.json")


def test_each_recommendation_carries_its_hash(private):
    for one in sealed(private).recommendations:
        assert one.hash == doc.digest_of(one)
        assert one.hash != doc.digest_of(replace(one, title="Something else"))


def test_a_later_edition_says_what_is_new(private):
    first = sealed(private)
    a, b, *_ = first.recommendations
    chapter = first.chapters[0]
    content = tuple(replace(p, title="Other") if p is a else p for p in chapter.content)
    later = replace(first, chapters=(replace(chapter, content=content), *first.chapters[1:]))
    fewer = replace(first, chapters=first.chapters[1:])

    assert news(None, first) == ()
    assert news(first, first) == ()
    assert [(one.kind, one.title) for one in news(first, later)] == [("changed", "Other")]
    assert {one.kind for one in news(first, fewer)} == {"removed"}
    assert {one.kind for one in news(fewer, first)} == {"added"}
    assert b.title in {one.title for one in news(first, fewer)}
