"""What hangs on other units is what those are: words on words, entries on entries."""

import pycrdt
import pytest

from facilitator.rooms import entries, updates
from facilitator.rooms.encoding import numbers
from facilitator.rooms.updates import BadUpdate

WORDS = updates.insertion(7, 0, "title", "Hello")
ENTRY = updates.setting(8, 0, "steps", "abc123.pos", 1)
KNOWN = {7: 5, 8: 1}
NOTED = {7: [], 8: [[0, 1]]}


def sort(data, state=KNOWN, noted=NOTED):
    return entries.sort(updates.check(updates.read(data), state, lambda _: True), state, noted)


def deleted(client, clock, length, origin):
    """What was written and taken out at once."""
    return numbers(1, 1, client, clock) + b"\x81" + numbers(*origin, length) + b"\0"


def test_entries_are_told_from_words():
    assert sort(WORDS, {}, {}) == {}
    assert sort(ENTRY, {}, {}) == {8: [[0, 1]]}
    assert sort(updates.insertion(9, 0, "title", "x", after=(7, 4))) == {}


def test_entry_may_replace_another_whoever_set_it():
    assert sort(updates.setting(9, 0, "steps", "abc123.pos", 2, after=(8, 0))) == {9: [[0, 1]]}
    assert sort(updates.setting(8, 1, "steps", "abc123.pos", 2, after=(8, 0))) == {8: [[0, 2]]}


def test_spans_that_meet_are_one():
    after = pycrdt.merge_updates(
        updates.setting(9, 0, "steps", "abc123.pos", 2, after=(8, 0)),
        updates.insertion(9, 1, "title", "x"),
        updates.setting(9, 2, "steps", "abc123.pos", 3, after=(9, 0)),
        updates.setting(9, 3, "steps", "abc123.gone", value=True),
    )
    assert sort(after) == {9: [[0, 1], [2, 2]]}


def test_what_was_set_and_replaced_at_once_is_an_entry():
    both = pycrdt.merge_updates(
        deleted(9, 0, 2, (8, 0)),
        updates.setting(9, 2, "steps", "abc123.pos", 3, after=(9, 1)),
    )
    assert sort(both) == {9: [[0, 3]]}
    assert sort(deleted(9, 0, 2, (7, 1))) == {}


@pytest.mark.parametrize(
    "data",
    [
        updates.setting(9, 0, "steps", "abc123.pos", 1, after=(7, 0)),
        updates.setting(7, 5, "steps", "abc123.pos", 1, after=(7, 4)),
        # With what is to its right, and nothing to its left
        numbers(1, 1, 9, 0) + b"\x48" + numbers(7, 0) + b"\1\x7d\1\0",
        pycrdt.merge_updates(deleted(9, 0, 2, (7, 1)), updates.setting(9, 2, "steps", "a", 3, after=(9, 1))),
        # Both in one message, whoever comes first in it
        pycrdt.merge_updates(
            updates.insertion(9, 0, "title", "x"),
            updates.setting(10, 0, "steps", "abc123.pos", 1, after=(9, 0)),
        ),
        pycrdt.merge_updates(
            updates.insertion(10, 0, "title", "x"),
            updates.setting(9, 0, "steps", "abc123.pos", 1, after=(10, 0)),
        ),
    ],
)  # fmt: skip
def test_number_is_not_hung_on_a_letter(data):
    with pytest.raises(BadUpdate, match="an entry among words"):
        sort(data)


def test_word_is_not_hung_on_an_entry():
    with pytest.raises(BadUpdate, match="words among entries"):
        sort(updates.insertion(9, 0, "title", "x", after=(8, 0)))
    with pytest.raises(BadUpdate, match="between words and entries"):
        sort(updates.insertion(9, 0, "title", "x", after=(7, 0), before=(8, 0)))


def test_what_is_stored_is_not_what_somebody_says_of_it():
    """The letter 7/4 is sent again as an entry: it would be trimmed, and what hangs on it not."""
    lie = updates.setting(7, 4, "steps", "abc123.pos", 1)
    hung = updates.setting(7, 5, "steps", "abc123.pos", 1, after=(7, 4))
    with pytest.raises(BadUpdate, match="an entry among words"):
        sort(pycrdt.merge_updates(lie, hung))
    # In part: what is left of it goes on where the stored part ends
    with pytest.raises(BadUpdate, match="an entry among words"):
        sort(numbers(1, 1, 7, 4) + b"\x28\1\5steps\x0aabc123.pos\2\x7d\1\x7d\1\0")
    assert sort(updates.insertion(7, 3, "title", "lo world")) == {}
    with pytest.raises(BadUpdate, match="words among entries"):
        sort(updates.insertion(8, 0, "title", "xyz"))


def test_draft_from_before_it_was_noted_is_believed():
    noted = {7: None, 8: None}
    assert sort(updates.setting(9, 0, "steps", "a", 2, after=(8, 0)), noted=noted) == {9: [[0, 1]]}
    assert sort(updates.setting(8, 1, "steps", "a", 2, after=(8, 0)), noted=noted) == {}
    assert sort(updates.insertion(9, 0, "title", "x", after=(7, 0)), noted=noted) == {}
