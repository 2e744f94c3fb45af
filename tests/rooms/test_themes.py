"""Themes: ideas that belong together, under a name."""

import pytest

from facilitator.actions import Refused
from facilitator.db import db, write
from facilitator.models import Idea, IdeaState, Phase
from facilitator.rooms import themes


@pytest.fixture
def sorting(join, lead):
    """Ana, in a room with three ideas that is grouping them."""
    ana = join("Ana")
    for text in ("Benches", "Shade", "Buses"):
        ana.act("idea.post", sort="need", question=None, text=text, lang="en")
    lead().go(Phase.GROUP)
    ana.hear()
    return ana


def themes_of(phone):
    phone.hear()
    return {i: idea["theme"] for i, idea in phone.all("idea").items()}


def order_of(phone):
    phone.hear()
    themes = sorted(phone.all("theme").values(), key=lambda theme: theme["position"])
    return [theme["id"] for theme in themes]


def test_theme_takes_its_ideas_along(sorting):
    made = sorting.act("theme.make", title=" Places  to sit ", lang="en", ideas=[1, 2])

    assert themes_of(sorting) == {1: made["id"], 2: made["id"], 3: None}
    assert sorting.all("theme")[made["id"]]["title"] == "Places to sit"


def test_ideas_move_between_themes_and_out_of_them(sorting):
    first = sorting.act("theme.make", title="Places", lang="en", ideas=[1, 2])["id"]
    second = sorting.act("theme.make", title="Ways", lang="en", ideas=[])["id"]
    sorting.act("theme.fill", theme=second, ideas=[2, 3])
    sorting.act("theme.fill", theme=None, ideas=[1])

    assert themes_of(sorting) == {1: None, 2: second, 3: second}
    assert order_of(sorting) == [first, second]


def test_removed_theme_leaves_its_ideas(sorting):
    made = sorting.act("theme.make", title="Places", lang="en", ideas=[1, 2])
    sorting.act("theme.remove", id=made["id"])

    assert themes_of(sorting) == {1: None, 2: None, 3: None}
    assert sorting.all("theme") == {}


def test_what_is_not_here_is_refused_whole(sorting):
    with pytest.raises(Refused, match="ideas is no longer here"):
        sorting.act("theme.make", title="Places", lang="en", ideas=[1, 99])
    with pytest.raises(Refused, match="theme is no longer here"):
        sorting.act("theme.rename", id=99, title="Nothing")

    assert themes_of(sorting) == {1: None, 2: None, 3: None}


def test_room_holds_so_many_themes(sorting, monkeypatch):
    monkeypatch.setattr(themes, "PER_ROOM", 1)
    sorting.act("theme.make", title="Places", lang="en", ideas=[])
    with pytest.raises(Refused, match="as many as it can hold"):
        sorting.act("theme.make", title="Ways", lang="en", ideas=[])


def theme(phone, title, *ideas):
    return phone.act("theme.make", title=title, lang="en", ideas=list(ideas))["id"]


def test_whole_themes_are_merged_in_one_move(sorting):
    places, ways, more = theme(sorting, "Places", 1), theme(sorting, "Ways", 2), theme(sorting, "X")
    sorting.act("theme.merge", into=places, themes=[ways, more, places])

    assert themes_of(sorting) == {1: places, 2: places, 3: None}
    assert order_of(sorting) == [places]
    with pytest.raises(Refused, match="theme is no longer here"):
        sorting.act("theme.fill", theme=ways, ideas=[3])


def test_split_puts_the_new_theme_beside_the_old(sorting):
    places, ways = theme(sorting, "Places", 1, 2), theme(sorting, "Ways", 3)
    made = sorting.act("theme.split", id=places, ideas=[2], title="Shade", lang="en")

    assert themes_of(sorting) == {1: places, 2: made["id"], 3: ways}
    assert order_of(sorting) == [places, made["id"], ways]


def test_only_what_is_in_a_theme_is_split_off(sorting):
    places = theme(sorting, "Places", 1, 2)
    for ideas in ([2, 3], []):
        with pytest.raises(Refused, match="no longer in this theme"):
            sorting.act("theme.split", id=places, ideas=ideas, title="Shade", lang="en")

    assert themes_of(sorting) == {1: places, 2: places, 3: None}


@pytest.mark.parametrize(
    ("moved", "position", "order"),
    [
        (0, 2, [1, 2, 0]),
        (2, 0, [2, 0, 1]),
        (1, 1, [0, 1, 2]),
        (0, 99, [1, 2, 0]),
        (1, -5, [1, 0, 2]),
    ],
)
def test_themes_change_their_order(sorting, moved, position, order):
    made = [theme(sorting, title) for title in ("A", "B", "C")]
    sorting.act("theme.order", id=made[moved], position=position)

    assert order_of(sorting) == [made[n] for n in order]


def test_there_is_always_a_place_between_two_themes(sorting, monkeypatch):
    monkeypatch.setattr(themes, "APART", 2)
    made = [theme(sorting, title) for title in ("A", "B", "C")]
    for _ in range(4):
        last = order_of(sorting)[-1]
        sorting.act("theme.order", id=last, position=1)

    a, b, c = made
    assert order_of(sorting) == [a, b, c]


def test_what_is_put_aside_is_kept_and_not_put_to_the_vote(sorting, lead):
    leader = lead()
    places, ways, more = theme(sorting, "Places", 1), theme(sorting, "Ways"), theme(sorting, "More")
    sorting.act("theme.aside", id=ways, on=True)
    sorting.act("theme.remove", id=more)
    sorting.hear()
    assert [t["aside"] for t in sorting.all("theme").values()] == [False, True]

    leader.go(Phase.DECIDE)
    asked = {"question": "First?", "lang": "en", "method": "approval", "dots": None}
    asked |= {"subject": "themes"}
    with pytest.raises(Refused, match="Between 2 and"):
        leader.act("ballot.open", **asked, things=[])
    with pytest.raises(Refused, match="no longer here"):
        leader.act("ballot.open", **asked, things=[places, more])
    opened = leader.act("ballot.open", **asked, things=[places, ways])

    assert [choice["theme"] for choice in opened["choices"]] == [places, ways]


def test_only_ideas_that_everybody_sees_are_put_into_themes(sorting):
    places = theme(sorting, "Places", 1, 2)
    sorting.hear()
    write(lambda: setattr(db.session.get_one(Idea, 2), "state", IdeaState.HIDDEN))
    with pytest.raises(Refused, match="ideas is no longer here"):
        sorting.act("theme.fill", theme=None, ideas=[2])
    sorting.act("theme.remove", id=places)

    # It is nowhere in the news, and comes back into no theme that has ended.
    assert ("idea", "2") not in sorting.hear()
    assert db.session.get_one(Idea, 2).theme_id is None
