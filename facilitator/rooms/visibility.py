"""Who sees somebody's words: everybody, whoever leads, or nobody but their author.

Words have a state; `turn` is the only way to change it. What is no longer seen leaves the screens
and the room log in the same transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlalchemy import delete, func, select
from sqlalchemy.orm import selectinload

from facilitator.access import Actor
from facilitator.db import db
from facilitator.events import Thing, forget, publish
from facilitator.models import (
    Ballot,
    Choice,
    Comment,
    Echo,
    Evidence,
    Face,
    Idea,
    IdeaState,
    Moderation,
    Reply,
    Report,
    Reservation,
    Room,
    Statement,
)
from facilitator.rooms.backing import recount

Words = Idea | Comment | Reservation | Evidence | Reply
#: The kinds of words; what hangs on another comes after it.
KINDS: tuple[type[Words], ...] = (Idea, Comment, Reservation, Evidence, Reply)
#: Where a report says of which words it is.
REPORTED: dict[str, Any] = {
    "idea": Report.idea_id,
    "comment": Report.comment_id,
    "reservation": Report.reservation_id,
    "evidence": Report.evidence_id,
    "reply": Report.reply_id,
}
#: What of them is not sent again once it was hidden or taken back.
SAID = frozenset({"text", "title", "url"})

#: Whoever leads sees them, nobody else does.
WAITING = frozenset({IdeaState.VEILED, IdeaState.HELD})
#: What its author may still change or take back.
STANDING = WAITING | {IdeaState.SHOWN}


def name_of(words: Words) -> str:
    """A name for words among those of all kinds: "idea-5"."""
    return f"{words.kind}-{words.id}"


# ---- What is told of words besides themselves ----------------------------------------------------


@dataclass(frozen=True)
class _Backstage:
    """Something about words that only those who lead hear."""

    words: Words
    backstage: ClassVar[bool] = True

    @property
    def id(self) -> str:
        """Which words."""
        return name_of(self.words)

    def _with(self, **more: object) -> Face:
        """Which words these are, and what is to be said of them."""
        return {"id": self.id, "thing": self.words.kind, "of": self.words.id, **more}


@dataclass(frozen=True)
class Held(_Backstage):
    """Words that wait: for the reveal, or for whoever leads to let them through."""

    kind: ClassVar[str] = "held"

    def public(self) -> Face:
        """The words, and what they wait for."""
        return self._with(state=self.words.state, face=self.words.public())


@dataclass(frozen=True)
class Blotted(_Backstage):
    """That something was hidden, and why; what it said is told only to who asks for it."""

    kind: ClassVar[str] = "blotted"

    def public(self) -> Face:
        """The reason, and no word."""
        return self._with(reason=self.words.reason)


@dataclass(frozen=True)
class Flag(_Backstage):
    """How many seats have reported words that everybody sees."""

    reports: int
    kind: ClassVar[str] = "flag"

    def public(self) -> Face:
        """A number, and no names."""
        return self._with(reports=self.reports)


@dataclass(frozen=True)
class Veil:
    """How many ideas wait for the reveal. Everybody may know."""

    room: Room
    kind: ClassVar[str] = "veil"
    backstage: ClassVar[bool] = False

    @property
    def id(self) -> int:
        """The room's."""
        return self.room.id

    def public(self) -> Face:
        """A number."""
        veiled = Idea.room_id == self.room.id, Idea.state == IdeaState.VEILED
        count = db.session.scalar(select(func.count()).select_from(Idea).where(*veiled))
        return {"id": self.id, "ideas": count}


def backstage_of(room: Room) -> Iterator[Thing]:
    """What there is to see of all this in a room, the veil's number among it."""
    if room.veiled:
        yield Veil(room)
    for model in KINDS:
        here = model.room_id == room.id
        yield from (Held(words) for words in _all(model, here, model.state.in_(WAITING)))
        hidden = here, model.state == IdeaState.HIDDEN
        yield from (Blotted(words) for words in _all(model, *hidden))
    yield from flags(room)


