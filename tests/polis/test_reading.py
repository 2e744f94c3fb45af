"""Conversations of others: read as they are published, or refused whole with the rows named."""

import csv
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.tables import guarded, unguarded
from facilitator.polis.reading import (
    BadConversation,
    Conversation,
    Said,
    read_conversation,
)
from facilitator.polis.writing import write_conversation
from tests.talks import BIODIVERSITY, BREXIT, conversation, table, unpacked

SUMMARY = 'topic,Where to sit\nconversation-description,"Benches, and more"\n'
COMMENTS = "comment-id,moderated,comment-body\n0,1,More benches\n1,-1,Fewer benches\n"
VOTES = "comment-id,voter-id,vote\n0,0,1\n0,1,-1\n1,0,0\n0,1,1\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "summary.csv").write_text(SUMMARY)
    (tmp_path / "comments.csv").write_text(COMMENTS)
    (tmp_path / "votes.csv").write_text(VOTES)
    return tmp_path


def refusal(folder):
    with pytest.raises(BadConversation) as found:
        read_conversation(folder)
    return str(found.value)


def test_last_vote_counts(folder):
    talk = read_conversation(folder)
    assert (talk.topic, talk.about) == ("Where to sit", "Benches, and more")
    assert talk.statements == [
        Said(0, "More benches", taken_out=False, made_at=None),
        Said(1, "Fewer benches", taken_out=True, made_at=None),
    ]
    assert talk.votes == {0: {0: 1, 1: 0}, 1: {0: 1}}


@pytest.mark.parametrize("name", [BREXIT, BIODIVERSITY])
def test_real_conversations_read_as_their_own_matrix(tmp_path, name):
    talk = read_conversation(unpacked(name, tmp_path))
    real = conversation(name)
    rows = table(name, "participants-votes")
    columns = [column for column in rows[0] if column.isdigit()]
    matrix = {
        int(row["participant"]): {int(c): int(row[c]) for c in columns if row[c]} for row in rows
    }
    assert talk.votes == {voter: marks for voter, marks in matrix.items() if marks}
    assert len(talk.votes) == len(real.votes)
    assert [said.text for said in talk.statements] == [
        row["comment-body"]
        for row in sorted(table(name, "comments"), key=lambda row: int(row["comment-id"]))
    ]


# ---- What is refused -----------------------------------------------------------------------------


@pytest.mark.parametrize(("file", "text", "said"), [
    ("votes.csv", "statement,voter-id,vote\n0,0,1\n", "votes.csv, row 1: there is no column comment-id"),
    ("comments.csv", "comment-id\n0\n", "comments.csv, row 1: there is no column comment-body"),
    ("votes.csv", VOTES + "7,0,1\n", "votes.csv, row 6: there is no statement 7"),
    ("votes.csv", VOTES + "0,0,2\n", "votes.csv, row 6: '2' is not -1, 0 or 1"),
    ("votes.csv", VOTES + "0,0,0.5\n", "votes.csv, row 6: '0.5' is not -1, 0 or 1"),
    ("votes.csv", VOTES + "0,-1,1\n", "votes.csv, row 6: '-1' is not a number"),
    ("votes.csv", VOTES + "0,,1\n", "votes.csv, row 6: '' is not a number"),
    ("votes.csv", VOTES + "0,1\n", "votes.csv, row 6: 2 cells instead of 3"),
    ("votes.csv", VOTES + '0,1,"1\n', "votes.csv, row 6: unexpected end of data"),
    ("votes.csv", VOTES.replace(",", ";"), "votes.csv, row 1: there is no column"),
    ("comments.csv", COMMENTS + "1,1,Again\n", "comments.csv, row 4: statement 1 is here a second time"),
    ("comments.csv", COMMENTS + "2,1,  \n", "comments.csv, row 4: the statement is empty"),
    ("comments.csv", COMMENTS + "2,5,Seats\n", "comments.csv, row 4: '5' is not -1, 0 or 1"),
    ("comments.csv", COMMENTS + f"2,1,{'x' * 1001}\n", "comments.csv, row 4: the statement has 1001"),
    ("comments.csv", "comment-id,comment-body\n0,One\n", "between 2 and"),
    ("comments.csv", "", "comments.csv, row 1: there is no column"),
    ("summary.csv", "topic,\n", "summary.csv: a topic of 1 to 200 characters"),
    ("summary.csv", "topic\n", "summary.csv, row 1: a name and a value"),
    ("summary.csv", "", "summary.csv: a topic"),
])  # fmt: skip
def test_rows_that_are_wrong_are_named(folder, file, text, said):
    (folder / file).write_text(text)
    assert said in refusal(folder)


