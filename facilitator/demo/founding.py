"""python -m facilitator.demo.founding BASE: the sample forum, founded unless one is under way.

Says {"id", "title", "code", "join", "organiser", "projector", "facilitators"} in JSON. In a process
of its own, because it works on the database, and the demonstration itself does not.
"""

from __future__ import annotations

import json
import logging
import sys

from sqlalchemy import select

from facilitator import create_app, migrations
from facilitator.db import db
from facilitator.forums import found
from facilitator.forums.links import links
from facilitator.i18n import said
from facilitator.models import Forum, Phase, Room, RoomKind, now

SCENARIO = "working-forum"


def main(base: str) -> None:
    """Make the tables ready, and the forum."""
    logging.basicConfig(level=logging.WARNING)
    app = create_app()
    with app.app_context():
        migrations.prepare()
        forum = _sample() or _found()
        told = {"id": forum.uuid, "title": said(forum.title), "code": forum.code}
        print(json.dumps(told | links(forum, base)))


def _sample() -> Forum | None:
    """The last sample forum in which a group is still at work."""
    at_work = select(Room.forum_id).where(Room.sort == RoomKind.GROUP, Room.phase != Phase.CLOSED)
    query = select(Forum).where(Forum.sample, Forum.scenario == SCENARIO, Forum.id.in_(at_work))
    return db.session.scalars(query.order_by(Forum.id.desc())).first()


def _found() -> Forum:
    uuid = found(SCENARIO, sample=True, starts=now().date())["forum"]
    return db.session.scalars(select(Forum).where(Forum.uuid == uuid)).one()


if __name__ == "__main__":
    main(sys.argv[1])
