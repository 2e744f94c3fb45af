"""What files of large documents cost, each made by a process of its own: python -m tests.load.documents.

The document is the sample, grown by copies of its recommendations under new ids.
"""

import io
import json
import resource
import subprocess
import sys
import time
from dataclasses import replace
from itertools import count, cycle, islice

import pikepdf

from exports import export
from exports.document import Recommendation
from tests.exports.make import sample

#: A file, and how many recommendations: some 50 and some 300 pages.
ASKED = [("pdf", 16), ("pdf", 128), *((name, 128) for name in ("docx", "odt", "epub", "letters"))]


def grown(many):
    """The sample with so many recommendations."""
    whole = sample()
    numbers = count(1)
    chapters = []
    for turn, chapter in enumerate(islice(cycle(whole.chapters), many)):
        if sum(isinstance(x, Recommendation) for y in chapters for x in y.content) >= many:
            break
        lap = turn // len(whole.chapters)
        content = []
        for part in chapter.content:
            if not isinstance(part, Recommendation):
                content.append(part)
            elif (number := next(numbers)) <= many:
                content.append(
                    replace(part, id=f"{part.id}-{lap}" if lap else part.id, number=number)
                )
        chapters.append(
            replace(
                chapter,
                id=f"{chapter.id}-{lap}" if lap else chapter.id,
                number=turn + 1,
                content=tuple(content),
            )
        )
    return replace(whole, chapters=tuple(chapters))


def made(name, many):
    """Make one file here: seconds of CPU and of the clock, the most memory held, pages of a PDF."""
    document = grown(many)
    used, began = time.process_time(), time.monotonic()
    data = export(document, name)
    return {
        "CPU, s": round(time.process_time() - used, 1),
        "clock, s": round(time.monotonic() - began, 1),
        "MB held": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000),
        "MB": round(len(data) / 1e6, 1),
        "pages": len(pikepdf.open(io.BytesIO(data)).pages) if name == "pdf" else None,
    }


def documents():
    """What each file costs, by what it is."""
    figures = {}
    for name, many in ASKED:
        command = [sys.executable, "-m", "tests.load.documents", name, str(many)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        figures[f"{name}, {many} recommendations"] = json.loads(done.stdout)
    return figures


if __name__ == "__main__":
    if sys.argv[1:]:
        print(json.dumps(made(sys.argv[1], int(sys.argv[2]))))
    else:
        for what, figures in documents().items():
            print(f"{what:<40} {figures}")
