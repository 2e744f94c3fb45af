"""The sample document for visitors of the repository, in docs/samples: python -m tests.samples.

It renders the document that the tests of exports use: twelve recommendations in four languages, all
invented. The same document gives the same bytes. Pictures of some pages need pdftoppm (Debian:
poppler-utils).
"""

import subprocess
import tempfile
from pathlib import Path

from PIL import Image

from exports import export
from tests.exports.make import sample

SAMPLES = Path(__file__).parents[1] / "docs" / "samples"
FORMATS = ("pdf", "docx", "html")
#: Cover, summary, contents, method, a chapter, a recommendation, where passages come from.
PAGES = (1, 3, 4, 7, 9, 10, 11, 35)
#: Dots to the inch, and colours of a picture.
DENSITY, COLOURS = 72, 64


def main():
    SAMPLES.mkdir(parents=True, exist_ok=True)
    for old in SAMPLES.iterdir():
        old.unlink()
    document = sample()
    for name in FORMATS:
        (SAMPLES / f"recommendations.{name}").write_bytes(export(document, name))
    for page in PAGES:
        draw(page)


def draw(page):
    """Keep a picture of one page."""
    with tempfile.TemporaryDirectory() as folder:
        drawn = Path(folder) / "page"
        only = ["-r", str(DENSITY), "-f", str(page), "-l", str(page), "-singlefile", "-png"]
        subprocess.run(["pdftoppm", *only, SAMPLES / "recommendations.pdf", drawn], check=True)
        with Image.open(drawn.with_suffix(".png")) as picture:
            small = picture.convert("RGB").quantize(COLOURS)
            small.save(SAMPLES / f"page-{page:02}.png", optimize=True)


if __name__ == "__main__":
    main()
