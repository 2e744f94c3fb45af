"""What organisers set up for the groups: tracks with their questions and templates, and rooms."""

from __future__ import annotations

from typing import Annotated

from sqlalchemy import select

from facilitator.access import Actor
from facilitator.actions import ORGANISERS, Refused, action
from facilitator.db import db
from facilitator.events import publish
from facilitator.forums.layout import (
    ending,
    find,
    find_room,
    in_use,
    need,
    new_rooms,
    new_track,
    parts,
    put,
    remove_rooms,
    rooms_of,
    sections,
    tell,
)
from facilitator.forums.setup import Position
from facilitator.i18n import said
from facilitator.models import (
    Chapter,
    Face,
    Idea,
    Localised,
    Meeting,
    Phase,
    Question,
    Recommendation,
    Room,
    RoomKind,
    Track,
)
from facilitator.scenarios import AgendaItem, Sentence, TemplateSection, Title
from facilitator.shapes import many, within

MOST_TRACKS, MOST_QUESTIONS = 20, 12

Template = Annotated[list[TemplateSection], many(1, 12)]
Questions = Annotated[list[Sentence], many(0, MOST_QUESTIONS)]
Agenda = Annotated[list[AgendaItem], many(1, 30)]


# ---- Tracks --------------------------------------------------------------------------------------


@action("track.add", who=ORGANISERS)
def add_track(
    actor: Actor,
    *,
    title: Title,
    template: Template | None,
    questions: Questions,
    groups: Annotated[int, within(0, 40)],
) -> Face:
    """Add a track with so many rooms at each meeting, and its chapter of the document.

    Without a template it drafts by that of the last track.
    """
    forum, tracks = actor.forum, parts(Track, actor)
    if len(tracks) >= MOST_TRACKS:
        raise Refused("At most {n} tracks fit in a forum.", code="too_many", n=MOST_TRACKS)
    _refuse_same(need(actor, title), tracks)
    made = new_track(
        forum,
        len(tracks),
        title,
        _distinct(template) if template else tracks[-1].template,
        [need(actor, question) for question in questions],
    )
    db.session.flush()
    agenda = _usual_agenda(actor, RoomKind.GROUP)
    rooms = [
        room
        for meeting in parts(Meeting, actor)
        for room in new_rooms(forum, meeting, made, groups, agenda)
    ]
    _add_chapter(actor, made)
    return {"track": made.uuid, "rooms": [room.uuid for room in rooms]}


@action("track.edit", who=ORGANISERS)
def edit_track(
    actor: Actor, *, track: str, title: Title, template: Template, position: Position
) -> None:
    """Rename a track, change the template its next drafts begin with, or move it in the list."""
    edited, tracks = find(Track, actor, track), parts(Track, actor)
    _refuse_same(need(actor, title), [one for one in tracks if one is not edited])
    rooms = rooms_of(edited)
    _rename_chapter(actor, edited, title)
    edited.title, edited.template = title, _distinct(template)
    put(edited, tracks, position)
    tell(rooms)


@action("track.remove", who=ORGANISERS)
def remove_track(actor: Actor, *, track: str) -> None:
    """Take a track away with its rooms, where nobody has worked in them."""
    removed = find(Track, actor, track)
    if len(parts(Track, actor)) == 1:
        raise Refused("A forum needs a track. Add another one first.")
    rooms = rooms_of(removed)
    if in_use(rooms):
        raise Refused(
            "People have worked on this track. Close its rooms instead: their work is kept."
        )
    remove_rooms(actor, rooms)
    _remove_chapter(actor, removed)
    for question in removed.questions:
        db.session.delete(question)
    db.session.delete(removed)


def _refuse_same(title: Localised, others: list[Track]) -> None:
    words = {(lang, text.casefold()) for lang, text in title.items()}
    for other in others:
        if words & {(lang, text.casefold()) for lang, text in other.title.items()}:
            raise Refused("There is a track with this title already.", code="conflict")


def _distinct(template: list[TemplateSection]) -> list[Face]:
    if len({section.key for section in template}) < len(template):
        raise Refused("Two sections of the template have the same key.", code="conflict")
    return sections(template)


def _usual_agenda(actor: Actor, sort: RoomKind) -> list[Face]:
    """The agenda of the rooms of one sort, where there are any; else one of the bare phases."""
    theirs = Room.forum_id == actor.room.forum_id, Room.sort == sort
    agenda = db.session.scalar(select(Room.agenda).where(*theirs).order_by(Room.id).limit(1))
    return agenda or [{"phase": phase.value, "title": {}, "minutes": None} for phase in Phase]


# ---- The chapter of a track ----------------------------------------------------------------------


def _chapter(track: Track) -> Chapter | None:
    return db.session.scalar(
        select(Chapter).where(Chapter.track_id == track.id, Chapter.gone.is_(False)).limit(1)
    )


