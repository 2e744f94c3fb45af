"""Simulated facilitators: one for each room, who leads it from its first phase to its last."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from facilitator.demo import texts
from facilitator.demo.browser import Browser, scan
from facilitator.demo.page import Clock, Face, Page
from facilitator.demo.texts import Script, Sketch

#: What groups decide about.
FIRST = {
    "pl": "Czym zajmiemy się najpierw?",
    "en": "What will we work on first?",
    "cs": "Čemu se budeme věnovat nejdřív?",
}
#: Dots that everybody has.
DOTS = 5
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

    def come(self) -> Face:
        """Open the link; gives the room."""
        browser = Browser(self.base, "pl")
        scan(browser, self.link)
        self.page = Page(browser, "lead", self.room, self.clock)
        self.script = texts.about(self.page.room)
        return self.page.room

    def lead(self) -> None:
        """Go through the agenda, step by step."""
        steps = {
            "gather": self._gather,
            "group": self._group,
            "decide": self._decide,
            "draft": self._draft,
            "adopt": self._adopt,
        }
        while (phase := self.page.room["phase"]) != "closed":
            steps[phase]()
            at = self.page.room["at"]
            self.page.act("room.move", to=at + 1)
            self.page.insist(lambda: self.page.room["at"] != at, SOON, "The next step")  # noqa: B023
            self.tell(f"{self._name} → {self.page.room['phase']}")
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
        for text in self.page.all("recommendation"):
            if text["status"] != "draft":
                continue
            opened = self.page.act("ballot.adopt", recommendation=text["id"])
            if opened:
                self._close(opened["id"], 20)
