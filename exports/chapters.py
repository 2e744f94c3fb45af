"""The chapters of an edition: recommendations with their steps, votes, reservations and sources."""

from exports.columns import columns
from exports.document import (
    AtLeastCell,
    Ballot,
    BelowCell,
    Bridge,
    Chapter,
    ExactCell,
    FewerThan,
    KeptBackCell,
    Plenary,
    Recommendation,
    Reservation,
    Source,
    SourceDraft,
    SourceIdea,
    SourceImport,
    Step,
    Total,
)
from exports.setting import Marks, Printed, Setting, anchor_of
from exports.wording import WORDS, Wording, percent, tidy

#: The labels that a recommendation carries in its own language.
LABELS = (
    "recommendation", "addressees", "steps", "no_steps", "step", "what", "who", "by", "cost",
    "indicator", "not_given", "support", "not_voted", "sector", "share", "in_favour", "rule",
    "reservations", "sources", "no_sources", "plenary", "plenary_reservations",
)  # fmt: skip
#: More ideas than this are counted below a recommendation, and listed in the annex.
IDEAS_NAMED = 8
SHORT_HASH = slice(7, 19)


def chapter(s: Setting, one: Chapter) -> Printed:
    """Set a chapter: what the editors say, the list of its recommendations, and these in full."""
    lang = one.lang or s.main
    t = s.wording(lang)
    parts = [
        _bridge(s, part, lang) if isinstance(part, Bridge) else _recommendation(s, part)
        for part in one.content
    ]
    entries = [entry(s, part) for part in one.content if isinstance(part, Recommendation)]
    kicker = t("chapter", n=one.number)
    return {
        "anchor": f"c:{one.id}",
        "number": one.number,
        "kicker": kicker if one.track in (None, one.title) else f"{kicker} · {one.track}",
        "title": tidy(one.title, lang),
        "lang": lang,
        "gloss": s.gloss(one),
        "notice": s.notice_of(one),
        "editors": t("by_editors") if one.intro else "",
        "intro": [*s.blocks(one.intro, lang), *_intro_beside(s, one)],
        "nothing": "" if entries else t("chapter_empty"),
        "entries": entries,
        "parts": parts,
    }


def _intro_beside(s: Setting, one: Chapter) -> list[Printed]:
    """Set the introduction in the other language of a bilingual edition."""
    known = (x for x in one.translations if x.lang == s.beside)
    return [block for x in known for block in s.blocks(x.intro, x.lang)]


def entry(s: Setting, one: Recommendation) -> Printed:
    """Put a recommendation into a line of a list: enough to decide whether to turn to it."""
    entry = {**s.reference(one), "gloss": s.gloss(one)}
    voiced = s.voiced(one)
    names = (tidy(a.name, a.lang or voiced.lang) for a in voiced.addressees)
    entry["addressees"] = "; ".join(names)
    if not one.support.ballots:
        return {**entry, "share": None, "words": s.t("not_voted")}
    share = share_of(one)
    words = s.t("in_favour_share", percent=percent(share))
    return {**entry, "share": round(share, 3), "words": words}


def share_of(one: Recommendation) -> float:
    """Give the share in favour in the last ballot: the one that decided."""
    ballot = one.support.ballots[-1]
    return min(1.0, ballot.in_favour / max(1, ballot.voters))


def _bridge(s: Setting, bridge: Bridge, lang: str) -> Printed:
    lang = bridge.lang or lang
    editors = s.wording(lang)("by_editors")
    blocks = s.blocks(bridge.blocks, lang)
    return {"type": "bridge", "lang": lang, "editors": editors, "blocks": blocks}