def _add_chapter(actor: Actor, track: Track) -> None:
    last = select(Chapter.position).where(Chapter.forum_id == track.forum_id)
    position = db.session.scalar(last.order_by(Chapter.position.desc()).limit(1))
    chapter = Chapter(
        forum_id=track.forum_id,
        track_id=track.id,
        title=track.title,
        position=0 if position is None else position + 1,
    )
    db.session.add(chapter)
    publish(actor.room, chapter)


def _rename_chapter(actor: Actor, track: Track, title: Localised) -> None:
    """A chapter that is called as its track goes on being so."""
    chapter = _chapter(track)
    if chapter is not None and chapter.title == track.title != title:
        chapter.title = title
        publish(actor.room, chapter)


def _remove_chapter(actor: Actor, track: Track) -> None:
    """A chapter goes with its track, unless something stands in it."""
    for chapter in db.session.scalars(select(Chapter).where(Chapter.track_id == track.id)):
        chapter.track_id = None
        stands = select(Recommendation.id).where(Recommendation.chapter_id == chapter.id)
        if not chapter.gone and db.session.scalar(stands.limit(1)) is None:
            chapter.gone = True
            publish(actor.room, chapter, gone=True)


# ---- Questions -----------------------------------------------------------------------------------


@action("question.add", who=ORGANISERS)
def add_question(actor: Actor, *, track: str, text: Sentence) -> Face:
    """Add a sub-question to a track: a column on its boards."""
    asked = find(Track, actor, track)
    if len(asked.questions) >= MOST_QUESTIONS:
        raise Refused("At most {n} questions fit on a board.", code="too_many", n=MOST_QUESTIONS)
    rooms = rooms_of(asked)
    question = Question(position=len(asked.questions), text=need(actor, text))
    asked.questions.append(question)
    tell(rooms)
    return {"question": question.id}


@action("question.edit", who=ORGANISERS)
def edit_question(actor: Actor, *, question: int, text: Sentence, position: Position) -> None:
    """Put a sub-question in other words, or move its column."""
    edited, track = _question(actor, question)
    rooms = rooms_of(track)
    edited.text = need(actor, text)
    put(edited, track.questions, position)
    _reread(track)
    tell(rooms)


@action("question.remove", who=ORGANISERS)
def remove_question(actor: Actor, *, question: int) -> None:
    """Take a sub-question away, where no idea answers it."""
    removed, track = _question(actor, question)
    if db.session.scalar(select(Idea.id).where(Idea.question_id == removed.id).limit(1)):
        raise Refused("Ideas answer this question. You can put it in other words instead.")
    rooms = rooms_of(track)
    db.session.delete(removed)
    _reread(track)
    tell(rooms)


def _question(actor: Actor, question_id: int) -> tuple[Question, Track]:
    question = db.session.get(Question, question_id)
    if question is not None:
        track = db.session.get_one(Track, question.track_id)
        if track.forum_id == actor.room.forum_id:
            return question, track
    raise Refused("This question is no longer part of the forum.", code="gone")


def _reread(track: Track) -> None:
    """Have the questions of a track read again, in their new order."""
    db.session.flush()
    db.session.expire(track, ["questions"])


# ---- Rooms ---------------------------------------------------------------------------------------


@action("room.add", who=ORGANISERS)
def add_room(actor: Actor, *, meeting: str, track: str | None, title: Title | None) -> Face:
    """Add a group to a track at a meeting; without a track, the plenary of that meeting."""
    at = find(Meeting, actor, meeting)
    worked_on = find(Track, actor, track) if track is not None else None
    plenary = Room.meeting_id == at.id, Room.sort == RoomKind.PLENARY
    if worked_on is None and db.session.scalar(select(Room.id).where(*plenary)):
        raise Refused("This meeting has a plenary already.", code="conflict")
    sort = RoomKind.GROUP if worked_on else RoomKind.PLENARY
    [room] = new_rooms(actor.forum, at, worked_on, 1, _usual_agenda(actor, sort))
    room.title = need(actor, title) if title is not None else None
    return {"room": room.uuid, "code": room.code}


@action("room.edit", who=ORGANISERS)
def edit_room(actor: Actor, *, room: str, title: Title | None, agenda: Agenda) -> None:
    """Give a room a title of its own, or another day; the step it is at stays where it is."""
    edited = find_room(actor, room)
    items = ending(actor.forum, agenda)
    if edited.at >= len(items) or items[edited.at]["phase"] != edited.phase:
        step = said(edited.agenda[edited.at]["title"], actor.forum.languages[0]) or edited.phase
        raise Refused(
            "The room is at step {n} now, “{step}”. Change the steps after it, or move it first.",
            code="conflict",
            n=edited.at + 1,
            step=step,
        )
    edited.title = need(actor, title) if title is not None else None
    edited.agenda = items
    tell([edited])


@action("room.remove", who=ORGANISERS)
def remove_room(actor: Actor, *, room: str) -> None:
    """Take a room away, where nobody has been in it."""
    removed = find_room(actor, room)
    if in_use([removed]):
        raise Refused("People have worked in this room. Close it instead: their work is kept.")
    remove_rooms(actor, [removed])
