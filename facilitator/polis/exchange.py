"""A forum from a conversation of Polis, and a conversation from a forum."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from sqlalchemy import insert, select

from facilitator import scenarios
from facilitator.actions import Refused, lock
from facilitator.db import db, write
from facilitator.forums import found
from facilitator.i18n import t
from facilitator.models import (
    AnswerSheet,
    Echo,
    Face,
    Forum,
    Idea,
    IdeaKind,
    Job,
    Phase,
    Room,
    RoomKind,
    Statement,
    StatementVote,
    Turnout,
    now,
)
from facilitator.polis.reading import Conversation, Said, read_conversation
from facilitator.polis.writing import write_conversation
from facilitator.scenarios import AgendaItem, MeetingPlan, Scenario, TrackPlan
from facilitator.shapes import line

#: The forum of a conversation is laid out as this one, with one room.
LIKE = "thematic-forum"
#: Characters of an idea.
IDEA = 600


def bring_in(folder: Path, lang: str = "en") -> Face:
    """Found a forum with one room whose statements and votes are the conversation's.

    Answers what `forums.found` does; raises BadConversation.
    """
    talk = read_conversation(folder)
    made = found(_plan(talk, lang))
    write(partial(_fill, made["forum"], talk, lang))
    return made


def _plan(talk: Conversation, lang: str) -> Scenario:
    like = scenarios.load(LIKE)
    title = {lang: line(talk.topic, 200)}
    steps = {
        Phase.DECIDE: t("Vote on statements", lang=lang),
        Phase.DRAFT: t("Write recommendations", lang=lang),
        Phase.CLOSED: scenarios.CLOSING.get(lang, scenarios.CLOSING["en"]),
    }
    return replace(
        like,
        name="polis",
        title=title,
        subtitle=None,
        languages=(lang,),
        organisers=(),
        meetings=(MeetingPlan(city="Online", on=0),),
        tracks=(TrackPlan(title=title),),
        agenda=tuple(AgendaItem(phase=phase, title={lang: name}) for phase, name in steps.items()),
        plenary=(),
        chapters=(),
    )


def _fill(forum_uuid: str, talk: Conversation, lang: str) -> None:
    forum = Forum.uuid == forum_uuid, Room.sort == RoomKind.GROUP
    room_id = db.session.scalar(
        select(Room.id).join(Forum, Forum.id == Room.forum_id).where(*forum)
    )
    if room_id is None:
        raise Refused("There is no such room.", code="gone")
    room = lock(room_id)
    vote = StatementVote(
        room_id=room.id, question=talk.topic, lang=lang, about=talk.about, is_open=False
    )
    vote.closed_at = now()
    vote.voters, vote.answers = len(talk.votes), sum(map(len, talk.votes.values()))
    db.session.add(vote)
    db.session.flush()
    vote.key = None  # there are no seats to make pseudonyms of
    db.session.add(Turnout(id=vote.id, voters=vote.voters, answers=vote.answers))
    statements = _add_statements(room, vote, talk, lang)
    _add_sheets(vote, talk, {number: one.id for number, one in statements.items()})
    vote.result = {"voters": vote.voters, "answers": vote.answers, "counts": _counts(statements)}
    db.session.add(Job(name="opinions", payload={"vote": vote.id}))


def _counts(statements: dict[int, Statement]) -> dict[str, list[int]]:
    shown = (one for one in statements.values() if not one.out)
    return {str(one.id): [one.agrees, one.disagrees, one.passes] for one in shown}


def _add_statements(
    room: Room, vote: StatementVote, talk: Conversation, lang: str
) -> dict[int, Statement]:
    """The statements by their numbers; those that were not taken out are ideas as well."""
    tallies = {said.number: {1: 0, 0: 0, -1: 0} for said in talk.statements}
    for marks in talk.votes.values():
        for number, mark in marks.items():
            tallies[number][mark] += 1
    made = {}
    for said in talk.statements:
        idea, tally = _idea(room, said, lang), tallies[said.number]
        statement = Statement(
            vote_id=vote.id,
            idea_id=idea and idea.id,
            number=said.number,
            text=said.text,
            lang=lang,
            out=said.taken_out,
            agrees=tally[1],
            disagrees=tally[-1],
            passes=tally[0],
        )
        statement.made_at = said.made_at or vote.opened_at
        made[said.number] = statement
    db.session.add_all(made.values())
    db.session.flush()
    return made


def _idea(room: Room, said: Said, lang: str) -> Idea | None:
    if said.taken_out or len(said.text) > IDEA:
        return None
    text = line(said.text, IDEA)
    idea = Idea(room_id=room.id, sort=IdeaKind.NEED, text=text, lang=lang)
    db.session.add(idea)
    db.session.flush()
    db.session.add(Echo(id=idea.id, seats=0))
    return idea


def _add_sheets(vote: StatementVote, talk: Conversation, ids: dict[int, int]) -> None:
    """A sheet for each voter, under the number that it has in the conversation."""
    sheets = [
        {
            "vote_id": vote.id,
            "voter": str(voter),
            "marks": {str(ids[number]): mark for number, mark in sorted(marks.items())},
            "sector_id": None,
        }
        for voter, marks in sorted(talk.votes.items())
    ]
    if sheets:
        db.session.execute(insert(AnswerSheet), sheets)


# ---- Out -----------------------------------------------------------------------------------------


def hand_out(forum: Forum, folder: Path) -> list[Path]:
    """Write the closed statement votes of a forum; each in a folder where there are several."""
    closed = select(StatementVote).join(Room, Room.id == StatementVote.room_id)
    mine = Room.forum_id == forum.id, StatementVote.is_open.is_(False)
    votes = db.session.scalars(closed.where(*mine).order_by(StatementVote.id)).all()
    if not votes:
        raise Refused("There is no closed vote on statements to write.", code="gone")
    folders = [folder / f"statements-{vote.uuid[:8]}" for vote in votes]
    places = folders if len(votes) > 1 else [folder]
    return [
        path for vote, place in zip(votes, places, strict=True) for path in _hand_out(vote, place)
    ]


def _hand_out(vote: StatementVote, folder: Path) -> list[Path]:
    from facilitator.polis.grouping import find_groups  # noqa: PLC0415 - numpy, for this alone

    query = select(Statement).filter_by(vote_id=vote.id).order_by(Statement.number)
    statements = db.session.scalars(query).all()
    numbers = {str(one.id): one.number for one in statements}
    said = [Said(one.number, one.text, one.out, one.made_at) for one in statements]
    sheets = db.session.scalars(select(AnswerSheet).filter_by(vote_id=vote.id)).all()
    votes = {
        voter: {numbers[key]: mark for key, mark in sheet.marks.items()}
        for voter, sheet in _numbered(list(sheets)).items()
    }
    talk = Conversation(vote.question, vote.about, said, votes)
    return write_conversation(talk, find_groups(talk), vote.closed_at or now(), folder)


def _numbered(sheets: list[AnswerSheet]) -> dict[int, AnswerSheet]:
    """The sheets by a number of the voter: the one it came with, else by chance."""
    if all(len(sheet.voter) < 10 for sheet in sheets):
        return {int(sheet.voter): sheet for sheet in sheets}
    return dict(enumerate(sorted(sheets, key=lambda sheet: sheet.voter)))
