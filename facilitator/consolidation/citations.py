"""What texts cite: ideas and cards of their own rooms, as far as everybody may see them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from exports import document as doc
from exports import markup
from exports.citations import Cite
from exports.richtext import Inline, Link, Text
from facilitator.consolidation.names import place_name
from facilitator.i18n import t
from facilitator.models import Evidence, Idea, Room

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
