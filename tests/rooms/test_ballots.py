"""Ballots: people cast papers, a task counts them."""

import threading

import pytest
from sqlalchemy import text as sql

from facilitator import events
from facilitator.actions import Refused
from facilitator.db import db, write
from facilitator.models import Ballot, Op, Paper, Phase, Recommendation, Role, Seat
from facilitator.rooms import ballots
from facilitator.rooms.papers import pseudonym

ASKED = {"question": "What first?", "lang": "en", "subject": "ideas", "things": []}
DOTS = {**ASKED, "method": "dots", "dots": 3}


@pytest.fixture
def deciding(join, lead):
    """Ana, Ben and who leads, in a room that decides on three ideas."""
    ana, ben, leader = join("Ana"), join("Ben"), lead()
    for text in ("Benches", "Shade", "Buses"):
        ana.act("idea.post", sort="need", question=None, text=text, lang="en")
    leader.go(Phase.DECIDE)
    return ana, ben, leader


def tally(phone, ballot):
    ballots.count_due()
    phone.hear()
    return phone.all("tally")[ballot["id"]]


def choice(ballot, n):
    return str(ballot["choices"][n]["id"])


def test_closed_box_does_not_say_who_came_when(join, deciding):
    _, _, leader = deciding
    ballot = leader.act("ballot.open", **DOTS)
    came = []
    for n in range(8):
        phone = join(f"Voter {n}")
        phone.act("ballot.cast", ballot=ballot["id"], marks={choice(ballot, n % 3): 1})
        stored = db.session.get(Ballot, ballot["id"])
        came.append(pseudonym(stored, db.session.get(Seat, phone.ref.seat_id)))
    before = papers_as_they_lie()
    leader.act("ballot.close", ballot=ballot["id"])

    assert [name for name, _ in before] == came
    assert papers_as_they_lie() == sorted(before)


def papers_as_they_lie():
    db.session.rollback()
    place = "rowid" if db.engine.dialect.name == "sqlite" else "ctid"
    rows = db.session.execute(sql(f"SELECT voter, marks FROM paper ORDER BY {place}"))
    return [(voter, str(marks)) for voter, marks in rows]


def test_ballot_that_cannot_be_counted_keeps_no_other_waiting(deciding):
    ana, _, leader = deciding
    broken, sound = (leader.act("ballot.open", **DOTS) for _ in range(2))
    for ballot in (broken, sound):
        ana.act("ballot.cast", ballot=ballot["id"], marks={choice(ballot, 0): 1})
    write(lambda: setattr(db.session.get(Ballot, broken["id"]), "method", "of another version"))

    assert tally(leader, sound)["voters"] == 1
    assert leader.all("tally")[broken["id"]]["voters"] == 0


def test_dots_add_up_live(deciding):
    ana, ben, leader = deciding
    ballot = leader.act("ballot.open", **DOTS)
    first, second = choice(ballot, 0), choice(ballot, 1)
    ana.act("ballot.cast", ballot=ballot["id"], marks={first: 2, second: 1})
    ben.act("ballot.cast", ballot=ballot["id"], marks={second: 3})

    assert tally(leader, ballot) == {
        "id": ballot["id"],
        "hands": 0,
        "voters": 2,
        "counts": {first: 2, second: 4, choice(ballot, 2): 0},
        "entitled": None,
    }


def test_casting_is_no_news_and_counting_is(deciding):
    ana, ben, leader = deciding
    ballot = leader.act("ballot.open", **DOTS)
    ben.hear()
    ana.act("ballot.cast", ballot=ballot["id"], marks={choice(ballot, 0): 1})

    assert ben.hear() == {}
    ballots.count_due()
    assert list(ben.hear()) == [("tally", str(ballot["id"]))]
    ballots.count_due()
    assert ben.hear() == {}


