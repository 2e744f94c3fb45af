"""What a phone needs to know when it comes in, or comes back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from facilitator.access import LEADING, Actor
from facilitator.db import db
from facilitator.events import News, Thing, read_room_log, room_clocks
from facilitator.models import (
    Ballot,
    Chapter,
    Comment,
    DeskStep,
    Draft,
    Echo,
    Idea,
    Mirror,
    Paper,
    People,
    Recommendation,
    Room,
    RoomKind,
    Sector,
    Support,
    Tally,
    Theme,
    now,
)
from facilitator.rooms.papers import pseudonym

#: Beyond this many missed lines the whole room is the shorter answer.
CATCH_UP = 500
#: Lines of the desk's edit log that its screen shows.
STEPS_SHOWN = 200

Things = dict[tuple[str, str], Any]


class Picture(NamedTuple):
    """The public state of a room at one moment."""

    seq: int
    things: Things


#: The last picture of each room. The log leads from it to the present without asking for every
#: thing again, which is what lets a hall of people come in at once.
pictures: dict[int, Picture] = {}


def catch_up(who: Actor, since: int | None) -> dict[str, Any]:
    """What happened after `since`, or all there is: the same shape as news.

    `since` in the answer is null when it is the whole room. Everything is read in one transaction.
    """
    room_id = who.room.id
    seq = room_clocks([room_id])[room_id]
    answer = {"seq": seq, "mine": mine(who), "now": now().isoformat()}
    if since is not None and (lines := missed(room_id, since, seq)) is not None:
        return {**answer, "since": since, "things": listed(after({}, lines))}
    picture = pictures[room_id] = present(who.room, seq)
    return {**answer, "since": None, "things": listed(picture.things)}


def missed(room_id: int, since: int, seq: int) -> list[News] | None:
    """The lines from `since` to `seq`; None when they are too many, or not all kept."""
    if not since <= seq <= since + CATCH_UP:
        return None
    lines = read_room_log(room_id, since) if since < seq else []
    return lines if len(lines) == seq - since else None


def present(room: Room, seq: int) -> Picture:
    """The picture of a room at `seq`: the last one brought up to date, or a new one."""
    last = pictures.get(room.id)
    if last and (lines := missed(room.id, last.seq, seq)) is not None:
        if not lines:
            return last
        things = after(last.things, lines)
        return Picture(seq, {key: data for key, data in things.items() if data is not None})
    return Picture(seq, {(t.kind, str(t.id)): t.public() for t in things_of(room)})


def after(things: Things, lines: list[News]) -> Things:
    """The things as the lines leave them: of each the last state, None when it is gone."""
    return things | {(line.kind, line.thing_id): line.data for line in lines}


def listed(things: Things) -> list[list[Any]]:
    """The things as a phone reads them."""
    return [[kind, thing_id, data] for (kind, thing_id), data in things.items()]


def things_of(room: Room) -> Iterator[Thing]:
    """All that a room can see."""
    yield room
    yield from _of_the_desk(room) if room.sort is RoomKind.DESK else _of_the_group(room)
    written = Recommendation.room_id == room.id, Recommendation.gone.is_(False)
    sources = selectinload(Recommendation.sources)
    yield from _all(select(Recommendation).where(*written).options(sources))
    yield from _all(select(Draft).join(Draft.recommendation).where(*written))


def _of_the_group(room: Room) -> Iterator[Thing]:
    yield from _all(select(People).where(People.id == room.id))
    yield from _all(select(Theme).where(Theme.room_id == room.id))
    posted = Idea.room_id == room.id
    yield from _all(select(Idea).where(posted))
    yield from _all(select(Echo).join(Idea, Idea.id == Echo.id).where(posted))
    yield from _all(select(Comment).where(Comment.room_id == room.id))
    asked = Ballot.room_id == room.id
    yield from _all(select(Ballot).where(asked).options(selectinload(Ballot.choices)))
    yield from _all(select(Tally).join(Ballot, Ballot.id == Tally.id).where(asked))


def _of_the_desk(room: Room) -> Iterator[Thing]:
    forum = {"forum_id": room.forum_id}
    yield from _all(select(Chapter).filter_by(**forum, gone=False))
    recent = select(DeskStep).filter_by(**forum).order_by(DeskStep.id.desc()).limit(STEPS_SHOWN)
    yield from reversed(list(_all(recent)))
    yield from _all(select(Mirror).filter_by(**forum))


def _all(query: Any) -> Iterable[Any]:
    return db.session.scalars(query).all()


def mine(who: Actor) -> dict[str, Any]:
    """What only this seat may see."""
    if who.seat is None:
        return {
            "role": who.role,
            "seat": None,
            "ideas": _written(who, Idea),
            "comments": _written(who, Comment),
            "supports": [],
            "papers": {},
        }
    here = Idea.room_id == who.room.id
    supports = select(Support.idea_id).join(Idea, Idea.id == Support.idea_id)
    sector = db.session.get(Sector, who.seat.sector_id) if who.seat.sector_id else None
    return {
        "role": who.role,
        "seat": {
            "lang": who.seat.lang,
            "nickname": who.seat.nickname,
            "sector": sector and sector.uuid,
        },
        "ideas": _written(who, Idea),
        "comments": _written(who, Comment),
        "supports": list(_all(supports.where(here, Support.seat_id == who.seat.id))),
        "papers": _papers(who),
    }


def _written(who: Actor, model: type[Idea | Comment]) -> list[int]:
    """The ideas or comments that are one's own."""
    if who.seat is None and who.role not in LEADING:
        return []
    # Written for people without a phone, they have no seat: whoever leads looks after them.
    own = model.seat_id == who.seat.id if who.seat else model.seat_id.is_(None)
    return list(_all(select(model.id).where(model.room_id == who.room.id, own)))


def _papers(who: Actor) -> dict[str, Any]:
    """The papers of this seat in ballots whose pseudonyms can still be made."""
    assert who.seat is not None  # noqa: S101 - for the type checker: mine() has looked
    ballots = _all(select(Ballot).where(Ballot.room_id == who.room.id, Ballot.key.is_not(None)))
    keys = {ballot.id: pseudonym(ballot, who.seat) for ballot in ballots}
    if not keys:
        return {}
    query = select(Paper).where(Paper.ballot_id.in_(keys), Paper.voter.in_(keys.values()))
    return {str(paper.ballot_id): paper.marks for paper in _all(query)}
