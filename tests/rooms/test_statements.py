"""Statement votes: one statement at a time, counted by a task, told when closed."""

import pytest
from sqlalchemy import select
from sqlalchemy import text as sql

from facilitator.actions import Refused
from facilitator.db import db, write
from facilitator.models import (
    AnswerSheet,
    Event,
    Idea,
    IdeaState,
    Job,
    Op,
    Phase,
    Statement,
    StatementVote,
)
from facilitator.rooms import statements
from facilitator.worker import opinions  # noqa: F401 - it registers its job
from facilitator.worker.jobs import JOBS

ASKED = {"question": "What do we think?", "lang": "en", "ideas": []}


@pytest.fixture
def asked(join, lead):
    """Ana, Ben and who leads, in a room that votes on three statements; and their numbers."""
    ana, ben, leader = join("Ana"), join("Ben"), lead()
    for text in ("Benches", "Shade", "Buses"):
        ana.act("idea.post", sort="need", question=None, text=text, lang="en")
    leader.go(Phase.DECIDE)
    vote = leader.act("statements.open", **ASKED)
    leader.hear()
    return ana, ben, leader, vote["id"], sorted(leader.all("statement"))


def answer(phone, statement, said="agree", *, more=False):
    return phone.act("statements.vote", statement=statement, answer=said, more=more)


def work(vote):
    """Do what waits for the worker."""
    db.session.rollback()
    for job in db.session.scalars(select(Job).where(Job.name == "opinions")).all():
        JOBS["opinions"](job, lambda _: None)


# ---- Opening -------------------------------------------------------------------------------------


def test_statements_are_the_ideas_that_are_shown(join, lead):
    ana, leader = join(), lead()
    made = [ana.act("idea.post", sort="need", question=None, text=text, lang="en")["id"]
            for text in ("One", "Two", "Three")]  # fmt: skip
    write(lambda: setattr(db.session.get(Idea, made[1]), "state", IdeaState.HIDDEN))
    leader.go(Phase.DECIDE)
    leader.act("statements.open", **ASKED)
    ana.hear()
    assert [said["text"] for said in ana.all("statement").values()] == ["One", "Three"]


def test_one_vote_on_statements_at_a_time(asked):
    _, _, leader, _, _ = asked
    with pytest.raises(Refused, match="already") as refusal:
        leader.act("statements.open", **ASKED)
    assert refusal.value.code == "conflict"


@pytest.mark.parametrize("ideas", [[1], [1, 999_999]])
def test_too_few_ideas_or_unknown_ones_are_refused(join, lead, ideas):
    ana, leader = join(), lead()
    made = [ana.act("idea.post", sort="need", question=None, text=text, lang="en")["id"]
            for text in ("One", "Two")]  # fmt: skip
    leader.go(Phase.DECIDE)
    with pytest.raises(Refused):
        leader.act("statements.open", **{**ASKED, "ideas": [made[0], *ideas[1:]]})
    leader.hear()
    assert leader.all("statement_vote") == {}


# ---- Answering -----------------------------------------------------------------------------------


def test_last_answer_counts_and_can_be_taken_back(asked):
    ana, ben, leader, vote, (first, second, third) = asked
    answer(ana, first, "agree")
    answer(ana, first, "disagree")
    answer(ana, second, "pass")
    answer(ben, first, "agree")
    answer(ana, third, "agree")
    answer(ana, third, None)
    ana.hear()
    assert ana.mine["answers"] == {str(first): -1, str(second): 0}

    result = leader.act("statements.close", vote=vote)

    counts = {str(first): [1, 1, 0], str(second): [0, 0, 1], str(third): [0, 0, 0]}
    assert result == {"voters": 2, "answers": 3, "counts": counts}


def test_who_takes_back_everything_has_not_voted(asked):
    ana, _, leader, vote, (first, *_) = asked
    answer(ana, first)
    answer(ana, first, None)
    answer(ana, first, None)
    assert leader.act("statements.close", vote=vote)["voters"] == 0
    db.session.rollback()
    assert db.session.scalars(select(AnswerSheet)).all() == []


