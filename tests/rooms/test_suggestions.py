"""Suggestions: they stay with their words, are put in once, and say nothing of who made them."""

import json

import pycrdt
import pytest
from sqlalchemy import event

from facilitator.actions import Refused
from facilitator.db import db, write
from facilitator.models import (
    Event,
    Phase,
    Recommendation,
    Reply,
    Report,
    Role,
    Room,
    Stance,
    Status,
)
from facilitator.models import Suggestion as Made
from facilitator.rooms import replies, suggestions
from tests import edits
from tests.rooms.test_drafts import Copy, coded, count, refusal

SENTENCE = "Exams are held every month in the city."


@pytest.fixture
def text(forum, lead):
    """A recommendation that was just begun."""

    def drafting():
        db.session.get(Room, forum.rooms[0].id).phase = Phase.DRAFT

    write(drafting)
    return lead().act("recommendation.start", title="Exams", lang="en", theme=None)["id"]


@pytest.fixture
def written(join, text):
    """Ana's copy, in which she has written a sentence."""
    copy = Copy(join("Ana"), text)
    copy.type(SENTENCE)
    return copy


def suggest(copy, quote, put, text="", **other):
    """Suggest other words for words that Ana has typed in one go."""
    start = max(0, SENTENCE.find(quote))
    asked = {
        "recommendation": copy.id,
        "epoch": copy.epoch,
        "root": "s:problem",
        "units": [[copy.document.client_id, start, len(quote)]],
        "quote": quote,
        "put": put,
        "text": text,
        "lang": "en",
    }
    return copy.phone.act("suggestion.make", **{**asked, **other})


def accepting(copy, quote, put, client):
    """The edit with which a browser puts a suggestion into its copy."""
    other = pycrdt.Doc(client_id=client)
    other.apply_update(copy.document.get_update())
    had = other.get_state()
    field = other.get("s:problem", type=pycrdt.Text)
    place = edits.octets(str(field), str(field).index(quote))
    with other.transaction():
        del field[place : place + len(quote.encode())]
        field.insert(place, put)
    return {"epoch": copy.epoch, "update": coded(other.get_update(had))}


# ---- Making one ----


@pytest.mark.parametrize("root", ["title", "p:abc123:what", "p:abc123:indicator"])
def test_every_text_of_a_draft_can_be_talked_about(join, text, root):
    ana = Copy(join("Ana"), text)
    ana.type(SENTENCE, root)
    made = suggest(ana, "every month", "often", root=root)
    ana.phone.hear()
    assert ana.phone.all("suggestion")[made["id"]]["root"] == root
    other = pycrdt.Doc(client_id=77)
    other.apply_update(ana.document.get_update())
    had, field = other.get_state(), other.get(root, type=pycrdt.Text)
    place = str(field).index("every month")  # no letter before it takes two octets
    del field[place : place + len("every month")]
    edit = {"epoch": ana.epoch, "update": coded(other.get_update(had))}
    ana.phone.act("suggestion.accept", id=made["id"], **edit)
    ana.catch_up()
    assert ana.read(root).endswith("Exams are held  in the city.")


def test_suggestion_reaches_everybody_and_names_nobody(join, written):
    ben = join("Ben")

    answer = suggest(written, "every month", "six times a year", "A month is too short.")
    told = ben.hear()

    made = ben.all("suggestion")[answer["id"]]
    assert made == {
        "id": answer["id"],
        "uuid": made["uuid"],
        "recommendation": written.id,
        "epoch": written.epoch,
        "root": "s:problem",
        "units": [[written.document.client_id, 15, 11]],
        "quote": "every month",
        "put": "six times a year",
        "outcome": "open",
        "answer": None,
    }
    assert ben.all("stances") == {answer["id"]: {"id": answer["id"], "agree": 0, "disagree": 0}}
    assert ben.all("reply") == {answer["reply"]["id"]: answer["reply"]}
    assert answer["reply"]["text"] == "A month is too short."
    assert "Ana" not in json.dumps([[*key, data] for key, data in told.items()])
    assert ben.things == ben.fresh()


