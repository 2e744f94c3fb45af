"""Looking back at a draft: every moment can be read again, and nobody is named."""

import base64
import json
from types import SimpleNamespace

import pycrdt
import pytest
from sqlalchemy import select

from facilitator.db import db, write
from facilitator.models import (
    DraftClient,
    DraftQuarantine,
    DraftShares,
    DraftUpdate,
    Passage,
    Recommendation,
    Role,
    Room,
    Source,
    Status,
)
from facilitator.rooms import history, recommendations
from facilitator.rooms.recommendations import Piece
from tests.rooms.test_drafts import Copy, drafting, refusal, text  # noqa: F401 - fixtures


def looked(who, draft, after=0):
    db.session.rollback()
    return history.looked_back(who.actor, {"recommendation": draft, "after": after})


def whole(who, draft):
    """All stops, as a page gathers them, and the last answer."""
    stops, told = [], {"more": True}
    while told["more"]:
        told = looked(who, draft, stops[-1][0] if stops else 0)
        stops += told["stops"]
    return stops, told


def texts_at(stops, root="s:problem"):
    document = pycrdt.Doc()
    read = {}
    for seq, _, update in stops:
        document.apply_update(base64.b64decode(update))
        read[seq] = str(document.get(root, type=pycrdt.Text))
    return read


def test_every_moment_can_be_read_again(join, text):  # noqa: F811
    ana, ben = join("Ana"), join("Ben")
    of_ana, of_ben = Copy(ana, text), Copy(ben, text)
    of_ana.type("Queues. ")
    of_ben.catch_up()
    of_ben.type("Żółw 🐢 waits.")

    stops, told = whole(ana, text)

    assert texts_at(stops) == {1: "", 2: "Queues. ", 3: "Queues. Żółw 🐢 waits."}
    assert told["seq"] == 3
    assert told["epoch"] == of_ana.epoch
    assert [stop[1][17:19] for stop in stops] == ["00"] * 3


def test_long_log_has_few_stops_and_each_version_is_one(join, text, monkeypatch):  # noqa: F811
    monkeypatch.setattr(history, "STOPS", 4)
    ana = join("Ana")
    copy = Copy(ana, text)
    for number in range(40):
        copy.type(f"{number} ")
    for seq in (7, 23):
        ana.act("draft.name_version", recommendation=text, seq=seq, title=f"At {seq}")

    stops, told = whole(ana, text)

    assert [stop[0] for stop in stops] == [7, 11, 22, 23, 33, 41]
    assert texts_at(stops)[41] == copy.read()
    assert [(one["seq"], one["title"]) for one in told["versions"]] == [(7, "At 7"), (23, "At 23")]
    assert looked(ana, text, after=33)["stops"] == stops[-1:]


@pytest.mark.parametrize(("rows", "size"), [(3, 1 << 20), (8_000, 200)])
def test_long_log_comes_in_parts(join, text, monkeypatch, rows, size):  # noqa: F811
    monkeypatch.setattr(history, "SIZES", history.SIZES.limit(rows))
    monkeypatch.setattr(history, "ROWS", rows)
    monkeypatch.setattr(history, "BYTES", size)
    ana = join("Ana")
    copy = Copy(ana, text)
    for number in range(20):
        copy.type(f"{number} " * 10)
    first = looked(ana, text)

    stops, told = whole(ana, text)

    assert first["more"]
    assert len(first["stops"]) < len(stops)
    assert texts_at(stops)[told["seq"]] == copy.read()


def test_update_larger_than_a_part_comes_alone(join, text, monkeypatch):  # noqa: F811
    monkeypatch.setattr(history, "BYTES", 10)
    ana = join("Ana")
    Copy(ana, text).type("Much more than ten bytes.")

    stops, _ = whole(ana, text)

    assert texts_at(stops)[2] == "Much more than ten bytes."


def test_what_was_set_aside_is_left_out(join, text):  # noqa: F811
    ana = join("Ana")
    Copy(ana, text).type("Queues.")
    write(lambda: db.session.add(DraftQuarantine(draft_id=text, seq=2, reason="bad")))
    write(lambda: db.session.add(DraftUpdate(draft_id=text, seq=3, data=b"\0\0")))

    assert texts_at(whole(ana, text)[0]) == {1: "", 3: ""}


