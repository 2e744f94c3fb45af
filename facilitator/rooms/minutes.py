"""Minutes: the items of a meeting, what was said about each, and what is to be done.

The text of an item is a draft like that of a recommendation, written together at any time of the
meeting; its steps are the tasks. What is to be spoken about, and in which order, is said by whoever
leads the room.
"""

from __future__ import annotations

from typing import Annotated

from sqlalchemy import func, select

from facilitator.access import Actor
from facilitator.actions import ALWAYS, LEADS, WRITERS, Refused, action
from facilitator.db import db
from facilitator.events import publish
from facilitator.models import Draft, Face, Forum, Minutes, Room, RoomKind, Status
from facilitator.rooms.recommendations import LONGEST, Piece, write_pieces
from facilitator.rooms.reopening import fix_wording
from facilitator.shapes import Language, many, one_line

PER_ROOM = 60

Title = Annotated[str, one_line(LONGEST)]
By = Annotated[str, one_line(120, least=0)]

#: What is put down about an item.
TEMPLATE: list[Face] = [
    {
        "key": "contributions",
        "title": {
            "en": "Contributions",
            "pl": "Wystąpienia",
            "cs": "Příspěvky",
            "uk": "Виступи",
        },
        "hint": {
            "en": "Which sector or organisation spoke, and what did it say? A line each.",
            "pl": "Jaki sektor lub organizacja zabierała głos i co powiedziała? Po jednym wierszu.",
            "cs": "Který sektor nebo která organizace mluvila a co zaznělo? Každý na svém řádku.",
            "uk": "Який сектор чи організація виступали і що прозвучало? По рядку на кожного.",
        },
    },
    {
        "key": "record",
        "title": {
            "en": "Discussion",
            "pl": "Dyskusja",
            "cs": "Diskuse",
            "uk": "Обговорення",
        },
        "hint": {
            "en": "What was talked about, and what was agreed.",
            "pl": "O czym rozmawiano i co ustalono.",
            "cs": "O čem se mluvilo a na čem jste se shodli.",
            "uk": "Про що говорили і про що домовилися.",
        },
    },
]


# ---- The agenda ----------------------------------------------------------------------------------


@action("minutes.add", who=LEADS)
def add_minutes(actor: Actor, *, title: Title, by: By, lang: Language) -> dict[str, int]:
    """Put an item on the agenda; `by` is the role, sector or organisation that brings it in."""
    item = begin(actor.room, title=title, by=by, lang=lang)
    publish(actor.room, item, item.draft)
    return {"id": item.id}


@action("minutes.change", who=LEADS)
def change_minutes(actor: Actor, *, id: int, by: By) -> None:  # noqa: A002
    """Say who brings an item in. Its title is a part of its text."""
    item = _open(actor.room, id)
    item.by = by
    publish(actor.room, item)


@action("minutes.order", who=LEADS)
def order_minutes(actor: Actor, *, ids: Annotated[list[int], many(1, PER_ROOM)]) -> None:
    """Put the items in another order."""
    items = {item.id: item for item in minutes_of(actor.room)}
    if sorted(ids) != sorted(items):
        raise Refused("The agenda has changed meanwhile. Look at it again.", code="conflict")
    for place, number in enumerate(ids):
        items[number].position = place
    publish(actor.room, *items.values())


@action("minutes.remove", who=LEADS)
def remove_minutes(actor: Actor, *, id: int) -> None:  # noqa: A002
    """Take an item off the agenda, with what was written about it."""
    item = _open(actor.room, id)
    item.gone = True
    publish(actor.room, item, item.draft, gone=True)


@action("minutes.turn", who=LEADS)
def turn_to(actor: Actor, *, id: int | None) -> None:  # noqa: A002
    """Say at which item the meeting is; None: at none. Screens on walls show it."""
    if id is not None:
        minutes_here(actor.room, id)
    turned = [item for item in minutes_of(actor.room) if bool(item.now) != (item.id == id)]
    for item in turned:
        item.now = item.id == id
    publish(actor.room, *turned)


