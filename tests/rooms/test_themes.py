"""Themes: ideas that belong together, under a name."""

import pytest

from facilitator.actions import Refused
from facilitator.models import Phase
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
    assert [t["position"] for t in sorting.all("theme").values()] == [0, 1]
    assert first in sorting.all("theme")


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
