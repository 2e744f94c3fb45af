"""The document as it will be printed: the model with every word, number and reference in place.

The writers only set what they find here, so they cannot disagree. Nothing is marked up: texts stay
texts, structure stays lists and dicts, so that any writer, also one that is no Python, can read it.
"""

from exports.annexes import annexes, imprint, notes, organisations, stated
from exports.both import paired
from exports.chapters import ballot_of, chapter, entry, hidden_row, reservation, share_of
from exports.document import Bridge, Document, Recommendation
from exports.languages import as_written
from exports.richtext import Blocks
from exports.setting import Printed, Setting
from exports.wording import Wording, tidy

LEVELS = (
    "national", "region", "county", "city", "university", "employer", "european", "institution",
)  # fmt: skip
PATH = ("ideas", "themes", "drafts", "recommendations")
#: The overview of support is a page, not an annex.
OVERVIEW_LIMIT = 40
#: So much of the hash stands at the foot of every page.
HASH_START = slice(7, 19)


def edition(document: Document) -> Printed:
    """Put a document into the words of its language, or of its two."""
    printed = _edition(Setting(document))
    if document.beside is None:
        return printed
    again = _edition(Setting(document, document.beside))
    langs = (Wording(document.lang).key, Wording(document.beside).key)
    return dict(paired(printed, again, langs))


def _edition(s: Setting) -> Printed:
    """Set a document; the order of the calls is that of printing: evidence is numbered as met."""
    document, forum = s.document, s.document.forum
    return {
        "lang": s.main,
        "title": tidy(forum.title, s.main),
        "subtitle": tidy(forum.subtitle, s.main),
        "author": ", ".join(tidy(one.name, s.main) for one in forum.organisers),
        "running": s.t("edition", version=document.edition.version),
        "date": document.edition.sealed or forum.ends,
        "hash": (document.edition.hash or "")[HASH_START],
        "final": document.edition.status == "final",
        "begun": bool(s.recommendations),
        "notice": _notice(s),
        "words": s.t.all(),
        "cover": _cover(s),
        "how": _how(s),
        "summary": _summary(s),
        "index": _index(s),
        "method": _method(s),
        "chapters": [chapter(s, one) for one in s.document.chapters],
        "notes": notes(s),
        "organisations": organisations(s),
        "annexes": annexes(s),
        "imprint": imprint(s),
    }


def _notice(s: Setting) -> str | None:
    if s.document.sample:
        return s.t("sample")
    return s.t("draft") if s.document.edition.status == "draft" else None


def _cover(s: Setting) -> Printed:
    forum = s.document.forum
    cities = dict.fromkeys(tidy(meeting.city, s.main) for meeting in forum.meetings)
    bars = [
        [
            {"share": round(share_of(one), 3), "reserved": bool(one.reservations)}
            for one in chapter.content
            if isinstance(one, Recommendation) and one.support.ballots
        ]
        for chapter in s.document.chapters
    ]
    return {
        "kicker": s.t("final" if s.document.edition.status == "final" else "not_final"),
        "where": " · ".join(cities),
        "when": s.t.period(forum.starts, forum.ends),
        "by": " · ".join(tidy(one.name, one.lang or s.main) for one in forum.organisers),
        "edition": _stated(s),
        "bars": bars,
        "bars_text": _bars_text(s, [bar for chapter in bars for bar in chapter]),
    }


def _stated(s: Setting) -> str:
    """Say which edition it is, and in which two languages."""
    if s.beside is None:
        return stated(s)
    names = ", ".join(s.t.language(lang) for lang in (s.main, s.beside))
    return f"{stated(s)} · {s.t('bilingual', languages=names)}"


def _bars_text(s: Setting, bars: list[Printed]) -> str:
    """Explain the picture on the cover, as far as there is one."""
    sentences = [s.t("cover_bars")] if bars else []
    sentences += [s.t("cover_reserved")] if any(bar["reserved"] for bar in bars) else []
    return " ".join(sentences)


def _how(s: Setting) -> list[Printed]:
    """Explain how to read; where there is nothing to read yet, there is nothing to explain."""
    if not s.recommendations:
        return []
    # {index} stays: each writer puts its own kind of link there.
    values = {"k": s.k, "index": "{index}"}
    return [
        {
            "name": name,
            "term": s.t(f"how_{name}"),
            "text": " ".join(s.t(f"how_{sentence}", **values) for sentence in sentences),
            # Whether a bar that leaves something open is shown beside it.
            "example": "support_sectors" in sentences,
        }
        for name, sentences in _explained(s).items()
        if sentences
    ]


