"""Write a conversation in the open data format of Polis (pure)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any

from exports.tables import csv_lines
from facilitator.polis.reading import Conversation

FILES = (
    "summary.csv",
    "comments.csv",
    "votes.csv",
    "participants-votes.csv",
    "comment-groups.csv",
)
DATE = "%a %b %d %H:%M:%S UTC %Y"


def write_conversation(
    talk: Conversation, groups: dict[int, int], closed_at: datetime, folder: Path
) -> list[Path]:
    """Write the five files; `groups` is the group of each voter who is in one, from 0.

    Papers carry no time: every vote bears that of the closing. Who wrote a statement is not said.
    """
    folder.mkdir(parents=True, exist_ok=True)
    tables = (
        _summary(talk, groups),
        _comments(talk),
        _votes(talk, closed_at),
        _participants(talk, groups),
        _comment_groups(talk, groups),
    )
    paths = [folder / name for name in FILES]
    for path, table in zip(paths, tables, strict=True):
        _write(path, table)
    return paths


def _write(path: Path, table: Iterable[Iterable[Any]]) -> None:
    """Write a table; the file has its name only when it is whole."""
    aside = path.with_suffix(".part")
    aside.write_text(csv_lines(table), encoding="utf-8", newline="")
    aside.replace(path)


# ---- Tables: the columns first -------------------------------------------------------------------


def _summary(talk: Conversation, groups: dict[int, int]) -> list[list[Any]]:
    return [
        ["topic", talk.topic],
        ["url", ""],
        ["views", ""],
        ["voters", len(talk.votes)],
        ["voters-in-conv", len(talk.votes)],
        ["commenters", ""],
        ["comments", len(talk.statements)],
        ["groups", len(set(groups.values()))],
        ["conversation-description", talk.about],
    ]


def _comments(talk: Conversation) -> Iterator[list[Any]]:
    yield [
        *("timestamp", "datetime", "comment-id", "author-id", "agrees", "disagrees", "moderated"),
        "comment-body",
    ]
    totals = _tallies(talk, lambda _: 0)
    for said in talk.statements:
        tally = totals[said.number, 0]
        when = _when(said.made_at) if said.made_at else ["", ""]
        state = -1 if said.taken_out else 1
        yield [*when, said.number, "", tally[1], tally[-1], state, said.text]


def _votes(talk: Conversation, closed_at: datetime) -> Iterator[list[Any]]:
    yield ["timestamp", "datetime", "comment-id", "voter-id", "vote"]
    when = _when(closed_at)
    cast = (
        (one, voter, mark) for voter, marks in talk.votes.items() for one, mark in marks.items()
    )
    for row in sorted(cast):
        yield [*when, *row]


def _participants(talk: Conversation, groups: dict[int, int]) -> Iterator[list[Any]]:
    numbers = [said.number for said in talk.statements]
    counts = ("n-comments", "n-votes", "n-agree", "n-disagree")
    yield ["participant", "group-id", *counts, *numbers]
    for voter, marks in sorted(talk.votes.items()):
        tally = Counter(marks.values())
        own = [groups.get(voter, ""), "", len(marks), tally[1], tally[-1]]
        yield [voter, *own, *(marks.get(number, "") for number in numbers)]


def _comment_groups(talk: Conversation, groups: dict[int, int]) -> Iterator[list[Any]]:
    names = sorted(set(groups.values()))
    kinds = ("votes", "agrees", "disagrees", "passes")
    letters = [f"group-{chr(ord('a') + name)}" for name in names]
    total = [f"total-{kind}" for kind in kinds]
    yield ["comment-id", "comment", *total, *(f"{a}-{kind}" for a in letters for kind in kinds)]
    all_, by_group = _tallies(talk, lambda _: 0), _tallies(talk, groups.get)
    for said in talk.statements:
        tallies = [all_[said.number, 0], *(by_group[said.number, name] for name in names)]
        counts = ([tally.total(), tally[1], tally[-1], tally[0]] for tally in tallies)
        yield [said.number, said.text, *chain.from_iterable(counts)]


def _tallies(
    talk: Conversation, group_of: Callable[[int], int | None]
) -> defaultdict[tuple[int, int | None], Counter[int]]:
    """How often each answer was given to each statement, by groups."""
    found = defaultdict[tuple[int, int | None], Counter[int]](Counter)
    for voter, marks in talk.votes.items():
        for number, mark in marks.items():
            found[number, group_of(voter)][mark] += 1
    return found


def _when(moment: datetime) -> list[Any]:
    """A moment as these files write it, twice."""
    milliseconds = int(moment.timestamp()) * 1000 + moment.microsecond // 1000
    return [milliseconds, moment.strftime(DATE)]
