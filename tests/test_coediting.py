"""Several people write one text over real sockets, while servers are killed and lines are cut."""

import os
import unicodedata

import pytest

from tests.load.typist import longest, typed
from tests.phones import agreed, story, until
from tests.running import House, Server, running
from tests.services import POSTGRES, REDIS, fresh_database, has_redis
from tests.test_crash import one_of_two
from tests.writers import people_writing

#: How many take part, and in a run of every day or a long one: their edits, the kills, the seeds.
WRITERS = 6
EDITS, KILLS, SEEDS = (1_000, 5, 20) if os.environ.get("SOAK") else (300, 2, 3)
PATIENCE = 400


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, SEEDS + 1))
def test_texts_converge_and_lose_nothing_while_the_server_is_killed(tmp_path, seed):
    server = Server(tmp_path, worker=True)
    with House(server) as house, running(server):
        told = story(the_whole(house, [server], [server] * KILLS, seed), PATIENCE)
    assert told.edits >= EDITS


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.redis
@pytest.mark.parametrize("seed", range(1, SEEDS // 3 + 1))
def test_texts_converge_and_lose_nothing_while_one_process_of_two_is_killed(tmp_path, seed):
    if not has_redis():
        pytest.skip(f"NO REDIS at {REDIS}: set TEST_REDIS_URL")
    with fresh_database(POSTGRES) as url:
        servers = [one_of_two(tmp_path / name, url) for name in ("stays", "dies")]
        servers[0].options = []  # with its worker
        with House(servers[0]) as house, running(*servers):
            story(the_whole(house, servers, [servers[1]] * KILLS, seed), PATIENCE)


@pytest.mark.slow
def test_page_of_our_own_typed_key_by_key_is_what_all_read(tmp_path):
    server = Server(tmp_path)
    with House(server) as house, running(server):
        story(typed(server, house, longest()[:800], keys=400))


async def the_whole(house, servers, victims, seed):
    """Write, and look at what all have in the end."""
    told, lead, everybody = await people_writing(
        house, servers, victims, seed=seed, writers=WRITERS, edits=EDITS
    )
    assert told.converged
    assert (told.lost, told.doubled) == ([], [])
    assert (told.kills, bool(told.cuts), bool(told.deleted)) == (KILLS, True, True)
    assert len(told.written) > EDITS / 3
    assert sum(page.losses for page in everybody) >= told.cuts
    last = {f"step{page.who.id:04}.pos": EDITS // WRITERS - 1.0 for page in everybody[:-1]}
    assert everybody[-1].steps.to_py() == pytest.approx(last, abs=1)
    await the_room_reads(lead, everybody[-1])
    for server in servers:
        await agreed([lead, *everybody], server.port)
    for phone in (lead, *everybody):
        await phone.leave()
    return told


async def the_room_reads(lead, page):
    """The worker shows the room the same text, each letter in its one form."""
    key = ("text", str(page.draft))
    text = unicodedata.normalize("NFC", str(page.text))
    await until(lambda: lead.things[key].get("sections", {}).get("problem") == text)
    assert lead.things[key]["title"] == "A city guide"
    assert len(lead.things[key]["steps"]) == WRITERS
