"""What organisers set up for the whole forum: its title and days, sectors, meetings and links."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Literal

from sqlalchemy import select

from facilitator.access import Actor
from facilitator.actions import ORGANISERS, Refused, action
from facilitator.db import db
from facilitator.forums.codes import fresh_code
from facilitator.forums.layout import (
    find,
    find_room,
    in_use,
    need,
    new_rooms,
    parts,
    put,
    remove_rooms,
    rooms_of,
    tell,
)
from facilitator.forums.links import successor
from facilitator.models import (
    Face,
    Forum,
    Grant,
    Localised,
    Meeting,
    Role,
    Room,
    Seat,
    Sector,
)
from facilitator.rooms.small_cells import LEAST
from facilitator.scenarios import Name, Title
from facilitator.shapes import Language, many, one_line, within

MOST_SECTORS, MOST_MEETINGS = 20, 30

#: The longest that a forum may take, from its first day to its last.
LONGEST = timedelta(days=1830)

City = Annotated[str, one_line(80)]
Place = Annotated[str, one_line(120, least=0)]
Position = Annotated[int, within(0, 100)]


# ---- The forum -----------------------------------------------------------------------------------


@action("forum.edit", who=ORGANISERS)
def edit_forum(
    actor: Actor,
    *,
    title: Title,
    subtitle: Title,
    languages: Annotated[list[Language], many(1, 12)],
    starts: date,
    ends: date,
    organisers: Annotated[list[Annotated[str, one_line(120)]], many(0, 30)],
    participating: Annotated[list[Annotated[str, one_line(120)]], many(0, 300)],
    hands_by_name: bool = False,
    least: Annotated[int, within(LEAST, 100)] = LEAST,
    minutes: bool = False,
) -> None:
    """Say what the forum is called, when it is, who invites; and what is told of people.

    Which organisations took part and want to be named; whether hands have nicknames, and from how
    many people on a sector has figures; whether its rooms keep minutes.
    """
    if ends < starts:
        raise Refused("The last day is before the first.")
    forum = actor.forum
    _take(forum, starts, ends)
    forum.languages = list(dict.fromkeys(languages))
    forum.title = need(actor, title)
    forum.subtitle = subtitle
    forum.organisers, forum.participating = organisers, list(dict.fromkeys(participating))
    forum.hands_by_name, forum.least, forum.minutes = hands_by_name, least, minutes


def _take(forum: Forum, starts: date, ends: date) -> None:
    """Let the forum take these days, if it can be so long: else a year was mistyped."""
    if ends - starts > LONGEST:
        raise Refused("A forum takes at most five years. Look at the dates again.")
    forum.starts, forum.ends = starts, ends


@action("forum.recode", who=ORGANISERS)
def recode_forum(actor: Actor) -> Face:
    """Give the forum another join code: the old one, and every QR code so far, opens nothing."""
    forum = actor.forum
    forum.code = fresh_code(db.session)
    forum.code_generation += 1
    return {"code": forum.code}


# ---- Sectors -------------------------------------------------------------------------------------


@action("sector.add", who=ORGANISERS)
def add_sector(actor: Actor, *, name: Name) -> Face:
    """Add a side of the table."""
    sectors = parts(Sector, actor)
    if len(sectors) >= MOST_SECTORS:
        raise Refused("At most {n} sectors can be told apart.", code="too_many", n=MOST_SECTORS)
    _refuse_same(need(actor, name), sectors)
    sector = Sector(forum_id=actor.room.forum_id, position=len(sectors), name=name)
    db.session.add(sector)
    db.session.flush()
    return {"sector": sector.uuid}


@action("sector.edit", who=ORGANISERS)
def edit_sector(actor: Actor, *, sector: str, name: Name, position: Position) -> None:
    """Rename a sector, or move it in the list."""
    edited, sectors = find(Sector, actor, sector), parts(Sector, actor)
    _refuse_same(need(actor, name), [one for one in sectors if one is not edited])
    edited.name = name
    put(edited, sectors, position)


@action("sector.remove", who=ORGANISERS)
def remove_sector(actor: Actor, *, sector: str) -> None:
    """Take a sector off the list, before anybody has come in.

    Later a refusal would tell whether somebody has chosen just this one.
    """
    removed = find(Sector, actor, sector)
    if db.session.scalar(select(Seat.id).where(Seat.forum_id == removed.forum_id).limit(1)):
        raise Refused("People have come in already. You can rename this sector instead.")
    db.session.delete(removed)


def _refuse_same(name: Localised, others: list[Sector]) -> None:
    words = {(lang, text.casefold()) for lang, text in name.items()}
    for other in others:
        if words & {(lang, text.casefold()) for lang, text in other.name.items()}:
            raise Refused("There is a sector with this name already.", code="conflict")


# ---- Meetings ------------------------------------------------------------------------------------


@action("meeting.add", who=ORGANISERS)
def add_meeting(actor: Actor, *, city: City, place: Place, on: date, like: str | None) -> Face:
    """Add a sitting of the forum, with the same rooms as the meeting `like`, or with none."""
    meetings = parts(Meeting, actor)
    if len(meetings) >= MOST_MEETINGS:
        raise Refused("At most {n} meetings fit in a forum.", code="too_many", n=MOST_MEETINGS)
    pattern = find(Meeting, actor, like) if like is not None else None
    forum = actor.forum
    meeting = Meeting(forum_id=forum.id, position=len(meetings), city=city, place=place, on=on)
    db.session.add(meeting)
    db.session.flush()
    _stretch(forum, on)
    rooms = _rooms_like(forum, meeting, pattern) if pattern else []
    return {"meeting": meeting.uuid, "rooms": [room.uuid for room in rooms]}


def _rooms_like(forum: Forum, meeting: Meeting, pattern: Meeting) -> list[Room]:
    theirs = select(Room).where(Room.meeting_id == pattern.id).order_by(Room.id)
    made = []
    for room in db.session.scalars(theirs).all():
        made += new_rooms(forum, meeting, room.track, 1, room.agenda)
        made[-1].title = room.title
    return made


def _stretch(forum: Forum, day: date) -> None:
    """A forum takes as long as its meetings do."""
    _take(forum, min(forum.starts, day), max(forum.ends, day))


@action("meeting.edit", who=ORGANISERS)
def edit_meeting(
    actor: Actor, *, meeting: str, city: City, place: Place, on: date, position: Position
) -> None:
    """Say where and when a meeting is, or move it in the list."""
    edited = find(Meeting, actor, meeting)
    rooms = rooms_of(edited)
    edited.city, edited.place, edited.on = city, place, on
    put(edited, parts(Meeting, actor), position)
    _stretch(actor.forum, on)
    tell(rooms)


@action("meeting.remove", who=ORGANISERS)
def remove_meeting(actor: Actor, *, meeting: str) -> None:
    """Take a meeting away with its rooms, where nobody has worked in them."""
    removed = find(Meeting, actor, meeting)
    if len(parts(Meeting, actor)) == 1:
        raise Refused("A forum needs a meeting. Add another one first.")
    rooms = rooms_of(removed)
    if in_use(rooms):
        raise Refused(
            "People have worked at this meeting. Close its rooms instead: their work is kept."
        )
    remove_rooms(actor, rooms)
    db.session.delete(removed)


# ---- Links for staff -----------------------------------------------------------------------------


@action("grant.issue", who=ORGANISERS)
def issue_grant(
    actor: Actor,
    *,
    role: Literal[Role.ORGANISER, Role.FACILITATOR, Role.PROJECTOR, Role.RAPPORTEUR, Role.OBSERVER],
    room: str | None,
    label: Annotated[str, one_line(80, least=0)],
) -> Face:
    """Make a link for somebody who works here: in one room, or in all."""
    if room is not None and role is Role.ORGANISER:
        raise Refused("An organiser's link is good for the whole forum. Choose no room.")
    room_id = find_room(actor, room).id if room is not None else None
    grant = Grant(forum_id=actor.room.forum_id, room_id=room_id, role=role, label=label)
    db.session.add(grant)
    db.session.flush()
    return {"grant": grant.uuid}


@action("grant.revoke", who=ORGANISERS)
def revoke_grant(actor: Actor, *, grant: str) -> None:
    """Make a link useless from now on."""
    _another(actor, grant).revoked = True


@action("grant.reissue", who=ORGANISERS)
def reissue_grant(actor: Actor, *, grant: str) -> Face:
    """Give a lost link anew; the old one stops at once."""
    lost = _another(actor, grant)
    if lost.revoked:
        raise Refused("This link is no longer part of the forum.", code="gone")
    lost.revoked = True
    return {"grant": successor(lost).uuid}


def _another(actor: Actor, uuid: str) -> Grant:
    """A link of the forum, but the one that is used right now."""
    ours = Grant.uuid == uuid, Grant.forum_id == actor.room.forum_id
    found = db.session.scalar(select(Grant).where(*ours))
    if found is None:
        raise Refused("This link is no longer part of the forum.", code="gone")
    if actor.grant is not None and found.id == actor.grant.id:
        raise Refused("You are using this link now. Make another one, open it, and revoke this.")
    return found
