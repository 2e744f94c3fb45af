"""The job that works out opinion groups: a vote matrix from the sheets, and what may be told."""

from __future__ import annotations

from typing import Any

import numpy as np
from sqlalchemy import select

from facilitator.access import ActorRef
from facilitator.actions import Refused, perform
from facilitator.db import db
from facilitator.models import AnswerSheet, Face, Forum, Job, Role, Room, Statement, StatementVote
from facilitator.rooms.opinions import NOBODY, Floats, Labels, opinion_map
from facilitator.rooms.opinions_told import told
from facilitator.worker.jobs import JOBS, Progress


def find_opinions(job: Job, progress: Progress) -> Face:
    """Work out the opinions of a vote: {"vote": id}. The room is told once it is closed.

    While it is open nothing is told to anybody: only which statements stand far out is noted, so
    that they are asked sooner.
    """
    vote = db.session.get(StatementVote, job.payload["vote"])
    if vote is None:
        raise Refused("This vote is no longer here.", code="gone")
    if vote.opinions is not None:
        return {}  # told already: a job from before closing came late
    clock, ids = ActorRef(vote.room_id, role=Role.CLOCK), _statements(vote)
    votes, sectors = matrix(vote, list(ids))
    progress(30)
    taken_out = np.array(list(ids.values()), dtype=bool)
    if vote.is_open:
        extremity = opinion_map(votes, taken_out).extremity.tolist()
        asked = {str(one): round(value, 4) for one, value in zip(ids, extremity, strict=True)}
        perform(clock, "statements.weigh", None, {"vote": vote.id, "extremity": asked})
    else:
        least = db.session.scalars(
            select(Forum.least).join(Room, Room.forum_id == Forum.id).where(Room.id == vote.room_id)
        ).one()
        opinions = named(told(votes, taken_out, sectors, least=least), list(ids))
        perform(clock, "statements.tell", None, {"vote": vote.id, "opinions": opinions})
    return {}


def _statements(vote: StatementVote) -> dict[int, bool]:
    """The statements of a vote in their order, and whether each was taken out."""
    query = select(Statement.id, Statement.out).where(Statement.vote_id == vote.id)
    return {row.id: row.out for row in db.session.execute(query.order_by(Statement.number))}


def matrix(vote: StatementVote, ids: list[int]) -> tuple[Floats, Labels]:
    """What was answered, voters by statements, with holes; and the sector of each voter."""
    columns = {str(one): column for column, one in enumerate(ids)}
    query = select(AnswerSheet.marks, AnswerSheet.sector_id)
    sheets = db.session.execute(
        query.where(AnswerSheet.vote_id == vote.id).order_by(AnswerSheet.voter)
    ).all()
    votes = np.full((len(sheets), len(ids)), np.nan)
    for row, (marks, _) in enumerate(sheets):
        known = [(columns[key], value) for key, value in marks.items() if key in columns]
        if known:
            places, values = zip(*known, strict=True)
            votes[row, list(places)] = values
    names = sorted({sector for _, sector in sheets if sector is not None})
    numbers = {None: NOBODY} | {name: number for number, name in enumerate(names)}
    return votes, np.array([numbers[sector] for _, sector in sheets], dtype=np.int64)


def named(found: Face, ids: list[int]) -> Face:
    """The same with the statements' own numbers in place of columns."""

    def meant(pairs: list[list[Any]] | None) -> list[list[Any]] | None:
        return None if pairs is None else [[ids[column], answer] for column, answer in pairs]

    return {
        **found,
        "agreed": meant(found["agreed"]),
        "sectors": meant(found["sectors"]),
        "divides": [ids[column] for column in found["divides"]],
        "undecided": [ids[column] for column in found["undecided"]],
        "groups": [{**one, "stands_for": meant(one["stands_for"])} for one in found["groups"]],
    }


JOBS["opinions"] = find_opinions
