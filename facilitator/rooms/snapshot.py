"""What a phone needs to know when it comes in, or comes back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from sqlalchemy import false, select
from sqlalchemy.orm import joinedload, selectinload

from facilitator.access import LEADING, Actor
from facilitator.db import db
from facilitator.events import BLANK, News, Thing, read_room_log, room_clocks
from facilitator.models import (
    AnswerSheet,
    Backing,
    Ballot,
    Chapter,
    Comment,
    Consultation,
    Consulted,
    Decision,
    DeskStep,
    Draft,
    Echo,
    Evidence,
    Hand,
    Idea,
    IdeaState,
    Likeness,
    Minutes,
    Mirror,
    Motion,
    Notice,
    Paper,
    Parked,
    People,
    Recommendation,
    Reopening,
    Reply,
    Reservation,
    Room,
    RoomKind,
    Screen,
    ScreenKey,
    Seat,
    Sector,
    Show,
    Slide,
    Speakers,
    Stance,
    Stances,
    Statement,
    StatementVote,
    Steer,
    Suggestion,
    Support,
    Tally,
    Theme,
    ThemeStep,
    Translation,
    Turnout,
    Watch,
    Written,
    now,
)
from facilitator.rooms.consultations import consultations_in, own_answers
from facilitator.rooms.moderation import reported_by
from facilitator.rooms.papers import pseudonym
from facilitator.rooms.theme_steps import OWN_STEPS
from facilitator.rooms.theme_steps import STEPS_SHOWN as STEPS_SEEN
from facilitator.rooms.visibility import KINDS, Words, backstage_of, own_face

#: Beyond this many missed lines the whole room is the shorter answer.
CATCH_UP = 500
#: Lines of the desk's edit log that its screen shows.
STEPS_SHOWN = 200
#: Lines of the log of moderation that a room's desk shows.
DECISIONS_SHOWN = 200

Things = dict[tuple[str, str], Any]


class Picture(NamedTuple):
    """The public state of a room at one moment."""

    seq: int
    things: Things


#: The last picture of each room, for each audience. The log leads from it to the present without
#: asking for every thing again, which is what lets a hall of people come in at once.
pictures: dict[tuple[int, str], Picture] = {}


def audience_of(who: Actor) -> str:
    """Who hears the same as they: "lead" for those who lead the room, else "room"."""
    return "lead" if who.role in LEADING else "room"


def catch_up(who: Actor, since: int | None) -> dict[str, Any]:
    """What happened after `since`, or all there is: the same shape as news.

    `since` in the answer is null when it is the whole room. Everything is read in one transaction.
    """
    room_id, audience = who.room.id, audience_of(who)
    seq = room_clocks([room_id])[room_id]
    answer = {"seq": seq, "mine": mine(who), "now": now().isoformat()}
    if since is not None and (lines := missed(room_id, since, seq, audience)) is not None:
        return {**answer, "since": since, "things": listed(after({}, lines))}
    picture = pictures[room_id, audience] = present(who.room, seq, audience)
    return {**answer, "since": None, "things": listed(picture.things)}


def missed(room_id: int, since: int, seq: int, audience: str) -> list[News] | None:
    """The lines from `since` to `seq`; None when they are too many, or not all kept."""
    if not since <= seq <= since + CATCH_UP:
        return None
    lines = read_room_log(room_id, since, audience) if since < seq else []
    return lines if len(lines) == seq - since else None


def present(room: Room, seq: int, audience: str) -> Picture:
    """The picture of a room at `seq`: the last one brought up to date, or a new one."""
    last = pictures.get((room.id, audience))
    if last and (lines := missed(room.id, last.seq, seq, audience)) is not None:
        if not lines:
            return last
        things = after(last.things, lines)
        return Picture(seq, {key: data for key, data in things.items() if data is not None})
    seen = (thing for thing in things_of(room) if audience == "lead" or not thing.backstage)
    return Picture(seq, {(t.kind, str(t.id)): t.public() for t in seen})


def after(things: Things, lines: list[News]) -> Things:
    """The things as the lines leave them: of each the last state, None when it is gone."""
    told = (line for line in lines if line.kind != BLANK)
    return things | {(line.kind, line.thing_id): line.data for line in told}


def listed(things: Things) -> list[list[Any]]:
    """The things as a phone reads them."""
    return [[kind, thing_id, data] for (kind, thing_id), data in things.items()]


def things_of(room: Room) -> Iterator[Thing]:
    """All that there is to see in a room, for those who lead it too."""
    yield room
    yield from _all(select(Notice).where(Notice.id == room.id))
    yield from _of_the_desk(room) if room.sort is RoomKind.DESK else _of_the_group(room)
    written = Recommendation.room_id == room.id, Recommendation.gone.is_(False)
    sources = selectinload(Recommendation.sources)
    yield from _all(select(Recommendation).where(*written).options(sources))
    kept = Written.room_id == room.id, Written.gone.is_(False)
    yield from _all(select(Draft).join(Draft.recommendation).where(*kept))
    yield from _all(
        select(Motion).join(Recommendation, Recommendation.id == Motion.id).where(*written)
    )
    yield from _all(select(Reopening).join(Recommendation).where(*written))
    yield from _all(select(Reservation).join(Recommendation).where(*written, Reservation.shown()))
    made = Suggestion.room_id == room.id
    yield from _all(select(Suggestion).where(made))
    yield from _all(select(Stances).join(Suggestion, Suggestion.id == Stances.id).where(made))
    yield from _all(select(Reply).where(Reply.room_id == room.id, Reply.shown()))


def _of_the_group(room: Room) -> Iterator[Thing]:
    yield from _all(select(People).where(People.id == room.id))
    yield from _all(select(Steer).where(Steer.id == room.id))
    yield from _all(select(Speakers).where(Speakers.id == room.id))
    yield from _all(select(Watch).where(Watch.id == room.id))
    yield from _themes(room)
    posted = Idea.room_id == room.id, Idea.shown()
    yield from _all(select(Idea).where(*posted))
    yield from _all(select(Echo).join(Idea, Idea.id == Echo.id).where(*posted))
    under = select(Comment).join(Idea, Idea.id == Comment.idea_id)
    yield from _all(under.where(*posted, Comment.shown()))
    yield from _all(select(Evidence).where(Evidence.room_id == room.id, Evidence.shown()))
    yield from backstage_of(room)
    decided = select(Decision).where(Decision.room_id == room.id).order_by(Decision.id.desc())
    yield from reversed(list(_all(decided.limit(DECISIONS_SHOWN))))
    minuted = Minutes.room_id == room.id, Minutes.gone.is_(False)
    yield from _all(select(Minutes).where(*minuted))
    yield from consultations_in(room)
    yield from _all(select(Consulted).where(Consulted.room_id == room.id))
    asked = Ballot.room_id == room.id
    yield from _all(select(Ballot).where(asked).options(selectinload(Ballot.choices)))
    yield from _all(select(Tally).join(Ballot, Ballot.id == Tally.id).where(asked))
    yield from _all(select(Show).join(Ballot, Ballot.id == Show.id).where(asked))
    yield from _all(select(Screen).where(Screen.room_id == room.id))
    links = select(ScreenKey).join(ScreenKey.screen).options(joinedload(ScreenKey.grant))
    yield from _all(links.where(Screen.room_id == room.id))
    yield from _all(select(Slide).where(Slide.room_id == room.id))
    yield from _all(select(Parked).where(Parked.room_id == room.id))
    voted = StatementVote.room_id == room.id
    yield from _all(select(StatementVote).where(voted))
    yield from _all(
        select(Turnout).join(StatementVote, StatementVote.id == Turnout.id).where(voted)
    )
    of_vote = StatementVote.id == Statement.vote_id
    yield from _all(select(Statement).join(StatementVote, of_vote).where(voted))


def _themes(room: Room) -> Iterator[Thing]:
    here = Theme.room_id == room.id, Theme.gone.is_(False)
    yield from _all(select(Theme).where(*here))
    yield from _all(select(Backing).join(Theme, Theme.id == Backing.id).where(*here))
    recent = select(ThemeStep).where(ThemeStep.room_id == room.id).order_by(ThemeStep.id.desc())
    yield from reversed(list(_all(recent.limit(STEPS_SEEN))))


def _of_the_desk(room: Room) -> Iterator[Thing]:
    forum = {"forum_id": room.forum_id}
    yield from _all(select(Chapter).filter_by(**forum, gone=False))
    recent = select(DeskStep).filter_by(**forum).order_by(DeskStep.id.desc()).limit(STEPS_SHOWN)
    yield from reversed(list(_all(recent)))
    yield from _all(select(Mirror).filter_by(**forum))
    yield from _all(select(Likeness).filter_by(**forum))
    told = select(Translation).join(Recommendation, Recommendation.id == Translation.id)
    yield from _all(told.where(Recommendation.room_id == room.id, ~Translation.gone))
    of_desk = select(Consultation).join(Recommendation)
    yield from _all(of_desk.where(Recommendation.room_id == room.id))


def _all(query: Any) -> Iterable[Any]:
    return db.session.scalars(query).all()


def mine(who: Actor) -> dict[str, Any]:
    """What only this seat or link may see: its role and seat, and by kind what is its own.

    Who has no seat gets the same keys, empty where they need one.
    """
    if who.seat is None:
        return {
            "role": who.role,
            "seat": None,
            "ideas": _written(who, Idea),
            "comments": _written(who, Comment),
            "reservations": _written(who, Reservation),
            "evidence": _written(who, Evidence),
            "replies": _written(who, Reply),
            "suggestions": _suggested(who),
            "stances": {},
            "unshown": _unshown(who),
            "supports": [],
            "reported": [],
            "papers": {},
            "answers": {},
            "reasons": {},
            "consulted": {},
            "parked": [],
            "steps": _steps(who),
            "hand": None,
            "visit": None,
        }
    here = Idea.room_id == who.room.id
    supports = select(Support.idea_id).join(Idea, Idea.id == Support.idea_id)
    papers = _papers(who)
    sector = db.session.get(Sector, who.seat.sector_id) if who.seat.sector_id else None
    return {
        "role": who.role,
        "seat": {
            "lang": who.seat.lang,
            "nickname": who.seat.nickname,
            "sector": sector and sector.uuid,
            "number": who.seat.number,
        },
        "ideas": _written(who, Idea),
        "comments": _written(who, Comment),
        "reservations": _written(who, Reservation),
        "evidence": _written(who, Evidence),
        "replies": _written(who, Reply),
        "suggestions": _suggested(who),
        "stances": _stances(who.room, who.seat),
        "unshown": _unshown(who),
        "reported": reported_by(who),
        "supports": list(_all(supports.where(here, Support.seat_id == who.seat.id))),
        "papers": {ballot: marks for ballot, (marks, _) in papers.items()},
        "reasons": {ballot: said["text"] for ballot, (_, said) in papers.items() if said},
        "answers": _answers(who),
        "consulted": own_answers(who),
        "parked": _parked(who.room, who.seat),
        "steps": _steps(who),
        "hand": db.session.scalar(
            select(Hand.number).filter_by(room_id=who.room.id, seat_id=who.seat.id)
        ),
        "visit": who.seat.active_visit if who.seat.active_room == who.room.id else None,
    }


def _steps(who: Actor) -> list[Any]:
    """What one has done to the themes here, oldest first: it can be taken back."""
    holder = who.seat or who.grant
    if holder is None or (who.seat is None and who.role not in LEADING):
        return []
    own = ThemeStep.seat_id == holder.id if who.seat else ThemeStep.grant_id == holder.id
    query = select(ThemeStep).where(ThemeStep.room_id == who.room.id, own)
    last = _all(query.order_by(ThemeStep.id.desc()).limit(OWN_STEPS))
    return [step.public() for step in reversed(list(last))]


def _written(who: Actor, model: type[Words]) -> list[int]:
    """The words of a kind that are one's own."""
    return list(_all(select(model.id).where(*_own(who, model))))


