"""What a simulated person's browser does over HTTP: it opens links, and fills in forms."""

from __future__ import annotations

import json
import urllib.request
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any
from urllib.parse import urlencode, urljoin

#: Seconds to wait for a page.
PATIENCE = 30


class Lost(Exception):
    """A page is not what was expected."""


@dataclass
class Sheet(HTMLParser):
    """A page, as far as a person without eyes for it needs it: its fields and its data."""

    address: str
    #: Fields as the page has filled them in.
    fields: dict[str, str] = field(default_factory=dict)
    #: What can be chosen: the values of radio buttons, and of buttons with a name.
    choices: dict[str, list[str]] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict)
    _in_data: bool = False

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a field, or the beginning of the data for scripts."""
        have = {name: value or "" for name, value in attrs}
        self._in_data = tag == "script" and have.get("id") == "page"
        name, value = have.get("name"), have.get("value", "")
        if tag not in ("input", "button") or not name:
            return
        if tag == "button" or have.get("type") == "radio":
            self.choices.setdefault(name, []).append(value)
        if have.get("type") != "radio" or "checked" in have:
            self.fields.setdefault(name, value)

    def handle_data(self, data: str) -> None:
        """Read the data for scripts."""
        if self._in_data:
            self.data, self._in_data = json.loads(data), False


class Browser:
    """Keeps cookies, asks for pages in a language, and sends their forms."""

    def __init__(self, base: str, lang: str) -> None:
        self.base = base
        # Behind a proxy that speaks TLS cookies are for TLS alone; we come in behind that proxy.
        self.jar = CookieJar(DefaultCookiePolicy(secure_protocols=("http", "https")))
        self._opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(self.jar)
        )
        self._opener.addheaders = [("Accept-Language", lang), ("User-Agent", "simulated")]

    def open(self, path: str, form: dict[str, str] | None = None) -> Sheet:
        """Open a page, or send a form to it and follow where that leads."""
        body = None if form is None else urlencode(form).encode()
        address = urljoin(self.base, path)
        with self._opener.open(address, body, timeout=PATIENCE) as reply:
            sheet = Sheet(reply.geturl().removeprefix(self.base))
            sheet.feed(reply.read().decode())
        return sheet

    def send(self, sheet: Sheet, **answers: str) -> Sheet:
        """Send the form of a page, filled in."""
        kept = ("csrf_token", "op")
        hidden = {name: sheet.fields[name] for name in kept if name in sheet.fields}
        return self.open(sheet.address, hidden | answers)

    @property
    def cookies(self) -> str:
        """What a socket shows when it comes in."""
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.jar)


# ---- Ways in -------------------------------------------------------------------------------------


def scan(browser: Browser, link: str) -> Sheet:
    """Open a link whose secret stands behind the "#", as the page's script does."""
    path, _, secret = link.partition("#")
    return browser.send(browser.open("/" + path.rpartition("/")[2]), code=secret)


def take_seat(browser: Browser, link: str, sector: int | None, nickname: str) -> Sheet:
    """Scan the code and answer the questions; gives the page on which a room is chosen."""
    asked = scan(browser, link)
    if "sector" not in asked.choices:
        raise Lost(f"{asked.address} does not ask for whom people speak.")
    sectors = [value for value in asked.choices["sector"] if value]
    chosen = "" if sector is None else sectors[sector % len(sectors)]
    return browser.send(asked, sector=chosen, nickname=nickname)


def choose_room(browser: Browser, rooms: Sheet, room: str) -> Sheet:
    """Go into a room."""
    inside = browser.send(rooms, room=room)
    if not inside.address.endswith(room):
        raise Lost(f"{inside.address} is not the room that was chosen.")
    return inside
