"""The table maker: see how a track would sit, mix again, send everybody there, take it back."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Blueprint, current_app, flash, render_template, request, url_for
from sqlalchemy import select
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as Reply

from facilitator.access import ActorRef
from facilitator.actions import Refused, perform
from facilitator.db import db
from facilitator.forums.mixing import LEAST, MOST, Fit, Tables, fit, met_before, mix
from facilitator.forums.tables import MOST_PEOPLE, Company, company, rounds
from facilitator.i18n import NAMES, said, t
from facilitator.models import Forum, Grant, Meeting, Op, Phase, Role, Room, Sector, Track
from facilitator.pages import desk_of, forum_or_404, see, staff_or_403
from facilitator.pages.listing import named

blueprint = Blueprint("tables", __name__)

Form = MultiDict[str, str]


@dataclass(frozen=True)
class Asked:
    """What tables somebody wants to see."""

    meeting: Meeting
    track: Track
    least: int
    most: int
    languages: bool
    #: Which of the many ways to mix them, from 1.
    way: int

    @property
    def query(self) -> dict[str, Any]:
        """The same, for the address of a page."""
        return {
            "meeting": self.meeting.uuid,
            "track": self.track.uuid,
            "least": self.least,
            "most": self.most,
            "languages": "1" if self.languages else "0",
            "way": self.way,
        }


@dataclass(frozen=True)
class Plan:
    """Tables to look at before anybody is sent there."""

    tables: Tables
    #: [what it is called, whether the room is made for it, how it is made up].
    shown: list[tuple[int, bool, Fit]]
    #: Pairs who sat together before.
    again: int
    name: str

    @property
    def people(self) -> int:
        """How many have a place."""
        return sum(map(len, self.tables))


@blueprint.get("/f/<forum>/organise/tables")
def page(forum: str) -> str:
    """Choose whom to seat, and see the tables."""
    found = forum_or_404(forum)
    staff_or_403(found, Role.ORGANISER)
    return _page(found, _asked(found, request.args))


@blueprint.post("/f/<forum>/organise/tables")
def change(forum: str) -> str | tuple[str, int] | Reply:
    """Send everybody to the tables that were shown, take a round back, or bring one person in."""
    found = forum_or_404(forum)
    grant = staff_or_403(found, Role.ORGANISER)
    form = request.form
    asked = _asked(found, form)
    try:
        sentence = {"apply": _apply, "undo": _undo, "assign": _assign}[form.get("do", "")](
            found, grant, asked, form
        )
    except KeyError:
        return see(url_for(".page", forum=forum))
    except Refused as reason:
        found = forum_or_404(forum)
        return _page(found, _asked(found, form), t(reason.sentence, **reason.values)), 409
    flash(sentence)
    return see(url_for(".page", forum=forum, **(asked.query if asked else {})))


def _apply(forum: Forum, grant: Grant, asked: Asked | None, form: Form) -> str:
    op = form.get("op", "")
    if asked is None:
        raise Refused("This is no longer part of the forum.", code="gone")
    if db.session.get(Op, op) is None:  # a second tap is no second round
        found = company(asked.meeting, asked.track)
        if found.name != form.get("of"):
            raise Refused(
                "Somebody has come or gone since. Look at the new tables first.", code="conflict"
            )
        payload = {
            "meeting": asked.meeting.uuid,
            "track": asked.track.uuid,
            "company_name": found.name,
            "tables": mixed(found, asked),
        }
        db.session.rollback()
        perform(ActorRef(desk_of(forum).id, grant_id=grant.id), "tables.apply", op, payload)
    return t("Everybody is told where to go.")


def _undo(forum: Forum, grant: Grant, _: Asked | None, form: Form) -> str:
    ref = ActorRef(desk_of(forum).id, grant_id=grant.id)
    perform(ref, "tables.undo", form.get("op", ""), {"plan": form.get("plan", "")})
    return t("The round is taken back. Everybody is told where to go.")


def _assign(forum: Forum, grant: Grant, _: Asked | None, form: Form) -> str:
    ours = Room.uuid == form.get("room"), Room.forum_id == forum.id
    room_id = db.session.scalar(select(Room.id).where(*ours))
    number = "".join(filter(str.isdecimal, form.get("number", "")))[:9]
    if room_id is None or not number:
        raise Refused("No phone has this number. Look at it once more.", code="gone")
    ref = ActorRef(room_id, grant_id=grant.id)
    perform(ref, "seat.assign", form.get("op", ""), {"number": int(number)})
    return t("Seat {number} is told where to go.", number=number)


# ---- What is asked, and what comes of it ---------------------------------------------------------


def _asked(forum: Forum, form: Form) -> Asked | None:
    """What tables are wanted; None before a track is chosen."""
    meeting = _part(Meeting, forum, form.get("meeting"))
    track = _part(Track, forum, form.get("track"))
    if meeting is None or track is None:
        return None
    least = _number(form.get("least"), LEAST, 2, MOST_PEOPLE)
    most = max(least, _number(form.get("most"), MOST, 2, MOST_PEOPLE))
    languages = form.get("languages", "1") != "0"
    return Asked(meeting, track, least, most, languages, _number(form.get("way"), 1, 1, 9999))


def _part(model: Any, forum: Forum, uuid: str | None) -> Any:
    known = model.uuid == uuid, model.forum_id == forum.id
    return db.session.scalar(select(model).where(*known)) if uuid else None


def _number(text: str | None, usual: int, least: int, most: int) -> int:
    typed = int(text) if text and text.isdecimal() and len(text) < 6 else usual
    return min(most, max(least, typed))


def mixed(found: Company, asked: Asked) -> Tables:
    """The tables of one way to mix: the same for the same people, wherever they are made."""
    seed = f"{len(found.before) + 1}.{asked.way}"
    work = partial(
        mix,
        found.guests,
        seed=seed,
        least=asked.least,
        most=asked.most,
        languages=asked.languages,
        before=found.before,
    )
    # A second of thinking, beside the rooms that are live meanwhile.
    tables: Tables = current_app.extensions["writer"].aside(work)
    return tables


def _plan(asked: Asked) -> Plan | None:
    found = company(asked.meeting, asked.track)
    numbers = _numbers(asked)
    db.session.rollback()
    if not found.guests:
        return None
    tables = mixed(found, asked)
    known = {guest.id: guest for guest in found.guests}
    last = max([number for number, _ in numbers], default=0)
    usable = [number for number, is_open in numbers if is_open]
    places = [*usable, *range(last + 1, last + 1 + len(tables))]
    return Plan(
        tables,
        [
            (number, number > last, fit([known[id_] for id_ in table]))
            for number, table in zip(places, tables, strict=False)
        ],
        _again(found, tables),
        found.name,
    )


def _numbers(asked: Asked) -> list[tuple[int, bool]]:
    """The numbers of the rooms there are, and whether they are open."""
    theirs = Room.meeting_id == asked.meeting.id, Room.track_id == asked.track.id
    query = select(Room.number, Room.phase).where(*theirs).order_by(Room.number, Room.id)
    return [(number, phase is not Phase.CLOSED) for number, phase in db.session.execute(query)]


def _again(found: Company, tables: Tables) -> int:
    met = met_before(found.before)
    return sum(
        one in met and other in met[one]
        for table in tables
        for one in table
        for other in table
        if one < other
    )


def _page(forum: Forum, asked: Asked | None, refused: str = "") -> str:
    meetings, tracks, sectors = (_all(model, forum) for model in (Meeting, Track, Sector))
    plan = _plan(asked) if asked else None
    applied = rounds(asked.meeting, asked.track) if asked else []
    return render_template(
        "tables.html",
        forum=forum,
        meetings=meetings,
        tracks=tracks,
        asked=asked,
        plan=plan,
        rounds=applied,
        rooms=named(forum),
        sector_words={one.id: said(one.name) for one in sectors},
        language_words=NAMES,
        refused=refused,
        usual=(LEAST, MOST),
        most_people=MOST_PEOPLE,
        op=lambda: secrets.token_hex(16),
    )


def _all(model: Any, forum: Forum) -> list[Any]:
    query = select(model).where(model.forum_id == forum.id)
    return list(db.session.scalars(query.order_by(model.position, model.id)))
