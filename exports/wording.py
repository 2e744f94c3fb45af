"""Our own words in the languages of a document: labels, sentences, dates, and line ends."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from exports.markup import clean

WORDS: dict[str, dict[str, str]] = json.loads(
    (Path(__file__).parent / "words.json").read_text("utf-8")
)
#: Words that may not end a line: prepositions and conjunctions of one letter.
CLINGING = {"pl": "aiouwzAIOUWZ", "cs": "aikosuvzAIKOSUVZ", "uk": "аівйозуєяАІВЙОЗУЄЯ"}
#: Languages that are written from right to left.
LEFTWARDS = {"ar", "dv", "fa", "he", "ku", "ps", "sd", "syr", "ug", "ur", "yi"}
NO_BREAK = "\N{NO-BREAK SPACE}"


def tidy(text: str, lang: str) -> str:
    """Clean a text, and keep one-letter words and numbers with what follows them."""
    text = clean(text)
    if letters := CLINGING.get(lang[:2]):
        text = re.sub(rf"(?<![\w’'])([{letters}]) (?=\S)", rf"\1{NO_BREAK}", text)
    return re.sub(r"(?<=\d) (?=\d{3}\b|%|zł|Kč|tys\.|mln)", NO_BREAK, text)


def direction(lang: str) -> str:
    """Say in which direction a language is written: "rtl" or "ltr"."""
    return "rtl" if lang.partition("-")[0] in LEFTWARDS else "ltr"


class Wording:
    """Our words in one language; English where we do not speak it."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.key = lang[:2] if lang[:2] in WORDS["final"] else "en"

    def __call__(self, name: str, **values: object) -> str:
        """Give a sentence with its values in place."""
        return tidy(WORDS[name][self.key].format(**values), self.key)

    def all(self) -> dict[str, str]:
        """Give every word, with the places for values still open."""
        return {name: words[self.key] for name, words in WORDS.items()}

    def language(self, lang: str) -> str:
        """Name a language, by its tag where we have no name for it."""
        name = f"language_{lang.partition('-')[0]}"
        return self(name) if name in WORDS else lang

    def day(self, iso: str) -> str:
        """Say a date as 30 June 2027; a month or a year alone; anything else as people wrote it."""
        numbers = _numbers(iso)
        match numbers:
            case [year]:
                return str(year)
            case [year, month]:
                name = WORDS["months_alone"][self.key].split()[month - 1]
                return self("date_month", month=name, y=year)
            case [year, month, day]:
                name = WORDS["months"][self.key].split()[month - 1]
                return self("date_long", d=day, month=name, y=year).replace(" ", NO_BREAK, 1)
            case _:
                return tidy(iso, self.lang)

    def short_day(self, iso: str) -> str:
        """Say a date for narrow columns: 30.06.2027."""
        if len(_numbers(iso)) != len(("year", "month", "day")):
            return self.day(iso)
        y, m, d = iso.split("-")
        return self("date_short", d=d, m=m, y=y).replace(" ", NO_BREAK)

    def period(self, start: str, end: str) -> str:
        """Say from when to when; one day is said once."""
        if start == end:
            return self.day(start)
        return self("span", start=self.day(start), end=self.day(end))

    def pick(self, localised: Mapping[str, str], main: str) -> dict[str, Any]:
        """Give the sentence in this language, else in the main one, with the language it is in."""
        wanted = (self.lang, self.key, main, "en", *localised)
        lang = next(lang for lang in wanted if lang in localised)
        return {"text": tidy(localised[lang], lang), "lang": lang}


def _numbers(iso: str) -> list[int]:
    """Take a date apart; nothing when it is not one."""
    if not re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", iso, re.ASCII):
        return []
    return [int(part) for part in iso.split("-")]


def percent(share: float) -> int:
    """Round a share to whole per cent, halves upwards."""
    return int(100 * share + 0.5)
