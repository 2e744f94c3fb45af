"""What texts cite: ideas and cards of their own rooms, as far as everybody may see them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from exports import document as doc
from exports import markup
from exports.citations import Cite, marks_in
from exports.richtext import Inline, Link, Text
from facilitator.consolidation.names import place_name
from facilitator.db import db
from facilitator.i18n import t
from facilitator.models import Evidence, Face, Idea, Room

#: The note for what is no longer shown.
GONE = "cited-gone"


@dataclass
class Cited:
    """What may be cited in a document, and the notes that were needed, in their order."""

    things: dict[str, Idea | Evidence]
    rooms: dict[int, Room]
    lang: str
    notes: dict[str, doc.Evidence] = field(default_factory=dict)

    def of(self, rooms: Collection[int]) -> Cite:
        """How a text of these rooms cites: what another room wrote is not theirs to cite."""

        def cite(mark: str) -> str:
            thing = self.things.get(mark)
            if thing is None or thing.room_id not in rooms:
                self.notes.setdefault(GONE, self._gone())
                return GONE
            name = f"cited-{mark}"
            if name not in self.notes:
                self.notes[name] = self._note(name, thing)
            return name

        return cite

    def _note(self, name: str, thing: Idea | Evidence) -> doc.Evidence:
        return doc.Evidence(
            id=name,
            kind="idea" if isinstance(thing, Idea) else "source",
            content=tuple(_content(thing)),
            standing="reported",
            lang=thing.lang,
            given_in=place_name(self.rooms[thing.room_id], self.lang),
        )

    def _gone(self) -> doc.Evidence:
        words = t("This source is no longer shown.", lang=self.lang)
        content = (Text(words),)
        return doc.Evidence(id=GONE, kind="source", content=content, standing="reported")


def _content(thing: Idea | Evidence) -> Iterable[Inline]:
    """An idea in its words; a card with where it stands and what it shows."""
    if isinstance(thing, Idea):
        yield Text(markup.clean_line(thing.text))
        return
    title = Text(markup.clean_line(thing.title))
    yield Link(thing.url, (title,)) if thing.url else title
    if shows := markup.clean_line(thing.text):
        yield Text(f": {shows}")


def shown(marks: Iterable[str]) -> dict[str, Idea | Evidence]:
    """What these marks cite, as far as everybody may see it."""
    wanted = set(marks)
    found: dict[str, Idea | Evidence] = {}
    kinds: tuple[tuple[str, Any], ...] = (("i", Idea), ("e", Evidence))
    for letter, model in kinds:
        ids = [int(mark[1:]) for mark in wanted if mark.startswith(letter)]
        query = select(model).where(model.id.in_(ids), model.shown())
        fresh = query.execution_options(populate_existing=True)
        found |= {f"{letter}{one.id}": one for one in db.session.scalars(fresh)}
    return found


def cited_in(face: Face) -> list[str]:
    """The marks in the sections of a rendered draft."""
    return [mark for text in face.get("sections", {}).values() for mark in marks_in(str(text))]


def told(thing: Idea | Evidence) -> Face:
    """What the desk shows of something that a room's text cites."""
    if isinstance(thing, Idea):
        return {"text": thing.text, "lang": thing.lang}
    return {"title": thing.title, "url": thing.url, "text": thing.text, "lang": thing.lang}
