"""A minute that cannot be repeated: 300 seats, one room, a slow phone in a hand, a wall.

python -m tests.load.live [--seats 300] [--seconds 60]. Read the figures; nothing is asserted here.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.load.finger import COUNT_DRAWS, NOTICED, busiest_second, take_in_hand
from tests.running import ROOT, House, Server, running
from tests.services import chromium

PHONE = {"width": 390, "height": 844}
WALL = {"width": 1920, "height": 1080}


@contextmanager
def crowd_of(server, people, folder, seconds):
    """A crowd in a process of its own, all of whom have come in."""
    file = Path(folder) / "people.json"
    file.write_text(json.dumps([[one.id, one.cookie, one.page, one.room] for one in people]))
    command = [sys.executable, "-m", "tests.load.crowd", str(server.port), str(file)]
    crowd = subprocess.Popen(
        [*command, "--seconds", str(seconds)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert crowd.stdout.readline().strip() == "in"
        yield crowd
    finally:
        crowd.kill()
        crowd.wait()
        crowd.stdin.close()
        crowd.stdout.close()


def at_work(crowd):
    """Give the word; how it went."""
    crowd.stdin.write("now\n")
    crowd.stdin.flush()
    return json.loads(crowd.stdout.readline())


def opened(browser, server, who, kind, viewport):
    """A page of somebody's own device."""
    context = browser.new_context(viewport=viewport, has_touch=True, reduced_motion="reduce")
    name, _, value = who.cookie.partition("=")
    context.add_cookies([{"name": name, "value": value, "url": server.address}])
    page = context.new_page()
    laid = server.house.laid
    page.goto(f"{server.address}/f/{laid.uuid}/{kind}/{laid.rooms[0].uuid}")
    return page


def begin(page):
    """The first ideas, so that there is one to put a finger on."""
    for text in ("Benches", "Shade", "A library that is open on Sundays"):
        page.get_by_role("textbox", name="Write your idea").fill(text)
        page.get_by_role("button", name="Send").click()
        page.locator(".idea.mine:not(.unsent)", has_text=text).wait_for()


def measure(seats, seconds):
    """One run."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder))
        with House(server) as house, running(server), sync_playwright() as playwright:
            server.house = house
            people = [house.seat(f"Sample {n}") for n in range(seats)]
            browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
            first = opened(browser, server, house.seat("First"), "room", PHONE)
            begin(first)
            phone = opened(browser, server, house.seat("In a hand"), "room", PHONE)
            wall = opened(browser, server, house.lead(), "screen", WALL)
            wall.locator(".wall main ul").first.wait_for()
            with crowd_of(server, people, folder, seconds) as crowd:
                take_in_hand(phone, slower=4)
                wall.evaluate(COUNT_DRAWS)
                told = at_work(crowd)
                phone.wait_for_timeout(1000)
                noticed = phone.evaluate(NOTICED)
                draws = wall.evaluate("window.draws")
            browser.close()
    blocks = sorted(noticed["blocks"])
    return {
        "seats; ideas and marks a second": f"{seats}; {told['deeds a second']}",
        "unanswered": told["unanswered"],
        "frames a second to each phone": told["frames a second to each"],
        "ack p50 / p95, ms": (told["ack p50, ms"], told["ack p95, ms"]),
        "moves of what is focused or touched": sum(noticed["moved"].values()),
        "frames of the phone, a second": round(noticed["frames"] / noticed["seconds"], 1),
        "longest block of the phone, 4x slower, ms": blocks[-1] if blocks else "under 50",
        "blocks over 50 ms, a second": round(len(blocks) / noticed["seconds"], 1),
        "the wall's drawings in its busiest second": busiest_second(draws),
    }


def main():
    """Print a table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seats", type=int, default=300)
    arguments.add_argument("--seconds", type=float, default=60)
    chosen = arguments.parse_args()
    for name, figure in measure(chosen.seats, chosen.seconds).items():
        print(f"{name:<46} {figure}")


if __name__ == "__main__":
    main()
