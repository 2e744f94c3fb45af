"""A real browser at a real server. It fails on what a person would not see: a broken rule of the
page's policy, an error on the console, a request to anybody else."""

import os
import re
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.running import House, Server, running
from tests.services import chromium

pytestmark = pytest.mark.e2e

PHONE = {"width": 390, "height": 844}
LAPTOP = {"width": 1280, "height": 800}
PROJECTOR = {"width": 1920, "height": 1080}

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

#: How long a test waits for what must come, in milliseconds. A machine may be busy; only a test
#: that fails ever waits so long.
PATIENCE = 30_000

expect.set_options(timeout=PATIENCE)

by_text = Page.get_by_text


def seen_by_text(page, text, *, exact=None):
    """What the eye finds. The same words may be said to ears, a moment later, from a hidden place."""
    return by_text(page, text, exact=exact).and_(page.locator(":not(#polite, #urgent)"))


Page.get_by_text = seen_by_text

#: What a browser complains of while it has no network.
OFFLINE = "ERR_INTERNET_DISCONNECTED|WebSocket|ERR_FAILED|Failed to load"
#: Without these Chromium talks to its makers.
QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
]


def pytest_collection_modifyitems(items):
    """Everything in this folder drives a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="module")
def browser():
    """Headless Chromium: the machine's, else Playwright's own; skips loudly without either.

    For one file: its event loop would be in the way of tests that bring their own.
    """
    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
        if not chromium() and not own.exists():
            pytest.skip("NO BROWSER: run make browser")
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=chromium(), args=[*QUIET, *sandbox])
        yield browser
        browser.close()


@pytest.fixture
def server(tmp_path):
    """A server with its worker, on data of its own."""
    server = Server(tmp_path, worker=True)
    with House(server) as house, running(server):
        server.house = house
        yield server


@pytest.fixture
def open_page(browser, server):
    """open_page(viewport) gives a page in a context of its own: another person's device."""
    opened = []

    def opens(viewport=PHONE, *, dark=False, lang="en", who=None, touch=False):
        context = browser.new_context(
            viewport=viewport,
            color_scheme="dark" if dark else "light",
            locale=lang,
            has_touch=touch,
            reduced_motion="reduce",
        )
        if who:
            name, _, value = who.cookie.partition("=")
            context.add_cookies([{"name": name, "value": value, "url": server.address}])
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.troubles = watch(page, server.address)
        opened.append((context, page))
        return page

    yield opens
    troubles = [trouble for _, page in opened for trouble in page.troubles]
    for context, _ in opened:
        context.close()
    assert troubles == []


def watch(page, address):
    """A list that fills with what must not happen."""
    troubles = []

    def console(message):
        expected = page.troubles_expected if hasattr(page, "troubles_expected") else None
        if message.type == "error" and not (expected and re.search(expected, message.text)):
            troubles.append(f"console: {message.text}")

    def asked(request):
        if not request.url.startswith((address, address.replace("http", "ws"), "data:", "blob:")):
            troubles.append(f"another origin: {request.url}")

    page.on("console", console)
    page.on("pageerror", lambda error: troubles.append(f"error: {error}"))
    page.on("request", asked)
    return troubles


def barriers_of(page):
    """What axe finds in the whole page at once.

    At the edge of a screen something is always cut by what sticks there, wherever one scrolls to.
    """
    size = page.viewport_size
    tall = page.evaluate("document.documentElement.scrollHeight")
    if tall > size["height"]:
        page.set_viewport_size({"width": size["width"], "height": tall})
    page.evaluate(AXE)
    found = page.evaluate("(tags) => axe.run({runOnly: tags})", TAGS)
    page.set_viewport_size(size)
    return found


@pytest.fixture
def look(request):
    """look(page, "name") checks a screen for barriers, and keeps a picture where one is wanted."""
    folder = os.environ.get("SCREENSHOTS")

    def looks(page, name):
        found = barriers_of(page)
        barriers = [
            f"{one['id']}: {node['html'][:200]} {node['failureSummary'][:300]}"
            for one in found["violations"]
            for node in one["nodes"]
        ]
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=f"{folder}/{name}.png")
        assert barriers == [], f"{name}: {barriers}"
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{name} can be scrolled sideways by {wide} px"

    return looks


@pytest.fixture
def everywhere(open_page, look):
    """everywhere(name, ticket, go) shows something on every screen, light and dark."""

    def shown(name, ticket, go):
        for size, dark in product((PHONE, LAPTOP, PROJECTOR), (False, True)):
            page = open_page(size, dark=dark, who=ticket)
            go(page)
            look(page, f"{name}-{size['width']}-{'dark' if dark else 'light'}")
            page.close()

    return shown
