"""Steps of grouping: taken back by who did them and by who leads, and only as far as they stand."""

from contextlib import suppress
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from facilitator.access import ActorRef
from facilitator.actions import Refused
from facilitator.db import db, write
from facilitator.models import Idea, IdeaState, Phase, Role, Support, Theme
from facilitator.rooms import snapshot, theme_steps
from tests import make
from tests.conftest import Phone


@pytest.fixture
def table(join, lead):
    """Ana, Ben and who leads, in a room with four ideas that is grouping them."""
    ana, ben, leader = join("Ana"), join("Ben"), lead()
    for text in ("Benches", "Shade", "Buses", "Trams"):
        ana.act("idea.post", sort="need", question=None, text=text, lang="en")
    leader.go(Phase.GROUP)
    return ana, ben, leader


def board(phone):
    """Where the ideas are, and the themes in their order."""
    phone.hear()
    themes = sorted(phone.all("theme").values(), key=lambda theme: (theme["position"], theme["id"]))
    return {i: idea["theme"] for i, idea in phone.all("idea").items()}, themes


def make_theme(phone, title, *ideas):
    return phone.act("theme.make", title=title, lang="en", ideas=list(ideas))


STEPS = {
    "theme.make": {"title": "New", "lang": "en", "ideas": [1, 4]},
    "theme.rename": {"id": 1, "title": "Another name"},
    "theme.fill": {"theme": 2, "ideas": [1, 4]},
    "theme.merge": {"into": 1, "themes": [2]},
    "theme.split": {"id": 1, "ideas": [2], "title": "Shade", "lang": "en"},
    "theme.order": {"id": 2, "position": 0},
    "theme.aside": {"id": 1, "on": True},
    "theme.remove": {"id": 1},
}


@pytest.mark.parametrize("name", STEPS)
@pytest.mark.parametrize("who", ["ana", "lead"])
def test_every_step_can_be_taken_back_and_done_again(table, name, who):
    ana, ben, leader = table
    make_theme(ana, "Places", 1, 2)
    make_theme(ana, "Ways", 3)
    before = board(ben)
    step = ana.act(name, **STEPS[name])["step"]
    after = board(ben)
    assert after != before
    by = {"ana": ana, "lead": leader}[who]

    answer = by.act("theme.undo", step=step["id"])
    assert answer == {"step": {**step, "undone": True}, "left": 0, "kept": 0}
    assert board(ben) == before
    assert ben.things == ben.fresh()

    assert by.act("theme.redo", step=step["id"])["step"] == step
    assert board(ben) == after
    by.act("theme.undo", step=step["id"])
    assert board(ben) == before
    leader.hear()
    assert leader.things == leader.fresh()


def test_the_very_same_theme_comes_back(table):
    ana, ben, _ = table
    made = make_theme(ana, "Places", 1)
    ben.hear()
    uuid = ben.all("theme")[made["id"]]["uuid"]
    step = ben.act("theme.remove", id=made["id"])["step"]
    ben.act("theme.undo", step=step["id"])

    ben.hear()
    assert ben.all("theme")[made["id"]]["uuid"] == uuid


def test_what_somebody_moved_meanwhile_stays_where_it_is(table):
    ana, ben, _ = table
    ways = make_theme(ben, "Ways")["id"]
    made = make_theme(ana, "Places", 1, 2)
    ben.act("theme.fill", theme=ways, ideas=[2])
    answer = ana.act("theme.undo", step=made["step"]["id"])

    places, themes = board(ben)
    assert places == {1: None, 2: ways, 3: None, 4: None}
    assert [theme["title"] for theme in themes] == ["Ways"]
    assert (answer["left"], answer["kept"]) == (1, 0)


def test_theme_that_others_have_filled_stays(table):
    ana, ben, _ = table
    made = make_theme(ana, "Places", 1)
    ben.act("theme.fill", theme=made["id"], ideas=[2])
    answer = ana.act("theme.undo", step=made["step"]["id"])

    assert board(ben)[0] == {1: None, 2: made["id"], 3: None, 4: None}
    assert (answer["left"], answer["kept"]) == (0, 1)


def test_nothing_is_put_into_a_theme_that_has_ended(table):
    ana, ben, _ = table
    ways = make_theme(ben, "Ways", 1)["id"]
    moved = ana.act("theme.fill", theme=None, ideas=[1])["step"]
    named = ana.act("theme.rename", id=ways, title="Roads")["step"]
    ben.act("theme.remove", id=ways)

    assert ana.act("theme.undo", step=named["id"])["kept"] == 1
    assert ana.act("theme.undo", step=moved["id"])["left"] == 1
    assert board(ben) == ({1: None, 2: None, 3: None, 4: None}, [])


def test_name_and_place_that_others_have_changed_stay(table):
    ana, ben, _ = table
    ways = make_theme(ben, "Ways")["id"]
    step = ana.act("theme.rename", id=ways, title="Roads")["step"]
    ben.act("theme.rename", id=ways, title="Streets")
    answer = ana.act("theme.undo", step=step["id"])

    assert [theme["title"] for theme in board(ben)[1]] == ["Streets"]
    assert answer["kept"] == 1