def _recommendation(s: Setting, one: Recommendation) -> Printed:
    lang, t = one.lang, s.wording(one.lang)
    s.here = one.number
    marks = s.marks(one)
    sides, voiced = s.sides(one), s.voiced(one)
    beside = columns(s, s.originals[one.id], sides) if sides else None
    sections = [
        {"heading": tidy(x.heading, lang), "blocks": s.blocks(x.blocks, lang, marks)}
        for x in (() if beside else one.sections)
    ]
    steps = () if beside else one.steps
    s.here = None
    rooms = "; ".join(tidy(room, lang) for room in one.support.rooms)
    put_forward = t("put_forward", rooms=rooms) if rooms else ""
    return {
        "type": "recommendation",
        **s.reference(one),
        "gloss": s.gloss(one),
        "notice": s.notice(one),
        "words": {name: WORDS[name][t.key] for name in LABELS},
        "addressees": [
            {
                "name": tidy(a.name, a.lang or voiced.lang),
                "lang": a.lang or voiced.lang,
                "level": t(f"level_{a.level}"),
            }
            for a in voiced.addressees
        ],
        "columns": beside,
        "sections": sections,
        "steps": [_step(step, n, t, marks) for n, step in enumerate(steps, 1)],
        "put_forward": " · ".join(
            filter(None, (put_forward, _raised_in(s, one, t), _raised_elsewhere(one, t)))
        ),
        "ballots": [ballot_of(s, ballot, t) for ballot in one.support.ballots],
        "reservations": [reservation(s, x, lang, t) for x in one.reservations],
        "plenary": _plenary(s, one.plenary, lang, t) if one.plenary else None,
        "sources": [source_of(s, x, one) for x in one.sources],
        "revision": t(
            "revision", id=one.id, number=one.revision.number, hash=one.revision.hash[SHORT_HASH]
        ),
    }


def _raised_in(s: Setting, one: Recommendation, t: Wording) -> str:
    """Name the places where it was raised, where the forum met in several."""
    everywhere = [meeting.city for meeting in s.document.forum.meetings]
    cities = [tidy(city, t.lang) for city in dict.fromkeys(everywhere) if city in one.cities]
    return t("raised_in", cities=", ".join(cities)) if cities and len(set(everywhere)) > 1 else ""


def _raised_elsewhere(one: Recommendation, t: Wording) -> str:
    """Name the forums in whose sealed documents it stood before, and the places there."""
    forums: dict[str, dict[str, None]] = {}
    for brought in (source.imported for source in one.sources):
        if brought and brought.version:
            forums.setdefault(brought.name, {}).update(dict.fromkeys(brought.cities))
    places = (
        f"{forum} ({', '.join(cities)})" if cities else forum for forum, cities in forums.items()
    )
    named = "; ".join(tidy(place, t.lang) for place in places)
    return t("raised_elsewhere", places=named) if named else ""


def _step(step: Step, n: int, t: Wording, marks: Marks) -> Printed:
    lang = step.lang or t.lang
    partners = ", ".join(tidy(one, lang) for one in step.partners)
    return {
        "number": n,
        "lang": lang,
        "name": t("step", n=n),
        "what": tidy(step.what, lang),
        "who": tidy(step.who or "", lang),
        "partners": t("partners", names=partners) if partners else "",
        "by": t.day(step.by) if step.by else "",
        "by_short": t.short_day(step.by) if step.by else "",
        "cost": tidy(step.cost or "", lang),
        "indicator": tidy(step.indicator or "", lang),
        "marks": marks.get(step.id, []) if step.id else [],
    }


# -- votes ---------------------------------------------------------------------------------


def _plenary(s: Setting, one: Plenary, lang: str, t: Wording) -> Printed:
    """Set what the plenary decided: beside what the rooms did, and never added to it."""
    key = f"plenary_{'whole_' if one.whole else ''}{one.outcome}"
    votes = {"n": one.ballot.in_favour, "voters": one.ballot.voters} if one.ballot else {}
    more = [t("plenary_amended", n=one.amended)] if one.amended else []
    more.append(t("plenary_wording", hash=one.hash[SHORT_HASH]))
    return {
        "words": t(key, **votes),
        "passed": {"adopted": True, "rejected": False}.get(one.outcome),
        "ballots": [ballot_of(s, one.ballot, t)] if one.ballot else [],
        "changed": t("plenary_changed") if one.changed else "",
        "more": " ".join(more),
        "reservations": [reservation(s, x, lang, t) for x in one.reservations],
    }