def test_other_encodings_are_refused_with_their_row(folder):
    (folder / "comments.csv").write_bytes((COMMENTS + "2,1,Ławki\n").encode("cp1250"))
    assert "comments.csv, row 4: this is not UTF-8" in refusal(folder)
    (folder / "comments.csv").write_bytes(COMMENTS.encode("utf-16"))
    assert "this is not UTF-8" in refusal(folder)


def test_mark_of_utf8_is_no_part_of_the_first_column(folder):
    (folder / "comments.csv").write_bytes(COMMENTS.encode("utf-8-sig"))
    assert len(read_conversation(folder).statements) == 2


def test_line_ends_of_any_kind_are_read(folder):
    (folder / "votes.csv").write_bytes(VOTES.replace("\n", "\r\n").encode())
    (folder / "comments.csv").write_text(COMMENTS + '2,1,"Two\nlines"\n3,1,Thin\u2028space\x85\n')
    texts = [said.text for said in read_conversation(folder).statements]
    assert texts[2:] == ["Two\nlines", "Thin\u2028space\x85"]


def test_too_large_a_file_is_refused(folder):
    with (folder / "votes.csv").open("a") as file:
        file.writelines("0,1,1\n" for _ in range(1_700_000))
    assert "votes.csv: larger than 10 MB" in refusal(folder)


def test_missing_file_is_named(folder):
    (folder / "summary.csv").unlink()
    assert refusal(folder) == f"summary.csv: there is no such file in {folder}"


def test_everything_wrong_is_told_at_once_up_to_a_number(folder):
    (folder / "votes.csv").write_text(VOTES + "9,9,9\n" * 30)
    (folder / "comments.csv").write_text(COMMENTS + "x,1,Seats\n")
    said = refusal(folder)
    assert "comments.csv, row 4" in said
    assert "votes.csv, row 6" in said
    assert said.endswith("more.")


# ---- Cells ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["=1+1", "+48 600", "-5 %", "@home", "\tx", "'=1", "''=1", "'quoted'", "benches"]
)
def test_no_cell_is_a_formula_and_all_come_back(text):
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert unguarded(guarded(text)) == text


@given(st.text(max_size=30))
def test_every_text_comes_back_as_it_was(text):
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert unguarded(guarded(text)) == text


TEXTS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1
).filter(str.strip)


@given(texts=st.lists(TEXTS, min_size=2, max_size=5), chance=st.randoms(use_true_random=False))
def test_what_is_written_is_read_again(tmp_path_factory, texts, chance):
    folder = tmp_path_factory.mktemp("talk")
    moment = datetime(2026, 5, 16, 10, 0, 0, 123000, tzinfo=UTC)
    said = [Said(n, text, n % 2 == 1, moment) for n, text in enumerate(texts)]
    votes = {voter: {n: chance.choice((-1, 0, 1)) for n in range(len(texts)) if chance.random() < 0.8 or n == 0}
             for voter in range(4)}  # fmt: skip
    talk = Conversation("A topic", "=about", said, votes)

    paths = write_conversation(talk, {0: 0, 1: 1}, moment, folder)

    assert [path.name for path in paths] == [
        "summary.csv", "comments.csv", "votes.csv", "participants-votes.csv", "comment-groups.csv",
    ]  # fmt: skip
    assert read_conversation(folder) == talk
    with (folder / "comment-groups.csv").open(newline="", encoding="utf-8") as file:
        [first, *_] = csv.DictReader(file)
    assert int(first["total-votes"]) == 4
    assert int(first["group-a-votes"]) == int(first["group-b-votes"]) == 1
