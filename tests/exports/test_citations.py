"""Marks in people's text become notes, wherever text may stand."""

from exports import markup
from exports.citations import bare, blanked, cited, marks_in, numbered
from exports.richtext import Note, Paragraph, Strong, Text, plain


def read(text):
    return cited(markup.to_blocks(text), lambda mark: f"cited-{mark}")


def test_note_stands_behind_the_word_it_is_for():
    assert read("Queues [^i12] grow**, daily[^e3]**.") == (
        Paragraph(
            (
                Text("Queues"),
                Note("cited-i12"),
                Text(" grow"),
                Strong((Text(", daily"), Note("cited-e3"))),
                Text("."),
            )
        ),
    )


def test_marks_are_read_in_lists_quotes_and_tables():
    text = "- one[^i1]\n- two\n\n> said[^e2]\n\n# Head[^i3]\n\n| a[^i4] |\n|---|\n| b[^i5] |"
    assert "[^" not in plain(read(text))
    found = repr(read(text))
    assert [f"cited-{mark}" in found for mark in ("i1", "e2", "i3", "i4", "i5")] == [True] * 5


def test_what_is_no_mark_stays_as_typed():
    text = "[^1] [^i0] [^x3] [i3] [^i] ^i3"
    assert marks_in(text) == []
    assert plain(read(text)) == bare(text) == text


def test_link_behind_a_mark_is_still_a_mark():
    assert "[^i1]" not in plain(read("Here[^i1](and there)"))


def test_marks_can_be_left_out_numbered_or_blanked():
    text = "A[^i7], B [^e2] and A[^i7]"
    order = marks_in(text)
    assert order == ["i7", "e2"]
    assert bare(text) == "A, B  and A"
    assert numbered(text, lambda mark: order.index(mark) + 1) == "A [1], B [2] and A [1]"
    assert len(blanked(text)) == len(text)
    assert "i7" not in blanked(text)