def test_only_who_is_in_the_room_looks_back(forum, join, lead, text):  # noqa: F811
    ben = join("Ben", room=forum.rooms[1])

    assert refusal(looked, ben, text) == "gone"
    assert refusal(looked, lead(Role.PROJECTOR), text) == "not_allowed"
    assert refusal(history.looked_back, ben.actor, {"recommendation": "1"}) == "bad_shape"
    assert refusal(history.looked_back, ben.actor, None) == "bad_shape"
    assert looked(lead(Role.OBSERVER), text)["mine"] == []
    lead().act("recommendation.remove", id=text)
    assert refusal(looked, join("Ana"), text) == "gone"


# ---- Whose words ----


def adopted(draft):
    def job():
        db.session.get(Recommendation, draft).status = Status.ADOPTED

    write(job)


def shared(draft, sectors):
    rows = [{"sectors": [sector.uuid], "share": 50} for sector in sectors[:2]]
    spans = [{"root": "s:problem", "start": 0, "end": 3, "row": 0}]
    write(lambda: db.session.add(DraftShares(draft_id=draft, rows=rows, spans=spans)))
    return {"rows": rows, "spans": spans}


def test_nobody_is_named_to_anybody(forum, join, lead, text):  # noqa: F811
    """All that an answer holds beside bytes and versions: numbers of one's own pages."""
    ana, ben, leader = join("Ana"), join("Ben", sector=1), lead()
    copies = {who: Copy(who, text) for who in (ana, ben, leader)}
    for copy in copies.values():
        copy.type("Words. ")

    for who, copy in copies.items():
        told = looked(who, text)
        assert told["mine"] == [copy.document.client_id]
        assert set(told) == {
            *["epoch", "seq", "stops", "more", "versions", "mine", "sources", "shares"]
        }
        assert (told["sources"], told["shares"]) == ({}, None)
        del told["stops"]
        said = json.dumps(told)
        for secret in ("Ana", "Ben", *(sector.uuid for sector in forum.sectors)):
            assert secret not in said


def test_passages_name_their_source(forum, lead, join, text):  # noqa: F811
    def job():
        origin = db.session.get(Recommendation, text)
        room = db.session.get(Room, forum.desk.id)
        entry = recommendations.begin(room, title="Together", lang="en")
        source = Source(recommendation_id=entry.id, origin_id=origin.id, revision=1, position=0)
        db.session.add(source)
        db.session.flush()
        passage = Passage(source_id=source.id, root="s:problem", start=0, end=7)
        db.session.add(passage)
        db.session.flush()
        recommendations.write_pieces(entry, [Piece("s:problem", "Queues.", passage)])
        return SimpleNamespace(entry=entry.id, source=source.id)

    made = write(job)

    told = looked(lead(Role.ORGANISER, room=forum.desk), made.entry)

    assert list(told["sources"].values()) == [made.source]


def test_sectors_are_told_once_a_text_is_closed(forum, join, text):  # noqa: F811
    ana = join("Ana")
    found = shared(text, forum.sectors)
    assert looked(ana, text)["shares"] is None

    adopted(text)

    assert looked(ana, text)["shares"] == found


def test_anonymous_room_tells_each_of_their_own_words_and_no_more(forum, join, lead, text):  # noqa: F811
    ana = join("Ana")
    copy = Copy(ana, text)
    copy.type("Queues.")
    lead().act("room.anonymous", on=True)
    shared(text, forum.sectors)
    adopted(text)

    told = looked(ana, text)

    assert told["mine"] == [copy.document.client_id]
    assert (told["sources"], told["shares"]) == ({}, None)
    assert looked(join("Ben"), text)["mine"] == []


def test_client_ids_outlive_their_seat_without_a_name(join, text):  # noqa: F811
    ana = join("Ana")
    Copy(ana, text).type("Queues.")

    def job():
        for row in db.session.scalars(select(DraftClient).filter_by(draft_id=text)):
            row.seat_id = None

    write(job)

    assert looked(ana, text)["mine"] == []