def test_paper_replaces_an_earlier_one_and_an_empty_one_takes_it_back(deciding):
    ana, _, leader = deciding
    ballot = leader.act("ballot.open", **DOTS)
    first, second = choice(ballot, 0), choice(ballot, 1)
    for marks, voters, counts in (
        ({first: 3}, 1, (3, 0)),
        ({second: 1}, 1, (0, 1)),
        ({}, 0, (0, 0)),
        ({}, 0, (0, 0)),
    ):
        ana.act("ballot.cast", ballot=ballot["id"], marks=marks)
        told = tally(leader, ballot)
        assert (told["voters"], (told["counts"][first], told["counts"][second])) == (voters, counts)


def test_results_are_told_after_closing_only(deciding):
    ana, _, leader = deciding
    ballot = leader.act("ballot.open", **{**DOTS, "showing": "turnout"})
    ana.act("ballot.cast", ballot=ballot["id"], marks={choice(ballot, 0): 3})
    assert tally(leader, ballot) == {
        "id": ballot["id"],
        "voters": 1,
        "hands": 0,
        "counts": None,
        "entitled": None,
    }

    result = leader.act("ballot.close", ballot=ballot["id"])

    counts = {choice(ballot, 0): 3, choice(ballot, 1): 0, choice(ballot, 2): 0}
    assert (result["voters"], result["counts"], result["passed"]) == (1, counts, None)
    assert tally(leader, ballot)["counts"] == counts


def test_own_paper_is_shown_to_its_seat_only_and_until_closing(deciding):
    ana, ben, leader = deciding
    ballot = leader.act("ballot.open", **DOTS)
    marks = {choice(ballot, 0): 1}
    ana.act("ballot.cast", ballot=ballot["id"], marks=marks)
    ana.hear(), ben.hear()
    assert (ana.mine["papers"], ben.mine["papers"]) == ({str(ballot["id"]): marks}, {})

    leader.act("ballot.close", ballot=ballot["id"])
    ana.hear()
    assert ana.mine["papers"] == {}


def test_nothing_ties_a_paper_to_a_seat_once_closed(deciding):
    ana, _, leader = deciding
    ballot = leader.act("ballot.open", **DOTS)
    ana.act("ballot.cast", op="cast-0001", ballot=ballot["id"], marks={choice(ballot, 0): 1})
    leader.act("ballot.close", ballot=ballot["id"])
    db.session.rollback()

    closed, seat = db.session.get_one(Ballot, ballot["id"]), ana.actor.seat
    assert closed.key is None
    with pytest.raises(ValueError, match="no key"):
        pseudonym(closed, seat)
    [paper] = db.session.query(Paper).all()
    assert seat.uuid not in paper.voter
    bodies = {op.body for op in db.session.query(Op).where(Op.id == "cast-0001")}
    ana.act("ballot.cast", op="cast-0001", ballot=ballot["id"], marks={})
    assert len(bodies) == 1  # the digest says that something was cast, and not what


def test_closed_ballot_takes_no_paper(deciding):
    ana, _, leader = deciding
    ballot = leader.act("ballot.open", **DOTS)
    leader.act("ballot.close", ballot=ballot["id"])
    for who, name, more in (
        (ana, "ballot.cast", {"marks": {choice(ballot, 0): 1}}),
        (leader, "ballot.close", {}),
    ):
        with pytest.raises(Refused, match="closed") as refusal:
            who.act(name, ballot=ballot["id"], **more)
        assert refusal.value.code == "closed"


def test_invalid_papers_are_refused(deciding):
    ana, _, leader = deciding
    ballot = leader.act("ballot.open", **DOTS)
    for marks in ({choice(ballot, 0): 4}, {"999": 1}, {choice(ballot, 0): 0}):
        with pytest.raises(Refused, match="not a valid paper"):
            ana.act("ballot.cast", ballot=ballot["id"], marks=marks)


