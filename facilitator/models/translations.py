"""A recommendation of the document in another language."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from facilitator.db import Model
from facilitator.models.drafts import Recommendation
from facilitator.models.kinds import Face, Role, word


class Translation(Model):
    """Says of a text at the desk that it is another one in another language, and how far it is.

    The text is a recommendation in no chapter: it is written in a draft as any other. Votes,
    sources and reservations are the original's.
    """

    __tablename__ = "translation"
    kind = "translation"

    #: The recommendation that holds the translated text.
    id: Mapped[int] = mapped_column(
        ForeignKey("recommendation.id", ondelete="CASCADE"), primary_key=True
    )
    original_id: Mapped[int] = mapped_column(
        ForeignKey("recommendation.id", ondelete="CASCADE"), index=True
    )
    lang: Mapped[str] = mapped_column(String(12))
    made_by: Mapped[Role] = mapped_column(word(Role))
    #: The revision of the original that it says; a later one is not translated yet.
    made_from: Mapped[int]
    #: The revision of its own that was checked. Words that came later were not.
    checked_seq: Mapped[int | None]
    checked_by: Mapped[Role | None] = mapped_column(word(Role))
    #: In ISO 8601, as the steps of the desk can keep it.
    checked_at: Mapped[str | None] = mapped_column(String(40))
    gone: Mapped[bool] = mapped_column(default=False)

    text: Mapped[Recommendation] = relationship(foreign_keys="Translation.id")
    original: Mapped[Recommendation] = relationship(foreign_keys="Translation.original_id")

    @property
    def is_checked(self) -> bool:
        """Whether somebody compared exactly these words with the original."""
        return self.checked_seq is not None and self.checked_seq >= self.text.draft.rendered_seq

    @property
    def is_behind(self) -> bool:
        """Whether the original has changed since."""
        return self.original.draft.rendered_seq > self.made_from

    def public(self) -> Face:
        """What is known of it; whether it is behind follows from the texts themselves."""
        return {
            "id": self.id,
            "original": self.original_id,
            "lang": self.lang,
            "made_by": self.made_by,
            "made_from": self.made_from,
            "checked": self.checked_seq,
            "checked_by": self.checked_by,
            "checked_at": self.checked_at,
        }
