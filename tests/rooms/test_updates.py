"""The guard before the log of a draft: what honest people write passes, nothing else does."""

import json
import os
import random
import subprocess
from pathlib import Path

import pycrdt
import pytest

from facilitator.rooms import texts, updates
from facilitator.rooms.encoding import Cursor, numbers
from facilitator.rooms.updates import EMPTY, LEASED, BadUpdate, Gap
from tests import edits

ROOT = Path(__file__).parents[2]
#: Mutants to try in a run of every day, and in a long one.
MUTANTS, MANY_MUTANTS = 4_000, 1_000_000 if os.environ.get("SOAK") else 20_000

HELLO = updates.insertion(7, 0, "title", "Hello")


def text_of(data, root="title"):
    document = pycrdt.Doc()
    document.apply_update(data)
    return str(document.get(root, type=pycrdt.Text))


def reason(data):
    with pytest.raises(BadUpdate) as refusal:
        updates.read(data)
    return refusal.value.reason


# ---- What honest people write ----


def test_everything_that_pycrdt_writes_is_read_as_it_is_meant():
    for seed in range(20):
        room = edits.Hall(seed)
        room.write(150)
        for update in room.log:
            assert updates.read(update).clients

        whole = room.documents[0].get_update()
        read = updates.read_draft(whole)

        assert {c: end for c, (_, end) in read.ranges.items()} == updates.read_state_vector(
            pycrdt.get_state(whole)
        )
        shown = {root: "".join(w.text for w in words) for root, words in texts.words(read).items()}
        assert {root: text for root, text in shown.items() if text} == room.texts()


@pytest.mark.skipif(not (ROOT / "node_modules/yjs").exists(), reason="NO YJS: run npm install")
def test_everything_that_yjs_writes_is_read_as_it_is_meant():
    script = ROOT / "tests" / "data" / "yjs_edits.mjs"
    done = subprocess.run(["node", script, "400"], capture_output=True, cwd=ROOT, check=True)
    told = json.loads(done.stdout)
    state, log = {}, []

    for update in map(bytes.fromhex, told["log"]):
        read = updates.read(update)
        updates.check(read, state, lambda _: True)
        state |= {client: end for client, (_, end) in read.ranges.items()}
        log.append(update)

    assert len(log) > 200
    assert updates.read_state_vector(bytes.fromhex(told["sv"])) == state
    whole = updates.merged(log, pycrdt.merge_updates)
    assert updates.read_draft(whole).deletes
    words = texts.words(updates.read_draft(whole))
    for root, text in told["texts"].items():
        assert text_of(whole, root) == text
        assert "".join(part.text for part in words.get(root, [])) == text
        # Of each unit Yjs says the same author.
        assert [[part.client, part.text] for part in words.get(root, [])] == told["authors"][root]


@pytest.mark.parametrize(
    "text", ["Hello", "Zażółć gęślą jaźń", "Це — пропозиція", "👩‍👩‍👧 and 😀", "e\u0301", "\n\t"]
)
def test_written_text_is_what_the_library_reads(text):
    first = updates.insertion(LEASED + 5, 0, "s:problem", text)
    end = updates.utf16_len(text)
    second = updates.insertion(9, 0, "s:problem", "!", after=(LEASED + 5, end - 1))
    third = updates.insertion(9, 1, "s:problem", ">", before=(LEASED + 5, 0))

    assert updates.utf16_len(text) == len(text.encode("utf-16-le")) // 2
    assert text_of(pycrdt.merge_updates(first, second, third), "s:problem") == f">{text}!"
    assert updates.read(first).ranges == {LEASED + 5: (0, end)}


@pytest.mark.parametrize("value", ["city", "university", 1, 2.5, -3, True, False, None])
@pytest.mark.parametrize("root", ["steps", "addressees"])
def test_set_entry_is_what_the_library_reads(root, value):
    data = updates.setting(9, 0, root, "abc123.pos", value)
    again = updates.setting(9, 1, root, "abc123.pos", 7, after=(9, 0))
    document = pycrdt.Doc()
    document.apply_update(data)

    assert document.get(root, type=pycrdt.Map).to_py() == {"abc123.pos": value}
    assert updates.read(data).structs[0].value == value
    document.apply_update(again)
    assert document.get(root, type=pycrdt.Map).to_py() == {"abc123.pos": 7}


def test_state_vector_is_read_as_written():
    state = {5: 3, LEASED + 1: 70_000}

    assert updates.read_state_vector(updates.state_vector(state.items())) == state
    assert updates.read_state_vector(b"\0") == {}
    for bad in (b"", b"\1", b"\1\5", b"\2\5\1\5\1", b"\1\5\1\0", b"\xff\xff\xff\xff\x0f"):
        with pytest.raises(BadUpdate):
            updates.read_state_vector(bad)


@pytest.mark.parametrize("number", [0, 1, 127, 128, 16_383, 16_384, 2**32, 2**53 - 1])
def test_number_is_read_as_written(number):
    assert Cursor(numbers(number)).number() == number


# ---- What nobody may send ----


