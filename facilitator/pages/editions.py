"""Sealed editions: organisers seal the document, everybody reads it and checks its files."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from flask import Blueprint, Response, abort, render_template, request, send_file, url_for
from sqlalchemy import func, select
from werkzeug.wrappers import Response as Reply

import exports
from exports import document as doc
from exports import to_html
from exports.edition import edition
from exports.glyphs import without_shape
from facilitator.consolidation.compose import compose, stem_of
from facilitator.consolidation.decided import unsettled
from facilitator.consolidation.seals import SEAL, editions, further_languages
from facilitator.db import db
from facilitator.i18n import size
from facilitator.models import Forum, Phase, Role, Room, RoomKind, SealedEdition, SealedFile
from facilitator.pages import forum_or_404, see, staff_or_403
from facilitator.pages.assets import static_version
from facilitator.pages.documents import ask_job, language_names, reading

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
    further = further_languages(document)
    whole = [document, *(compose(found.id, lang) for lang in further)]
    shapeless = list(dict.fromkeys(x for one in whole for x in without_shape(edition(one))))
    return render_template(
        "seal.html",
        forum=found,
        many=len(document.recommendations),
        open_rooms=len(db.session.scalars(select(Room.id).where(*groups)).all()),
        shapeless=shapeless[:EXAMPLES],
        unsettled=unsettled(document),
        more=max(0, len(shapeless) - EXAMPLES),
        editions=editions(found.id),
        languages=language_names(further),
        missing=language_names(
            lang for lang in found.languages[1:] if document.recommendations and lang not in further
        ),
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
    main, files = sealed.document["lang"], {file.name for file in sealed.files}
    further = [x for x in sealed.document["forum"]["languages"] if _page_in(x) in files]
    lang = request.args.get("lang", main)
    if lang in further:  # as it was sealed
        file = db.session.get_one(SealedFile, (sealed.id, _page_in(lang)))
        before, text = to_html.inside(file.data)
    else:
        lang = main
        before, text = to_html.body(doc.from_json(sealed.document))
    newest = editions(found.id)[0]
    return render_template(
        "edition.html",
        forum=found,
        edition=sealed,
        before=before,
        text=text,
        main=lang,
        languages=language_names([main, *further]),
        newest=newest if newest.number != number else None,
        styles=url_for("documents.styles", version=static_version()),
        data=reading(forum),
        files=_files(sealed),
    )


def _page_in(lang: str) -> str:
    return stem_of(lang) + to_html.SUFFIX


def _files(edition: SealedEdition) -> list[tuple[str, str, str]]:
    """The files of an edition: name, format, and size in words."""
    query = select(SealedFile.name, func.length(SealedFile.data))
    query = query.where(SealedFile.edition_id == edition.id).order_by(SealedFile.name)
    formats = {form.SUFFIX: name for name, form in exports.FORMATS.items()}
    return [
        (name, "seal" if name == SEAL else formats[name[name.rfind(".") :]], size(many))
        for name, many in db.session.execute(query)
    ]


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
