"""Recommendations in another language: translations where there are some, else the original.

Of all that prints, only this knows about translation: it gives what is to be printed, with its
languages and with the sentences that say what was not translated.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from exports.document import Document, Recommendation, Section, Source, Span, Step, Translation
from exports.richtext import Block, Blocks, Emphasis, Paragraph, Text
from exports.wording import Wording

Part = TypeVar("Part", Section, Step)
#: What a step says besides what is to be done; the original's words stand where they are missing.
REST = ("who", "partners", "by", "cost", "indicator")


def text_in(one: Recommendation, lang: str) -> Recommendation | Translation | None:
    """Give the title, sections and steps in a language; None where they are not in it."""
    if one.lang == lang:
        return one
    known = (x for x in one.translations if x.lang == lang and x.state is not None)
    return next(known, None)


def notice(one: Recommendation, lang: str) -> str:
    """Say, in a language, where its text comes from; nothing of the original itself."""
    t, found = Wording(lang), text_in(one, lang)
    if found is one:
        return ""
    original = t.language(one.lang)
    if not isinstance(found, Translation):
        return t("not_translated_shown", language=original)
    if found.behind:
        return t("translation_behind", language=original)
    if found.state == "checked" and found.checked:
        return t("translation_checked", language=original, day=t.day(found.checked))
    return t("translation_draft", language=original)


def in_language(one: Recommendation, lang: str) -> Recommendation:
    """Give a recommendation as it is printed in a language.

    What was not translated stands in the original, and says so. Passages of sources are known of
    the original; in a translation they are those of the whole section or step.
    """
    found = text_in(one, lang)
    if not isinstance(found, Translation):
        return one
    sections, steps = _sections(one, found), _steps(one, found)
    return replace(
        one,
        lang=lang,
        title=found.title,
        addressees=tuple(
            replace(asked, name=name, lang=lang)
            if name
            else replace(asked, lang=asked.lang or one.lang)
            for asked, name in zip(one.addressees, _names(one, found), strict=True)
        ),
        sections=sections,
        steps=steps,
        reservations=tuple(replace(x, lang=x.lang or one.lang) for x in one.reservations),
        sources=_moved(one, sections, steps),
    )


def complete(document: Document, lang: str) -> bool:
    """Say whether every text is in a language: written in it, or translated, and all checked."""
    found = [text_in(one, lang) for one in document.recommendations]
    return all(
        x is not None
        and (not isinstance(x, Translation) or (x.state == "checked" and not x.behind))
        for x in found
    )


def said_of(parts: Iterable[Part], name: str | None) -> Part | None:
    """Find what says a part of the original in another language."""
    return next((part for part in parts if name is not None and part.of == name), None)


def step_in(step: Step, lang: str, found: Step | None) -> Step:
    """Give a step as it was translated; what stands in the original alone stays as it is."""
    if found is None:
        return replace(step, lang=lang)
    return replace(found, **{name: getattr(found, name) or getattr(step, name) for name in REST})


def _names(one: Recommendation, found: Translation) -> tuple[str, ...]:
    """Give the names of the addressees, empty ones where they are not all translated."""
    whole = len(found.addressees) == len(one.addressees)
    return found.addressees if whole else ("",) * len(one.addressees)


def _sections(one: Recommendation, found: Translation) -> tuple[Section, ...]:
    here = {section.id for section in one.sections if section.id}
    more = tuple(section for section in found.sections if section.of not in here)
    return (*(_section(one, section, found) for section in one.sections), *more)


def _section(one: Recommendation, section: Section, found: Translation) -> Section:
    """Give a section in the language of a translation, else the original's under a notice."""
    if known := said_of(found.sections, section.id):
        return known
    return replace(section, blocks=as_written(section.blocks, one.lang, found.lang))


def as_written(blocks: Blocks, original: str, lang: str) -> Blocks:
    """Give blocks in the language they were written in, with a notice in the one of the reader."""
    if not blocks or original == lang:
        return blocks
    t = Wording(lang)
    words = Text(t("not_translated_shown", language=t.language(original)))
    mark: Block = Paragraph((Emphasis((words,)),), lang=t.key)
    return (mark, *(replace(block, lang=block.lang or original) for block in blocks))


def _steps(one: Recommendation, found: Translation) -> tuple[Step, ...]:
    here = {step.id for step in one.steps if step.id}
    more = tuple(step for step in found.steps if step.of not in here)
    known = (step_in(step, one.lang, said_of(found.steps, step.id)) for step in one.steps)
    return (*known, *more)


def _moved(
    one: Recommendation, sections: tuple[Section, ...], steps: tuple[Step, ...]
) -> tuple[Source, ...]:
    """Give the sources with their passages in the translated sections and steps."""
    there: dict[str, str] = {}
    for old, new in zip(one.sections, sections, strict=False):
        last = next((block.id for block in reversed(new.blocks) if block.id), None)
        for block in old.blocks:
            if block.id and last:
                there[block.id] = block.id if new.of is None else last
    for step, other in zip(one.steps, steps, strict=False):
        if step.id and other.id:
            there[step.id] = other.id
    return tuple(replace(source, spans=_spans(source, there)) for source in one.sources)


def _spans(source: Source, there: dict[str, str]) -> tuple[Span, ...]:
    blocks = dict.fromkeys(there[span.block] for span in source.spans if span.block in there)
    return tuple(Span(block=block) for block in blocks)
