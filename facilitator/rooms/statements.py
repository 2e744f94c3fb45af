"""Statement votes: a large room answers its ideas one by one. What was answered is not news."""

from __future__ import annotations

import logging
import random
import threading
from typing import Any, Literal

from sqlalchemy import delete, func, select, update

from facilitator.access import Actor, ActorRef
from facilitator.actions import (
    ALWAYS,
    CLOCK,
    LEADS,
    PARTICIPANTS,
    Refused,
    action,
    digest,
    perform,
)
from facilitator.db import db
from facilitator.events import forget, publish
from facilitator.models import (
    AnswerSheet,
    Face,
    Idea,
    IdeaState,
    Job,
    Op,
    Phase,
    Role,
    Statement,
    StatementVote,
    Turnout,
    now,
)
from facilitator.rooms.papers import pseudonym
from facilitator.rooms.priority import Tallied, shortlist
from facilitator.shapes import Language, line

log = logging.getLogger(__name__)

#: Seconds between two counts.
PACE = 0.25
#: Characters of a question; statements of a vote; statements that a phone is given at a time.
LONGEST, MOST_STATEMENTS, AHEAD = 200, 2_000, 12
#: Voters before it is worked out what stands far out; and by how much answers have grown until
#: that is done again.
CROWD, GROWN = 20, 1.2

MARKS = {"agree": 1, "pass": 0, "disagree": -1}
COLUMNS = {1: "agrees", 0: "passes", -1: "disagrees"}

#: Set when answers wait to be counted.
due = threading.Event()


@action("statements.open", who=LEADS, during={Phase.DECIDE})
def open_statements(actor: Actor, *, question: str, lang: Language, ideas: list[int]) -> Face:
    """Ask the room about its ideas one by one; no `ideas` means all that are shown."""
    if db.session.scalar(_open_ones().where(StatementVote.room_id == actor.room.id)):
        raise Refused("The room is voting on statements already.", code="conflict")
    chosen = _ideas(actor, ideas)
    vote = StatementVote(room_id=actor.room.id, question=line(question, LONGEST), lang=lang)
    db.session.add(vote)
    db.session.flush()
    turnout = Turnout(id=vote.id, voters=0, answers=0)
    statements = [
        Statement(vote_id=vote.id, idea_id=idea.id, number=n, text=idea.text, lang=idea.lang)
        for n, idea in enumerate(chosen)
    ]
    db.session.add_all([turnout, *statements])
    publish(actor.room, vote, turnout, *statements)
    return vote.public()


def _ideas(actor: Actor, ids: list[int]) -> list[Idea]:
    shown = Idea.room_id == actor.room.id, Idea.state == IdeaState.SHOWN
    query = select(Idea).where(*shown).order_by(Idea.id)
    found = [*db.session.scalars(query.where(Idea.id.in_(ids)) if ids else query)]
    if len(found) < len(set(ids)):
        raise Refused("One of these ideas is no longer here.", code="gone")
    if not 2 <= len(found) <= MOST_STATEMENTS:
        raise Refused("Between 2 and {n} things can be put to the vote.", n=MOST_STATEMENTS)
    return found


@action("statements.vote", who=PARTICIPANTS, discreet=True, contributes=True)
def answer_statement(
    actor: Actor,
    *,
    statement: int,
    answer: Literal["agree", "disagree", "pass"] | None,
    more: bool,
) -> Face | None:
    """Answer a statement, in place of an earlier answer; None takes it back.

    With `more` the seat is given statements to go on with.
    """
    asked, vote = _here(actor, statement)
    if not vote.is_open:
        raise Refused("This vote is closed.", code="closed")
    if asked.out:
        raise Refused("This statement was taken out of the vote.", code="gone")
    marks = _marked(actor, vote, asked, None if answer is None else MARKS[answer])
    due.set()
    return {"next": _next(vote, marks)} if more else None


def _marked(
    actor: Actor, vote: StatementVote, asked: Statement, mark: int | None
) -> dict[str, int]:
    """Put an answer on the seat's sheet, and count it."""
    assert actor.seat is not None  # noqa: S101 - for the type checker: participants have one
    voter = pseudonym(vote, actor.seat)
    sheet = db.session.get(AnswerSheet, (vote.id, voter))
    before = dict(sheet.marks) if sheet else {}
    marks = {key: value for key, value in before.items() if key != str(asked.id)}
    if mark is not None:
        marks[str(asked.id)] = mark
    # The order in which somebody answered is nobody's business.
    marks = {key: marks[key] for key in sorted(marks, key=int)}
    if marks:
        sheet = sheet or AnswerSheet(vote_id=vote.id, voter=voter)
        sheet.marks, sheet.sector_id = marks, actor.seat.sector_id
        db.session.add(sheet)
    elif sheet is not None:
        db.session.delete(sheet)
    _count(asked, before.get(str(asked.id)), -1)
    _count(asked, mark, 1)
    vote.answers += len(marks) - len(before)
    vote.voters += bool(marks) - bool(before)
    return marks


def _count(asked: Statement, mark: int | None, by: int) -> None:
    if mark is not None:
        setattr(asked, COLUMNS[mark], getattr(asked, COLUMNS[mark]) + by)