# ---- What became of it ---------------------------------------------------------------------------


@action("minutes.done", who=WRITERS)
def do_task(
    actor: Actor,
    *,
    id: int,  # noqa: A002
    task: Annotated[str, one_line(40)],
    on: bool,
) -> None:
    """Say that a task is done, or open again; also after the minutes were approved."""
    item = minutes_here(actor.room, id)
    if task not in {step["id"] for step in tasks_of(item)}:
        raise Refused("This task is no longer here.", code="gone")
    done = [one for one in item.done or [] if one != task]
    item.done = [*done, task] if on else done
    publish(actor.room, item)


@action("minutes.approve", who=LEADS, during=ALWAYS)
def approve_minutes(actor: Actor, *, on: bool) -> None:
    """Close the minutes of the room as approved, or open them again.

    Also after its closing: at the next meeting they are read once more.
    """
    items = minutes_of(actor.room)
    if not items:
        raise Refused("There are no minutes here yet.", code="conflict")
    for item in items:
        if on and item.status is Status.DRAFT:
            item.status, item.adopted_seq = Status.ADOPTED, item.draft.seq
            fix_wording(item)
        elif not on:
            item.status, item.adopted_seq, item.adopted_hash = Status.DRAFT, None, None
    publish(actor.room, *items)


# ---- Which ---------------------------------------------------------------------------------------


def begin(room: Room, *, title: str, by: str, lang: str, origin: int | None = None) -> Minutes:
    """Make an item whose text has a title. The caller holds the room, and publishes."""
    if room.sort is RoomKind.DESK or not db.session.get_one(Forum, room.forum_id).minutes:
        raise Refused("No minutes are kept in this room.")
    kept = minutes_of(room)
    if len(kept) >= PER_ROOM:
        raise Refused(
            "This room has {n} texts, as many as it can hold.", code="too_many", n=PER_ROOM
        )
    if any(item.status is not Status.DRAFT for item in kept):
        raise Refused("The minutes have been approved. Open them again first.", code="closed")
    last = select(func.max(Minutes.number)).where(Minutes.room_id == room.id)
    item = Minutes(
        room_id=room.id,
        number=(db.session.scalar(last) or 0) + 1,
        title=title,
        lang=lang,
        template=TEMPLATE,
        position=max((item.position for item in kept), default=-1) + 1,
        by=by,
        done=[],
        origin_id=origin,
    )
    item.draft = Draft(text={})
    db.session.add(item)
    db.session.flush()
    write_pieces(item, [Piece("title", title)])
    return item


def minutes_of(room: Room) -> list[Minutes]:
    """The items of a room in their order."""
    here = select(Minutes).filter_by(room_id=room.id, gone=False)
    return list(db.session.scalars(here.order_by(Minutes.position, Minutes.id)))


def minutes_here(room: Room, number: int) -> Minutes:
    """An item of the room; refused where it is gone."""
    item = db.session.get(Minutes, number)
    if item is None or item.gone or item.room_id != room.id:
        raise Refused("This item is no longer on the agenda.", code="gone")
    return item


def _open(room: Room, number: int) -> Minutes:
    item = minutes_here(room, number)
    if item.status is not Status.DRAFT:
        raise Refused("The minutes have been approved. Open them again first.", code="closed")
    return item


def tasks_of(item: Minutes) -> list[Face]:
    """What is to be done: [{"id", "what", "who", "by"}], as last read; without words it is none."""
    steps: list[Face] = item.draft.text.get("steps", [])
    return [step for step in steps if str(step.get("what", "")).strip()]


def open_tasks(item: Minutes) -> list[Face]:
    """What of it is not done yet."""
    done = item.done or []
    return [step for step in tasks_of(item) if step["id"] not in done]
