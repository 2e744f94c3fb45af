"""Every control of a paper on a phone, by taps and by keyboard; the result on the wall."""

import re

import pytest
from playwright.sync_api import expect

from facilitator.access import ActorRef
from facilitator.actions import perform
from facilitator.models import Phase
from tests.e2e.conftest import LAPTOP, PHONE, PROJECTOR
from tests.e2e.test_room_walk import address

SMALL = {"width": 320, "height": 568}
PRICES = (60, 30, 50)


class Votes:
    """A room that decides on three ideas, with who leads it and one seat."""

    def __init__(self, house):
        room = house.laid.rooms[0]
        self.lead, self.seat, self.number = house.lead(), house.seat(), 0
        self.leads = ActorRef(room.id, grant_id=self.lead.id)
        self.seated = ActorRef(room.id, seat_id=self.seat.id)
        self.ideas = [
            self.act(self.seated, "idea.post", sort="need", question=None, text=text, lang="en")[
                "id"
            ]
            for text in ("A bench in the shade", "A bus on Sundays", "Somebody who calls back")
        ]
        at = [step["phase"] for step in room.agenda].index(Phase.DECIDE)
        self.act(self.leads, "room.move", to=at)

    def act(self, who, name, **payload):
        self.number += 1
        return perform(who, name, f"ballots-{self.number:04}", payload)

    def open(self, method, **more):
        subject = "question" if method in ("yes_no", "consent", "gradients") else "ideas"
        if method == "budget":
            more["prices"] = dict(zip(map(str, self.ideas), PRICES, strict=True))
        asked = {"question": f"What about {method}?", "lang": "en", "method": method}
        return self.act(self.leads, "ballot.open", **asked, subject=subject, things=[], **more)

    def close(self, ballot):
        return self.act(self.leads, "ballot.close", ballot=ballot["id"])


@pytest.fixture
def votes(server):
    return Votes(server.house)


#: How each paper is filled by taps: the buttons and radios, and a reason.
PAPERS = {
    "approval": ({}, [("button", "I am for it: A bus on Sundays")], None),
    "dots": ({"dots": 3}, [("button", "One dot more: A bus on Sundays")] * 2, None),
    "budget": ({"money": 100}, [("button", "Buy for 60: A bench"), ("button", "Buy for 30")], None),
    "ranking": (
        {},
        [
            ("button", "Give it the next place: A bus"),
            ("button", "Give it the next place: A bench"),
            ("button", "One place up: A bench"),
        ],
        None,
    ),
    "consent": ({}, [("radio", "Block")], "We work on Sundays."),
    "gradients": ({}, [("radio", "Support with reservations")], None),
}


@pytest.mark.parametrize("method", PAPERS)
def test_paper_is_filled_by_taps_and_by_keyboard(server, open_page, look, votes, method):
    details, steps, reason = PAPERS[method]
    for by_keyboard in (False, True):
        ballot = votes.open(method, **details)
        page = open_page(SMALL if by_keyboard else PHONE, who=votes.seat, touch=not by_keyboard)
        page.goto(address(server, "room"))
        vote = page.locator(f"#ballot-{ballot['id']}")
        for role, name in steps:
            control = vote.get_by_role(role, name=re.compile(f"^{re.escape(name)}"))
            if by_keyboard:
                control.focus()
                page.keyboard.press("Space" if role == "radio" else "Enter")
            else:
                control.tap()
        if reason:
            expect(vote.get_by_role("button", name="Send the paper")).to_be_disabled()
            vote.get_by_label(re.compile("^Why")).fill(reason)
        look(page, f"paper-{method}-{'small' if by_keyboard else 'phone'}")
        send = vote.get_by_role("button", name="Send the paper")
        if by_keyboard:
            send.focus()
            page.keyboard.press("Enter")
        else:
            send.tap()
        expect(vote.get_by_text("Your paper is in.")).to_be_visible()
        assert votes.close(ballot)["voters"] == 1


def test_scores_by_criteria_are_given_by_radios(server, open_page, look, votes):
    criteria = [{"title": "Importance", "weight": 2}, {"title": "Feasibility", "weight": 1}]
    ballot = votes.open("score", criteria=criteria)
    page = open_page(SMALL, who=votes.seat, touch=True)
    page.goto(address(server, "room"))
    group = page.get_by_role("group", name=re.compile("^Importance.*A bench"))
    group.get_by_role("radio", name=re.compile("^5")).tap()
    other = page.get_by_role("group", name=re.compile("^Feasibility.*A bench"))
    other.get_by_role("radio", name=re.compile("^2")).focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowLeft")
    expect(other.get_by_role("radio", name=re.compile("^1"))).to_be_checked()
    look(page, "paper-score-small")
    page.get_by_role("button", name="Send the paper").tap()
    expect(page.get_by_text("Your paper is in.")).to_be_visible()
    result = votes.close(ballot)
    assert result["counts"][str(ballot["choices"][0]["id"])] == 3.67


def test_a_tap_on_yes_is_the_vote(server, open_page, look, votes):
    ballot = votes.open("yes_no", rule={"majority": "qualified", "quorum": 50})
    page = open_page(who=votes.seat, touch=True)
    page.goto(address(server, "room"))
    expect(page.get_by_text("Adopted when at least 2/3")).to_be_visible()
    page.get_by_role("radio", name=re.compile("^Yes")).tap()
    expect(page.get_by_text("your vote").first).to_be_visible()
    look(page, "paper-yes-no-phone")
    page.wait_for_timeout(500)
    result = votes.close(ballot)
    assert (result["passed"], result["counts"]["yes"]) == (True, 1)
    expect(page.get_by_text("Carried")).to_be_visible()
    look(page, "result-yes-no-phone")


