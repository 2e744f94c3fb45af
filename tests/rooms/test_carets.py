"""Carets of others: where they stand and never whose, told to who asks, gone when somebody goes."""

import pytest

from facilitator.db import db, write
from facilitator.events import SOURCES
from facilitator.models import Forum, Role
from facilitator.rooms import carets
from facilitator.rooms.carets import AT_ONCE, FRESH, MOST, PACE, Carets
from tests.phones import story, until
from tests.rooms.test_whereabouts import Clock, Page, begun, hints
from tests.running import House, Server, running
from tests.services import POSTGRES, REDIS, fresh_database, has_redis

__all__ = ["hints"]

UNIT = [7, 3]


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(carets, "time", clock)
    return clock


def test_a_number_lasts_for_one_stay_and_says_nothing_of_the_page(clock):
    found = Carets()
    first = found.put("page", 7, "s:problem", UNIT)
    assert found.put("page", 7, "s:reasons", None) == first
    assert found.public(7) == {str(first): ["s:reasons"]}

    found.drop("page", 8)
    assert len(found.public(7)) == 1
    found.drop("page", 7)
    assert found.public(7) == {}
    again = found.put("page", 7, "s:problem", UNIT)
    elsewhere = found.put("page", 9, "s:problem", UNIT)
    assert len({first, again, elsewhere}) == 3
    assert (found.public(7), found.public(9)) == ({}, {str(elsewhere): ["s:problem", *UNIT]})


def test_only_what_changes_is_told_and_who_is_silent_is_gone(clock):
    found = Carets()
    found.put("silent", 7, "title", UNIT)
    found.put("silent", 7, "title", UNIT)
    assert found.seqs[7] == 1
    clock.now += FRESH / 2
    speaks = found.put("speaks", 7, "title", None)
    clock.now += FRESH / 2
    found.sweep()
    assert found.public(7) == {str(speaks): ["title"]}
    found.forget("speaks")
    found.forget("nobody")
    assert (found.public(7), found.seqs[7]) == ({}, 4)


def test_in_a_crowd_those_who_come_later_are_not_shown(clock):
    found = Carets()
    numbers = [found.put(f"page {n}", 7, "title", None) for n in range(MOST + 1)]
    assert (None not in numbers[:MOST], numbers[MOST]) == (True, None)
    found.drop("page 0")
    assert found.put("late", 7, "title", None) is not None
    found.clear(7)
    assert found.public(7) == {}


def test_who_moves_more_than_anybody_reads_has_to_wait(clock):
    found = Carets()
    for _ in range(AT_ONCE):
        found.charge("page")
    with pytest.raises(carets.Refused) as refused:
        found.charge("page")
    assert refused.value.retry
    found.charge("another")
    clock.now += PACE
    found.charge("page")


def test_processes_tell_each_other(clock, hints):
    there, here = Carets(), Carets()
    number = there.put("a", 7, "s:problem", UNIT)
    [(name, at)] = hints.items()
    here.learn(name, at)
    assert here.public(7) == {}, "what this process said itself is no news"

    theirs = name.replace(carets.PROCESS, "another")
    here.learn(theirs, at)
    here.learn(theirs, at)
    assert (here.public(7), here.seqs[7]) == ({str(number): ["s:problem", *UNIT]}, 1)
    clock.now += 1
    hints.clear()
    there.put("a", 7, "s:problem", None)
    [(name, later)] = hints.items()
    here.learn(name.replace(carets.PROCESS, "another"), later)
    here.learn(theirs, at)
    assert here.public(7) == {str(number): ["s:problem"]}, "an older hint that comes later is old"
    hints.clear()
    there.drop("a")
    [(name, gone)] = hints.items()
    here.learn(name.replace(carets.PROCESS, "another"), gone)
    assert here.public(7) == {}


def test_a_process_that_ends_is_forgotten_and_one_that_goes_on_says_so(clock, hints):
    there, here = Carets(), Carets()
    there.put("a", 7, "title", None)
    [(name, at)] = hints.items()
    here.learn(name.replace(carets.PROCESS, "another"), at)
    clock.now += FRESH / 2
    hints.clear()
    there.sweep()
    assert list(hints) == [name]
    clock.now += FRESH / 2
    here.sweep()
    assert (here.public(7), here.seqs[7]) == ({}, 2)


@pytest.mark.parametrize("sort", ["recommendation", "minutes"])
def test_no_text_of_an_anonymous_room_has_news_of_carets(forum, lead, sort):
    write(lambda: setattr(db.session.get(Forum, forum.id), "minutes", True))
    leader = lead()
    if sort == "minutes":
        draft = leader.act("minutes.add", title="What was found out", by="", lang="en")["id"]
    else:
        leader.go("draft")
        begun = {"title": "One desk", "lang": "en", "theme": None}
        draft = leader.act("recommendation.start", **begun)["id"]
    number = carets.carets.put("page", draft, "title", None)
    try:
        [told] = SOURCES["carets"].read(draft, -1)
        assert told.data == {str(number): ["title"]}
        leader.act("room.anonymous", on=True)
        [told] = SOURCES["carets"].read(draft, -1)
        assert told.data == {}
    finally:
        carets.carets.forget("page")


# ---- over real sockets ----


