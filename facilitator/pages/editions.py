"""Sealed editions: organisers seal the document, everybody reads it and checks its files."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from flask import Blueprint, Response, abort, render_template, send_file, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response as Reply

import exports
from exports import document as doc
from exports import to_html
from exports.edition import edition
from exports.glyphs import without_shape
from facilitator.consolidation.compose import compose
from facilitator.consolidation.seals import SEAL, editions
from facilitator.db import db
from facilitator.models import Forum, Phase, Role, Room, RoomKind, SealedEdition, SealedFile
from facilitator.pages import forum_or_404, see, staff_or_403, static_version
from facilitator.pages.documents import ask_job

blueprint = Blueprint("editions", __name__)

#: Characters without a glyph that are shown as examples.
EXAMPLES = 12


@blueprint.get("/f/<forum>/seal")
def page(forum: str) -> str:
    """What there is to seal, what to know before, and what was sealed already."""
    found = forum_or_404(forum)
    staff_or_403(found, Role.ORGANISER)
    document = compose(found.id)
    groups = Room.forum_id == found.id, Room.sort != RoomKind.DESK, Room.phase != Phase.CLOSED
    shapeless = without_shape(edition(document))
    return render_template(
        "seal.html",
        forum=found,
        many=len(document.recommendations),
        open_rooms=len(db.session.scalars(select(Room.id).where(*groups)).all()),
        shapeless=shapeless[:EXAMPLES],
        more=max(0, len(shapeless) - EXAMPLES),
        editions=editions(found.id),
    )


@blueprint.post("/f/<forum>/seal")
def ask(forum: str) -> Reply:
    """Have the document sealed as it stands."""
    found = forum_or_404(forum)
    staff_or_403(found, Role.ORGANISER)
    job = ask_job({"forum": forum}, name="seal")
    return see(url_for("documents.progress", forum=forum, job=job))


# ---- For everybody -------------------------------------------------------------------------------


@blueprint.get("/f/<forum>/edition/<int:number>")
def read(forum: str, number: int) -> str:
    """A sealed edition, to read, with its files."""
    found = forum_or_404(forum)
    sealed = _edition(found, number)
    document = doc.from_json(sealed.document)
    before, text = to_html.body(document)
    newest = editions(found.id)[0]
    return render_template(
        "edition.html",
        forum=found,
        edition=sealed,
        before=before,
        text=text,
        main=document.lang,
        newest=newest if newest.number != number else None,
        styles=url_for("documents.styles", version=static_version()),
    )


@blueprint.get("/f/<forum>/edition/<int:number>/<name>")
def fetch(forum: str, number: int, name: str) -> Response:
    """A file of a sealed edition, byte by byte as it was sealed."""
    sealed = _edition(forum_or_404(forum), number)
    file: Any = db.session.get(SealedFile, (sealed.id, name)) or abort(404)
    known = {form.SUFFIX: form.MIMETYPE for form in exports.FORMATS.values()}
    kind = "application/json" if name == SEAL else known.get(name[name.rfind(".") :])
    return send_file(BytesIO(file.data), kind, as_attachment=True, download_name=name)


def _edition(forum: Forum, number: int) -> SealedEdition:
    query = select(SealedEdition).filter_by(forum_id=forum.id, number=number)
    found: SealedEdition = db.session.scalar(query) or abort(404)
    return found
