"""The host's screen: the forums of this installation, and founding another one."""

from __future__ import annotations

import re
import secrets
from typing import Any, NamedTuple

from flask import Blueprint, abort, render_template, request, url_for
from sqlalchemy import func, select
from werkzeug.wrappers import Response as Reply

from facilitator import scenarios
from facilitator.access import held
from facilitator.actions import Refused
from facilitator.db import db
from facilitator.forums import found
from facilitator.forums.links import links
from facilitator.i18n import language, said, t
from facilitator.models import Face, Forum, Grant, Meeting, Role, Room, RoomKind
from facilitator.pages import address, see
from facilitator.shapes import Misshapen

blueprint = Blueprint("host", __name__)


class Offer(NamedTuple):
    """A scenario to start from, and what it brings along."""

    name: str
    title: str
    subtitle: str
    meetings: int
    tracks: int
    rooms: int


@blueprint.get("/forums")
def forums() -> str:
    """All forums, and the scenarios to found one from."""
    _host()
    return _page({}, "")


@blueprint.post("/forums")
def add() -> str | tuple[str, int] | Reply:
    """Found a forum, and show its links."""
    _host()
    form = request.form
    op = form.get("op", "")
    if not re.fullmatch("[0-9a-f]{32}", op):
        abort(400)
    try:
        title = form.get("title", "").strip() or None
        answer = found(form.get("scenario", ""), title=title, op=op)
    except scenarios.BadScenario:
        return _page(form, t("Choose one of these scenarios.")), 409
    except Misshapen as error:
        wrong = error.first
        return _page(form, t(wrong.sentence, **wrong.values)), 409
    except Refused as reason:
        return _page(form, t(reason.sentence, **reason.values)), 409
    return see(f"{url_for('.forums')}#{answer['forum']}")


def _host() -> Grant:
    """Who runs this installation."""
    grant = held(request.cookies, "host")
    if isinstance(grant, Grant) and grant.role == Role.HOST:
        return grant
    return abort(403)


def _page(typed: Face, error: str) -> str:
    found_forums = db.session.scalars(select(Forum).order_by(Forum.id.desc())).all()
    base = address("")
    return render_template(
        "host.html",
        forums=[(forum, links(forum, base)) for forum in found_forums],
        rooms=_counts(Room, Room.sort != RoomKind.DESK),
        meetings=_counts(Meeting),
        offers=_offers(),
        typed=typed,
        error=error,
        op=secrets.token_hex(16),
    )


def _counts(model: type[Room | Meeting], *where: Any) -> dict[int, int]:
    """How many of these each forum has."""
    counted = select(model.forum_id, func.count()).where(*where).group_by(model.forum_id)
    rows = db.session.execute(counted)
    return {forum_id: n for forum_id, n in rows}  # noqa: C416 - a result is no mapping


def _offers() -> list[Offer]:
    """The scenarios that come with us: first those in the reader's language, then the sample."""
    plans = {name: scenarios.load(name) for name in scenarios.names()}

    def order(name: str) -> tuple[bool, bool]:
        return plans[name].languages[0] != language(), name != scenarios.SAMPLE

    offers = []
    for name in sorted(plans, key=order):
        plan = plans[name]
        groups = sum(track.rooms for track in plan.tracks) + bool(plan.plenary)
        offers.append(
            Offer(
                name,
                said(plan.title),
                said(plan.subtitle or {}),
                len(plan.meetings),
                len(plan.tracks),
                len(plan.meetings) * groups,
            )
        )
    return offers
