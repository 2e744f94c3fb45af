"""Ballots: people cast papers, a task counts them. A vote is not news; a tally is."""

from __future__ import annotations

import logging
import threading
from typing import Any, Literal

from flask import Flask
from sqlalchemy import delete, insert, select

from facilitator.access import Actor, ActorRef
from facilitator.actions import ALWAYS, CLOCK, LEADS, PARTICIPANTS, Refused, action, perform
from facilitator.db import db
from facilitator.events import publish, socketio
from facilitator.models import (
    Ballot,
    Choice,
    Face,
    Idea,
    Paper,
    Phase,
    Recommendation,
    Role,
    Status,
    Tally,
    Theme,
    now,
)
from facilitator.rooms.methods import ANSWERS, METHODS
from facilitator.rooms.papers import pseudonym
from facilitator.shapes import Language, line

log = logging.getLogger(__name__)

PAPERS: Any = Paper.__table__

#: Seconds between two counts.
PACE = 0.25
#: Characters of a question; choices on a paper; dots of a seat.
LONGEST, MOST_CHOICES, MOST_DOTS = 200, 500, 100

#: Set when papers wait to be counted.
due = threading.Event()


@action("ballot.open", who=LEADS, during={Phase.DECIDE})
def open_ballot(
    actor: Actor,
    *,
    question: str,
    lang: Language,
    method: Literal["approval", "dots"],
    dots: int | None,
    subject: Literal["themes", "ideas"],
    things: list[int],
    hidden: bool,
) -> Face:
    """Put themes or ideas to the vote; no `things` means all that the room has."""
    if method == "dots" and not 1 <= (dots or 0) <= MOST_DOTS:
        raise Refused("Give everyone between 1 and {n} dots.", n=MOST_DOTS)
    ballot = Ballot(
        room_id=actor.room.id,
        question=line(question, LONGEST),
        lang=lang,
        method=method,
        options={"dots": dots} if method == "dots" else {},
        hidden=hidden,
    )
    ballot.choices = _choices(actor, subject, things)
    return _opened(actor, ballot)


@action("ballot.adopt", who=LEADS, during={Phase.ADOPT})
def open_adoption(actor: Actor, *, recommendation: int) -> Face:
    """Ask the room whether it adopts a recommendation, as it reads now."""
    adopted = db.session.get(Recommendation, recommendation)
    if adopted is None or adopted.room_id != actor.room.id or adopted.gone:
        raise Refused("This recommendation is no longer here.", code="gone")
    under_way = select(Ballot.id).filter_by(recommendation_id=adopted.id, is_open=True)
    if db.session.scalar(under_way):
        raise Refused("The room is voting on this recommendation already.", code="conflict")
    ballot = Ballot(
        room_id=actor.room.id,
        question=adopted.title[:LONGEST],
        lang=adopted.lang,
        method="yes_no",
        options={},
        recommendation_id=adopted.id,
        revision=adopted.draft.seq,
    )
    return _opened(actor, ballot)


def _opened(actor: Actor, ballot: Ballot) -> Face:
    db.session.add(ballot)
    db.session.flush()
    tally = Tally(id=ballot.id, voters=0, counts=_empty(ballot))
    db.session.add(tally)
    publish(actor.room, ballot, tally)
    return ballot.public()


def _choices(actor: Actor, subject: str, things: list[int]) -> list[Choice]:
    model: type[Theme | Idea] = Theme if subject == "themes" else Idea
    query = select(model).where(model.room_id == actor.room.id).order_by(model.id)
    wanted = query.where(model.id.in_(things)) if things else query
    found: list[Theme | Idea] = [*db.session.scalars(wanted)]
    if len(found) < len(set(things)):
        raise Refused("Something on this paper is no longer here.", code="gone")
    if not 2 <= len(found) <= MOST_CHOICES:
        raise Refused("Between 2 and {n} things can be put to the vote.", n=MOST_CHOICES)
    return [
        Choice(
            position=position,
            theme_id=thing.id if isinstance(thing, Theme) else None,
            idea_id=thing.id if isinstance(thing, Idea) else None,
            label=thing.title if isinstance(thing, Theme) else thing.text,
            lang=thing.lang,
        )
        for position, thing in enumerate(found)
    ]


