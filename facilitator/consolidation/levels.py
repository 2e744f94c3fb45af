"""How high an office stands that a recommendation asks, as far as its name tells (pure)."""

from __future__ import annotations

import re
from typing import Literal

Level = Literal["city", "county", "region", "national", "european", "institution"]

#: The section that names whom a recommendation asks.
ADDRESSEE = "addressee"
#: What gives a level away, in the languages of our forums; the first that fits counts.
HINTS: list[tuple[Level, str]] = [
    ("european", r"europ|evrops|європ|\b(?:eu|ue|єс)\b"),
    (
        "national",
        r"minist|міністер|national|krajowy urząd|státní|government|\brząd|parl[ai]ament|sejm",
    ),
    ("region", r"region|voivod|wojew|\bkrajsk|hejtman|област"),
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


def levels(text: str) -> list[Level]:
    """The levels that a section of addressees names, one on a line or between semicolons."""
    return sorted({level_of(name) for name in re.split(r"[;\n]", text) if name.strip()})
