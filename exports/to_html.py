"""The document as one self-contained HTML page: no script, nothing from elsewhere, also for print.

Jinja escapes everything that people wrote; only our own style sheet is put in as it is.
"""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from exports.both import Both, on_one_line, said
from exports.document import Document
from exports.edition import edition
from exports.markup import LINK
from exports.wording import direction

MIMETYPE = "text/html"
SUFFIX = ".html"
HERE = Path(__file__).parent
STYLES = HERE / "document.css"
#: Sources are told apart by letter, and by as many colours and lines, which then begin again.
THREADS = 6


def render(document: Document) -> bytes:
    """Write the document as a page that can be opened, sent, printed, and put on any server."""
    printed = edition(document)
    return _template().render(e=printed, w=printed["words"]).encode()


def body(document: Document) -> tuple[Markup, Markup]:
    """Give the page without its head: what stands before the text, and the text.

    For a page that has a header and strict rules of its own; `STYLES` is the style sheet it needs.
    """
    return inside(render(document))


def inside(file: bytes) -> tuple[Markup, Markup]:
    """Give the same of a page that was written before."""
    page = file.decode()
    inner = page.partition("<body>")[2].partition("</body>")[0]
    before, begun, text = inner.partition('<div class="read">')
    return Markup(before), Markup(begun + text)  # noqa: S704 - our template has escaped it


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_in_both,
        trim_blocks=False,
    )
    environment.filters["thread"] = _thread
    environment.filters["direction"] = direction
    environment.filters["said"] = said
    environment.filters["plain"] = on_one_line
    environment.tests["address"] = lambda href: bool(href and LINK.fullmatch(href))
    # Our own file, not a person's words.
    environment.globals["css"] = Markup(STYLES.read_text("utf-8"))  # noqa: S704
    return environment.get_template("document.html.j2")


def _in_both(value: object) -> object:
    """Print words of ours in both languages of an edition, each marked with its own."""
    if not isinstance(value, Both):
        return value
    (one, lang), (other, further) = said(value)
    return Markup(
        '<span lang="{}">{}</span> <span class="also" lang="{}"><span class="slash">/ </span>{}'
        "</span>"
    ).format(lang, one, further, other)


def _thread(letter: str) -> str:
    """Give a source's letter the class of its colour and line: A is t1, G again."""
    return f"t{(ord(letter[-1]) - ord('A')) % THREADS + 1}"
