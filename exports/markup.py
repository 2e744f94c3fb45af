"""The one safe way from people's Markdown to HTML and to blocks; the home of markdown and bleach.

No raw HTML, no images, no code, no reference links: what is not plain formatting is shown as it
was typed, so nothing anybody wrote can disappear. Both answers are made of the same cleaned HTML.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from re import Match
from typing import Any
from xml.etree.ElementTree import Element

import bleach
import markdown
from markdown.inlinepatterns import (
    AUTOLINK_RE,
    IMAGE_LINK_RE,
    LINK_RE,
    AutolinkInlineProcessor,
    LinkInlineProcessor,
)

from exports.passages import BULLET, NUMBER, split
from exports.richtext import Block, Paragraph, Text, plain
from exports.tree import blocks_of

REL = "noopener noreferrer nofollow"
LINK = re.compile(r"(?:https?://[^\s<>\"]+|mailto:[^\s<>\"]+@[^\s<>\"]+)", re.IGNORECASE)
TAGS = frozenset(
    {"p", "br", "strong", "em", "a", "ul", "ol", "li", "blockquote", "h3", "h4", "h5", "h6"}
    | {"table", "thead", "tbody", "tr", "th", "td"}
)
#: What no reader sees, with all that is in it.
UNSEEN = re.compile(
    r"<(script|style|head|template)\b.*?</\1\s*>|<!--.*?-->", re.DOTALL | re.IGNORECASE
)
#: Elements that are not closed, or need not be.
BARE = re.compile(r"<(?:br|hr|img|li|p|t[drh])\b[^<>]*>|</(?:li|p|t[drh])\s*>", re.IGNORECASE)
#: What other programs write for what we write.
THEIRS = {"strong": "b", "em": "i", "h3": "h[12]", "p": "div|section|article"}
#: Beyond these, formatting is shown as typed: the parsers need time squared, or recursion.
MOST_CHARACTERS = 100_000
MOST_BRACKETS = 120
MOST_SPACES = 40
MOST_NESTED = 8
MOST_OPEN = 100
MOST_COLUMNS = 30
MOST_CELLS = 1_200

INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u202a-\u202e\u2066-\u2069]")
OVERRIDES = re.compile("[\u202a-\u202e\u2066-\u2069]")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
MARKER = r"(?:>|[-*+](?= )|\d{1,9}\.(?= ))"
NESTED = re.compile(rf"(?m)^((?: *{MARKER}){{{MOST_NESTED}}} *)(>|[-*+](?= )|\d{{1,9}}(?=\. ))")
HASHES = re.compile(rf"(?m)^((?: *{MARKER})* *)(#{{7,}}|#{{1,6}}(?!#)(?![ \t]+\S))")


@dataclass(frozen=True, slots=True)
class Passage:
    """Blocks, and the code points of the Markdown text they came from: `text[start:end]`.

    Nearly always one block; none when the words were only invisible characters.
    """

    start: int
    end: int
    blocks: tuple[Block, ...]


def clean(text: str) -> str:
    """Drop what no text may hold: control characters but new line and tab, direction overrides.

    Composes letters (NFC) and gives every line the same ending.
    """
    text = re.sub("\r\n|[\r\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}]", "\n", text)
    return unicodedata.normalize("NFC", OVERRIDES.sub("", CONTROL.sub("", text)))


def clean_line(text: str) -> str:
    """Clean a name or a title: one line, without any invisible character, spaces tidied."""
    return " ".join(INVISIBLE.sub("", clean(text)).split())


def to_html(text: str) -> str:
    """Render people's Markdown as safe HTML: headings from h3 down, links only to the web and mail.

    Safe to put into any element of a page; the formatting allowed is TAGS.
    """
    return "\n".join(filter(None, (html for *_, html in _rendered(text))))


def to_blocks(text: str) -> tuple[Block, ...]:
    """Read people's Markdown as the blocks of a document."""
    return tuple(block for passage in to_passages(text) for block in passage.blocks)


