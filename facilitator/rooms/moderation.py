"""Moderation: participants report, whoever leads hides or shows; nobody learns who wrote what."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import select, update

from facilitator.access import LEADING, Actor
from facilitator.actions import ALWAYS, LEADS, PARTICIPANTS, Refused, action
from facilitator.db import db
from facilitator.events import publish
from facilitator.models import (
    Comment,
    Decision,
    Evidence,
    Face,
    Idea,
    IdeaState,
    Moderation,
    Parked,
    Reason,
    Reply,
    Report,
    Reservation,
    Room,
    Ruling,
)
from facilitator.rooms.visibility import (
    KINDS,
    REPORTED,
    STANDING,
    Flag,
    Veil,
    Words,
    name_of,
    open_state,
    reveal,
    turn,
)

#: What somebody may still decide on.
JUDGED = STANDING | {IdeaState.HIDDEN}


# ---- The room ------------------------------------------------------------------------------------


@action("room.moderate", who=LEADS)
def moderate(actor: Actor, *, moderation: Moderation) -> None:
    """Say when words are looked at. What waits goes on waiting until it is let through."""
    actor.room.moderation = moderation
    publish(actor.room, actor.room)


@action("room.veil", who=LEADS)
def veil(actor: Actor, *, on: bool) -> None:
    """Hide the ideas of others from now on; or reveal all that are hidden, at once."""
    room = actor.room
    if room.veiled == on:
        return
    room.veiled = on
    publish(room, room)
    if on:
        publish(room, Veil(room))
        return
    publish(room, Veil(room), gone=True)
    reveal(room)


# ---- Reports -------------------------------------------------------------------------------------


@action("idea.report", who=PARTICIPANTS, during=ALWAYS)
def report_idea(actor: Actor, *, id: int, on: bool) -> None:  # noqa: A002
    """Ask whoever leads to look at an idea, or ask no longer. Nobody learns who asked."""
    _report(actor, _words(actor, Idea, id, {IdeaState.SHOWN}), on=on)


@action("comment.report", who=PARTICIPANTS, during=ALWAYS)
def report_comment(actor: Actor, *, id: int, on: bool) -> None:  # noqa: A002
    """Ask whoever leads to look at a comment, or ask no longer. Nobody learns who asked."""
    _report(actor, _words(actor, Comment, id, {IdeaState.SHOWN}), on=on)


@action("reservation.report", who=PARTICIPANTS, during=ALWAYS)
def report_reservation(actor: Actor, *, id: int, on: bool) -> None:  # noqa: A002
    """Ask whoever leads to look at a reservation, or ask no longer. Nobody learns who asked."""
    _report(actor, _words(actor, Reservation, id, {IdeaState.SHOWN}), on=on)


@action("evidence.report", who=PARTICIPANTS, during=ALWAYS)
def report_evidence(actor: Actor, *, id: int, on: bool) -> None:  # noqa: A002
    """Ask whoever leads to look at a card, or ask no longer. Nobody learns who asked."""
    _report(actor, _words(actor, Evidence, id, {IdeaState.SHOWN}), on=on)


@action("reply.report", who=PARTICIPANTS, during=ALWAYS)
def report_reply(actor: Actor, *, id: int, on: bool) -> None:  # noqa: A002
    """Ask whoever leads to look at a reply, or ask no longer. Nobody learns who asked."""
    _report(actor, _words(actor, Reply, id, {IdeaState.SHOWN}), on=on)


def _report(actor: Actor, words: Words, *, on: bool) -> None:
    assert actor.seat is not None  # noqa: S101 - for the type checker: participants have one
    if actor.room.moderation is Moderation.OFF:
        raise Refused("Nothing is moderated in this room. Speak with the facilitator.")
    report = db.session.scalar(_reports_on(words).where(Report.seat_id == actor.seat.id))
    if (report is not None) == on or (report and report.settled):
        return
    if report is None:
        about = {f"{words.kind}_id": words.id}
        db.session.add(Report(room_id=actor.room.id, seat_id=actor.seat.id, **about))
    else:
        db.session.delete(report)
    db.session.flush()
    count = _open_reports(words)
    publish(actor.room, Flag(words, count), gone=not count)


def _reports_on(words: Words) -> Any:
    return select(Report).where(REPORTED[words.kind] == words.id)


def _open_reports(words: Words) -> int:
    return len(db.session.scalars(_reports_on(words).where(Report.settled.is_(False))).all())


def reported_by(actor: Actor) -> list[str]:
    """What this seat has reported here."""
    if actor.seat is None:
        return []
    mine = Report.seat_id == actor.seat.id, Report.room_id == actor.room.id
    rows = db.session.execute(select(*REPORTED.values()).where(*mine)).all()
    named = (zip(REPORTED, row, strict=True) for row in rows)
    return [f"{kind}-{number}" for pairs in named for kind, number in pairs if number]


# ---- Decisions -----------------------------------------------------------------------------------


@action("idea.hide", who=LEADS, during=ALWAYS)
def hide_idea(actor: Actor, *, id: int, reason: Reason) -> None:  # noqa: A002
    """Take an idea from every screen and out of the room's log. Its author is told why."""
    _hide(actor, _words(actor, Idea, id, JUDGED), reason)


