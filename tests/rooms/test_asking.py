"""How a vote is asked: methods, rules, who may vote, what is told, and what it means."""

import pytest

from facilitator.actions import Refused
from facilitator.db import db, write
from facilitator.models import Ballot, Elector, Paper, Phase, Seat
from facilitator.rooms import ballots

ASKED = {"question": "What first?", "lang": "en", "subject": "ideas", "things": []}
QUESTION = {**ASKED, "question": "Do we meet on Sundays?", "subject": "question"}


@pytest.fixture
def leader(join, lead):
    """Who leads a room that decides on three ideas."""
    writer, leader = join("Writer"), lead()
    for text in ("Benches", "Shade", "Buses"):
        writer.act("idea.post", sort="need", question=None, text=text, lang="en")
    leader.go(Phase.DECIDE)
    return leader


@pytest.fixture
def voters(join, leader):
    """Five people of the first sector, five of the second."""
    return [join(f"Voter {n}", sector=n // 5) for n in range(10)]


def cast(phone, ballot, marks, **more):
    phone.act("ballot.cast", ballot=ballot["id"], marks=marks, **more)


def close(leader, ballot):
    return leader.act("ballot.close", ballot=ballot["id"])


def told(phone, ballot):
    ballots.count_due()
    phone.hear()
    return phone.all("tally")[ballot["id"]]


def ids(ballot):
    return [str(choice["id"]) for choice in ballot["choices"]]


# ---- Methods -------------------------------------------------------------------------------------


def test_ranking_is_counted_as_chosen(voters, leader):
    for count in ("schulze", "runoff"):
        ballot = leader.act("ballot.open", **ASKED, method="ranking", count=count)
        a, b, c = ids(ballot)
        for phone, order in zip(voters, [(a, b), (b, a), (b,), (c, b)], strict=False):
            cast(phone, ballot, {choice: rank for rank, choice in enumerate(order, 1)})
        result = close(leader, ballot)
        assert result["order"][0] == [b]
        assert ("rounds" in result["detail"]) is (count == "runoff")
        assert result["said"][0].startswith("Round by" if count == "runoff" else "All choices")


def test_scores_by_criteria_name_both_on_the_paper(voters, leader):
    criteria = [{"title": "Importance", "weight": 3}, {"title": "Feasibility"}]
    ballot = leader.act("ballot.open", **ASKED, method="score", criteria=criteria)
    assert [(one["key"], one["weight"]) for one in ballot["options"]["criteria"]] == [
        ("1", 3),
        ("2", 1),
    ]
    a, b, _ = ids(ballot)
    cast(voters[0], ballot, {f"{a}.1": 5, f"{a}.2": 1, f"{b}.1": 0})
    assert close(leader, ballot)["counts"][a] == 4


def test_budget_is_spent_on_what_has_a_price(voters, leader):
    leader.hear()
    prices = {str(idea): 40 for idea in leader.all("idea")}
    ballot = leader.act("ballot.open", **ASKED, method="budget", money=100, prices=prices)
    a, b, c = ids(ballot)
    with pytest.raises(Refused, match="not a valid paper"):
        cast(voters[0], ballot, {a: 1, b: 1, c: 1})
    cast(voters[0], ballot, {a: 1, b: 1})
    cast(voters[1], ballot, {a: 1})
    assert close(leader, ballot)["detail"] == {"funded": [a, b], "tied": [], "left": 20}

    again = leader.act("ballot.again", ballot=ballot["id"])
    assert list(again["options"]["prices"].values()) == [40, 40, 40]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"method": "budget", "money": 100, "prices": {}}, "needs a price"),
        ({"method": "budget", "prices": {}}, "how much there is"),
        ({"method": "score", "criteria": [{"title": "A"}] * 7}, "at most 6 criteria"),
        ({"method": "yes_no"}, "cannot be voted on in this way"),
        ({"method": "approval", "subject": "question"}, "cannot be voted on in this way"),
        ({"method": "approval", "sectors": ["none"]}, "no longer on the list"),
    ],
)
def test_vote_that_cannot_be_held_is_not_opened(leader, wrong, sentence):
    with pytest.raises(Refused, match=sentence):
        leader.act("ballot.open", **{**ASKED, **wrong})


