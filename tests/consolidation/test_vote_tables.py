"""The votes of a forum as tables."""

import csv
import io
import zipfile

import openpyxl
import pytest

from facilitator.consolidation.vote_tables import vote_files, vote_tables
from facilitator.models import Phase

ASKED = {"question": "=What first?", "lang": "en", "things": []}


@pytest.fixture
def voted(forum, join, lead):
    """A room with a ranking by six, one by two, and an open vote."""
    people, leader = [join(f"Sample {n}") for n in range(6)], lead()
    for text in ("Benches", "Buses"):
        people[0].act("idea.post", sort="need", question=None, text=text, lang="en")
    leader.go(Phase.DECIDE)
    ballots = []
    for many in (6, 2):
        ballot = leader.act("ballot.open", **ASKED, subject="ideas", method="ranking")
        a, b = (str(choice["id"]) for choice in ballot["choices"])
        for phone in people[:many]:
            phone.act("ballot.cast", ballot=ballot["id"], marks={a: 1, b: 2})
        leader.act("ballot.close", ballot=ballot["id"])
        ballots.append(ballot)
    leader.act("ballot.again", ballot=ballots[0]["id"])
    return ballots


def test_closed_votes_stand_in_the_tables(forum, voted):
    asked, results, sectors, papers = vote_tables(forum.id)

    assert [row[0] for row in asked.rows] == [ballot["uuid"] for ballot in voted]
    first = dict(zip(asked.columns, asked.rows[0], strict=True))
    assert first["room"] == "Lublin, Housing, Group 1"
    assert (first["voters"], first["method"], first["passed"]) == (6, "ranking", "")
    assert [row[1:3] for row in results.rows[:2]] == [(1, 1), (2, 2)]
    assert {row[4] for row in results.rows} == {"Benches", "Buses"}
    assert sectors.rows == []
    # Two papers are too few to be told one by one.
    assert {row[0] for row in papers.rows} == {voted[0]["uuid"]}
    assert [row[1:] for row in papers.rows[:3]] == [(1, 1, "", 1), (1, 2, "", 2), (2, 1, "", 1)]


def test_files_are_read_by_others(forum, voted, tmp_path):
    paths = vote_files(forum.id, ["votes-xlsx", "votes-csv"], tmp_path)

    assert [path.name for path in paths] == [
        "votes.xlsx",
        "ballots.csv",
        "results.csv",
        "sectors.csv",
        "papers.csv",
    ]
    book = openpyxl.load_workbook(paths[0])
    assert book.sheetnames == ["ballots", "results", "sectors", "papers"]
    assert book["ballots"]["C2"].value == "=What first?"
    assert book["ballots"]["C2"].data_type == "s"
    assert zipfile.ZipFile(paths[0]).testzip() is None
    rows = list(csv.DictReader(io.StringIO(paths[1].read_text("utf-8-sig"))))
    assert [row["question"] for row in rows] == ["'=What first?"] * 2


def test_a_forum_without_votes_has_empty_tables(forum):
    assert [table.rows for table in vote_tables(forum.id)] == [[], [], [], []]
