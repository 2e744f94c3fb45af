"""Ballots: people cast papers, a task counts them. A vote is not news; a tally is."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from typing import Annotated, Any, Literal

from sqlalchemy import delete, insert, select

from facilitator.access import Actor, ActorRef
from facilitator.actions import (
    ALWAYS,
    CLOCK,
    LEADS,
    MEMBERS,
    PARTICIPANTS,
    Refused,
    action,
    perform,
)
from facilitator.db import db
from facilitator.events import forget, publish
from facilitator.models import (
    Ballot,
    Choice,
    Face,
    Idea,
    Paper,
    Phase,
    Recommendation,
    Role,
    Status,
    Tally,
    Theme,
    now,
)
from facilitator.rooms.asking import (
    Answering,
    Comparing,
    Criterion,
    Details,
    Showing,
    options,
    priced,
    ruled,
)
from facilitator.rooms.entitlement import dismiss, enrol, entitled, refuse_others
from facilitator.rooms.methods import METHODS
from facilitator.rooms.motions import (
    VOTES,
    refuse_taken_back,
    refuse_unvotable,
    subjects_of,
    take_in,
)
from facilitator.rooms.papers import pseudonym
from facilitator.rooms.reopening import fix_wording
from facilitator.rooms.results import (
    Cast,
    box,
    concluded,
    hands,
    named,
    outcome,
    roll,
    voters,
)
from facilitator.rooms.rules import Rule
from facilitator.rooms.versions import keep_decided
from facilitator.shapes import LARGEST, Language, line, several_lines

log = logging.getLogger(__name__)

PAPERS: Any = Paper.__table__

#: Seconds between two counts.
PACE = 0.25
#: Characters of a question; choices on a paper.
LONGEST, MOST_CHOICES = 200, 500

Reason = Annotated[str, several_lines(600)]
Conclusion = Annotated[str, several_lines(2000)]

#: Set when papers wait to be counted.
due = threading.Event()


@action("ballot.open", who=LEADS, during={Phase.DECIDE})
def open_ballot(
    actor: Actor,
    *,
    question: str,
    lang: Language,
    method: Answering | Comparing,
    subject: Literal["themes", "ideas", "question"],
    things: list[int],
    dots: int | None = None,
    criteria: tuple[Criterion, ...] = (),
    count: Literal["schulze", "runoff"] = "schulze",
    money: int | None = None,
    prices: dict[str, int] | None = None,
    rule: Rule | None = None,
    showing: Showing = "live",
    secret: bool = True,
    sectors: list[str] | None = None,
    fixed: bool = False,
) -> Face:
    """Vote on a question, themes or ideas; no `things` means all but what was put aside."""
    if bool(METHODS[method].answers) is not (subject == "question"):
        raise Refused("This cannot be voted on in this way.", code="bad_shape")
    ballot = Ballot(
        room_id=actor.room.id,
        question=line(question, LONGEST),
        lang=lang,
        method=method,
        options=options(method, Details(dots, criteria, count, money)),
        rule=ruled(method, rule),
        showing=showing,
        secret=secret,
        sectors=sectors or [],
        fixed=fixed,
    )
    if subject != "question":
        ballot.choices = _choices(actor, subject, things)
        if len(ballot.choices) > METHODS[method].most:
            raise Refused("At most {n} things can be voted on in this way.", n=METHODS[method].most)
    asked = prices or {}
    costs = [asked.get(str(choice.theme_id or choice.idea_id)) for choice in ballot.choices]
    return opened(actor, ballot, costs)


@action("ballot.adopt", who=LEADS, during={Phase.ADOPT})
def open_adoption(
    actor: Actor,
    *,
    recommendation: int,
    method: Answering = "yes_no",
    rule: Rule | None = None,
    showing: Showing = "live",
    secret: bool = True,
    sectors: list[str] | None = None,
    fixed: bool = False,
) -> Face:
    """Ask the room whether it adopts a recommendation, as it reads now."""
    ballot = Ballot(
        room_id=actor.room.id,
        method=method,
        options={},
        rule=ruled(method, rule),
        showing=showing,
        secret=secret,
        sectors=sectors or [],
        fixed=fixed,
        recommendation_id=recommendation,
        earlier_id=_last_on(recommendation),
    )
    _put_as_it_reads(actor, ballot)
    return opened(actor, ballot)


def _put_as_it_reads(actor: Actor, ballot: Ballot) -> None:
    """Take the title and the revision from the recommendation that is voted on."""
    adopted = db.session.get(Recommendation, ballot.recommendation_id)
    if adopted is None or adopted.room_id != actor.room.id or adopted.gone:
        raise Refused("This recommendation is no longer here.", code="gone")
    refuse_taken_back(adopted)
    if db.session.scalar(VOTES, {"text": adopted.id}):
        raise Refused("The room is voting on this recommendation already.", code="conflict")
    ballot.question, ballot.lang = adopted.title[:LONGEST], adopted.lang
    ballot.revision = adopted.draft.seq


def _last_on(recommendation: int) -> int | None:
    query = select(Ballot.id).filter_by(recommendation_id=recommendation)
    return db.session.scalar(query.order_by(Ballot.id.desc()).limit(1))


@action("ballot.again", who=LEADS, during={Phase.DECIDE, Phase.ADOPT})
def vote_again(actor: Actor, *, ballot: int) -> Face:
    """Put the same to the vote once more; the earlier ballot stays, with its result."""
    earlier = ballot_here(actor, ballot)
    if earlier.is_open:
        raise Refused("This ballot is still open.", code="conflict")
    kept = (
        *("question", "lang", "method", "options", "rule"),
        *("showing", "secret", "sectors", "fixed", "whole"),
    )
    again = Ballot(
        room_id=actor.room.id,
        earlier_id=earlier.id,
        recommendation_id=earlier.recommendation_id,
        **{name: getattr(earlier, name) for name in kept},
    )
    whole = subjects_of(earlier) if earlier.whole else []
    if earlier.whole and not whole:
        raise Refused("This was put to the vote once more already.", code="conflict")
    refuse_unvotable(whole)
    if again.recommendation_id is not None:
        _put_as_it_reads(actor, again)
    printed = ("position", "theme_id", "idea_id", "label", "lang", "blank")
    again.choices = [
        Choice(**{name: getattr(choice, name) for name in printed}) for choice in earlier.choices
    ]
    prices = earlier.options.get("prices", {})
    face = opened(actor, again, [prices.get(str(choice.id)) for choice in earlier.choices])
    take_in(actor, again, whole)
    return face


def opened(actor: Actor, ballot: Ballot, prices: Sequence[int | None] = ()) -> Face:
    """Open a ballot; where its choices have prices, these are in the order of the choices."""
    db.session.add(ballot)
    db.session.flush()
    if ballot.method == "budget":
        ballot.options = priced(ballot, prices)
    enrol(ballot, actor.room)
    counts = outcome(ballot, []).counts if ballot.showing == "live" else None
    tally = Tally(id=ballot.id, voters=0, counts=counts, entitled=entitled(ballot))
    db.session.add(tally)
    publish(actor.room, ballot, tally)
    return ballot.public()


def _choices(actor: Actor, subject: str, things: list[int]) -> list[Choice]:
    model: type[Theme | Idea] = Theme if subject == "themes" else Idea
    query = select(model).where(model.room_id == actor.room.id)
    if model is Theme:
        query = query.where(Theme.gone.is_(False)).order_by(Theme.position)
        query = query if things else query.where(Theme.aside.is_(False))
    else:
        query = query.where(Idea.shown())
    wanted = query.where(model.id.in_(things)) if things else query
    found: list[Theme | Idea] = [*db.session.scalars(wanted.order_by(model.id))]
    if len(found) < len(set(things)):
        raise Refused("Something on this paper is no longer here.", code="gone")
    if not 2 <= len(found) <= MOST_CHOICES:
        raise Refused("Between 2 and {n} things can be put to the vote.", n=MOST_CHOICES)
    return [
        Choice(
            position=position,
            theme_id=thing.id if isinstance(thing, Theme) else None,
            idea_id=thing.id if isinstance(thing, Idea) else None,
            label=thing.title if isinstance(thing, Theme) else thing.text,
            lang=thing.lang,
        )
        for position, thing in enumerate(found)
    ]


@action("ballot.cast", who=PARTICIPANTS, discreet=True, contributes=True)
def cast(actor: Actor, *, ballot: int, marks: dict[str, int], reason: Reason | None = None) -> None:
    """Hand in a paper, in place of an earlier one; an empty one takes it back."""
    asked = ballot_here(actor, ballot)
    if not asked.is_open:
        raise Refused("This ballot is closed.", code="closed")
    seat = actor.seat
    assert seat is not None  # noqa: S101 - for the type checker: participants have one
    refuse_others(asked, seat)
    if not METHODS[asked.method].accepts(marks, named(asked), asked.options):
        raise Refused("This is not a valid paper.", code="bad_shape")
    said = _reason(asked, marks, reason, seat.lang)
    voter = pseudonym(asked, seat)
    paper = db.session.get(Paper, (asked.id, voter))
    if not marks:
        if paper is not None:
            db.session.delete(paper)
    else:
        paper = paper or Paper(ballot_id=asked.id, voter=voter)
        paper.marks, paper.reason, paper.sector_id = marks, said, seat.sector_id
        db.session.add(paper)
    asked.casts += 1
    due.set()


def _reason(asked: Ballot, marks: dict[str, int], reason: str | None, lang: str) -> Face | None:
    """Why somebody answers so, where the answer needs it; else nothing is kept."""
    if not METHODS[asked.method].reasoned & set(marks):
        return None
    if not (reason or "").strip():
        raise Refused("Please say why: this answer needs a reason.", code="reason")
    return {"text": reason, "lang": lang}


@action("ballot.close", who=LEADS, during=ALWAYS)
def close_ballot(actor: Actor, *, ballot: int) -> Face:
    """Count for good. The key of the pseudonyms is destroyed: no paper can be tied to a seat."""
    asked = ballot_here(actor, ballot)
    if not asked.is_open:
        raise Refused("This ballot is closed.", code="closed")
    papers = box(asked)
    asked.result = concluded(asked, papers)
    asked.roll = None if asked.secret else roll(asked)
    asked.is_open, asked.closed_at, asked.key = False, now(), None
    tally = counted(asked, papers)
    _forget(asked)
    # Who voted when stands with the operations: what each vote changed may not stand beside it.
    forget(actor.room, [tally])
    publish(actor.room, asked, tally)
    for subject in subjects_of(asked):
        _conclude(actor, asked, subject)
    return asked.result


def roll_of(actor: Actor, ballot: object) -> list[Face]:
    """Who voted what in an open vote: for the people of the room, and never in a frame.

    Nothing before closing, and nothing of a secret vote. Raises Refused for those not of the room.
    """
    if actor.role not in MEMBERS or type(ballot) is not int or abs(ballot) > LARGEST:
        raise Refused("You may not do this here.")
    return ballot_here(actor, ballot).roll or []


@action("ballot.conclude", who=LEADS)
def conclude(actor: Actor, *, ballot: int, text: Conclusion, lang: Language) -> None:
    """Say what a result means, for everybody and for the document; nothing takes it back."""
    asked = ballot_here(actor, ballot)
    if asked.is_open:
        raise Refused("Close the vote first.", code="conflict")
    asked.conclusion = {"text": text, "lang": lang} if text.strip() else None
    publish(actor.room, asked)


def _conclude(actor: Actor, ballot: Ballot, subject: Recommendation) -> None:
    """Note on the recommendation what the room has decided, and about which revision."""
    passed = bool(ballot.result and ballot.result["passed"])
    # What is voted on does not change: a vote on a whole was about what each text is now.
    revision = ballot.revision or subject.draft.seq
    subject.status = Status.ADOPTED if passed else Status.REJECTED
    subject.adopted_seq = revision if passed else None
    subject.adopted_hash = None
    fix_wording(subject)
    keep_decided(subject, revision)
    publish(actor.room, subject)


@action("ballot.count", who=CLOCK, during=ALWAYS)
def count(actor: Actor, *, ballot: int) -> None:
    """Publish the tally if it has changed since the last count."""
    asked = db.session.get_one(Ballot, ballot)
    if asked.casts == asked.counted or not asked.is_open:
        return  # another process was faster
    tally = counted(asked, box(asked))
    if asked.showing != "hidden":
        publish(actor.room, tally)


def counted(ballot: Ballot, papers: list[Cast]) -> Tally:
    """Bring the tally of a ballot up to date; of it is told only what may be."""
    tally = db.session.get_one(Tally, ballot.id)
    if not ballot.is_open or ballot.showing != "hidden":
        tally.voters, tally.hands = voters(papers), hands(papers)
        tally.entitled = entitled(ballot)
    if not ballot.is_open or ballot.showing == "live":
        tally.counts = outcome(ballot, papers).counts
    ballot.counted = ballot.casts
    return tally


def _forget(ballot: Ballot) -> None:
    """Take from the papers what only the count needed, and put them in an order by chance.

    By chance is the order of their names. As they came in, a database keeps them in that order,
    and who came when stands with the operations.
    """
    here = PAPERS.c.ballot_id == ballot.id
    found = db.session.execute(select(PAPERS).where(here).order_by(PAPERS.c.voter))
    papers = [{**row, "sector_id": None, "reason": None} for row in found.mappings()]
    if papers:
        db.session.execute(delete(PAPERS).where(here))
        db.session.execute(insert(PAPERS), papers)
    dismiss(ballot)


def ballot_here(actor: Actor, ballot_id: int) -> Ballot:
    """A ballot of the room in which somebody acts."""
    ballot = db.session.get(Ballot, ballot_id)
    if ballot is None or ballot.room_id != actor.room.id:
        raise Refused("This ballot is no longer here.", code="gone")
    return ballot


# ---- Counting ------------------------------------------------------------------------------------


def count_due() -> None:
    """Count every open ballot with papers that are not in its tally."""
    uncounted = Ballot.casts != Ballot.counted, Ballot.is_open
    waiting = db.session.execute(select(Ballot.room_id, Ballot.id).where(*uncounted)).all()
    db.session.rollback()
    for room_id, ballot_id in waiting:
        try:
            perform(ActorRef(room_id, role=Role.CLOCK), "ballot.count", None, {"ballot": ballot_id})
        except Exception:  # the others need not wait for it
            log.exception("Ballot %d was not counted; trying again.", ballot_id)