def test_ballot_needs_dots_and_something_to_choose_from(deciding):
    _, _, leader = deciding
    for wrong, sentence in (
        ({"dots": None}, "Give everyone"),
        ({"dots": 0}, "Give everyone"),
        ({"things": [1]}, "Between 2 and"),
        ({"things": [1, 99]}, "no longer here"),
        ({"subject": "themes"}, "Between 2 and"),
    ):
        with pytest.raises(Refused, match=sentence):
            leader.act("ballot.open", **{**DOTS, **wrong})


def test_themes_are_put_to_the_vote_as_they_read_now(deciding):
    ana, _, leader = deciding
    leader.go(Phase.GROUP)
    made = [
        leader.act("theme.make", title=title, lang="pl", ideas=[])["id"] for title in ("A", "B")
    ]
    leader.go(Phase.DECIDE)
    ballot = leader.act(
        "ballot.open", **{**DOTS, "subject": "themes", "method": "approval", "dots": None}
    )
    leader.go(Phase.GROUP)
    leader.act("theme.rename", id=made[0], title="Another name")

    ana.hear()
    shown = ana.all("ballot")[ballot["id"]]["choices"]
    assert [(c["theme"], c["label"], c["lang"]) for c in shown] == [
        (made[0], "A", "pl"),
        (made[1], "B", "pl"),
    ]


@pytest.mark.parametrize(
    ("answers", "status"), [(("yes", "yes"), "adopted"), (("yes", "no"), "rejected")]
)
def test_recommendation_is_adopted_by_a_majority(deciding, answers, status):
    ana, ben, leader = deciding
    leader.go(Phase.DRAFT)
    made = leader.act("recommendation.start", title="A desk", lang="en", theme=None)
    leader.go(Phase.ADOPT)
    ballot = leader.act("ballot.adopt", recommendation=made["id"])
    assert ballot["question"] == "A desk"
    for phone, answer in zip((ana, ben), answers, strict=True):
        phone.act("ballot.cast", ballot=ballot["id"], marks={answer: 1})
    leader.act("ballot.close", ballot=ballot["id"])

    ana.hear()
    assert ana.all("recommendation")[made["id"]]["status"] == status
    db.session.rollback()
    subject = db.session.get_one(Recommendation, made["id"])
    assert subject.adopted_seq == (subject.draft.seq if status == "adopted" else None)


def test_one_vote_at_a_time_on_a_recommendation(deciding):
    _, _, leader = deciding
    leader.go(Phase.DRAFT)
    made = leader.act("recommendation.start", title="A desk", lang="en", theme=None)
    leader.go(Phase.ADOPT)
    leader.act("ballot.adopt", recommendation=made["id"])
    with pytest.raises(Refused, match="voting on this"):
        leader.act("ballot.adopt", recommendation=made["id"])
    with pytest.raises(Refused, match="no longer here"):
        leader.act("ballot.adopt", recommendation=999)


def test_ballot_of_another_room_is_not_here(deciding, forum, join):
    _, _, leader = deciding
    ballot = leader.act("ballot.open", **DOTS)
    other = join("Ola", room=forum.rooms[1])
    with pytest.raises(Refused, match="no longer here"):
        other.act("ballot.cast", ballot=ballot["id"], marks={})


def stop_after(monkeypatch, rounds):
    """Let the counter go round so often, and end it then."""
    left = iter(range(rounds - 1))

    def sleep(_):
        if next(left, None) is None:
            raise SystemExit

    monkeypatch.setattr(events.socketio, "sleep", sleep)


def test_papers_taken_by_a_process_that_died_are_counted(app, deciding, monkeypatch):
    ana, _, leader = deciding
    ballot = leader.act("ballot.open", **DOTS)
    ana.act("ballot.cast", ballot=ballot["id"], marks={choice(ballot, 0): 1})
    ballots.due.clear()
    stop_after(monkeypatch, 1)

    with pytest.raises(SystemExit):
        events.repeat(app, ballots.count_due, ballots.PACE, ballots.due)

    leader.hear()
    assert leader.all("tally")[ballot["id"]]["voters"] == 1