def test_own_suggestions_are_told_to_their_author_alone(join, lead, written):
    ben, leader, reporter = join("Ben"), lead(), lead(Role.RAPPORTEUR)
    made = suggest(written, "city", "region", "Not only there.")
    written.phone = reporter
    other = suggest(written, "Exams", "Tests")
    ana = join("Ana")
    ana.ref = None
    ben.act("suggestion.back", id=made["id"], agrees=False)
    for phone in (ben, leader, reporter):
        phone.hear()

    assert [phone.mine["suggestions"] for phone in (ben, leader, reporter)] == [
        [],
        [],
        [other["id"]],
    ]
    assert [phone.mine["replies"] for phone in (ben, leader, reporter)] == [[], [], []]
    assert ben.mine["stances"] == {str(made["id"]): False}
    assert leader.mine["stances"] == {}


def test_author_knows_their_own(written):
    made = suggest(written, "city", "region", "Not only there.")
    written.phone.hear()

    assert written.phone.mine["suggestions"] == [made["id"]]
    assert written.phone.mine["replies"] == [made["reply"]["id"]]


def test_words_may_be_taken_out_or_only_talked_about(join, written):
    out = suggest(written, " in the city", "")
    talk = suggest(written, "Exams", None, "Which ones?")
    written.phone.hear()

    assert written.phone.all("suggestion")[out["id"]]["put"] == ""
    assert out["reply"] is None
    assert written.phone.all("suggestion")[talk["id"]]["put"] is None
    with pytest.raises(Refused, match="Please write something"):
        suggest(written, "Exams", None, "  ")


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"epoch": "another"}, "conflict"),
        ({"root": "s:nowhere"}, "gone"),
        ({"root": "steps"}, "gone"),
        ({"root": "p:abc123:pos"}, "gone"),
        ({"root": "s:problem:more"}, "gone"),
        ({"units": [[1, 0, 1]]}, "retry"),
        ({"units": []}, "bad_shape"),
        ({"units": [[1, 0, 0]]}, "retry"),
        ({"units": [[1, -1, 1]]}, "bad_shape"),
        ({"units": [[1, 0]]}, "bad_shape"),
        ({"units": [[1, 0, 1]] * 301}, "too_many"),
        ({"quote": "  "}, "not_allowed"),
        ({"put": "every month"}, "not_allowed"),
        ({"put": "x" * 4001}, "too_long"),
        ({"text": "x" * 401}, "too_long"),
        ({"recommendation": 99}, "gone"),
    ],
)
def test_what_cannot_be_suggested_changes_nothing(written, wrong, code):
    assert refusal(suggest, written, **{"quote": "every month", "put": "often"} | wrong) == code
    assert count(Made) == count(Reply) == 0


def test_units_beyond_what_has_come_wait(written):
    client = written.document.client_id

    assert refusal(suggest, written, "city", "x", units=[[client, 30, 10]]) == "retry"
    whole = {"units": [[client, 0, 39]], "quote": "x" * 2001}
    assert refusal(suggest, written, put="y", **whole) == "not_allowed"
    assert suggest(written, "city", "x", units=[[client, 30, 9]])["id"]


def test_closed_text_takes_no_suggestions(forum, join, lead, written):
    made, ben = suggest(written, "city", "region"), join("Ben")

    def adopt(status):
        db.session.get(Recommendation, written.id).status = status

    write(lambda: adopt(Status.ADOPTED))
    assert refusal(suggest, written, "Exams", "Tests") == "closed"
    assert refusal(ben.act, "suggestion.back", id=made["id"], agrees=True) == "closed"
    assert refusal(ben.act, "suggestion.decline", id=made["id"], text="No.", lang="en") == "closed"
    assert refusal(ben.act, "reply.post", suggestion=made["id"], text="No.", lang="en") == "closed"
    write(lambda: adopt(Status.DRAFT))
    leader = lead()
    leader.go(Phase.ADOPT)
    leader.act("ballot.adopt", recommendation=written.id)
    leader.go(Phase.DRAFT)
    assert refusal(suggest, written, "Exams", "Tests") == "closed"
    assert refusal(
        join("Eve", room=forum.rooms[1]).act, "suggestion.back", id=made["id"], agrees=True
    )