def test_too_many_things_cannot_be_put_in_order(join, leader):
    writers = [join(f"Writer {n}") for n in range(3)]
    leader.go(Phase.GATHER)
    for n in range(18):
        writers[n % 3].act("idea.post", sort="need", question=None, text=f"No. {n}", lang="en")
    leader.go(Phase.DECIDE)
    with pytest.raises(Refused, match="At most 20 things"):
        leader.act("ballot.open", **ASKED, method="ranking")


# ---- Consent and its reasons ---------------------------------------------------------------------


def test_block_needs_a_reason_and_stops_the_proposal(voters, leader):
    ballot = leader.act("ballot.open", **QUESTION, method="consent")
    with pytest.raises(Refused, match="say why") as refusal:
        cast(voters[0], ballot, {"block": 1}, reason="  ")
    assert refusal.value.code == "reason"
    cast(voters[0], ballot, {"block": 1}, reason="We work then.")
    cast(voters[1], ballot, {"reservation": 1}, reason="Not every week.")
    cast(voters[2], ballot, {"agree": 1}, reason="is not kept")
    voters[0].hear()
    assert voters[0].mine["reasons"] == {str(ballot["id"]): "We work then."}

    result = close(leader, ballot)

    assert result["passed"] is False
    assert [False, ["It is blocked.", {}]] in result["why"]
    found = {one["answer"]: (one["text"], one["lang"]) for one in result["reasons"]}
    assert found == {
        "block": ("We work then.", "en"),
        "reservation": ("Not every week.", "en"),
    }


def test_reason_goes_with_the_vote_that_it_was_for(voters, leader):
    ballot = leader.act("ballot.open", **QUESTION, method="consent")
    cast(voters[0], ballot, {"block": 1}, reason="We work then.")
    cast(voters[0], ballot, {"agree": 1})
    voters[0].hear()
    assert voters[0].mine["reasons"] == {}
    assert close(leader, ballot)["reasons"] == []


# ---- Rules ---------------------------------------------------------------------------------------


def test_every_sector_has_to_agree_and_no_number_of_a_sector_is_told(voters, leader):
    rule = {"sectors": 50}
    for against, passed in ((3, False), (2, True)):
        ballot = leader.act("ballot.open", **QUESTION, method="yes_no", rule=rule)
        assert "In every sector" in ballot["rule"]["said"][-1][0]
        for n, phone in enumerate(voters):
            cast(phone, ballot, {"no" if n < against else "yes": 1})
        result = close(leader, ballot)
        assert (result["passed"], result["counts"]["no"]) == (passed, against)
        assert result["why"][-1][0] is passed
        assert result["why"][-1][1][1] == {"sectors": 50}


def test_quorum_counts_who_is_in_the_room(voters, leader):
    ballot = leader.act("ballot.open", **QUESTION, method="yes_no", rule={"quorum": 50})
    for phone in voters[:5]:
        cast(phone, ballot, {"yes": 1})
    result = close(leader, ballot)
    assert result["passed"] is False
    assert result["why"][-1][1][1] == {"voters": 5, "present": 11, "quorum": 50}


# ---- Who may vote --------------------------------------------------------------------------------


def test_only_chosen_sectors_vote_and_are_counted(forum, voters, leader):
    sector = forum.sectors[1].uuid
    ballot = leader.act("ballot.open", **QUESTION, method="yes_no", sectors=[sector])
    with pytest.raises(Refused, match="other sectors"):
        cast(voters[0], ballot, {"yes": 1})
    cast(voters[5], ballot, {"yes": 1})
    assert (told(leader, ballot)["voters"], told(leader, ballot)["entitled"]) == (1, 5)


def test_too_few_of_a_sector_cannot_vote_alone(forum, leader):
    with pytest.raises(Refused, match="at least 5 people"):
        leader.act("ballot.open", **QUESTION, method="yes_no", sectors=[forum.sectors[2].uuid])


def test_fixed_ballot_is_for_those_who_were_there(join, voters, leader):
    ballot = leader.act("ballot.open", **QUESTION, method="yes_no", fixed=True)
    late = join("Late")
    with pytest.raises(Refused, match="when it was opened"):
        cast(late, ballot, {"yes": 1})
    cast(voters[0], ballot, {"yes": 1})
    assert told(leader, ballot)["entitled"] == 11
    assert close(leader, ballot)["entitled"] == 11
    db.session.rollback()
    assert db.session.query(Elector).count() == 0