def struct(info, rest, *, client=7, clock=0):
    return numbers(1, 1, client, clock) + bytes([info]) + rest + b"\0"


TITLE = b"\1\5title"
STEP = b"\1\5steps\x0aabc123.pos"
LEVEL = b"\1\x0aaddressees\x0cabc123.level"
NESTED = b"\x75\1" * 8_000 + b"\x7e"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "cut short"),
        (b"\0", "cut short"),
        (HELLO + b"\0", "something follows"),
        (HELLO[:-1], "cut short"),
        (HELLO[:-4], "cut short"),
        (b"\0" * 40_000, "too large"),
        (b"\xff\xff\xff\xff\x0f\0", "too many"),
        (b"\1\xff\xff\xff\xff\x0f\7\0", "too many"),
        (b"\x80" * 12, "number"),
        (b"\xff" * 7 + b"\x7f", "number"),
        (numbers(1, 0, 7, 0, 0), "client twice, or without structs"),
        (struct(0x04, TITLE + b"\3a\xffb"), "not UTF-8"),
        (struct(0x04, TITLE + b"\3\xed\xa0\x80"), "not UTF-8"),
        (struct(0x04, TITLE + b"\0"), "length"),
        (struct(0x04, b"\1\4body\1a"), "root"),
        (struct(0x04, b"\1\5steps\1a"), "root"),
        (struct(0x04, b"\1\x07p:x:who\1a"), "root"),
        (struct(0x04, b"\0\7\0\1a"), "nested"),
        (struct(0x24, b"\1\5steps\x0aabc123.pos\1a"), "root"),
        (struct(0xA4, b"\7\0\1a"), "text in a map"),
        (struct(0x28, b"\1\5steps\x0bsomething.x\1\x7e"), "root"),
        (struct(0x28, b"\1\5title\x0aabc123.pos\1\x7e"), "root"),
        (struct(0x08, TITLE + b"\1\x7e"), "root"),
        (struct(0x04, b"\1\x0aaddressees\1a"), "root"),
        (struct(0x04, b"\1\x08a:abc123\1a"), "root"),
        (struct(0x04, b"\1\x0ea:abc123:level\1a"), "root"),
        (struct(0x04, b"\1\x0aa:x:office\1a"), "root"),
        (struct(0x24, LEVEL + b"\1a"), "root"),
        (struct(0x28, b"\1\5steps\x0cabc123.level\1\x77\4city"), "root"),
        (struct(0x28, b"\1\x0aaddressees\x0dabc123.office\1\x7e"), "root"),
        (struct(0x28, b"\1\x0aaddressees\x0dabc123.level \1\x7e"), "root"),
        (struct(0x28, b"\1\x0fa:abc123:office\x0aabc123.pos\1\x7e"), "root"),
        (struct(0x28, LEVEL + b"\1\x77\0"), "word"),
        (struct(0x28, LEVEL + b"\1\x77\4City"), "word"),
        (struct(0x28, LEVEL + b"\1\x77\4king"), "word"),
        (struct(0x28, LEVEL + b"\2\x77\4city\x77\4king"), "word"),
        (struct(0x28, STEP + b"\1\x77\4soon"), "word"),
        # In the place of an entry, of which it does not say the name.
        (struct(0xA8, b"\7\0\1\x77\4king"), "word"),
        (struct(0x28, LEVEL + b"\1" + NESTED), "not a scalar"),
        (struct(0x28, STEP + b"\0"), "scalars"),
        (struct(0x28, STEP + b"\1" + NESTED), "not a scalar"),
        (struct(0x28, STEP + b"\1\x76\0"), "not a scalar"),
        (struct(0x28, STEP + b"\1\x74\0"), "not a scalar"),
        (struct(0x28, STEP + b"\1\x7a" + b"\1" * 8), "not a scalar"),
        (struct(0x28, STEP + b"\1\x7d" + b"\xff" * 12), "number"),
        (struct(0x28, STEP + b"\1\x77\xc9\1" + b"a" * 201), "scalar too long"),
        (struct(0x07, TITLE + b"\2"), "content"),
        (struct(0x06, TITLE + b'\1a\x01"'), "content"),
        (struct(0x05, TITLE + b"\4null"), "content"),
        (struct(0x02, TITLE + b"\1\1a"), "content"),
        (struct(0x03, TITLE + b"\1a"), "content"),
        (struct(0x09, TITLE + b"\1a\0"), "content"),
        (struct(0x0A, b"\5"), "content"),
        (struct(0x20, b"\5"), "flags of a collected struct"),
        (struct(0x01, TITLE + b"\xff\xff\xff\xff\x0f"), "length"),
        (numbers(2, 1, 7, 0) + b"\0\1" + numbers(1, 7, 1) + b"\0\1\0", "client twice, or without structs"),
        (numbers(0, 1, 7, 1, 0, 0), "deleted range"),
        (numbers(0, 1, 7, 0), "client twice, or without deletes"),
        (numbers(0, 1, 7, 1, 2**31, 5), "deleted range"),
    ],
)  # fmt: skip
def test_hostile_bytes_are_refused(data, why):
    assert reason(data) == why