def test_so_many_and_no_more(join, written, monkeypatch):
    monkeypatch.setattr(suggestions, "PER_PERSON", 2)
    monkeypatch.setattr(suggestions, "PER_DRAFT", 3)
    monkeypatch.setattr(replies, "PER_SEAT", 2)
    monkeypatch.setattr(replies, "PER_ROOM", 3)
    ana, ben = written.phone, join("Ben")
    made = suggest(written, "Exams", "Tests", "One")
    suggest(written, "city", "region", "Two")

    assert refusal(suggest, written, "month", "year") == "too_many"
    assert (
        refusal(ana.act, "reply.post", suggestion=made["id"], text="Three", lang="en") == "too_many"
    )
    written.phone = ben
    suggest(written, "month", "year", "Three")
    assert refusal(suggest, written, "month", "year") == "too_many"
    assert (
        refusal(ben.act, "reply.post", suggestion=made["id"], text="Four", lang="en") == "too_many"
    )


# ---- What people say of it ----


def test_each_seat_counts_once(join, lead, written):
    made = suggest(written, "every month", "often")["id"]
    ana, ben = written.phone, join("Ben")

    ana.act("suggestion.back", id=made, agrees=True)
    ben.act("suggestion.back", id=made, agrees=True)
    ben.act("suggestion.back", id=made, agrees=False)
    ben.act("suggestion.back", id=made, agrees=False)
    ana.hear()
    assert ana.all("stances")[made] == {"id": made, "agree": 1, "disagree": 1}

    ben.act("suggestion.back", id=made, agrees=None)
    ben.act("suggestion.back", id=made, agrees=None)
    ana.hear()
    assert ana.all("stances")[made] == {"id": made, "agree": 1, "disagree": 0}
    assert count(Stance) == 1
    assert refusal(lead().act, "suggestion.back", id=made, agrees=True) == "not_allowed"


def test_replies_are_moderated_as_comments_are(join, lead, written):
    ana, ben, leader = written.phone, join("Ben"), lead()
    leader.act("room.moderate", moderation="before")
    made = suggest(written, "every month", "often", "A rude word")
    ben.hear()
    leader.hear()

    assert made["reply"]["state"] == "held"
    assert ben.all("reply") == {}
    leader.act("reply.show", id=made["reply"]["id"])
    leader.act("room.moderate", moderation="after")
    ben.act("reply.report", id=made["reply"]["id"], on=True)
    ben.hear(), leader.hear()
    assert leader.things["flag", f"reply-{made['reply']['id']}"]["reports"] == 1
    assert ben.mine["reported"] == [f"reply-{made['reply']['id']}"]

    leader.act("reply.hide", id=made["reply"]["id"], reason="insult")
    for phone in (ana, ben, leader):
        phone.hear()
    assert ben.all("reply") == {}
    assert [(w["thing"], w["state"]) for w in ana.mine["unshown"]] == [("reply", "hidden")]
    assert ("blotted", f"reply-{made['reply']['id']}") in leader.things
    db.session.rollback()
    assert "rude" not in repr([line.data for line in db.session.query(Event)])
    assert leader.things == leader.fresh()