@pytest.mark.parametrize("method", ["ranking", "score", "budget", "consent"])
def test_result_is_read_on_wall_phone_and_desk(server, open_page, look, votes, method):
    details = {"budget": {"money": 100}}.get(method, {})
    ballot = votes.open(method, **details)
    a, b = (str(choice["id"]) for choice in ballot["choices"][:2]) if ballot["choices"] else "ab"
    marks = {"ranking": {b: 1, a: 2}, "score": {a: 3, b: 5}, "budget": {a: 1, b: 1}}
    paper = {"marks": marks.get(method, {"reservation": 1})}
    why = {"reason": "Not every Sunday."} if method == "consent" else {}
    votes.act(votes.seated, "ballot.cast", ballot=ballot["id"], **paper, **why)
    votes.close(ballot)
    said = {"text": "We begin with the bus.", "lang": "en"}
    votes.act(votes.leads, "ballot.conclude", ballot=ballot["id"], **said)
    for viewport, kind, who in (
        (PROJECTOR, "screen", votes.lead),
        (PHONE, "room", votes.seat),
        (LAPTOP, "lead", votes.lead),
    ):
        page = open_page(viewport, who=who)
        page.goto(address(server, kind))
        expect(page.get_by_text("We begin with the bus.").first).to_be_visible()
        folds = (
            "document.querySelectorAll('.vote details').forEach((fold) => { fold.open = true; })"
        )
        page.evaluate(folds)
        look(page, f"result-{method}-{kind}")


def test_what_each_sector_says_is_read_on_wall_phone_and_desk(server, open_page, look, votes):
    ballot = votes.open("yes_no", rule={"sectors": 50})
    counted = zip(server.house.laid.sectors, [(28, 2), (20, 20), (8, 7), (25, 12)], strict=True)
    rows = [
        {"sector": one.uuid, "people": yes + no, "counts": {"yes": yes, "no": no}}
        for one, (yes, no) in counted
    ]
    votes.act(votes.leads, "ballot.show_hands", ballot=ballot["id"], rows=rows)
    votes.close(ballot)
    for viewport, kind, who, dark in (
        (PROJECTOR, "screen", votes.lead, False),
        (PHONE, "room", votes.seat, False),
        (SMALL, "room", votes.seat, True),
        (LAPTOP, "lead", votes.lead, True),
    ):
        page = open_page(viewport, who=who, dark=dark)
        page.goto(address(server, kind))
        table = page.get_by_role("table", name="In favour, by sector")
        expect(table.get_by_role("row", name=re.compile("at least 26 of 30"))).to_be_visible()
        expect(table.get_by_role("row", name=re.compile("not told, of 40"))).to_be_visible()
        expect(table.get_by_role("row", name=re.compile("25 of 37"))).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        look(page, f"by-sector-{kind}-{'dark' if dark else 'light'}-{viewport['width']}")


@pytest.mark.parametrize("secret", [True, False], ids=["secret", "open"])
def test_a_voter_is_told_before_voting_who_will_know(server, open_page, look, votes, secret):
    ballot = votes.open("yes_no", secret=secret)
    page = open_page(SMALL, who=votes.seat, touch=True)
    page.goto(address(server, "room"))
    if secret:
        page.get_by_text("Secret vote: what is promised").tap()
        expect(page.get_by_text("Not promised: that whoever runs")).to_be_visible()
    else:
        expect(page.get_by_text("sees your nickname, Ana, beside your answer")).to_be_visible()
    look(page, f"told-before-{'secret' if secret else 'open'}")
    page.get_by_role("radio", name=re.compile("^Yes")).tap()
    expect(page.get_by_text("your vote").first).to_be_visible()
    page.wait_for_timeout(500)
    votes.close(ballot)
    expect(page.get_by_text("Carried")).to_be_visible()
    expect(page.get_by_text("Who voted what")).to_have_count(0 if secret else 1)
    if not secret:
        page.locator("summary", has_text="Who voted what").press("Enter")
        expect(page.get_by_role("row", name=re.compile("Ana"))).to_contain_text("Yes")
        look(page, "roll-phone")


def test_who_leads_asks_by_another_method_and_rule(server, open_page, look, votes):
    page = open_page(LAPTOP, who=votes.lead)
    page.goto(address(server, "lead"))
    page.get_by_role("radio", name="ranking").check(force=True)
    page.get_by_role("radio", name="how many voted").check(force=True)
    page.get_by_role("button", name="Open the vote").click()
    expect(page.get_by_text("in order, best first", exact=False).first).to_be_visible()
    page.get_by_text("Open another vote").click()
    page.get_by_role("radio", name="the question itself").check(force=True)
    page.get_by_role("radio", name="consent").check(force=True)
    page.get_by_text("When it carries, and who votes").click()
    page.get_by_label(re.compile("^Percent in favour in every sector")).fill("50")
    look(page, "ask-consent-lead")
    page.get_by_role("button", name="Open the vote").click()
    expect(page.get_by_text("In every sector at least 50 %", exact=False).first).to_be_visible()
    page.get_by_role("button", name="Close the vote").first.click()
    page.get_by_role("button", name=re.compile("^Vote again")).click()
    expect(page.get_by_text("A vote on the same was held before")).to_be_visible()
