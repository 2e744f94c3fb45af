"""What simulated people say: sample texts, a file for each scenario."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from facilitator.rooms.levels import ADDRESSEE
from facilitator.rooms.updates import ADDRESSEES, STEPS

#: How the names of the texts of a map's rows begin.
PREFIX = {STEPS: "p", ADDRESSEES: "a"}
FIELDS = ("what", "who", "with", "by", "cost", "indicator")
#: The fields of a step that whoever begins it writes; the others add the rest.
BEGUN = FIELDS[:2]

#: Ideas that one person posts; groups of a track that say different things.
POSTS, GROUPS = 2, 2

#: Lines of a list may be written at the same time, sentences follow each other.
BULLET = "- "


class Idea(NamedTuple):
    """Something to post: its sort, which question it answers, which theme it belongs to."""

    theme: int
    sort: str
    question: int | None
    lang: str
    text: str


class Comment(NamedTuple):
    """Something to say of an idea of somebody else's."""

    lang: str
    text: str


class Task(NamedTuple):
    """Something to write into a draft: a line of a section, or a part of a row."""

    #: A section's root, or of a row the map and its number in it.
    place: str | tuple[str, int]
    words: dict[str, str]
    #: What has to stand there first, if anything.
    after: str | None


@dataclass(frozen=True)
class Sketch:
    """What a group will write together."""

    #: Which group of its track writes it, from 1: those of the first meeting, then of the next.
    group: int
    #: What it is about; those of one topic will be merged.
    topic: str
    theme: int
    lang: str
    title: str
    sections: dict[str, list[str]]
    steps: list[list[str]]

    @property
    def offices(self) -> list[str]:
        """Whom it asks, each a row of its own."""
        return [line.removeprefix(BULLET) for line in self.sections.get(ADDRESSEE, [])]

    def tasks(self) -> Iterator[Task]:
        """Everything there is to write."""
        for number, office in enumerate(self.offices):
            yield Task((ADDRESSEES, number), {"office": office}, None)
        for key, lines in self.sections.items():
            if key == ADDRESSEE:
                continue
            before = None
            for line in lines:
                yield Task(f"s:{key}", {"": line}, before)
                before = None if line.startswith(BULLET) else line
        for number, step in enumerate(self.steps):
            words = dict(zip(FIELDS, step, strict=True))
            yield Task((STEPS, number), {name: words[name] for name in BEGUN}, None)
            rest = {name: text for name, text in words.items() if name not in BEGUN and text}
            if rest:
                yield Task((STEPS, number), rest, words["what"])

    def finished(self, text: dict[str, Any]) -> bool:
        """Whether all of it stands in a text as the room reads it."""
        sections, steps = text.get("sections", {}), text.get("steps", [])
        offices = {row["office"].strip() for row in text.get("addressees", [])}
        return (
            all(
                line in sections.get(key, "")
                for key, lines in self.sections.items()
                for line in lines
                if key != ADDRESSEE
            )
            and offices.issuperset(self.offices)
            and all(
                any(step[name] == words for step in steps)
                for told in self.steps
                for name, words in zip(FIELDS, told, strict=True)
            )
        )


@dataclass(frozen=True)
class Point:
    """An item of a meeting's agenda: what its minutes say."""

    #: Of which meeting, from 1.
    group: int
    lang: str
    title: str
    by: str
    contributions: list[str]
    record: list[str]
    #: What is to be done, by whom and by when.
    tasks: list[list[str]]


@dataclass(frozen=True)
class Editing:
    """What the organiser does with the recommendations of one topic, or of a track."""

    title: str
    #: The section to add to, and what.
    section: str
    words: str
    #: What was made of it in another language, by root of its draft; under "lang", in which.
    translated: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Script:
    """What is said about one track, or in the plenary."""

    themes: list[tuple[str, str]]
    ideas: list[Idea]
    comments: list[Comment]
    sketches: list[Sketch]
    #: What stands before its chapter.
    intro: str
    merges: dict[str, Editing]
    minutes: list[Point]


@cache
def scripts() -> dict[str, Script]:
    """All there is to say, by the English title of the track; "" is the plenary."""
    paths = sorted((Path(__file__).parent / "scripts").glob("*.yaml"))
    whole = {
        name: one for path in paths for name, one in yaml.safe_load(path.read_text("utf-8")).items()
    }
    return {name: _script(one, whole[""]["themes"]) for name, one in whole.items()}


def _script(one: dict[str, Any], everywhere: list[Any]) -> Script:
    """A script; one without themes speaks of those that fit everywhere."""
    themes = one.get("themes", everywhere)
    piles = [[Idea(n, *idea) for idea in theme["ideas"]] for n, theme in enumerate(themes)]
    return Script(
        themes=[(theme["lang"], theme["title"]) for theme in themes],
        # In turn, so that each group speaks of every theme.
        ideas=[idea for row in zip_longest(*piles) for idea in row if idea],
        comments=[Comment(*comment) for comment in one.get("comments", [])],
        sketches=[Sketch(**sketch) for sketch in one.get("sketches", [])],
        intro=one.get("intro", ""),
        merges={topic: Editing(**how) for topic, how in one.get("merges", {}).items()},
        minutes=[Point(**point) for point in one.get("minutes", [])],
    )


def ideas_of(room: dict[str, Any], group: int, place: int, company: int) -> list[Idea]:
    """What one person of several has to say in a room; groups of a track differ, two by two."""
    said = about(room).ideas
    if room["sort"] == "plenary":
        return said[place::company][:POSTS]
    offset = (group - 1) % GROUPS * company
    return said[offset + place :: company * GROUPS][:POSTS]


def comment_of(place: int) -> Comment | None:
    """What one person has to say of somebody's idea, in any room; every other one has nothing."""
    said = scripts()[""].comments
    return None if place % 2 else said[place // 2 % len(said)]


def about(room: dict[str, Any]) -> Script:
    """What is said in a room."""
    return scripts().get(room["title"].get("en", ""), scripts()[""])
