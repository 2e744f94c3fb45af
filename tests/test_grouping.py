"""People group at once over real sockets, each seeing the others late: no idea is lost or doubled."""

import asyncio
import random

import pytest
from sqlalchemy import func, select

from facilitator.models import Backing, Idea, Phase, Support, Theme
from tests.phones import Phone, agreed, story, until
from tests.running import House, Server, running

IDEAS, DEEDS = 12, 40


@pytest.fixture
def server(tmp_path):
    server = Server(tmp_path)
    with House(server) as house, running(server):
        server.house = house
        yield server


def test_two_people_and_who_leads_group_at_once(server):
    story(group_at_once(server))


async def group_at_once(server):
    house, ports = server.house, [server.port]
    lead = Phone(ports, house.lead())
    people = [Phone(ports, house.seat(name)) for name in ("Ana", "Ben")]
    everybody = [lead, *people]
    for number in range(IDEAS):
        text = {"text": f"Idea {number}", "lang": "en"}
        await people[number % 2].do("idea.post", sort="need", question=None, **text)
    await lead.do("room.move", to=list(Phase).index(Phase.GROUP))
    await until(lambda: all(len(phone.all("idea")) == IDEAS for phone in everybody))

    await asyncio.gather(*(work(phone) for phone in everybody))
    await until(lambda: not any(phone.outbox for phone in everybody))

    things = await agreed(people, server.port)
    await until(lambda: lead.seq == people[0].seq)
    same_for_who_leads(lead, things)
    every_idea_in_one_place(house, things)
    everybody_counts_once(house, things)
    assert sum(deed.done for phone in everybody for deed in phone.deeds) > DEEDS
    for phone in everybody:
        await phone.leave()


async def work(phone):
    """Do this and that with what one sees, without waiting for what others do."""
    for _ in range(DEEDS):
        ideas, themes = list(phone.all("idea")), [*phone.all("theme"), 1]
        chosen = random.sample(ideas, 3)
        verb = random.choice(("make", "fill", "fill", "merge", "remove", "undo", "support"))
        if verb == "make":
            phone.act("theme.make", title="A theme", lang="en", ideas=chosen)
        elif verb == "fill":
            phone.act("theme.fill", theme=random.choice([None, *themes]), ideas=chosen)
        elif verb == "merge":
            phone.act("theme.merge", into=random.choice(themes), themes=themes[:2])
        elif verb == "remove":
            phone.act("theme.remove", id=random.choice(themes))
        elif verb == "undo":
            phone.act("theme.undo", step=last_step(phone))
        else:
            phone.act("idea.support", id=chosen[0], on=random.random() < 0.7)
        await asyncio.sleep(random.uniform(0, 0.05))


def last_step(phone):
    """What one has done last and not taken back, as far as one has been answered."""
    taken = {deed.payload["step"] for deed in phone.deeds if deed.name == "theme.undo"}
    answers = [deed.answer["ok"] for deed in phone.deeds if deed.done and deed.answer["ok"]]
    steps = [answer["step"]["id"] for answer in answers if answer.get("step")]
    return next((step for step in reversed(steps) if step not in taken), 0)


def same_for_who_leads(lead, things):
    """Whoever leads sees all that everybody sees, and more."""
    assert {key: lead.things.get(key) for key in things} == things


def every_idea_in_one_place(house, things):
    ideas = {int(i): data["theme"] for (kind, i), data in things.items() if kind == "idea"}
    themes = {int(i) for kind, i in things if kind == "theme"}
    assert len(ideas) == IDEAS
    assert set(ideas.values()) <= {None, *themes}
    assert ideas == dict(map(tuple, house.rows(select(Idea.id, Idea.theme_id))))
    assert themes == {row.id for row in house.rows(select(Theme.id).where(Theme.gone.is_(False)))}


def everybody_counts_once(house, things):
    query = select(Idea.theme_id, func.count(Support.seat_id.distinct()))
    query = query.join(Support, Support.idea_id == Idea.id).where(Idea.theme_id.is_not(None))
    counted = dict(map(tuple, house.rows(query.group_by(Idea.theme_id))))
    told = {int(i): data["seats"] for (kind, i), data in things.items() if kind == "backing"}
    assert told == {theme: counted.get(theme, 0) for theme in told}
    assert told.keys() == {int(i) for kind, i in things if kind == "theme"}
    assert told.keys() <= {row.id for row in house.rows(select(Backing.id))}
