"""Read a conversation in the open data format of Polis, or refuse it whole (pure).

https://github.com/compdemocracy/openData says what is in the files. Only three are read: the
others say nothing that does not follow from these.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from exports.tables import unguarded

T = TypeVar("T")

#: Bytes of a file; characters of a statement and of a topic; statements; rows that are named.
LARGEST, LONGEST, TOPIC, MOST, NAMED = 10_000_000, 1_000, 200, 5_000, 20

FILES = "summary.csv", "comments.csv", "votes.csv"
COMMENTS, VOTES = ("comment-id", "comment-body"), ("comment-id", "voter-id", "vote")


class BadConversation(ValueError):
    """A conversation cannot be used; its lines name the file and the row, and say why."""

    def __init__(self, problems: list[str]) -> None:
        more = f"\n… and {len(problems) - NAMED} more." if len(problems) > NAMED else ""
        super().__init__("\n".join(problems[:NAMED]) + more)
        self.problems = problems


@dataclass(frozen=True)
class Said:
    """A statement."""

    number: int
    text: str
    taken_out: bool
    made_at: datetime | None


@dataclass(frozen=True)
class Conversation:
    """A topic, what was said about it, and each voter's answers: {voter: {statement: answer}}."""

    topic: str
    about: str
    statements: list[Said]
    votes: dict[int, dict[int, int]]


@dataclass
class _Reader:
    """Reads files, and collects what is wrong with them."""

    folder: Path
    problems: list[str] = field(default_factory=list)

    def rows(self, name: str, needed: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
        """The rows of a table by their line numbers; nothing if it has not got the columns."""
        lines = csv.reader(self.lines(name), strict=True)
        try:
            columns = next(lines, [])
            if missing := [column for column in needed if column not in columns]:
                self.wrong(name, 1, f"there is no column {', '.join(missing)}")
                return
            for cells in lines:
                if len(cells) != len(columns):
                    said = f"{len(cells)} cells instead of {len(columns)}"
                    self.wrong(name, lines.line_num, said)
                else:
                    yield lines.line_num, dict(zip(columns, cells, strict=True))
        except csv.Error as error:
            self.wrong(name, lines.line_num, str(error))

    def lines(self, name: str) -> io.StringIO:
        """The lines of a file, if it is a text of a size that we take."""
        path = self.folder / name
        if path.stat().st_size > LARGEST:
            self.problems.append(f"{name}: larger than {LARGEST // 1_000_000} MB")
        else:
            data = path.read_bytes()
            try:
                return io.StringIO(data.decode("utf-8-sig"), newline="")
            except UnicodeDecodeError as error:
                self.wrong(name, data.count(b"\n", 0, error.start) + 1, "this is not UTF-8")
        return io.StringIO()

    def wrong(self, name: str, row: int, said: str) -> None:
        """Note that something is wrong with a row."""
        self.problems.append(f"{name}, row {row}: {said}")

    def cell(self, name: str, row: int, cell: str, read: Callable[[str], T]) -> T | None:
        """What a cell says; None, and noted, if that is nothing."""
        try:
            return read(cell)
        except (ValueError, OverflowError) as error:
            self.wrong(name, row, str(error))
            return None


def read_conversation(folder: Path) -> Conversation:
    """Read summary.csv, comments.csv and votes.csv of a folder; raises BadConversation."""
    if missing := [name for name in FILES if not (folder / name).is_file()]:
        raise BadConversation([f"{name}: there is no such file in {folder}" for name in missing])
    reader = _Reader(folder)
    topic, about = _summary(reader)
    statements = _statements(reader)
    votes = _votes(reader, {said.number for said in statements})
    if not 2 <= len(statements) <= MOST:
        reader.problems.append(f"comments.csv: between 2 and {MOST} statements are needed")
    if reader.problems:
        raise BadConversation(reader.problems)
    return Conversation(topic, about, statements, votes)


def _summary(reader: _Reader) -> tuple[str, str]:
    name, cells = "summary.csv", dict[str, str]()
    lines = csv.reader(reader.lines(name), strict=True)
    try:
        for row in lines:
            if len(row) == 2:
                cells[row[0]] = unguarded(row[1])
            elif row:
                reader.wrong(name, lines.line_num, "a name and a value are needed")
    except csv.Error as error:
        reader.wrong(name, lines.line_num, str(error))
    topic = cells.get("topic", "").strip()
    if not 1 <= len(topic) <= TOPIC:
        reader.problems.append(f"{name}: a topic of 1 to {TOPIC} characters is needed")
    return topic, cells.get("conversation-description", "")


def _statements(reader: _Reader) -> list[Said]:
    name, found = "comments.csv", dict[int, Said]()
    for row, cells in reader.rows(name, COMMENTS):
        number = reader.cell(name, row, cells["comment-id"], a_number)
        text = reader.cell(name, row, cells["comment-body"], a_text)
        state = reader.cell(name, row, cells.get("moderated") or "0", _state)
        made_at = reader.cell(name, row, cells.get("timestamp", ""), _moment)
        if number is not None and text is not None and state is not None:
            if number in found:
                reader.wrong(name, row, f"statement {number} is here a second time")
            found[number] = Said(number, text, state < 0, made_at)
    return [found[number] for number in sorted(found)]


def _votes(reader: _Reader, known: set[int]) -> dict[int, dict[int, int]]:
    """The last answer of each voter to each statement."""
    name, found = "votes.csv", dict[int, dict[int, int]]()
    for row, cells in reader.rows(name, VOTES):
        statement = reader.cell(name, row, cells["comment-id"], a_number)
        voter = reader.cell(name, row, cells["voter-id"], a_number)
        vote = reader.cell(name, row, cells["vote"], _state)
        if statement is not None and statement not in known:
            reader.wrong(name, row, f"there is no statement {statement}")
        elif statement is not None and voter is not None and vote is not None:
            found.setdefault(voter, {})[statement] = vote
    return found


def a_number(cell: str) -> int:
    """A number from 0."""
    if not re.fullmatch("[0-9]{1,9}", cell):
        raise ValueError(f"{cell[:40]!r} is not a number")
    return int(cell)


def _state(cell: str) -> int:
    if cell not in ("-1", "0", "1"):
        raise ValueError(f"{cell[:40]!r} is not -1, 0 or 1")
    return int(cell)


def _moment(cell: str) -> datetime | None:
    """Milliseconds since 1970; where there are none, nothing is known."""
    if not cell:
        return None
    if not re.fullmatch("[0-9]{1,14}", cell):
        raise ValueError(f"{cell[:40]!r} is not a time in milliseconds")
    milliseconds = int(cell)
    moment = datetime.fromtimestamp(milliseconds // 1000, UTC)
    return moment.replace(microsecond=milliseconds % 1000 * 1000)


def a_text(cell: str) -> str:
    """The words of a statement."""
    text = unguarded(cell)
    if "\0" in text or not text.strip():
        raise ValueError("the statement is empty" if "\0" not in text else "a NUL in the statement")
    if len(text) > LONGEST:
        raise ValueError(f"the statement has {len(text)} characters, more than {LONGEST}")
    return text