# ---- Showing -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("showing", "voters_told", "counts_told"),
    [("live", 1, True), ("turnout", 1, False), ("hidden", 0, False)],
)
def test_open_ballot_tells_what_it_may(leader, join, showing, voters_told, counts_told):
    ana = join("Ana")
    ballot = leader.act("ballot.open", **QUESTION, method="yes_no", showing=showing)
    cast(ana, ballot, {"yes": 1})
    found = told(ana, ballot)
    assert (found["voters"], found["counts"] is not None) == (voters_told, counts_told)

    close(leader, ballot)
    found = told(ana, ballot)
    assert (found["voters"], found["counts"]["yes"]) == (1, 1)
    assert ana.things == ana.fresh()


def test_sector_and_reason_leave_the_box_at_closing(voters, leader):
    ballot = leader.act("ballot.open", **QUESTION, method="consent")
    cast(voters[0], ballot, {"block": 1}, reason="We work then.")
    db.session.rollback()
    paper = db.session.query(Paper).one()
    assert (paper.sector_id, paper.reason["text"]) == (
        db.session.get(Seat, voters[0].ref.seat_id).sector_id,
        "We work then.",
    )
    close(leader, ballot)
    db.session.rollback()
    paper = db.session.query(Paper).one()
    assert (paper.sector_id, paper.reason) == (None, None)


# ---- What it means, and voting again -------------------------------------------------------------


def test_conclusion_is_kept_with_the_ballot(voters, leader):
    ballot = leader.act("ballot.open", **QUESTION, method="yes_no")
    said = {"ballot": ballot["id"], "text": "We do not.", "lang": "en"}
    with pytest.raises(Refused, match="Close the vote first"):
        leader.act("ballot.conclude", **said)
    close(leader, ballot)
    leader.act("ballot.conclude", **said)
    voters[0].hear()
    assert voters[0].all("ballot")[ballot["id"]]["conclusion"] == {
        "text": "We do not.",
        "lang": "en",
    }
    leader.act("ballot.conclude", **{**said, "text": ""})
    voters[0].hear()
    assert voters[0].all("ballot")[ballot["id"]]["conclusion"] is None


def test_voting_again_keeps_the_earlier_ballot(voters, leader):
    ballot = leader.act("ballot.open", **ASKED, method="dots", dots=3, showing="turnout")
    with pytest.raises(Refused, match="still open"):
        leader.act("ballot.again", ballot=ballot["id"])
    cast(voters[0], ballot, {ids(ballot)[0]: 3})
    close(leader, ballot)
    again = leader.act("ballot.again", ballot=ballot["id"])

    same = ("question", "method", "options", "showing", "rule")
    assert [again[name] for name in same] == [ballot[name] for name in same]
    assert [c["label"] for c in again["choices"]] == [c["label"] for c in ballot["choices"]]
    assert (again["earlier"], again["result"]) == (ballot["id"], None)
    leader.hear()
    assert leader.all("ballot")[ballot["id"]]["result"]["voters"] == 1


def test_adopting_again_is_linked_to_the_earlier_vote(leader):
    leader.go(Phase.DRAFT)
    made = leader.act("recommendation.start", title="A desk", lang="en", theme=None)
    leader.go(Phase.ADOPT)
    first = leader.act("ballot.adopt", recommendation=made["id"], method="consent")
    close(leader, first)
    second = leader.act("ballot.again", ballot=first["id"])
    assert (second["earlier"], second["method"], second["recommendation"]) == (
        first["id"],
        "consent",
        made["id"],
    )
    with pytest.raises(Refused, match="voting on this"):
        leader.act("ballot.adopt", recommendation=made["id"])


def test_ballot_of_before_is_judged_by_the_simple_majority(leader, join):
    ana = join("Ana")
    ballot = leader.act("ballot.open", **QUESTION, method="yes_no")
    write(lambda: setattr(db.session.get(Ballot, ballot["id"]), "rule", {}))
    cast(ana, ballot, {"yes": 1})
    assert close(leader, ballot)["passed"] is True
