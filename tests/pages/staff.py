"""Browsers of those who work at a forum."""

from __future__ import annotations

from facilitator.access import cookie, ticket
from facilitator.db import db, write
from facilitator.models import Grant, Role
from tests import make

#: Which cookie keeps the ticket of a role.
KEPT = {Role.PROJECTOR: "screen", Role.HOST: "host"}


def browser(app, forum=None, role=Role.ORGANISER, *, room=None):
    """A browser that has opened a staff link; `grant` says which."""

    def issue():
        made = make.grant(forum, role) if forum else Grant(role=role)
        made.room_id = room and room.id
        db.session.add(made)
        db.session.flush()
        return made

    grant = write(issue)
    client = app.test_client()
    client.set_cookie(cookie(KEPT.get(role, "staff"), forum and forum.forum), ticket(grant))
    client.grant = grant
    return client
