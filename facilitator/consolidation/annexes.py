"""Annexes that organisers may choose: the minutes of the meetings, the edit log of the desk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import count, groupby

from exports import document as doc
from exports import markup
from exports.citations import bare
from exports.richtext import (
    Block,
    Blocks,
    Emphasis,
    Heading,
    Inline,
    Paragraph,
    Table,
    Text,
)
from facilitator.consolidation.motions import DECIDED
from facilitator.consolidation.names import minutes_title, place_name
from facilitator.i18n import said, t
from facilitator.models import DeskStep, Face, Minutes, Role, Room, Status
from facilitator.rooms.minutes import tasks_of

#: What is told of a task.
TOLD = ("what", "who", "by")


# ---- Minutes -------------------------------------------------------------------------------------


def minuted(items: Iterable[Minutes], room: Room, meeting: str) -> Iterator[doc.Minutes]:
    """The minutes of a room, in its order; a part for each run of items in one language."""
    numbers = count(1)
    for lang, run in groupby(items, key=lambda item: item.lang):
        blocks = tuple(block for item in run for block in _blocks(item, numbers))
        place = Paragraph((Text(place_name(room, lang)),))
        yield doc.Minutes(meeting=meeting, blocks=(place, *blocks), lang=lang)


def _blocks(item: Minutes, numbers: Iterator[int]) -> Iterator[Block]:
    yield Heading((Text(f"{next(numbers)}. {minutes_title(item)}"),))
    about = [t("brought in by {who}", lang=item.lang, who=by)] if (by := by_of(item)) else []
    if item.status is Status.ADOPTED:
        about.append(t("approved", lang=item.lang))
    if about:
        yield Paragraph((Text(" · ".join(about)),))
    for title, blocks in sections(item):
        yield Paragraph((Emphasis((Text(title),)),))
        yield from blocks
    if tasks := tasks_of(item):
        yield _tasks(item, tasks)


def sections(item: Minutes) -> Iterator[tuple[str, Blocks]]:
    """What stands in the minutes of an item, part by part; without the marks of what it cites."""
    written = item.draft.text.get("sections", {})
    for section in item.template:
        if blocks := markup.to_blocks(bare(str(written.get(section["key"], "")))):
            yield said(section["title"], item.lang), blocks


def by_of(item: Minutes) -> str:
    """Who brings an item in, for print."""
    return markup.clean_line(item.by or "")


def standing(item: Minutes, task: Face) -> str:
    """Whether a task is done, in a word."""
    done = task["id"] in (item.done or [])
    return t("done", lang=item.lang) if done else t("still open", lang=item.lang)


def _tasks(item: Minutes, tasks: list[Face]) -> Table:
    words = (
        t("To do", lang=item.lang),
        t("Who", lang=item.lang),
        t("By when", lang=item.lang),
        t("Where it stands", lang=item.lang),
    )
    rows = [
        (*(markup.clean_line(bare(str(task[name]))) for name in TOLD), standing(item, task))
        for task in tasks
    ]
    return Table(header=_cells(words), rows=tuple(_cells(row) for row in rows))


def _cells(words: Iterable[str]) -> tuple[tuple[Inline, ...], ...]:
    return tuple((Text(one),) if one else () for one in words)


# ---- The edit log --------------------------------------------------------------------------------


def edits(steps: Iterable[DeskStep], lang: str) -> Iterator[doc.Edit]:
    """What was done at the desk, in its order: what, about what, by which role, when; or undone."""
    for step in sorted(steps, key=lambda one: (one.at, one.id)):
        yield doc.Edit(
            on=step.at.date().isoformat(),
            at=step.at.strftime("%H:%M"),
            what=markup.clean_line(_words(step.name, step.about, lang)),
            by=_role(step.role, lang),
            undone=step.undone,
        )


def _words(name: str, about: list[str], lang: str) -> str:
    """What a step was, as the desk says it."""
    if name == DECIDED:
        return _vote(about, lang)
    first = about[0] or t("Without a title", lang=lang)
    say = STEPS.get(SHADES.get((name, about[-1]), name))
    if say is None:
        return first
    others = about[OTHERS.get(name, slice(1, None))]
    return say({"lang": lang, "title": first, "titles": _quoted(others, lang)})


#: Steps that say two things, by their last word.
SHADES = {
    ("desk.judge", "related"): "desk.keep",
    ("translation.mark", "checked"): "translation.check",
}
#: Which titles are told besides the first, where it is not all the others.
OTHERS = {"desk.judge": slice(2), "motion.put": slice(None)}
#: What a step was; the words are those of the desk.
STEPS: Mapping[str, Callable[[Face], str]] = {
    "desk.place": lambda of: t("Placed “{title}”", **of),
    "desk.merge": lambda of: t("Merged into “{title}”: {titles}", **of),
    "desk.pull": lambda of: t("Took over into “{title}”: {titles}", **of),
    "desk.split": lambda of: t("Took “{title}” apart: {titles}", **of),
    "desk.move": lambda of: t("Moved “{title}”", **of),
    "desk.adopt": lambda of: t("Changed whether “{title}” is adopted", **of),
    "desk.remove": lambda of: t("Took “{title}” out", **of),
    "desk.keep": lambda of: t("Kept both as related: {titles}", **of),
    "desk.judge": lambda of: t("Not the same: {titles}", **of),
    "desk.consult": lambda of: t("Asked the rooms about “{title}”", **of),
    "desk.consulted": lambda of: t("Counted what the rooms say of “{title}”", **of),
    "translation.begin": lambda of: t("Began a translation of “{title}”", **of),
    "translation.check": lambda of: t("Checked a translation of “{title}”", **of),
    "translation.mark": lambda of: t("Noted that a translation of “{title}” is a draft", **of),
    "chapter.add": lambda of: t("Added the chapter “{title}”", **of),
    "chapter.edit": lambda of: t("Changed the chapter “{title}”", **of),
    "chapter.remove": lambda of: t("Removed the chapter “{title}”", **of),
    "motion.put": lambda of: t("Put to the plenary: {titles}", **of),
    "motion.withdraw": lambda of: t("Took “{title}” back from the plenary", **of),
    "motion.amend": lambda of: t("The plenary amended “{title}” from the floor", **of),
}


def _vote(about: list[str], lang: str) -> str:
    """How a plenary voted, on one text or on several at once."""
    came, favour, against, neither, *titles = about
    counts = {"yes": favour, "no": against, "abstain": neither}
    of = {"lang": lang, "titles": _quoted(titles, lang), **counts}
    if came == Status.ADOPTED:
        return t("The plenary adopted {titles}: {yes} for, {no} against, {abstain} abstained", **of)
    return t(
        "The plenary did not adopt {titles}: {yes} for, {no} against, {abstain} abstained", **of
    )


def _quoted(titles: Iterable[str], lang: str) -> str:
    named = (one or t("Without a title", lang=lang) for one in titles)
    return ", ".join(t("“{title}”", lang=lang, title=one) for one in named)


def _role(role: Role, lang: str) -> str:
    # What the clock tells the desk is what a plenary did.
    return t("Plenary", lang=lang) if role is Role.CLOCK else t("Organiser", lang=lang)
