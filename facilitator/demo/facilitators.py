"""Simulated facilitators: one for each room, who leads it from its first phase to its last."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from facilitator.demo import texts
from facilitator.demo.browser import Browser, scan
from facilitator.demo.page import Clock, Face, Page
from facilitator.demo.texts import Point, Script, Sketch
from facilitator.demo.writing import Copy
from facilitator.rooms.updates import STEPS

#: What groups decide about.
FIRST = {
    "pl": "Czym zajmiemy się najpierw?",
    "en": "What will we work on first?",
    "cs": "Čemu se budeme věnovat nejdřív?",
}
#: Dots that everybody has.
DOTS = 5
#: Texts on which a plenary votes one by one, and what it is asked about the others.
ALONE, WHOLE = 2, "Czy przyjmujemy dokument w całości?"
#: Seconds for one phase when it has to be fast, and at most when people watch.
SOON, LATE = 60, 600


@dataclass
class Leader:
    """Who leads one room."""

    room: str
    link: str
    base: str
    clock: Clock
    tell: Callable[[str], None]
    #: Which group of its track it is, from the first meeting on, from 1.
    group: int = 1
    #: Simulated people in the room.
    company: int = 0
    ballots: int = 0
    page: Page = field(init=False)
    script: Script = field(init=False)
    browser: Browser = field(init=False)
    forum: str = field(init=False)

    def come(self) -> Face:
        """Open the link; gives the room."""
        self.browser = Browser(self.base, "pl")
        self.forum = scan(self.browser, self.link).address.split("/")[2]
        self.page = Page(self.browser, "lead", self.room, self.clock)
        self.script = texts.about(self.page.room)
        return self.page.room

    def lead(self) -> None:
        """Go through the agenda, step by step; a plenary that adopts waits for the document."""
        steps = {
            "gather": self._gather,
            "group": self._group,
            "decide": self._decide,
            "draft": self._draft,
            "adopt": self._adopt,
        }
        self._keep_minutes()
        while (phase := self.page.room["phase"]) != "closed":
            if self.clock.fast and waits(self.page):
                break
            steps[phase]()
            at = self.page.room["at"]
            self.page.act("room.move", to=at + 1)
            self.page.insist(lambda: self.page.room["at"] != at, SOON, "The next step")  # noqa: B023
            self.tell(f"{self._name} → {self.page.room['phase']}")
        if self.page.all("minutes"):
            self.page.act("minutes.approve", on=True)
        self.page.close()

    @property
    def _name(self) -> str:
        room = self.page.room
        return f"{room['title'].get('en') or 'Plenary'} {self.group}"

    def _wait(self, true: Callable[[], bool], what: str, least: float) -> None:
        """Wait until the group is done; those who watch get some time as well, but not for ever."""
        if self.clock.fast:
            self.page.insist(true, SOON, f"{self._name}: {what}")
        else:
            self.clock.pause(least, least * 1.5)
            self.page.until(true, LATE)

    # ---- Minutes ---------------------------------------------------------------------------------

    def _keep_minutes(self) -> None:
        """Go on with what earlier meetings have left open, then put down what this one says."""
        if not self.script.minutes:
            return
        sheet = self.browser.open(f"/f/{self.forum}/lead/{self.room}")
        for item in sheet.data["left_open"]:
            self.page.act("minutes.carry", id=item["id"])
        for point in self.script.minutes:
            if point.group == self.group:
                self._put_down(point)

    def _put_down(self, point: Point) -> None:
        words = {"title": point.title, "by": point.by, "lang": point.lang}
        item = self.page.act("minutes.add", **words)["id"]
        self.page.act("minutes.turn", id=item)
        self.page.open_draft(item)
        texts_of = {
            "s:contributions": "\n".join(texts.BULLET + said for said in point.contributions),
            "s:record": "\n\n".join(point.record),
        }
        for number, task in enumerate(point.tasks):
            step = secrets.token_hex(4)
            self.page.write(
                item, partial(Copy.set, root=STEPS, key=f"{step}.pos", value=float(number))
            )
            for name, said in zip(("what", "who", "by"), task, strict=True):
                texts_of[f"p:{step}:{name}"] = said
        for root, said in texts_of.items():
            self.page.write(item, partial(Copy.append, root=root, words=said))
            self.clock.pause(1, 3)

    # ---- Phases ----------------------------------------------------------------------------------

    def _gather(self) -> None:
        places = range(self.company)
        room, group, many = self.page.room, self.group, self.company
        wanted = sum(len(texts.ideas_of(room, group, place, many)) for place in places)
        self._wait(lambda: len(self.page.all("idea")) >= wanted, "enough ideas", 150)

    def _group(self) -> None:
        """Put what belongs together under a name."""
        themes = {idea.text: idea.theme for idea in self.script.ideas}
        for number, (lang, title) in enumerate(self.script.themes):
            self.clock.pause(6, 15)
            if any(theme["title"] == title for theme in self.page.all("theme")):
                continue
            loose = [idea for idea in self.page.all("idea") if idea["theme"] is None]
            ideas = [idea["id"] for idea in loose if themes.get(idea["text"]) == number]
            self.page.act("theme.make", title=title, lang=lang, ideas=ideas)
        self.clock.pause(10, 20)

    def _decide(self) -> None:
        lang = self.script.themes[0][0]
        opened = self.page.act(
            "ballot.open",
            question=FIRST[lang],
            lang=lang,
            method="dots" if self.page.room["number"] % 2 else "approval",
            dots=DOTS,
            subject="themes",
            things=[],
            showing="turnout",
        )
        if opened:
            self._close(opened["id"], 30)

    def _close(self, ballot: int, least: float) -> None:
        """Close a ballot once everybody has voted."""

        def voted() -> bool:
            tally = self.page.one("tally", ballot)
            return tally is not None and tally["voters"] >= self.company

        self._wait(voted, "all votes", least)
        self.page.act("ballot.close", ballot=ballot)
        self.ballots += 1

    def _draft(self) -> None:
        """Begin the texts, and wait until they are written and read like what was meant."""
        themes = {theme["title"]: theme["id"] for theme in self.page.all("theme")}
        for sketch in self._sketches:
            if self._text(sketch) is None:
                theme = themes.get(self.script.themes[sketch.theme][1])
                how = {"title": sketch.title, "lang": sketch.lang, "theme": theme}
                self.page.act("recommendation.start", **how)
                self.clock.pause(5, 10)
        self._wait(lambda: all(map(self._is_written, self._sketches)), "finished texts", 60)

    @property
    def _sketches(self) -> list[Sketch]:
        return [one for one in self.script.sketches if one.group == self.group]

    def _text(self, sketch: Sketch) -> Face | None:
        texts = self.page.all("recommendation")
        return next((one for one in texts if one["title"] == sketch.title), None)

    def _is_written(self, sketch: Sketch) -> bool:
        found = self._text(sketch)
        text = found and self.page.one("text", found["id"])
        return bool(text) and sketch.finished(text or {})

    def _adopt(self) -> None:
        """Vote on each text; in a plenary on the first ones alone, on the others as a whole."""
        plenary = self.page.room["sort"] == "plenary"
        if plenary:
            self.page.until(lambda: not waits(self.page), LATE)
        waiting = [one for one in self.page.all("recommendation") if one["status"] == "draft"]
        for text in waiting[:ALONE] if plenary else waiting:
            opened = self.page.act("ballot.adopt", recommendation=text["id"])
            if opened:
                self._close(opened["id"], 20)
        if plenary and waiting[ALONE:]:
            asked = {"question": WHOLE, "lang": "pl"}
            opened = self.page.act("ballot.adopt_whole", **asked)
            if opened:
                self._close(opened["id"], 20)


def waits(page: Page) -> bool:
    """Whether a plenary would adopt, and the desk has put nothing to it yet."""
    adopts = page.room["sort"] == "plenary" and page.room["phase"] == "adopt"
    return adopts and not page.all("motion")