def _suggested(who: Actor) -> list[int]:
    """The suggestions that are one's own."""
    holder = who.seat or who.grant
    if holder is None:
        return []
    own = Suggestion.seat_id == holder.id if who.seat else Suggestion.grant_id == holder.id
    return list(_all(select(Suggestion.id).where(Suggestion.room_id == who.room.id, own)))


def _stances(room: Room, seat: Seat) -> dict[str, bool]:
    """With which suggestions this seat agrees, and with which it does not."""
    query = select(Stance.suggestion_id, Stance.agrees).join(Suggestion)
    rows = db.session.execute(query.where(Suggestion.room_id == room.id, Stance.seat_id == seat.id))
    return {str(suggestion): agrees for suggestion, agrees in rows}


def _unshown(who: Actor) -> list[Any]:
    """One's own words that not everybody sees, and why."""
    found = []
    for model in KINDS:
        apart = model.state != IdeaState.SHOWN
        found += [own_face(words) for words in _all(select(model).where(*_own(who, model), apart))]
    return found


def _own(who: Actor, model: type[Words]) -> tuple[Any, ...]:
    if who.seat is None and who.role not in LEADING:
        return (false(),)
    # Written for people without a phone, they have no seat: whoever leads looks after them.
    own = model.seat_id == who.seat.id if who.seat else model.seat_id.is_(None)
    return model.room_id == who.room.id, own


