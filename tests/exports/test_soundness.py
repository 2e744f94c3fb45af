"""References of the model lead somewhere, and small numbers stay hidden."""

from dataclasses import replace

import pytest

from exports import export
from exports.document import (
    AtLeastCell,
    BadDocument,
    BelowCell,
    Change,
    Counted,
    ExactCell,
    FewerThan,
    KeptBackCell,
    Recommendation,
    SectorVotes,
    Span,
)
from exports.richtext import Note, Paragraph
from exports.soundness import check
from tests.exports.make import empty, hostile, sample, single

#: So many values must stay possible for a count that is not printed.
LEFT_OPEN = 3


def with_first(document, **changes):
    """The document with changes to its first recommendation."""
    chapter, *others = document.chapters
    first, *rest = chapter.content
    chapter = replace(chapter, content=(replace(first, **changes), *rest))
    return replace(document, chapters=(chapter, *others))


@pytest.mark.parametrize("document", [sample(), empty(), single(), hostile()])
def test_our_documents_are_sound(document):
    check(document)


def broken():
    whole = sample()
    first, second = whole.recommendations[:2]
    votes = first.support.ballots[0]
    strange = replace(votes, sectors=(SectorVotes(sector="moon", cell=FewerThan(fewer_than=5)),))
    joined = replace(votes, sectors=(replace(votes.sectors[0], joined=("moon",)),))
    source = first.sources[0]
    change = Change(on="2026-01-01", recommendation="rec-0", kind="split", text="x")
    return {
        "two ids of recommendations": with_first(whole, id=second.id),
        "two numbers of recommendations": with_first(whole, number=second.number),
        "two ids of chapters": replace(
            whole, chapters=(*whole.chapters, replace(whole.chapters[0], content=()))
        ),
        "two letters of sources": with_first(whole, sources=(source, source)),
        "two ids of sectors": replace(whole, sectors=whole.sectors * 2),
        "no recommendation is rec-0": replace(
            whole, annexes=replace(whole.annexes, changes=(change,))
        ),
        "no recommendation is rec-1": replace(
            whole, summary=replace(whole.summary, highlights=("rec-1",))
        ),
        "no n99": replace(
            whole, summary=replace(whole.summary, blocks=(Paragraph((Note("n99"),)),))
        ),
        "there is no moon": with_first(whole, support=replace(first.support, ballots=(strange,))),
        "is no moon": with_first(whole, support=replace(first.support, ballots=(joined,))),
        "there is no mars": with_first(whole, sources=(replace(source, meeting="mars"),)),
        "is no b0": with_first(whole, sources=(replace(source, spans=(Span(block="b0"),)),)),
        "must be a BCP 47": replace(whole, lang="POLISH"),
    }


@pytest.mark.parametrize("problem", broken())
def test_reference_that_leads_nowhere_is_refused(problem):
    document = broken()[problem]

    with pytest.raises(BadDocument, match=problem.removeprefix("two ")):
        export(document, "json")


# -- small numbers -------------------------------------------------------------------------


def told(row, total):
    """The smallest and largest value that the print of a cell leaves: (voters, in favour)."""
    match row.cell:
        case FewerThan(fewer_than=k):
            return (0, k - 1), (0, k - 1)
        case ExactCell(voters=n, in_favour=yes):
            return (n, n), (yes, yes)
        case AtLeastCell(voters=n, in_favour_at_least=low):
            return (n, n), (low, n)
        case BelowCell(voters=n, in_favour_below=high):
            return (n, n), (0, high - 1)
        case KeptBackCell(voters=n):
            return (n, n), (0, n)


def left_open(cells, total):
    """The values that a reader who adds up cannot rule out, for each hidden count."""
    low, high = sum(cell[0] for cell in cells), sum(cell[1] for cell in cells)
    return [min(b, total - (low - a)) - max(a, total - (high - b)) + 1 for a, b in cells if a < b]


def check_small_cells(document):
    """No count below k is printed by sector, nor can one be worked out."""
    k = document.method.small_cells
    ballots = [one for r in document.recommendations for one in r.support.ballots if one.sectors]
    for ballot in ballots:
        for row in ballot.sectors:
            voters = getattr(row.cell, "voters", None)
            assert voters is None or voters >= k, (ballot.id, row)
            if isinstance(row.cell, ExactCell):
                assert k <= row.cell.in_favour <= row.cell.voters - k, (ballot.id, row)
        ranges = [told(row, ballot.voters) for row in ballot.sectors]
        for cells, total in zip(
            zip(*ranges, strict=True), (ballot.voters, ballot.in_favour), strict=True
        ):
            assert min(left_open(cells, total), default=LEFT_OPEN) >= LEFT_OPEN, ballot.id
    people = [
        (row.cell.count,) * 2 if isinstance(row.cell, Counted) else (0, row.cell.fewer_than - 1)
        for row in document.method.participants
    ]
    total = document.method.figures["participants"]
    assert min(left_open(people, total), default=LEFT_OPEN) >= LEFT_OPEN, "participants"


def test_no_small_number_of_the_sample_can_be_worked_out():
    check_small_cells(sample())


@pytest.mark.parametrize(
    "cell",
    [
        ExactCell(voters=38, in_favour=36),
        ExactCell(voters=38, in_favour=4),
        AtLeastCell(voters=3, in_favour_at_least=0),
        AtLeastCell(voters=38, in_favour_at_least=37),
    ],
)
def test_check_of_small_numbers_finds_a_leak(cell):
    document = sample()
    ballot = document.recommendations[0].support.ballots[0]
    rows = (replace(ballot.sectors[0], cell=cell), *ballot.sectors[1:])
    support = replace(document.recommendations[0].support, ballots=(replace(ballot, sectors=rows),))

    with pytest.raises(AssertionError):
        check_small_cells(with_first(document, support=support))


def test_recommendations_are_what_they_are_named():
    assert all(isinstance(one, Recommendation) for one in sample().recommendations)
