"""Steps of grouping: what each of them changed, and how to take it back.

A step keeps the fields it changed, as they were and as it left them. Taking it back restores only
what is still as the step left it: what somebody else has done since stays done. What a step ends is
`gone` and not deleted, so that the very same theme comes back.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import select

from facilitator.access import Actor
from facilitator.actions import Refused, action
from facilitator.db import db
from facilitator.events import publish
from facilitator.models import Backing, Face, Idea, IdeaState, Phase, Room, Theme, ThemeStep
from facilitator.rooms.backing import recount
from facilitator.rooms.visibility import WAITING, Held

GROUPING = frozenset({Phase.GROUP})

#: Steps that those who lead see, and own ones that somebody can take back from their own screen.
STEPS_SHOWN, OWN_STEPS = 50, 20
#: The field that says whether a theme is there.
GONE = "gone"


class Changes:
    """What one step changes, noted while it is done."""

    def __init__(self) -> None:
        self.lines: dict[tuple[str, int], Face] = {}
        self.rows: dict[tuple[str, int], Theme | Idea] = {}

    def put(self, row: Theme | Idea, **fields: Any) -> None:
        """Give fields of a row other values."""
        for name, value in fields.items():
            if getattr(row, name) != value:
                self._note(row, name, getattr(row, name), value)
                setattr(row, name, value)

    def make(self, theme: Theme) -> None:
        """Note that a theme is new; it has its number."""
        self._note(theme, GONE, before=True, after=False)

    def _note(self, row: Theme | Idea, field: str, before: Any, after: Any) -> None:
        key = (row.kind, row.id)
        self.rows[key] = row
        line = self.lines.setdefault(
            key, {"kind": row.kind, "id": row.id, "before": {}, "after": {}}
        )
        line["before"].setdefault(field, before)
        line["after"][field] = after

    @property
    def moved(self) -> list[Idea]:
        """The ideas that were put elsewhere, as far as everybody sees them."""
        return [idea for idea in self._ideas if idea.state is IdeaState.SHOWN]

    @property
    def _ideas(self) -> list[Idea]:
        return [row for row in self.rows.values() if isinstance(row, Idea)]

    def tell(self, room: Room) -> None:
        """Publish what has changed, and count the support of all themes that it touches."""
        themes = [row for row in self.rows.values() if isinstance(row, Theme)]
        ended = [theme for theme in themes if theme.gone]
        begun = [theme for theme in themes if self._has_come(theme)]
        held = (Held(idea) for idea in self._ideas if idea.state in WAITING)
        publish(room, *(theme for theme in themes if not theme.gone), *self.moved, *held)
        publish(room, *_backings(begun))
        publish(room, *ended, *_backings(ended), gone=True)
        here = self._touched() | {theme.id for theme in begun}
        recount(room, here - {theme.id for theme in ended})

    def _has_come(self, theme: Theme) -> bool:
        line = self.lines[theme.kind, theme.id]
        return bool(line["before"].get(GONE)) and not theme.gone

    def _touched(self) -> set[int | None]:
        """The themes that ideas have left or come into."""
        lines = (line for line in self.lines.values() if line["kind"] == Idea.kind)
        return {side["theme_id"] for line in lines for side in (line["before"], line["after"])}


def _backings(themes: Iterable[Theme]) -> list[Backing]:
    """Who supports these themes; one that comes back is counted anew afterwards."""
    ids = [theme.id for theme in themes]
    return list(db.session.scalars(select(Backing).where(Backing.id.in_(ids)).order_by(Backing.id)))


def record(actor: Actor, name: str, about: str | None, changes: Changes) -> Face:
    """Tell the room what a step has changed, and keep the step; the answer names it."""
    if not changes.lines:
        return {"step": None}
    changes.tell(actor.room)
    step = ThemeStep(
        room_id=actor.room.id,
        seat_id=actor.seat and actor.seat.id,
        grant_id=actor.grant and actor.grant.id,
        name=name,
        about=about,
        ideas=len(changes.moved),
        changes=list(changes.lines.values()),
    )
    db.session.add(step)
    publish(actor.room, step)
    _drop_oldest(actor.room)
    return {"step": step.public()}


def _drop_oldest(room: Room) -> None:
    """Those who lead see the last steps only; the rows stay."""
    query = select(ThemeStep).where(ThemeStep.room_id == room.id).order_by(ThemeStep.id.desc())
    beyond = db.session.scalar(query.offset(STEPS_SHOWN).limit(1))
    if beyond is not None:
        publish(room, beyond, gone=True)


@action("theme.undo", during=GROUPING, contributes=True)
def undo_step(actor: Actor, *, step: int) -> Face:
    """Take a step back; participants their own last one, who leads any of them."""
    found = _step(actor, step)
    if found.undone:
        return {"step": found.public(), "left": 0, "kept": 0}
    _refuse_out_of_order(actor, found)
    restored = _restore(actor.room, found.changes)
    found.undone, found.taken_back = True, list(restored.changes.lines.values())
    return _told(actor, found, restored)


@action("theme.redo", during=GROUPING, contributes=True)
def redo_step(actor: Actor, *, step: int) -> Face:
    """Do again what was taken back."""
    found = _step(actor, step)
    if not found.undone:
        return {"step": found.public(), "left": 0, "kept": 0}
    restored = _restore(actor.room, found.taken_back)
    found.undone, found.changes = False, list(restored.changes.lines.values())
    return _told(actor, found, restored)


def _step(actor: Actor, step_id: int) -> ThemeStep:
    """A step of this room that the actor may take back."""
    found = db.session.get(ThemeStep, step_id)
    if found is None or found.room_id != actor.room.id:
        raise Refused("This step is no longer here.", code="gone")
    if actor.seat is not None and found.seat_id != actor.seat.id:
        raise Refused("Only who did this can take it back, or who leads the room.")
    return found


def _refuse_out_of_order(actor: Actor, step: ThemeStep) -> None:
    if actor.seat is None:
        return
    own = select(ThemeStep.id).where(
        ThemeStep.room_id == actor.room.id,
        ThemeStep.seat_id == actor.seat.id,
        ThemeStep.undone.is_(False),
        ThemeStep.id > step.id,
    )
    if db.session.scalar(own.limit(1)) is not None:
        raise Refused("Take back what you did later first.", code="conflict")


class Restored(NamedTuple):
    """What could be taken back, and what could not."""

    changes: Changes
    #: Ideas that somebody has put elsewhere meanwhile, and themes that somebody has changed.
    left: int
    kept: int


def _told(actor: Actor, step: ThemeStep, restored: Restored) -> Face:
    restored.changes.tell(actor.room)
    publish(actor.room, *([step] if _is_shown(step) else []))
    return {"step": step.public(), "left": restored.left, "kept": restored.kept}


def _is_shown(step: ThemeStep) -> bool:
    """Whether it is among the last steps, which those who lead see."""
    later = select(ThemeStep.id).where(ThemeStep.room_id == step.room_id, ThemeStep.id > step.id)
    return db.session.scalar(later.offset(STEPS_SHOWN - 1).limit(1)) is None


def _restore(room: Room, lines: list[Face]) -> Restored:
    """Set back what is still as these lines left it: themes first, then ideas, then endings."""
    changes = Changes()
    themes = _rows(room, lines, Theme)
    wanted = {theme.id: _unchanged(theme, line) for theme, line in themes}
    kept = sum(len(wanted[theme.id]) < len(line["before"]) for theme, line in themes)
    for theme, _ in themes:
        fields = wanted[theme.id]
        changes.put(
            theme, **{name: fields[name] for name in fields if name != GONE or not fields[GONE]}
        )
    left = sum(not _put_back(changes, idea, line) for idea, line in _rows(room, lines, Idea))
    db.session.flush()
    for theme in [theme for theme, _ in themes if wanted[theme.id].get(GONE)]:
        # What others have put into it stays where it is, and so does the theme.
        if _is_filled(theme):
            kept += 1
        else:
            changes.put(theme, gone=True)
    return Restored(changes, left, kept)


def _rows(room: Room, lines: list[Face], model: Any) -> list[tuple[Any, Face]]:
    """The rows of a kind that lines tell of, with their lines; some may be deleted."""
    told = {line["id"]: line for line in lines if line["kind"] == model.kind}
    query = select(model).where(model.room_id == room.id, model.id.in_(told)).order_by(model.id)
    return [(row, told[row.id]) for row in db.session.scalars(query)]


def _unchanged(theme: Theme, line: Face) -> Face:
    """The fields that can be set back: none of a theme that has ended meanwhile."""
    before, after = line["before"], line["after"]
    if theme.gone and not after.get(GONE):
        return {}
    return {name: before[name] for name in before if getattr(theme, name) == after[name]}


def _put_back(changes: Changes, idea: Idea, line: Face) -> bool:
    """Put an idea where it was, if it is where it was put, and there is such a place."""
    before = line["before"]["theme_id"]
    place = db.session.get(Theme, before) if before is not None else None
    if idea.theme_id != line["after"]["theme_id"] or (before is not None and not _is_here(place)):
        return idea.state is not IdeaState.SHOWN
    changes.put(idea, theme_id=before)
    return True


def _is_here(theme: Theme | None) -> bool:
    return theme is not None and not theme.gone


def _is_filled(theme: Theme) -> bool:
    return db.session.scalar(select(Idea.id).where(Idea.theme_id == theme.id).limit(1)) is not None
