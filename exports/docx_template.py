"""An empty DOCX with all our styles, made here so that no binary file needs keeping."""

from typing import Any

import docx
from docx.document import Document as Package
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm

from exports.styles import PARAGRAPHS, SUBSTITUTES, locale
from exports.things import LOOKS

BUILT_IN = {
    "Title": "Title",
    "Subtitle": "Subtitle",
    "Heading 1": "heading 1",
    "Heading 2": "heading 2",
    "Heading 3": "heading 3",
    "Contents 1": "toc 1",
    "Contents 2": "toc 2",
    "Footnote": "footnote text",
}
LEVELS = {"Heading 1": 0, "Heading 2": 1, "Heading 3": 2}
TEXT_WIDTH = 162
FOOTNOTE_MARK = (
    f'<w:style {nsdecls("w")} w:type="character" w:styleId="FootnoteReference">'
    '<w:name w:val="footnote reference"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
    "</w:style>"
)
SLOTS = ("ascii", "hAnsi", "cs", "eastAsia")


def template(lang: str) -> Package:
    """Make an empty document of A4 pages in one language."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(24)
    section.top_margin, section.bottom_margin = Mm(25), Mm(22)
    section.different_first_page_header_footer = True
    _set_defaults(document, lang)
    _set_styles(document)
    _name_substitutes(document)
    # The order of settings is fixed; hyphenation stands right after the tab stop.
    hyphens = parse_xml(f'<w:autoHyphenation {nsdecls("w")} w:val="true"/>')
    document.settings.element.find(qn("w:defaultTabStop")).addnext(hyphens)
    return document


def style_id(name: str) -> str:
    """Give the identifier of a style."""
    return name.replace(" ", "")


def twips(millimetres: float) -> int:
    """Measure as Word does: a twentieth of a point."""
    return round(millimetres * 56.7)


def _set_defaults(document: Package, lang: str) -> None:
    defaults = document.styles.element.find(qn("w:docDefaults"))
    looks = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for child in list(looks):
        looks.remove(child)
    for xml in (
        f"<w:rFonts {nsdecls('w')}{_fonts(PARAGRAPHS['Text']['font'])}/>",
        f'<w:sz {nsdecls("w")} w:val="21"/>',
        f'<w:lang {nsdecls("w")} w:val="{locale(lang)}" w:eastAsia="{locale(lang)}"/>',
    ):
        looks.append(parse_xml(xml))


def _set_styles(document: Package) -> None:
    """Put our styles in the place of those of the same name."""
    styles = document.styles.element
    paragraphs = [_paragraph_style(name, style) for name, style in PARAGRAPHS.items()]
    characters = [_character_style(name, *look) for name, look in LOOKS.items()]
    ours = [parse_xml(xml) for xml in (*paragraphs, *characters, FOOTNOTE_MARK)]
    taken = {name for style in ours for name in _names(style)}
    for old in styles.findall(qn("w:style")):
        if _names(old) & taken:
            styles.remove(old)
    for style in ours:
        styles.append(style)


def _names(style: Any) -> set[str]:
    name = style.find(qn("w:name")).get(qn("w:val"))
    return {"name " + name.lower(), "id " + style.get(qn("w:styleId"))}


def _fonts(name: str) -> str:
    return "".join(f' w:{slot}="{name}"' for slot in SLOTS)


def _paragraph_style(name: str, s: dict[str, Any]) -> str:
    custom = "" if name in BUILT_IN else ' w:customStyle="1"'
    return (
        f'<w:style {nsdecls("w")} w:type="paragraph" w:styleId="{style_id(name)}"{custom}>'
        f'<w:name w:val="{BUILT_IN.get(name, name)}"/><w:basedOn w:val="Normal"/><w:qFormat/>'
        f"<w:pPr>{_paragraph_looks(name, s)}</w:pPr><w:rPr>{_letter_looks(s)}</w:rPr></w:style>"
    )


def _paragraph_looks(name: str, s: dict[str, Any]) -> str:
    """Write what belongs into `w:pPr`; Word wants it in this order."""
    level = f'<w:outlineLvl w:val="{LEVELS[name]}"/>' if name in LEVELS else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{s["fill"]}"/>' if "fill" in s else ""
    hanging = f' w:hanging="{twips(s["hang"])}"' if "hang" in s else ""
    left, right = twips(s.get("left", 0)), twips(s.get("right", 0))
    before, after = round(s.get("before", 0) * 20), round(s["after"] * 20)
    line = round(240 * s.get("line", 1.08))
    space = f'w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="auto"'
    return "".join(
        (
            "<w:keepNext/>" * s.get("keep", False),
            "<w:keepLines/>" * s.get("together", False),
            "<w:pageBreakBefore/>" * s.get("page", False),
            _borders(s),
            shade,
            _tabs(name, s),
            f"<w:spacing {space}/>",
            f'<w:ind w:left="{left}" w:right="{right}"{hanging}/>',
            level,
        )
    )


def _borders(s: dict[str, Any]) -> str:
    lines = ""
    if "bar" in s:
        lines += f'<w:left w:val="single" w:sz="18" w:space="8" w:color="{s["bar"]}"/>'
    if "fill" in s:  # a white line, or neighbours would run together
        lines += '<w:between w:val="single" w:sz="36" w:space="3" w:color="FFFFFF"/>'
    return f"<w:pBdr>{lines}</w:pBdr>" if lines else ""


def _tabs(name: str, s: dict[str, Any]) -> str:
    if name == "Running":
        return f'<w:tabs><w:tab w:val="right" w:pos="{twips(TEXT_WIDTH)}"/></w:tabs>'
    if "hang" in s:
        return f'<w:tabs><w:tab w:val="left" w:pos="{twips(s["left"])}"/></w:tabs>'
    return ""


def _letter_looks(s: dict[str, Any]) -> str:
    size = round(s["size"] * 2)
    return "".join(
        (
            f"<w:rFonts{_fonts(s['font'])}/>",
            "<w:b/>" * s.get("bold", False),
            "<w:i/>" * s.get("italic", False),
            "<w:caps/>" * s.get("caps", False),
            f'<w:color w:val="{s["color"]}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>',
        )
    )


def _character_style(name: str, color: str | None, ground: str | None) -> str:
    looks = f'<w:color w:val="{color}"/>' if color else ""
    looks += f'<w:shd w:val="clear" w:color="auto" w:fill="{ground}"/>' if ground else ""
    name = "Look " + name
    return (
        f'<w:style {nsdecls("w")} w:type="character" w:customStyle="1" '
        f'w:styleId="{style_id(name)}"><w:name w:val="{name}"/><w:rPr>{looks}</w:rPr></w:style>'
    )


def _name_substitutes(document: Package) -> None:
    """Tell Word what to take where our typefaces are not installed."""
    rows = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/></w:font>'
        for name, other in SUBSTITUTES.items()
    )
    for part in document.part.package.iter_parts():
        if part.partname == "/word/fontTable.xml":
            part._blob = part.blob.replace(b"</w:fonts>", rows.encode() + b"</w:fonts>")  # noqa: SLF001  (there is no other way to write it)
