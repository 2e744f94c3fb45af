"""Scenarios: forums to start from, written down in files that organisers can read and change."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Literal

from facilitator.models import Phase
from facilitator.scenarios import notation
from facilitator.shapes import (
    Language,
    Misshapen,
    Problem,
    many,
    misshapen,
    one_line,
    read,
    spelt,
    within,
)
from facilitator.shapes import Path as Place

#: The same words in the languages of the forum.
Name = dict[Language, Annotated[str, one_line(80)]]
Title = dict[Language, Annotated[str, one_line(200)]]
Sentence = dict[Language, Annotated[str, one_line(400)]]

#: The one that is shown where nobody asks for another.
SAMPLE = "working-forum"

MOST_ROOMS = 400

#: The step that ends every agenda, where the scenario has no words of its own for it.
CLOSING = {"en": "Closed", "pl": "Zakończone", "cs": "Ukončeno", "uk": "Завершено"}


@dataclass(frozen=True)
class MeetingPlan:
    """One sitting of the forum."""

    city: Annotated[str, one_line(80)]
    #: A date, or how many days after the founding.
    on: Annotated[int, within(0, 3650)] | date
    place: Annotated[str, one_line(120, least=0)] = ""
    days: Annotated[int, within(1, 31)] = 1
    #: Who meets there: the groups of every track, all in one hall, or both.
    meets: Literal["all", "tracks", "plenary"] = "all"


@dataclass(frozen=True)
class AgendaItem:
    """A step of a room's day."""

    phase: Phase
    title: Title
    #: None: as long as it takes.
    minutes: Annotated[int, within(1, 1440)] | None = None


@dataclass(frozen=True)
class TemplateSection:
    """A part of a recommendation that groups fill in."""

    key: Annotated[str, spelt("[a-z0-9_-]{1,30}")]
    title: Name
    hint: Sentence
    #: About how many characters it should have, if that matters.
    length: Annotated[int, within(20, 20_000)] | None = None


@dataclass(frozen=True)
class TrackPlan:
    """A thematic block with its sub-questions, its drafting template and its groups."""

    title: Title
    questions: Annotated[tuple[Sentence, ...], many(0, 12)] = ()
    #: Empty: the template of the forum.
    template: Annotated[tuple[TemplateSection, ...], many(0, 12)] = ()
    #: How many groups work on it at each meeting.
    rooms: Annotated[int, within(1, 40)] = 1


@dataclass(frozen=True)
class ChapterPlan:
    """A part of the document."""

    title: Title
    #: The number of the track it belongs to, from 1.
    track: Annotated[int, within(1, 20)] | None = None


@dataclass(frozen=True)
class BallotPlan:
    """How groups decide, where the facilitator chooses nothing else."""

    method: Literal["approval", "dots"] = "dots"
    dots: Annotated[int, within(1, 20)] = 5
    showing: Literal["live", "turnout", "hidden"] = "turnout"


@dataclass(frozen=True)
class Scenario:
    """A forum to start from."""

    title: Title
    #: The first is the main one.
    languages: Annotated[tuple[Language, ...], many(1, 12)]
    meetings: Annotated[tuple[MeetingPlan, ...], many(1, 30)]
    sectors: Annotated[tuple[Name, ...], many(1, 20)]
    tracks: Annotated[tuple[TrackPlan, ...], many(1, 20)]
    agenda: Annotated[tuple[AgendaItem, ...], many(1, 30)]
    subtitle: Title | None = None
    organisers: tuple[Annotated[str, one_line(120)], ...] = ()
    #: For the tracks that have no template of their own.
    template: Annotated[tuple[TemplateSection, ...], many(0, 12)] = ()
    #: The day of the room in which all meet. Empty: there is no such room.
    plenary: Annotated[tuple[AgendaItem, ...], many(0, 30)] = ()
    #: Empty: one for each track.
    chapters: Annotated[tuple[ChapterPlan, ...], many(0, 60)] = ()
    ballot: BallotPlan = BallotPlan()
    #: Its rooms keep minutes: an agenda, what was said about each item, and what is to be done.
    minutes: bool = False
    #: As its file is called.
    name: str = ""


