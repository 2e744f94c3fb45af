"""Wrong codes wait in a line; right ones never do."""

import pytest

from facilitator.pages.guesses import LONGEST_LINE, WAIT, WRONG_FREELY, Guesses, network


@pytest.fixture
def now():
    return [0.0]


@pytest.fixture
def guesses(now):
    return Guesses(lambda: now[0])


def test_each_wrong_code_waits_for_those_before_it(guesses, now):
    free = [guesses.wait("10.0.0.7") for _ in range(WRONG_FREELY)]
    at_once = [guesses.wait("10.0.0.7") for _ in range(3)]
    now[0] = 5.0
    later = guesses.wait("10.0.0.7")

    assert free == [0.0] * WRONG_FREELY
    assert at_once == [WAIT, 2 * WAIT, 3 * WAIT]
    assert later == 3 * WAIT + WAIT - 5.0
    assert guesses.wait("10.0.0.8") == 0.0


def test_line_is_full_for_who_tries_many_at_once_and_for_nobody_else(guesses, now):
    while guesses.wait("10.0.0.7") < LONGEST_LINE:
        assert not guesses.is_full("10.0.0.7")

    assert guesses.is_full("10.0.0.7")
    assert not guesses.is_full("10.0.0.8")

    now[0] = WAIT
    assert not guesses.is_full("10.0.0.7")


def test_guesses_are_forgotten_after_a_minute_and_hold_no_address(guesses, now):
    for _ in range(WRONG_FREELY):
        guesses.wait("10.0.0.7")
    key = guesses.key
    assert all(b"10.0.0" not in name for name in guesses.wrong)

    now[0] = 60.0

    assert guesses.wait("10.0.0.7") == 0.0
    assert guesses.key != key


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:10.0.0.7", "10.0.0.7", True),
        ("10.0.0.7", "10.0.0.8", False),
        ("unix", "unix", True),
    ],
)
def test_addresses_of_one_network_count_together(one, other, same):
    assert (network(one) == network(other)) is same
