"""Sealed editions: the document as it stands, frozen, with its files and a seal over them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from sqlalchemy import select

import exports
from exports import document as doc
from exports.languages import complete
from exports.sealing import SUFFIX, new_key, news, public_half, seal_of
from facilitator.actions import Refused
from facilitator.consolidation.compose import STEM, compose, stem_of, write_file
from facilitator.db import db, write
from facilitator.models import Forum, SealedEdition, SealedFile, now

SEAL = STEM + SUFFIX
#: What is sealed of the document in each further language: to print, and to read here.
FURTHER = ("pdf", "html")


def editions(forum_id: int) -> list[SealedEdition]:
    """The sealed editions of a forum, the newest first."""
    query = select(SealedEdition).filter_by(forum_id=forum_id)
    return [*db.session.scalars(query.order_by(SealedEdition.number.desc()))]


def seal_document(forum_id: int, progress: Callable[[int], None] = lambda _: None) -> int:
    """Seal the document as it stands at the desk now; the number of the edition.

    Raises Refused where there is nothing to seal, or nothing new. What is sealed is kept with all
    its files; it is there whole or not at all.
    """
    private = _key(forum_id)
    before = next(iter(editions(forum_id)), None)
    old = doc.from_json(before.document) if before else None
    db.session.rollback()  # what is read from now on is of this moment
    drafted = compose(forum_id)
    others = {lang: compose(forum_id, lang) for lang in further_languages(drafted)}
    db.session.rollback()
    if not drafted.recommendations:
        raise Refused("There is no recommendation in the document yet.", code="conflict")
    number = before.number + 1 if before else 1
    edition = doc.Edition(
        version=f"{number}.0",
        status="final",
        sealed=now().date().isoformat(),
        key=public_half(private),
        follows=before.hash if before else None,
        news=news(old, drafted),
    )
    if old and not edition.news and _same(old, drafted):
        raise Refused("Nothing has changed since the last seal.", code="conflict")
    sealed = doc.seal(replace(drafted, edition=edition))
    wanted = [(STEM, sealed, name) for name in exports.MAIN_FORMATS]
    for lang, other in others.items():
        same = replace(other, edition=sealed.edition)
        wanted += [(stem_of(lang), same, name) for name in FURTHER]
    files = {}
    for done, (stem, document, name) in enumerate(wanted, 1):
        files[stem + exports.FORMATS[name].SUFFIX] = exports.export(document, name)
        progress(95 * done // len(wanted))
    files[SEAL] = seal_of(sealed.edition, files, private)
    write(lambda: _keep(forum_id, number, sealed, files))
    progress(100)
    return number


def further_languages(document: doc.Document) -> list[str]:
    """The forum's other languages in which the document is complete, checked and current."""
    spoken = document.forum.languages
    return [lang for lang in spoken if lang != document.lang and complete(document, lang)]


def _same(old: doc.Document, new: doc.Document) -> bool:
    """Whether a draft says what a sealed edition says."""
    bare = doc.seal(replace(new, edition=old.edition))
    return doc.digest(bare) == doc.digest(old)


def _key(forum_id: int) -> str:
    """The private key of a forum, made when it is first asked for."""

    def job() -> str:
        forum = db.session.get_one(Forum, forum_id)
        forum.seal_key = forum.seal_key or new_key()
        return forum.seal_key

    key: str = write(job)
    return key


def _keep(forum_id: int, number: int, sealed: doc.Document, files: dict[str, bytes]) -> None:
    taken = select(SealedEdition.id).filter_by(forum_id=forum_id, number=number)
    if db.session.scalar(taken) is not None:
        raise Refused("Somebody else has just sealed the document.", code="conflict")
    assert sealed.edition.hash is not None  # noqa: S101 - for the type checker: it is sealed
    made = SealedEdition(
        forum_id=forum_id, number=number, hash=sealed.edition.hash, document=doc.to_json(sealed)
    )
    made.files = [SealedFile(name=name, data=data) for name, data in files.items()]
    db.session.add(made)


def hand_out(edition: SealedEdition, folder: Path) -> list[Path]:
    """Write the files of a sealed edition into a folder, byte by byte as they were sealed."""
    folder.mkdir(parents=True, exist_ok=True)
    return [write_file(folder / file.name, file.data) for file in edition.files]