class BadScenario(ValueError):
    """A scenario cannot be used. Its lines say where and what was expected, for people."""


# ---- From files ----------------------------------------------------------------------------------


def names() -> list[str]:
    """The scenarios that come with us."""
    found = (file.name for file in files(__name__).iterdir())
    return sorted(name.removesuffix(".yaml") for name in found if name.endswith(".yaml"))


def load(name: str) -> Scenario:
    """Read a scenario of ours by its name; raises BadScenario."""
    known = names()
    if name not in known:
        near = difflib.get_close_matches(name, known, 1)
        hint = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(known)}."
        raise BadScenario(f"There is no scenario “{name[:60]}”. {hint}")
    text = files(__name__).joinpath(f"{name}.yaml").read_text("utf-8")
    return replace(parse(text, f"{name}.yaml"), name=name)


def load_file(path: str | Path) -> Scenario:
    """Read a scenario of your own from a file; raises BadScenario."""
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise BadScenario(f"{path}: this file cannot be opened ({error.strerror}).") from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadScenario(f"{path}, line {line}: save this file as UTF-8.") from None
    return parse(text, Path(path).name)


def parse(text: str, filename: str) -> Scenario:
    """Read a scenario; raises BadScenario with a line for each problem."""
    try:
        notes = notation.read(text)
    except notation.BadNotation as error:
        raise BadScenario(f"{filename}, line {error.line}: {error.sentence}") from None
    try:
        scenario = read(Scenario, notes.data)
        if problems := list(_problems(scenario)):
            raise Misshapen(*problems)
    except Misshapen as error:
        found = sorted({(notes.line(one.path), _said(one, notes)) for one in error.problems})
        lines = (f"{filename}, line {line}: {sentence}" for line, sentence in found)
        raise BadScenario("\n".join(lines)) from None
    return complete(replace(scenario, name=filename.partition(".")[0][:60]))


def _said(problem: Problem, notes: notation.Notes) -> str:
    bare = notes.bare.get(problem.path)
    if bare is not None and problem.sentence == "Text is expected here.":
        if not bare:
            return "Nothing is written here. A text with a comma or a colon in it needs quotes."
        return f"Put quotes around {bare}: text is expected here."
    if problem.sentence == "This is missing.":
        return f"“{problem.path[-1]}” is missing."
    return str(problem._replace(path=()))


def complete(scenario: Scenario) -> Scenario:
    """Write out what a scenario may leave unsaid."""
    tracks = tuple(
        replace(track, template=track.template or scenario.template) for track in scenario.tracks
    )
    chapters = scenario.chapters or tuple(
        ChapterPlan(track.title, number) for number, track in enumerate(tracks, 1)
    )
    whole = replace(
        scenario,
        tracks=tracks,
        chapters=chapters,
        agenda=closed(scenario.agenda, scenario.languages),
        plenary=scenario.plenary and closed(scenario.plenary, scenario.languages),
    )
    in_order: Scenario = _in_order(whole, scenario.languages)
    return in_order


