"""Voting methods: what a valid paper is, how papers add up, and what is promised of them."""

from collections.abc import Collection, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.rooms.methods import METHODS, base
from tests.rooms.papers import CHOICES, TENNESSEE, WAYS, paper, ranked, support


def choices_of(method):
    return METHODS[method].answers or CHOICES


def counted(way, papers):
    method, options = WAYS[way]
    return METHODS[method].count(papers, choices_of(method), options)


# ---- What a valid paper is -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("way", "marks", "valid"),
    [
        ("approval", {"1": 1, "3": 1}, True),
        ("approval", {"1": 2}, False),
        ("dots", {"1": 4, "2": 1}, True),
        ("dots", {"1": 4, "2": 2}, False),
        ("dots", {"1": 0}, False),
        ("yes_no", {"abstain": 1}, True),
        ("yes_no", {"yes": 2}, False),
        ("yes_no", {"yes": 1, "no": 1}, False),
        ("score", {"1": 0, "2": 5}, True),
        ("score", {"1": 6}, False),
        ("score", {"1.1": 3}, False),
        ("criteria", {"1.1": 3, "2.2": 0}, True),
        ("criteria", {"1": 3}, False),
        ("criteria", {"1.3": 3}, False),
        ("schulze", {"1": 2, "2": 1}, True),
        ("schulze", {"1": 1, "2": 3}, False),
        ("schulze", {"1": 1, "2": 1}, False),
        ("runoff", {"1": 0, "2": 1}, False),
        ("consent", {"block": 1}, True),
        ("consent", {"agree": 1, "aside": 1}, False),
        ("gradients", {"support_reserved": 1}, True),
        ("gradients", {"agree": 1}, False),
        ("budget", {"1": 1, "2": 1}, True),
        ("budget", {"1": 1, "4": 1}, False),
        ("budget", {"1": 2}, False),
    ],
)
def test_paper_is_valid_or_not(way, marks, valid):
    method, options = WAYS[way]
    assert METHODS[method].accepts(marks, choices_of(method), options) is valid


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("n", [-1, 0.5, 1.0, True, 7, "1", None])
def test_no_method_takes_what_is_no_number_of_its_own(way, n):
    method, options = WAYS[way]
    first = "1.1" if way == "criteria" else choices_of(method)[0]
    assert METHODS[method].accepts({first: n}, choices_of(method), options) is False


@pytest.mark.parametrize("way", WAYS)
def test_every_method_refuses_what_is_not_on_the_paper_and_takes_an_empty_one(way):
    method, options = WAYS[way]
    assert METHODS[method].accepts({"9": 1}, choices_of(method), options) is False
    assert METHODS[method].accepts({}, choices_of(method), options) is True


# ---- Worked examples -----------------------------------------------------------------------------


def test_approval_of_the_capital_of_tennessee():
    """Everyone approves the two nearest: Wikipedia, “Approval voting”, example."""
    both = {order[:2]: n for order, n in TENNESSEE.items()}
    papers = [dict.fromkeys(pair, 1) for pair, n in both.items() for _ in range(n)]

    outcome = METHODS["approval"].count(papers, "MNCK", {})

    assert outcome.counts == {"M": 42, "N": 68, "C": 58, "K": 32}
    assert outcome.order == [["N"], ["C"], ["M"], ["K"]]


def test_scores_of_the_capital_of_tennessee():
    """Scores by distance, from 0 to 5: Wikipedia, “STAR voting”, example, first round."""
    scores = {(5, 2, 1, 0): 42, (0, 5, 2, 1): 26, (0, 3, 5, 4): 15, (0, 2, 4, 5): 17}
    papers = [dict(zip("MNCK", row, strict=True)) for row, n in scores.items() for _ in range(n)]

    outcome = METHODS["score"].count(papers, "MNCK", {})

    assert outcome.counts == {"M": 2.1, "N": 2.93, "C": 2.37, "K": 1.71}
    assert outcome.order == [["N"], ["C"], ["M"], ["K"]]


def test_a_nought_is_an_opinion_and_silence_is_none():
    outcome = METHODS["score"].count([{"1": 4, "2": 0}, {"1": 2}], "123", {})

    assert outcome.counts == {"1": 3, "2": 0, "3": 0}
    assert outcome.order == [["1"], ["2"], ["3"]]
    assert outcome.detail == {
        "means": {"1": 3, "2": 0},
        "opinions": {"1": 2, "2": 1, "3": 0},
    }


