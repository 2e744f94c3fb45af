"""Consolidation: chapters, sources, passages, and the steps taken at the desk."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from facilitator.db import Model
from facilitator.models.kinds import (
    NEVER_AGAIN,
    Face,
    Localised,
    Moment,
    Role,
    Verdict,
    new_uuid,
    now,
    word,
)

if TYPE_CHECKING:
    from facilitator.models.drafts import Recommendation


class Chapter(Model):
    """A part of the document."""

    __tablename__ = "chapter"
    __table_args__ = NEVER_AGAIN
    kind = "chapter"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uuid)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id", ondelete="CASCADE"), index=True)
    track_id: Mapped[int | None] = mapped_column(ForeignKey("track.id"))
    title: Mapped[Localised] = mapped_column(JSON)
    #: The editors' words, printed as theirs.
    intro: Mapped[str] = mapped_column(Text, default="")
    #: The same in the forum's other languages.
    intros: Mapped[Localised] = mapped_column(JSON, default=dict)
    position: Mapped[int] = mapped_column(default=0)
    gone: Mapped[bool] = mapped_column(default=False)

    def public(self) -> Face:
        """The chapter; recommendations say that they stand in it."""
        return {
            "id": self.id,
            "uuid": self.uuid,
            "title": self.title,
            "intro": self.intro,
            "intros": self.intros,
            "position": self.position,
        }


class Source(Model):
    """A room's recommendation that went into one of the forum's, at one revision of its draft."""

    __tablename__ = "source"
    __table_args__ = (UniqueConstraint("recommendation_id", "origin_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    recommendation_id: Mapped[int] = mapped_column(
        ForeignKey("recommendation.id", ondelete="CASCADE"), index=True
    )
    origin_id: Mapped[int] = mapped_column(ForeignKey("recommendation.id"), index=True)
    revision: Mapped[int]
    #: Gives its letter: A, B, C …
    position: Mapped[int]

    origin: Mapped[Recommendation] = relationship(foreign_keys=[origin_id])

    def public(self) -> Face:
        """Which recommendation, at which revision."""
        return {"id": self.id, "origin": self.origin_id, "revision": self.revision}


class Passage(Model):
    """A stretch of a source's text, pulled into a draft under a client id of its own."""

    __tablename__ = "passage"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uuid)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"), index=True)
    #: Where it stood: a root of the source's draft, and the characters (code points) of its text.
    root: Mapped[str] = mapped_column(String(120))
    start: Mapped[int]
    end: Mapped[int]


class Likeness(Model):
    """Two rooms' recommendations that say something similar, and what the desk thinks of that."""

    __tablename__ = "likeness"
    __table_args__ = (UniqueConstraint("a_id", "b_id"), NEVER_AGAIN)
    kind = "likeness"

    id: Mapped[int] = mapped_column(primary_key=True)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id", ondelete="CASCADE"), index=True)
    #: The earlier one of the two, and the later one.
    a_id: Mapped[int] = mapped_column(ForeignKey("recommendation.id", ondelete="CASCADE"))
    b_id: Mapped[int] = mapped_column(
        ForeignKey("recommendation.id", ondelete="CASCADE"), index=True
    )
    #: "words" or "meaning": how it was found. What a score is worth depends on it.
    found_by: Mapped[str] = mapped_column(String(12))
    #: How alike they are, in hundredths.
    score: Mapped[int]
    #: The stems that both have, the most telling first.
    shared: Mapped[list[str]] = mapped_column(JSON, default=list)
    #: What was said of the pair; it is not suggested again.
    verdict: Mapped[Verdict | None] = mapped_column(word(Verdict))
    gone: Mapped[bool] = mapped_column(default=False)

    def public(self) -> Face:
        """The pair, and why it is suggested."""
        return {
            "id": self.id,
            "a": self.a_id,
            "b": self.b_id,
            "found_by": self.found_by,
            "score": self.score,
            "shared": self.shared,
            "verdict": self.verdict,
        }


class Encoding(Model):
    """What a text means, as a model says it: made once for each text, and kept."""

    __tablename__ = "encoding"

    forum_id: Mapped[int] = mapped_column(
        ForeignKey("forum.id", ondelete="CASCADE"), primary_key=True
    )
    #: SHA-256 of the text, and the name of the model with its version.
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    model: Mapped[str] = mapped_column(String(40), primary_key=True)
    #: Numbers of four bytes each, the small end first.
    vector: Mapped[bytes] = mapped_column(LargeBinary)


#: What cannot be undone: by it others have been asked, or have decided.
FINAL = frozenset(
    {
        "desk.consult",
        "desk.consulted",
        "motion.put",
        "motion.withdraw",
        "motion.amend",
        "motion.decide",
    }
)


class DeskStep(Model):
    """Something done at the desk, and how to undo it; or by a plenary, with a text of the desk."""

    __tablename__ = "desk_step"
    kind = "step"

    id: Mapped[int] = mapped_column(primary_key=True)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id", ondelete="CASCADE"), index=True)
    #: The name of the action; "motion.amend" and "motion.decide" is what plenaries do.
    name: Mapped[str] = mapped_column(String(40))
    #: What it was about, in words of people: titles.
    about: Mapped[list[str]] = mapped_column(JSON)
    #: What it changed: [{"kind", "id", "before": {…}, "after": {…}}].
    changes: Mapped[list[Face]] = mapped_column(JSON)
    #: The clock tells the desk what a plenary did.
    role: Mapped[Role] = mapped_column(word(Role))
    #: When it was done: of a plenary the desk hears a moment later.
    at: Mapped[datetime] = mapped_column(Moment, default=now)
    undone: Mapped[bool] = mapped_column(default=False)

    @property
    def final(self) -> bool:
        """Whether nothing takes it back."""
        return self.name in FINAL

    def public(self) -> Face:
        """A line of the edit log."""
        return {
            "id": self.id,
            "name": self.name,
            "about": self.about,
            "role": self.role,
            "at": self.at.isoformat(),
            "undone": self.undone,
            "final": self.final,
        }


class Mirror(Model):
    """What the desk has last been told of a thing in another room: a cell or a card."""

    __tablename__ = "mirror"

    forum_id: Mapped[int] = mapped_column(
        ForeignKey("forum.id", ondelete="CASCADE"), primary_key=True
    )
    #: "cell": a room as the overview shows it. "card": a room's recommendation with its text.
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    id: Mapped[int] = mapped_column(primary_key=True)
    face: Mapped[Face] = mapped_column(JSON)

    def public(self) -> Face:
        """What it was told."""
        return self.face


class SealedEdition(Model):
    """The document as it was sealed: it never changes again."""

    __tablename__ = "edition"
    __table_args__ = (UniqueConstraint("forum_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id", ondelete="CASCADE"))
    #: From 1; the version is that and ".0".
    number: Mapped[int]
    hash: Mapped[str] = mapped_column(String(80))
    #: The data of the document, as exports.document.to_json gives it.
    document: Mapped[Face] = mapped_column(JSON, deferred=True)
    sealed_at: Mapped[datetime] = mapped_column(Moment, default=now)

    files: Mapped[list[SealedFile]] = relationship(order_by="SealedFile.name")

    @property
    def version(self) -> str:
        """What is printed on it."""
        return f"{self.number}.0"


class SealedFile(Model):
    """A file of a sealed edition, or its seal: the bytes that the seal speaks of."""

    __tablename__ = "edition_file"

    edition_id: Mapped[int] = mapped_column(
        ForeignKey("edition.id", ondelete="CASCADE"), primary_key=True
    )
    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    data: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