def test_what_was_withdrawn_or_hidden_meanwhile_is_passed_over(table):
    ana, ben, _ = table
    made = make_theme(ben, "Places", 1, 2, 3)
    ana.act("idea.withdraw", id=1)
    write(lambda: setattr(db.session.get_one(Idea, 2), "state", IdeaState.HIDDEN))
    answer = ben.act("theme.undo", step=made["step"]["id"])

    assert (answer["left"], answer["kept"]) == (0, 0)
    # What is hidden goes along: it may be shown again.
    assert db.session.get_one(Idea, 2).theme_id is None
    assert board(ben) == ({2: made["id"], 3: None, 4: None}, [])


def test_who_leads_knows_where_words_are_that_wait(table):
    ana, _, leader = table
    made = make_theme(ana, "Places", 1, 2)
    leader.hear()
    write(lambda: setattr(db.session.get_one(Idea, 2), "state", IdeaState.HELD))
    leader.things = leader.fresh()
    for name, asked in (
        ("theme.remove", {"id": made["id"]}),
        ("theme.undo", {"step": made["step"]["id"] + 1}),
    ):
        ana.act(name, **asked)
        leader.hear()
        assert leader.things == leader.fresh()


def test_steps_are_taken_back_by_who_did_them_last_one_first(table):
    ana, ben, leader = table
    first, second = make_theme(ana, "Places", 1)["step"], make_theme(ana, "Ways", 2)["step"]
    with pytest.raises(Refused, match="Only who did this"):
        ben.act("theme.undo", step=second["id"])
    with pytest.raises(Refused, match="later first"):
        ana.act("theme.undo", step=first["id"])
    leader.act("theme.undo", step=first["id"])
    ana.act("theme.undo", step=second["id"])

    assert board(ben) == ({1: None, 2: None, 3: None, 4: None}, [])


def test_taking_back_twice_is_taking_back_once(table):
    ana, _, leader = table
    step = make_theme(ana, "Places", 1)["step"]
    leader.act("theme.undo", step=step["id"])

    assert ana.act("theme.undo", step=step["id"])["step"]["undone"]
    assert ana.act("theme.redo", step=step["id"])["step"] == step
    assert leader.act("theme.redo", step=step["id"])["step"] == step


def test_step_of_another_room_is_not_here(table, forum, lead):
    ana, _, _ = table
    step = make_theme(ana, "Places", 1)["step"]
    next_door = lead(room=forum.rooms[1])
    next_door.go(Phase.GROUP)
    with pytest.raises(Refused, match="no longer here"):
        next_door.act("theme.undo", step=step["id"])


def test_what_changes_nothing_is_no_step(table):
    ana, _, leader = table
    made = make_theme(ana, "Places", 1)["id"]
    seq = leader.hear() and leader.seq
    for name, asked in (
        ("theme.fill", {"theme": made, "ideas": [1]}),
        ("theme.rename", {"id": made, "title": " Places "}),
        ("theme.order", {"id": made, "position": 0}),
        ("theme.aside", {"id": made, "on": False}),
        ("theme.merge", {"into": made, "themes": [made]}),
    ):
        assert ana.act(name, **asked) == {"step": None}
    assert leader.hear() == {}
    assert leader.seq == seq


def test_steps_are_told_to_who_leads_and_never_who_did_them(table):
    ana, ben, leader = table
    step = make_theme(ana, "Places", 1, 2)["step"]
    leader.hear(), ben.hear(), ana.hear()

    told = leader.all("theme_step")
    assert told == {step["id"]: step}
    assert step == {
        "id": step["id"],
        "name": "theme.make",
        "about": "Places",
        "ideas": 2,
        "undone": False,
        "at": step["at"],
    }
    assert ben.all("theme_step") == ana.all("theme_step") == {}
    assert (ana.mine["steps"], ben.mine["steps"], leader.mine["steps"]) == ([step], [], [])


def test_who_leads_sees_the_last_steps(table, monkeypatch):
    monkeypatch.setattr(theme_steps, "STEPS_SHOWN", 2)
    monkeypatch.setattr(snapshot, "STEPS_SEEN", 2)
    ana, _, leader = table
    steps = [make_theme(ana, title)["step"]["id"] for title in "ABC"]
    leader.hear()
    assert list(leader.all("theme_step")) == steps[1:]
    leader.act("theme.undo", step=steps[0])
    leader.hear()

    assert list(leader.all("theme_step")) == steps[1:]
    assert leader.things == leader.fresh()


# ---- Random interleavings ------------------------------------------------------------------------

