"""The forum as its document: everything that is printed, before it is printed."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Collection
from itertools import count
from pathlib import Path

from flask import current_app

import exports
from exports import document as doc
from exports import markup
from facilitator.consolidation import entries, prose
from facilitator.consolidation.gathered import NO_SECTOR, Gathered, gather
from facilitator.consolidation.names import UNSTATED, entry_id
from facilitator.consolidation.steps import GONE
from facilitator.db import db
from facilitator.i18n import LANGUAGES, said, t
from facilitator.models import Chapter, DeskStep, Phase, Recommendation, RoomKind
from facilitator.rooms.results import in_favour
from facilitator.rooms.small_cells import shown

LICENCE = doc.Licence(name="CC BY 4.0", url="https://creativecommons.org/licenses/by/4.0/")
#: Recommendations that the summary names.
HIGHLIGHTS = 5
#: The name of a file, but for its ending.
STEM = "recommendations"


def compose(forum_id: int) -> doc.Document:
    """Make the document of a forum as it stands at the desk now: a draft until it is sealed.

    Everything is read at one moment, in a number of questions that does not grow.
    """
    gathered = gather(forum_id)
    lang = gathered.forum.languages[0]
    chapters = _chapters(gathered, lang)
    return doc.Document(
        lang=lang,
        forum=_forum(gathered, lang),
        edition=doc.Edition(version=f"0.{_turns(gathered)}", status="draft"),
        sectors=_sectors(gathered),
        summary=doc.Summary(blocks=prose.summary(gathered, lang), highlights=_highlights(gathered)),
        method=_method(gathered, lang),
        chapters=chapters,
        notes=tuple(gathered.cited.notes.values()),
        organisations=tuple(doc.Organisation(name=name) for name in _organisers(gathered)),
        annexes=doc.Annexes(changes=tuple(_changes(gathered, lang))),
        sample=gathered.forum.sample or gathered.forum.rehearsal,
    )


def _turns(gathered: Gathered) -> int:
    """How often the document was changed at the desk: by steps, and by taking some back."""
    return sum(1 + step.undone for step in gathered.steps)


def _forum(gathered: Gathered, lang: str) -> doc.Forum:
    forum, home = gathered.forum, current_app.config["PUBLIC_URL"]
    return doc.Forum(
        title=markup.clean_line(said(forum.title, lang)) or t("Untitled", lang=lang),
        subtitle=markup.clean_line(said(forum.subtitle, lang))
        or t("Recommendations of the forum", lang=lang),
        starts=forum.starts.isoformat(),
        ends=forum.ends.isoformat(),
        languages=tuple(forum.languages),
        meetings=entries.meetings(gathered),
        organisers=tuple(doc.Organiser(name=name) for name in _organisers(gathered)),
        licence=LICENCE,
        address=f"{home}/f/{forum.uuid}/document" if home else None,
    )


def _organisers(gathered: Gathered) -> list[str]:
    return [name for one in gathered.forum.organisers if (name := markup.clean_line(one))]


# ---- Figures -------------------------------------------------------------------------------------


def _sectors(gathered: Gathered) -> tuple[doc.Sector, ...]:
    named = [doc.Sector(id=one.uuid, name=one.name) for one in gathered.sectors]
    words = {code: t("Not stated", lang=code) for code in LANGUAGES}
    return (*named, doc.Sector(id=UNSTATED, name=words))


def _method(gathered: Gathered, lang: str) -> doc.Method:
    merges = [step for step in gathered.steps if step.name == "desk.merge" and not step.undone]
    figures: dict[doc.Figure, int] = {
        "meetings": len(gathered.meetings),
        "rooms": sum(room.sort is RoomKind.GROUP for room in gathered.rooms.values()),
        "participants": sum(gathered.participants.values()),
        "ideas": gathered.figures["ideas"],
        "themes": gathered.figures["themes"],
        "drafts": gathered.figures["drafts"],
        "merges": len(merges),
        "ballots": gathered.figures["ballots"],
    }
    return doc.Method(
        blocks=prose.method(lang),
        figures=figures,
        participants=_participants(gathered),
        small_cells=gathered.forum.least,
    )


def _participants(gathered: Gathered) -> tuple[doc.Participants, ...]:
    """How many came of each sector, as far as that may be told beside the total.

    Once, when all rooms are closed: between two looks at a forum that goes on, one newcomer's
    sector would show.
    """
    if any(room.phase is not Phase.CLOSED for room in gathered.rooms.values()):
        return ()
    counts = {one.uuid: gathered.participants.get(one.id, 0) for one in gathered.sectors}
    # Always, be it zero: whether there is such a row must tell nothing.
    counts[UNSTATED] = gathered.participants.get(NO_SECTOR, 0)
    return tuple(
        doc.Participants(
            sector=row.sectors[0],
            joined=row.sectors[1:],
            cell=doc.FewerThan(fewer_than=gathered.forum.least)
            if row.count is None
            else doc.Counted(count=row.count),
        )
        for row in shown(counts, gathered.forum.least)
    )


def _highlights(gathered: Gathered) -> tuple[str, ...]:
    """The most supported: adopted by most rooms, then with the largest of their smallest shares."""

    def rank(entry: Recommendation) -> tuple[int, float]:
        results = [ballot.result or {} for ballot in entries.ballots_of(gathered, entry)]
        shares = [in_favour(result) / max(1, result["voters"]) for result in results]
        return -sum(bool(result["passed"]) for result in results), -min(shares, default=0)

    voted = [one for one in gathered.all_entries if entries.ballots_of(gathered, one)]
    return tuple(entry_id(one) for one in sorted(voted, key=rank)[:HIGHLIGHTS])


# ---- Chapters ------------------------------------------------------------------------------------


def _chapters(gathered: Gathered, lang: str) -> tuple[doc.Chapter, ...]:
    tracks = {room.track_id: room.track for room in gathered.rooms.values() if room.track}
    numbers = count(1)

    def chapter(number: int, one: Chapter) -> doc.Chapter:
        track = tracks.get(one.track_id)
        return doc.Chapter(
            id=one.uuid,
            number=number,
            title=markup.clean_line(said(one.title, lang)) or t("Untitled", lang=lang),
            content=tuple(
                entries.recommendation(gathered, entry, next(numbers))
                for entry in gathered.entries.get(one.id, [])
            ),
            lang=lang,
            track=said(track.title, lang) if track else None,
            intro=markup.to_blocks(one.intro),
        )

    return tuple(chapter(number, one) for number, one in enumerate(gathered.chapters, 1))


def _changes(gathered: Gathered, lang: str) -> list[doc.Change]:
    """What was put together; what was merged again is told of the recommendation it is in now."""
    standing = {entry.id: entry for entry in gathered.all_entries}
    into: dict[int, int] = {}
    merges = [step for step in gathered.steps if step.name == "desk.merge" and not step.undone]
    for step in merges:
        made, aside = _made_and_aside(step)
        into |= dict.fromkeys(aside, made)
    changes = []
    for step in merges:
        made, _ = _made_and_aside(step)
        while made in into:
            made = into[made]
        if made in standing:
            titles = "; ".join(t("“{title}”", lang=lang, title=title) for title in step.about[1:])
            changes.append(
                doc.Change(
                    on=step.at.date().isoformat(),
                    recommendation=entry_id(standing[made]),
                    kind="merged",
                    text=t("Put together from {titles}.", lang=lang, titles=titles),
                )
            )
    return changes


def _made_and_aside(step: DeskStep) -> tuple[int, list[int]]:
    """The recommendation that a merge has made, and those of the document that it put aside."""
    ends = {
        line["id"]: line["after"][GONE]
        for line in step.changes
        if line["kind"] == Recommendation.kind and GONE in line["after"]
    }
    made = next(number for number, gone in ends.items() if not gone)
    return made, [number for number, gone in ends.items() if gone]


# ---- Files ---------------------------------------------------------------------------------------


def export_files(
    forum_id: int,
    formats: Collection[str],
    folder: Path,
    progress: Callable[[int], None] = lambda _: None,
) -> list[Path]:
    """Write the document in these formats into a folder; tell the hundredths that are done.

    A file has its name only when it is whole and on disk. Raises exports.UnknownFormat before
    anything is written.
    """
    for name in formats:
        if name not in exports.FORMATS:
            raise exports.UnknownFormat(name)
    db.session.rollback()  # what is read from now on is of this moment
    document = compose(forum_id)
    db.session.rollback()
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for done, name in enumerate(formats, 1):
        data = exports.export(document, name)
        paths.append(write_file(folder / (STEM + exports.FORMATS[name].SUFFIX), data))
        progress(100 * done // len(formats))
    return paths


def write_file(path: Path, data: bytes) -> Path:
    """Put a file in place of an older one, whole or not at all."""
    with tempfile.NamedTemporaryFile(
        dir=path.parent, prefix=f".{path.name}.", delete=False
    ) as file:
        try:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).chmod(0o644)
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
    _settle(path.parent)
    return path


def _settle(folder: Path) -> None:
    """Have the names of a folder on disk as well."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