def flags(room: Room, ideas: Iterable[int] | None = None) -> Iterator[Flag]:
    """The reports on what everybody sees in a room; or only on `ideas` and under them."""
    comments = select(Comment).join(Idea, Idea.id == Comment.idea_id).where(Comment.shown())
    kinds: tuple[tuple[Any, Any, Any], ...] = (
        (Idea, REPORTED["idea"], select(Idea)),
        (Comment, REPORTED["comment"], comments),
    )
    for model, column, seen in kinds:
        counts = _report_counts(room, column)
        query = seen.where(model.id.in_(counts), Idea.shown()).order_by(model.id)
        if ideas is not None:
            query = query.where(Idea.id.in_(list(ideas)))
        for words in db.session.scalars(query).all() if counts else []:
            yield Flag(words, counts[words.id])
    if ideas is None:
        yield from _flags_apart(room)


def _flags_apart(room: Room) -> Iterator[Flag]:
    """The reports on what stands under no idea."""
    for model in (Reservation, Evidence, Reply):
        counts = _report_counts(room, REPORTED[model.kind])
        for words in _all(model, model.id.in_(counts), model.shown()) if counts else []:
            yield Flag(words, counts[words.id])


def _report_counts(room: Room, column: Any) -> dict[int, int]:
    open_reports = Report.room_id == room.id, Report.settled.is_(False), column.is_not(None)
    query = select(column, func.count()).where(*open_reports).group_by(column)
    return {number: count for number, count in db.session.execute(query)}  # noqa: C416


def own_face(words: Words) -> Face:
    """Words as their author knows them: also what became of them, if not everybody sees them.

    What was hidden or taken back is not sent again: the phone it came from remembers it.
    """
    if words.state is IdeaState.SHOWN:
        return words.public()
    face = {**words.public(), "thing": words.kind, "state": words.state, "reason": words.reason}
    return face if words.state in WAITING else {k: v for k, v in face.items() if k not in SAID}


# ---- From one state to another -------------------------------------------------------------------


def first_state(actor: Actor, room: Room, *, veils: bool) -> IdeaState:
    """What new words are: those of participants may have to wait, and all ideas under a veil."""
    if actor.seat and room.moderation is Moderation.BEFORE:
        return IdeaState.HELD
    return IdeaState.VEILED if veils and room.veiled else IdeaState.SHOWN


def open_state(words: Words, room: Room) -> IdeaState:
    """What words are that nothing holds back: an idea may still be under a veil."""
    return IdeaState.VEILED if isinstance(words, Idea) and room.veiled else IdeaState.SHOWN


def come_in(room: Room, words: Words) -> None:
    """Tell of new words those who may see them."""
    if words.state is IdeaState.SHOWN:
        publish(room, *_faces(words))
    else:
        publish(room, Held(words))
    if words.state is IdeaState.VEILED:
        publish(room, Veil(room))


def come_again(actor: Actor, words: Words) -> None:
    """Tell of words that were changed; where words are looked at before, they wait again."""
    waits = first_state(actor, actor.room, veils=False) is IdeaState.HELD
    if waits and words.state is not IdeaState.HELD:
        turn(actor.room, words, IdeaState.HELD)
    else:
        publish(actor.room, words if words.state is IdeaState.SHOWN else Held(words))


def turn(room: Room, words: Words, state: IdeaState) -> None:
    """Give words another state, and tell everybody whom that concerns."""
    before = words.state
    seen = [*_faces(words), *_flags_of(room, words)] if before is IdeaState.SHOWN else []
    words.state = state
    db.session.flush()
    if before in WAITING and state not in WAITING:
        publish(room, Held(words), gone=True)
    if before is IdeaState.HIDDEN:
        publish(room, Blotted(words), gone=True)
    if state is IdeaState.SHOWN:
        publish(room, *_faces(words), *_flags_of(room, words))
    else:
        # Also what nobody else has seen: its author's phone hears that something has changed.
        publish(room, *reversed(seen), *([] if seen else [words]), gone=True)
    if state in WAITING:
        publish(room, Held(words))
    if state is IdeaState.HIDDEN:
        publish(room, Blotted(words))
    if room.veiled and IdeaState.VEILED in {before, state}:
        publish(room, Veil(room))
    if isinstance(words, Idea) and before is not state:
        recount(room, [words.theme_id])
        _blank_papers(room, words)
        _take_out_statements(room, words)


