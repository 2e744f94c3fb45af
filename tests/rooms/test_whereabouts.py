"""Where people write: counted once each, forgotten when they are silent, and never by name."""

import pytest

from facilitator.events import ticker
from facilitator.models import Phase
from facilitator.rooms import whereabouts
from facilitator.rooms.whereabouts import FRESH, MOST, Place, Whereabouts
from tests.phones import Phone, story, until
from tests.running import House, Server, running
from tests.services import POSTGRES, REDIS, fresh_database, has_redis


class Clock:
    """A time that goes on when it is told to."""

    now = 1_000.0

    def monotonic(self):
        return self.now

    def time_ns(self):
        return int(self.now * 1e9)


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(whereabouts, "time", clock)
    return clock


@pytest.fixture
def hints(monkeypatch):
    """What the other processes are told."""

    class Sent(dict):
        send = dict.__setitem__

        def __bool__(self):
            return True

    sent = Sent()
    monkeypatch.setattr(ticker, "hints", sent)
    return sent


def at(clock, part, holder, draft=7):
    return Place(draft, part, holder, clock.now + FRESH)


def test_two_pages_of_one_person_count_once_and_a_move_is_a_move(clock):
    here = Whereabouts()
    here.put("phone", at(clock, "problem", "seat 1"))
    here.put("laptop", at(clock, "problem", "seat 1"))
    here.put("other", at(clock, "problem", "seat 2"))
    assert here.parts(7) == {"problem": 2}

    here.put("other", at(clock, "steps", "seat 2"))
    assert here.parts(7) == {"problem": 1, "steps": 1}
    assert here.parts(8) == {}

    here.put("other", at(clock, "steps", "seat 2", draft=8))
    here.drop("other", 7)
    here.drop("phone")
    here.drop("laptop", 7)
    assert (here.parts(7), here.parts(8)) == ({}, {"steps": 1})


def test_only_what_changes_is_told(clock):
    here = Whereabouts()
    here.put("a", at(clock, "problem", "seat 1"))
    seq = here.seqs[7]
    here.put("a", at(clock, "problem", "seat 1"))
    here.drop("nobody")
    assert here.seqs[7] == seq

    here.drop("a")
    assert here.seqs[7] == seq + 1


def test_who_says_nothing_for_long_is_no_longer_there(clock):
    here = Whereabouts()
    here.put("silent", at(clock, "problem", "seat 1"))
    clock.now += FRESH / 2
    here.put("speaks", at(clock, "problem", "seat 2"))
    clock.now += FRESH / 2
    here.sweep()
    assert here.parts(7) == {"problem": 1}


def test_processes_add_up_what_they_tell_each_other(clock, hints):
    there, here = Whereabouts(), Whereabouts()
    there.put("a", at(clock, "problem", "seat 1"))
    there.put("b", at(clock, "problem", "seat 2"))
    [(name, number)] = hints.items()
    here.put("c", at(clock, "problem", "seat 3"))
    here.learn(name, number)
    assert here.parts(7) == {"problem": 1}, "what this process said itself does not count twice"

    theirs = name.replace(whereabouts.PROCESS, "another")
    here.learn(theirs, number)
    assert here.parts(7) == {"problem": 3}
    here.learn(theirs, number - MOST + 9)
    assert here.parts(7) == {"problem": 3}, "an older hint that comes later says nothing"

    clock.now += 1
    there.drop("a")
    there.drop("b")
    here.learn(theirs, hints[name])
    assert here.parts(7) == {"problem": 1}


def test_a_process_that_ends_is_forgotten(clock, hints):
    there, here = Whereabouts(), Whereabouts()
    there.put("a", at(clock, "problem", "seat 1"))
    [(name, number)] = hints.items()
    here.learn(name.replace(whereabouts.PROCESS, "another"), number)
    seq = here.seqs[7]
    clock.now += FRESH
    here.sweep()
    assert (here.parts(7), here.seqs[7]) == ({}, seq + 1)


# ---- over real sockets ----


class Page(Phone):
    """A page that keeps what it was told of the draft it has open."""

    parts = None

    def heard(self, message):
        super().heard(message)
        if message[0] == "here":
            self.parts = message[1]["things"][-1][2]

    async def write(self, draft, part):
        answer = await self.line.ask("here", {"recommendation": draft, "part": part})
        self.parts = answer["ok"]["parts"]


async def begun(ports, house):
    lead = Phone(ports, house.lead())
    await until(lambda: lead.seq is not None)
    await lead.do("room.move", to=list(Phase).index(Phase.DRAFT))
    made = await lead.do("recommendation.start", title="A desk", lang="en", theme=None)
    await lead.leave()
    return made["id"]


async def here_and_gone(ports, house):
    draft = await begun(ports, house)
    ana, ben, eve = (Page([port], house.seat()) for port in (ports[0], ports[-1], ports[-1]))
    await until(lambda: all(page.seq is not None for page in (ana, ben, eve)))
    await eve.write(draft, None)
    await ana.write(draft, "problem")
    await ben.write(draft, "problem")
    for page in (ana, ben, eve):
        await until(lambda page=page: page.parts == {"problem": 2})
    await ben.write(draft, "steps")
    await until(lambda: ana.parts == eve.parts == {"problem": 1, "steps": 1})
    await ben.leave()
    await until(lambda: ana.parts == eve.parts == {"problem": 1})
    await ana.line.ask("leave", {"recommendation": draft})
    await until(lambda: eve.parts == {})
    bad = [None, {}, {"recommendation": draft}, {"recommendation": draft, "part": "Zażółć"}]
    answers = [await eve.line.ask("here", one) for one in bad]
    assert {one["code"] for one in answers} == {"bad_shape"}
    gone = await eve.line.ask("here", {"recommendation": 99, "part": None})
    assert gone["code"] == "gone"
    for page in (ana, eve):
        await page.leave()


def test_pages_hear_how_many_write_where(tmp_path):
    server = Server(tmp_path)
    with House(server) as house, running(server):
        story(here_and_gone([server.port], house))


@pytest.mark.postgres
@pytest.mark.redis
def test_pages_of_two_processes_hear_of_each_other(tmp_path):
    if not has_redis():
        pytest.skip(f"NO REDIS at {REDIS}: set TEST_REDIS_URL")
    with fresh_database(POSTGRES) as url:
        settings = {"database_url": url, "redis_url": REDIS, "SECRET_KEY": f"a secret {tmp_path}"}
        servers = [Server(tmp_path / name, **settings) for name in ("one", "two")]
        for server in servers:
            server.folder.mkdir()
        with House(servers[0]) as house, running(*servers):
            story(here_and_gone([server.port for server in servers], house))
