"""Everything that must not come into a draft: each is answered with a code and a sentence."""

import base64

import pycrdt
import pytest

from facilitator.actions import Refused
from facilitator.i18n import t
from facilitator.models import Role
from facilitator.rooms import updates
from facilitator.rooms.encoding import numbers
from facilitator.rooms.updates import LEASED
from tests.rooms.test_draft_fuzz import log_of
from tests.rooms.test_drafts import Copy, drafting, lacking, text  # noqa: F401

TITLE, STEP = b"\1\5title", b"\1\5steps\x0aabc123.pos"
OWN = 1_000
HUGE = numbers((1 << 53) - 1)


def struct(info, rest, client=OWN, clock=0):
    return numbers(1, 1, client, clock) + bytes([info]) + rest + b"\0"


def many_clients(count):
    return pycrdt.merge_updates(
        *(updates.insertion(OWN + n, 0, "title", "x") for n in range(count))
    )


def in_a_circle():
    one = numbers(1, OWN, 0) + b"\x84" + numbers(OWN + 1, 0) + b"\1a"
    return b"\2" + one + numbers(1, OWN + 1, 0) + b"\x84" + numbers(OWN, 0) + b"\1a" + b"\0"


#: What it is, what is sent, how it is answered. `words` and `entry` are somebody else's client ids:
#: five letters of the section, and an entry of the steps.
BAD = [
    ("more than 32 KiB", lambda *_: b"\0" * (updates.LARGEST + 1), "too_long"),
    ("far more than that", lambda *_: b"\0" * 60_000, "too_long"),
    ("nothing at all", lambda *_: b"", "bad_update"),
    ("no update", lambda *_: b"\1\2\3", "bad_update"),
    ("bytes behind it", lambda *_: updates.insertion(OWN, 0, "title", "x") + b"\0", "bad_update"),
    ("version 2", lambda *_: bytes.fromhex("00000107000001040d0a7469746c6548656c6c6f45000101000001010000"), "bad_update"),
    ("more than it has", lambda *_: b"\xff\xff\xff\xff\x0f\0", "bad_update"),
    ("a number beyond all", lambda *_: b"\xff" * 7 + b"\x7f", "bad_update"),
    ("a clock beyond all", lambda *_: b"\1\1" + numbers(OWN) + HUGE + b"\4" + TITLE + b"\1a\0", "bad_update"),
    ("a length beyond all", lambda *_: struct(1, TITLE + HUGE), "bad_update"),
    ("too many structs", lambda *_: numbers(1, 5_100, OWN, 0) + (b"\4" + TITLE + b"\1a") * 3_000 + b"\0", "bad_update"),
    ("too many clients", lambda *_: many_clients(17), "bad_update"),
    ("half a character", lambda *_: struct(4, TITLE + b"\3\xed\xa0\x80"), "bad_update"),
    ("lists in lists", lambda *_: struct(0x28, STEP + b"\1" + b"\x75\1" * 12_000 + b"\x7e"), "bad_update"),
    ("an object", lambda *_: struct(0x28, STEP + b"\1\x76\0"), "bad_update"),
    ("JSON", lambda *_: struct(2, TITLE + b"\1\1a"), "bad_update"),
    ("binary", lambda *_: struct(3, TITLE + b"\1a"), "bad_update"),
    ("an embed", lambda *_: struct(5, TITLE + b"\4null"), "bad_update"),
    ("formatting", lambda *_: struct(6, TITLE + b'\1a\x01"'), "bad_update"),
    ("a type in the text", lambda *_: struct(7, TITLE + b"\2"), "bad_update"),
    ("a document in it", lambda *_: struct(9, TITLE + b"\1a\0"), "bad_update"),
    ("a skip", lambda *_: struct(0x0A, b"\5"), "bad_update"),
    ("a move", lambda *_: struct(0x0B, TITLE + b"\0\0\0"), "bad_update"),
    ("a nested parent", lambda *_: struct(4, b"\0\7\0\1a"), "bad_update"),
    ("another root", lambda *_: updates.insertion(OWN, 0, "body", "x"), "bad_update"),
    ("words in the map", lambda *_: updates.insertion(OWN, 0, "steps", "x"), "bad_update"),
    ("an entry in a text", lambda *_: updates.setting(OWN, 0, "title", "abc123.pos", 1), "bad_update"),
    ("another key", lambda *_: updates.setting(OWN, 0, "steps", "abc123.who", 1), "bad_update"),
    ("a number on a letter", lambda words, _: updates.setting(OWN, 0, "steps", "abc123.pos", 1, after=(words, 0)), "bad_update"),
    ("a number before a letter", lambda words, _: struct(0x48, numbers(words, 0) + b"\1\x7d\1"), "bad_update"),
    ("a letter on a number", lambda _, entry: updates.insertion(OWN, 0, "title", "x", after=(entry, 5)), "bad_update"),
    ("between both", lambda words, entry: updates.insertion(OWN, 0, "title", "x", after=(words, 0), before=(entry, 5)), "bad_update"),
    ("under another's id", lambda words, _: updates.insertion(words, 5, "title", "x"), "bad_update"),
    ("under the server's id", lambda *_: updates.insertion(LEASED, 0, "title", "x"), "bad_update"),
    ("others' deeds twice", lambda words, _: updates.insertion(words, 0, "title", "other"), "bad_update"),
    ("a gap", lambda *_: updates.insertion(OWN, 3, "title", "x"), "retry"),
    ("beside nothing", lambda *_: updates.insertion(OWN, 0, "title", "x", after=(4, 4)), "retry"),
    ("beside itself", lambda *_: updates.insertion(OWN, 0, "title", "x", after=(OWN, 0)), "retry"),
    ("in a circle", lambda *_: in_a_circle(), "retry"),
    ("taking out nothing", lambda words, _: numbers(0, 1, words, 1, 3, 90), "retry"),
]  # fmt: skip


