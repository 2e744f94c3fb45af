"""The few sentences of a document that are ours: what it holds, and how it came about."""

from __future__ import annotations

from exports.richtext import Blocks, Paragraph, Text
from facilitator.consolidation.gathered import Gathered
from facilitator.i18n import t, tn
from facilitator.models import Face, Status
from facilitator.rooms.results import in_favour


def summary(gathered: Gathered, lang: str) -> Blocks:
    """What the document holds, for those who read no further."""
    entries = gathered.all_entries
    if not entries:
        return _paragraphs([t("No recommendation stands in this document yet.", lang=lang)])
    made_of = [[origin for _, origin in gathered.from_rooms(entry)] for entry in entries]
    merged = sum(len(origins) > 1 for origins in made_of)
    rooms = {origin.room_id for origins in made_of for origin in origins}
    people = sum(gathered.participants.values())
    first = [
        tn(
            "This document holds one recommendation.",
            "This document holds {n} recommendations.",
            len(entries),
            lang=lang,
        ),
        tn("It comes from one group.", "It comes from {n} groups.", len(rooms), lang=lang),
        tn("One person took part.", "{n} people took part.", people, lang=lang),
    ]
    second = tn(
        "One recommendation was put together from several texts, and names all of them.",
        "{n} recommendations were put together from several texts, and each names all of its own.",
        merged,
        lang=lang,
    )
    return _paragraphs(first, [second] if merged else [], _of_plenaries(gathered, lang))


def _of_plenaries(gathered: Gathered, lang: str) -> list[str]:
    """What plenaries decided: how many texts, and the figures of a vote on the whole alone."""
    votes = [_of_the_whole(ballot.result or {}, lang) for ballot in gathered.wholes]
    put = [gathered.before[one.id] for one in gathered.all_entries if one.id in gathered.before]
    single = [one for one in put if not (one.ballot and one.ballot.whole)]
    if not single:
        return votes
    adopted = sum(one.text.status is Status.ADOPTED for one in single)
    counts = {"adopted": adopted, "put": len(single)}
    told = t("Put to the plenary one by one: {put}. Adopted: {adopted}.", lang=lang, **counts)
    return [told, *votes]


def _of_the_whole(result: Face, lang: str) -> str:
    counts = {"n": in_favour(result), "voters": result["voters"]}
    if result["passed"]:
        return t(
            "The plenary adopted the document as a whole: {n} of {voters} in favour.",
            lang=lang,
            **counts,
        )
    return t(
        "The plenary did not adopt the document as a whole: {n} of {voters} in favour.",
        lang=lang,
        **counts,
    )


def method(lang: str) -> Blocks:
    """How the document came about."""
    return _paragraphs(
        [
            t(
                "In each group people posted ideas on a shared board, supported those of others, "
                "put them into themes and voted on what matters most.",
                lang=lang,
            ),
            t("Then they wrote their recommendations together, all in one text.", lang=lang),
        ],
        [
            t(
                "The organisers put the texts of the groups into chapters, and together where they "
                "belong together.",
                lang=lang,
            ),
            t(
                "No original was removed, and each passage names the group that it comes from.",
                lang=lang,
            ),
        ],
        [
            t(
                "Each group voted on its own text. Its vote is printed as it was; votes of several "
                "groups are never added up.",
                lang=lang,
            ),
        ],
    )


def _paragraphs(*paragraphs: list[str]) -> Blocks:
    return tuple(Paragraph((Text(" ".join(said)),)) for said in paragraphs if said)
