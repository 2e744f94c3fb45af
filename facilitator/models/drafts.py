"""Recommendations and their co-edited text."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import JSON, BigInteger, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from facilitator.db import Model
from facilitator.models.kinds import NEVER_AGAIN, Face, Moment, Status, new_uuid, now, word

if TYPE_CHECKING:
    from facilitator.models.desk import Source


class Recommendation(Model):
    """A co-edited structured draft. Those of the desk's room are the forum's, made by merging."""

    __tablename__ = "recommendation"
    __table_args__ = NEVER_AGAIN
    kind = "recommendation"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uuid)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id", ondelete="CASCADE"), index=True)
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id", ondelete="SET NULL"))
    #: Which of its room, from 1.
    number: Mapped[int]
    #: As last rendered from its draft.
    title: Mapped[str] = mapped_column(String(300))
    lang: Mapped[str] = mapped_column(String(12))
    #: The template as it was when the draft was begun.
    template: Mapped[list[Face]] = mapped_column(JSON)
    status: Mapped[Status] = mapped_column(word(Status), default=Status.DRAFT)
    #: The revision of the draft that was adopted.
    adopted_seq: Mapped[int | None]
    #: The hash of the wording that was adopted; a moment later where the draft was read late.
    adopted_hash: Mapped[str | None] = mapped_column(String(71))
    #: At the desk: where it stands in the document.
    chapter_id: Mapped[int | None] = mapped_column(ForeignKey("chapter.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    #: Put aside at the desk, to be brought back by undoing; nothing is thrown away.
    gone: Mapped[bool] = mapped_column(default=False)

    draft: Mapped[Draft] = relationship(back_populates="recommendation")
    sources: Mapped[list[Source]] = relationship(
        foreign_keys="Source.recommendation_id", order_by="Source.position"
    )

    def public(self) -> Face:
        """The recommendation but for its text, which is a thing of its own."""
        return {
            "id": self.id,
            "uuid": self.uuid,
            "theme": self.theme_id,
            "number": self.number,
            "title": self.title,
            "lang": self.lang,
            "template": self.template,
            "status": self.status,
            "hash": self.adopted_hash,
            "chapter": self.chapter_id,
            "position": self.position,
            "sources": [source.public() for source in self.sources],
        }


class Draft(Model):
    """The co-edited text of a recommendation: a log of Yjs updates, and what it last read as."""

    __tablename__ = "draft"
    kind = "text"

    id: Mapped[int] = mapped_column(
        ForeignKey("recommendation.id", ondelete="CASCADE"), primary_key=True
    )
    #: Another one means: this is another history, do not merge.
    epoch: Mapped[str] = mapped_column(String(36), default=new_uuid)
    #: The number of its last update.
    seq: Mapped[int] = mapped_column(default=0)
    #: A merged copy of the log up to snap_seq, to join faster.
    snap_seq: Mapped[int] = mapped_column(default=0)
    snap: Mapped[bytes | None] = mapped_column(LargeBinary)
    #: As of rendered_seq: {"title", "sections": {key: markdown}, "steps": [{id, what, …}]}.
    rendered_seq: Mapped[int] = mapped_column(default=0)
    text: Mapped[Face] = mapped_column(JSON, default=dict)

    recommendation: Mapped[Recommendation] = relationship(back_populates="draft")

    def public(self) -> Face:
        """The text for those who read: screens, the desk, phones that do not write."""
        return {"id": self.id, "seq": self.rendered_seq, **self.text}


class DraftUpdate(Model):
    """One accepted Yjs update: the history of a draft is a prefix of these."""

    __tablename__ = "draft_update"

    draft_id: Mapped[int] = mapped_column(
        ForeignKey("draft.id", ondelete="CASCADE"), primary_key=True
    )
    seq: Mapped[int] = mapped_column(primary_key=True)
    data: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(Moment, default=now)


class DraftClient(Model):
    """Whose a Yjs client id is, and how far it has come: state vector and attribution in one."""

    __tablename__ = "draft_client"

    draft_id: Mapped[int] = mapped_column(
        ForeignKey("draft.id", ondelete="CASCADE"), primary_key=True
    )
    client_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    seat_id: Mapped[int | None] = mapped_column(ForeignKey("seat.id", ondelete="SET NULL"))
    grant_id: Mapped[int | None] = mapped_column(ForeignKey("grant.id", ondelete="SET NULL"))
    #: Leased for a passage: everything under this client id came from there.
    passage_id: Mapped[int | None] = mapped_column(ForeignKey("passage.id", ondelete="CASCADE"))
    next_clock: Mapped[int] = mapped_column(default=0)


class DraftQuarantine(Model):
    """An update that could not be applied; the draft opens without it."""

    __tablename__ = "draft_quarantine"

    draft_id: Mapped[int] = mapped_column(
        ForeignKey("draft.id", ondelete="CASCADE"), primary_key=True
    )
    seq: Mapped[int] = mapped_column(primary_key=True)
    reason: Mapped[str] = mapped_column(String(200))
