"""Rankings are counted as an independent library counts them."""

from collections import Counter

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from votelib.convert import RankedToCondorcetVotes
from votelib.evaluate.condorcet import Schulze
from votelib.evaluate.core import Tie
from votelib.evaluate.sequential import TransferableVoteSelector

from facilitator.rooms.methods import METHODS

CHOICES = "abcde"
ORDERS = st.lists(st.permutations(CHOICES).map(tuple), min_size=1, max_size=25)
#: Larger crowds, in which ties are rare.
CROWDS = st.dictionaries(
    st.permutations(CHOICES).map(tuple), st.integers(1, 97), min_size=3, max_size=12
).map(lambda crowd: list(Counter(crowd).elements()))


def outcome(orders, count):
    papers = [{choice: rank for rank, choice in enumerate(order, 1)} for order in orders]
    return METHODS["ranking"].count(papers, CHOICES, {"count": count})


def votelib_winners(orders):
    """Its list of one winner, or of all that it cannot tell apart."""
    duels = RankedToCondorcetVotes().convert(Counter(orders))
    [first] = Schulze().evaluate(duels, 1)
    return set(first) if isinstance(first, Tie) else {first}


@settings(max_examples=200, deadline=None)
@given(orders=ORDERS)
def test_schulze_has_the_winner_that_votelib_has(orders):
    ours = set(outcome(orders, "schulze").order[0])
    assume(len(ours) == 1)  # it breaks some ties by the number of choices beaten
    assert votelib_winners(orders) == ours


@settings(max_examples=200, deadline=None)
@given(orders=CROWDS)
def test_run_off_has_the_winner_that_votelib_has(orders):
    found = outcome(orders, "runoff")
    fewest = [list(votes.values()).count(min(votes.values())) for votes in found.detail["rounds"]]
    assume(all(n == 1 for n in fewest))  # it takes those tied for the last place out one by one
    one_seat = TransferableVoteSelector(quota_function=None, mandatory_quota=False)
    assert one_seat.evaluate(Counter(orders), 1) == found.order[0]
