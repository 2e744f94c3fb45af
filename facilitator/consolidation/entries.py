"""A recommendation of the desk as the document prints it, with its support and its sources."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Literal

from exports import document as doc
from exports import markup
from exports.citations import Cite, bare
from facilitator.consolidation import votes
from facilitator.consolidation.addressees import addressees
from facilitator.consolidation.decided import RESERVED, decided, reservation
from facilitator.consolidation.gathered import Gathered
from facilitator.consolidation.names import (
    entry_id,
    letter,
    place_name,
    room_name,
    short,
    track_name,
)
from facilitator.consolidation.spans import Written, cuts_of, written
from facilitator.i18n import t
from facilitator.models import Ballot, Face, Recommendation, Room, Source, Status, Translation, Via
from facilitator.rooms.levels import ADDRESSEE
from facilitator.rooms.texts import wording

#: How an idea came in, as the document calls it.
VIA: dict[Via, Literal["slip", "spoken"]] = {Via.SLIP: "slip", Via.SPOKEN: "spoken"}
#: The shortest deadline that a document takes as it is.
DEADLINE = 4


def recommendation(gathered: Gathered, entry: Recommendation, number: int) -> doc.Recommendation:
    """Put a recommendation into the document as its number `number`."""
    name, face = entry_id(entry), entry.draft.text
    asked, plainly = addressees(face)
    # A section that only lists offices is printed as the list of those who are asked.
    cite = gathered.cited.of({room.id for s in entry.sources for room in _rooms(gathered, s)})
    skip = [ADDRESSEE] if plainly else []
    told = written(entry, name, cite, skip)
    steps = tuple(_steps(told, entry, name))
    return doc.Recommendation(
        id=name,
        number=number,
        lang=entry.lang,
        title=title_of(entry),
        addressees=asked,
        sections=told.sections,
        steps=steps,
        support=_support(gathered, entry),
        reservations=tuple(_reservations(gathered, entry)),
        sources=tuple(_sources(gathered, entry, told)),
        revision=doc.Revision(
            number=max(1, entry.draft.rendered_seq), hash=_digest(gathered, entry)
        ),
        plenary=decided(gathered, entry),
        translations=tuple(
            translation(one, name, cite, skip)
            for one in gathered.translations.get(entry.id, [])
            if one.text.draft.text.get("title", "").strip()
        ),
    )


def translation(one: Translation, name: str, cite: Cite, skip: list[str]) -> doc.Translation:
    """The same in another language: each part says which one of the original it is.

    It counts from when it has a title; until then nothing of it is in the document.
    """
    text, here = one.text, f"{name}.{one.lang}"
    asked, _ = addressees(_in_step(text.draft.text, one.original.draft.text))
    told = written(text, here, cite, skip)
    return doc.Translation(
        lang=one.lang,
        title=title_of(text),
        by="editors",
        state="checked" if one.is_checked else "draft",
        behind=one.is_behind,
        checked=one.checked_at[:10] if one.checked_at and one.is_checked else None,
        addressees=tuple(office.name for office in asked) if skip else (),
        sections=tuple(
            replace(section, of=f"{name}{(section.id or '').removeprefix(here)}")
            for section in told.sections
        ),
        steps=tuple(
            replace(step, of=f"{name}{(step.id or '').removeprefix(here)}")
            for step in _steps(told, text, here)
        ),
    )


def _in_step(face: Face, original: Face) -> Face:
    """A translation with the addressees that its original has, in the order of that."""
    rows = {row["id"]: row for row in face.get("addressees", [])}
    order = [row["id"] for row in original.get("addressees", [])]
    return {**face, "addressees": [rows[row] for row in order if row in rows]}


def title_of(entry: Recommendation) -> str:
    """The title of a recommendation, in one line."""
    written_title = markup.clean_line(bare(str(entry.draft.text.get("title", ""))))
    return written_title or markup.clean_line(entry.title) or t("Untitled", lang=entry.lang)


def _digest(gathered: Gathered, entry: Recommendation) -> str:
    """Say in a hash which text this is, and of which revisions of which sources it was made."""
    made_of = [[gathered.origins[s.origin_id].uuid, s.revision] for s in entry.sources]
    return doc.digest_of_data([wording(entry.draft.text), made_of])


# ---- Steps ---------------------------------------------------------------------------------------


def _steps(told: Written, entry: Recommendation, name: str) -> Iterable[doc.Step]:
    """What is to be done; a step without a word is left out."""
    cuts = cuts_of(entry.draft.text)
    for step in entry.draft.text.get("steps", []):
        here = f"{name}.{step['id']}"
        if not any(step[field].strip() for field in step if field != "id"):
            continue
        yield _step(entry.lang, here, step)
        prefix = f"p:{step['id']}:"
        for source in (c["source"] for root in cuts if root.startswith(prefix) for c in cuts[root]):
            told.tie(source, doc.Span(block=here))


def _step(lang: str, name: str, step: Face) -> doc.Step:
    said = {field: markup.clean(bare(words)).strip() or None for field, words in step.items()}
    by = said["by"]
    return doc.Step(
        id=name,
        what=said["what"] or t("What is to be done is not stated.", lang=lang),
        who=said["who"],
        partners=_partners(said["with"] or ""),
        # A document wants more than “Q4”.
        by=t("by {when}", lang=lang, when=by) if by and len(by) < DEADLINE else by,
        cost=said["cost"],
        indicator=said["indicator"],
    )


def _partners(text: str) -> tuple[str, ...]:
    """Who helps: the names between commas, semicolons and lines."""
    names = (markup.clean_line(name) for name in re.split(r"[,;\n]", text))
    return tuple(dict.fromkeys(filter(None, names)))


# ---- Support -------------------------------------------------------------------------------------


def _support(gathered: Gathered, entry: Recommendation) -> doc.Support:
    """Who put it forward, and how each room voted on its own text: never added up.

    Lists show the last ballot of a recommendation. It is the one with the smallest share in favour,
    so that they never promise more than every room gave.
    """
    rooms = dict.fromkeys(_put_forward(gathered, entry))
    ballots = [
        votes.printed(one, place_name(gathered.rooms[one.room_id], entry.lang))
        for one in ballots_of(gathered, entry)
    ]
    return doc.Support(
        rooms=tuple(rooms), ballots=tuple(sorted(ballots, key=votes.share, reverse=True))
    )


def ballots_of(gathered: Gathered, entry: Recommendation) -> list[Ballot]:
    """The votes of the rooms on what this was made of."""
    found = (gathered.ballots.get(origin.id) for _, origin in gathered.from_rooms(entry))
    return [ballot for ballot in found if ballot]


def _put_forward(gathered: Gathered, entry: Recommendation) -> Iterable[str]:
    for _, origin in gathered.from_rooms(entry):
        name = place_name(gathered.rooms[origin.room_id], entry.lang)
        if origin.status == Status.ADOPTED:
            yield name
        elif origin.status == Status.REJECTED:
            yield t("{room} (not adopted)", lang=entry.lang, room=name)
        elif origin.id in gathered.reopened:
            yield t("{room} (reopened after the vote)", lang=entry.lang, room=name)
        else:
            yield t("{room} (not voted on)", lang=entry.lang, room=name)


# ---- Reservations --------------------------------------------------------------------------------


def _reservations(gathered: Gathered, entry: Recommendation) -> Iterable[doc.Reservation]:
    """What people of its rooms did not agree with: what they wrote, and gave as their reason."""
    for _, origin in gathered.from_rooms(entry):
        room = place_name(gathered.rooms[origin.room_id], entry.lang)
        for one in gathered.reservations.get(origin.id, []):
            yield reservation(one.text, one.lang, room, one.sector.uuid if one.sector else None)
        ballot = gathered.ballots.get(origin.id)
        for said in (ballot.result or {}).get("reasons", []) if ballot else []:
            if said["answer"] in RESERVED:
                yield reservation(said["text"], said["lang"], room)
    # And those who said yes with a reservation when the rooms were asked again.
    asked = gathered.consultations.get(entry.id)
    for said in ((asked and asked.result) or {}).get("reasons", []):
        yield reservation(said["text"], said["lang"])


# ---- Sources -------------------------------------------------------------------------------------


def _sources(gathered: Gathered, entry: Recommendation, told: Written) -> Iterable[doc.Source]:
    for place, source in enumerate(entry.sources):
        origin = gathered.origins[source.origin_id]
        room = gathered.rooms[origin.room_id]
        ideas = gathered.ideas.get(origin.theme_id or 0, [])
        ballot = gathered.ballots.get(origin.id)
        first = [meeting_of(gathered, one).city for one in _rooms(gathered, source)]
        yield doc.Source(
            id=letter(place),
            kind="recommendation",
            room=room_name(room, entry.lang),
            meeting=meeting_of(gathered, room).id,
            city=meeting_of(gathered, room).city,
            spans=tuple(told.spans.get(source.id, [])),
            track=track_name(room, entry.lang),
            earlier=tuple(dict.fromkeys(first[1:])),
            ideas=tuple(
                doc.SourceIdea(
                    id=short(idea.uuid),
                    text=idea.text,
                    lang=idea.lang,
                    via=VIA[idea.via] if idea.via else None,
                    slip=idea.slip,
                )
                for idea in ideas
            ),
            # A text that was not begun from a theme comes from all that its room had posted.
            idea_count=None if ideas else gathered.idea_counts.get(room.id) or None,
            draft=doc.SourceDraft(
                id=short(origin.uuid),
                revision=source.revision,
                title=markup.clean_line(origin.title) or None,
                lang=origin.lang,
                hash=_adopted(origin, source),
            ),
            ballots=(votes.source_line(ballot),) if ballot else (),
            imported=_imported(origin),
        )


def _imported(origin: Recommendation) -> doc.SourceImport | None:
    """Where a text stood before it was brought in; one that was carried on still says so."""
    if origin.imported is None:
        return None
    cities = tuple(origin.imported.get("cities", ()))
    return doc.SourceImport(**{**origin.imported, "cities": cities})


def _rooms(gathered: Gathered, source: Source) -> list[Room]:
    """Where a source was written, then those of earlier meetings from which it was carried."""
    texts = [gathered.origins[source.origin_id], *gathered.lineage.get(source.origin_id, [])]
    return [gathered.rooms[text.room_id] for text in texts]


def _adopted(origin: Recommendation, source: Source) -> str | None:
    """The hash of what a room adopted, where that is what was taken over."""
    taken = origin.adopted_seq is not None and source.revision >= origin.adopted_seq
    return origin.adopted_hash if taken else None


def meeting_of(gathered: Gathered, room: Room) -> doc.Meeting:
    """The meeting of a room; a room without one counts as of the first, or of the forum itself."""
    found = room.meeting or next(iter(gathered.meetings), None)
    if found is None:
        nowhere = t("Place not stated", lang=gathered.forum.languages[0])
        return _meeting(gathered.forum.uuid, nowhere, "", gathered.forum.starts)
    return _meeting(found.uuid, found.city, found.place, found.on)


def _meeting(uuid: str, city: str, place: str, day: date) -> doc.Meeting:
    return doc.Meeting(id=uuid, city=city, on=day.isoformat(), place=place or None)


def meetings(gathered: Gathered) -> tuple[doc.Meeting, ...]:
    """The meetings of the forum, and what stands for one where a room has none."""
    named = [_meeting(one.uuid, one.city, one.place, one.on) for one in gathered.meetings]
    rooms = [meeting_of(gathered, room) for room in gathered.rooms.values()]
    return tuple(dict.fromkeys([*named, *rooms]))