def _next(vote: StatementVote, marks: dict[str, int]) -> list[int]:
    """What a seat is asked next: drawn by chance for it alone, by priority."""
    columns = Statement.id, Statement.agrees, Statement.disagrees, Statement.passes
    here = Statement.vote_id == vote.id, Statement.out.is_(False)
    found = db.session.execute(select(*columns, Statement.extremity).where(*here))
    left = [Tallied(*row) for row in found if str(row.id) not in marks]
    return shortlist(left, AHEAD, random.SystemRandom())


@action("statements.take_out", who=LEADS)
def take_out_statement(actor: Actor, *, statement: int, out: bool) -> None:
    """Ask nobody about a statement any more, or ask again; what was answered is kept."""
    asked, vote = _here(actor, statement)
    if not vote.is_open:
        raise Refused("This vote is closed.", code="closed")
    asked.out = out
    forget(actor.room, [asked])
    publish(actor.room, asked)


@action("statements.close", who=LEADS, during=ALWAYS)
def close_statements(actor: Actor, *, vote: int) -> Face:
    """Count for good. The key of the pseudonyms is destroyed: no sheet can be tied to a seat.

    How often each seat has answered would tell its sheet: so the operations are forgotten too.
    """
    asked = db.session.get(StatementVote, vote)
    if asked is None or asked.room_id != actor.room.id:
        raise Refused("This vote is no longer here.", code="gone")
    if not asked.is_open:
        raise Refused("This vote is closed.", code="closed")
    asked.is_open, asked.closed_at, asked.key = False, now(), None
    forgotten = digest(actor.room.id, "statements.vote", None)
    db.session.execute(delete(Op).where(Op.body == forgotten))
    asked.result = {"voters": asked.voters, "answers": asked.answers, "counts": _counts(asked)}
    db.session.add(Job(name="opinions", payload={"vote": asked.id}))
    publish(actor.room, asked, _told(asked))
    return asked.result


def _counts(vote: StatementVote) -> dict[str, list[int]]:
    columns = Statement.id, Statement.agrees, Statement.disagrees, Statement.passes
    here = Statement.vote_id == vote.id, Statement.out.is_(False)
    found = db.session.execute(select(*columns).where(*here).order_by(Statement.number))
    return {str(row[0]): list(row[1:]) for row in found}


def _told(vote: StatementVote) -> Turnout:
    turnout = db.session.get_one(Turnout, vote.id)
    turnout.voters, turnout.answers = vote.voters, vote.answers
    return turnout


def _here(actor: Actor, statement_id: int) -> tuple[Statement, StatementVote]:
    statement = db.session.get(Statement, statement_id)
    vote = db.session.get(StatementVote, statement.vote_id) if statement else None
    if statement is None or vote is None or vote.room_id != actor.room.id:
        raise Refused("This statement is no longer here.", code="gone")
    return statement, vote


def _open_ones() -> Any:
    return select(StatementVote.id).where(StatementVote.is_open)


# ---- By the clock --------------------------------------------------------------------------------


@action("statements.count", who=CLOCK, during=ALWAYS)
def count(actor: Actor, *, vote: int) -> None:
    """Tell how many have answered; now and then have worked out which statements stand far out."""
    asked = db.session.get_one(StatementVote, vote)
    turnout = db.session.get_one(Turnout, vote)
    same = (turnout.voters, turnout.answers) == (asked.voters, asked.answers)
    if same or not asked.is_open:
        return  # another process was faster
    if asked.voters >= CROWD and asked.answers >= asked.weighed * GROWN:
        asked.weighed = asked.answers
        db.session.add(Job(name="opinions", payload={"vote": asked.id}))
    publish(actor.room, _told(asked))


@action("statements.weigh", who=CLOCK, during=ALWAYS)
def weigh(actor: Actor, *, vote: int, extremity: dict[str, float]) -> None:  # noqa: ARG001
    """Note how far out each statement stands: those come sooner. Nobody is told."""
    for statement_id, value in extremity.items():
        this = Statement.id == int(statement_id), Statement.vote_id == vote
        db.session.execute(update(Statement).where(*this).values(extremity=value))


@action("statements.tell", who=CLOCK, during=ALWAYS)
def tell(actor: Actor, *, vote: int, opinions: Face) -> None:
    """Publish what the worker has found. From now on no sheet says of which sector it is."""
    asked = db.session.get_one(StatementVote, vote)
    asked.opinions = opinions
    sheets = update(AnswerSheet).where(AnswerSheet.vote_id == vote)
    db.session.execute(sheets.values(sector_id=None))
    publish(actor.room, asked)


def count_due() -> None:
    """Count every open vote with answers that were not told."""
    told = func.coalesce(Turnout.answers, 0) != StatementVote.answers
    waiting = select(StatementVote.room_id, StatementVote.id).join(
        Turnout, Turnout.id == StatementVote.id
    )
    found = db.session.execute(waiting.where(told, StatementVote.is_open)).all()
    db.session.rollback()
    for room_id, vote_id in found:
        try:
            perform(ActorRef(room_id, role=Role.CLOCK), "statements.count", None, {"vote": vote_id})
        except Exception:  # the others need not wait for it
            log.exception("Statement vote %d was not counted; trying again.", vote_id)
