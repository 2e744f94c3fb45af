"""How high an office stands that a recommendation asks, as chosen or as its name tells (pure).

The browser has the same in static/lib/levels.js; tests/data/offices.json holds both to it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal, get_args

Level = Literal[
    "city", "county", "region", "national", "university", "employer", "european", "institution"
]
#: The words that may stand in a draft; exports.document prints the same.
LEVELS: tuple[Level, ...] = get_args(Level)

#: The section that names whom a recommendation asks: rows, or words in older drafts.
ADDRESSEE = "addressee"
#: What gives a level away, in the languages of our forums; the first that fits counts.
HINTS: list[tuple[Level, str]] = [
    ("european", r"europ|evrops|європ|\b(?:eu|ue|єс)\b"),
    (
        "national",
        r"minist|міністер|national|krajowy urząd|státní|government|\brząd|parl[ai]ament|sejm",
    ),
    ("university", r"universit|uniwersytet|univerzit|університет|uczeln|politechnik|\brektor"),
    ("employer", r"employer|pracodawc|zaměstnavatel|роботодав"),
    ("region", r"region|voivod|wojew|\bkrajsk|hejtman|облас[тн]"),
    ("county", r"county|counties|district|powiat|okres|район"),
    (
        "city",
        r"\bcit(?:y|ies)\b|town|municipal|miast|miejsk|gmin|měst|magistr|obec|obc|міськ|міст|громад",
    ),
]


def level_of(name: str) -> Level:
    """How high an office stands, as far as its name tells."""
    lowered = name.lower()
    return next((level for level, hint in HINTS if re.search(hint, lowered)), "institution")


def levels(face: Mapping[str, Any]) -> list[Level]:
    """The levels a draft asks: of its rows, and of an older text's lines or words between ;."""
    rows = [(row["level"], row["office"]) for row in face.get("addressees", ())]
    said = re.split(r"[;\n]", face.get("sections", {}).get(ADDRESSEE, ""))
    named = [*rows, *(("", name) for name in said)]
    return sorted({level or level_of(name) for level, name in named if name.strip()})
