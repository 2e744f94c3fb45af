"""What plenaries decided, as the document prints it: beside what the rooms did, and never added."""

from __future__ import annotations

from typing import Literal

from exports import document as doc
from exports import markup
from facilitator.consolidation import votes
from facilitator.consolidation.gathered import Gathered
from facilitator.consolidation.motions import Before
from facilitator.consolidation.names import entry_id, place_name, short
from facilitator.i18n import t
from facilitator.models import Ballot, Recommendation, Status
from facilitator.rooms.reopening import hash_of

#: The answers whose reasons are reservations.
RESERVED = frozenset({"reservation"})

Outcome = Literal["adopted", "rejected", "withdrawn", "open"]

OUTCOMES: dict[Status, Outcome] = {
    Status.ADOPTED: "adopted",
    Status.REJECTED: "rejected",
    Status.WITHDRAWN: "withdrawn",
    Status.DRAFT: "open",
}


def decided(gathered: Gathered, entry: Recommendation) -> doc.Plenary | None:
    """What the plenary to which a text was put last made of it; None where it was put to none."""
    one = gathered.before.get(entry.id)
    if one is None:
        return None
    room = place_name(gathered.rooms[one.text.room_id], entry.lang)
    ballot = one.ballot
    return doc.Plenary(
        room=room,
        outcome=OUTCOMES[one.text.status],
        hash=one.motion.hash,
        ballot=votes.printed(ballot, room) if ballot and not ballot.whole else None,
        whole=short(ballot.uuid) if ballot and ballot.whole else None,
        changed=hash_of(entry.draft.text) != one.motion.hash,
        amended=len(one.accepted),
        reservations=tuple(_reservations(one)),
    )


def _reservations(one: Before) -> list[doc.Reservation]:
    """What its people do not agree with: what they wrote, and the reasons on their papers."""
    written = [
        reservation(said.text, said.lang, None, said.sector.uuid if said.sector else None)
        for said in one.reservations
    ]
    # The reasons of a vote on the whole are about the whole, and stand with it.
    return written + (_on_paper(one.ballot) if one.ballot and not one.ballot.whole else [])


def _on_paper(ballot: Ballot) -> list[doc.Reservation]:
    reasons = (ballot.result or {}).get("reasons", [])
    return [reservation(one["text"], one["lang"]) for one in reasons if one["answer"] in RESERVED]


def reservation(
    text: str, lang: str, room: str | None = None, sector: str | None = None
) -> doc.Reservation:
    """A disagreement as it is printed."""
    return doc.Reservation(text=markup.clean(text).strip(), lang=lang, room=room, sector=sector)


def wholes(gathered: Gathered, lang: str) -> tuple[doc.Ballot, ...]:
    """The votes on the whole document."""
    return tuple(
        votes.printed(ballot, place_name(gathered.rooms[ballot.room_id], lang))
        for ballot in gathered.wholes
    )


def reserved(gathered: Gathered) -> tuple[doc.Reservation, ...]:
    """The reservations on the whole document, as they stood on the papers."""
    return tuple(said for ballot in gathered.wholes for said in _on_paper(ballot))


def amendments(gathered: Gathered, lang: str) -> list[doc.Change]:
    """What plenaries changed from the floor, with how many agreed: for the annex."""
    changes = []
    for entry in gathered.all_entries:
        one = gathered.before.get(entry.id)
        for made, said in one.accepted if one else []:
            words = t(
                "From the floor of the plenary: “{before}” became “{after}”.",
                lang=lang,
                before=markup.clean_line(made.quote),
                after=markup.clean_line(made.put or ""),
            )
            told = t("{n} agreed, {m} did not", lang=lang, n=said.agree, m=said.disagree)
            voiced = said.agree + said.disagree > 0
            changes.append(
                doc.Change(
                    on=made.at.date().isoformat(),
                    recommendation=entry_id(entry),
                    kind="amended",
                    text=words,
                    agreed=told if voiced else None,
                )
            )
    return changes


def unsettled(document: doc.Document) -> list[doc.Recommendation]:
    """What no plenary has adopted as it is printed; nothing where nothing was put to one."""
    every = document.recommendations
    if not any(one.plenary for one in every):
        return []
    return [one for one in every if not one.plenary or not _settled(one.plenary)]


def _settled(told: doc.Plenary) -> bool:
    return told.outcome == "adopted" and not told.changed