def test_criteria_weigh_as_they_are_told():
    """The average of 4 (three times) and 2 (once) is 3.5; the other way round 2.5."""
    outcome = counted("criteria", [{"1.1": 4, "1.2": 2, "2.1": 2, "2.2": 4}])

    assert (outcome.counts["1"], outcome.counts["2"]) == (3.5, 2.5)


@pytest.mark.parametrize(
    ("orders", "expected"),
    [
        # M. Schulze (2011), section 3.1: the relation is ab, ac, cb, da, db, dc.
        ({"acdb": 8, "badc": 2, "cdba": 4, "dbac": 4, "dcba": 3}, "dacb"),
        # Wikipedia, “Schulze method”, the example of 45 voters: E > A > C > B > D.
        (
            {
                "ACBED": 5,
                "ADECB": 5,
                "BEDAC": 8,
                "CABED": 3,
                "CAEBD": 7,
                "CBADE": 2,
                "DCEBA": 7,
                "EBADC": 8,
            },
            "EACBD",
        ),
        # The capital of Tennessee has a Condorcet winner: Nashville.
        (TENNESSEE, "NCKM"),
    ],
)
def test_schulze_puts_in_order_as_published(orders, expected):
    choices = sorted(next(iter(orders)))
    outcome = METHODS["ranking"].count(ranked(orders), choices, {"count": "schulze"})

    assert outcome.order == [[choice] for choice in expected]


def test_schulze_compares_two_by_two_as_published():
    """M. Schulze (2011), section 3.1: the matrix of comparisons."""
    orders = {"acdb": 8, "badc": 2, "cdba": 4, "dbac": 4, "dcba": 3}
    outcome = METHODS["ranking"].count(ranked(orders), "abcd", {"count": "schulze"})

    assert outcome.detail["duels"] == {
        "a": {"b": 8, "c": 14, "d": 10},
        "b": {"a": 13, "c": 6, "d": 2},
        "c": {"a": 7, "b": 15, "d": 12},
        "d": {"a": 11, "b": 19, "c": 9},
    }


def test_run_off_of_the_capital_of_tennessee():
    """Knoxville wins: Wikipedia, “Instant-runoff voting”, Tennessee example."""
    outcome = METHODS["ranking"].count(ranked(TENNESSEE), "MNCK", {"count": "runoff"})

    assert outcome.detail["rounds"][:3] == [
        {"M": 42, "N": 26, "C": 15, "K": 17},
        {"M": 42, "N": 26, "K": 32},
        {"M": 42, "K": 58},
    ]
    assert outcome.order == [["K"], ["M"], ["N"], ["C"]]


def test_run_off_can_punish_moving_a_choice_up():
    """Why the promise is about new papers only: ten voters who lift the winner make it lose."""
    before = {"ABC": 39, "BCA": 35, "CAB": 26}
    after = {"ABC": 49, "BCA": 25, "CAB": 26}
    first = [
        METHODS["ranking"].count(ranked(orders), "ABC", {"count": "runoff"}).order[0]
        for orders in (before, after)
    ]
    assert first == [["A"], ["C"]]


@pytest.mark.parametrize("count", ["schulze", "runoff"])
def test_ties_are_shown_as_ties(count):
    papers = ranked({"ab": 1, "ba": 1, "c": 1})
    outcome = METHODS["ranking"].count(papers, "abcd", {"count": count})

    assert set(outcome.order[0]) >= {"a", "b"}
    assert outcome.order[-1] == ["d"]


def test_knapsack_pays_for_what_most_people_would_buy():
    """Goel and others (2019), section 1: by votes, as long as the money lasts."""
    papers = [{"1": 1, "2": 1}, {"1": 1, "3": 1}, {"4": 1}, {"1": 1, "2": 1}]
    outcome = counted("budget", papers)

    assert outcome.counts == {"1": 3, "2": 2, "3": 1, "4": 1}
    assert outcome.detail == {"funded": ["1", "2"], "tied": [], "left": 20}


def test_a_tie_for_the_last_money_is_shown_as_one():
    outcome = counted("budget", [{"1": 1, "2": 1}, {"1": 1, "3": 1}])
    assert outcome.detail == {"funded": ["1"], "tied": ["2", "3"], "left": 50}


def test_consent_and_gradients_say_who_is_for_and_against():
    for way, answers, expected in (
        ("consent", ("agree", "reservation", "aside", "block"), (2, 1, 1, 1)),
        ("gradients", METHODS["gradients"].answers, (3, 3, 2, 1)),
        ("yes_no", ("yes", "yes", "no", "abstain"), (2, 1, 1, 0)),
    ):
        outcome = counted(way, [{answer: 1} for answer in answers])
        assert METHODS[WAYS[way][0]].sides(outcome.counts) == expected


