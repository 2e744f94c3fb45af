"""How rooms voted on a recommendation, as the document prints it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from exports import document as doc
from exports import markup
from facilitator.consolidation.names import UNSTATED, short
from facilitator.i18n import LANGUAGES, sentence, t
from facilitator.models import Ballot, Face
from facilitator.rooms.results import in_favour

Option = Literal["yes", "abstain", "no", "other"]
Name = Literal["yes-no", "consent", "gradients"]

NAMES: dict[str, Name] = {"yes_no": "yes-no", "consent": "consent", "gradients": "gradients"}

#: In which colour an answer is drawn, and its words where they are not the usual ones.
ANSWERS: dict[str, list[tuple[str, Option, str | None]]] = {
    "yes_no": [("yes", "yes", None), ("abstain", "abstain", None), ("no", "no", None)],
    "consent": [
        ("agree", "yes", sentence("agree")),
        ("reservation", "other", sentence("agree with a reservation")),
        ("aside", "abstain", sentence("stand aside")),
        ("block", "no", sentence("block")),
    ],
    "gradients": [
        ("endorse", "yes", sentence("full support")),
        ("minor_point", "yes", sentence("agree, with a minor point")),
        ("support_reserved", "yes", sentence("support with reservations")),
        ("neutral", "abstain", sentence("no opinion")),
        ("discuss", "other", sentence("needs more discussion")),
        ("dislike_support", "other", sentence("dislike it, will support it")),
        ("disagree", "no", sentence("serious disagreement")),
        ("veto", "no", sentence("veto")),
    ],
}


#: The usual words of the document.
USUAL = {"yes": sentence("for"), "abstain": sentence("abstained"), "no": sentence("against")}


def answer_words(method: str, lang: str) -> list[tuple[str, str]]:
    """What can be answered in a way of voting, in words."""
    asked = ANSWERS[method]
    return [(answer, t(words or USUAL[answer], lang=lang)) for answer, _, words in asked]


def printed(ballot: Ballot, room: str) -> doc.Ballot:
    """One vote of a room, with its rule and what who led it said of it."""
    result = ballot.result or {}
    day = ballot.closed_at or ballot.opened_at
    return doc.Ballot(
        id=short(ballot.uuid),
        room=room,
        on=day.date().isoformat(),
        method=NAMES[ballot.method],
        passed=bool(result["passed"]),
        voters=result["voters"],
        in_favour=in_favour(result),
        totals=tuple(_totals(ballot.method, result["counts"])),
        rule={code: _judged(ballot, code) for code in LANGUAGES},
        sectors=tuple(_sectors(result.get("sectors", []))),
        conclusion=_conclusion(ballot.conclusion),
    )


def _conclusion(said: Face | None) -> doc.Conclusion | None:
    text = markup.clean_line(said["text"]) if said else ""
    return doc.Conclusion(text=text, lang=said["lang"]) if said and text else None


def _totals(method: str, counts: Face) -> list[doc.Total]:
    return [
        doc.Total(option=option, votes=counts[answer], label=_label(words))
        for answer, option, words in ANSWERS[method]
    ]


def _sectors(rows: list[Face]) -> Iterator[doc.SectorVotes]:
    """The rows of a result by sector, as the screen shows them."""
    for row in rows:
        first, *others = [sector or UNSTATED for sector in row["sectors"]]
        yield doc.SectorVotes(sector=first, joined=tuple(others), cell=_cell(row))


def _cell(row: Face) -> doc.ExactCell | doc.AtLeastCell | doc.BelowCell | doc.KeptBackCell:
    voters, low, high = row["voters"], row["low"], row["high"]
    if low == high:
        return doc.ExactCell(voters=voters, in_favour=low)
    if low > 0:
        return doc.AtLeastCell(voters=voters, in_favour_at_least=low)
    if high < voters:
        return doc.BelowCell(voters=voters, in_favour_below=high + 1)
    return doc.KeptBackCell(voters=voters)


def _label(words: str | None) -> dict[str, str] | None:
    return {code: t(words, lang=code) for code in LANGUAGES} if words else None


def _judged(ballot: Ballot, lang: str) -> str:
    """The rule, and how the result meets it."""
    said = ballot.rule.get("said") or [
        ["Adopted when more are in favour than against; those who abstain do not count.", {}]
    ]
    why = [words for _, words in (ballot.result or {}).get("why", [])]
    return " ".join(t(words, lang=lang, **values) for words, values in [*said, *why])


def share(ballot: doc.Ballot) -> float:
    """How many of those who voted are in favour."""
    return ballot.in_favour / max(1, ballot.voters)


def source_line(ballot: Ballot) -> doc.SourceBallot:
    """The vote of a room on its own draft, in one line."""
    result = ballot.result or {}
    votes = {"in_favour": in_favour(result), "voters": result["voters"]}
    return doc.SourceBallot(id=short(ballot.uuid), **votes)
