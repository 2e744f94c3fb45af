"""What columns are made of: moments, names, and the words that code knows."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import uuid4

from sqlalchemy import DateTime, Enum, TypeDecorator

#: The same words in several languages: {"en": "Housing", "pl": "Mieszkanie"}.
Localised = dict[str, str]

#: What a public face is made of: plain JSON.
Face = dict[str, Any]


#: An id is never given to another thing: what waits on a phone names it. PostgreSQL sees to it by
#: itself.
NEVER_AGAIN = {"sqlite_autoincrement": True}


class Moment(TypeDecorator[datetime]):
    """A moment in UTC; SQLite would give it back without its zone."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _: object) -> datetime | None:
        """Store the moment as UTC."""
        return value and value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, _: object) -> datetime | None:
        """Say that it is UTC."""
        return value and value.replace(tzinfo=UTC)


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def new_uuid() -> str:
    """A name for what can be printed, exported or linked."""
    return str(uuid4())


class Phase(StrEnum):
    """What a room is doing. Actions name these; a scenario's agenda is made of them."""

    GATHER = "gather"
    GROUP = "group"
    DECIDE = "decide"
    DRAFT = "draft"
    ADOPT = "adopt"
    CLOSED = "closed"


class Role(StrEnum):
    """In what capacity somebody acts."""

    #: Who has no seat yet.
    GUEST = "guest"
    PARTICIPANT = "participant"
    FACILITATOR = "facilitator"
    ORGANISER = "organiser"
    #: Writes along with the groups, and leads nothing.
    RAPPORTEUR = "rapporteur"
    #: Reads, and says nothing.
    OBSERVER = "observer"
    #: A screen on the wall: it reads.
    PROJECTOR = "projector"
    #: Who runs the installation: founds forums.
    HOST = "host"
    #: Tasks of our own, such as counting.
    CLOCK = "clock"


class RoomKind(StrEnum):
    """What a room is for."""

    GROUP = "group"
    PLENARY = "plenary"
    #: Where organisers and editors act; each forum has one.
    DESK = "desk"


class IdeaKind(StrEnum):
    """What an idea says."""

    NEED = "need"
    PROBLEM = "problem"
    SOLUTION = "solution"
    PRACTICE = "practice"
    QUESTION = "question"


class IdeaState(StrEnum):
    """Who may see an idea, or a comment: everybody only when it is shown."""

    SHOWN = "shown"
    #: Waits until the ideas of all are revealed together.
    VEILED = "veiled"
    #: Waits for whoever leads the room to let it through.
    HELD = "held"
    #: Taken from every screen by whoever leads, with a reason.
    HIDDEN = "hidden"
    #: Taken back by who wrote it; deleted a little later.
    WITHDRAWN = "withdrawn"


class ParkedState(StrEnum):
    """What became of something parked."""

    #: Waits in this room.
    HERE = "here"
    #: Goes to another room, or has arrived there.
    SENT = "sent"
    #: Has become an idea of this room.
    TAKEN = "taken"


class Via(StrEnum):
    """How an idea came in that somebody else wrote down."""

    #: From a paper slip.
    SLIP = "slip"
    #: Said in the hall.
    SPOKEN = "spoken"


class Moderation(StrEnum):
    """When whoever leads a room looks at what people write in it."""

    OFF = "off"
    #: What somebody has reported, after it was shown.
    AFTER = "after"
    #: Everything, before it is shown.
    BEFORE = "before"


class Reason(StrEnum):
    """Why something was hidden: a short list that everybody may know."""

    PERSON = "person"
    INSULT = "insult"
    DATA = "data"
    TOPIC = "topic"
    SPAM = "spam"
    TWICE = "twice"


class Ruling(StrEnum):
    """What whoever leads decided on somebody's words."""

    HIDDEN = "hidden"
    #: Hidden before, and shown again.
    RESTORED = "restored"
    #: Waited, and was let through.
    PASSED = "passed"
    #: Was reported, and stays.
    KEPT = "kept"


class Status(StrEnum):
    """How far a recommendation has come."""

    DRAFT = "draft"
    ADOPTED = "adopted"
    REJECTED = "rejected"
    #: In a plenary: the desk has taken it back.
    WITHDRAWN = "withdrawn"


class Verdict(StrEnum):
    """What the desk says of two texts that were found to be similar."""

    #: They belong together, and both stay.
    RELATED = "related"
    DIFFERENT = "different"


def word(kind: type[StrEnum]) -> Enum:
    """A column for one of the words that code knows; read back as that word, not as text."""
    return Enum(kind, native_enum=False, length=12, values_callable=list)
