"""Ideas and comments."""

from datetime import UTC, datetime
from functools import partial

from sqlalchemy import update

from facilitator.db import db, write
from facilitator.models import Comment, Idea
from tests.actions.stories import story


@story("idea.post")
def _(world):
    question = world.forum.questions[0].id
    return world.ana, {"sort": "need", "question": question, "text": "Benches", "lang": "en"}


@story("idea.edit")
def _(world):
    made = world.idea()
    return world.ana, {"id": made["id"], "sort": "solution", "question": None, "text": "Sit"}


@story("idea.withdraw")
def _(world):
    return world.ana, {"id": world.idea()["id"]}


@story("idea.support")
def _(world):
    return world.ben, {"id": world.idea()["id"], "on": True}


@story("comment.post")
def _(world):
    return world.ben, {"idea": world.idea()["id"], "text": "With a roof, please", "lang": "en"}


@story("comment.withdraw")
def _(world):
    said = {"idea": world.idea()["id"], "text": "With a roof, please", "lang": "en"}
    return world.ben, {"id": world.ben.act("comment.post", **said)["id"]}


@story("idea.restore")
def _(world):
    made = world.idea()
    world.ana.act("idea.withdraw", id=made["id"])
    return world.ana, {"id": made["id"]}


@story("comment.restore")
def _(world):
    said = world.comment()
    world.ben.act("comment.withdraw", id=said["id"])
    return world.ben, {"id": said["id"]}


@story("room.sweep")
def _(world):
    made, said = world.idea(), world.comment()
    world.ana.act("idea.withdraw", id=made["id"])
    world.ben.act("comment.withdraw", id=said["id"])
    long_ago = datetime(2026, 5, 16, tzinfo=UTC)
    for model in (Idea, Comment):
        write(partial(db.session.execute, update(model).values(withdrawn_at=long_ago)))
    return world.clock, {}