def test_counting_goes_on_after_a_failure(app, monkeypatch):
    rounds = []

    def fails_first():
        rounds.append(1)
        if len(rounds) == 1:
            raise RuntimeError("the database is away")

    due = threading.Event()
    due.set()
    stop_after(monkeypatch, 2)
    with pytest.raises(SystemExit):
        events.repeat(app, fails_first, 0, due)
    assert len(rounds) == 2


def test_casting_is_refused_when_the_seat_was_taken_back(deciding):
    ana, _, leader = deciding
    ballot = leader.act("ballot.open", **DOTS)
    seat_id = ana.ref.seat_id
    write(lambda: setattr(db.session.get(type(ana.actor.seat), seat_id), "revoked", True))
    with pytest.raises(Refused, match="no longer valid"):
        ana.act("ballot.cast", ballot=ballot["id"], marks={})


def test_vote_asks_by_the_title_that_was_typed_just_before(deciding, clock):
    ana, _, leader = deciding
    leader.go(Phase.DRAFT)
    made = leader.act("recommendation.start", title="A desk", lang="en", theme=None)
    leader.go(Phase.ADOPT)
    ballot = leader.act("ballot.adopt", recommendation=made["id"])
    text = {"title": "Two desks", "sections": {}, "steps": []}

    clock().act("draft.render", recommendation=made["id"], seq=9, text=text)

    ana.hear()
    assert ana.all("ballot")[ballot["id"]]["question"] == "Two desks"
    assert ana.things == ana.fresh()
    leader.act("ballot.close", ballot=ballot["id"])
    clock().act(
        "draft.render", recommendation=made["id"], seq=10, text={**text, "title": "Three desks"}
    )
    ana.hear()
    assert ana.all("ballot")[ballot["id"]]["question"] == "Two desks"


# ---- A show of hands -----------------------------------------------------------------------------


def shown(ballot, people, *counts, sector=None):
    named = {str(choice(ballot, n)): count for n, count in enumerate(counts)}
    return {"sector": sector, "people": people, "counts": named}


def test_hands_in_the_hall_count_with_the_papers_and_are_marked(deciding):
    ana, _, leader = deciding
    ballot = leader.act("ballot.open", **DOTS)
    ana.act("ballot.cast", ballot=ballot["id"], marks={str(choice(ballot, 0)): 2})

    leader.act("ballot.show_hands", ballot=ballot["id"], rows=[shown(ballot, 6, 4, 2)])

    told = tally(leader, ballot)
    assert (told["voters"], told["hands"]) == (7, 6)
    assert list(told["counts"].values()) == [6, 2, 0]
    result = leader.act("ballot.close", ballot=ballot["id"])
    assert (result["voters"], result["hands"]) == (7, 6)


def test_an_open_vote_tells_who_voted_what_after_closing_and_a_secret_one_never(
    forum, join, lead, deciding
):
    ana, ben, leader = deciding
    asked = {**ASKED, "subject": "question", "method": "yes_no"}
    opened = leader.act("ballot.open", **asked, secret=False)
    secret = leader.act("ballot.open", **asked)
    nameless = join(None)
    elsewhere = join("Eve", room=forum.rooms[1])
    for ballot in (opened, secret):
        ben.act("ballot.cast", ballot=ballot["id"], marks={"yes": 1})
        ana.act("ballot.cast", ballot=ballot["id"], marks={"yes": 1})
        ana.act("ballot.cast", ballot=ballot["id"], marks={"no": 1})
        nameless.act("ballot.cast", ballot=ballot["id"], marks={"abstain": 1})
    leader.hear()
    assert leader.all("ballot")[opened["id"]]["secret"] is False
    assert "Ana" not in str([leader.things, tally(leader, opened)])

    for ballot in (opened, secret):
        leader.act("ballot.close", ballot=ballot["id"])

    leader.hear()
    assert "Ana" not in str(leader.things)
    db.session.rollback()
    assert ballots.roll_of(ana.actor, opened["id"]) == [
        {"name": "Ana", "marks": {"no": 1}},
        {"name": "Ben", "marks": {"yes": 1}},
        {"name": "", "marks": {"abstain": 1}},
    ]
    assert ballots.roll_of(leader.actor, secret["id"]) == []
    wall = lead(Role.PROJECTOR)
    for who, what in ((elsewhere, opened["id"]), (wall, opened["id"]), (ana, "1"), (ana, 2**70)):
        with pytest.raises(Refused):
            ballots.roll_of(who.actor, what)
    again = leader.act("ballot.again", ballot=opened["id"])
    assert again["secret"] is False


