"""Somebody who writes at the desk: edits as a browser makes them, read as the worker reads them."""

from __future__ import annotations

import base64

import pycrdt
from sqlalchemy import select

from facilitator.access import ActorRef
from facilitator.actions import perform
from facilitator.db import db
from facilitator.models import DraftClient, Passage, Recommendation, Role
from facilitator.rooms import draft_log
from facilitator.rooms.drafts import lacking
from facilitator.rooms.updates import EMPTY
from facilitator.worker.reading import answer
from tests.edits import octets

NOTHING = b"\0"


def open_copy(draft_id):
    """A copy of a draft, to write in; and what names its history."""
    db.session.rollback()
    db.session.expire_all()
    got = lacking(draft_id, None, NOTHING)
    copy = pycrdt.Doc(client_id=got["client"])
    copy.apply_update(base64.b64decode(got["update"]))
    return copy, got


def change(who, draft_id, root, write, kind=pycrdt.Text):
    """Let `write` work on one text or map of a draft, send what came of it, and have it rendered."""
    copy, got = open_copy(draft_id)
    before = copy.get_state()
    write(copy.get(root, type=kind))
    update = copy.get_update(before)
    coded = base64.b64encode(update).decode()
    who.act("draft.update", recommendation=draft_id, epoch=got["epoch"], update=coded)
    render(draft_id)


def type_into(who, draft_id, root, after, words):
    """Type words behind others that stand there."""

    def write(text):
        shown = str(text)
        text.insert(octets(shown, shown.index(after) + len(after)), words)

    change(who, draft_id, root, write)


def accept(who, motion, suggestion, quote, put):
    """Put other words where they were suggested, as who leads a plenary does."""
    copy, got = open_copy(motion)
    before = copy.get_state()
    words = copy.get("s:problem", type=pycrdt.Text)
    at = octets(str(words), str(words).index(quote))
    with copy.transaction():
        del words[at : at + len(quote.encode())]
        words.insert(at, put)
    update = base64.b64encode(copy.get_update(before)).decode()
    answer = who.act("suggestion.accept", id=suggestion, epoch=got["epoch"], update=update)
    render(motion)
    return answer


def render(draft_id):
    """Do what the worker does when a draft has been written in."""
    db.session.rollback()
    db.session.expire_all()
    found = db.session.get_one(Recommendation, draft_id)
    face = read_log(draft_id, found.draft.seq)
    clock = ActorRef(found.room_id, role=Role.CLOCK)
    asked = {"recommendation": draft_id, "seq": found.draft.seq, "text": face}
    perform(clock, "draft.render", None, asked)


def read_log(draft_id, revision):
    """What a draft read as at a revision, from its log."""
    rows = db.session.execute(draft_log.LOG, {"draft": draft_id, "since": 0})
    log = [row.data for row in rows if row.seq <= revision]
    query = select(DraftClient.client_id, Passage.source_id).join(Passage)
    sources = dict(db.session.execute(query.where(DraftClient.draft_id == draft_id)).all())
    return answer({"sources": sources}, [one for one in log if one != EMPTY])[0]["text"]
