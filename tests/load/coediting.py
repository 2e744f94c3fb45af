"""Whole runs of people who write one draft while servers are killed: python -m tests.load.coediting.

--seeds 1-20, --edits 1000, --kills 5, --two for two processes on PostgreSQL and Redis. A run fails
if a copy differs from the log, or if a marker that was acknowledged is not there exactly once.
"""

import argparse
import tempfile
from contextlib import ExitStack
from pathlib import Path

from tests.load.bench import at
from tests.phones import story
from tests.running import House, Server, running
from tests.services import POSTGRES, fresh_database
from tests.test_crash import one_of_two
from tests.writers import people_writing

WRITERS = 6
#: Seconds between two edits of one person, at most.
PACE = 0.3


def run(seed, edits, kills, *, two):
    """One run; what it told."""
    with ExitStack() as stack:
        folder = Path(
            stack.enter_context(tempfile.TemporaryDirectory(prefix="facilitator-writing-"))
        )
        if two:
            url = stack.enter_context(fresh_database(POSTGRES))
            servers = [one_of_two(folder / name, url) for name in ("stays", "dies")]
        else:
            servers = [Server(folder)]
        house = stack.enter_context(House(servers[0]))
        stack.enter_context(running(*servers))
        victims = [servers[-1]] * kills
        return story(written(house, servers, victims, seed, edits), 600)


async def written(house, servers, victims, seed, edits):
    """Write until all is stored; what it told."""
    told, lead, everybody = await people_writing(
        house, servers, victims, seed=seed, writers=WRITERS, edits=edits, pace=PACE
    )
    for phone in (lead, *everybody):
        await phone.leave()
    assert told.converged, seed
    assert (told.lost, told.doubled) == ([], []), seed
    return told


def main():
    """Print a line for each run, and all of them together."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seeds", default="1-20")
    arguments.add_argument("--edits", type=int, default=1000)
    arguments.add_argument("--kills", type=int, default=5)
    arguments.add_argument("--two", action="store_true")
    chosen = arguments.parse_args()
    first, _, last = chosen.seeds.partition("-")
    acks, sums = [], [0] * 5
    print("seed  edits  cuts  kills  markers  taken  ack p50 / p95 / worst, ms")
    for seed in range(int(first), int(last or first) + 1):
        told = run(seed, chosen.edits, chosen.kills, two=chosen.two)
        figures = [told.edits, told.cuts, told.kills, len(told.written), len(told.deleted)]
        acks, sums = acks + told.acks, [a + b for a, b in zip(sums, figures, strict=True)]
        print(seed, *figures, *(at(share, told.acks) for share in (0.5, 0.95, 1)), flush=True)
    print("all", *sums, *(at(share, acks) for share in (0.5, 0.95, 1)))


if __name__ == "__main__":
    main()
