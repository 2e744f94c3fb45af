"""The few things a word processor knows: runs, paragraphs, headings, lists, tables, a contents."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from exports.both import SLASH, Both, on_one_line, said
from exports.setting import Printed

#: An en space is half an em in every typeface, and LibreOffice draws no ground behind a cell of
#: no-break spaces.
SPACE = "\N{EN SPACE}"
#: Character styles: the colour of the text and of its ground.
LOOKS: dict[str, tuple[str | None, str | None]] = {
    "Quiet": ("55615C", None),
    "Leaf": ("2C7A62", None),
    "Green": ("12463A", None),
    "Verdict": ("FFFFFF", "12463A"),
    "Refused": ("FFFFFF", "9A3B26"),
    "Bar none": (None, None),
    "Bar": (None, "2C7A62"),
    "Bar open": (None, "A9CDBF"),
    "Bar rest": (None, "EAF1EE"),
    "Bar grey": (None, "CFD6D2"),
    "Bar red": (None, "9A3B26"),
    "Bar amber": (None, "C58A1A"),
}
#: Styles of whole sentences: in two languages they stand below each other, the rest on one line.
SENTENCES = (
    "Kicker", "Cover key", "Text", "Quiet", "Small", "Reservation", "Entry",
)  # fmt: skip
OPTIONS = {"yes": "Bar", "abstain": "Bar grey", "no": "Bar red", "other": "Bar amber"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Footnote:
    """A piece of evidence; only its `first` mention carries the words."""

    number: int
    first: bool
    runs: "tuple[Run, ...]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Words that look alike. `link` is "#…" for a place in the document, or an address.

    `also`: the same in the other language of a bilingual edition, until the line is made.
    """

    text: str
    lang: str | None = None
    bold: bool = False
    italic: bool = False
    raised: bool = False
    look: str | None = None
    link: str | None = None
    note: Footnote | None = None
    also: "Run | None" = None


