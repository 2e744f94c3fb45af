"""What one room takes home: its questions, themes with their ideas, votes, texts, what was parked.

A record is much smaller than a document, so its words come with it: whoever makes it has said in
its language how many supported what. The writers only set what stands here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace

from exports.richtext import (
    Block,
    Blocks,
    Heading,
    Listing,
    Paragraph,
    Quote,
    Table,
    plain,
    plain_inlines,
)
from exports.setting import Printed
from exports.things import (
    SPACE,
    Cell,
    Row,
    Thing,
    bar_cell,
    blocks,
    cell,
    label,
    paragraph,
    quiet,
    run,
    subheading,
    table,
)
from exports.things import Listing as ListingThing
from exports.wording import Wording, tidy


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Somebody's words, with their language; the `note` is ours: how many support them."""

    text: str
    lang: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A theme with its ideas, or a question with those that are in none."""

    title: Said
    ideas: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A line of a result: its number, and the share of the widest bar."""

    label: Said
    count: float
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """A question that the room decided, with its result."""

    question: Said
    choices: tuple[Choice, ...]
    #: What it means, each in a line: whether it carries and why, the conclusion, sector by sector.
    after: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A section of a text."""

    heading: str
    blocks: Blocks


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What is to be done; empty words were not stated."""

    what: str
    who: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A text that the room wrote; the note of its title says how far it came."""

    title: Said
    adopted: bool
    parts: tuple[Part, ...]
    steps: tuple[Step, ...]
    #: What some did not agree with; and what the numbers in its parts stand for.
    reservations: tuple[Said, ...] = ()
    notes: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """The day of one room."""

    lang: str
    forum: str
    title: str
    #: The day, as 2026-05-16.
    on: str
    #: Where and when, and how many came and what they made: a line each.
    lines: tuple[str, ...]
    #: That all is invented, or a rehearsal.
    notice: str
    questions: tuple[Said, ...]
    themes: tuple[Group, ...]
    loose: tuple[Said, ...]
    votes: tuple[Vote, ...]
    drafts: tuple[Draft, ...]
    parked: tuple[Said, ...]
    #: Our own words: the headings of the parts, and of the columns of steps.
    words: Mapping[str, str]
    #: Of each item of its agenda: what was said, and what is to be done.
    minutes: tuple[Draft, ...] = ()


# ---- As it is printed ----------------------------------------------------------------------------


def printed(record: Record) -> Printed:
    """The record as plain data, with all that any writer asks of an edition."""
    return {
        **_tidied(asdict(replace(record, drafts=(), minutes=()))),
        "drafts": [_printed_draft(draft) for draft in record.drafts],
        "minutes": [_printed_draft(draft) for draft in record.minutes],
        "subtitle": record.words["kicker"],
        "author": record.forum,
        "running": record.forum,
        "hash": "",
        "date": record.on,
        "words": {**Wording(record.lang).all(), **record.words},
    }


def _tidied(thing: object, lang: str = "") -> Printed:
    """Clean every text as its language wants it."""
    found = _tidy(thing, lang)
    assert isinstance(found, dict)  # noqa: S101 - for the type checker
    return found


def _tidy(thing: object, lang: str) -> object:
    if isinstance(thing, str):
        return tidy(thing, lang)
    if isinstance(thing, (list, tuple)):
        return [_tidy(one, lang) for one in thing]
    if isinstance(thing, dict):
        here = str(thing.get("lang", lang))
        return {name: _tidy(value, here) for name, value in thing.items()}
    return thing


def _printed_draft(draft: Draft) -> Printed:
    lang = draft.title.lang
    bare = asdict(replace(draft, parts=()))
    parts = [
        {
            "heading": tidy(one.heading, lang),
            "blocks": [_block(block, lang) for block in one.blocks],
        }
        for one in draft.parts
    ]
    return {**_tidied(bare, lang), "parts": parts}


def _block(block: Block, lang: str) -> Printed:
    """A block of people's text, in the form that the writers of documents set."""
    words: Printed = {"type": block.type, "lang": lang, "marks": []}
    match block:
        case Paragraph() | Heading():
            return {**words, "content": _text(plain_inlines(block.content), lang)}
        case Listing():
            items = [[_block(one, lang) for one in item] for item in block.items]
            return {**words, "ordered": block.ordered, "items": items}
        case Quote():
            return {**words, "content": [_block(one, lang) for one in block.content], "by": ""}
        case Table():
            cells = [[_text(plain_inlines(one), lang) for one in row] for row in block.rows]
            header = [_text(plain_inlines(one), lang) for one in block.header]
            even = [[*row, *([] for _ in header)][: len(header)] for row in cells]
            return {**words, "caption": [], "header": header, "rows": even}
    return {**words, "type": "paragraph", "content": _text(plain((block,)), lang)}


