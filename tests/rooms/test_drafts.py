"""Drafts: what is acknowledged is stored, everybody reads the same, and nobody writes as another."""

import base64
from dataclasses import replace

import pycrdt
import pytest
from sqlalchemy import event, func, select

from facilitator import events
from facilitator.actions import Refused
from facilitator.db import db, write
from facilitator.models import (
    Draft,
    DraftClient,
    DraftQuarantine,
    DraftUpdate,
    Passage,
    Phase,
    Recommendation,
    Role,
    Room,
    Source,
    Status,
)
from facilitator.rooms import draft_log, drafts, entries, recommendations, updates
from facilitator.rooms.drafts import end_of
from facilitator.rooms.encoding import numbers
from facilitator.rooms.recommendations import Piece, add_pieces
from facilitator.rooms.updates import EMPTY, LEASED
from tests import edits, make


def coded(data):
    return base64.b64encode(data).decode()


class Copy:
    """Somebody's copy of a draft, as a browser keeps one."""

    def __init__(self, phone, recommendation):
        self.phone, self.id = phone, recommendation
        told = self.told = lacking(recommendation)
        self.document = pycrdt.Doc(client_id=told["client"])
        self.document.apply_update(base64.b64decode(told["update"]))
        self.epoch = told["epoch"]

    def type(self, words, root="s:problem", at=None):
        """Write, and send what was written; its number."""
        text = self.document.get(root, type=pycrdt.Text)
        had = self.document.get_state()
        shown = str(text)
        text.insert(edits.octets(shown, len(shown) if at is None else at), words)
        return self.send(self.document.get_update(had))

    def delete(self, start, length, root):
        """Delete characters, and send that."""
        had = self.document.get_state()
        del self.document.get(root, type=pycrdt.Text)[start : start + length]
        return self.send(self.document.get_update(had))

    def send(self, data, epoch=None):
        asked = {"recommendation": self.id, "epoch": epoch or self.epoch, "update": coded(data)}
        return self.phone.act("draft.update", op=None, **asked)["seq"]

    def read(self, root="s:problem"):
        return str(self.document.get(root, type=pycrdt.Text))

    def catch_up(self):
        told = lacking(self.id, self.epoch, self.document.get_state())
        self.document.apply_update(base64.b64decode(told["update"]))
        return told


def lacking(recommendation, epoch=None, has=b"\0"):
    db.session.rollback()
    return drafts.lacking(recommendation, epoch, has)


@pytest.fixture
def drafting(forum):
    """The first room, in its drafting."""

    def job():
        db.session.get(Room, forum.rooms[0].id).phase = Phase.DRAFT

    write(job)
    return forum.rooms[0]


@pytest.fixture
def text(drafting, lead):
    """A recommendation that was just begun."""
    return lead().act("recommendation.start", title="More  benches 😀", lang="en", theme=None)["id"]


def count(model):
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model))


def refusal(work, *arguments, **named):
    with pytest.raises(Refused) as refused:
        work(*arguments, **named)
    return refused.value.code


# ---- Beginning ----


def test_begun_recommendation_is_there_for_everybody(drafting, join, lead, text):
    ana = join("Ana")
    draft = db.session.get(Draft, text)

    assert ana.all("recommendation")[text] == {
        "id": text,
        "uuid": draft.recommendation.uuid,
        "theme": None,
        "number": 1,
        "title": "More benches 😀",
        "lang": "en",
        "template": make.TEMPLATE,
        "status": "draft",
        "hash": None,
        "chapter": None,
        "position": 0,
        "sources": [],
        "imported": None,
    }
    rows = {"steps": [], "addressees": []}
    face = {"id": text, "seq": 1, "title": "More benches 😀", "sections": {}, **rows}
    assert ana.all("text")[text] == face
    assert Copy(ana, text).read("title") == "More benches 😀"
    second = ana.act("recommendation.start", title="Shade", lang="en", theme=None)["id"]
    assert [r["number"] for r in ana.fresh().values() if r.get("lang") and "number" in r] == [1, 2]
    assert second != text


def test_removed_recommendation_is_gone_and_cannot_be_written(join, lead, text):
    ana, leader = join("Ana"), lead()
    copy = Copy(ana, text)

    assert refusal(ana.act, "recommendation.remove", id=text) == "not_allowed"
    leader.act("recommendation.remove", id=text)
    ana.hear()

    assert ana.all("recommendation") == ana.all("text") == {}
    assert ana.things == ana.fresh()
    assert refusal(copy.type, "x") == "gone"
    assert refusal(drafts.join, ana.actor, {"recommendation": text, "epoch": None, "sv": "AA=="})
    assert refusal(leader.act, "recommendation.remove", id=text) == "gone"


