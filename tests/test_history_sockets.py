"""Looking back at a draft over real sockets: what a phone is told, and how often it may ask."""

import asyncio
from base64 import b64decode

import pycrdt

from tests.phones import Phone, story, until
from tests.running import House, Server, running
from tests.writers import MARKED, Writer, a_draft

#: Longer than a phone has to wait between two looks.
PAUSE = 0.6


def test_phone_looks_back_over_its_line(tmp_path):
    server = Server(tmp_path)
    with House(server) as house, running(server):
        story(looking_back(house, server))


async def looking_back(house, server):
    lead = Phone([server.port], house.lead())
    draft = await a_draft(lead)
    ana, ben = (Writer([server.port], house.seat(name), draft) for name in ("Ana", "Ben"))
    await until(lambda: ana.joined and ben.joined)
    ana.text.insert(0, "Żółw 🐢 ")
    ana.added.set()
    await until(lambda: ana.saved and "🐢" in str(ben.text))
    asked = {"recommendation": draft, "after": 0}

    told, refused = await asyncio.gather(
        ben.line.ask("history", asked), ben.line.ask("history", asked)
    )

    assert (refused["code"], refused["retry"]) == ("retry", True)
    document = pycrdt.Doc()
    for _, _, update in told["ok"]["stops"]:
        document.apply_update(b64decode(update))
    assert str(document.get(MARKED, type=pycrdt.Text)) == "Żółw 🐢 "
    assert told["ok"]["mine"] == []
    await asyncio.sleep(PAUSE)
    last = told["ok"]["stops"][-1][0]
    again = await ben.line.ask("history", {**asked, "after": last})
    assert (again["ok"]["stops"], again["ok"]["more"]) == ([], False)
    await asyncio.sleep(PAUSE)
    assert (await ben.line.ask("history", "?"))["code"] == "bad_shape"
    of_ana = await ana.line.ask("history", asked)
    assert of_ana["ok"]["mine"] == [ana.doc.client_id]
    for phone in (lead, ana, ben):
        await phone.leave()
