"""What a page fetches besides itself, small on the way: static files, and the browser's words.

In development the browser gets the files of the repository. Otherwise it gets the same lines
without their comments, compressed once, so that a place in an error is a place in the repository.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import mimetypes
import posixpath
import re
from functools import cache
from pathlib import Path

import brotli
from flask import Response, abort, request, send_from_directory

from facilitator.i18n import LANGUAGES, catalogue
from facilitator.translations import in_script, said_in_rooms

STATIC = Path(__file__).parent.parent / "static"
#: What is text, and grows small.
SQUEEZED = (".js", ".css", ".svg")
#: What a browser may take, the smaller first; over plain HTTP, in a hall, it takes gzip alone.
CODINGS = ("br", "gzip")
FOR_EVER = "max-age=31536000, immutable"

#: Comments as this house writes them: lines, ends of lines, and JSDoc. A test compares the whole of
#: the browser code with and without them, as a parser reads it.
IN_SCRIPTS = re.compile(r"^[ \t]*//.*$|[ \t]+// .*$|[ \t]*/\*\*\s[\s\S]*?\*/", re.MULTILINE)
IN_STYLES = re.compile(r"[ \t]*/\*[\s\S]*?\*/")
#: The script of a page.
SCRIPT = re.compile(r"\w+\.js")
#: What a module imports or hands on; and what it loads later, with import(), outside of types.
IMPORTED = re.compile(r'^(?:import|export)\b[^;"()]*"([./][^"]+)"', re.MULTILINE)
LATER = re.compile(r'^[^/*\n]*\bimport\("([./][^"]+)"\)', re.MULTILINE)


# ---- Static files --------------------------------------------------------------------------------


@cache
def static_version() -> str:
    """What the static files are, in twelve letters: it changes when one of them does."""
    digest = hashlib.sha256()
    for path in sorted(STATIC.rglob("*")):
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def static(version: str, name: str) -> Response:
    """A static file, as it is in the repository or as it travels."""
    lasting = version == static_version()
    coding = accepted() if lasting else None
    if coding and name in texts():
        response = Response(packed(name, coding), mimetype=mimetypes.guess_type(name)[0])
        response.headers["Content-Encoding"] = coding
    else:
        response = send_from_directory(STATIC, name)
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = FOR_EVER if lasting else "no-store"
    return response


@cache
def texts() -> frozenset[str]:
    """The names of all static files that are text."""
    found = (path for path in STATIC.rglob("*") if path.suffix in SQUEEZED)
    return frozenset(path.relative_to(STATIC).as_posix() for path in found)


@cache
def packed(name: str, coding: str) -> bytes:
    """A static file as it travels; made when it is first asked for."""
    return squeezed(bare(name).encode(), coding)


def bare(name: str) -> str:
    """A static file without its comments; each line stays on its line."""
    text = (STATIC / name).read_text()
    if name.startswith("vendor/") or name.endswith(".svg"):
        return text
    comments = IN_SCRIPTS if name.endswith(".js") else IN_STYLES
    return comments.sub(lambda comment: "\n" * comment[0].count("\n"), text)


def squeezed(text: bytes, coding: str) -> bytes:
    """As small as a coding makes it."""
    return brotli.compress(text) if coding == "br" else gzip.compress(text, mtime=0)


def accepted() -> str | None:
    """The best coding that this browser takes."""
    return next((coding for coding in CODINGS if request.accept_encodings[coding]), None)


def compressed(page: str) -> Response:
    """Give a page as it travels.

    Not for one with a secret beside words that somebody else may choose: its size would tell.
    """
    response = Response(page, mimetype="text/html")
    if coding := accepted():
        response.data = squeezed(response.data, coding)
        response.headers["Content-Encoding"] = coding
    response.headers["Vary"] = "Accept-Encoding"
    return response


# ---- Modules, and their words --------------------------------------------------------------------


@cache
def modules(script: str, *, later: bool = False) -> list[str]:
    """What a script begins with, and with `later` also what it loads when that is needed."""
    found = [script]
    for module in found:  # it grows meanwhile
        text = (STATIC / module).read_text()
        for path in [*IMPORTED.findall(text), *(LATER.findall(text) if later else ())]:
            inner = posixpath.normpath(posixpath.join(posixpath.dirname(module), path))
            if inner not in found:
                found.append(inner)
    return found


def words(version: str, script: str, lang: str) -> Response:  # noqa: ARG001 - see words_version
    """The words of a script in one language."""
    if lang not in LANGUAGES or not SCRIPT.fullmatch(script) or script not in texts():
        abort(404)
    coding = accepted()
    response = Response(packed_words(script, lang, coding), mimetype="application/json")
    if coding:
        response.headers["Content-Encoding"] = coding
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = FOR_EVER
    return response


@cache
def packed_words(script: str, lang: str, coding: str | None) -> bytes:
    """The words of a script as they travel."""
    known = catalogue(lang)
    found = {key: known[key] for key in sorted(_sentences(script)) if key in known}
    text = json.dumps({"messages": found}, ensure_ascii=False, separators=(",", ":")).encode()
    return squeezed(text, coding) if coding else text


def _sentences(script: str) -> set[str]:
    """What a script may say: its own sentences, and those that the server leaves to browsers."""
    sources = [(STATIC / module).read_text() for module in modules(script, later=True)]
    keys = [*said_in_rooms(), *(key for source in sources for key in in_script(source))]
    return {key if isinstance(key, str) else key[0] for key in keys}


@cache
def words_version() -> str:
    """What the catalogues and the scripts are, in twelve letters: a new version, a new address."""
    said = json.dumps([catalogue(lang) for lang in LANGUAGES], sort_keys=True)
    return hashlib.sha256((said + static_version()).encode()).hexdigest()[:12]
