"""Sealed editions: frozen, whole, signed, for everybody to read."""

import pytest

import exports
from exports.sealing import check_file
from facilitator.actions import Refused
from facilitator.consolidation import seals
from facilitator.consolidation.seals import SEAL, editions, hand_out, seal_document
from facilitator.db import db, write
from facilitator.models import Forum, Job, Phase, Role
from facilitator.worker.running import do
from tests.consolidation.conftest import STEP
from tests.pages.staff import browser


@pytest.fixture
def placed(desk, chapter, text):
    """A recommendation that stands in the document."""
    made = text("One desk", problem="There are five queues.", steps=[STEP])
    desk.act("desk.place", recommendation=made, chapter=chapter)
    return made


def sealed(forum):
    db.session.rollback()
    number = seal_document(forum.id)
    db.session.rollback()
    return number


def test_an_edition_is_frozen_with_all_its_files(forum, placed, tmp_path):
    assert editions(forum.id) == []

    assert sealed(forum) == 1

    [edition] = editions(forum.id)
    assert edition.document["edition"]["version"] == "1.0"
    paths = hand_out(edition, tmp_path)
    assert {path.name for path in paths} == {SEAL, *(f"recommendations.{end}" for end in exports.MAIN_FORMATS)}  # fmt: skip
    checked = [check_file(path) for path in paths]
    assert {one.hash for one in checked} == {edition.hash}
    private = db.session.get(Forum, forum.id).seal_key
    assert private.encode() not in b"".join(path.read_bytes() for path in paths)


@pytest.mark.usefixtures("placed")
def test_a_later_edition_follows_and_says_what_is_new(forum, desk, chapter, text, tmp_path):
    sealed(forum)
    with pytest.raises(Refused, match="Nothing has changed"):
        sealed(forum)
    more = text("Interpreters", room=forum.rooms[1], problem="No common language.")
    desk.act("desk.place", recommendation=more, chapter=chapter)

    assert sealed(forum) == 2

    second, first = editions(forum.id)
    said = second.document["edition"]
    assert (said["follows"], said["version"]) == (first.hash, "2.0")
    assert [(one["kind"], one["title"]) for one in said["news"]] == [("added", "Interpreters")]
    assert said["key"] == first.document["edition"]["key"]
    assert check_file(hand_out(second, tmp_path)[0])
    assert "Interpreters" not in str(first.document)


def test_there_has_to_be_something_to_seal(forum, desk):
    with pytest.raises(Refused, match="no recommendation"):
        sealed(forum)
    assert editions(forum.id) == []


def test_two_at_once_make_one_edition(forum, placed, monkeypatch):
    db.session.rollback()
    compose, others = seals.compose, []

    def composed(forum_id):
        document = compose(forum_id)
        if not others:  # somebody else is faster
            others.append(document)
            seal_document(forum_id)
        return document

    monkeypatch.setattr(seals, "compose", composed)
    with pytest.raises(Refused, match="Somebody else"):
        seal_document(forum.id)
    db.session.rollback()
    assert [one.number for one in editions(forum.id)] == [1]


def test_a_closed_room_stays_closed_once_the_document_is_sealed(forum, placed, lead):
    leader = lead()
    leader.go(Phase.CLOSED)
    leader.go(Phase.ADOPT)
    leader.go(Phase.CLOSED)
    sealed(forum)

    with pytest.raises(Refused, match="has been sealed"):
        leader.go(Phase.ADOPT)


def test_the_job_seals_and_says_why_where_it_cannot(app, forum, placed):
    def ask(uuid):
        job = Job(name="seal", payload={"forum": uuid})
        db.session.add(job)
        db.session.flush()
        return job.id

    assert do(app, write(lambda: ask(forum.uuid))) == {"result": {"edition": 1}}
    assert "Nothing has changed" in do(app, write(lambda: ask(forum.uuid)))["error"]
    assert do(app, write(lambda: ask("nowhere")))["error"] == "There is no such forum."


# ---- On the web ----------------------------------------------------------------------------------


def test_everybody_reads_what_is_sealed_and_nobody_else_the_draft(app, forum, placed):
    anybody = app.test_client()
    assert anybody.get(f"/f/{forum.uuid}/document").status_code == 403
    assert anybody.get(f"/f/{forum.uuid}/edition/1").status_code == 404
    sealed(forum)

    moved = anybody.get(f"/f/{forum.uuid}/document")
    page = anybody.get(moved.location)

    assert moved.location.endswith("/edition/1")
    assert "There are five queues." in page.text
    [edition] = editions(forum.id)
    for file in edition.files:
        reply = anybody.get(f"/f/{forum.uuid}/edition/1/{file.name}")
        assert reply.data == file.data
        assert f'/edition/1/{file.name}"' in page.text
    assert anybody.get(f"/f/{forum.uuid}/edition/1/nothing").status_code == 404
    leader = browser(app, forum, Role.FACILITATOR).get(f"/f/{forum.uuid}/document")
    assert leader.location.endswith("/edition/1")
    assert "sealed one" in browser(app, forum).get(f"/f/{forum.uuid}/document").text


def test_organisers_are_told_what_to_know_before(app, forum, desk, chapter, text):
    made = text("One desk 𝔄", problem="Ⓐ queue 🦒")
    desk.act("desk.place", recommendation=made, chapter=chapter)
    client = browser(app, forum)

    page = client.get(f"/f/{forum.uuid}/seal").text

    assert "2 rooms are still open." in page
    assert "🦒" in page
    assert "I have read the 1 recommendation" in page
    reply = client.post(f"/f/{forum.uuid}/seal")
    assert client.get(reply.location).status_code == 200
    assert app.test_client().post(f"/f/{forum.uuid}/seal").status_code == 403
    assert browser(app, forum, Role.FACILITATOR).get(f"/f/{forum.uuid}/seal").status_code == 403
