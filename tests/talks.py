"""Real conversations as Polis publishes them, unpacked; and their vote matrices."""

import csv
import gzip
from dataclasses import dataclass
from pathlib import Path

import numpy as np

SHELF = Path(__file__).parent / "data" / "polis"
BREXIT, BIODIVERSITY = "brexit-consensus", "scoop-hivemind.biodiversity"


def unpacked(name, folder):
    """The five files of a conversation, as one downloads them."""
    folder.mkdir(parents=True, exist_ok=True)
    for packed in (SHELF / name).glob("*.csv.gz"):
        (folder / packed.stem).write_bytes(gzip.decompress(packed.read_bytes()))
    return folder


def table(name, file):
    """One of the files as rows."""
    with gzip.open(SHELF / name / f"{file}.csv.gz", "rt", encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@dataclass(frozen=True)
class Conversation:
    """A vote matrix, which of its statements were taken out, and everybody's published group."""

    votes: np.ndarray
    taken_out: np.ndarray
    published: list[str]


def conversation(name):
    """A conversation with the groups that were published of it."""
    rows = table(name, "participants-votes")
    columns = [column for column in rows[0] if column.isdigit()]
    state = {row["comment-id"]: row["moderated"] for row in table(name, "comments")}
    votes = [[float(row[column] or "nan") for column in columns] for row in rows]
    taken_out = np.array([state[column] == "-1" for column in columns])
    return Conversation(np.array(votes), taken_out, [row["group-id"] for row in rows])