def reveal(room: Room) -> None:
    """Show everything that was under the veil, thousands of ideas in a few questions."""
    ideas = _all(Idea, Idea.room_id == room.id, Idea.state == IdeaState.VEILED)
    numbers = [idea.id for idea in ideas]
    publish(room, *(Held(idea) for idea in ideas), gone=True)
    for idea in ideas:
        idea.state = IdeaState.SHOWN
    db.session.flush()
    echoes = _all(Echo, Echo.id.in_(numbers))
    comments = _all(Comment, Comment.idea_id.in_(numbers), Comment.shown())
    publish(room, *ideas, *echoes, *comments, *flags(room, numbers))
    recount(room, {idea.theme_id for idea in ideas})
    offered = select(Choice.idea_id).where(Choice.idea_id.in_(numbers), Choice.blank.is_(True))
    on_papers = set(db.session.scalars(offered))
    out = select(Statement.idea_id).where(Statement.idea_id.in_(numbers), Statement.out.is_(True))
    taken_out = set(db.session.scalars(out))
    for idea in ideas:
        if idea.id in on_papers:
            _blank_papers(room, idea)
        if idea.id in taken_out:
            _take_out_statements(room, idea)


def _faces(words: Words) -> list[Thing]:
    """All that everybody sees of words: of an idea also how many support it, and its comments."""
    if not isinstance(words, Idea):
        return [words]
    query = select(Comment).where(Comment.idea_id == words.id, Comment.shown())
    comments = db.session.scalars(query.order_by(Comment.id)).all()
    return [words, db.session.get_one(Echo, words.id), *comments]


def _flags_of(room: Room, words: Words) -> list[Flag]:
    if isinstance(words, Reservation | Evidence | Reply):
        return [flag for flag in _flags_apart(room) if flag.words is words]
    about = words.id if isinstance(words, Idea) else words.idea_id
    found = list(flags(room, [about]))
    return found if isinstance(words, Idea) else [f for f in found if f.words is words]


def _blank_papers(room: Room, idea: Idea) -> None:
    """Take the words of an idea off the papers that offer it, or put them back."""
    blank = idea.state is not IdeaState.SHOWN
    query = select(Ballot).join(Choice).where(Choice.idea_id == idea.id, Choice.blank.is_not(blank))
    query = query.options(selectinload(Ballot.choices)).order_by(Ballot.id)
    for ballot in db.session.scalars(query).unique().all():
        for choice in ballot.choices:
            if choice.idea_id == idea.id:
                choice.blank = blank
        forget(room, [ballot])
        publish(room, ballot)


def _take_out_statements(room: Room, idea: Idea) -> None:
    """Take an idea out of the votes on statements that ask about it, or ask again."""
    out = idea.state is not IdeaState.SHOWN
    query = select(Statement).where(Statement.idea_id == idea.id, Statement.out.is_not(out))
    for statement in db.session.scalars(query.order_by(Statement.id)).all():
        statement.out = out
        forget(room, [statement])
        publish(room, statement)


def drop(room: Room, words: Words) -> None:
    """Delete words for good, with all that hangs on them and is told somewhere."""
    if isinstance(words, Idea):
        for comment in _all(Comment, Comment.idea_id == words.id):
            drop(room, comment)
    for note, state in ((Held(words), WAITING), (Blotted(words), {IdeaState.HIDDEN})):
        if words.state in state:
            publish(room, note, gone=True)
    # Not all of them by a cascade of the database.
    db.session.execute(delete(Report).where(REPORTED[words.kind] == words.id))
    db.session.delete(words)
    db.session.flush()


def _all(model: Any, *there: Any) -> list[Any]:
    return list(db.session.scalars(select(model).where(*there).order_by(model.id)))