class Laptop(Page):
    """A page that keeps what it was told of the carets in the draft it has open."""

    carets = None
    own = None

    def heard(self, message):
        super().heard(message)
        if message[0] == "carets":
            self.carets = message[1]["things"][-1][2]

    async def stand(self, draft, root, unit=None):
        answer = await self.line.ask("caret", {"recommendation": draft, "root": root, "unit": unit})
        self.own, self.carets = answer["ok"]["own"], answer["ok"]["carets"]


#: What is no caret, beside what is none of this room.
BAD = [
    {},
    {"root": "title"},
    {"root": "steps", "unit": None},
    {"root": "s:Zażółć", "unit": None},
    {"root": "s:" + "a" * 31, "unit": None},
    {"root": "title", "unit": [1]},
    {"root": "title", "unit": [1, 2, 3]},
    {"root": "title", "unit": [-1, 2]},
    {"root": "title", "unit": [1 << 53, 2]},
    {"root": "title", "unit": [True, 2]},
    {"root": "title", "unit": ["1", 2]},
    {"root": "title", "unit": None, "name": "Ana"},
]


async def told_and_gone(ports, house):
    draft = await begun(ports, house)
    seats = [house.seat() for _ in range(3)]
    ana, ben, eve = (Laptop([ports[n % len(ports)]], seat) for n, seat in enumerate(seats))
    phone = Laptop([ports[0]], house.seat())
    pages = (ana, ben, eve, phone)
    await until(lambda: all(page.seq is not None for page in pages))
    await phone.write(draft, None)
    await eve.stand(draft, None)
    await ana.stand(draft, "s:problem", [5, 8])
    await ben.stand(draft, "title")
    both = {str(ana.own): ["s:problem", 5, 8], str(ben.own): ["title"]}
    for page in (ana, ben, eve):
        await until(lambda page=page: page.carets == both)
    first = ben.own
    await ben.stand(draft, None)
    await until(lambda: eve.carets == {str(ana.own): ["s:problem", 5, 8]})
    await ben.stand(draft, "title")
    assert ben.own != first, "nobody can follow one person through the afternoon"
    await until(lambda: len(eve.carets) == 2)
    await ben.leave()
    await until(lambda: len(eve.carets) == 1)
    await ana.line.ask("leave", {"recommendation": draft})
    await until(lambda: eve.carets == {})
    gone = await eve.line.ask("caret", {"recommendation": 99, "root": "title", "unit": None})
    assert gone["code"] == "gone"
    assert phone.carets is None, "a phone does not ask, and is not told"
    for page in (ana, eve, phone):
        await page.leave()


async def refused(server, house):
    draft = await begun([server.port], house)
    ana, observer = (
        Laptop([server.port], house.seat()),
        Laptop([server.port], house.lead(Role.OBSERVER, page="read")),
    )
    await until(lambda: ana.seq is not None and observer.seq is not None)
    whole = [
        None,
        {"root": "title", "unit": None},
        *({"recommendation": draft, **one} for one in BAD),
    ]
    answers = [await ana.line.ask("caret", one) for one in whole]
    assert {one.get("code") for one in answers} == {"bad_shape"}
    question = {"recommendation": draft, "root": "title", "unit": None}
    assert (await observer.line.ask("caret", question))["code"] == "not_allowed"
    answers = [await ana.line.ask("caret", question) for _ in range(3 * AT_ONCE)]
    assert {one.get("code") for one in answers} == {None, "retry"}
    for page in (ana, observer):
        await page.leave()


async def anonymous(server, house):
    draft = await begun([server.port], house)
    ana, ben = Laptop([server.port], house.seat()), Laptop([server.port], house.seat())
    lead = Page([server.port], house.lead())
    await until(lambda: all(page.seq is not None for page in (ana, ben, lead)))
    await ana.stand(draft, "title")
    await ben.stand(draft, "title")
    await until(lambda: len(ana.carets) == len(ben.carets) == 2)
    await lead.do("room.anonymous", on=True)
    await ben.stand(draft, "s:problem")
    assert (ben.own, ben.carets) == (None, {})
    await until(lambda: ana.carets == {})
    await ana.stand(draft, "title")
    assert (ana.own, ana.carets) == (None, {})
    for page in (ana, ben, lead):
        await page.leave()


def test_laptops_hear_where_carets_are_and_phones_do_not(tmp_path):
    server = Server(tmp_path)
    with House(server) as house, running(server):
        story(told_and_gone([server.port], house))


def test_what_is_no_caret_is_refused_and_so_is_who_only_reads(tmp_path):
    server = Server(tmp_path)
    with House(server) as house, running(server):
        story(refused(server, house))


def test_an_anonymous_room_tells_none_from_the_moment_of_the_promise(tmp_path):
    server = Server(tmp_path)
    with House(server) as house, running(server):
        story(anonymous(server, house))


@pytest.mark.postgres
@pytest.mark.redis
def test_laptops_at_two_processes_hear_of_each_other(tmp_path):
    if not has_redis():
        pytest.skip(f"NO REDIS at {REDIS}: set TEST_REDIS_URL")
    with fresh_database(POSTGRES) as url:
        settings = {"database_url": url, "redis_url": REDIS, "SECRET_KEY": f"a secret {tmp_path}"}
        servers = [Server(tmp_path / name, **settings) for name in ("one", "two")]
        for server in servers:
            server.folder.mkdir()
        with House(servers[0]) as house, running(*servers):
            story(told_and_gone([server.port for server in servers], house))