def ballot_of(s: Setting, ballot: Ballot, t: Wording) -> Printed:
    """Set one vote: the verdict, the answers, and what may be told of each sector."""
    voters = max(1, ballot.voters)
    share = min(1.0, ballot.in_favour / voters)
    totals = [
        {
            "option": one.option,
            "votes": one.votes,
            "text": f"{one.votes} {_answer(s, one, t)}",
            "share": round(min(1.0, one.votes / voters), 3),
        }
        for one in ballot.totals
    ]
    return {
        "where": t("ballot", room=tidy(ballot.room, t.lang), date=t.day(ballot.on)),
        "verdict": t("passed" if ballot.passed else "not_passed"),
        "passed": ballot.passed,
        "share": round(share, 3),
        "words": t("in_favour_share", percent=percent(share)),
        "voters": t("voters", n=ballot.voters),
        "totals": totals,
        "rule": t.pick(ballot.rule, s.main) if ballot.rule else None,
        "conclusion": _conclusion(ballot),
        "sectors": _sectors(s, ballot, t),
    }


def _conclusion(ballot: Ballot) -> Printed | None:
    said = ballot.conclusion
    return {"text": tidy(said.text, said.lang), "lang": said.lang} if said else None


def _answer(s: Setting, total: Total, t: Wording) -> str:
    """Name an answer, by its own label where it has one."""
    return str(t.pick(total.label, s.main)["text"]) if total.label else t(total.option)


def _sectors(s: Setting, ballot: Ballot, t: Wording) -> list[Printed]:
    """Set what may be told of each sector; those of which nothing may be told share one line."""
    rows: list[Printed] = []
    names: list[Printed] = []
    for row in ballot.sectors:
        if isinstance(row.cell, FewerThan):
            names.append(s.sector(row, t))
        else:
            rows.append({"name": s.sector(row, t), **_cell(row.cell, t)})
    nothing = {"low": None, "high": None}
    return [*rows, *({**row, **nothing} for row in hidden_row(names, t, s.k))]


def hidden_row(names: list[Printed], t: Wording, k: int) -> list[Printed]:
    """Put all sectors too small to be told apart on one line; no line when there are none."""
    if not names:
        return []
    words = t("cell_hidden" if len(names) == 1 else "cell_hidden_each", k=k)
    name = {"text": ", ".join(name["text"] for name in names), "lang": names[0]["lang"]}
    return [{"name": name, "words": words}]


def _cell(cell: ExactCell | AtLeastCell | BelowCell | KeptBackCell, t: Wording) -> Printed:
    """Find the words for one sector, and its bar: what is certain and what may be."""
    match cell:
        case ExactCell(voters=n, in_favour=k):
            return {"words": t("cell_exact", n=k, voters=n), **_bar(k, k, n)}
        case AtLeastCell(voters=n, in_favour_at_least=k):
            return {"words": t("cell_at_least", n=k, voters=n), **_bar(k, n, n)}
        case BelowCell(voters=n, in_favour_below=k):
            return {"words": t("cell_below", k=k, voters=n), **_bar(0, k - 1, n)}
        case KeptBackCell(voters=n):
            return {"words": t("cell_kept_back", voters=n), **_bar(0, n, n)}


def _bar(low: int, high: int, whole: int) -> Printed:
    whole = max(1, whole)
    return {"low": round(min(1, low / whole), 3), "high": round(min(1, high / whole), 3)}


def reservation(s: Setting, one: Reservation, lang: str, t: Wording) -> Printed:
    """Set what somebody does not agree with, and for whom they speak."""
    lang = one.lang or lang
    who = [t.pick(s.sectors[one.sector], s.main)["text"]] if one.sector else []
    who += [tidy(one.room, t.lang)] if one.room else []
    return {"text": tidy(one.text, lang), "lang": lang, "who": ", ".join(who)}


# -- sources -------------------------------------------------------------------------------