PLAIN = Run(text="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph of one of the styles in `styles.PARAGRAPHS`."""

    style: str
    runs: tuple[Run, ...]
    lang: str | None = None
    anchor: str | None = None
    page: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading; `listed` ones stand in the contents, `page` ones begin a page."""

    level: int
    runs: tuple[Run, ...]
    lang: str | None = None
    anchor: str | None = None
    listed: bool = True
    page: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list; an item is a sequence of things."""

    ordered: bool
    items: "tuple[tuple[Thing, ...], ...]"


Cell = tuple[Paragraph, ...]
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with its widths in millimetres; `title` is read out, not shown."""

    title: str
    widths: tuple[float, ...]
    header: Row
    rows: tuple[Row, ...]
    together: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """The place of the table of contents."""

    title: tuple[Run, ...]


Thing = Paragraph | Heading | Listing | Table | Contents


def run(
    text: object,
    lang: str | None = None,
    *,
    look: str | None = None,
    bold: bool = False,
    link: str | None = None,
) -> Run:
    """Make a run of words."""
    if not isinstance(text, Both):
        return Run(text=str(text), lang=lang, look=look, bold=bold, link=link)
    one, other = (
        Run(text=words, lang=spoken, look=look, bold=bold, link=link)
        for words, spoken in said(text)
    )
    return replace(one, also=other)


def line(*runs: Run, between: str = SLASH) -> tuple[Run, ...]:
    """Make the runs of a line: what is said in two languages follows each other."""
    found: list[Run] = []
    for one in runs:
        other = [run(between), one.also] if one.also else []
        found += [replace(one, also=None), *other]
    return tuple(found)


def paragraph(
    style: str,
    *runs: Run,
    lang: str | None = None,
    anchor: str | None = None,
    page: bool = False,
) -> Paragraph:
    """Make a paragraph."""
    whole = style in SENTENCES and (len(runs) == 1 or style == "Entry")
    words = line(*runs, between="\n" if whole else SLASH)
    return Paragraph(style=style, runs=words, lang=lang, anchor=anchor, page=page)


def label(words: str | Both, lang: str | None = None) -> Heading:
    """Make a small heading that names what follows, too small for the contents."""
    return Heading(level=3, runs=line(run(words, lang)), lang=lang, listed=False)


def subheading(words: str | Both) -> Heading:
    """Make a heading within a part, too small for the contents."""
    return Heading(level=2, runs=line(run(words)), listed=False)


def part(words: str | Both, anchor: str) -> Heading:
    """Make the heading of a part."""
    return Heading(level=1, runs=line(run(words)), anchor=anchor)


def cell(*runs: Run, lang: str | None = None) -> Cell:
    """Make a cell of one paragraph."""
    return (paragraph("Cell", *runs, lang=lang),)


def quiet(words: str | Both, lang: str | None = None) -> Paragraph:
    """Make a second line of a cell."""
    return paragraph("Cell quiet", run(words, lang), lang=lang)


def table(
    title: str | Both,
    widths: Sequence[float],
    header: Iterable[str | Both],
    rows: Iterable[Row],
    *,
    together: bool = False,
) -> Table:
    """Make a table whose header is words."""
    head = tuple((paragraph("Cell head", run(words)),) for words in header)
    return Table(
        title=on_one_line(title),
        widths=tuple(widths),
        header=head,
        rows=tuple(rows),
        together=together,
    )


def bar(parts: Iterable[tuple[str, float]], size: int) -> tuple[Run, ...]:
    """Draw shares of one in `size` spaces; what is left is the empty track."""
    runs, filled = [], 0
    for look, share in parts:
        n = min(round(share * size), size - filled)
        runs += [run(SPACE * n, look=look)] if n else []
        filled += n
    rest = [run(SPACE * (size - filled), look="Bar rest")] if filled < size else []
    return (*runs, *rest)


def bar_cell(parts: Iterable[tuple[str, float]], size: int) -> Cell:
    """Make a cell that holds a bar."""
    return (paragraph("Cell bar", *bar(parts, size)),)


def support(low: float | None, high: float | None, size: int = 40) -> Cell:
    """Draw the bar of one sector; none where nothing may be told."""
    if low is None or high is None:
        return cell()
    return bar_cell([("Bar", low), ("Bar open", high - low)], size)


def marks(letters: Iterable[Printed]) -> tuple[Run, ...]:
    """Set the letters of sources behind a passage."""
    return tuple(
        Run(
            text=("\N{NO-BREAK SPACE}" if i else "") + one["letter"],
            look="Leaf",
            raised=True,
            link="#" + one["anchor"],
        )
        for i, one in enumerate(letters)
    )


def runs(nodes: Iterable[Printed], lang: str | None, like: Run = PLAIN) -> tuple[Run, ...]:
    """Set one line of rich text; every run looks at least `like` that one."""
    found: list[Run] = []
    for node in nodes:
        here = node.get("lang", lang)
        match node["type"]:
            case "text":
                found.append(replace(like, text=node["text"], lang=here))
            case "break":
                found.append(replace(like, text="\n", lang=here))
            case "note":
                found.append(Run(text="", lang=lang, note=_footnote(node)))
            case "strong":
                found += runs(node["content"], here, replace(like, bold=True))
            case "emphasis":
                found += runs(node["content"], here, replace(like, italic=True))
            case _:
                found += runs(node["content"], here, replace(like, link=node["href"]))
    return tuple(found)


def _footnote(node: Printed) -> Footnote:
    words = runs(node["content"], node["lang"])
    standing = run(f" ({node['standing']})", node["lang"], look="Quiet")
    return Footnote(number=node["number"], first=node["first"], runs=(*words, standing))


def blocks(printed: Iterable[Printed], style: str = "Text") -> tuple[Thing, ...]:
    """Set blocks of rich text; their paragraphs have the style given."""
    return tuple(thing for block in printed for thing in _block(block, style))


def cell_of(printed: Iterable[Printed]) -> Cell:
    """Set blocks of rich text in a cell, which holds nothing but paragraphs."""
    return tuple(line for thing in blocks(printed, "Cell") for line in _lines(thing)) or cell()


def _lines(thing: Thing, sign: str = "") -> Iterator[Paragraph]:
    """Give a thing as paragraphs: items behind their signs, the cells of a row on one line."""
    match thing:
        case Paragraph():
            mark = [run(sign, thing.lang)] if sign else []
            yield replace(thing, style="Cell", runs=(*mark, *thing.runs))
        case Listing(ordered=ordered, items=items):
            for n, item in enumerate(items, 1):
                for i, one in enumerate(item):
                    yield from _lines(one, "" if i else f"{n}. " if ordered else "– ")
        case Table(header=header, rows=rows):
            for row in (header, *rows):
                said = [x for one in row for line in one for x in (*line.runs, run(" · "))]
                lang = next((line.lang for one in row for line in one), None)
                yield paragraph("Cell", *said[:-1], lang=lang)
        case _:
            return


def _block(block: Printed, style: str) -> tuple[Thing, ...]:
    lang = block["lang"]
    match block["type"]:
        case "paragraph" | "heading":
            words = (*runs(block["content"], lang), *marks(block["marks"]))
            name = style if block["type"] == "paragraph" else "Label"
            return (paragraph(name, *words, lang=lang),)
        case "list":
            items = tuple(blocks(item, "List") for item in block["items"])
            return (Listing(ordered=block["ordered"], items=items),)
        case "quote":
            by = [paragraph("Quotation by", run("— " + block["by"], lang), lang=lang)]
            return (*blocks(block["content"], "Quotation"), *(by if block["by"] else []))
        case _:
            return _table(block, lang)


def _table(block: Printed, lang: str) -> tuple[Thing, ...]:
    caption = (*runs(block["caption"], lang), *marks(block["marks"]))
    width = 162 / len(block["header"])
    grid = Table(
        title="".join(one.text for one in caption),
        widths=(width,) * len(block["header"]),
        header=tuple(
            (paragraph("Cell head", *runs(words, lang), lang=lang),) for words in block["header"]
        ),
        rows=tuple(
            tuple(cell(*runs(words, lang), lang=lang) for words in row) for row in block["rows"]
        ),
    )
    return (*([paragraph("Label", *caption, lang=lang)] if caption else []), grid)