CODES = count(1)
IDEAS = 7
VERBS = ("make", "fill", "fill", "merge", "split", "order", "aside", "remove", "rename")
MOVES = st.tuples(
    st.sampled_from((*VERBS, "undo", "undo", "redo", "support", "withdraw", "restore")),
    st.integers(0, 3),
    st.lists(st.integers(0, IDEAS - 1), min_size=1, max_size=4),
    st.integers(0, 6),
)


class Table:
    """Three seats and who leads, in a room of their own."""

    def __init__(self):
        laid = write(lambda: make.forum(code=f"{next(CODES):05}T"))
        self.room_id = laid.rooms[0].id
        seats = [write(lambda: make.seat(laid, "X", laid.rooms[0], None)) for _ in range(3)]
        grant = write(lambda: make.grant(laid, Role.FACILITATOR))
        self.phones = [Phone(ActorRef(self.room_id, seat_id=seat.id)) for seat in seats]
        self.phones.append(Phone(ActorRef(self.room_id, grant_id=grant.id)))
        self.ideas = [self._posted(n) for n in range(IDEAS)]
        self.phones[-1].go(Phase.GROUP)

    def _posted(self, n):
        fields = {"sort": "need", "question": None, "text": f"Idea {n}", "lang": "en"}
        return self.phones[n % 3].act("idea.post", **fields)["id"]

    def move(self, verb, who, picks, number):
        """One person does one thing; what is refused changes nothing."""
        phone = self.phones[who]
        with suppress(Refused):
            getattr(self, f"_{verb}")(phone, [self.ideas[pick] for pick in picks], number)
        if number % 2:
            phone.hear()  # the others hear of it later

    def _theme(self, phone, number):
        themes = sorted(phone.all("theme")) or [0]
        return themes[number % len(themes)]

    def _make(self, phone, ideas, number):
        phone.act("theme.make", title=f"Theme {number}", lang="en", ideas=ideas)

    def _fill(self, phone, ideas, number):
        theme = self._theme(phone, number) if number else None
        phone.act("theme.fill", theme=theme, ideas=ideas)

    def _merge(self, phone, ideas, number):
        others = [self._theme(phone, pick) for pick in ideas[:2]]
        phone.act("theme.merge", into=self._theme(phone, number), themes=others)

    def _split(self, phone, _, number):
        theme = self._theme(phone, number)
        inside = [i for i, idea in phone.all("idea").items() if idea["theme"] == theme][:2]
        phone.act("theme.split", id=theme, ideas=inside, title="Split", lang="en")

    def _order(self, phone, ideas, number):
        phone.act("theme.order", id=self._theme(phone, ideas[0]), position=number)

    def _aside(self, phone, ideas, number):
        phone.act("theme.aside", id=self._theme(phone, ideas[0]), on=bool(number % 2))

    def _remove(self, phone, _, number):
        phone.act("theme.remove", id=self._theme(phone, number))

    def _rename(self, phone, ideas, number):
        phone.act("theme.rename", id=self._theme(phone, ideas[0]), title=f"Name {number}")

    def _undo(self, phone, _, number, name="theme.undo"):
        phone.hear()
        steps = sorted(phone.all("theme_step")) or [step["id"] for step in phone.mine["steps"]]
        if steps:
            last = steps[-1 - number % min(3, len(steps))]
            phone.act(name, step=last)

    def _redo(self, phone, ideas, number):
        self._undo(phone, ideas, number, "theme.redo")

    def _support(self, phone, ideas, number):
        phone.act("idea.support", id=ideas[0], on=bool(number % 3))

    def _withdraw(self, phone, ideas, _):
        phone.act("idea.withdraw", id=ideas[0])

    def _restore(self, phone, ideas, _):
        phone.act("idea.restore", id=ideas[0])

    def check(self):
        """Every idea is in one place, everybody counts once, and all copies are the same room."""
        db.session.rollback()
        there = set(
            db.session.scalars(select(Theme.id).filter_by(room_id=self.room_id, gone=False))
        )
        ideas = db.session.scalars(select(Idea).filter_by(room_id=self.room_id)).all()
        assert all(idea.theme_id is None or idea.theme_id in there for idea in ideas)
        counted = dict.fromkeys(there, 0)
        query = select(Idea.theme_id, func.count(Support.seat_id.distinct()))
        query = query.join(Support, Support.idea_id == Idea.id).where(Idea.shown())
        for theme, seats in db.session.execute(query.group_by(Idea.theme_id)):
            counted |= {theme: seats} if theme in there else {}
        for phone in self.phones:
            phone.hear()
            assert phone.things == phone.fresh()
            assert {idea.id: idea.theme_id for idea in ideas if idea.state == "shown"} == {
                i: idea["theme"] for i, idea in phone.all("idea").items()
            }
            assert set(phone.all("theme")) == there
            assert {i: told["seats"] for i, told in phone.all("backing").items()} == counted


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(moves=st.lists(MOVES, min_size=5, max_size=35))
def test_every_idea_is_in_exactly_one_place_whatever_people_do(app, moves):
    table = Table()
    for move in moves:
        table.move(*move)
    table.check()