def test_hands_of_sectors_have_rows_in_the_result(forum, deciding):
    _, _, leader = deciding
    asked = {**ASKED, "subject": "question", "method": "yes_no", "rule": {"sectors": 50}}
    ballot = leader.act("ballot.open", **asked)
    counted = zip(forum.sectors, [(12, 8), (15, 10), (6, 6)], strict=False)
    rows = [
        {"sector": one.uuid, "people": yes + no, "counts": {"yes": yes, "no": no}}
        for one, (yes, no) in counted
    ]
    leader.act("ballot.show_hands", ballot=ballot["id"], rows=rows)

    result = leader.act("ballot.close", ballot=ballot["id"])

    assert [(row["voters"], row["low"], row["high"]) for row in result["sectors"]] == [
        (20, 12, 12),
        (25, 15, 15),
        (12, 6, 6),
    ]
    assert [row["sectors"] for row in result["sectors"]] == [[one["sector"]] for one in rows]
    assert result["passed"] is True


def test_hands_are_corrected_until_the_vote_is_closed(deciding):
    ana, _, leader = deciding
    ballot = leader.act("ballot.open", **DOTS)
    leader.act("ballot.show_hands", ballot=ballot["id"], rows=[shown(ballot, 6, 4)])
    leader.act("ballot.show_hands", ballot=ballot["id"], rows=[shown(ballot, 5, 0, 5)])
    assert tally(leader, ballot)["hands"] == 5
    ana.hear()
    assert ana.all("show") == {}

    leader.act("ballot.show_hands", ballot=ballot["id"], rows=[])
    assert tally(leader, ballot)["hands"] == 0
    leader.act("ballot.close", ballot=ballot["id"])
    with pytest.raises(Refused, match="closed"):
        leader.act("ballot.show_hands", ballot=ballot["id"], rows=[])


def test_hands_that_do_not_fit_are_refused(forum, deciding):
    *_, leader = deciding
    ballot = leader.act("ballot.open", **DOTS)
    with pytest.raises(Refused, match="more hands than people"):
        leader.act("ballot.show_hands", ballot=ballot["id"], rows=[shown(ballot, 1, 4)])
    few = shown(ballot, 4, 4, sector=forum.sectors[0].uuid)
    with pytest.raises(Refused, match="Fewer than 5"):
        leader.act("ballot.show_hands", ballot=ballot["id"], rows=[few])
    unknown = {"sector": None, "people": 1, "counts": {"999": 1}}
    with pytest.raises(Refused, match="no longer here"):
        leader.act("ballot.show_hands", ballot=ballot["id"], rows=[unknown])


def test_hidden_result_stays_hidden_with_hands_in_it(deciding):
    *_, leader = deciding
    ballot = leader.act("ballot.open", **{**DOTS, "showing": "turnout"})
    leader.act("ballot.show_hands", ballot=ballot["id"], rows=[shown(ballot, 3, 3)])
    assert (tally(leader, ballot)["counts"], tally(leader, ballot)["hands"]) == (None, 3)