def test_room_hears_how_many_and_nothing_of_what(asked):
    ana, ben, leader, vote, (first, second, _) = asked
    seq = leader.seq
    answer(ana, first, "agree", more=True)
    answer(ben, second, "disagree")
    statements.count_due()
    leader.hear()
    assert leader.all("turnout")[vote] == {"id": vote, "voters": 2, "answers": 2}
    lines = db.session.scalars(select(Event).where(Event.seq > seq)).all()
    assert [line.kind for line in lines] == ["turnout"]
    assert leader.mine["answers"] == {}


def test_next_statements_are_those_not_answered(asked):
    ana, _, leader, _, (first, second, third) = asked
    leader.act("statements.take_out", statement=third, out=True)
    assert answer(ana, first, more=True) == {"next": [second]}
    leader.act("statements.take_out", statement=third, out=False)
    assert sorted(answer(ana, first, more=True)["next"]) == [second, third]
    assert answer(ana, first) is None


def test_what_was_taken_out_is_not_read_and_not_counted(asked):
    ana, ben, leader, vote, (first, second, _) = asked
    answer(ana, first)
    leader.act("statements.take_out", statement=first, out=True)
    with pytest.raises(Refused, match="taken out"):
        answer(ben, first)
    ben.hear()
    assert ben.all("statement")[first]["text"] == ""
    counts = leader.act("statements.close", vote=vote)["counts"]
    assert str(first) not in counts
    assert str(second) in counts


def test_idea_that_is_hidden_is_asked_no_more_and_leaves_the_log(asked):
    ana, _, leader, _, (first, *_) = asked
    idea = leader.all("statement")[first]["idea"]
    leader.act("idea.hide", id=idea, reason="insult")
    ana.hear()
    assert (ana.all("statement")[first]["out"], ana.all("statement")[first]["text"]) == (True, "")
    lines = db.session.scalars(select(Event.data).where(Event.kind == "statement")).all()
    assert not [line for line in lines if line and line["text"] == "Benches"]
    with pytest.raises(Refused, match="taken out"):
        answer(ana, first)


def test_idea_that_comes_back_under_a_veil_is_asked_again_after_the_reveal(asked):
    ana, _, leader, _, (first, *_) = asked
    idea = leader.all("statement")[first]["idea"]
    leader.act("idea.hide", id=idea, reason="insult")
    leader.act("room.veil", on=True)
    leader.act("idea.show", id=idea)
    ana.hear()
    assert ana.all("statement")[first]["out"] is True
    leader.act("room.veil", on=False)
    ana.hear()
    assert (ana.all("statement")[first]["out"], ana.all("statement")[first]["text"]) == (
        False,
        "Benches",
    )
    answer(ana, first)


@pytest.mark.parametrize("said", ["yes", 1, True, "", ["agree"]])
def test_what_is_no_answer_is_refused(asked, said):
    ana, _, _, _, (first, *_) = asked
    with pytest.raises(Refused):
        answer(ana, first, said)
    ana.hear()
    assert ana.mine["answers"] == {}


def test_nobody_answers_after_closing_or_from_another_room(asked, join, forum):
    ana, _, leader, vote, (first, *_) = asked
    eve = join("Eve", room=forum.rooms[1])
    with pytest.raises(Refused, match="no longer here"):
        answer(eve, first)
    with pytest.raises(Refused, match="no longer here"):
        answer(ana, 999_999)
    leader.act("statements.close", vote=vote)
    with pytest.raises(Refused, match="closed"):
        answer(ana, first)
    with pytest.raises(Refused, match="closed"):
        leader.act("statements.take_out", statement=first, out=True)


def test_nobody_answers_while_all_writing_is_paused(asked):
    ana, _, leader, _, (first, *_) = asked
    leader.act("room.lock", on=True)
    with pytest.raises(Refused) as refusal:
        answer(ana, first)
    assert refusal.value.code == "locked"
    leader.act("room.lock", on=False)
    answer(ana, first)


