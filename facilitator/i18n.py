"""Words for people: one catalogue for Python, templates and the browser.

English sentences are the keys. The .po files are read at the start; a missing one falls back to
English, and a test sees to it that none is missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from flask import Flask, g, has_request_context, request

LANGUAGES = ("en", "pl", "cs", "uk")
NAMES = {"en": "English", "pl": "Polski", "cs": "Čeština", "uk": "Українська"}
FOLDER = Path(__file__).parent / "translations"

Messages = dict[str, tuple[str, ...]]


def init_app(app: Flask) -> None:
    """Give the templates their words."""
    app.jinja_env.globals.update(t=t, tn=tn, said=said, language=language)


@cache
def messages(lang: str) -> Messages:
    """The catalogue of a language: each English sentence with its one form, or its plural forms."""
    path = FOLDER / f"{lang}.po"
    if not path.exists():
        return {}
    with path.open("rb") as file:
        catalogue = read_po(file, locale=lang)
    found: Messages = {}
    for message in catalogue:
        key = message.id if isinstance(message.id, str) else message.id[0]
        forms = (
            (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
        )
        if key and all(forms) and not message.fuzzy:
            found[key] = forms
    return found


@cache
def _plural_index(lang: str) -> Any:
    """The rule of a language: n → which of its forms."""
    path = FOLDER / f"{lang}.po"
    if not path.exists():
        return lambda n: int(n != 1)
    with path.open("rb") as file:
        rule = read_po(file, locale=lang).plural_expr
    from gettext import c2py  # noqa: PLC0415

    return c2py(rule)


def catalogue(lang: str) -> dict[str, list[str]]:
    """The words of a language for the browser: each English sentence with its forms."""
    return {sentence: list(forms) for sentence, forms in messages(lang).items()}


def language() -> str:
    """The language of who is served now: chosen, else as the browser asks, else English."""
    if not has_request_context():
        return "en"
    if "language" not in g:
        chosen = request.cookies.get("language", "")
        g.language = (
            chosen
            if chosen in LANGUAGES
            else request.accept_languages.best_match(LANGUAGES, default="en")
        )
    return str(g.language)


def t(sentence: str, *, lang: str | None = None, **values: Any) -> str:
    """`sentence` in the language of the reader, with {values} put in place."""
    forms = messages(lang or language()).get(sentence, (sentence,))
    return forms[0].format(**values) if values else forms[0]


def tn(one: str, many: str, n: int, *, lang: str | None = None, **values: Any) -> str:
    """The form that goes with `n` things."""
    lang = lang or language()
    forms = messages(lang).get(one)
    text = forms[_plural_index(lang)(n)] if forms and len(forms) > 1 else one if n == 1 else many
    return text.format(n=n, **values)


def sentence(english: str) -> str:
    """Mark a sentence for the catalogues; it is translated where it is shown."""
    return english


def said(localised: Mapping[str, str], lang: str | None = None) -> str:
    """What organisers wrote in several languages: in the reader's, else in the main one."""
    return localised.get(lang or language()) or next(iter(localised.values()), "")


def size(octets: int, *, lang: str | None = None) -> str:
    """So many bytes, as the reader says it."""
    lang = lang or language()
    many, unit = octets / 1e3, sentence("{n} kB")
    if many >= 1000:
        many, unit = many / 1e3, sentence("{n} MB")
    pattern = "#,##0.0" if many < 10 else "#,##0"
    return t(unit, lang=lang, n=format_decimal(many, pattern, locale=lang))