def _in_order(value: Any, languages: tuple[str, ...]) -> Any:
    """The same, with the main language first in every text: readers of others get that one."""
    if isinstance(value, dict):
        return {lang: value[lang] for lang in dict.fromkeys((*languages, *value)) if lang in value}
    if isinstance(value, tuple):
        return tuple(_in_order(one, languages) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        names = (one.name for one in fields(value))
        return replace(
            value, **{name: _in_order(getattr(value, name), languages) for name in names}
        )
    return value


def closed(agenda: tuple[AgendaItem, ...], languages: tuple[str, ...]) -> tuple[AgendaItem, ...]:
    """The agenda with a closing at its end."""
    if agenda and agenda[-1].phase == Phase.CLOSED:
        return agenda
    words = {lang: CLOSING.get(lang, CLOSING["en"]) for lang in languages}
    return (*agenda, AgendaItem(Phase.CLOSED, words))


# ---- What the types cannot say -------------------------------------------------------------------


def _problems(scenario: Scenario) -> Iterator[Problem]:
    if scenario.name:
        yield _bad(("name",), "A scenario is called as its file is: remove this line.")
    yield from _untranslated(scenario)
    yield from _twice(scenario)
    for number, track in enumerate(scenario.tracks):
        if not (track.template or scenario.template):
            yield _bad(
                ("tracks", number), "This track needs a “template”, or the forum one for all."
            )
    for number, chapter in enumerate(scenario.chapters):
        if (chapter.track or 1) > len(scenario.tracks):
            yield _bad(("chapters", number, "track"), "There is no track with this number.")
    for name in ("agenda", "plenary"):
        yield from _early_end(name, getattr(scenario, name))
    yield from _unmet(scenario)
    sittings = sum(meeting.meets != "plenary" for meeting in scenario.meetings)
    rooms = sittings * sum(track.rooms for track in scenario.tracks)
    if rooms > MOST_ROOMS:
        yield _bad(
            ("tracks",),
            "That would be {n} rooms: at most {most} fit in a forum.",
            n=rooms,
            most=MOST_ROOMS,
        )


def _unmet(scenario: Scenario) -> Iterator[Problem]:
    """Groups need a meeting, and a meeting of all needs its agenda."""
    if all(meeting.meets == "plenary" for meeting in scenario.meetings):
        yield _bad(("meetings",), "At one meeting at least the groups must meet.")
    for number, meeting in enumerate(scenario.meetings):
        if meeting.meets == "plenary" and not scenario.plenary:
            yield _bad(
                ("meetings", number, "meets"), "All can meet only where there is a “plenary”."
            )


def _untranslated(scenario: Scenario) -> Iterator[Problem]:
    """Every text must be there in every language of the forum."""
    for path, words in _texts(scenario, ()):
        for lang in scenario.languages:
            if lang not in words:
                yield _bad(path, "The words in “{tag}” are missing.", tag=lang)


def _texts(value: Any, path: Place) -> Iterator[tuple[Place, dict[str, str]]]:
    if isinstance(value, dict):
        yield path, value
    if isinstance(value, tuple):
        for place, item in enumerate(value):
            yield from _texts(item, (*path, place))
    if is_dataclass(value):
        for one in fields(value):
            yield from _texts(getattr(value, one.name), (*path, one.name))


def _twice(scenario: Scenario) -> Iterator[Problem]:
    """What people choose from a list must differ in every language; so must the keys."""
    lists: dict[str, list[dict[str, str]]] = {
        "sectors": list(scenario.sectors),
        "tracks": [track.title for track in scenario.tracks],
    }
    for name, texts in lists.items():
        for lang in scenario.languages:
            for place in _repeats([text.get(lang, "").casefold() for text in texts]):
                words = texts[place].get(lang, "")
                yield _bad((name, place), "“{words}” is there twice.", words=words)
    for place in _repeats(list(scenario.languages)):
        yield _bad(("languages", place), "This language is there twice.")
    templates: list[tuple[Place, tuple[TemplateSection, ...]]] = [
        (("template",), scenario.template),
        *((("tracks", at, "template"), one.template) for at, one in enumerate(scenario.tracks)),
    ]
    for path, template in templates:
        for place in _repeats([section.key for section in template]):
            at, key = (*path, place), template[place].key
            yield _bad(at, "The key “{key}” is there twice.", key=key)


def _repeats(words: list[str]) -> Iterator[int]:
    """The places of what stood there before."""
    seen: Counter[str] = Counter()
    for place, word in enumerate(words):
        if word and seen[word]:
            yield place
        seen[word] += 1


def _early_end(name: str, agenda: tuple[AgendaItem, ...]) -> Iterator[Problem]:
    if agenda and all(item.phase == Phase.CLOSED for item in agenda):
        yield _bad((name,), "Before the closing there must be something to do.")


def _bad(path: Place, sentence: str, **values: Any) -> Problem:
    return misshapen(sentence, at=path, **values).first