def _explained(s: Setting) -> dict[str, list[str]]:
    """Choose the sentences for every thing that a reader will meet, in printing order."""
    every = s.recommendations
    ballots = [ballot for one in every for ballot in one.support.ballots]
    sectors = any(ballot.sectors for ballot in ballots)
    editors = any(
        chapter.intro or any(isinstance(one, Bridge) and one.blocks for one in chapter.content)
        for chapter in s.document.chapters
    )
    translated = any(map(s.gloss, every)) or any(map(s.gloss, s.document.chapters))
    languages = translated or len({one.lang for one in every}) > 1
    happens = {
        "number": {"number_text": True},
        "addressee": {"addressee_text": any(one.addressees for one in every)},
        "letters": {"letters_text": any(one.sources for one in every)},
        "support": {"support_sectors": sectors, "support_text": bool(ballots) and not sectors},
        "reservation": {"reservation_text": any(one.reservations for one in every)},
        "plenary": {"plenary_text": any(one.plenary for one in every)},
        "editors": {"editors_text": editors},
        "languages": {"languages_text": languages, "languages_titles": translated},
    }
    return {
        name: [sentence for sentence, met in sentences.items() if met]
        for name, sentences in happens.items()
    }


def _summary(s: Setting) -> Printed:
    by_id = {one.id: one for one in s.recommendations}
    return {
        "blocks": _untranslated(s, s.document.summary.blocks),
        "nothing": "" if by_id else s.t("nothing_yet"),
        "top": [entry(s, by_id[one]) for one in s.document.summary.highlights],
    }


def _untranslated(s: Setting, blocks: Blocks) -> list[Printed]:
    """Set what people wrote in the main language alone, and say so to who reads the other."""
    return s.blocks(as_written(blocks, s.main, s.beside or s.main), s.main)


def _index(s: Setting) -> list[Printed]:
    """Say who is asked to do what: by level, then in the order of first mention."""
    groups: dict[str, dict[str, Printed]] = {}
    gloss = s.gloss if s.beside is None else lambda _: None  # it stands for the title there
    for one in s.recommendations:
        voiced = s.voiced(one)
        for addressee, asked in zip(one.addressees, voiced.addressees, strict=True):
            lang = asked.lang or voiced.lang
            new = {"name": tidy(asked.name, lang), "lang": lang, "recommendations": []}
            name = tidy(addressee.name, addressee.lang or one.lang)
            item = groups.setdefault(addressee.level, {}).setdefault(name, new)
            item["recommendations"].append({**s.reference(one), "gloss": gloss(one)})
    return [
        {"level": s.t(f"level_{level}"), "items": list(groups[level].values())}
        for level in LEVELS
        if level in groups
    ]


def _method(s: Setting) -> Printed:
    method = s.document.method
    figures: dict[str, int] = {str(name): n for name, n in method.figures.items()}
    figures["recommendations"] = len(s.recommendations)
    voted = [one for one in s.recommendations if one.support.ballots]
    more = s.t("overview_more", n=OVERVIEW_LIMIT) if len(voted) > OVERVIEW_LIMIT else None
    return {
        "blocks": _untranslated(s, method.blocks),
        "figures": [{"label": s.t(f"fig_{name}"), "value": n} for name, n in figures.items()],
        "path": [
            {"label": s.t(f"fig_{name}"), "value": figures[name]}
            for name in PATH
            if name in figures
        ],
        **_participants(s, figures.get("participants")),
        "overview": [entry(s, one) for one in voted[:OVERVIEW_LIMIT]],
        "overview_more": more,
        "whole": [ballot_of(s, ballot, s.t) for ballot in method.whole],
        "reservations": [reservation(s, one, s.main, s.t) for one in method.reservations],
        "meetings": [
            {
                "city": tidy(one.city, s.main),
                "on": s.t.day(one.on),
                "place": tidy(one.place or "", s.main),
            }
            for one in s.document.forum.meetings
        ],
    }


def _participants(s: Setting, total: int | None) -> Printed:
    """Count people by sector; sectors too small to be told share one line at the end."""
    rows, hidden = [], []
    for row in s.document.method.participants:
        name, count = s.sector(row, s.t), getattr(row.cell, "count", None)
        if count is None:
            hidden.append(name)
        else:
            rows.append({"name": name, "words": str(count), "count": count})
    rows += [{**row, "count": None} for row in hidden_row(hidden, s.t, s.k)]
    return {
        "participants": rows,
        "participants_caption": s.t("participants_of", n=total or "–") if rows else "",
        "small_cells": s.t("small_cells", k=s.k) if rows else "",
    }
