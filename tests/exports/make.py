"""Documents to test with: the sample, small ones, random ones, hostile ones."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from itertools import cycle
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Literal, Union, get_args, get_origin

from hypothesis import strategies as st

from exports.document import (
    Annexes,
    Document,
    Edition,
    Plenary,
    Reservation,
    Section,
    Step,
    Summary,
    Support,
    Translation,
    from_json,
    seal,
)
from exports.richtext import Blocks, Break, Inlines, Note, Paragraph, Text
from exports.shapes import Day, Least, Many, Shape, rules_of

DATA = Path(__file__).parents[1] / "data"

#: Markup, scripts and characters that broke somebody's export before.
HOSTILE = (
    '<script>alert(1)</script> <img src=x onerror=alert(1)> "><svg/onload=alert(1)>',
    "</style></title><iframe src=javascript:alert(1)> {{ 7 * 7 }} {% raw %} ${7*7}",
    '#panic("x") #import "a.typ": * *b* $x$ @ref <label> // /* `raw` \\ ]] [a](javascript:x)',
    "</w:t></w:r> &amp; &lt; &#60; <text:p/> <!-- --> <![CDATA[ ]]> <?xml?> %s {0} {index} {page}",
    "\x00\x01\x07\x08\x0b\x0c\x1b[31m\x7f\x85\ufffe\uffff nul and friends",
    "\u202egnp.exe\u202c \u2066isolated\u2069 \u200bzero \ufeffwidth \u200fmark",
    "emoji 👍🏽 👩‍👩‍👧 🇺🇦, ქართული, العربية, עברית, 日本語, a\u0301, → ≥ ≠",
    "=1+1 +1 -1 @x | a | b | ~~x~~ ***x*** __y__ ![i](http://x/y.png) http://x <a@b.c>",
    "two\nlines\r\nthree\ttabs\u2028four " + "long" * 60,
)


def sample():
    """The sample document: 12 recommendations in four languages, all invented."""
    return from_json(json.loads((DATA / "document.json").read_text("utf-8")))


def empty():
    """A forum that has only begun."""
    whole = sample()
    method = replace(whole.method, participants=(), figures={"meetings": 1})
    return replace(
        whole,
        sample=False,
        edition=Edition(version="0.1", status="draft"),
        chapters=(),
        summary=Summary(blocks=(), highlights=()),
        method=method,
        notes=(),
        organisations=(),
        annexes=Annexes(),
    )


def decided():
    """The sample after plenaries: one text adopted, one not, one changed since, one with the whole."""
    whole = sample()
    ballot = next(x.support.ballots[0] for x in whole.recommendations if x.support.ballots)
    hash_ = "sha256:" + "ab" * 32
    said = Reservation(text="A year is too short to see anything.", lang="en")
    told = [
        {"outcome": "adopted", "ballot": ballot, "amended": 2, "reservations": (said,)},
        {"outcome": "rejected", "ballot": replace(ballot, passed=False)},
        {"outcome": "adopted", "ballot": ballot, "changed": True},
        {"outcome": "adopted", "whole": "v-whole"},
        {"outcome": "withdrawn"},
        {"outcome": "open"},
    ]
    left = iter(told)

    def put(part):
        how = next(left, None) if part.type == "recommendation" else None
        return replace(part, plenary=Plenary(room="Plenary", hash=hash_, **how)) if how else part

    chapters = tuple(replace(one, content=tuple(map(put, one.content))) for one in whole.chapters)
    vote = replace(ballot, id="v-whole")
    method = replace(whole.method, whole=(vote,), reservations=(said,))
    return replace(whole, chapters=chapters, method=method)


def single():
    """A draft with one recommendation that nobody voted on, and a chapter with none."""
    whole = sample()
    first, second, *_ = whole.chapters
    one = next(part for part in first.content if part.type == "recommendation")
    bare = replace(
        one, sources=(), steps=(), reservations=(), support=Support(rooms=(), ballots=())
    )
    chapters = (replace(first, content=(bare,)), replace(second, content=()))
    return replace(empty(), chapters=chapters, notes=whole.notes)


def working():
    """A working draft: two recommendations in two languages, and nothing around them yet."""
    whole = sample()
    first, second, *_ = whole.chapters
    one = next(part for part in first.content if part.type == "recommendation")
    voted = replace(one.support.ballots[0], sectors=(), rule=None)
    one = replace(
        one, reservations=(), translations=(), support=Support(rooms=(), ballots=(voted,))
    )
    other = replace(one, id="r-other", number=2, lang="uk", title="Рекомендація", sources=())
    other = replace(other, support=Support(rooms=(), ballots=()))
    chapters = (
        replace(first, content=(one,), intro=()),
        replace(second, content=(other,), intro=(), lang=None, translations=()),
    )
    return replace(empty(), chapters=chapters, notes=whole.notes)


def mentioned_twice():
    """A document that cites one piece of evidence two times."""
    note = sample().notes[0]
    words = Paragraph((Note(note.id), Text(" "), Note(note.id)))
    return replace(empty(), notes=(note,), summary=Summary(blocks=(words,), highlights=()))


def crowded():
    """More recommendations than an overview shows, each with nothing but its title."""
    whole = sample()
    one = whole.recommendations[0]
    bare = replace(
        one, addressees=(), sections=(), steps=(), sources=(), reservations=(), translations=()
    )
    ballot = replace(one.support.ballots[0], sectors=(), rule=None)
    bare = replace(bare, support=Support(rooms=(), ballots=(ballot,)))
    many = tuple(replace(bare, id=f"r{n}", number=n) for n in range(1, 45))
    chapter = replace(whole.chapters[0], content=many, intro=(), track=None)
    return replace(empty(), chapters=(chapter,))


def translated(lang="uk", **state):
    """The sample with every recommendation translated: each word says its language."""
    whole = sample()

    def change(part):
        if part.type != "recommendation" or part.lang == lang:
            return part
        return replace(part, **in_both(part, lang, **({"state": "draft"} | state)))

    chapters = tuple(replace(x, content=tuple(map(change, x.content))) for x in whole.chapters)
    return replace(whole, chapters=chapters, sample=False)


def in_ukrainian():
    """The sample in another language than its own: translated and checked, but for one text."""
    whole = replace(translated("uk", state="checked", checked="2027-05-12"), lang="uk")
    first, *others = whole.chapters
    one, *rest = first.content
    return replace(
        whole, chapters=(replace(first, content=(replace(one, translations=()), *rest)), *others)
    )


def both():
    """The same beside the original, in two columns."""
    return replace(in_ukrainian(), lang="pl", beside="uk")


def in_both(one, lang, **state):
    """The parts of a recommendation with names, and a translation of them all into a language."""
    sections = tuple(replace(x, id=f"{one.id}.s{n}") for n, x in enumerate(one.sections, 1))
    steps = tuple(replace(x, id=x.id or f"{one.id}.p{n}") for n, x in enumerate(one.steps, 1))
    known = Translation(
        lang=lang,
        title=f"[{lang}] {one.title}",
        by="editors",
        sections=tuple(
            Section(
                id=f"{x.id}.{lang}",
                of=x.id,
                heading=f"[{lang}] {x.heading}",
                blocks=(Paragraph((Text(f"[{lang}] {n}. {one.id}"),), id=f"{x.id}.{lang}.b"),),
            )
            for n, x in enumerate(sections, 1)
        ),
        steps=tuple(
            Step(id=f"{x.id}.{lang}", of=x.id, what=f"[{lang}] {x.what}", who=f"[{lang}] who")
            for x in steps
        ),
        **state,
    )
    return {"sections": sections, "steps": steps, "translations": (known,)}


def bare():
    """A final document of a forum of which hardly anything is known."""
    whole = empty()
    forum = replace(whole.forum, meetings=(), organisers=(), contact=None, address=None)
    method = replace(whole.method, blocks=(), figures={})
    final = Edition(version="1", status="final", sealed="2026-01-01")
    return replace(whole, forum=forum, method=method, edition=final)


def hostile():
    """The sample as written by somebody who tries, in every field that takes words."""
    return spoiled(sample(), HOSTILE)


def spoiled(document, texts):
    """A document with these texts behind its own, one after the other, in every field."""
    return seal(_spoil(document, cycle(texts)))


def _spoil(thing, texts):
    if isinstance(thing, tuple):
        return tuple(_spoil(one, texts) for one in thing)
    if not is_dataclass(thing):
        return thing
    changes = {}
    for field in fields(thing):
        rule, value = rules_of(type(thing))[field.name], getattr(thing, field.name)
        changes[field.name] = _spoiled(rule, value, texts)
    return replace(thing, **changes)


def _spoiled(rule, value, texts):
    if value is None:
        return None
    if takes_words(rule):
        return f"{value} {next(texts)}"
    if isinstance(value, dict):
        return {key: f"{x} {next(texts)}" if isinstance(x, str) else x for key, x in value.items()}
    if isinstance(value, tuple) and value and isinstance(value[0], str) and takes_words(rule):
        return tuple(f"{one} {next(texts)}" for one in value)
    return _spoil(value, texts)


def takes_words(rule):
    """Whether an annotation is that of free text."""
    if get_origin(rule) in (Union, UnionType):
        return any(takes_words(one) for one in get_args(rule) if one is not NoneType)
    if get_origin(rule) is Annotated:
        return any(getattr(one, "name", "") == "text that is not empty" for one in get_args(rule))
    return False


def paragraph(text, **more):
    """A paragraph of plain words."""
    return Paragraph((Text(text),), **more)


# -- random documents ----------------------------------------------------------------------

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
DEPTH = 3


def documents():
    """Any document that the model allows, sound or not."""
    return of(Document)


def of(kind, depth=DEPTH):  # noqa: PLR0911  (one answer for each kind of annotation)
    """Any value of a type of the model, built from its annotations."""
    if kind in (Inlines, Blocks) and depth <= 0:
        leaf = st.one_of(st.just(Break()), st.builds(Text, TEXT.filter(bool)))
        return st.just(()) if kind == Blocks else st.tuples(leaf)
    origin = get_origin(kind)
    if origin is Annotated:
        return _ruled(kind, depth)
    if origin in (Union, UnionType):
        return st.one_of(*(of(one, depth) for one in get_args(kind) if one is not NoneType))
    if origin is Literal:
        return st.sampled_from(get_args(kind))
    if origin is tuple:
        return st.lists(of(get_args(kind)[0], depth), max_size=2).map(tuple)
    if origin is Mapping:
        keys, values = (of(one, depth) for one in get_args(kind))
        return st.dictionaries(keys, values, max_size=2)
    if is_dataclass(kind):
        return _built(kind, depth)
    return {str: TEXT, int: st.integers(0, 99), bool: st.booleans()}[kind]


def _built(kind, depth):
    rich = kind.__module__ == "exports.richtext"
    values = {}
    for field in fields(kind):
        rule = rules_of(kind)[field.name]
        inner = st.deferred(lambda rule=rule: of(rule, depth - rich))
        optional = field.default is None
        values[field.name] = st.one_of(st.none(), inner) if optional else inner
    return st.builds(kind, **values)


def _ruled(kind, depth):
    inner, *rules = get_args(kind)
    for rule in rules:
        match rule:
            case Shape():
                return st.from_regex(rule.pattern, fullmatch=True).filter(
                    lambda text: not any("\ud800" <= one <= "\udfff" for one in text)
                )
            case Day():
                return st.dates().map(lambda day: day.isoformat())
            case Least():
                return st.integers(rule.least, rule.least + 200)
            case Many():
                keys, values = (of(one, depth) for one in get_args(inner))
                return st.dictionaries(keys, values, min_size=1, max_size=2)
    raise TypeError(kind)
