"""Similar recommendations at the desk: what is suggested, and what people say of it.

The worker finds the pairs (worker/similar.py); here they are kept and told. Nothing is ever merged
or hidden by itself, and a pair that somebody has judged is not suggested again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from sqlalchemy import delete, select

from facilitator.access import Actor
from facilitator.actions import CLOCK, ORGANISERS, Refused, action
from facilitator.consolidation.steps import Changes, at_desk, record
from facilitator.db import db
from facilitator.events import publish
from facilitator.models import Face, Forum, Job, Likeness, Recommendation, Room, Verdict, now

#: The name of the job.
SIMILAR = "similar"
#: Seconds that a change waits for others, so that a room at work does not keep the worker at it.
GATHERED = 10
#: Pairs of a forum, at most; the best are kept.
MOST = 2_000
#: Hundredths by which a score may change and not be told again.
SLIGHT = 5


@dataclass(frozen=True)
class Found:
    """A pair as the worker has found it: the earlier text, and the later one."""

    a: int
    b: int
    found_by: Literal["words", "meaning"]
    score: int
    shared: list[str]

    @property
    def key(self) -> tuple[int, int]:
        """Which two."""
        return self.a, self.b


def ask_for_pairs(forum_id: int, *, after: float = GATHERED) -> None:
    """Have similar recommendations looked for soon, once for all that changes till then."""
    uuid = db.session.scalars(select(Forum.uuid).where(Forum.id == forum_id)).one()
    jobs = db.session.scalars(select(Job).where(Job.name == SIMILAR)).all()
    own = [job for job in jobs if job.payload["forum"] == uuid]
    if any(job.state == "queued" for job in own):
        return
    past = [job.id for job in own if job.state != "running"]
    db.session.execute(delete(Job).where(Job.id.in_(past)))
    due = now() + timedelta(seconds=after)
    db.session.add(Job(name=SIMILAR, payload={"forum": uuid}, not_before=due))


@action("desk.liken", who=CLOCK)
def liken(actor: Actor, *, pairs: list[Found]) -> None:
    """Tell the desk which recommendations say something similar; what was judged stays as it is."""
    at_desk(actor)
    wanted = {pair.key: pair for pair in _standing(actor, pairs[:MOST])}
    query = select(Likeness).filter_by(forum_id=actor.room.forum_id)
    known = {(row.a_id, row.b_id): row for row in db.session.scalars(query)}
    changed = []
    for key, pair in wanted.items():
        row = known.get(key)
        if row is None:
            row = Likeness(forum_id=actor.room.forum_id, a_id=key[0], b_id=key[1], gone=False)
            db.session.add(row)
        elif row.verdict or _is_told(row, pair):
            continue
        row.score, row.found_by, row.shared = pair.score, pair.found_by, pair.shared
        changed.append(row)
    publish(actor.room, *changed)
    for key, row in known.items():
        if key not in wanted and row.verdict is None:
            publish(actor.room, row, gone=True)
            db.session.delete(row)


def _standing(actor: Actor, pairs: Sequence[Found]) -> list[Found]:
    """Those of which both texts are still there."""
    rooms = select(Room.id).where(Room.forum_id == actor.room.forum_id)
    query = select(Recommendation.id).where(
        Recommendation.room_id.in_(rooms),
        Recommendation.gone.is_(False),
        Recommendation.entry_id.is_(None),
    )
    there = set(db.session.scalars(query))
    return [pair for pair in pairs if {pair.a, pair.b} <= there]


def _is_told(row: Likeness, pair: Found) -> bool:
    """Whether it is the same but for a little: each new text changes what all words weigh."""
    same = row.found_by == pair.found_by and set(row.shared) == set(pair.shared)
    return same and abs(row.score - pair.score) < SLIGHT


@action("desk.judge", who=ORGANISERS)
def judge(actor: Actor, *, pair: int, verdict: Verdict) -> Face:
    """Say of two that are suggested that they are related, or not the same."""
    at_desk(actor)
    row = db.session.get(Likeness, pair)
    if row is None or row.forum_id != actor.room.forum_id:
        raise Refused("These two are no longer suggested.", code="gone")
    changes = Changes()
    changes.set(row, verdict=verdict)
    publish(actor.room, row)
    titles = [db.session.get_one(Recommendation, one).title for one in (row.a_id, row.b_id)]
    return {"step": record(actor, "desk.judge", [*titles, verdict], changes).id}
