"""Simulated participants: they join like phones, and do what the phase of their room asks for."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from facilitator.demo import texts
from facilitator.demo.browser import Browser, choose_room, take_seat
from facilitator.demo.facilitators import waits
from facilitator.demo.page import Clock, Face, Page
from facilitator.demo.texts import PREFIX, Script, Sketch, Task
from facilitator.demo.writing import Copy
from facilitator.rooms.levels import level_of
from facilitator.rooms.updates import ADDRESSEES, Scalar

#: Ideas that one person supports.
MARKS = 4
#: Who has a reservation in the plenary, and what it is.
RESERVES, RESERVED = 1, "Popieram, ale rok to za mało, żeby to sprawdzić."
#: Words typed at once by somebody who is watched.
TYPED = 5
LANGUAGES = ("pl", "en", "pl", "uk", "pl", "en", "pl", "cs")
NICKNAMES = ("", "", "Kawa", "Rower", "", "Maj", "", "Sowa", "Lato", "", "Most", "")


@dataclass
class Participant:
    """One person with a phone."""

    number: int
    clock: Clock
    base: str
    link: str
    #: Which group of its track they are in, how many they are, and which of them this is.
    group: int = 1
    place: int = 0
    company: int = 1
    page: Page = field(init=False)
    script: Script = field(init=False)
    posted: int = 0
    marked: set[int] = field(default_factory=set)
    commented: bool = False
    reserved: bool = False
    voted: set[int] = field(default_factory=set)
    written: set[tuple[int, str]] = field(default_factory=set)

    def join(self) -> None:
        """Scan the code, say for whom one speaks, look at the rooms."""
        self.browser = Browser(self.base, LANGUAGES[self.number % len(LANGUAGES)])
        sector = None if self.number % 12 == 11 else self.number
        nickname = NICKNAMES[self.number % len(NICKNAMES)]
        self.rooms = take_seat(self.browser, self.link, sector, nickname)

    def work(self, room: str, group: int, place: int, company: int) -> None:
        """Go into a room, as one of so many, and stay until it is closed."""
        self.group, self.place, self.company = group, place, company
        choose_room(self.browser, self.rooms, room)
        self.page = Page(self.browser, "room", room, self.clock)
        self.script = texts.about(self.page.room)
        self.posted, self.marked, self.commented = 0, set(), False
        try:
            while (phase := self.page.room["phase"]) != "closed":
                if self.clock.fast and waits(self.page):
                    break
                self._do(phase)
        finally:
            self.page.close()

    def _do(self, phase: str) -> None:
        """Something that fits the phase; then look at what the others do."""
        doing: dict[str, Callable[[], bool]] = {
            "gather": self._gather,
            "group": lambda: self._support() or self._comment(),
            "decide": self._vote,
            "draft": self._write,
            "adopt": lambda: self._reserve() or self._vote(),
        }
        if doing[phase]():
            self.clock.pause(6, 30)
        else:
            self.page.rest(1)

    # ---- Gather ----------------------------------------------------------------------------------

    def _gather(self) -> bool:
        if self.posted < texts.POSTS and (self.clock.fast or random.random() < 0.5):
            self._post()
            return True
        return self._support() or self._comment()

    def _post(self) -> None:
        """Post the next idea of one's own."""
        mine = texts.ideas_of(self.page.room, self.group, self.place, self.company)
        self.posted += 1
        if self.posted > len(mine):
            return
        idea = mine[self.posted - 1]
        questions = self.page.room["questions"]
        asked = questions[idea.question]["id"] if idea.question is not None and questions else None
        words = {"sort": idea.sort, "text": idea.text, "lang": idea.lang}
        self.page.act("idea.post", question=asked, **words)

    def _support(self) -> bool:
        """Support an idea of somebody else's, sometimes."""
        known = self.marked | set(self.page.mine["ideas"])
        others = [idea["id"] for idea in self.page.all("idea") if idea["id"] not in known]
        if len(self.marked) >= MARKS or not others:
            return False
        chosen = random.choice(others)
        self.marked.add(chosen)
        self.page.act("idea.support", id=chosen, on=True)
        return True

    def _comment(self) -> bool:
        """Say something of somebody else's idea, once."""
        comment = texts.comment_of(self.place)
        mine = self.page.mine["ideas"]
        others = [idea["id"] for idea in self.page.all("idea") if idea["id"] not in mine]
        if self.commented or comment is None or not others:
            return False
        self.commented = True
        words = {"text": comment.text, "lang": comment.lang}
        self.page.act("comment.post", idea=random.choice(others), **words)
        return True

    # ---- Decide ----------------------------------------------------------------------------------

    def _vote(self) -> bool:
        waiting = [b for b in self.page.all("ballot") if b["is_open"] and b["id"] not in self.voted]
        for ballot in waiting:
            self.voted.add(ballot["id"])
            self.page.act("ballot.cast", ballot=ballot["id"], marks=self._marks(ballot))
        return bool(waiting)

    def _reserve(self) -> bool:
        """In a plenary somebody does not agree with the first text, and says why."""
        motions = self.page.all("motion")
        if self.place != RESERVES or self.reserved or not motions:
            return False
        self.reserved = True
        said = {"text": RESERVED, "lang": "pl", "named": False}
        self.page.act("reservation.make", recommendation=motions[0]["id"], **said)
        return True

    def _marks(self, ballot: Face) -> dict[str, int]:
        choices = [str(choice["id"]) for choice in ballot["choices"]]
        if ballot["method"] == "yes_no":
            return {self._opinion(ballot["recommendation"] or ballot["id"]): 1}
        if ballot["method"] == "approval":
            return dict.fromkeys(random.sample(choices, (len(choices) + 1) // 2), 1)
        marks: dict[str, int] = {}
        for _ in range(ballot["options"]["dots"]):
            chosen = random.choice(choices)
            marks[chosen] = marks.get(chosen, 0) + 1
        return marks

    def _opinion(self, recommendation: int) -> str:
        """Most agree; in a larger group some are against, and somebody undecided."""
        turn = (self.place + recommendation) % self.company
        against = max(0, min(recommendation % 3, self.company // 2 - 1))
        if turn < against:
            return "no"
        return "abstain" if turn < against + recommendation % 2 and self.company > 3 else "yes"

    # ---- Draft -----------------------------------------------------------------------------------

    def _write(self) -> bool:
        """Write one thing that falls to oneself, if its turn has come."""
        done = False
        for text in self.page.all("recommendation"):
            sketch = self._sketch(text)
            if sketch is None or text["status"] != "draft":
                continue
            if text["id"] not in self.page.copies and not self.page.open_draft(text["id"]):
                continue
            for task in self._tasks(text["id"], sketch):
                if self._ready(text["id"], task):
                    self.written.add((text["id"], _key(task)))
                    self._put(text["id"], task)
                    done = True
                    if not self.clock.fast:
                        return True
        return done

    def _sketch(self, text: Face) -> Sketch | None:
        """What the group has in mind for a text."""
        return next((one for one in self.script.sketches if one.title == text["title"]), None)

    def _tasks(self, draft: int, sketch: Sketch) -> list[Task]:
        """What falls to oneself, and is not written yet."""
        turn = draft + self.place
        mine = list(sketch.tasks())[turn % self.company :: self.company]
        return [task for task in mine if (draft, _key(task)) not in self.written]

    def _ready(self, draft: int, task: Task) -> bool:
        """Whether what comes before has been written by whoever writes it, and this has not."""
        copy = self.page.copies.get(draft)
        if copy is None:
            return False
        if isinstance(task.place, str):
            before = task.after is None or copy.has(task.place, task.after)
            return before and not copy.has(task.place, task.words[""])
        row = copy.row(*task.place)
        if task.after is None or row is None:
            return task.after is None and row is None
        return all(copy.blank(f"{PREFIX[task.place[0]]}:{row}:{name}") for name in task.words)

    def _put(self, draft: int, task: Task) -> None:
        if isinstance(task.place, str):
            words = task.words[""]
            # What comes next, perhaps from somebody else at this moment, stands apart from it.
            self._type(draft, task.place, words + ("\n" if words.startswith(texts.BULLET) else " "))
            return
        root, number = task.place
        row = self.page.copies[draft].row(root, number)
        if row is None:
            row = "".join(random.choices("abcdefghijklmnopqrstuvwxyz0123456789", k=8))
            self._set(draft, root, f"{row}.pos", float(number))
        for name, words in task.words.items():
            self._type(draft, f"{PREFIX[root]}:{row}:{name}", words)
        if root == ADDRESSEES and (level := level_of(task.words["office"])) != "institution":
            self._set(draft, root, f"{row}.level", level)

    def _set(self, draft: int, root: str, key: str, value: Scalar) -> None:
        self.page.write(draft, lambda copy: copy.set(root, key, value))

    def _type(self, draft: int, root: str, words: str) -> None:
        """Type a line behind what is there, a few words at a time where people watch."""
        line = re.findall(r"\S+\s*", words)
        # What others may write at the same time comes in one piece.
        whole = self.clock.fast or words.startswith(texts.BULLET)
        step = len(line) if whole else TYPED
        for at in range(0, len(line), step):
            piece = "".join(line[at : at + step])
            self.page.write(draft, partial(Copy.append, root=root, words=piece))
            self.clock.pause(0.4, 1.6)


def _key(task: Task) -> str:
    return f"{task.place} {next(iter(task.words.values()))}"