def test_room_without_a_track_has_a_template_of_its_own(app, forum, lead):
    write(lambda: setattr(db.session.merge(forum.rooms[0]), "track_id", None))
    leader = lead()
    leader.go(Phase.DRAFT)

    begun = leader.act("recommendation.start", title="Together", lang="pl", theme=None)["id"]

    keys = [section["key"] for section in db.session.get(Recommendation, begun).template]
    assert keys == ["problem", "recommendation", "addressee", "reasons", "indicators"]


# ---- Writing ----


def test_writers_converge_on_what_was_acknowledged(join, text):
    ana, ben = Copy(join("Ana"), text), Copy(join("Ben"), text)

    assert ana.type("Zażółć 😀 ") == 2
    assert ben.type("гедзь ") == 3
    assert ana.type("!", at=9) == 4
    ana.catch_up()
    ben.catch_up()

    assert ana.read() == ben.read() == Copy(join("Cid"), text).read()
    told = ana.catch_up()
    assert told["seq"] == 4
    assert base64.b64decode(told["update"]) == EMPTY
    state = updates.read_state_vector(base64.b64decode(told["sv"]))
    assert state == updates.read_state_vector(ana.document.get_state())


def test_repeated_edit_has_one_effect(join, text):
    ana = Copy(join("Ana"), text)
    data = updates.insertion(77, 0, "s:problem", "Once")

    assert ana.send(data) == 2
    assert ana.send(data) == 0
    # Somebody who says another thing with the same clocks is not heard.
    assert ana.send(updates.insertion(77, 0, "s:problem", "Two!")) == 0
    ana.catch_up()
    assert ana.read() == "Once"
    assert count(DraftUpdate) == 2


def test_nobody_writes_under_the_id_of_another(join, lead, text):
    ana, ben = Copy(join("Ana"), text), Copy(join("Ben"), text)
    ana.send(updates.insertion(77, 0, "s:problem", "Mine"))

    assert refusal(ben.send, updates.insertion(77, 4, "s:problem", "x")) == "bad_update"
    assert refusal(Copy(lead(), text).send, updates.insertion(77, 4, "s:problem", "x"))
    assert refusal(ben.send, updates.insertion(LEASED, 0, "s:problem", "x")) == "bad_update"
    assert refusal(ben.send, updates.insertion(78, 1, "s:problem", "x")) == "retry"
    assert refusal(ben.send, b"\1\2\3") == "bad_update"
    assert refusal(ben.send, b"\0" * 40_000) == "too_long"
    assert refusal(ben.send, updates.insertion(78, 0, "body", "x")) == "bad_update"
    with pytest.raises(Refused) as refused:
        ben.phone.act(
            "draft.update", op=None, recommendation=text, epoch=ben.epoch, update="not base64!"
        )
    assert refused.value.code == "bad_shape"
    assert count(DraftUpdate) == 2


def test_edit_of_another_history_is_a_conflict(join, text):
    ana = Copy(join("Ana"), text)

    assert refusal(ana.send, updates.insertion(7, 0, "title", "x"), "other") == "conflict"


def test_nobody_writes_from_another_room_or_after_the_vote(forum, join, text):
    ana = Copy(join("Ana"), text)
    ben = Copy(join("Ben", room=forum.rooms[1]), text)

    def other_drafts():
        db.session.get(Room, forum.rooms[1].id).phase = Phase.DRAFT

    write(other_drafts)
    assert refusal(ben.type, "x") == "gone"
    assert refusal(drafts.join, ben.phone.actor, {"recommendation": text, "epoch": None, "sv": ""})
    assert ana.type("x") == 2

    def adopt():
        db.session.get(Recommendation, text).status = Status.ADOPTED

    write(adopt)
    assert refusal(ana.type, "y") == "closed"

    def gather():
        db.session.get(Room, forum.rooms[0].id).phase = Phase.GATHER

    write(gather)
    assert refusal(ana.type, "y") == "closed"


