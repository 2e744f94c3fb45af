"""A hidden idea is in no frame and no log any more: over real sockets, to a real server."""

import json

import pytest
from sqlalchemy import select

from facilitator.models import Event
from tests.phones import Phone, story, until
from tests.running import House, Server, running

RUDE = "Ask Mr K. from window 6"


class Witness(Phone):
    """A phone that writes down all it hears, answers to its own questions among it."""

    def __init__(self, ports, who):
        self.frames = []
        super().__init__(ports, who)

    def heard(self, message):
        self.frames.append(json.dumps(message))
        super().heard(message)

    def _apply(self, frame):
        self.frames.append(json.dumps([frame, self.mine]))
        super()._apply(frame)


@pytest.fixture
def server(tmp_path):
    server = Server(tmp_path)
    with House(server) as house, running(server):
        server.house = house
        yield server


def logged(house):
    return repr(house.rows(select(Event.data)))


@pytest.mark.parametrize("kind", ["idea", "comment"])
def test_hidden_words_are_in_no_later_frame_and_in_no_row_of_the_log(server, kind):
    house = server.house

    async def told():
        people = [house.seat("Ana"), house.seat("Ben"), house.lead(), house.lead(page="screen")]
        phones = [Witness([server.port], who) for who in people]
        ana, ben, lead, _ = phones
        for phone in phones:
            await until(phone.entered.is_set)
        plain = {"sort": "need", "question": None, "lang": "en"}
        made = await ana.do("idea.post", **plain, text=RUDE if kind == "idea" else "Benches")
        said = await ben.do(
            "comment.post",
            idea=made["id"],
            text=f"Yes: {RUDE}" if kind == "comment" else "Yes",
            lang="en",
        )
        hidden = made if kind == "idea" else said
        await until(lambda: all(hidden["id"] in phone.all(kind) for phone in phones))
        assert all(RUDE in "".join(phone.frames) for phone in phones)

        await lead.do(f"{kind}.hide", id=hidden["id"], reason="person")
        for phone in phones:
            await until(lambda phone=phone: hidden["id"] not in phone.all(kind))
            phone.frames.clear()
        late = [Witness([server.port], who) for who in people]
        for phone in [*phones, *late]:
            await until(phone.entered.is_set)
            if phone.line and not phone.frames:
                await phone.come_in()
        await ben.do("idea.post", **plain, text="Something else")
        await until(lambda: all(len(phone.all("idea")) >= 1 for phone in [*phones, *late]))

        everything = "".join("".join(phone.frames) for phone in [*phones, *late])
        assert (RUDE in everything, "Something else" in everything) == (False, True)
        assert RUDE not in logged(house)
        asked = await lead.line.ask("hidden")
        refused = await ben.line.ask("hidden")
        assert [one["text"] for one in asked["ok"]] == [hidden["text"]]
        assert refused["code"] == "not_allowed"
        for phone in [*phones, *late]:
            await phone.leave()

    story(told(), 60)
    assert "Traceback" not in server.log