def to_passages(text: str) -> list[Passage]:
    """Read people's Markdown as blocks that know where they stand in it.

    Ranges count code points of `text` as given. They are disjoint, in order, and cover everything
    that is not blank; `to_blocks(text[start:end])` gives the same blocks again. So a character at
    offset i of a draft belongs to the passage with `start <= i < end`.
    """
    return [Passage(start, end, blocks_of(html)) for start, end, html in _rendered(text)]


def to_text(text: str) -> str:
    """Read people's Markdown as words alone: a line for each paragraph, item or row."""
    return plain(to_blocks(text))


def from_html(html: str) -> tuple[Block, ...]:
    """Read HTML of another program as blocks: what is not formatting of ours leaves its words."""
    if _most_open(html) > MOST_OPEN:
        return (Paragraph((Text(clean(html)),)),)
    without = UNSEEN.sub("", clean(html))
    for ours, theirs in THEIRS.items():
        without = re.sub(rf"<(/?)(?:{theirs})(?=[\s>/])[^>]*>", rf"<\1{ours}>", without)
    return blocks_of(_stripper().clean(without))


def _most_open(html: str) -> int:
    """How many elements are open at once at most, as far as their marks tell."""
    marks = re.finditer(r"<(/?)[a-z](?![^<>]*/>)", BARE.sub("", html), re.IGNORECASE)
    return max(accumulate(-1 if mark[1] else 1 for mark in marks), default=0)


def _rendered(text: str) -> list[tuple[int, int, str]]:
    """Give every passage with its cleaned HTML."""
    parser = _parser()
    render = _render if len(text) <= MOST_CHARACTERS else _render_plain
    return [
        (span.start, span.end, render(parser, text[span.start : span.end], span.kind))
        for span in split(text)
    ]


def _render_plain(_parser: markdown.Markdown, source: str, _kind: str) -> str:
    """Show a passage of a text too long to format as it was typed."""
    words = clean(source).strip()
    return f"<p>{_escape(words)}</p>" if words else ""


def _render(parser: markdown.Markdown, source: str, kind: str) -> str:
    words = clean(source).expandtabs(4)
    if kind in ("bullets", "numbers"):
        words = _wide_indents(words)
    if kind == "table" and _too_wide(words):
        kind, words = "paragraph", words.replace("|", r"\|")
    words = _bounded(words)
    if kind == "paragraph":
        words = _no_marks(words)
    parser.reset()
    # The ampersand first: what people typed is never an entity.
    html: str = _cleaner().clean(parser.convert(words.replace("&", "&amp;")))
    return html


