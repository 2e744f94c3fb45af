"""Forty people adopt a text in the plenary over real sockets, while some of them lose the line.

Nobody's answer is lost or counted twice, and what all read is what they answered.
"""

import asyncio
import random
from collections import Counter

import pytest
from sqlalchemy import select

import facilitator.domain  # noqa: F401 - what is done at the desk before anybody comes
from facilitator.access import ActorRef
from facilitator.db import db, write
from facilitator.models import Paper, Recommendation, Role
from tests import make
from tests.conftest import Phone as Desk
from tests.consolidation.conftest import write_text
from tests.phones import Phone, agreed, story, until
from tests.running import House, Server, running

SEATS, ANSWERS = 40, ("yes", "yes", "yes", "no", "abstain")
#: Every so many-th loses the line before answering, or while the answer is on its way.
BEFORE, MEANWHILE = 7, 5


@pytest.fixture
def server(tmp_path):
    server = Server(tmp_path)
    with House(server) as house:
        house.laid.rooms.append(write(lambda: make.plenary(house.laid)))
        server.motion = put_to(house)
        with running(server):
            server.house = house
            yield server


def put_to(house):
    """A text of the document lies before the plenary; its number there."""
    grant = write(lambda: make.grant(house.laid, Role.ORGANISER))
    desk = Desk(ActorRef(house.laid.desk.id, grant_id=grant.id))
    chapter = desk.act("chapter.add", title={"en": "Housing"}, intro="", track=None)["id"]
    text = write_text(house.laid.rooms[0], "One desk", problem="Five queues.")
    entry = desk.act("desk.place", recommendation=text, chapter=chapter)["id"]
    desk.act("motion.put", room=house.laid.rooms[-1].uuid, recommendations=[entry])
    db.session.rollback()
    return house.rows(select(Recommendation.id).filter_by(entry_id=entry))[0][0]


def test_forty_adopt_a_text_while_some_lose_the_line(server):
    story(forty_adopt(server))


async def forty_adopt(server):
    house, ports = server.house, [server.port]
    hall = len(house.laid.rooms) - 1
    chair = Phone(ports, house.lead(room=hall))
    phones = [Phone(ports, house.seat(f"{n}", room=hall, sector=n % 3)) for n in range(SEATS)]
    await until(lambda: all(phone.entered.is_set() for phone in [chair, *phones]))
    ballot = (await chair.do("ballot.adopt", recommendation=server.motion))["id"]
    await until(lambda: all(phone.all("ballot") for phone in phones))

    answered = await asyncio.gather(*(answer(phone, n, ballot) for n, phone in enumerate(phones)))
    await until(lambda: all(deed.done for phone in phones for deed in phone.deeds))
    assert sum(phone.losses for phone in phones) >= SEATS // BEFORE
    result = await chair.do("ballot.close", ballot=ballot)

    counts = Counter(answered)
    told = {word: n for word, n in result["counts"].items() if n}
    assert (result["voters"], told) == (SEATS, counts)
    assert result["passed"] is (counts["yes"] > counts["no"])
    # As they happened to answer, it may be too few of one side to be told.
    assert sum(row["voters"] for row in result["sectors"]) in {0, SEATS}
    papers = house.rows(select(Paper.marks).filter_by(ballot_id=ballot))
    assert Counter(word for (marks,) in papers for word in marks) == counts
    await agreed([chair, *phones], server.port)
    for phone in [chair, *phones]:
        assert phone.all("tally")[ballot]["voters"] == SEATS
        status = phone.all("recommendation")[server.motion]["status"]
        assert status == ("adopted" if result["passed"] else "rejected")
        await phone.leave()


async def answer(phone, number, ballot):
    """Answer, and at times change one's mind; what is to be counted."""
    await asyncio.sleep(random.uniform(0, 0.3))
    if number % BEFORE == 0:
        lose(phone)
    said = [random.choice(ANSWERS) for _ in range(1 + number % 2)]
    for word in said:
        phone.act("ballot.cast", ballot=ballot, marks={word: 1})
        await asyncio.sleep(0)
        if number % MEANWHILE == 0 and phone.network.is_set():
            lose(phone)
    await asyncio.sleep(random.uniform(0.2, 1))
    phone.network.set()
    return said[-1]


def lose(phone):
    """Lose the network, as in a lift."""
    phone.network.clear()
    phone.line.writer.transport.abort()
