"""A real conversation comes in as a forum with one room, and goes out again as it was."""

import csv

import pytest
from sqlalchemy import func, select

from facilitator.actions import Refused
from facilitator.db import db
from facilitator.models import Forum, Idea, Job, Phase, Room, RoomKind, Statement, StatementVote
from facilitator.polis import bring_in, hand_out
from facilitator.polis.reading import BadConversation, read_conversation
from facilitator.worker import opinions  # noqa: F401 - it registers its job
from facilitator.worker.jobs import JOBS
from tests.talks import BIODIVERSITY, BREXIT, table, unpacked


def the_forum(made):
    db.session.rollback()
    return db.session.scalar(select(Forum).where(Forum.uuid == made["forum"]))


def read(path):
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", [BREXIT, BIODIVERSITY])
def test_conversation_comes_in_and_goes_out_as_it_was(app, tmp_path, name):
    source = unpacked(name, tmp_path / "in")

    forum = the_forum(bring_in(source))
    paths = hand_out(forum, tmp_path / "out")

    assert len(paths) == 5
    before, after = read_conversation(source), read_conversation(tmp_path / "out")
    assert after == before
    columns = ("comment-id", "comment-body", "moderated", "timestamp")
    was, now_is = table(name, "comments"), read(tmp_path / "out" / "comments.csv")
    key = lambda row: int(row["comment-id"])  # noqa: E731
    assert [[row[c] for c in columns] for row in sorted(was, key=key)] == [
        [row[c] for c in columns] for row in now_is
    ]
    # And so is the matrix, with its totals.
    matrix = {row["participant"]: row for row in read(tmp_path / "out" / "participants-votes.csv")}
    for row in table(name, "participants-votes"):
        for column in row:
            if column.isdigit() or column in ("n-votes", "n-agree", "n-disagree"):
                assert matrix[row["participant"]][column] == row[column]


def test_steps_are_named_in_the_language_of_the_statements(app, tmp_path):
    forum = the_forum(bring_in(unpacked(BREXIT, tmp_path), "pl"))
    room = db.session.scalar(
        select(Room).where(Room.forum_id == forum.id, Room.sort == RoomKind.GROUP)
    )
    assert [step["title"]["pl"] for step in room.agenda] == [
        "Głosowanie nad stwierdzeniami",
        "Piszemy rekomendacje",
        "Zakończone",
    ]


def test_a_language_in_which_we_have_no_words_is_taken(app, tmp_path):
    forum = the_forum(bring_in(unpacked(BREXIT, tmp_path), "de"))

    assert forum.languages == ["de"]


def test_room_has_the_statements_and_its_worker_finds_the_groups(app, tmp_path):
    forum = the_forum(bring_in(unpacked(BIODIVERSITY, tmp_path)))

    rooms = db.session.scalars(select(Room).where(Room.forum_id == forum.id)).all()
    assert sorted(room.sort for room in rooms) == [RoomKind.DESK, RoomKind.GROUP]
    vote = db.session.scalar(select(StatementVote))
    assert (vote.voters, vote.is_open, vote.key) == (536, False, None)
    assert db.session.scalar(select(func.count()).select_from(Statement)) == 316
    # What moderators took out is no idea, and is not read by anybody.
    assert db.session.scalar(select(func.count()).select_from(Idea)) == 154
    hidden = db.session.scalars(select(Statement).where(Statement.out)).first()
    assert hidden.public()["text"] == ""

    for job in db.session.scalars(select(Job)).all():
        JOBS["opinions"](job, lambda _: None)

    db.session.rollback()
    told = db.session.scalar(select(StatementVote.opinions))
    assert [group["size"] for group in told["groups"]] == [371, 70]


def test_bad_conversation_founds_nothing(app, tmp_path):
    folder = unpacked(BREXIT, tmp_path)
    with (folder / "votes.csv").open("a") as file:
        file.write("0,,999,1,1\n")
    with pytest.raises(BadConversation, match="row 5314"):
        bring_in(folder)
    db.session.rollback()
    assert db.session.scalar(select(Forum)) is None


def test_forum_without_a_closed_vote_has_nothing_to_hand_out(forum, tmp_path):
    with pytest.raises(Refused, match="no closed vote"):
        hand_out(forum.forum, tmp_path)
    assert list(tmp_path.glob("*.csv")) == []


def test_own_vote_goes_out_without_who_wrote_or_when(forum, join, lead, tmp_path):
    leader = lead()
    phones = [join(f"Voter {n}") for n in range(4)]
    for text in ("=SUM(A1)", "Shade"):
        phones[0].act("idea.post", sort="need", question=None, text=text, lang="en")
    leader.go(Phase.DECIDE)
    vote = leader.act("statements.open", question="And?", lang="en", ideas=[])
    leader.hear()
    first, second = sorted(leader.all("statement"))
    for n, phone in enumerate(phones):
        phone.act("statements.vote", statement=first, answer="agree", more=False)
        if n % 2:
            phone.act("statements.vote", statement=second, answer="disagree", more=False)
    leader.act("statements.close", vote=vote["id"])
    db.session.rollback()

    hand_out(forum.forum, tmp_path)

    comments = read(tmp_path / "comments.csv")
    assert [row["comment-body"] for row in comments] == ["'=SUM(A1)", "Shade"]
    assert [(row["agrees"], row["disagrees"], row["author-id"]) for row in comments] == [
        ("4", "0", ""), ("0", "2", ""),
    ]  # fmt: skip
    votes = read(tmp_path / "votes.csv")
    assert len({row["timestamp"] for row in votes}) == 1
    assert {row["voter-id"] for row in votes} == {"0", "1", "2", "3"}
    assert {row["group-id"] for row in read(tmp_path / "participants-votes.csv")} == {""}
    assert read_conversation(tmp_path).statements[0].text == "=SUM(A1)"