def _parked(room: Room, seat: Seat) -> list[int]:
    """What this seat has parked here."""
    own = Parked.room_id == room.id, Parked.seat_id == seat.id
    return list(_all(select(Parked.id).where(*own)))


def _papers(who: Actor) -> dict[str, tuple[dict[str, int], dict[str, str] | None]]:
    """What is on the papers of this seat in ballots whose pseudonyms can still be made."""
    assert who.seat is not None  # noqa: S101 - for the type checker: mine() has looked
    ballots = _all(select(Ballot).where(Ballot.room_id == who.room.id, Ballot.key.is_not(None)))
    keys = {ballot.id: pseudonym(ballot, who.seat) for ballot in ballots}
    if not keys:
        return {}
    query = select(Paper).where(Paper.ballot_id.in_(keys), Paper.voter.in_(keys.values()))
    return {str(paper.ballot_id): (paper.marks, paper.reason) for paper in _all(query)}


def _answers(who: Actor) -> dict[str, int]:
    """What this seat has answered in the statement vote that is open."""
    assert who.seat is not None  # noqa: S101 - for the type checker: mine() has looked
    votes = _all(select(StatementVote).filter_by(room_id=who.room.id, is_open=True))
    sheets = (db.session.get(AnswerSheet, (vote.id, pseudonym(vote, who.seat))) for vote in votes)
    return {key: mark for sheet in sheets if sheet for key, mark in sheet.marks.items()}