def _escape(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


# -- limits --------------------------------------------------------------------------------


def _bounded(words: str) -> str:
    """Take the power from what would cost time squared or too deep a recursion."""
    words = re.sub(f" {{{MOST_SPACES},}}", " " * MOST_SPACES, words)
    if words.count("[") > MOST_BRACKETS:
        words = words.replace("[", r"\[")
    words = NESTED.sub(_show_marker, words)
    return HASHES.sub(_show_hashes, words)


def _show_marker(match: Match[str]) -> str:
    """Put a backslash to the first marker that is too deep; the rest are then words."""
    before, mark = match.groups()
    return f"{before}{mark}\\" if mark.isdigit() else f"{before}\\{mark}"


def _show_hashes(match: Match[str]) -> str:
    """Keep `#word`, and a row of hashes alone, as they were typed."""
    return f"{match[1]}\\{match[2]}"


def _no_marks(words: str) -> str:
    """Keep a paragraph a paragraph: its first line begins no list."""
    lines = [line.strip() for line in words.split("\n")]
    if match := re.match(r"([-*+]|\d+(?=\.))(?=\.? |$)", lines[0]):
        mark = match[0]
        lines[0] = (mark + "\\" if mark.isdigit() else "\\" + mark) + lines[0][len(mark) :]
    return "\n".join(lines)


def _wide_indents(words: str) -> str:
    """Give nested lists the four spaces that the parser wants, however people moved them in."""
    marked = [x for x in words.split("\n") if BULLET.match(x) or NUMBER.match(x)]
    depths = sorted({len(x) - len(x.lstrip()) for x in marked})
    unit = next((depth - depths[0] for depth in depths if depth - depths[0] > 1), 4)
    if unit not in (2, 3):
        return words
    return re.sub("(?m)^ +", lambda m: " " * (4 * round(len(m[0]) / unit)), words)


def _too_wide(words: str) -> bool:
    rows = words.split("\n")
    columns = max(row.count("|") for row in rows) + 1
    return columns > MOST_COLUMNS or columns * len(rows) > MOST_CELLS


# -- the parser ----------------------------------------------------------------------------


class _SafeLink(LinkInlineProcessor):
    """A link to the web or a mail address; any other stays as typed. Images become links too."""

    def handleMatch(  # type: ignore[override]  # noqa: N802  (the parser's name)
        self, m: Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        return _allowed(*super().handleMatch(m, data))


class _SafeAutolink(AutolinkInlineProcessor):
    """An address between angle brackets."""

    def handleMatch(  # type: ignore[override]  # noqa: N802  (the parser's name)
        self, m: Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        return _allowed(*super().handleMatch(m, data))


def _allowed(
    element: Any, start: int | None, end: int | None
) -> tuple[Element | None, int | None, int | None]:
    """Let a link pass, or leave its words as they were typed."""
    if element is None or not _allow(element):
        return None, None, None
    return element, start, end


def _allow(element: Element) -> bool:
    """Prepare the element of a link, unless it leads where no link may."""
    href = element.get("href", "")
    if not LINK.fullmatch(href):
        return False
    scheme, _, rest = href.partition(":")
    element.set("href", f"{scheme.lower()}:{rest}")
    element.set("rel", REL)
    return True


def _parser() -> markdown.Markdown:
    """Make a parser of our dialect; it keeps state, so each text has its own."""
    parser = markdown.Markdown(extensions=["tables", "sane_lists", "nl2br"])
    parser.preprocessors.deregister("html_block")
    for name in ("code", "hr", "setextheader", "reference"):
        parser.parser.blockprocessors.deregister(name)
    for name in ("html", "entity", "backtick", "automail", "reference", "short_reference"):
        parser.inlinePatterns.deregister(name)
    for name in ("image_reference", "short_image_ref"):
        parser.inlinePatterns.deregister(name)
    # Above links, or the words of an image would be read first and leave its mark behind.
    parser.inlinePatterns.register(_SafeLink(IMAGE_LINK_RE, parser), "image_link", 165)
    parser.inlinePatterns.register(_SafeLink(LINK_RE, parser), "link", 160)
    parser.inlinePatterns.register(_SafeAutolink(AUTOLINK_RE, parser), "autolink", 120)
    parser.treeprocessors.register(_Demote(parser), "demote", 5)
    return parser


class _Demote(markdown.treeprocessors.Treeprocessor):
    """A page has its own h1 and h2: what people write begins at h3."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            if re.fullmatch("h[1-6]", element.tag):
                element.tag = f"h{min(6, int(element.tag[1]) + 2)}"


@cache
def _cleaner() -> Any:
    allowed: Callable[[str, str, str], bool] = lambda _tag, name, value: (  # noqa: E731
        bool(LINK.fullmatch(value)) if name == "href" else (name, value) == ("rel", REL)
    )
    return bleach.Cleaner(
        tags=TAGS, attributes={"a": allowed}, protocols=["http", "https", "mailto"]
    )


@cache
def _stripper() -> Any:
    link: Callable[[str, str, str], bool] = lambda _tag, name, value: (  # noqa: E731
        name == "href" and bool(LINK.fullmatch(value))
    )
    return bleach.Cleaner(
        tags=TAGS, attributes={"a": link}, protocols=["http", "https", "mailto"], strip=True
    )