def test_version_2_of_the_encoding_is_refused():
    # The same greeting as Yjs's encodeStateAsUpdateV2 writes it.
    reason(bytes.fromhex("00000107000001040d0a7469746c6548656c6c6f45000101000001010000"))


def test_other_floats_are_read():
    assert updates.read(struct(0x28, STEP + b"\1\x7c\x3f\x80\0\0")).structs[0].value == 1.0
    assert updates.read(struct(0x28, STEP + b"\1\x7d\x41")).structs[0].value == -1
    assert updates.read(struct(0x28, STEP + b"\1\x7d\x81\2")).structs[0].value == 129


# ---- What does not fit ----


def check(data, state, mine=lambda _: True):
    updates.check(updates.read(data), state, mine)


def test_work_under_another_id_is_refused():
    with pytest.raises(BadUpdate, match="another's"):
        check(HELLO, {}, lambda client: client == 8)


@pytest.mark.parametrize(
    ("data", "state"),
    [
        (updates.insertion(7, 3, "title", "x"), {7: 2}),
        (updates.insertion(7, 0, "title", "x", after=(8, 5)), {8: 5}),
        (updates.insertion(7, 0, "title", "x", before=(8, 5)), {}),
        # Beside itself, and beside what comes after it.
        (updates.insertion(7, 0, "title", "x", after=(7, 0)), {}),
        (updates.insertion(7, 1, "title", "xyz", after=(7, 2)), {7: 1}),
        (numbers(0, 1, 8, 1, 2, 3), {8: 4}),
    ],
)
def test_holes_are_refused_but_may_be_filled(data, state):
    with pytest.raises(Gap):
        check(data, state)


def test_clients_may_build_on_each_other_but_not_in_a_circle():
    def both(first, second):
        return pycrdt.merge_updates(first, second)

    after = updates.insertion(7, 0, "title", "x", after=(8, 0))
    start = updates.insertion(8, 0, "title", "y")

    check(both(after, start), {})
    with pytest.raises(Gap, match="neighbour"):
        check(both(after, updates.insertion(8, 0, "title", "y", after=(7, 0))), {})


def test_what_is_stored_is_trimmed_so_that_nobody_says_two_things():
    other = updates.insertion(7, 0, "title", "HELLO!")
    state = {7: 5}

    trimmed = updates.trim(other, updates.read(other), state, pycrdt.get_update)

    assert updates.read(trimmed).ranges == {7: (5, 6)}
    assert text_of(pycrdt.merge_updates(HELLO, trimmed)) == "Hello!"
    again = updates.trim(HELLO, updates.read(HELLO), state, pycrdt.get_update)
    assert again == EMPTY
    assert updates.trim(HELLO, updates.read(HELLO), {}, pycrdt.get_update) is HELLO


@pytest.mark.parametrize(("words", "stored"), [("a😀", 2), ("😀😀", 1)])
def test_nothing_is_cut_through_a_character(words, stored):
    edit = updates.insertion(7, 0, "title", words)

    with pytest.raises(BadUpdate):
        updates.trim(edit, updates.read(edit), {7: stored}, pycrdt.get_update)


def test_many_updates_are_merged_into_one():
    parts = [
        updates.insertion(7, n, "title", "ab"[n % 2], (7, n - 1) if n else None) for n in range(500)
    ]

    assert text_of(updates.merged(parts, pycrdt.merge_updates)) == "ab" * 250
    assert updates.merged([], pycrdt.merge_updates) == EMPTY


# ---- Whatever passes harms nobody ----


@pytest.mark.parametrize("mutants", [MUTANTS, pytest.param(MANY_MUTANTS, marks=pytest.mark.slow)])
def test_mutants_that_pass_harm_no_document(mutants):
    """Each accepted log is read in a child, as the worker does; a dead child fails the test."""
    dice = random.Random(mutants)
    child = edits.reading_child()
    passed = tried = 0
    while tried < mutants:
        hall = edits.Hall(dice.randrange(10**9))
        hall.write(60)
        log, state = hall.log_and_state()
        for _ in range(100):
            tried += 1
            mutant = edits.mutant(dice, hall.log)
            try:
                update = updates.read(mutant)
                updates.check(update, state, lambda client: client < LEASED)
                mutant = updates.trim(mutant, update, state, pycrdt.get_update)
            except BadUpdate:
                continue
            if mutant != EMPTY:
                passed += 1
                log.append(mutant)
                state |= {c: max(state.get(c, 0), end) for c, (_, end) in update.ranges.items()}
        answer, snapshot = child.ask({"sources": {"1": 1}, "snap": True}, log, seconds=20)
        assert "error" not in answer, answer
        again, _ = child.ask({"sources": {"1": 1}}, snapshot, seconds=20)
        # Where somebody lied about neighbours, order is the library's affair, and origin nobody's.
        assert {**again["text"], "passages": 0} == {**answer["text"], "passages": 0}
    child.stop()
    assert passed > tried / 100