@action("comment.hide", who=LEADS, during=ALWAYS)
def hide_comment(actor: Actor, *, id: int, reason: Reason) -> None:  # noqa: A002
    """Take a comment from every screen and out of the room's log. Its author is told why."""
    _hide(actor, _words(actor, Comment, id, JUDGED), reason)


@action("reservation.hide", who=LEADS, during=ALWAYS)
def hide_reservation(actor: Actor, *, id: int, reason: Reason) -> None:  # noqa: A002
    """Take a reservation from every screen and out of the room's log. Its author is told why."""
    _hide(actor, _words(actor, Reservation, id, JUDGED), reason)


@action("evidence.hide", who=LEADS, during=ALWAYS)
def hide_evidence(actor: Actor, *, id: int, reason: Reason) -> None:  # noqa: A002
    """Take a card from every screen and out of the room's log. Who added it is told why."""
    _hide(actor, _words(actor, Evidence, id, JUDGED), reason)


@action("idea.show", who=LEADS, during=ALWAYS)
def show_idea(actor: Actor, *, id: int) -> None:  # noqa: A002
    """Let an idea through, bring a hidden one back, or keep one that was reported."""
    _show(actor, _words(actor, Idea, id, JUDGED))


@action("comment.show", who=LEADS, during=ALWAYS)
def show_comment(actor: Actor, *, id: int) -> None:  # noqa: A002
    """Let a comment through, bring a hidden one back, or keep one that was reported."""
    comment: Any = _words(actor, Comment, id, JUDGED)
    _words(actor, Idea, comment.idea_id, {IdeaState.SHOWN})
    _show(actor, comment)


@action("reservation.show", who=LEADS, during=ALWAYS)
def show_reservation(actor: Actor, *, id: int) -> None:  # noqa: A002
    """Let a reservation through, bring a hidden one back, or keep one that was reported."""
    _show(actor, _words(actor, Reservation, id, JUDGED))


@action("evidence.show", who=LEADS, during=ALWAYS)
def show_evidence(actor: Actor, *, id: int) -> None:  # noqa: A002
    """Let a card through, bring a hidden one back, or keep one that was reported."""
    _show(actor, _words(actor, Evidence, id, JUDGED))


@action("reply.hide", who=LEADS, during=ALWAYS)
def hide_reply(actor: Actor, *, id: int, reason: Reason) -> None:  # noqa: A002
    """Take a reply from every screen and out of the room's log. Its author is told why."""
    _hide(actor, _words(actor, Reply, id, JUDGED), reason)


@action("reply.show", who=LEADS, during=ALWAYS)
def show_reply(actor: Actor, *, id: int) -> None:  # noqa: A002
    """Let a reply through, bring a hidden one back, or keep one that was reported."""
    _show(actor, _words(actor, Reply, id, JUDGED))


def _hide(actor: Actor, words: Words, reason: Reason) -> None:
    if words.state is IdeaState.HIDDEN and words.reason is reason:
        return
    words.reason = reason
    reports = _open_reports(words)
    turn(actor.room, words, IdeaState.HIDDEN)
    _clear_copies(actor.room, words)
    _decide(actor, words, Ruling.HIDDEN, reports)


def _clear_copies(room: Room, words: Words) -> None:
    """What was parked in the same words goes with them, for good."""
    copies = select(Parked).where(Parked.room_id == room.id, Parked.text == words.text)
    for parked in db.session.scalars(copies).all():
        publish(room, parked, gone=True)
        db.session.delete(parked)


def _show(actor: Actor, words: Words) -> None:
    ruling = {IdeaState.HELD: Ruling.PASSED, IdeaState.HIDDEN: Ruling.RESTORED}.get(words.state)
    reports = _open_reports(words)
    if ruling is None and not reports:
        return
    words.reason = None
    db.session.execute(
        update(Report)
        .where(Report.id.in_(_reports_on(words).with_only_columns(Report.id)))
        .values(settled=True)
    )
    if ruling is None:
        publish(actor.room, Flag(words, 0), gone=True)
    else:
        turn(actor.room, words, open_state(words, actor.room))
    _decide(actor, words, ruling or Ruling.KEPT, reports)


def _decide(actor: Actor, words: Words, ruling: Ruling, reports: int) -> None:
    line = Decision(
        room_id=actor.room.id,
        role=actor.role,
        ruling=ruling,
        thing=words.kind,
        thing_uuid=words.uuid,
        reason=words.reason,
        reports=reports,
    )
    db.session.add(line)
    publish(actor.room, line)


def _words(actor: Actor, model: type[Words], number: int, states: Collection[IdeaState]) -> Words:
    words: Any = db.session.get(model, number)
    if words is None or words.room_id != actor.room.id or words.state not in states:
        raise Refused("This was removed meanwhile.", code="gone")
    found: Words = words
    return found


def hidden_here(actor: Actor) -> list[Face]:
    """What was hidden in a room, in its words: for whoever leads it, and asks.

    [{"name", …}]: the kind of each, and its public face; raises Refused for all others.
    """
    if actor.role not in LEADING:
        raise Refused("You may not do this here.")
    found: list[Any] = []
    for model in KINDS:
        hidden = model.room_id == actor.room.id, model.state == IdeaState.HIDDEN
        found += db.session.scalars(select(model).where(*hidden).order_by(model.id))
    return [{"name": name_of(words), **words.public()} for words in found]
