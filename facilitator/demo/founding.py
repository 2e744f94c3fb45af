"""python -m facilitator.demo.founding BASE SCENARIO: a sample forum, unless one is under way.

Says {"id", "title", "code", "join", "organiser", "projector", "facilitators", "sittings"} in JSON;
the last is the rooms of each meeting. In a process of its own, because it works on the database,
and the demonstration itself does not.
"""

from __future__ import annotations

import json
import logging
import sys
from itertools import groupby
from operator import itemgetter

from sqlalchemy import select

from facilitator import create_app, migrations
from facilitator.db import db
from facilitator.forums import found
from facilitator.forums.links import links
from facilitator.i18n import said
from facilitator.models import Forum, Meeting, Phase, Room, RoomKind, now


def main(base: str, scenario: str) -> None:
    """Make the tables ready, and the forum."""
    logging.basicConfig(level=logging.WARNING)
    app = create_app()
    with app.app_context():
        migrations.prepare()
        forum = _sample(scenario) or _found(scenario)
        told = {"id": forum.uuid, "title": said(forum.title), "code": forum.code}
        print(json.dumps(told | {"sittings": _sittings(forum)} | links(forum, base)))


def _sittings(forum: Forum) -> list[list[str]]:
    """The rooms of each meeting, in their order."""
    query = (
        select(Meeting.position, Room.uuid)
        .join(Room, Room.meeting_id == Meeting.id)
        .where(Meeting.forum_id == forum.id)
        .order_by(Meeting.position, Room.id)
    )
    met = groupby(db.session.execute(query).all(), key=itemgetter(0))
    return [[uuid for _, uuid in rooms] for _, rooms in met]


def _sample(scenario: str) -> Forum | None:
    """The last sample forum in which a group is still at work."""
    at_work = select(Room.forum_id).where(Room.sort == RoomKind.GROUP, Room.phase != Phase.CLOSED)
    query = select(Forum).where(Forum.sample, Forum.scenario == scenario, Forum.id.in_(at_work))
    return db.session.scalars(query.order_by(Forum.id.desc())).first()


def _found(scenario: str) -> Forum:
    uuid = found(scenario, sample=True, starts=now().date())["forum"]
    return db.session.scalars(select(Forum).where(Forum.uuid == uuid)).one()


if __name__ == "__main__":
    main(*sys.argv[1:])
