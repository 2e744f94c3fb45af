"""The forum as its document: everything that is printed, before it is printed."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Collection
from itertools import count, groupby
from pathlib import Path

from flask import current_app

import exports
from exports import document as doc
from exports import markup
from exports.languages import as_written
from exports.richtext import Blocks
from facilitator.consolidation import annexes, entries, prose
from facilitator.consolidation.chapters import EDITS, MINUTES
from facilitator.consolidation.decided import amendments, reserved, wholes
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


def compose(forum_id: int, lang: str | None = None, beside: str | None = None) -> doc.Document:
    """Make the document of a forum as it stands at the desk now: a draft until it is sealed.

    `lang` is the language it is printed in, by default the forum's first; with `beside`, the texts
    stand in two columns. Whatever language it is in, it holds the texts in all of them. Everything
    is read at one moment, in a number of questions that does not grow.
    """
    gathered = gather(forum_id, lang)
    lang = lang or gathered.forum.languages[0]
    chapters = _chapters(gathered, lang)
    return doc.Document(
        lang=lang,
        beside=beside,
        forum=_forum(gathered, lang),
        edition=doc.Edition(version=f"0.{_turns(gathered)}", status="draft"),
        sectors=_sectors(gathered),
        summary=doc.Summary(blocks=prose.summary(gathered, lang), highlights=_highlights(gathered)),
        method=_method(gathered, lang),
        chapters=chapters,
        notes=tuple(gathered.cited.notes.values()),
        organisations=tuple(doc.Organisation(name=name) for name in _organisations(gathered)),
        annexes=_annexes(gathered, lang),
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


def _organisations(gathered: Gathered) -> list[str]:
    """Who invited, and who took part and wants to be named."""
    named = (markup.clean_line(one) for one in gathered.forum.participating)
    return list(dict.fromkeys([*_organisers(gathered), *filter(None, named)]))


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
        whole=wholes(gathered, lang),
        reservations=reserved(gathered),
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

    spoken = gathered.forum.languages

    def title(one: Chapter, own: str) -> str:
        return markup.clean_line(said(one.title, own)) or t("Untitled", lang=own)

    def intro(one: Chapter, own: str) -> Blocks:
        return markup.to_blocks(one.intro if own == spoken[0] else one.intros.get(own, ""))

    def chapter(number: int, one: Chapter) -> doc.Chapter:
        # A chapter without a title in this language stands in the forum's first.
        own = lang if one.title.get(lang) else spoken[0]
        track = tracks.get(one.track_id)
        return doc.Chapter(
            id=one.uuid,
            number=number,
            title=title(one, own),
            content=tuple(
                entries.recommendation(gathered, entry, next(numbers))
                for entry in gathered.entries.get(one.id, [])
            ),
            lang=own,
            track=said(track.title, lang) if track else None,
            intro=intro(one, own) or as_written(intro(one, spoken[0]), spoken[0], own),
            translations=tuple(
                doc.Translation(
                    lang=other, title=title(one, other), by="editors", intro=intro(one, other)
                )
                for other in spoken
                if other != own and one.title.get(other)
            ),
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


def _annexes(gathered: Gathered, lang: str) -> doc.Annexes:
    """What was merged, and what the organisers chose besides."""
    chosen = gathered.forum.annexes
    kept = [
        part
        for room_id, items in groupby(gathered.minutes, key=lambda item: item.room_id)
        for part in annexes.minuted(
            items,
            gathered.rooms[room_id],
            entries.meeting_of(gathered, gathered.rooms[room_id]).id,
        )
    ]
    return doc.Annexes(
        changes=(*_changes(gathered, lang), *amendments(gathered, lang)),
        minutes=tuple(kept) if MINUTES in chosen else (),
        edits=tuple(annexes.edits(gathered.steps, lang)) if EDITS in chosen else (),
    )


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
    *,
    lang: str | None = None,
    beside: str | None = None,
) -> list[Path]:
    """Write the document in these formats into a folder; tell the hundredths that are done.

    In a language, as `compose` says, with which the files are named. A file has its name only when
    it is whole and on disk. Raises exports.UnknownFormat before anything is written.
    """
    for name in formats:
        if name not in exports.FORMATS:
            raise exports.UnknownFormat(name)
    db.session.rollback()  # what is read from now on is of this moment
    document = compose(forum_id, lang, beside)
    db.session.rollback()
    folder.mkdir(parents=True, exist_ok=True)
    stem, paths = stem_of(lang, beside), []
    for done, name in enumerate(formats, 1):
        data = exports.export(document, name)
        paths.append(write_file(folder / (stem + exports.FORMATS[name].SUFFIX), data))
        progress(100 * done // len(formats))
    return paths


def stem_of(lang: str | None, beside: str | None = None) -> str:
    """Name the files of the document in a language: recommendations.cs, recommendations.pl-uk."""
    return ".".join(filter(None, (STEM, "-".join(filter(None, (lang, beside))))))


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