@pytest.fixture
def ana(join, text):  # noqa: F811
    """Ana has written five letters and set an entry."""
    copy = Copy(join("Ana"), text)
    copy.send(updates.insertion(copy.told["client"], 0, "s:problem", "Hello"))
    copy.send(updates.setting(copy.told["client"], 5, "steps", "abc123.pos", 1))
    return copy


@pytest.mark.parametrize(("bad", "code"), [one[1:] for one in BAD], ids=[one[0] for one in BAD])
def test_bad_update_is_answered_and_leaves_no_trace(join, ana, bad, code):
    own = ana.told["client"]
    before, known = log_of(ana.id), lacking(ana.id)["sv"]
    with pytest.raises(Refused) as refused:
        Copy(join("Mallory"), ana.id).send(bad(own, own))
    assert refused.value.code == code
    assert t(refused.value.sentence, **refused.value.values).endswith(".")
    assert refused.value.retry is (code == "retry")
    assert log_of(ana.id) == before
    assert lacking(ana.id)["sv"] == known


@pytest.mark.parametrize("coded", ["!", "AA", "AAA=A", "ż", "-_-_", " AAA="])
def test_what_is_no_message_is_answered(ana, coded):
    asked = {"recommendation": ana.id, "epoch": ana.epoch, "update": coded}
    with pytest.raises(Refused, match="not understood") as refused:
        ana.phone.act("draft.update", op=None, **asked)
    assert refused.value.code == "bad_shape"


def test_strangers_and_screens_write_nothing(join, lead, forum, ana):
    edit = updates.insertion(OWN, 0, "title", "x")
    for who in (lead(Role.PROJECTOR), lead(Role.OBSERVER), join("Ben", room=forum.rooms[1])):
        with pytest.raises(Refused) as refused:
            Copy(who, ana.id).send(edit)
        assert refused.value.code in {"not_allowed", "gone"}
        assert t(refused.value.sentence).endswith(".")


def test_what_is_there_already_is_no_news(ana):
    assert ana.send(updates.insertion(ana.told["client"], 0, "s:problem", "Hello")) == 0
    # Nor are other words under its clocks: they are not looked at.
    assert ana.send(updates.insertion(ana.told["client"], 0, "s:problem", "HELLO")) == 0
    ana.catch_up()
    assert ana.read() == "Hello"
    assert base64.b64decode(lacking(ana.id)["update"]).count(b"HELLO") == 0
