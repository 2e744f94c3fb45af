"""A letter to each addressee: a cover, just their recommendations, and a form for the answer.

A letter is in the language of its addressee's name. It leaves out the votes by sector and the
sources, and says where the whole document is.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from exports.document import Addressee, Annexes, Document, Recommendation, Summary
from exports.edition import edition
from exports.recommendation_flow import recommendation
from exports.setting import Printed
from exports.things import Heading, Row, Run, Thing, cell, paragraph, run, table
from exports.wording import tidy

#: Lines to write on by hand, for each question.
QUESTIONS = {"reply_what": 6, "reply_by": 2, "reply_who": 3, "reply_not": 6}
SIGNED_LINES = 4


@dataclass(frozen=True, slots=True)
class Letter:
    """What one addressee gets."""

    addressee: Addressee
    printed: Printed
    things: tuple[Thing, ...]
    numbers: tuple[int, ...]


def letters(document: Document) -> Iterator[Letter]:
    """Give the letters in the order in which the document names their addressees first."""
    for addressee, theirs in _addressed(document).values():
        printed = edition(_only(document, theirs, addressee.lang or document.lang))
        things = tuple(_letter(document, addressee, printed))
        yield Letter(addressee, printed, things, tuple(one.number for one in theirs))


def _addressed(document: Document) -> dict[str, tuple[Addressee, list[Recommendation]]]:
    """Find all addressees by their names, each with its language and its recommendations."""
    found: dict[str, tuple[Addressee, list[Recommendation]]] = {}
    for one in document.recommendations:
        for addressee in one.addressees:
            named = replace(addressee, lang=addressee.lang or one.lang)
            name = " ".join(tidy(named.name, one.lang).split()).casefold()
            theirs = found.setdefault(name, (named, []))[1]
            if one not in theirs:
                theirs.append(one)
    return found


def _only(document: Document, theirs: list[Recommendation], lang: str) -> Document:
    """Make a document of these recommendations alone, so that its notes are numbered anew."""
    chapters = (
        replace(
            one,
            content=tuple(part for part in one.content if part in theirs),
            intro=(),
            lang=one.lang or document.lang,
        )
        for one in document.chapters
    )
    return replace(
        document,
        lang=lang,
        beside=None,
        chapters=tuple(one for one in chapters if one.content),
        summary=Summary(blocks=(), highlights=()),
        method=replace(document.method, blocks=()),
        notes=tuple(replace(one, lang=one.lang or document.lang) for one in document.notes),
        annexes=Annexes(),
    )


def _letter(document: Document, addressee: Addressee, e: Printed) -> Iterator[Thing]:
    every = [part for chapter in e["chapters"] for part in chapter["parts"]]
    yield from _cover(document, addressee, e, every)
    for one in every:
        yield from recommendation(_brief(one), page=True, sourced=False)
    yield from _reply(document, addressee, e, every)


def _cover(
    document: Document, addressee: Addressee, e: Printed, every: list[Printed]
) -> Iterator[Thing]:
    w, main, forum = e["words"], document.lang, document.forum
    yield paragraph("Label", run(e["title"], main), lang=main)
    yield paragraph("Small", run(e["subtitle"], main), lang=main)
    for line in filter(None, (e["cover"]["by"], forum.contact)):
        yield paragraph("Small", run(tidy(line, main), main), lang=main)
    yield paragraph("Small", run(e["cover"]["edition"]))
    yield paragraph("Letter to", _name(addressee))
    yield paragraph("Letter title", run(w["letter_subject"]))
    if e["notice"]:
        yield paragraph("Reservation", run(e["notice"]))
    yield paragraph("Text", run(w["letter_greeting"]))
    yield paragraph("Text", run(w["letter_intro"]))
    for one in every:
        number = run(f"{one['number']}\t", bold=True, look="Leaf")
        title = run(one["title"], one["lang"], link="#" + one["anchor"])
        gloss = [run(f" ({one['gloss']['text']})", look="Quiet")] if one["gloss"] else []
        yield paragraph("Letter entry", number, title, *gloss)
    yield paragraph("Text", run(w["letter_request"]))
    if forum.address:
        address = run(tidy(forum.address, ""), link=forum.address)
        yield paragraph("Text", run(w["letter_whole"] + " "), address)


def _name(addressee: Addressee) -> Run:
    return run(tidy(addressee.name, addressee.lang or ""), addressee.lang, bold=True)


def _brief(one: Printed) -> Printed:
    """Leave out what only the whole document has: votes by sector, and letters of sources."""
    ballots = [{**ballot, "sectors": []} for ballot in one["ballots"][-1:]]
    plenary = one["plenary"] and {
        **one["plenary"],
        "ballots": [{**ballot, "sectors": []} for ballot in one["plenary"]["ballots"]],
    }
    return {**_unmarked(one), "ballots": ballots, "plenary": plenary}


def _unmarked(thing: Printed) -> Printed:
    return {name: [] if name == "marks" else _inner(value) for name, value in thing.items()}


def _inner(value: object) -> object:
    if isinstance(value, dict):
        return _unmarked(value)
    return [_inner(one) for one in value] if isinstance(value, list) else value


def _reply(
    document: Document, addressee: Addressee, e: Printed, every: list[Printed]
) -> Iterator[Thing]:
    """Set a form: four questions on each recommendation, and a place to sign."""
    w, forum = e["words"], document.forum
    yield Heading(level=1, runs=(run(w["reply_title"]),), anchor="reply")
    yield paragraph("Addressee", _name(addressee))
    yield paragraph("Small", run(e["title"], document.lang))
    if forum.contact:
        yield paragraph("Small", run(f"{w['reply_to']} {tidy(forum.contact, '')}"))
    for one in every:
        title = (run(f"{one['number']}. ", look="Leaf"), run(one["title"], one["lang"]))
        yield Heading(level=2, runs=title, lang=one["lang"], listed=False)
        rows = [_question(w[name], lines) for name, lines in QUESTIONS.items()]
        yield table(w["reply_title"], (50, 112), [], rows)
    yield table(w["reply_signed"], (50, 112), [], [_question(w["reply_signed"], SIGNED_LINES)])


def _question(words: str, lines: int) -> Row:
    return (cell(run(words, bold=True)), tuple(paragraph("Cell") for _ in range(lines)))
