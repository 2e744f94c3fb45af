"""The votes of a forum as tables, for other people's tools: what was asked, what came of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import select

from exports.tables import Table, as_csv
from exports.to_xlsx import as_xlsx
from facilitator.consolidation.compose import write_file
from facilitator.consolidation.names import place_name
from facilitator.db import db
from facilitator.i18n import said
from facilitator.models import Ballot, Face, Forum, Paper, Room, Sector

#: The names by which they are asked for, and the ending of the files.
VOTE_FORMATS = {"votes-xlsx": ".xlsx", "votes-csv": ".csv"}

Row = tuple[Any, ...]


def vote_tables(forum_id: int) -> list[Table]:
    """All closed ballots of a forum: as questions, by choice, by sector, and paper by paper.

    Papers carry a number by chance and nothing else; those of ballots with fewer voters than the
    forum tells of are left out. What is told by sector is what the screens tell.
    """
    forum = db.session.get_one(Forum, forum_id)
    lang = forum.languages[0]
    places = {
        room.id: place_name(room, lang)
        for room in db.session.scalars(select(Room).filter_by(forum_id=forum_id))
    }
    closed = Ballot.room_id.in_(places), Ballot.result.is_not(None)
    ballots = db.session.scalars(select(Ballot).where(*closed).order_by(Ballot.id)).all()
    sectors = db.session.scalars(select(Sector).filter_by(forum_id=forum_id))
    names = {one.uuid: said(one.name, lang) for one in sectors}
    earlier = {ballot.id: ballot.uuid for ballot in ballots}
    asked = [_asked(ballot, places[ballot.room_id], earlier) for ballot in ballots]
    return [
        Table(
            name="ballots",
            columns=(
                *("ballot", "room", "question", "language", "method", "secret", "opened", "closed"),
                *("voters", "entitled", "hands", "in_favour", "passed", "rule", "conclusion"),
                "repeats",
            ),
            rows=asked,
        ),
        Table(
            name="results",
            columns=("ballot", "choice", "place", "figure", "label"),
            rows=[row for ballot in ballots for row in _results(ballot)],
        ),
        Table(
            name="sectors",
            columns=("ballot", "sectors", "voters", "in_favour_least", "in_favour_most"),
            rows=[row for ballot in ballots for row in _sectors(ballot, names)],
        ),
        Table(
            name="papers",
            columns=("ballot", "paper", "choice", "criterion", "mark"),
            rows=[row for ballot in ballots for row in _papers(ballot, forum.least)],
        ),
    ]


def _asked(ballot: Ballot, place: str, earlier: dict[int, str]) -> Row:
    result: Face = ballot.result or {}
    rule = [sentence.format(**values) for sentence, values in ballot.rule.get("said", [])]
    return (
        *(ballot.uuid, place, ballot.question, ballot.lang, ballot.method),
        "yes" if ballot.secret else "no",
        *(_moment(ballot.opened_at), _moment(ballot.closed_at)),
        *(result["voters"], result.get("entitled"), result.get("hands", 0), result.get("favour")),
        *({True: "yes", False: "no"}.get(result["passed"], ""), " ".join(rule)),
        *((ballot.conclusion or {}).get("text", ""), earlier.get(ballot.earlier_id or 0, "")),
    )


def _moment(moment: Any) -> str:
    return f"{moment.isoformat(timespec='seconds')}Z" if moment else ""


def _results(ballot: Ballot) -> Iterator[Row]:
    result: Face = ballot.result or {}
    labels = {str(choice.id): "" if choice.blank else choice.label for choice in ballot.choices}
    places = {name: n for n, tied in enumerate(result.get("order", []), 1) for name in tied}
    numbers = _numbers(ballot)
    for name, figure in result["counts"].items():
        yield ballot.uuid, numbers.get(name, name), places.get(name), figure, labels.get(name, name)


def _numbers(ballot: Ballot) -> dict[str, int]:
    """The choices as they are numbered on the paper, from 1."""
    return {str(choice.id): number for number, choice in enumerate(ballot.choices, 1)}


def _sectors(ballot: Ballot, names: dict[str, str]) -> Iterator[Row]:
    for row in (ballot.result or {}).get("sectors", []):
        together = ", ".join(names.get(uuid, "–") for uuid in row["sectors"])
        yield ballot.uuid, together, row["voters"], row["low"], row["high"]


def _papers(ballot: Ballot, least: int) -> Iterator[Row]:
    query = select(Paper.marks).where(Paper.ballot_id == ballot.id).order_by(Paper.voter)
    papers, numbers = db.session.scalars(query).all(), _numbers(ballot)
    if len(papers) < least:
        return
    for number, marks in enumerate(papers, 1):
        for name, mark in marks.items():
            choice, _, criterion = name.partition(".")
            yield ballot.uuid, number, numbers.get(choice, choice), criterion, mark


def vote_files(
    forum_id: int,
    formats: Collection[str],
    folder: Path,
    progress: Callable[[int], None] = lambda _: None,
) -> list[Path]:
    """Write the votes in these formats into a folder, each file whole or not at all."""
    db.session.rollback()  # what is read from now on is of this moment
    tables = vote_tables(forum_id)
    db.session.rollback()
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name in formats:
        if VOTE_FORMATS[name] == ".xlsx":
            paths.append(write_file(folder / "votes.xlsx", as_xlsx(tables)))
        else:
            paths += [write_file(folder / f"{one.name}.csv", as_csv(one)) for one in tables]
    progress(100)
    return paths
