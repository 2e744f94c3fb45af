"""Take a recommendation of the document apart: some of its sources go into others of their own."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Annotated

from facilitator.access import Actor
from facilitator.actions import ORGANISERS, Refused, action
from facilitator.consolidation.chapters import chapter_here, put
from facilitator.consolidation.desk import (
    MOST_SOURCES,
    Title,
    entries_of,
    entry_here,
    pieces,
    put_aside,
    refuse_unready,
)
from facilitator.consolidation.merging import (
    BLANK_LINE,
    Stretch,
    Stretches,
    Words,
    words_of_entry,
)
from facilitator.consolidation.steps import Changes, at_desk, record
from facilitator.db import db
from facilitator.events import publish
from facilitator.models import Face, Recommendation, Source
from facilitator.rooms.recommendations import begin, write_pieces
from facilitator.shapes import many


@dataclass(frozen=True)
class Part:
    """Rooms' recommendations that go together into one of their own, and its title."""

    origins: Annotated[list[int], many(1, MOST_SOURCES)]
    title: Title


@action("desk.split", who=ORGANISERS)
def split(
    actor: Actor, *, recommendation: int, apart: Annotated[list[Part], many(1, MOST_SOURCES)]
) -> Face:
    """Take a recommendation of the document apart: each of `apart` becomes one of its own.

    What is not named stays together, with all that was written at the desk. The text as it was is
    put aside; undoing brings it back.
    """
    at_desk(actor)
    entry = entry_here(actor, recommendation)
    refuse_unready([entry])
    staying = _staying(entry, apart)
    whole = words_of_entry(entry)
    changes = Changes()
    put_aside(actor, changes, entry)
    rest = [_make(actor, changes, entry, Part(staying, entry.title), _rest(whole, staying))]
    rest += [_make(actor, changes, entry, part, _taken(whole, part)) for part in apart]
    _stand_in_its_place(actor, changes, entry, rest)
    about = [entry.title, *(part.title for part in apart)]
    return {
        "ids": [one.id for one in rest],
        "step": record(actor, "desk.split", about, changes).id,
    }


def _staying(entry: Recommendation, apart: Sequence[Part]) -> list[int]:
    """The sources that are left for the first."""
    going = [origin for part in apart for origin in part.origins]
    if len(set(going)) < len(going):
        raise Refused("Choose each text once.", code="bad_shape")
    here = [source.origin_id for source in entry.sources]
    if not set(going) <= set(here):
        raise Refused("This text is no longer here.", code="gone")
    if len(going) == len(here):
        raise Refused("Leave at least one source with the text.", code="bad_shape")
    return [origin for origin in here if origin not in going]


def _make(
    actor: Actor, changes: Changes, entry: Recommendation, part: Part, words: Words
) -> Recommendation:
    """One of those it falls into, with its share of the sources."""
    made = begin(actor.room, title="", lang=entry.lang, template=entry.template)
    made.title, made.chapter_id, made.position = part.title, entry.chapter_id, entry.position
    going = [source for source in entry.sources if source.origin_id in part.origins]
    for place, one in enumerate(going):
        source = Source(origin_id=one.origin_id, revision=one.revision, position=place)
        made.sources.append(source)
        changes.carry(one.origin_id, entry.id, made.id)
    db.session.flush()
    write_pieces(made, pieces(made, words), words.steps, words.levels)
    changes.make(made)
    return made


def _stand_in_its_place(
    actor: Actor, changes: Changes, entry: Recommendation, made: Sequence[Recommendation]
) -> None:
    """Put them where it stood, one behind the other."""
    chapter = chapter_here(actor, entry.chapter_id or 0)
    standing = [one for one in entries_of(actor, chapter) if one not in made]
    place = sum((one.position, one.id) < (entry.position, entry.id) for one in standing)
    moved: list[Recommendation] = []
    for one in made:
        moved += put(changes, one, standing, place)
        standing.insert(place, one)
        place += 1
    publish(actor.room, *(thing for one in made for thing in (one, one.draft)))
    publish(actor.room, *moved)


# ---- Whose words ---------------------------------------------------------------------------------


def _rest(whole: Words, staying: Collection[int]) -> Words:
    """What is left: the words of those that stay, and the editors'. It keeps its title."""
    title = [one if one.origin in staying else Stretch(one.text) for one in whole.title]
    return _parted(whole, title, {None, *staying})


def _taken(whole: Words, part: Part) -> Words:
    """The words of the sources that go."""
    title = whole.title if _said(whole.title) == part.title else [Stretch(part.title)]
    named = [one if one.origin in part.origins else Stretch(one.text) for one in title]
    return _parted(whole, named, set(part.origins))


def _said(stretches: Stretches) -> str:
    return "".join(one.text for one in stretches)


def _parted(whole: Words, title: Stretches, kept: Collection[int | None]) -> Words:
    """The stretches of these sources; rows and sections without a word of theirs are left out."""
    words = Words(title)
    words.sections = {
        key: found for key, all_ in whole.sections.items() if (found := _of(all_, kept))
    }
    for step, fields in whole.steps.items():
        if left := {name: found for name, all_ in fields.items() if (found := _of(all_, kept))}:
            words.steps[step] = left
    for row, asked in whole.addressees.items():
        if office := _of(asked.office, kept):
            words.addressees[row] = replace(asked, office=office)
    return words


def _of(stretches: Stretches, kept: Collection[int | None]) -> Stretches:
    return list(_with_gaps(stretches, kept))


def _with_gaps(stretches: Stretches, kept: Collection[int | None]) -> Iterator[Stretch]:
    """What is kept, with as much between two of them as keeps their words apart.

    Blanks that were typed belong to nobody: between words that stay neighbours they stay.
    """
    gap, last = "", ""
    for one in stretches:
        before, core, after = _bare(one)
        gap += before
        if core and one.origin in kept:
            if last and gap and (between := _between(last, gap, core.text)):
                yield Stretch(between)
            yield core
            gap, last = "", core.text
        elif core:
            gap += core.text
        gap += after


def _bare(one: Stretch) -> tuple[str, Stretch | None, str]:
    """The blanks before and behind the words of an editor, and the words; a room's as they are."""
    if one.origin is not None:
        return "", one, ""
    core = one.text.strip()
    before = one.text[: len(one.text) - len(one.text.lstrip())]
    return before, Stretch(core) if core else None, one.text[len(before) + len(core) :]


def _between(before: str, gap: str, after: str) -> str:
    if not gap.strip():
        return gap
    if "\n" in gap:
        return BLANK_LINE
    return "" if before[-1].isspace() or after[0].isspace() else " "
