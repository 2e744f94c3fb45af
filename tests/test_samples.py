"""What the README shows and links is there, and small enough to be looked at."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "docs" / "samples"


def test_what_the_readme_shows_and_links_is_there():
    text = (ROOT / "README.md").read_text()
    named = re.findall(r"\]\((?!https?:|#)([^)#]+)", text)

    assert {Path(name).name for name in named} >= {"recommendations.pdf", "page-01.png"}
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_samples_are_what_they_claim_and_small():
    beginnings = {".png": b"\x89png", ".pdf": b"%pdf", ".docx": b"pk", ".html": b"<!doctype html>"}
    files = list(SAMPLES.iterdir())

    assert {one.suffix for one in files} == set(beginnings)
    for one in files:
        assert one.read_bytes()[:20].lower().startswith(beginnings[one.suffix]), one.name
    assert sum(one.stat().st_size for one in files) < 3_000_000
