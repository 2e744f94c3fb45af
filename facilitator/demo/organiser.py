"""The simulated organiser: at the desk the rooms' recommendations become the forum's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import Any

from facilitator.demo import texts
from facilitator.demo.browser import Browser, Lost, scan
from facilitator.demo.page import Clock, Face, Page
from facilitator.demo.texts import Editing
from facilitator.demo.writing import Copy

#: Seconds until the desk has been told of something, and until all rooms are done.
SOON = 45


@dataclass
class Organiser:
    """Who puts the document together."""

    link: str
    base: str
    forum: str
    clock: Clock
    tell: Callable[[str], None]
    page: Page = field(init=False)
    merges: int = 0
    entered: int = 0

    def come(self) -> None:
        """Open the link, and go to the desk."""
        browser = Browser(self.base, "pl")
        scan(browser, self.link)
        desk = browser.open(f"/f/{self.forum}/organise/desk")
        if desk.data.get("page") != "desk":
            raise Lost(f"{desk.address} is not the desk.")
        self.page = Page(browser, "desk", desk.data["room"], self.clock)

    def work(self, seconds: float) -> Face:
        """Take up each track when its groups are done; gives figures of the whole forum."""
        titles = {cell["track"]: cell["title"] for cell in self._groups()}
        for track, title in titles.items():
            self.page.insist(lambda: self._closed(track), seconds, "The end of the groups")  # noqa: B023
            self._take_up(track, title)
        put = self._put()
        return {
            "rooms": len(self.page.all("cell")),
            "ideas": sum(cell["ideas"] for cell in self.page.all("cell")),
            "drafts": len(self.page.all("card")),
            "recommendations": self.entered,
            "merges": self.merges,
            "put": put,
        }

    def _put(self) -> int:
        """Put the whole document to the plenary that is still open, if there is one."""
        here = [cell for cell in self.page.all("cell") if cell["sort"] == "plenary"]
        halls = [cell for cell in here if cell["phase"] != "closed"]
        entries = [one["id"] for one in self.page.all("recommendation")]
        if not halls or not entries:
            return 0
        self.tell("The document goes to the plenary.")
        self._do("motion.put", room=halls[-1]["uuid"], recommendations=entries)
        return len(entries)

    def _groups(self) -> list[Face]:
        return [cell for cell in self.page.all("cell") if cell["track"]]

    def _closed(self, track: str) -> bool:
        """Whether the groups of a track are done, and the desk has been told how they voted."""
        rooms = [cell for cell in self._groups() if cell["track"] == track]
        cards = self._cards(track)
        told = sum(cell["recommendations"] for cell in rooms) == len(cards)
        done = all(cell["phase"] == "closed" for cell in rooms)
        return done and told and all(card["status"] != "draft" for card in cards)

    def _cards(self, track: str) -> list[Face]:
        return [card for card in self.page.all("card") if card["room"]["track"] == track]

    # ---- One track -------------------------------------------------------------------------------

    def _take_up(self, track: str, title: dict[str, str]) -> None:
        script = texts.about({"title": title})
        topics = {sketch.title: sketch.topic for sketch in script.sketches}
        chapter = self._chapter(track, title, script.intro)
        adopted = [card for card in self._cards(track) if card["status"] == "adopted"]
        pairs = sorted((topics.get(card["title"], card["title"]), card["id"]) for card in adopted)
        for topic, group in groupby(pairs, key=itemgetter(0)):
            self.clock.pause(8, 20)
            ids = [number for _, number in group]
            self._enter(chapter, ids, script.merges.get(topic))

    def _chapter(self, track: str, title: dict[str, str], intro: str) -> int:
        """The chapter of a track, with a few words before it."""
        there = [one for one in self.page.all("chapter") if one["title"] == title]
        if there:
            how = {"id": there[0]["id"], "title": title, "intro": intro, "position": None}
            self._do("chapter.edit", **how)
            return int(there[0]["id"])
        return int(self._do("chapter.add", title=title, intro=intro, track=track)["id"])

    def _enter(self, chapter: int, ids: list[int], editing: Editing | None) -> None:
        """Put recommendations of the rooms into the document, as one."""
        if editing and len(ids) > 1:
            title = editing.title
            made = self._do("desk.merge", recommendations=ids, chapter=chapter, title=title)["id"]
            self.merges, self.entered = self.merges + 1, self.entered + 1
            self.tell(f"Merged: {title}")
            self._append(made, {f"s:{editing.section}": f"\n\n{editing.words}"})
            if editing.translated:
                self._translate(made, dict(editing.translated))
        else:
            for number in ids:
                made = self._do("desk.place", recommendation=number, chapter=chapter)["id"]
                self._do("desk.adopt", recommendation=made, on=True)
                self.entered += 1
            return
        self._do("desk.adopt", recommendation=made, on=True)

    def _translate(self, recommendation: int, words: dict[str, str]) -> None:
        """Put a text into another language, and mark it as checked."""
        how = {"recommendation": recommendation, "lang": words.pop("lang")}
        made = self._do("translation.begin", **how)["id"]
        self._append(made, words)
        self._do("translation.mark", translation=made, checked=True)

    def _append(self, recommendation: int, words: dict[str, str]) -> None:
        """Write into a text of the document, by root, and wait until it can be read so."""
        if self.page.open_draft(recommendation) is None:
            raise Lost("A text of the document cannot be opened.")
        for root, said in words.items():
            seq = self.page.write(recommendation, partial(Copy.append, root=root, words=said))
            if not seq:
                raise Lost("A text of the document cannot be edited.")
        last = int(seq or 0)

        def read() -> bool:
            text = self.page.one("text", recommendation)
            return text is not None and text["seq"] >= last

        self.page.insist(read, SOON, "The edited text")

    def _do(self, action: str, **payload: Any) -> Any:
        """Do something that has to work."""
        answer = self.page.answered(action, payload)
        if "ok" not in answer:
            raise Lost(f"{action}: {answer['refused']}")
        return answer["ok"]
