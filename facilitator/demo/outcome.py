"""What came of a whole forum: its files, read back."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from exports.document import Document, Source, from_json, to_json
from exports.sealing import SUFFIX, check_file

STEM = "recommendations"


@dataclass(frozen=True)
class Outcome:
    """Figures, and the files they stand in."""

    figures: Mapping[str, int]
    document: Document
    files: Sequence[Path]

    def lines(self, seconds: float) -> Iterator[str]:
        """The figures, for people."""
        yield f"{self.document.forum.title} ({seconds:.0f} seconds)"
        for name, number in self.figures.items():
            yield f"  {name:<16}{number:>5}"


def look_at(folder: Path, formats: Sequence[str], figures: Mapping[str, int]) -> Outcome:
    """Read the files of a forum; raises ValueError where something is missing in them."""
    # Raises ValueError as well where a file is not as it was sealed.
    files = [folder / f"{STEM}{ending}" for ending in (*(f".{one}" for one in formats), SUFFIX)]
    for path in files:
        if not path.stat().st_size:
            raise ValueError(f"{path.name} is empty.")
    data = json.loads((folder / f"{STEM}.json").read_text("utf-8"))
    document = from_json(data)
    if to_json(document) != data:
        raise ValueError("The JSON does not read back to the same document.")
    _check(document, figures)
    for path in files:
        check_file(path)
    return Outcome(figures, document, files)


def _room(source: Source) -> tuple[str | None, ...]:
    """Which room of the forum a source is from."""
    return source.meeting, source.track, source.room


def _check(document: Document, figures: Mapping[str, int]) -> None:
    """Compare the document with what was done."""
    printed = document.recommendations
    if len(printed) != figures["recommendations"]:
        raise ValueError(f"There are {len(printed)} recommendations in it.")
    decided = [one for one in printed if one.plenary and one.plenary.outcome != "open"]
    if len(decided) != figures["put"]:
        raise ValueError(f"The plenary has decided on {len(decided)} recommendations in it.")
    merged = [one for one in printed if len({_room(source) for source in one.sources}) > 1]
    if len(merged) != figures["merges"]:
        raise ValueError(f"{len(merged)} recommendations in it come from several rooms.")
