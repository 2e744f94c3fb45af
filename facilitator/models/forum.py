"""The forum and how it is laid out: meetings, sectors, tracks, rooms."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from facilitator.db import Model
from facilitator.models.kinds import (
    NEVER_AGAIN,
    Face,
    Localised,
    Moderation,
    Moment,
    Phase,
    RoomKind,
    new_uuid,
    now,
    word,
)


class Forum(Model):
    """One event or one series with one final document."""

    __tablename__ = "forum"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uuid)
    scenario: Mapped[str] = mapped_column(String(60))
    title: Mapped[Localised] = mapped_column(JSON)
    subtitle: Mapped[Localised] = mapped_column(JSON, default=dict)
    #: The first is the main one: of the cover, and of what names no other.
    languages: Mapped[list[str]] = mapped_column(JSON)
    starts: Mapped[date]
    ends: Mapped[date]
    organisers: Mapped[list[str]] = mapped_column(JSON, default=list)
    #: Organisations that took part and agreed to be named in the document.
    participating: Mapped[list[str]] = mapped_column(JSON, default=list)
    #: True prints a notice that the content is invented.
    sample: Mapped[bool] = mapped_column(default=False)
    code: Mapped[str] = mapped_column(String(12), unique=True)
    #: Part of the secret in the QR code: raised when the code is changed.
    code_generation: Mapped[int] = mapped_column(default=1)
    #: A raised hand shows its nickname to who leads the room; else its number.
    hands_by_name: Mapped[bool] = mapped_column(default=False)
    #: The private key with which its document is sealed, made at the first seal; told to nobody.
    seal_key: Mapped[str | None] = mapped_column(String(64))
    #: Counts of sectors below this are hidden: 5, or more where the organisers say so.
    least: Mapped[int] = mapped_column(default=5)
    #: Its rooms keep minutes of what their meetings speak about.
    minutes: Mapped[bool] = mapped_column(default=False)
    #: What the document prints behind its chapters besides what it always does.
    annexes: Mapped[list[str]] = mapped_column(JSON, default=lambda: ["minutes"])
    founded_at: Mapped[datetime] = mapped_column(Moment, default=now)
    #: Everything is tried out now, and will be wiped before the forum begins.
    rehearsal: Mapped[bool] = mapped_column(default=False)


class Meeting(Model):
    """One sitting of the forum: a city, a date, a place."""

    __tablename__ = "meeting"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uuid)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    city: Mapped[str] = mapped_column(String(80))
    place: Mapped[str] = mapped_column(String(120), default="")
    on: Mapped[date]


class Sector(Model):
    """A side of the table that a seat may speak for."""

    __tablename__ = "sector"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uuid)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    name: Mapped[Localised] = mapped_column(JSON)


class Track(Model):
    """A thematic block of the forum, with the template its groups draft by."""

    __tablename__ = "track"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uuid)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    title: Mapped[Localised] = mapped_column(JSON)
    #: Sections of a recommendation: [{"key", "title": {…}, "hint": {…}, "length"?}].
    template: Mapped[list[Face]] = mapped_column(JSON)

    questions: Mapped[list[Question]] = relationship(order_by="Question.position")


class Question(Model):
    """A sub-question of a track: a column of its boards."""

    __tablename__ = "question"
    __table_args__ = NEVER_AGAIN

    id: Mapped[int] = mapped_column(primary_key=True)
    track_id: Mapped[int] = mapped_column(ForeignKey("track.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    text: Mapped[Localised] = mapped_column(JSON)

    def public(self) -> Face:
        """The question, in its languages."""
        return {"id": self.id, "text": self.text}


class Room(Model):
    """Where people work together: a track × a meeting × a group."""

    __tablename__ = "room"
    __table_args__ = NEVER_AGAIN
    kind = "room"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uuid)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id", ondelete="CASCADE"), index=True)
    sort: Mapped[RoomKind] = mapped_column(word(RoomKind), default=RoomKind.GROUP)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), index=True)
    track_id: Mapped[int | None] = mapped_column(ForeignKey("track.id"), index=True)
    #: Which group of its track and meeting, from 1.
    number: Mapped[int] = mapped_column(default=1)
    #: Where given, instead of the track's.
    title: Mapped[Localised | None] = mapped_column(JSON(none_as_null=True))
    code: Mapped[str] = mapped_column(String(12), unique=True)
    #: The steps of its day: [{"phase", "title": {…}, "minutes"}]; the last one is the closing.
    agenda: Mapped[list[Face]] = mapped_column(JSON)
    #: Where it is in its agenda, from 0.
    at: Mapped[int] = mapped_column(default=0)
    phase: Mapped[Phase] = mapped_column(word(Phase), default=Phase.GATHER)
    #: When the time of this step is over. Screens count by themselves; nothing closes at it.
    ends_at: Mapped[datetime | None] = mapped_column(Moment)
    #: While the time is paused: how much was left of it, in milliseconds.
    left_ms: Mapped[int | None]
    #: At the end of the time the room goes on to the next step by itself.
    goes_on: Mapped[bool] = mapped_column(default=False)
    #: When its day began, and when the step it is at.
    began_at: Mapped[datetime | None] = mapped_column(Moment)
    step_at: Mapped[datetime | None] = mapped_column(Moment)
    #: How often it has gone to another step: the number of its visit to this one.
    moves: Mapped[int] = mapped_column(default=0)
    #: While it is locked participants can look, and raise a hand; whoever leads goes on.
    locked: Mapped[bool] = mapped_column(default=False)
    #: The same for all rooms at once, by the organisers.
    paused: Mapped[bool] = mapped_column(default=False)
    #: While it is veiled, nobody sees the ideas of others: what comes first would steer the rest.
    veiled: Mapped[bool] = mapped_column(default=False)
    moderation: Mapped[Moderation] = mapped_column(word(Moderation), default=Moderation.AFTER)
    #: Nobody is told who wrote which part of its drafts, not even by sector.
    anonymous: Mapped[bool] = mapped_column(default=False)
    #: The clock of the room: the number of its last line of news.
    seq: Mapped[int] = mapped_column(default=0)

    track: Mapped[Track | None] = relationship()
    meeting: Mapped[Meeting | None] = relationship()

    def public(self) -> Face:
        """The room: what it is about, and where it is in its day."""
        track = self.track
        return {
            "id": self.id,
            "uuid": self.uuid,
            "sort": self.sort,
            "title": self.title or (track.title if track else {}),
            "track": track and track.uuid,
            "number": self.number,
            "meeting": self.meeting and self.meeting.city,
            "code": self.code,
            "questions": [q.public() for q in track.questions] if track else [],
            "template": track.template if track else [],
            "agenda": self.agenda,
            "at": self.at,
            "phase": self.phase,
            "ends_at": self.ends_at and self.ends_at.isoformat(),
            "left_ms": self.left_ms,
            "goes_on": self.goes_on,
            "began_at": self.began_at and self.began_at.isoformat(),
            "step_at": self.step_at and self.step_at.isoformat(),
            "visit": self.moves,
            "locked": self.locked,
            "paused": self.paused,
            "veiled": self.veiled,
            "moderation": self.moderation,
            "anonymous": self.anonymous,
        }


class People(Model):
    """How many seats are in a room. Not part of the room, which changes less often."""

    __tablename__ = "people"
    kind = "people"

    id: Mapped[int] = mapped_column(ForeignKey("room.id", ondelete="CASCADE"), primary_key=True)
    seats: Mapped[int] = mapped_column(default=0)

    def public(self) -> Face:
        """A number, and no names."""
        return {"id": self.id, "seats": self.seats}


class Notice(Model):
    """What the organisers tell everybody in a room: a sentence, and that it is only a rehearsal."""

    __tablename__ = "notice"
    kind = "notice"

    id: Mapped[int] = mapped_column(ForeignKey("room.id", ondelete="CASCADE"), primary_key=True)
    #: Empty: nothing is to be told.
    text: Mapped[str] = mapped_column(String(200), default="")
    lang: Mapped[str] = mapped_column(String(12), default="")
    rehearsal: Mapped[bool] = mapped_column(default=False)
    said_at: Mapped[datetime] = mapped_column(Moment, default=now)

    def public(self) -> Face:
        """The words, and since when they stand there."""
        return {
            "id": self.id,
            "text": self.text,
            "lang": self.lang,
            "rehearsal": self.rehearsal,
            "said_at": self.said_at.isoformat(),
        }