def test_only_organisers_write_at_the_desk(forum, lead):
    organiser, facilitator = lead(Role.ORGANISER, room=forum.desk), lead()

    def begin():
        made = recommendations.begin(
            db.session.merge(forum.desk), title="All", lang="en", theme_id=None
        )
        return made.id

    begun = write(begin)
    assert Copy(organiser, begun).type("x") == 2
    facilitator.ref = replace(facilitator.ref, room_id=forum.desk.id)
    assert refusal(Copy(facilitator, begun).type, "y") == "gone"


def test_full_draft_says_so(join, text, monkeypatch):
    ana = Copy(join("Ana"), text)
    monkeypatch.setattr(updates, "MOST_UNITS", 100)
    monkeypatch.setattr(drafts, "MOST_OWN_CLIENTS", 2)

    assert refusal(ana.type, "x" * 100) == "too_many"
    for client in (1, 2):
        ana.send(updates.insertion(client, 0, "s:problem", "x"))
    assert refusal(ana.send, updates.insertion(3, 0, "s:problem", "x")) == "too_many"
    assert count(DraftUpdate) == 3


def test_nobody_fills_a_draft_for_the_others(join, text):
    """A few bytes can say that they are a million letters, taken away already."""
    ana, ben = Copy(join("Ana"), text), Copy(join("Ben"), text)

    def taken_away(client, length):
        return numbers(1, 1, client, 0, updates.DELETED, 1) + b"\5title" + (numbers(length, 0))

    half = drafts.MOST_OWN_UNITS // 2
    ana.send(taken_away(71, half))
    ana.send(taken_away(72, half))
    with pytest.raises(Refused, match="One person can write") as refused:
        ana.type("x")

    assert refused.value.code == "too_many"
    assert refused.value.values == {"n": drafts.MOST_OWN_UNITS}
    assert ben.type("Ben goes on") == 4


# ---- Listening ----


def test_listeners_are_told_the_edits_in_their_order(join, text, monkeypatch):
    ana = Copy(join("Ana"), text)
    told = []
    monkeypatch.setattr(events.ticker, "hear", told.extend)

    ana.type("One")
    ana.type(" two")

    db.session.rollback()
    assert [line for line in told if line.kind == "update"] == draft_log.read_draft_log(text, 1)
    assert [(line.channel, line.seq, line.thing_id) for line in told] == [
        (f"draft:{text}", 2, "2"),
        (f"draft:{text}", 3, "3"),
    ]
    assert events.SOURCES["draft"].clock([text, 99]) == {text: 3}
    other = pycrdt.Doc()
    other.apply_update(base64.b64decode(lacking(text)["update"]))
    assert str(other.get("s:problem", type=pycrdt.Text)) == "One two"


def test_asking_in_other_words_is_refused(join, text):
    ana = join("Ana")
    for asked in (None, {}, {"recommendation": "1", "epoch": None, "sv": ""},
                  {"recommendation": text, "epoch": None, "sv": "////"},
                  {"recommendation": text, "epoch": None, "sv": "é"}):  # fmt: skip
        assert refusal(drafts.join, ana.actor, asked) == "bad_shape"


def test_copy_of_another_history_gets_the_whole(join, text):
    ana = Copy(join("Ana"), text)
    ana.type("Words")

    told = lacking(text, "another", ana.document.get_state())

    assert told["epoch"] == ana.epoch
    assert updates.read(base64.b64decode(told["update"])).ranges.keys() >= {ana.document.client_id}


# ---- The clock ----


def test_rendered_text_reaches_the_room_once(join, clock, text):
    ana, ours = join("Ana"), clock()
    face = {"title": "Fewer  cars", "sections": {"problem": "Noise"}, "steps": []}

    ours.act("draft.render", recommendation=text, seq=5, text=face)
    ours.act("draft.render", recommendation=text, seq=4, text={**face, "title": "Older"})
    ana.hear()

    assert ana.all("text")[text] == {"id": text, "seq": 5, **face}
    assert ana.all("recommendation")[text]["title"] == "Fewer cars"
    assert ana.things == ana.fresh()
    assert refusal(ana.act, "draft.render", recommendation=text, seq=9, text=face) == "not_allowed"


def test_title_shows_no_marks_of_citations(join, clock, text):
    ana, ours = join("Ana"), clock()
    face = {"title": "Fewer cars [^i12][^e3], more trees[^i4]", "sections": {}, "steps": []}

    ours.act("draft.render", recommendation=text, seq=5, text=face)
    ana.hear()

    assert ana.all("recommendation")[text]["title"] == "Fewer cars, more trees"
    assert ana.all("text")[text]["title"] == face["title"]