def test_only_who_wrote_a_reply_takes_it_back(join, lead, written):
    said, ben = suggest(written, "city", "region", "There too")["reply"], join("Ben")

    with pytest.raises(Refused, match="Only who wrote a reply"):
        ben.act("reply.withdraw", id=said["id"])
    with pytest.raises(Refused, match="no longer here"):
        ben.act("reply.withdraw", id=99)
    written.phone.act("reply.withdraw", id=said["id"])
    ben.hear()
    assert ben.all("reply") == {}
    with pytest.raises(Refused, match="removed meanwhile"):
        written.phone.act("reply.withdraw", id=said["id"])
    written.phone.act("reply.restore", id=said["id"])
    ben.hear()
    assert ben.all("reply") == {said["id"]: said}


# ---- Accepting, declining, taking back ----


def test_accepted_suggestion_is_in_the_text_and_says_so(join, written):
    made, ben = suggest(written, "every month", "six times a year"), Copy(join("Ben"), written.id)
    # What others write around it moves nothing.
    written.type("Today: ", at=0)
    ben.catch_up()

    edit = accepting(ben, "every month", "six times a year", 900)
    assert ben.phone.act("suggestion.accept", id=made["id"], **edit)["seq"] == 4
    written.catch_up()
    written.phone.hear()

    assert written.read() == "Today: Exams are held six times a year in the city."
    face = written.phone.all("suggestion")[made["id"]]
    assert face["outcome"] == "accepted"
    assert written.phone.things == written.phone.fresh()


def test_of_two_who_accept_at_once_one_is_refused(join, written):
    made = suggest(written, "every month", "six times a year")
    ben, cid = Copy(join("Ben"), written.id), Copy(join("Cid"), written.id)
    first, second = (
        accepting(copy, "every month", "six times a year", client)
        for copy, client in ((ben, 900), (cid, 901))
    )

    ben.phone.act("suggestion.accept", id=made["id"], **first)

    assert refusal(cid.phone.act, "suggestion.accept", id=made["id"], **second) == "conflict"
    written.catch_up()
    assert written.read() == "Exams are held six times a year in the city."


def test_of_two_suggestions_for_the_same_words_one_is_put_in(join, written):
    made = suggest(written, "every month", "often")
    other = suggest(written, "month in", "week in")
    apart = suggest(written, "city", "region")
    ben, cid = Copy(join("Ben"), written.id), Copy(join("Cid"), written.id)
    late = accepting(cid, "month", "week", 901)
    far = accepting(cid, "city", "region", 902)

    ben.phone.act("suggestion.accept", id=made["id"], **accepting(ben, "every month", "often", 900))

    with pytest.raises(Refused, match="a moment ago"):
        cid.phone.act("suggestion.accept", id=other["id"], **late)
    cid.phone.act("suggestion.accept", id=apart["id"], **far)
    written.catch_up()
    assert written.read() == "Exams are held often in the region."


def test_accepting_is_guarded_as_every_edit_is(join, lead, written):
    made, talk = suggest(written, "every month", "often"), suggest(written, "city", None, "Which?")
    ben = Copy(join("Ben"), written.id)
    edit = accepting(ben, "every month", "often", 900)
    stolen = accepting(ben, "every month", "often", written.document.client_id)
    accept = ben.phone.act

    assert (
        refusal(accept, "suggestion.accept", id=made["id"], **{**edit, "epoch": "x"}) == "conflict"
    )
    assert refusal(accept, "suggestion.accept", id=made["id"], **stolen) in {
        "bad_update",
        "conflict",
    }
    assert (
        refusal(accept, "suggestion.accept", id=made["id"], epoch=ben.epoch, update="AAA=")
        == "conflict"
    )
    assert refusal(accept, "suggestion.accept", id=talk["id"], **edit) == "not_allowed"
    assert refusal(accept, "suggestion.accept", id=99, **edit) == "gone"
    observer = lead(Role.OBSERVER)
    assert refusal(observer.act, "suggestion.accept", id=made["id"], **edit) == "not_allowed"
    written.catch_up()
    assert written.read() == SENTENCE
    written.phone.hear()
    assert written.phone.all("suggestion")[made["id"]]["outcome"] == "open"


