"""What the texts of a room carry into its record: reservations, notes, and what became of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import select

from exports import markup
from exports.citations import numbered
from exports.record import Said
from facilitator.consolidation.names import minutes_title
from facilitator.db import db
from facilitator.i18n import said, t
from facilitator.models import Face, Idea, Minutes, Recommendation, Reopening, Reservation, Written
from facilitator.rooms.citing import Cited, cited_in, shown

#: The printed part of a hash: enough to compare two papers by.
SHORT = slice(7, 19)


@dataclass
class Notes:
    """The notes of one text, numbered as they are met."""

    room_id: int
    lang: str
    things: dict[str, Cited]
    met: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, text: Written, lang: str) -> Notes:
        """What a text cites of its own room, as far as everybody may see it."""
        return cls(text.room_id, lang, shown(cited_in(text.draft.text)))

    def numbered(self, words: str) -> str:
        """A text with numbers in the place of its marks."""
        return numbered(words, self._number)

    def _number(self, mark: str) -> int:
        if mark not in self.met:
            self.met.append(mark)
        return self.met.index(mark) + 1

    def printed(self) -> Iterable[Said]:
        """Each note with its number."""
        for number, mark in enumerate(self.met, 1):
            thing = self.things.get(mark)
            if thing is not None and thing.room_id == self.room_id:
                words, lang = _words(thing), thing.lang
            else:
                words, lang = t("This source is no longer shown.", lang=self.lang), self.lang
            yield Said(text=f"{number}. {words}", lang=lang)


def _words(thing: Cited) -> str:
    if isinstance(thing, Idea):
        return markup.clean_line(thing.text)
    if isinstance(thing, Minutes):
        return minutes_title(thing)
    parts = (markup.clean_line(part) for part in (thing.title, thing.text, thing.url))
    return ". ".join(part.rstrip(".") for part in parts if part)


def reservations(text: Recommendation, ballot: Face | None, lang: str) -> Iterable[Said]:
    """What people of the room did not agree with: what they wrote, and gave as their reason."""
    query = select(Reservation).filter_by(recommendation_id=text.id).where(Reservation.shown())
    for one in db.session.scalars(query.order_by(Reservation.id)):
        name = said(one.sector.name, lang) if one.sector else ""
        yield Said(text=one.text, lang=one.lang, note=name)
    for reason in (ballot or {}).get("reasons", []):
        if reason["answer"] == "reservation":
            words, spoken = reason["text"], reason["lang"]
            yield Said(text=words, lang=spoken)


def became(text: Recommendation, lang: str) -> Iterable[str]:
    """The hash of what was adopted; and when and why the text was opened again."""
    if text.adopted_hash:
        yield t("hash {hash}", lang=lang, hash=text.adopted_hash[SHORT])
    query = select(Reopening).filter_by(recommendation_id=text.id).order_by(Reopening.id)
    for one in db.session.scalars(query):
        yield t("reopened after the vote: {why}", lang=lang, why=one.text)