@action("ballot.cast", who=PARTICIPANTS, discreet=True)
def cast(actor: Actor, *, ballot: int, marks: dict[str, int]) -> None:
    """Hand in a paper, in place of an earlier one; an empty one takes it back."""
    asked = _here(actor, ballot)
    if not asked.is_open:
        raise Refused("This ballot is closed.", code="closed")
    if not METHODS[asked.method].accepts(marks, named(asked), asked.options):
        raise Refused("This is not a valid paper.", code="bad_shape")
    assert actor.seat is not None  # noqa: S101 - for the type checker: participants have one
    voter = pseudonym(asked, actor.seat)
    paper = db.session.get(Paper, (asked.id, voter))
    if paper is None:
        if marks:
            db.session.add(Paper(ballot_id=asked.id, voter=voter, marks=marks))
    elif marks:
        paper.marks = marks
    else:
        db.session.delete(paper)
    asked.casts += 1
    due.set()


@action("ballot.close", who=LEADS, during=ALWAYS)
def close_ballot(actor: Actor, *, ballot: int) -> Face:
    """Count for good. The key of the pseudonyms is destroyed: no paper can be tied to a seat."""
    asked = _here(actor, ballot)
    if not asked.is_open:
        raise Refused("This ballot is closed.", code="closed")
    asked.is_open, asked.closed_at, asked.key = False, now(), None
    tally = _counted(asked)
    _shuffle(asked)
    counts = tally.counts or {}
    passed = METHODS[asked.method].passed(counts)
    asked.result = {"voters": tally.voters, "counts": counts, "passed": passed}
    publish(actor.room, asked, tally)
    if asked.recommendation_id is not None:
        _conclude(actor, asked, passed=bool(passed))
    return asked.result


def _conclude(actor: Actor, ballot: Ballot, *, passed: bool) -> None:
    """Note on the recommendation what the room has decided, and about which revision."""
    subject = db.session.get_one(Recommendation, ballot.recommendation_id)
    subject.status = Status.ADOPTED if passed else Status.REJECTED
    subject.adopted_seq = ballot.revision if passed else None
    publish(actor.room, subject)


@action("ballot.count", who=CLOCK, during=ALWAYS)
def count(actor: Actor, *, ballot: int) -> None:
    """Publish the tally if it has changed since the last count."""
    asked = db.session.get_one(Ballot, ballot)
    if asked.casts == asked.counted or not asked.is_open:
        return  # another process was faster
    publish(actor.room, _counted(asked))


def _counted(ballot: Ballot) -> Tally:
    """Bring the tally of a ballot up to date; its counts are told only where they may be."""
    papers = db.session.scalars(select(Paper.marks).where(Paper.ballot_id == ballot.id)).all()
    tally = db.session.get_one(Tally, ballot.id)
    tally.voters = len(papers)
    if not (ballot.hidden and ballot.is_open):
        tally.counts = METHODS[ballot.method].tally(papers, named(ballot))
    ballot.counted = ballot.casts
    return tally


def _shuffle(ballot: Ballot) -> None:
    """Put the papers back in the order of their names, which is by chance.

    As they came in, a database keeps them in that order, and who came when stands with the
    operations.
    """
    here = PAPERS.c.ballot_id == ballot.id
    found = db.session.execute(select(PAPERS).where(here).order_by(PAPERS.c.voter))
    if papers := [dict(row) for row in found.mappings()]:
        db.session.execute(delete(PAPERS).where(here))
        db.session.execute(insert(PAPERS), papers)


def named(ballot: Ballot) -> list[str]:
    """What papers of a ballot may name."""
    return [str(choice.id) for choice in ballot.choices] or list(ANSWERS)


def _empty(ballot: Ballot) -> dict[str, int] | None:
    return None if ballot.hidden else dict.fromkeys(named(ballot), 0)


def _here(actor: Actor, ballot_id: int) -> Ballot:
    ballot = db.session.get(Ballot, ballot_id)
    if ballot is None or ballot.room_id != actor.room.id:
        raise Refused("This ballot is no longer here.", code="gone")
    return ballot


# ---- Counting ------------------------------------------------------------------------------------


def counter(app: Flask) -> None:
    """Count what is due, for ever."""
    while True:
        due.wait(1)  # a second is for papers taken by a process that has died
        due.clear()
        try:
            with app.app_context():
                count_due()
        except Exception:
            log.exception("The ballots were not counted; trying again.")
        socketio.sleep(PACE)


def count_due() -> None:
    """Count every open ballot with papers that are not in its tally."""
    uncounted = Ballot.casts != Ballot.counted, Ballot.is_open
    waiting = db.session.execute(select(Ballot.room_id, Ballot.id).where(*uncounted)).all()
    db.session.rollback()
    for room_id, ballot_id in waiting:
        try:
            perform(ActorRef(room_id, role=Role.CLOCK), "ballot.count", None, {"ballot": ballot_id})
        except Exception:  # the others need not wait for it
            log.exception("Ballot %d was not counted; trying again.", ballot_id)