# ---- After closing -------------------------------------------------------------------------------


def test_nothing_that_remains_ties_a_sheet_to_a_seat(asked, join):
    _, _, leader, vote, (first, second, third) = asked
    for n in range(6):
        phone = join(f"Voter {n}")
        for statement in (third, first, second)[: n % 3 + 1]:
            answer(phone, statement, more=True)
    assert db.session.scalars(select(AnswerSheet.sector_id)).all() != [None] * 6

    leader.act("statements.close", vote=vote)
    work(vote)

    db.session.rollback()
    stored = db.session.get(StatementVote, vote)
    assert stored.key is None
    assert db.session.scalars(select(AnswerSheet.sector_id)).all() == [None] * 6
    # Neither what was asked, nor what was answered, nor how often.
    assert {op.grant_id is None for op in db.session.scalars(select(Op)) if op.seat_id} <= {True}
    answers = [op.answer for op in db.session.scalars(select(Op).where(Op.seat_id.is_not(None)))]
    assert all("id" in said for said in answers)  # the ideas that were posted
    for sheet in db.session.scalars(select(AnswerSheet)):
        assert list(sheet.marks) == sorted(sheet.marks, key=int)
    lie = [row[0] for row in db.session.execute(sql("SELECT voter FROM answer_sheet"))]
    if db.engine.dialect.name == "sqlite":
        assert lie == sorted(lie)


def test_after_closing_no_seat_is_told_its_answers(asked):
    ana, _, leader, vote, (first, *_) = asked
    answer(ana, first)
    leader.act("statements.close", vote=vote)
    ana.hear()
    assert ana.mine["answers"] == {}


def test_worker_tells_lists_once_it_is_closed(asked, join):
    ana, _, leader, vote, (first, second, third) = asked
    for n in range(8):
        phone = join(f"Voter {n}", sector=n % 2)
        answer(phone, first, "agree")
        answer(phone, second, "agree" if n % 2 else "disagree")
        answer(phone, third, "pass")
    leader.act("statements.close", vote=vote)
    ana.hear()
    assert ana.all("statement_vote")[vote]["opinions"] is None

    work(vote)

    ana.hear()
    told = ana.all("statement_vote")[vote]["opinions"]
    assert told["why"] == "few"
    assert told["groups"] == []
    assert told["agreed"] == [[first, "agree"]]
    assert told["divides"] == [second]
    assert told["undecided"] == [third]
    assert told["sectors"] is None


def test_job_from_before_closing_does_not_tell_a_second_time(asked, join):
    _, _, leader, vote, (first, *_) = asked
    for n in range(24):
        answer(join(f"Voter {n}", sector=n % 2), first)
    statements.count_due()
    leader.act("statements.close", vote=vote)

    work(vote)

    leader.hear()
    assert leader.all("statement_vote")[vote]["opinions"]["sectors"] == [[first, "agree"]]
    assert len(db.session.scalars(select(Job)).all()) == 2


def test_while_it_is_open_the_worker_tells_nobody(asked, join):
    ana, _, leader, vote, all_three = asked
    for n in range(20):
        phone = join(f"Voter {n}")
        for place, statement in enumerate(all_three):
            answer(phone, statement, "agree" if (n + place) % 2 else "disagree")
    statements.count_due()
    leader.hear()
    seq = leader.seq

    work(vote)

    assert leader.hear() == {}
    assert leader.seq == seq
    weights = db.session.scalars(select(Statement.extremity)).all()
    assert max(weights) > 0
    assert len(db.session.scalars(select(Job)).all()) == 1
    # A few answers more are no reason to do it again.
    answer(ana, all_three[0])
    statements.count_due()
    db.session.rollback()
    assert len(db.session.scalars(select(Job)).all()) == 1


def test_vote_that_cannot_be_counted_keeps_no_other_waiting(asked):
    ana, _, leader, vote, (first, *_) = asked
    answer(ana, first)
    statements.count_due()
    statements.count_due()
    leader.hear()
    assert leader.all("turnout")[vote]["answers"] == 1
