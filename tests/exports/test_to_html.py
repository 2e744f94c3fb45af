"""The page: self-contained, without script, its parts in their language, its links within whole."""

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from exports import to_html
from exports.markup import LINK
from tests.exports.make import empty, hostile, sample, single

VOID = {"meta", "br", "link", "img", "input", "hr"}
MAKERS = [sample, single, empty, hostile]


class Page(HTMLParser):
    """Elements with their attributes; complains about what is not closed in order."""

    def __init__(self, data):
        super().__init__()
        self.found, self.open, self.problems = [], [], []
        self.feed(data.decode())
        self.close()

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.problems.append(tag)

    def all(self, name):
        """The values of an attribute."""
        return [attrs[name] for _, attrs in self.found if name in attrs]


@pytest.fixture(params=MAKERS, ids=lambda make: make.__name__)
def page(request):
    return Page(to_html.render(request.param()))


def test_every_element_is_closed(page):
    assert (page.problems, page.open) == ([], [])


def test_nothing_runs_and_nothing_comes_from_elsewhere(page):
    tags = {tag for tag, _ in page.found}
    attributes = {name for _, attrs in page.found for name in attrs}

    assert not tags & {"script", "img", "iframe", "link", "object", "form", "base", "audio"}
    assert not {name for name in attributes if name.startswith("on")} | attributes & {"style"}
    assert not attributes & {"src", "srcset", "action", "formaction", "xlink:href"}
    assert "url(" not in to_html.render(empty()).decode()


def test_links_lead_to_places_that_are_there_or_to_the_web(page):
    ids = page.all("id")
    links = page.all("href")

    assert len(set(ids)) == len(ids)
    assert {one for one in links if one.startswith("#")} <= {f"#{one}" for one in ids}
    assert all(one.startswith("#") or LINK.fullmatch(one) for one in links)
    assert all(
        attrs.get("rel") == "noopener noreferrer nofollow"
        for tag, attrs in page.found
        if tag == "a" and not attrs["href"].startswith("#")
    )


def test_headings_skip_no_level(page):
    levels = [int(tag[1]) for tag, _ in page.found if re.fullmatch("h[1-6]", tag)]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_cells_of_a_header_say_what_they_head(page):
    assert all("scope" in attrs for tag, attrs in page.found if tag == "th")


def test_parts_carry_their_language():
    spoken = set(Page(to_html.render(sample())).all("lang"))

    assert spoken == {"pl", "cs", "uk", "en"}


def test_style_has_light_dark_and_print():
    css = to_html.render(sample()).decode()

    assert all(rule in css for rule in ("prefers-color-scheme: dark", "@media print"))


@pytest.mark.parametrize(
    ("letter", "thread"), [("A", "t1"), ("F", "t6"), ("G", "t1"), ("AB", "t2")]
)
def test_threads_begin_again(letter, thread):
    assert to_html._thread(letter) == thread
