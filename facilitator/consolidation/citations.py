"""What texts cite: ideas and cards of their own rooms, as far as everybody may see them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Literal

from exports import document as doc
from exports import markup
from exports.citations import Cite
from exports.richtext import Inline, Link, Text
from facilitator.consolidation.names import minutes_title, place_name
from facilitator.i18n import t
from facilitator.models import Idea, Minutes, Room
from facilitator.rooms import citing

#: The note for what is no longer shown.
GONE = "cited-gone"


@dataclass
class Cited:
    """What may be cited in a document, and the notes that were needed, in their order."""

    things: dict[str, citing.Cited]
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

    def _note(self, name: str, thing: citing.Cited) -> doc.Evidence:
        return doc.Evidence(
            id=name,
            kind=_kind(thing),
            content=tuple(_content(thing)),
            standing="reported",
            lang=thing.lang,
            given_in=place_name(self.rooms[thing.room_id], self.lang),
        )

    def _gone(self) -> doc.Evidence:
        words = t("This source is no longer shown.", lang=self.lang)
        content = (Text(words),)
        return doc.Evidence(id=GONE, kind="source", content=content, standing="reported")


def _kind(thing: citing.Cited) -> Literal["idea", "minutes", "source"]:
    if isinstance(thing, Idea):
        return "idea"
    return "minutes" if isinstance(thing, Minutes) else "source"


def _content(thing: citing.Cited) -> Iterable[Inline]:
    """An idea in its words; a card with where it stands and what it shows."""
    if isinstance(thing, Idea):
        yield Text(markup.clean_line(thing.text))
        return
    if isinstance(thing, Minutes):
        yield Text(minutes_title(thing))
        return
    title = Text(markup.clean_line(thing.title))
    yield Link(thing.url, (title,)) if thing.url else title
    if shows := markup.clean_line(thing.text):
        yield Text(f": {shows}")
