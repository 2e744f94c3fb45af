"""What a page fetches is small, says the same, and is in the reader's words."""

import gzip
import json
import re
import shutil
import subprocess
from pathlib import Path

import brotli
import pytest

from facilitator.i18n import LANGUAGES, messages
from facilitator.pages import page_data, static_url
from facilitator.pages.assets import STATIC, bare, modules, texts

ROOT = Path(__file__).parents[2]
SAME = ROOT / "tests" / "data" / "bare.mjs"
TYPESCRIPT = ROOT / "node_modules" / "typescript"
OPEN = {"br": brotli.decompress, "gzip": gzip.decompress}

OURS = sorted(name for name in texts() if not name.startswith("vendor/"))
SCRIPTS = [name for name in OURS if name.endswith(".js")]
STYLES = [name for name in OURS if name.endswith(".css")]
IN_STYLE = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|/\*.*?\*/""", re.DOTALL)


def address(app, name):
    with app.test_request_context():
        return static_url(name)


@pytest.mark.parametrize(("asked", "coding"), [("gzip", "gzip"), ("gzip, br", "br")])
def test_a_script_is_small_on_the_way_to_a_phone(app, asked, coding):
    small = app.test_client().get(address(app, "parts/idea.js"), headers={"Accept-Encoding": asked})

    assert small.headers["Content-Encoding"] == coding
    assert OPEN[coding](small.data).decode() == bare("parts/idea.js")
    assert small.headers["Vary"] == "Accept-Encoding"
    assert "immutable" in small.headers["Cache-Control"]
    # What a page may do the page says; a hundred scripts need not repeat it.
    assert "Content-Security-Policy" not in small.headers
    assert small.headers["X-Content-Type-Options"] == "nosniff"


def test_who_takes_no_coding_gets_the_file(app):
    plain = app.test_client().get(address(app, "room.js"))

    assert plain.data == (STATIC / "room.js").read_bytes()
    plain.close()


def test_in_development_the_browser_gets_what_is_in_the_repository(app):
    app.debug = True
    served = app.test_client().get(
        address(app, "parts/idea.js"), headers={"Accept-Encoding": "gzip, br"}
    )

    assert served.data == (STATIC / "parts/idea.js").read_bytes()
    assert served.headers["Cache-Control"] == "no-store"
    served.close()


def test_nothing_but_static_files_is_served(app):
    client = app.test_client()
    icons = client.get(address(app, "icons.svg"))

    assert "Content-Security-Policy" in icons.headers
    icons.close()
    assert client.get("/static/elsewhere/../pages/room.py").status_code == 404


@pytest.mark.skipif(
    not (shutil.which("node") and TYPESCRIPT.is_dir()), reason="NO NODE OR NO TYPESCRIPT"
)
def test_scripts_mean_the_same_without_their_comments():
    asked = [(name, (STATIC / name).read_text(), bare(name)) for name in SCRIPTS]
    # A line that looks like a comment inside of a template is no comment: the test would see it.
    asked.append(("wrong.js", "f(`\n// a\n`);", "f(`\n\n`);"))

    done = subprocess.run(
        ["node", SAME],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )

    assert json.loads(done.stdout) == ["wrong.js"]


@pytest.mark.parametrize("name", OURS)
def test_every_line_stays_on_its_line(name):
    assert bare(name).count("\n") == (STATIC / name).read_text().count("\n")


@pytest.mark.parametrize("name", STYLES)
def test_styles_mean_the_same_without_their_comments(name):
    meant = IN_STYLE.sub(lambda found: found[1] or " ", (STATIC / name).read_text())

    assert "/*" not in bare(name)
    assert bare(name).split() == meant.split()


def test_hardly_a_comment_travels():
    """What is left are words at the end of a line, which only a parser could tell from a text."""
    left = [name for name in SCRIPTS if re.search(r"^\s*(//|/\*)", bare(name), re.MULTILINE)]

    assert left == []


# ---- Words ---------------------------------------------------------------------------------------


def said(app, script, lang, **headers):
    with app.test_request_context():
        where = json.loads(page_data(script))["words"]
    return app.test_client().get(re.sub(r"\w+\.json$", f"{lang}.json", where), headers=headers)


def test_what_comes_later_is_known_before(app):
    first, all_of_it = modules("room.js"), modules("room.js", later=True)

    assert "parts/editor.js" not in first
    assert {"parts/grouping.js", "parts/editor.js", "parts/adoption.js"} <= set(all_of_it)
    # What is only named by a type is not fetched.
    assert "parts/desk.js" not in all_of_it


@pytest.mark.parametrize("lang", [lang for lang in LANGUAGES if lang != "en"])
def test_a_page_gets_the_words_it_may_say(app, lang):
    words = said(app, "room.js", lang).json["messages"]

    known = messages(lang)
    assert words == {key: list(known[key]) for key in words}
    # In the page, in what is loaded later, in plurals, and left to the browser by the server.
    for key in ("Send", "Vote again", "{n} idea", "A single block stops it."):
        assert key in words
    # Said at the desk, and on pages that the server writes.
    assert not {"Which room are you in?", "Seal the document"} & set(words)


def test_words_travel_small(app):
    small = said(app, "room.js", "uk", **{"Accept-Encoding": "br"})

    assert small.headers["Content-Encoding"] == "br"
    assert json.loads(brotli.decompress(small.data)) == said(app, "room.js", "uk").json
    assert len(small.data) < 20_000


@pytest.mark.parametrize("where", ["room.js/xx", "parts/idea.js/pl", "no.js/pl", "mark.svg/pl"])
def test_there_are_no_words_for_nothing(app, where):
    assert app.test_client().get(f"/words/any/{where}.json").status_code == 404
