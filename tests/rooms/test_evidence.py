"""Evidence: cards that texts cite, who may change them, and where they may lead."""

import pytest

from facilitator.actions import Refused
from facilitator.db import db
from facilitator.models import Event, Phase, Role
from facilitator.rooms import evidence

CARD = {"title": "Waiting times", "url": "https://example.org/w", "text": "Seven months."}


def add(who, **more):
    return who.act("evidence.add", **{**CARD, "lang": "en", **more})


def test_card_reaches_the_room_without_its_author(join):
    ana, ben = join("Ana"), join("Ben")
    made = add(ana)
    assert made == {"id": made["id"], "uuid": made["uuid"], **CARD, "lang": "en"}
    for phone in (ana, ben):
        phone.hear()
    assert ben.all("evidence") == {made["id"]: made}
    assert (ana.mine["evidence"], ben.mine["evidence"]) == ([made["id"]], [])


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "ftp://example.org", "example.org", "https://"],
)
def test_card_leads_to_the_web_or_nowhere(join, url):
    with pytest.raises(Refused, match="begins with http"):
        add(join("Ana"), url=url)


def test_card_may_have_no_address(join):
    assert add(join("Ana"), url="", text="")["url"] == ""


def test_only_its_author_changes_a_card(join, lead):
    ana, ben = join("Ana"), join("Ben")
    made = add(ana)
    for other in (ben, lead()):
        with pytest.raises(Refused, match="Only who added"):
            other.act("evidence.change", id=made["id"], **CARD)
    ana.act("evidence.change", id=made["id"], **{**CARD, "text": "Eleven."})
    ben.hear()
    assert ben.all("evidence")[made["id"]]["text"] == "Eleven."
    with pytest.raises(Refused, match="no longer here"):
        ana.act("evidence.change", id=99, **CARD)


def test_changed_card_waits_again_where_words_are_looked_at_before(join, lead):
    ana, ben, leader = join("Ana"), join("Ben"), lead()
    made = add(ana)
    leader.act("room.moderate", moderation="before")
    ana.act("evidence.change", id=made["id"], **CARD)
    ben.hear()
    assert ben.all("evidence") == {}
    ana.act("evidence.change", id=made["id"], **{**CARD, "text": "Eleven."})
    leader.hear()
    assert leader.things["held", f"evidence-{made['id']}"]["face"]["text"] == "Eleven."


def test_hidden_card_says_nothing_any_more(join, lead):
    ana, leader = join("Ana"), lead()
    made = add(ana, title="Secret title", text="Secret words", url="https://secret.example")
    leader.act("evidence.hide", id=made["id"], reason="data")
    for phone in (ana, leader):
        phone.hear()
    db.session.rollback()
    assert "ecret" not in repr((ana.things, ana.mine, leader.things))
    assert "ecret" not in repr([row.data for row in db.session.query(Event)])
    assert ana.mine["unshown"][0]["reason"] == "data"


def test_cards_are_added_until_the_texts_are_voted_on(join, lead):
    leader = lead()
    for phase in (Phase.GATHER, Phase.GROUP, Phase.DECIDE, Phase.DRAFT):
        leader.go(phase)
        assert add(lead(Role.RAPPORTEUR))
    leader.go(Phase.ADOPT)
    with pytest.raises(Refused, match="closed"):
        add(join("Ana"))


def test_nobody_floods_a_room_with_cards(join, monkeypatch):
    monkeypatch.setattr(evidence, "PER_SEAT", 1)
    monkeypatch.setattr(evidence, "PER_ROOM", 2)
    ana = join("Ana")
    add(ana)
    for who, words in (
        (ana, "as many as one person"),
        (join("Ben"), None),
        (join("Eva"), "as many as it can"),
    ):
        if words is None:
            add(who)
        else:
            with pytest.raises(Refused, match=words):
                add(who)
