"""Acknowledged means stored: servers are killed while twenty phones work, and nothing is lost."""

import asyncio
import random
from collections import Counter

import pytest
from sqlalchemy import select

from facilitator.models import Ballot, Echo, Idea, Op, Paper, Phase, Support, Tally
from tests.phones import Phone, agreed, story, until
from tests.running import House, Server, running
from tests.services import POSTGRES, REDIS, fresh_database, has_redis

PHONES, DEEDS = 20, 30


@pytest.mark.slow
def test_killed_server_loses_nothing_and_does_nothing_twice(tmp_path):
    server = Server(tmp_path)
    with House(server) as house, running(server):
        story(a_hall_at_work(house, [server], kills=[server, server, server]))


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.redis
def test_killed_process_of_two_loses_nothing_and_does_nothing_twice(tmp_path):
    if not has_redis():
        pytest.skip(f"NO REDIS at {REDIS}: set TEST_REDIS_URL")
    with fresh_database(POSTGRES) as url:
        servers = [one_of_two(tmp_path / name, url) for name in ("stays", "dies")]
        with House(servers[0]) as house, running(*servers):
            story(a_hall_at_work(house, servers, kills=[servers[1]] * 2))


def one_of_two(folder, database_url):
    folder.mkdir()
    secret = f"a secret for {folder.parent}"
    return Server(folder, database_url=database_url, redis_url=REDIS, SECRET_KEY=secret)


async def a_hall_at_work(house, servers, kills):
    """Twenty phones post, support and vote; servers are killed and come back; then all is counted."""
    ports = [server.port for server in servers]
    lead = Phone(ports, house.lead())
    ballot = await an_open_ballot(lead)
    phones = [Phone(ports, house.seat(f"Phone {n}")) for n in range(PHONES)]
    await until(lambda: all(phone.seq is not None for phone in phones))
    working = [asyncio.ensure_future(work(phone, ballot)) for phone in phones]

    for number, victim in enumerate(kills, 1):
        await until(lambda: done(phones) >= number * PHONES * DEEDS // (len(kills) + 1))  # noqa: B023
        victim.kill()
        await asyncio.to_thread(victim.start)
    await asyncio.gather(*working)
    await until(lambda: not any(phone.outbox for phone in phones))
    things = await settled([lead, *phones], ports, house)

    assert all(deed.done for phone in phones for deed in phone.deeds)
    for phone in phones:
        # Whoever did not hear the answer asks again, and gets the one that was stored.
        last = phone.deeds[-1]
        again = await phone.line.ask("act", last.name, last.op, last.payload)
        assert again == last.answer
    assert sum(phone.losses for phone in phones) >= len(kills)
    every_idea_once(house, phones, things)
    every_mark_once(house, phones, things)
    every_paper_once(house, phones, things, ballot)
    every_operation_once(house, [lead, *phones])
    for phone in [lead, *phones]:
        await phone.leave()


async def an_open_ballot(lead):
    """A ballot on two ideas, in a room that goes on gathering."""
    await until(lambda: lead.seq is not None)
    for text in ("Lamps in the park", "Benches at the river"):
        await lead.do("idea.post", sort="need", question=None, text=text, lang="en")
    await lead.do("room.move", to=list(Phase).index(Phase.DECIDE))
    opened = await lead.do(
        "ballot.open",
        question="What comes first?",
        lang="en",
        method="approval",
        dots=None,
        subject="ideas",
        things=[],
    )
    await lead.do("room.move", to=list(Phase).index(Phase.GATHER))
    return opened


async def work(phone, ballot):
    """Do this and that, whether or not the last was answered: people do not wait for servers."""
    choices = [str(choice["id"]) for choice in ballot["choices"]]
    for number in range(DEEDS):
        kind = random.choice(("post", "support", "cast", "cast"))
        if kind == "post":
            text = f"Idea {number} of {phone.who.id}"
            phone.act("idea.post", sort="need", question=None, text=text, lang="en")
        elif kind == "support":
            idea = random.choice(list(phone.all("idea")))
            phone.act("idea.support", id=idea, on=random.random() < 0.7)
        else:
            marks = dict.fromkeys(random.sample(choices, random.randrange(3)), 1)
            phone.act("ballot.cast", ballot=ballot["id"], marks=marks)
        await asyncio.sleep(random.uniform(0, 0.2))


def done(phones):
    return sum(deed.done for phone in phones for deed in phone.deeds)


async def settled(phones, ports, house):
    """What all phones and all processes agree on, once the last papers are counted."""
    await until(lambda: not house.rows(select(Ballot.id).where(Ballot.casts != Ballot.counted)))
    return next(iter([await agreed(phones, port) for port in ports]))


def deeds(phone, name):
    return [deed for deed in phone.deeds if deed.name == name]


def every_idea_once(house, phones, things):
    posted = {
        deed.payload["text"]: deed.answer["ok"]["id"]
        for phone in phones
        for deed in deeds(phone, "idea.post")
    }
    stored = [tuple(row) for row in house.rows(select(Idea.text, Idea.id).where(Idea.seat_id > 0))]
    assert sorted(stored) == sorted(posted.items())
    assert {data["text"] for (kind, _), data in things.items() if kind == "idea"} > posted.keys()


def every_mark_once(house, phones, things):
    wanted = set()
    for phone in phones:
        last = {deed.payload["id"]: deed.payload["on"] for deed in deeds(phone, "idea.support")}
        wanted |= {(idea, phone.who.id) for idea, on in last.items() if on}
    assert {tuple(row) for row in house.rows(select(Support.idea_id, Support.seat_id))} == wanted
    counted = Counter(idea for idea, _ in wanted)
    echoes = {row.id: row.seats for row in house.rows(select(Echo.id, Echo.seats))}
    assert echoes == {idea: counted[idea] for idea in echoes}
    told = {int(i): data["seats"] for (kind, i), data in things.items() if kind == "echo"}
    assert told == echoes


def every_paper_once(house, phones, things, ballot):
    cast = [deeds(phone, "ballot.cast") for phone in phones]
    last = [sorted(papers[-1].payload["marks"]) for papers in cast if papers]
    stored = [sorted(row.marks) for row in house.rows(select(Paper.marks))]
    assert sorted(stored) == sorted(filter(None, last))
    [(casts,)] = house.rows(select(Ballot.casts))
    assert casts == sum(map(len, cast))
    votes = Counter(choice for marks in stored for choice in marks)
    [tally] = house.rows(select(Tally.voters, Tally.counts))
    assert tally.voters == len(stored)
    assert tally.counts == {
        str(choice["id"]): votes[str(choice["id"])] for choice in ballot["choices"]
    }
    assert things["tally", str(ballot["id"])]["counts"] == tally.counts


def every_operation_once(house, phones):
    acknowledged = {deed.op: deed.answer["ok"] for phone in phones for deed in phone.deeds}
    assert {row.id: row.answer for row in house.rows(select(Op.id, Op.answer))} == acknowledged
