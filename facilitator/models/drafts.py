"""What people write together, recommendations and minutes, and its co-edited text."""

from __future__ import annotations

from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from sqlalchemy import JSON, BigInteger, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from facilitator.db import Model
from facilitator.models.kinds import NEVER_AGAIN, Face, Moment, Status, new_uuid, now, word

if TYPE_CHECKING:
    from facilitator.models.desk import Source


class Written(Model):
    """What people write together: a recommendation, or the minutes of an item of a meeting."""

    __tablename__ = "recommendation"
    __table_args__ = NEVER_AGAIN
    __mapper_args__ = MappingProxyType({"polymorphic_on": "sort"})
    kind: ClassVar[str]

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uuid)
    sort: Mapped[str] = mapped_column(String(16), default="recommendation")
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id", ondelete="CASCADE"), index=True)
    #: Which of its kind in its room, from 1.
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
    position: Mapped[int] = mapped_column(default=0)
    #: Put aside, at the desk to be brought back by undoing; nothing is thrown away.
    gone: Mapped[bool] = mapped_column(default=False)

    draft: Mapped[Draft] = relationship(back_populates="recommendation")

    def public(self) -> Face:
        """What it is, but for its text, which is a thing of its own."""
        return {
            "id": self.id,
            "uuid": self.uuid,
            "number": self.number,
            "title": self.title,
            "lang": self.lang,
            "template": self.template,
            "status": self.status,
            "hash": self.adopted_hash,
            "position": self.position,
        }


class Recommendation(Written):
    """A co-edited structured draft. Those of the desk's room are the forum's, made by merging."""

    #: It has no table of its own.
    __tablename__ = None  # type: ignore[assignment]
    __mapper_args__ = MappingProxyType({"polymorphic_identity": "recommendation"})
    kind = "recommendation"

    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id", ondelete="SET NULL"))
    #: At the desk: where it stands in the document.
    chapter_id: Mapped[int | None] = mapped_column(ForeignKey("chapter.id"), index=True)
    #: In a plenary: the text of the desk that was put to it; `Motion` says more.
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("recommendation.id"), index=True)
    #: Of starting material from elsewhere: where it stood, and what was decided on it there.
    imported: Mapped[Face | None] = mapped_column(JSON(none_as_null=True))

    sources: Mapped[list[Source]] = relationship(
        foreign_keys="Source.recommendation_id", order_by="Source.position"
    )

    def public(self) -> Face:
        """The recommendation but for its text, which is a thing of its own."""
        return {
            **super().public(),
            "theme": self.theme_id,
            "chapter": self.chapter_id,
            "sources": [source.public() for source in self.sources],
            "imported": self.imported,
        }


class Minutes(Written):
    """An item of a meeting's agenda: what was said about it, and who does what until when."""

    __tablename__ = None  # type: ignore[assignment]
    __mapper_args__ = MappingProxyType({"polymorphic_identity": "minutes"})
    kind = "minutes"

    #: Who brings it in: a role, a sector or an organisation.
    by: Mapped[str | None] = mapped_column(String(120))
    #: The meeting is at this item.
    now: Mapped[bool | None] = mapped_column(default=False)
    #: Of its steps, which are its tasks, those that are done.
    done: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    #: The item of an earlier meeting whose open tasks it goes on with.
    origin_id: Mapped[int | None] = mapped_column(ForeignKey("recommendation.id"))

    def public(self) -> Face:
        """The item but for its text, which is a thing of its own."""
        return {
            **super().public(),
            "by": self.by or "",
            "now": bool(self.now),
            "done": self.done or [],
            "origin": self.origin_id,
        }


class Draft(Model):
    """A co-edited text: a log of Yjs updates, and what it last read as."""

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
    #: As of rendered_seq: {"title", "sections": {key: markdown}, "steps": [{id, what, …}],
    #: "addressees": [{id, office, level}]}.
    rendered_seq: Mapped[int] = mapped_column(default=0)
    text: Mapped[Face] = mapped_column(JSON, default=dict)

    recommendation: Mapped[Written] = relationship(back_populates="draft")

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
    #: Which of its units are entries of a map, [[clock, how many]]; None in drafts from before that
    #: was noted.
    entries: Mapped[list[list[int]] | None] = mapped_column(JSON(none_as_null=True), default=list)


class DraftQuarantine(Model):
    """An update that could not be applied; the draft opens without it."""

    __tablename__ = "draft_quarantine"

    draft_id: Mapped[int] = mapped_column(
        ForeignKey("draft.id", ondelete="CASCADE"), primary_key=True
    )
    seq: Mapped[int] = mapped_column(primary_key=True)
    reason: Mapped[str] = mapped_column(String(200))
