"""The styles of an ODT: page, running lines, paragraphs, looks, lists, languages, tables."""

from collections.abc import Iterable, Mapping
from typing import Any
from xml.sax.saxutils import quoteattr

from exports.styles import GREEN, HAIR, PARAGRAPHS, SUBSTITUTES, locale
from exports.things import LOOKS

TEXT_WIDTH = 162
NAMESPACES = {
    **{
        prefix: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"
        for prefix, name in {
            "office": "office",
            "style": "style",
            "text": "text",
            "table": "table",
            "meta": "meta",
            "fo": "xsl-fo-compatible",
            "svg": "svg-compatible",
        }.items()
    },
    "xlink": "http://www.w3.org/1999/xlink",
    "dc": "http://purl.org/dc/elements/1.1/",
}
DECLARED = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
PAGE = (
    '<style:page-layout style:name="Page"><style:page-layout-properties fo:page-width="210mm" '
    'fo:page-height="297mm" style:print-orientation="portrait" fo:margin-top="12mm" '
    'fo:margin-bottom="12mm" fo:margin-left="24mm" fo:margin-right="24mm"/>'
    '<style:header-style><style:header-footer-properties fo:min-height="13mm" '
    'fo:margin-bottom="8mm"/></style:header-style><style:footer-style>'
    '<style:header-footer-properties fo:min-height="10mm" fo:margin-top="6mm"/>'
    "</style:footer-style></style:page-layout>"
)
WHOLE_ROW = (
    '<style:style style:name="Whole_row" style:family="table-row">'
    '<style:table-row-properties fo:keep-together="always"/></style:style>'
)
NOTES = (
    '<text:notes-configuration text:note-class="footnote" text:default-style-name="Footnote" '
    'text:citation-style-name="Raised" text:citation-body-style-name="Raised" '
    'style:num-format="1" text:start-value="0" text:footnotes-position="page" '
    'text:start-numbering-at="document"/>'
)
LEVELS = (
    (
        "Dashes",
        '<text:list-level-style-bullet text:level="{n}" text:bullet-char="–">',
        "bullet",
    ),
    (
        "Numbers",
        '<text:list-level-style-number text:level="{n}" style:num-format="1" style:num-suffix=".">',
        "number",
    ),
)
#: As deep as word processors count.
DEEPEST = 10
INDENT = 6
#: Marks within a paragraph, and what they do to letters.
MARKS = {
    "Strong": 'fo:font-weight="bold"',
    "Emphasis": 'fo:font-style="italic"',
    "Raised": 'style:text-position="super 60%"',
    "Link": f'fo:color="#{GREEN}" style:text-underline-style="none"',
}