def test_bad_update_is_set_aside_with_what_builds_on_it(forum, join, clock, text):
    ana, ben = Copy(join("Ana"), text), Copy(join("Ben"), text)
    bad = ana.type("poison")
    ana.type(" and more")
    ben.type("Ben's words")
    before = lacking(text)

    clock().act("draft.mend", recommendation=text, bad=[bad], reason="It was ended by SIGSEGV.")

    told = lacking(text)
    assert told["epoch"] != before["epoch"]
    assert told["seq"] == before["seq"] + 1
    fresh = Copy(ben.phone, text)
    assert fresh.read() == "Ben's words"
    assert updates.read_state_vector(base64.b64decode(told["sv"])) == (
        updates.read_state_vector(fresh.document.get_state())
    )
    aside = db.session.execute(select(DraftQuarantine.seq, DraftQuarantine.reason)).all()
    assert aside == [(2, "It was ended by SIGSEGV."), (3, "earlier work is missing")]
    assert refusal(ana.type, "x") == "conflict"
    assert fresh.type("!") == told["seq"] + 1
    assert [line.kind for line in draft_log.read_draft_log(text, bad)] == [
        "update",
        "epoch",
        "update",
    ]
    clock().act("draft.mend", recommendation=text, bad=[], reason="")
    clock(forum.desk).act("draft.mend", recommendation=text, bad=[1], reason="")
    assert lacking(text)["epoch"] == told["epoch"]


def test_entries_are_noted_and_known_again(forum, join, lead, clock, text):
    """A step that one has set is moved by another; what is set aside is no entry any more."""
    ana, ben = Copy(join("Ana"), text), Copy(join("Ben"), text)
    put = updates.setting(ana.told["client"], 0, "steps", "abc123.pos", 1.0)
    bad = ana.send(put)
    ben.catch_up()
    moved = updates.setting(
        ben.told["client"], 0, "steps", "abc123.pos", 2.0, after=(ana.told["client"], 0)
    )
    ben.send(moved)
    noted = select(DraftClient.client_id, DraftClient.entries)
    spans = dict(db.session.execute(noted.where(DraftClient.seat_id.is_not(None))).all())
    assert spans == {ana.told["client"]: [[0, 1]], ben.told["client"]: [[0, 1]]}

    clock().act("draft.mend", recommendation=text, bad=[bad], reason="It was ended by SIGSEGV.")

    fresh = Copy(ana.phone, text)
    words = updates.insertion(ana.told["client"], 0, "s:problem", "Words")
    fresh.send(words)
    hung = updates.setting(
        ben.told["client"], 0, "steps", "abc123.pos", 2.0, after=(ana.told["client"], 0)
    )
    ours = Copy(ben.phone, text)
    assert refusal(ours.send, hung) == "bad_update"
    fresh.catch_up()
    assert fresh.read() == "Words"


def test_steps_of_a_text_that_the_server_wrote_can_be_moved(forum, lead, merged):
    made, _, _ = merged
    desk = lead(Role.ORGANISER, room=forum.desk)
    copy = Copy(desk, made)
    steps = copy.document.get("steps", type=pycrdt.Map)
    had = copy.document.get_state()
    steps["abc123.pos"] = -1.0
    assert copy.send(copy.document.get_update(had))


def test_steps_that_are_changed_without_end_say_so(join, text, monkeypatch):
    monkeypatch.setattr(entries, "MOST_SPANS", 2)
    ana = Copy(join("Ana"), text)
    client = ana.told["client"]
    for n in range(3):
        ana.send(updates.insertion(client, 2 * n, "title", "x"))
        entry = updates.setting(client, 2 * n + 1, "steps", f"abc12{n}.pos", n)
        if n < 2:
            ana.send(entry)
    with pytest.raises(Refused, match="too often"):
        ana.send(entry)


# ---- Words from elsewhere ----


@pytest.fixture
def merged(forum, text):
    """A recommendation at the desk, with passages of another one."""

    def job():
        db.session.info["news"] = []
        desk = db.session.get(Room, forum.desk.id)
        made = recommendations.begin(desk, title="Together", lang="en")
        sources = [Source(recommendation_id=made.id, origin_id=text, revision=1, position=0)]
        db.session.add_all(sources)
        db.session.flush()
        spans = [
            Passage(source_id=sources[0].id, root="s:problem", start=0, end=9) for _ in range(3)
        ]
        db.session.add_all(spans)
        db.session.flush()
        pieces = [
            Piece("s:problem", "Zażółć 😀", spans[0]),
            Piece("s:problem", "\n\nand\n\n"),
            Piece("s:problem", "гедзь", spans[1]),
            Piece("p:abc123:what", "Act", spans[2]),
            Piece("p:def456:what", "Later"),
            Piece("s:reasons", ""),
        ]
        recommendations.write_pieces(made, pieces, steps=["def456", "abc123"])
        return made.id, sources[0].id, spans[2]

    return write(job)