@pytest.mark.parametrize("name", ["approval", "dots", "score", "ranking", "budget"])
def test_comparing_has_no_sides(name):
    assert METHODS[name].sides({"1": 5}) is None


# ---- Promises ------------------------------------------------------------------------------------


def papers_of(way, **more):
    return st.lists(paper(way, choices_of(WAYS[way][0])), **more)


@pytest.mark.parametrize("way", WAYS)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_order_of_papers_never_matters(way, data):
    papers = data.draw(papers_of(way, max_size=12))
    shuffled = data.draw(st.permutations(papers))

    assert counted(way, papers) == counted(way, shuffled)


@pytest.mark.parametrize("way", WAYS)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_every_paper_by_chance_is_valid_and_nothing_is_left_out(way, data):
    papers = data.draw(papers_of(way, max_size=12))
    method, options = WAYS[way]
    outcome = counted(way, papers)

    assert all(METHODS[method].accepts(marks, choices_of(method), options) for marks in papers)
    assert set(outcome.counts) == set(choices_of(method))
    listed = [choice for place in outcome.order for choice in place]
    assert sorted(listed) == ([] if METHODS[method].answers else sorted(CHOICES))


@pytest.mark.parametrize("way", ["yes_no", "approval", "dots", "consent", "gradients", "budget"])
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_sums_add_up(way, data):
    one, other = data.draw(papers_of(way, max_size=8)), data.draw(papers_of(way, max_size=8))
    both, first, second = (counted(way, papers).counts for papers in (one + other, one, other))

    assert both == {choice: first[choice] + second[choice] for choice in first}
    assert sum(both.values()) == sum(sum(marks.values()) for marks in one + other)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_comparisons_and_rounds_add_up(data):
    papers = data.draw(papers_of("schulze", max_size=12))
    duels = counted("schulze", papers).detail["duels"]
    rounds = counted("runoff", papers).detail["rounds"]

    assert all(duels[a][b] + duels[b][a] <= len(papers) for a in CHOICES for b in CHOICES if a != b)
    assert all(sum(votes.values()) <= len(papers) for votes in rounds)
    assert sum(rounds[0].values()) == sum(bool(marks) for marks in papers)


COMPARING = ["approval", "dots", "score", "criteria", "schulze", "runoff", "budget"]


def successful(way, papers):
    outcome = counted(way, papers)
    return outcome.detail["funded"] if way == "budget" else outcome.order[0]


@pytest.mark.parametrize("way", COMPARING)
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_one_more_paper_for_a_choice_never_makes_it_lose(way, data):
    assert METHODS[WAYS[way][0]].rewards_support
    papers = data.draw(papers_of(way, min_size=1, max_size=12))
    for choice in successful(way, papers):
        assert choice in successful(way, [*papers, support(way, choice)])


@pytest.mark.parametrize(
    ("way", "answer"), [("yes_no", "yes"), ("consent", "agree"), ("gradients", "endorse")]
)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_one_more_answer_in_favour_is_one_more_in_favour(way, answer, data):
    papers = data.draw(papers_of(way, max_size=12))
    method = METHODS[WAYS[way][0]]
    before, after = (
        method.sides(counted(way, found).counts) for found in (papers, [*papers, {answer: 1}])
    )
    assert after == before._replace(favour=before.favour + 1)


# ---- The manual ----------------------------------------------------------------------------------


def test_manual_for_a_new_method_is_true():
    """docs/how-to/add-a-voting-method.md: its class works as it stands there."""
    page = (Path(__file__).parents[2] / "docs/how-to/add-a-voting-method.md").read_text()
    _, _, rest = page.partition("```python\n")
    known = {"Collection": Collection, "Sequence": Sequence, **vars(base)}
    exec("from __future__ import annotations\n" + rest.partition("```")[0], known)
    single = known["Single"]()

    assert [single.accepts(marks, "12", {}) for marks in ({"1": 1}, {"1": 1, "2": 1}, {})] == [
        True,
        False,
        True,
    ]
    assert single.count([{"1": 1}, {"1": 1}, {"2": 1}], "12", {}).order == [["1"], ["2"]]


def test_every_method_has_a_source_a_name_and_a_control():
    static = Path(__file__).parents[2] / "facilitator/static/parts"
    names, papers = (static / "methods.js").read_text(), (static / "papers.js").read_text()
    for name, method in METHODS.items():
        assert len((type(method).__doc__ or "").splitlines()) > 1, name
        assert f"  {name}: {{name: " in names
        assert (
            name == "yes_no" or f"{name}: " in papers.partition("CONTROLS = ")[2].partition(";")[0]
        )
