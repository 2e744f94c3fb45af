"""Our own words in a bilingual edition: in both of its languages, wherever they stand.

The edition is set twice, with our words in the first language and in the second; what differs is
ours, and is kept as a pair. So nobody who writes a sentence has to think of two languages.
"""

from typing import Any

from exports.wording import NO_BREAK

#: Between the two, where they stand on one line.
SLASH = " / "


class Both(list[dict[str, str]]):
    """The same words in two languages: [{said, lang}, {said, lang}]."""


def paired(first: Any, second: Any, langs: tuple[str, str]) -> Any:
    """Lay two settings of one document over each other; `langs` are the languages of our words."""
    if isinstance(first, dict) and isinstance(second, dict):
        own = (str(first.get("lang")), str(second.get("lang")))
        spoken = langs if own[0] == own[1] else own
        return {
            name: value if name == "lang" else paired(value, second[name], spoken)
            for name, value in first.items()
        }
    if isinstance(first, list):
        return [paired(*two, langs) for two in zip(first, second, strict=True)]
    if isinstance(first, str) and _plain(first) != _plain(second):
        return Both(
            {"said": x, "lang": lang} for x, lang in zip((first, second), langs, strict=True)
        )
    return second if first is None else first


def said(words: str | Both) -> list[tuple[str, str | None]]:
    """Give words one language after the other, each with its language where it is known."""
    if isinstance(words, Both):
        return [(one["said"], one["lang"]) for one in words]
    return [(words, None)]


def on_one_line(words: str | Both) -> str:
    """Give words without their languages, for names that only programs read out."""
    return SLASH.join(text for text, _ in said(words))


def _plain(text: str) -> str:
    """Languages part lines differently, which makes no other words."""
    return text.replace(NO_BREAK, " ")
