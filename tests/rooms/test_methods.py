"""Voting methods: what a valid paper is, and how papers add up."""

import pytest

from facilitator.rooms.methods import ANSWERS, METHODS

CHOICES = ("1", "2", "3")


@pytest.mark.parametrize(
    ("method", "marks", "valid"),
    [
        ("approval", {"1": 1, "3": 1}, True),
        ("approval", {"1": 2}, False),
        ("approval", {"9": 1}, False),
        ("approval", {"1": -1}, False),
        ("dots", {"1": 2, "2": 1}, True),
        ("dots", {"1": 3, "2": 1}, False),
        ("dots", {"1": 4, "2": -1}, False),
        ("dots", {"1": 0}, False),
        ("dots", {"9": 1}, False),
        ("yes_no", {"yes": 1}, True),
        ("yes_no", {"abstain": 1}, True),
        ("yes_no", {"yes": 2}, False),
        ("yes_no", {"yes": 1, "no": 1}, False),
        ("yes_no", {"maybe": 1}, False),
        ("approval", {}, True),
        ("dots", {}, True),
        ("yes_no", {}, True),
    ],
)
def test_paper_is_valid_or_not(method, marks, valid):
    choices = ANSWERS if method == "yes_no" else CHOICES
    assert METHODS[method].accepts(marks, choices, {"dots": 3}) is valid


def test_papers_add_up_and_nothing_is_left_out():
    papers = [{"1": 2, "2": 1}, {"2": 3}]
    assert METHODS["dots"].tally(papers, CHOICES) == {"1": 2, "2": 4, "3": 0}
    assert METHODS["dots"].tally([], CHOICES) == {"1": 0, "2": 0, "3": 0}


@pytest.mark.parametrize(
    ("yes", "no", "abstain", "passed"),
    [(3, 2, 9, True), (2, 2, 0, False), (0, 0, 5, False), (1, 0, 0, True), (1, 4, 0, False)],
)
def test_simple_majority_where_abstaining_does_not_count(yes, no, abstain, passed):
    counts = {"yes": yes, "no": no, "abstain": abstain}
    assert METHODS["yes_no"].passed(counts) is passed


def test_comparing_adopts_nothing():
    assert METHODS["dots"].passed({"1": 5}) is None
    assert METHODS["approval"].passed({"1": 5}) is None
