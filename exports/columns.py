"""A recommendation in two languages, side by side: a row for each section and each step."""

from collections.abc import Sequence
from itertools import zip_longest

from exports.document import Recommendation, Section, Step, Translation
from exports.languages import Part, notice, said_of, step_in, text_in
from exports.setting import Marks, Printed, Setting
from exports.wording import Wording, tidy

Side = Recommendation | Translation | None


def columns(s: Setting, one: Recommendation, langs: tuple[str, str]) -> Printed:
    """Set the texts of a recommendation in both languages; what one of them lacks is said there.

    Gives {"heads": [{text, lang}, …], "rows": [[cell, cell], …]}; a cell is {lang, blocks}. So who
    writes a file needs to know of nothing but blocks in two columns.
    """
    marks, sides = s.marks(one), [text_in(one, lang) for lang in langs]
    heads = [{"text": Wording(lang).language(lang), "lang": lang} for lang in langs]
    told = [
        notice(one, lang) if side else Wording(lang)("not_translated")
        for side, lang in zip(sides, langs, strict=True)
    ]
    rows = [
        [
            _line(words, Wording(lang).key, "emphasis")
            for words, lang in zip(told, langs, strict=True)
        ],
        *(
            [_section(s, x, lang, marks) for x, lang in zip(row, langs, strict=True)]
            for row in _aligned(one.sections, [side.sections if side else () for side in sides])
        ),
        *(
            [_step(x, n, lang, marks) for x, lang in zip(row, langs, strict=True)]
            for n, row in enumerate(_steps(one, sides), 1)
        ),
    ]
    cells = [
        [
            {"lang": lang, "blocks": cell if side or not n else []}
            for cell, lang, side in zip(row, langs, sides, strict=True)
        ]
        for n, row in enumerate(rows)
    ]
    return {"heads": heads, "rows": cells if any(told) else cells[1:]}


def _aligned(original: Sequence[Part], sides: Sequence[Sequence[Part]]) -> list[list[Part | None]]:
    """Put the parts of both languages beside each other, in the order of the original."""
    rows: list[list[Part | None]] = [
        [part if part in side else said_of(side, part.id) for side in sides] for part in original
    ]
    here = {part.id for part in original if part.id}
    more: list[list[Part]] = [
        [x for x in side if x not in original and x.of not in here] for side in sides
    ]
    rows.extend(list(row) for row in zip_longest(*more))
    return rows


def _steps(one: Recommendation, sides: Sequence[Side]) -> list[list[Step | None]]:
    """The same of steps; who does what by when is the original's where it was left out."""
    rows = _aligned(one.steps, [side.steps if side else () for side in sides])
    for row, step in zip(rows, one.steps, strict=False):
        row[:] = [x if x is None or x is step else step_in(step, one.lang, x) for x in row]
    return rows


def _section(s: Setting, section: Section | None, lang: str, marks: Marks) -> list[Printed]:
    if section is None:
        return _missing(lang)
    heading = _line(tidy(section.heading, lang), lang, "strong")
    return [*heading, *s.blocks(section.blocks, lang, marks)]


def _step(step: Step | None, n: int, lang: str, marks: Marks) -> list[Printed]:
    t = Wording(lang)
    name = _line(t("step", n=n), lang, "strong")
    if step is None:
        return [*name, *_missing(lang)]
    partners = ", ".join(step.partners)
    said = (
        (t("who"), ", ".join(filter(None, (step.who, partners)))),
        (t("by"), t.day(step.by) if step.by else ""),
        (t("cost"), step.cost),
        (t("indicator"), step.indicator),
    )
    rest = "; ".join(f"{label}: {tidy(words, lang)}" for label, words in said if words)
    what = _line(tidy(step.what, lang), lang, None)
    what[0]["marks"] = marks.get(step.id, []) if step.id else []
    return [*name, *what, *_line(rest, lang, None)]


def _missing(lang: str) -> list[Printed]:
    t = Wording(lang)
    return _line(t("not_translated"), t.key, "emphasis")


def _line(words: str, lang: str, kind: str | None) -> list[Printed]:
    """A paragraph of our own, plain or strong or with emphasis; none without words."""
    if not words:
        return []
    text: Printed = {"type": "text", "text": words}
    inside = {"type": kind, "content": [text]} if kind else text
    return [{"type": "paragraph", "lang": lang, "content": [inside], "marks": []}]
