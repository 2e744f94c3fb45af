"""A sealed document of ours, as the starting material of another forum (pure)."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from exports import sealing
from exports.document import BadDocument, Chapter, Document, Recommendation, from_json
from exports.exchange import cited, notes, placed
from exports.markup import clean_line
from exports.plain_markdown import markdown_of
from facilitator.exchange.found import BadFile, Found, Origin, Part, Row, Sort, checked

#: Bytes of a file.
LARGEST = 10_000_000
#: What the fields of our steps are called in a document.
FIELDS = {"what": "what", "who": "who", "by": "by", "cost": "cost", "indicator": "indicator"}


def read_sealed(data: bytes, seal: bytes = b"") -> Found:
    """Read the JSON of a sealed document, and check it; with its seal, by the signature as well.

    Raises BadFile where it is no such document, was never sealed, or was changed since.
    """
    if len(data) > LARGEST:
        raise BadFile("This file is larger than {n} MB.", n=LARGEST // 1_000_000)
    document = _document(data)
    if document.edition.status != "final" or not document.edition.sealed:
        raise BadFile("This document is a draft: it was never sealed.")
    _check(data, seal)
    known = notes(document)
    rows = [_row(chapter, one, known) for chapter, one in placed(document)]
    edition = document.edition
    origin = Origin(
        clean_line(document.forum.title)[:200],
        edition.version[:20],
        edition.sealed or "",
        edition.hash or "",
        signed=bool(seal),
    )
    return Found(Sort.SEALED, rows=rows, origin=origin)


def _document(data: bytes) -> Document:
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise BadFile("This file cannot be read as JSON.") from None
    try:
        return from_json(found)
    except BadDocument:
        raise BadFile("This file is no document of a forum.") from None


def _check(data: bytes, seal: bytes) -> None:
    """Check a document as the command line does, with its seal beside it where there is one."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "recommendations.json"
        path.write_bytes(data)
        if seal:
            path.with_name(f"recommendations{sealing.SUFFIX}").write_bytes(seal)
        try:
            sealing.check_file(path)
        except sealing.Broken:
            if seal:
                raise BadFile(
                    "The document and its seal do not belong together, or one of them was changed."
                ) from None
            raise BadFile("This document was changed since it was sealed.") from None


def _row(chapter: Chapter, one: Recommendation, known: dict[str, str]) -> Row:
    sections = [
        Part(f"s{n}", section.heading, markdown_of(cited(section.blocks, known)))
        for n, section in enumerate(one.sections, 1)
    ]
    asked = "\n".join(f"- {each.name}" for each in one.addressees)
    parts = [*([Part("addressee", "", asked)] if asked else []), *sections]
    row = Row(
        one.number,
        clean_line(one.title),
        parts,
        one.lang,
        steps=[_step(step) for step in one.steps],
        track=clean_line(chapter.track or chapter.title)[:120],
        name=one.id,
        standing=standing(one),
        cities=[city for each in one.cities if (city := clean_line(each)[:120])],
    )
    return checked(row)


def _step(step: object) -> dict[str, str]:
    said = {ours: str(getattr(step, theirs) or "") for ours, theirs in FIELDS.items()}
    return {**said, "with": ", ".join(getattr(step, "partners", ()))}


def standing(one: Recommendation) -> str:
    """What was decided on a recommendation at last: the last ballot decides."""
    if not one.support.ballots:
        return "open"
    return "adopted" if one.support.ballots[-1].passed else "rejected"
