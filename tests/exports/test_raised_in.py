"""Where a recommendation was raised is printed, where a forum met in several places."""

from dataclasses import replace

from exports import to_markdown
from exports.document import SourceImport
from tests.exports.make import sample
from tests.exports.test_soundness import with_first


def printed(document):
    return to_markdown.render(document).decode()


def test_towns_of_the_sources_are_named_in_the_order_of_the_meetings():
    document = sample()
    towns = list(dict.fromkeys(one.city for one in document.forum.meetings))
    assert len(towns) > 1
    told = [line.partition("spotkaniach: ")[2] for line in printed(document).splitlines()]
    told = [line.split(", ") for line in told if line]

    assert told
    for named in told:
        assert named == [town for town in towns if town in named]


def test_forum_of_one_meeting_does_not_say_so():
    document = sample()
    meetings = tuple(replace(one, city="Lublin") for one in document.forum.meetings)
    there = replace(document, forum=replace(document.forum, meetings=meetings))

    assert "spotkaniach: " not in printed(there)


def brought(document, *imports):
    """A document whose first recommendation is made of starting material from elsewhere."""
    first = document.recommendations[0]
    sources = tuple(
        replace(source, imported=one) for source, one in zip(first.sources, imports, strict=False)
    )
    return with_first(document, sources=(*sources, *first.sources[len(sources) :]))


def line_of(document):
    return next(
        (line for line in printed(document).splitlines() if "Zgłoszono wcześniej: " in line), ""
    )


def test_forums_of_sealed_documents_are_named_with_their_places_each_once():
    one = SourceImport(name="Forum Morava", number=3, version="1.0", cities=("Brno", "Zlín"))
    other = SourceImport(name="Forum Morava", number=4, version="1.0", cities=("Zlín", "Olomouc"))
    unplaced = SourceImport(name="Forum Slezsko", number=1, version="2.0")

    assert "Zgłoszono wcześniej: Forum Morava (Brno, Zlín, Olomouc); Forum Slezsko" in line_of(
        brought(sample(), one, other, unplaced)
    )


def test_a_file_that_is_no_sealed_document_is_no_forum():
    assert line_of(brought(sample(), SourceImport(name="texts.csv", number=2))) == ""
    assert line_of(sample()) == ""