def _text(words: str, lang: str) -> list[Printed]:
    return [{"type": "text", "text": tidy(words, lang)}]


# ---- As one sequence, for word processors and Markdown -------------------------------------------


def flow(e: Printed) -> tuple[Thing, ...]:
    """List what has to be written, in order; `e` is a printed record."""
    parts = (_head, _questions, _themes, _loose, _minutes, _votes, _drafts, _parked)
    return tuple(thing for one in parts for thing in one(e))


def _head(e: Printed) -> Iterator[Thing]:
    yield paragraph("Editors label", run(f"{e['words']['kicker']} · {e['forum']}"))
    yield paragraph("Record title", run(e["title"]))
    for line in e["lines"]:
        yield paragraph("Quiet", run(line))
    if e["notice"]:
        yield paragraph("Reservation", run(e["notice"]))


def _questions(e: Printed) -> Iterator[Thing]:
    if e["questions"]:
        yield subheading(e["words"]["questions"])
        yield from (_words("Lead", one) for one in e["questions"])


def _themes(e: Printed) -> Iterator[Thing]:
    yield subheading(e["words"]["themes"])
    if not e["themes"]:
        yield paragraph("Quiet", run(e["words"]["nothing"]))
    for theme in e["themes"]:
        title = theme["title"]
        yield label(title["text"], title["lang"])
        if title["note"]:
            yield paragraph("Quiet", run(title["note"]))
        yield _ideas(theme["ideas"])


def _loose(e: Printed) -> Iterator[Thing]:
    if e["loose"]:
        yield subheading(e["words"]["loose"])
        yield _ideas(e["loose"])


def _parked(e: Printed) -> Iterator[Thing]:
    if e["parked"]:
        yield subheading(e["words"]["parked"])
        yield _ideas(e["parked"])


def _ideas(ideas: list[Printed]) -> Thing:
    return ListingThing(ordered=False, items=tuple((_words("List", one),) for one in ideas))


def _words(style: str, said: Printed) -> Thing:
    note = [run(f"{SPACE}{said['note']}", look="Quiet")] if said["note"] else []
    return paragraph(style, run(said["text"], said["lang"]), *note, lang=said["lang"])


def _votes(e: Printed) -> Iterator[Thing]:
    if e["votes"]:
        yield subheading(e["words"]["votes"])
    for vote in e["votes"]:
        question = vote["question"]
        yield label(question["text"], question["lang"])
        yield paragraph("Quiet", run(question["note"]))
        yield table(question["text"], (92, 14, 56), [], map(_choice, vote["choices"]))
        for said in vote["after"]:
            yield _words("Quiet", said)


def _choice(one: Printed) -> Row:
    said = one["label"]
    words: Cell = cell(run(said["text"], said["lang"]), lang=said["lang"])
    bold = cell(run(one["count"], bold=True))
    return (words, bold, bar_cell([("Bar", one["share"])], 34))


def _minutes(e: Printed) -> Iterator[Thing]:
    yield from _texts(e, "minutes")


def _drafts(e: Printed) -> Iterator[Thing]:
    yield from _texts(e, "drafts")


def _texts(e: Printed, name: str) -> Iterator[Thing]:
    if e[name]:
        yield subheading(e["words"][name])
    for draft in e[name]:
        title = draft["title"]
        yield label(title["text"], title["lang"])
        yield paragraph("Quiet", run(title["note"]))
        for one in draft["parts"]:
            yield paragraph("Label", run(one["heading"], title["lang"]), lang=title["lang"])
            yield from blocks(one["blocks"])
        if draft["steps"]:
            head = [e["words"][name] for name in ("what", "who", "by")]
            yield table(title["text"], (82, 44, 36), head, map(_step, draft["steps"]))
        if draft["reservations"]:
            yield paragraph("Label", run(e["words"]["reservations"]))
        for said in draft["reservations"]:
            yield _words("Reservation", said)
        for said in draft["notes"]:
            yield _words("Quiet", said)


def _step(one: Printed) -> Row:
    return (cell(run(one["what"])), (quiet(one["who"]),), (quiet(one["by"]),))
