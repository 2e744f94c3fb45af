"""Where a recommendation was raised is printed, where a forum met in several places."""

from dataclasses import replace

from exports import to_markdown
from tests.exports.make import sample


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
