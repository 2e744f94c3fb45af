"""The desk of the small forum, and rooms that have written something."""

from __future__ import annotations

import secrets

import pytest
from sqlalchemy import select

import facilitator.domain  # noqa: F401 - it registers what is done at the desk
from facilitator.db import db, write
from facilitator.models import Draft, DraftClient, Passage, Recommendation, Role, Room, Source
from facilitator.rooms.recommendations import Piece, begin, write_pieces
from facilitator.rooms.texts import FIELDS
from tests.consolidation.writing import read_log

STEP = {"what": "Open one desk", "who": "City hall", "by": "2027-06-30"}


@pytest.fixture
def desk(forum, lead):
    """An organiser at the desk."""
    return lead(Role.ORGANISER, room=forum.desk)


@pytest.fixture
def chapter(desk):
    """A chapter of the document."""
    return desk.act("chapter.add", title={"en": "Housing"}, intro="", track=None)["id"]


@pytest.fixture
def text(app, forum):
    """text("One desk", problem="…", steps=[…], offices=[(…, level)]) is the number of a room's recommendation."""

    return lambda title="One desk", *, room=None, **more: write_text(
        room or forum.rooms[0], title, **more
    )


def write_text(room, title, *, steps=(), offices=(), lang="en", theme=None, **sections):
    """Let a room have a recommendation; its number."""

    def job():
        here = db.session.get_one(Room, room.id)
        made = begin(here, title="", lang=lang, theme_id=theme)
        made.title = title
        names = {secrets.token_hex(4): step for step in steps}
        pieces = [Piece("title", title)]
        pieces += [Piece(f"s:{key}", words) for key, words in sections.items()]
        pieces += [
            Piece(f"p:{name}:{field}", step.get(field, ""))
            for name, step in names.items()
            for field in FIELDS
        ]
        rows = {secrets.token_hex(4): row for row in offices}
        pieces += [Piece(f"a:{row}:office", office) for row, (office, _) in rows.items()]
        write_pieces(made, pieces, names, {row: level for row, (_, level) in rows.items()})
        return made.id

    return write(job)


@pytest.fixture
def vote(lead, join):
    """vote(recommendation, room, yes=3) lets a room adopt or reject its recommendation."""

    def voted(recommendation, room, *, yes=3, no=0, abstain=0):
        leader = lead(room=room)
        leader.go("adopt")
        ballot = leader.act("ballot.adopt", recommendation=recommendation)["id"]
        for word, many in (("yes", yes), ("no", no), ("abstain", abstain)):
            for n in range(many):
                join(f"{word} {n}", room=room).act("ballot.cast", ballot=ballot, marks={word: 1})
        return leader.act("ballot.close", ballot=ballot)

    return voted


def origin_of(passage_id):
    """What a passage leads to: the words in the stored text of its source."""
    passage = db.session.get_one(Passage, passage_id)
    source = db.session.get_one(Source, passage.source_id)
    draft = db.session.get_one(Draft, source.origin_id)
    assert source.revision == draft.rendered_seq
    return roots(draft.text)[passage.root][passage.start : passage.end]


def stored(passage_id):
    """The same at any time: the words in the revision that its source names, read from the log."""
    passage = db.session.get_one(Passage, passage_id)
    source = db.session.get_one(Source, passage.source_id)
    text = roots(read_log(source.origin_id, source.revision))[passage.root]
    assert 0 <= passage.start < passage.end <= len(text)
    return text[passage.start : passage.end]


def passages_of(recommendation_id):
    """The passages that were pulled in, by client id, as the log of the draft has it."""
    query = select(DraftClient.client_id, DraftClient.passage_id)
    rows = db.session.execute(query.where(DraftClient.draft_id == recommendation_id))
    return {client: passage for client, passage in rows if passage is not None}


def roots(face):
    """The texts of a draft, by root."""
    steps = {f"p:{s['id']}:{field}": s[field] for s in face["steps"] for field in FIELDS}
    sections = {f"s:{key}": words for key, words in face["sections"].items()}
    offices = {f"a:{row['id']}:office": row["office"] for row in face["addressees"]}
    return {"title": face["title"], **sections, **steps, **offices}


def entry(recommendation_id):
    """A recommendation as it is stored now."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.scalar(select(Recommendation).where(Recommendation.id == recommendation_id))
