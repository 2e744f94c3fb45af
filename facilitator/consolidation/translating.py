"""Translations: the texts of the document in the forum's other languages."""

from __future__ import annotations

from sqlalchemy import select

from facilitator.access import Actor
from facilitator.actions import ORGANISERS, Refused, action
from facilitator.consolidation.desk import entry_here, refuse_unready
from facilitator.consolidation.steps import Changes, at_desk, record
from facilitator.db import db
from facilitator.events import publish
from facilitator.models import Face, Translation, now
from facilitator.rooms.recommendations import begin, write_pieces
from facilitator.shapes import Language


@action("translation.begin", who=ORGANISERS)
def begin_translation(actor: Actor, *, recommendation: int, lang: Language) -> Face:
    """Begin a text in another language of the forum: empty, with the rows of the original."""
    at_desk(actor)
    original = entry_here(actor, recommendation)
    if lang == original.lang or lang not in actor.forum.languages:
        raise Refused("Choose another language of the forum.", code="bad_shape")
    known = select(Translation.id).filter_by(original_id=original.id, lang=lang, gone=False)
    if db.session.scalar(known) is not None:
        raise Refused("This translation has been begun already.", code="conflict")
    refuse_unready([original])
    text = begin(actor.room, title="", lang=lang, template=original.template)
    said = original.draft.text
    asked = {row["id"]: row["level"] for row in said.get("addressees", [])}
    write_pieces(text, [], [step["id"] for step in said.get("steps", [])], asked)
    made = Translation(
        id=text.id,
        original_id=original.id,
        lang=lang,
        made_by=actor.role,
        made_from=original.draft.seq,
    )
    db.session.add(made)
    db.session.flush()
    changes = Changes()
    changes.make(text)
    changes.make(made)
    changes.use(original)
    publish(actor.room, made, text, text.draft)
    step = record(actor, "translation.begin", [original.title, lang], changes)
    return {"id": text.id, "step": step.id}


@action("translation.mark", who=ORGANISERS)
def mark_translation(actor: Actor, *, translation: int, checked: bool) -> Face:
    """Say that a translation says what the original says now; and whether that was checked."""
    at_desk(actor)
    found = _here(actor, translation)
    refuse_unready([found.original, found.text])
    if checked and not found.text.draft.text.get("title", "").strip():
        raise Refused("Translate its title first.", code="conflict")
    changes = Changes()
    changes.set(
        found,
        made_from=found.original.draft.seq,
        checked_seq=found.text.draft.seq if checked else None,
        checked_by=actor.role if checked else None,
        checked_at=now().isoformat() if checked else None,
    )
    publish(actor.room, found)
    about = [found.original.title, found.lang, "checked" if checked else "draft"]
    return {"step": record(actor, "translation.mark", about, changes).id}


def _here(actor: Actor, number: int) -> Translation:
    """A translation of something that stands in the document."""
    found = db.session.get(Translation, number)
    if found is None or found.gone:
        raise Refused("This translation is no longer here.", code="gone")
    entry_here(actor, found.original_id)
    return found