def test_declined_with_a_word(join, written):
    made, talk = suggest(written, "every month", "often"), suggest(written, "city", None, "Which?")
    ben = join("Ben")

    with pytest.raises(Refused, match="Please write something"):
        ben.act("suggestion.decline", id=made["id"], text=" ", lang="en")
    ben.act("suggestion.decline", id=made["id"], text="Too vague.", lang="en")
    ben.act("suggestion.decline", id=talk["id"], text="", lang="en")
    ben.hear()

    assert ben.all("suggestion")[made["id"]]["answer"] == {"text": "Too vague.", "lang": "en"}
    assert {face["outcome"] for face in ben.all("suggestion").values()} == {"declined"}
    for name in ("suggestion.decline", "suggestion.accept", "suggestion.back"):
        more = {
            "suggestion.decline": {"text": "No.", "lang": "en"},
            "suggestion.accept": {"epoch": written.epoch, "update": "AAA="},
            "suggestion.back": {"agrees": True},
        }[name]
        assert refusal(ben.act, name, id=made["id"], **more) == "conflict"
    assert refusal(written.phone.act, "suggestion.withdraw", id=made["id"]) == "conflict"


def test_taken_back_leaves_no_word_behind(join, lead, written):
    ana, ben, leader = written.phone, join("Ben"), lead()
    made = suggest(written, "every month", "a SECRET", "SECRET")
    ben.act("reply.post", suggestion=made["id"], text="A SECRET too", lang="en")
    ana.act("reply.report", id=made["reply"]["id"] + 1, on=True)
    ben.act("suggestion.back", id=made["id"], agrees=True)

    with pytest.raises(Refused, match="Only who made"):
        ben.act("suggestion.withdraw", id=made["id"])
    ana.act("suggestion.withdraw", id=made["id"])

    for phone in (ana, ben, leader):
        phone.hear()
        assert phone.things == phone.fresh()
        assert phone.all("suggestion") == phone.all("stances") == phone.all("reply") == {}
    assert count(Made) == count(Reply) == count(Stance) == count(Report) == 0
    assert "SECRET" not in repr([line.data for line in db.session.query(Event)])
    assert refusal(ana.act, "suggestion.withdraw", id=made["id"]) == "gone"


def test_who_leads_may_take_out_any(lead, written):
    made = suggest(written, "every month", "something rude")
    leader, reporter = lead(), lead(Role.RAPPORTEUR)
    assert refusal(reporter.act, "suggestion.withdraw", id=made["id"]) == "not_allowed"

    leader.act("suggestion.decline", id=made["id"], text="No.", lang="en")
    leader.act("suggestion.withdraw", id=made["id"])

    assert count(Made) == 0


# ---- All of it together ----


def test_new_history_leaves_suggestions_with_their_own(clock, written):
    made = suggest(written, "every month", "often")
    clock().act("draft.mend", recommendation=written.id, bad=[2], reason="It cannot be applied.")
    written.phone.hear()

    db.session.rollback()
    now = db.session.get_one(Recommendation, written.id).draft.epoch
    face = written.phone.all("suggestion")[made["id"]]
    assert face["epoch"] == written.epoch != now
    assert face["quote"] == "every month"
    assert refusal(suggest, written, "city", "x") == "conflict"
    written.epoch = now
    assert refusal(suggest, written, "city", "x") == "retry"


def test_room_asks_as_often_for_three_as_for_one(written):
    def asked():
        said = []
        listen = lambda *line: said.append(line[2])  # noqa: E731
        event.listen(db.engine, "before_cursor_execute", listen)
        written.phone.fresh()
        event.remove(db.engine, "before_cursor_execute", listen)
        return len(said)

    suggest(written, "city", "region", "One")
    once = asked()
    suggest(written, "month", "year", "Two")
    suggest(written, "Exams", "Tests", "Three")

    assert asked() == once