def source_of(s: Setting, source: Source, one: Recommendation) -> Printed:
    """Set a source: its line under the recommendation, and the cells of its row in the annex."""
    lang, t = one.lang, s.wording(one.lang)
    meeting = s.meetings[source.meeting]
    named = filter(None, (source.city, source.track, source.room))
    where = ", ".join(tidy(name, lang) for name in named)
    trail = "; ".join([*_ideas(source, t), *_decided(source, t)]) or "–"
    return {
        "letter": source.id,
        "anchor": anchor_of(one.id, source.id),
        "text": f"{where}, {t.day(meeting.on)} ({t('kind_' + source.kind)}). {trail}.",
        "where": where,
        "when": s.t.day(meeting.on),
        "kind": s.t("kind_" + source.kind),
        "ideas": [
            {
                "id": " · ".join(filter(None, (i.id, _via(i, s.t)))),
                "text": tidy(i.text or "", i.lang or lang),
                "lang": i.lang or lang,
            }
            for i in source.ideas
        ],
        "more": _more(source, s.t),
        "title": _draft_title(source.draft, lang),
        "decided": _decided(source, s.t),
        "enters": _places(source.id, s.voiced(one), t),
        "lang": lang,
    }


def _via(idea: SourceIdea, t: Wording) -> str:
    """Say how an idea came in that somebody else wrote down."""
    if idea.via is None:
        return ""
    return t("via_slip_n", n=idea.slip) if idea.slip else t(f"via_{idea.via}")


def _ideas(source: Source, t: Wording) -> list[str]:
    """Name the ideas when they are few, and count them when they are many."""
    count = max(source.idea_count or 0, len(source.ideas))
    if not count:
        return []
    names = ", ".join(i.id for i in source.ideas)
    if len(source.ideas) > IDEAS_NAMED or not names:
        return [t("ideas_n", n=count)]
    if count == len(source.ideas):
        return [t("ideas_named", names=names)]
    return [f"{t('ideas_n', n=count)} ({names})"]


def _more(source: Source, t: Wording) -> str:
    """Say how many ideas there are besides those that are listed."""
    count = (source.idea_count or 0) - len(source.ideas)
    if count <= 0:
        return ""
    return t("ideas_more" if source.ideas else "ideas_n", n=count)


def _decided(source: Source, t: Wording) -> list[str]:
    """Put the room's draft and its ballots into words."""
    return [*_imported(source.imported, t), *_draft(source.draft, t)] + [
        t("room_ballot", id=vote.id, n=vote.in_favour, voters=vote.voters)
        for vote in source.ballots
    ]


def _imported(one: SourceImport | None, t: Wording) -> list[str]:
    """Say where starting material stood before, and what was decided on it there."""
    if one is None:
        return []
    named = {"of": tidy(one.name, ""), "n": one.number}
    if one.version is None:
        return [t("imported_file", **named)]
    said = t("imported_sealed", **named, version=one.version)
    return [said, *([t(f"imported_{one.standing}")] if one.standing else [])]


def _draft(draft: SourceDraft | None, t: Wording) -> list[str]:
    if draft is None:
        return []
    named = {"id": draft.id, "revision": draft.revision}
    if draft.hash:
        return [t("draft_adopted", **named, hash=draft.hash[SHORT_HASH])]
    return [t("draft_revision", **named)]


def _draft_title(draft: SourceDraft | None, lang: str) -> Printed | None:
    if not draft or not draft.title:
        return None
    lang = draft.lang or lang
    return {"text": tidy(draft.title, lang), "lang": lang}


def _places(letter: str, one: Recommendation, t: Wording) -> str:
    """Say where the passages of a source stand: headings and steps instead of identifiers."""
    headings = {b.id: tidy(x.heading, t.lang) for x in one.sections for b in x.blocks}
    steps = {step.id: str(n) for n, step in enumerate(one.steps, 1)}
    spots = [span.block for x in one.sources if x.id == letter for span in x.spans]
    found = list(dict.fromkeys(headings[spot] for spot in spots if spot in headings))
    numbers = ", ".join(dict.fromkeys(steps[spot] for spot in spots if spot in steps))
    found += [t("step_n", n=numbers)] if numbers else []
    return "; ".join(found) or t("enters_none")