def document(kind: str, inside: str) -> str:
    """Give one of the files of the package."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<office:document-{kind}{DECLARED} office:version="1.3">{inside}</office:document-{kind}>'
    )


def style_id(name: str) -> str:
    """Give the name of a style as XML wants names."""
    return name.replace(" ", "_")


def faces() -> str:
    """Name the typefaces, and what to take where they are not installed."""
    rows = "".join(
        f'<style:font-face style:name="{name}" '
        f'svg:font-family="&apos;{name}&apos;, &apos;{other}&apos;"/>'
        for name, other in SUBSTITUTES.items()
    )
    return f"<office:font-face-decls>{rows}</office:font-face-decls>"


def styles(lang: str, header: str, footer: str) -> str:
    """Give the styles of a document in one language, with what runs along its pages."""
    language, country = locale(lang).split("-", 1)
    letters = _attributes(
        **{"style:font-name": PARAGRAPHS["Text"]["font"], "fo:font-size": "10.5pt"},
        **{"fo:language": language, "fo:country": country, "fo:hyphenate": "true"},
        **{"fo:hyphenation-remain-char-count": 3, "fo:hyphenation-push-char-count": 3},
    )
    common = (
        (
            '<style:default-style style:family="paragraph">'
            f"<style:text-properties{letters}/></style:default-style>"
        ),
        '<style:style style:name="Standard" style:family="paragraph" style:class="text"/>',
        *(_paragraph_style(name, style) for name, style in PARAGRAPHS.items()),
        *(_look(name, *look) for name, look in LOOKS.items()),
        *(letter_style(name, looks) for name, looks in MARKS.items()),
        *(_list_style(*level) for level in LEVELS),
        NOTES,
    )
    # Without a header and a footer: the cover.
    masters = (
        '<style:master-page style:name="Cover" style:page-layout-name="Page" '
        'style:next-style-name="Standard"/>'
        '<style:master-page style:name="Standard" style:page-layout-name="Page">'
        f"<style:header>{header}</style:header><style:footer>{footer}</style:footer>"
        "</style:master-page>"
    )
    return document(
        "styles",
        f"{faces()}<office:styles>{''.join(common)}</office:styles>"
        f"<office:automatic-styles>{PAGE}</office:automatic-styles>"
        f"<office:master-styles>{masters}</office:master-styles>",
    )


def letter_style(name: str, looks: str) -> str:
    """Give a style of letters."""
    return (
        f'<style:style style:name="{style_id(name)}" style:family="text">'
        f"<style:text-properties {looks}/></style:style>"
    )


def spoken(name: str, lang: str) -> str:
    """Give the style of words in a language."""
    language, country = locale(lang).split("-", 1)
    return letter_style(name, f'fo:language="{language}" fo:country="{country}"')


def variant(parent: str, name: str, *, plain: bool, page: bool, cover: bool, rtl: bool) -> str:
    """Give a child of a style: no room for a number, a new page, the cover, from right to left."""
    indent = {"fo:margin-left": "0mm", "fo:text-indent": "0mm"} if plain else {}
    way = {"style:writing-mode": "rl-tb", "fo:text-align": "start"} if rtl else {}
    looks = _attributes(**indent, **way, **({"fo:break-before": "page"} if page else {}))
    master = {"style:master-page-name": "Cover"} if cover else {}
    head = _attributes(
        **{"style:name": name, "style:family": "paragraph", "style:parent-style-name": parent},
        **master,
    )
    return f"<style:style{head}><style:paragraph-properties{looks}/></style:style>"


def grids(tables: Mapping[str, float], columns: Mapping[str, float]) -> Iterable[str]:
    """Give the styles of tables; word processors heed these only beside the text."""
    yield WHOLE_ROW
    for name, width in tables.items():
        together = name.endswith("together")
        keep = ' style:may-break-between-rows="false"' if together else ""
        yield (
            f'<style:style style:name="{name}" style:family="table"><style:table-properties '
            f'style:width="{width:.1f}mm" table:align="left"{keep}/></style:style>'
        )
    for name, width in columns.items():
        yield (
            f'<style:style style:name="{name}" style:family="table-column">'
            f'<style:table-column-properties style:column-width="{width:.1f}mm"/></style:style>'
        )
    for name, line in (("Cell_body", f"0.5pt solid #{HAIR}"), ("Cell_head", f"1pt solid #{GREEN}")):
        yield (
            f'<style:style style:name="{name}" style:family="table-cell">'
            '<style:table-cell-properties fo:padding-top="1mm" fo:padding-bottom="1mm" '
            'fo:padding-left="0mm" fo:padding-right="2mm" fo:border-top="none" '
            f'fo:border-left="none" fo:border-right="none" fo:border-bottom="{line}"/>'
            "</style:style>"
        )


def _attributes(**values: object) -> str:
    return "".join(f" {name}={quoteattr(str(value))}" for name, value in values.items())


def _paragraph_style(name: str, s: dict[str, Any]) -> str:
    """Give a style of paragraphs; headings carry their level, so that screen readers know it."""
    level = {"style:default-outline-level": name[-1]} if name.startswith("Heading") else {}
    head = _attributes(
        **{"style:name": style_id(name), "style:display-name": name, "style:family": "paragraph"},
        **{"style:parent-style-name": "Standard", "style:class": "text"},
        **level,
    )
    return (
        f"<style:style{head}><style:paragraph-properties{_block(s)}>{_tabs(name, s)}"
        f"</style:paragraph-properties><style:text-properties{_letters(s)}/></style:style>"
    )


def _block(s: dict[str, Any]) -> str:
    looks: dict[str, object] = {
        "fo:margin-top": f"{s.get('before', 0)}pt",
        "fo:margin-bottom": f"{s['after']}pt",
        "fo:margin-left": f"{s.get('left', 0)}mm",
        "fo:margin-right": f"{s.get('right', 0)}mm",
        "fo:text-indent": f"{-s.get('hang', 0)}mm",
        "fo:line-height": f"{round(100 * s.get('line', 1.08))}%",
        "fo:orphans": 2,
        "fo:widows": 2,
    }
    for name, written in (("keep", "fo:keep-with-next"), ("together", "fo:keep-together")):
        looks |= {written: "always"} if s.get(name) else {}
    looks |= {"fo:break-before": "page"} if s.get("page") else {}
    if "bar" in s:
        looks |= {"fo:border-left": f"2pt solid #{s['bar']}", "fo:padding-left": "3mm"}
    if "fill" in s:
        looks |= {"fo:background-color": f"#{s['fill']}", "fo:padding-right": "2mm"}
        looks |= {"style:join-border": "false"}
    return _attributes(**looks)


def _tabs(name: str, s: dict[str, Any]) -> str:
    if name == "Running":
        stop = f'<style:tab-stop style:position="{TEXT_WIDTH}mm" style:type="right"/>'
    elif "hang" in s:  # counted from the indent
        stop = '<style:tab-stop style:position="0mm"/>'
    else:
        return ""
    return f"<style:tab-stops>{stop}</style:tab-stops>"


def _letters(s: dict[str, Any]) -> str:
    looks: dict[str, object] = {
        "style:font-name": s["font"],
        "fo:font-size": f"{s['size']}pt",
        "fo:color": f"#{s['color']}",
    }
    looks |= {"fo:font-weight": "bold"} if s.get("bold") else {}
    looks |= {"fo:font-style": "italic"} if s.get("italic") else {}
    looks |= {"fo:text-transform": "uppercase"} if s.get("caps") else {}
    return _attributes(**looks)


def _look(name: str, color: str | None, ground: str | None) -> str:
    looks = [f'fo:color="#{color}"'] if color else []
    looks += [f'fo:background-color="#{ground}"'] if ground else []
    return letter_style(f"Look {name}", " ".join(looks))


def _list_style(name: str, level: str, kind: str) -> str:
    levels = "".join(
        f"{level.format(n=n)}<style:list-level-properties "
        'text:list-level-position-and-space-mode="label-alignment">'
        '<style:list-level-label-alignment text:label-followed-by="listtab" '
        f'fo:margin-left="{INDENT * n}mm" fo:text-indent="-{INDENT}mm" '
        f'text:list-tab-stop-position="{INDENT * n}mm"/></style:list-level-properties>'
        f"</text:list-level-style-{kind}>"
        for n in range(1, DEEPEST + 1)
    )
    return f'<text:list-style style:name="{name}">{levels}</text:list-style>'
