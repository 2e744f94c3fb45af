"""How the parts of the document look in a word processor.

Sizes in points, indents in millimetres. A reader's machine may lack the two typefaces: the writer
names the substitutes, which have the same alphabets and much the same widths.
"""

from typing import Any

SERIF, SANS = "Source Serif 4", "Noto Sans"
SUBSTITUTES = {SERIF: "Georgia", SANS: "Segoe UI"}
INK, QUIET, GREEN, LEAF = "1B2320", "55615C", "12463A", "2C7A62"
MIST, SAND, OCHRE, HAIR = "A9CDBF", "FBF5E6", "C58A1A", "C5D0CB"

PARAGRAPHS: dict[str, dict[str, Any]] = {
    "Text": {"size": 10.5, "after": 6},
    "Lead": {"size": 11.8, "after": 6},
    "Small": {"font": SANS, "size": 8.5, "after": 4},
    "Quiet": {"font": SANS, "size": 8.5, "after": 6, "color": QUIET},
    "Label": {
        "font": SANS,
        "size": 9,
        "bold": True,
        "color": GREEN,
        "before": 9,
        "after": 3,
        "keep": True,
    },
    "Kicker": {
        "font": SANS,
        "size": 11,
        "bold": True,
        "caps": True,
        "color": LEAF,
        "before": 70,
        "after": 40,
    },
    "Title": {"size": 44, "bold": True, "color": GREEN, "after": 12, "line": 0.95},
    "Record title": {"size": 28, "bold": True, "color": GREEN, "after": 8, "line": 0.95},
    "Letter to": {"size": 12, "before": 36, "after": 2},
    "Letter title": {"size": 22, "bold": True, "color": GREEN, "before": 30, "after": 14},
    "Letter entry": {"size": 10.5, "after": 4, "left": 8, "hang": 8},
    "Subtitle": {"size": 18, "color": GREEN, "after": 60},
    "Cover bar": {"font": SANS, "size": 7, "after": 2.5, "line": 1.0},
    "Cover line": {"font": SANS, "size": 10.5, "before": 4, "after": 2},
    "Cover key": {"font": SANS, "size": 8.5, "color": QUIET, "before": 4, "after": 16},
    "Verdict line": {"size": 10.5, "after": 5, "keep": True},
    "Totals": {"font": SANS, "size": 8.5, "after": 4, "keep": True},
    "Wide bar": {"font": SANS, "size": 9, "after": 3, "keep": True},
    "Addressee": {"size": 10.5, "after": 2},
    "Quotation": {"size": 10.5, "italic": True, "left": 10, "right": 10, "before": 4, "after": 2},
    "Quotation by": {"font": SANS, "size": 8.5, "color": QUIET, "left": 10, "after": 8},
    "List": {"size": 10.5, "after": 3},
    "Editors label": {
        "font": SANS,
        "size": 7.5,
        "bold": True,
        "caps": True,
        "color": LEAF,
        "before": 8,
        "after": 0,
        "left": 5,
        "bar": MIST,
        "keep": True,
    },
    "Editors": {"font": SANS, "size": 9.2, "after": 6, "left": 5, "bar": MIST},
    "Reservation": {
        "size": 10.5,
        "after": 6,
        "left": 3,
        "right": 2,
        "bar": OCHRE,
        "fill": SAND,
        "together": True,
    },
    "Entry": {"font": SANS, "size": 8.5, "after": 3, "left": 8, "hang": 8},
    "Cell": {"font": SANS, "size": 8.5, "after": 0},
    "Cell bar": {"font": SANS, "size": 6, "before": 2, "after": 2},
    "Cell head": {
        "font": SANS,
        "size": 8.5,
        "bold": True,
        "color": GREEN,
        "after": 0,
        "keep": True,
    },
    "Cell quiet": {"font": SANS, "size": 8, "color": QUIET, "after": 0},
    "Figure": {"size": 20, "color": GREEN, "after": 0},
    "Heading 1": {
        "size": 24,
        "bold": True,
        "color": GREEN,
        "after": 16,
        "page": True,
        "keep": True,
    },
    "Heading 2": {
        "size": 15.5,
        "bold": True,
        "color": GREEN,
        "before": 18,
        "after": 6,
        "keep": True,
        "left": 12,
        "hang": 12,
    },
    "Heading 3": {
        "font": SANS,
        "size": 9,
        "bold": True,
        "color": GREEN,
        "before": 10,
        "after": 3,
        "keep": True,
    },
    "Contents 1": {"size": 10.5, "bold": True, "color": GREEN, "before": 6, "after": 1},
    "Contents 2": {"size": 10, "after": 1, "left": 9, "hang": 9},
    "Contents title": {"size": 24, "bold": True, "color": GREEN, "after": 16, "page": True},
    "Footnote": {"font": SANS, "size": 8, "after": 2},
    "Running": {"font": SANS, "size": 8, "color": QUIET, "after": 0},
}
for _style in PARAGRAPHS.values():
    _style.setdefault("font", SERIF)
    _style.setdefault("color", INK)

# Languages as word processors want them: with a country.
COUNTRIES = {
    "pl": "PL",
    "cs": "CZ",
    "uk": "UA",
    "en": "GB",
    "de": "DE",
    "sk": "SK",
    "be": "BY",
    "ro": "RO",
}


def locale(lang: str) -> str:
    """Give a language its usual country: pl becomes pl-PL."""
    language, _, country = lang.partition("-")
    return f"{language}-{country or COUNTRIES.get(language, language.upper())}"