def test_pieces_read_in_their_order_and_know_their_source(merged):
    made, source, _ = merged
    draft = db.session.get(Draft, made)
    document = pycrdt.Doc()
    document.apply_update(base64.b64decode(lacking(made)["update"]))

    words = "Zażółć 😀\n\nand\n\nгедзь"
    assert str(document.get("s:problem", type=pycrdt.Text)) == words
    assert draft.public()["sections"] == {"problem": words}
    assert [(step["id"], step["what"]) for step in draft.public()["steps"]] == [
        ("def456", "Later"),
        ("abc123", "Act"),
    ]
    spans = [(s["root"], s["start"], s["end"], s["source"]) for s in draft.text["passages"]]
    assert spans == [
        ("p:abc123:what", 0, 3, source),
        ("s:problem", 0, 8, source),
        ("s:problem", 15, 20, source),
    ]
    assert draft.rendered_seq == draft.seq == count(DraftUpdate) - 1
    state = updates.read_state_vector(base64.b64decode(lacking(made)["sv"]))
    assert state == updates.read_state_vector(document.get_state())
    assert all(client >= LEASED for client in state)
    with_passage = select(func.count()).where(DraftClient.passage_id.is_not(None))
    assert db.session.scalar(with_passage) == 3


def test_passage_is_put_at_the_end_of_what_several_have_written(merged, lead, forum):
    made, _, passage = merged
    copy, other = (Copy(lead(Role.ORGANISER, room=forum.desk), made) for _ in range(2))
    copy.type("abc", root="s:reasons")
    other.catch_up()
    copy.delete(2, 1, root="s:reasons")
    other.type("d", root="s:reasons")  # at the end, while the letter before goes

    def job():
        db.session.info["news"] = []
        draft = db.session.get(Draft, made)
        pieces = [Piece("s:reasons", "<"), Piece("s:reasons", "X😀>", passage)]
        return add_pieces(draft, pieces, end_of(draft, "s:reasons"))

    lengths = write(job)
    copy.catch_up()

    assert copy.read("s:reasons") == "abd<X😀>"
    assert sorted(lengths.values()) == [1, 4]
    assert min(lengths) >= LEASED
    last = max(lengths, key=lengths.get)
    assert end_of(db.session.get(Draft, made), "s:reasons") == (last, 3)
    assert end_of(db.session.get(Draft, made), "s:nothing") is None


# ---- What it costs ----


def test_no_statement_more_for_a_long_draft(app, join, text):
    ana = Copy(join("Ana"), text)
    seen = []
    event.listen(db.engine, "before_cursor_execute", lambda *a: seen.append(a[2]))

    def cost():
        seen.clear()
        ana.type("x")
        return len(seen)

    ana.type("x")
    first = cost()
    for _ in range(20):
        ana.type("words ")
    for client in range(1, 20):
        ana.send(updates.insertion(client, 0, "s:reasons", "x"))

    assert cost() == first


def test_join_is_told_in_one_piece_however_long_the_log(join, text):
    ana = Copy(join("Ana"), text)
    for n in range(150):
        ana.type(f"{n} ")

    assert lacking(text)["seq"] == 151
    assert Copy(ana.phone, text).read() == ana.read()


def test_text_does_not_change_under_an_open_vote(forum, join, lead):
    ana, leader = join("Ana"), lead()
    leader.go(Phase.DRAFT)
    made = leader.act("recommendation.start", title="A desk", lang="en", theme=None)
    leader.go(Phase.ADOPT)
    leader.act("ballot.adopt", recommendation=made["id"])
    leader.go(Phase.DRAFT)
    edit = updates.insertion(7, 0, "s:problem", "Queues.", None)

    with pytest.raises(Refused, match="voting on this text"):
        ana.act(
            "draft.update",
            recommendation=made["id"],
            epoch=db.session.get_one(Draft, made["id"]).epoch,
            update=base64.b64encode(edit).decode(),
        )
    with pytest.raises(Refused, match="voting on this text"):
        leader.act("recommendation.remove", id=made["id"])
