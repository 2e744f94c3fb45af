"""Suggestions: other words for a passage of a draft, to be talked about, accepted or declined.

A passage is the units of the text that it is made of, so it stays where it is whatever others write
around it; the draft itself is not looked at here. Accepting is an ordinary edit, made in somebody's
browser under a client id of theirs. It is stored together with the word that the suggestion was
accepted: of two people who accept at the same time one is refused, and no text is put in twice.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable
from typing import Annotated

from sqlalchemy import func, select

from facilitator.access import Actor
from facilitator.actions import LEADS, PARTICIPANTS, WRITERS, Refused, action
from facilitator.db import db
from facilitator.events import publish
from facilitator.models import (
    Face,
    Outcome,
    Phase,
    Recommendation,
    Stance,
    Stances,
    Suggestion,
    Written,
)
from facilitator.rooms import draft_log, updates
from facilitator.rooms.drafts import edit_draft, open_draft
from facilitator.rooms.motions import refuse_deciding, refuse_out_of_turn
from facilitator.rooms.replies import delete_under, say, suggestion_here
from facilitator.rooms.texts import reads
from facilitator.rooms.visibility import own_face
from facilitator.shapes import Language, body, line, many, within

#: Texts that the desk has put to a plenary are talked about when it adopts as well.
TALKING = frozenset({Phase.DRAFT, Phase.ADOPT})

#: Characters of a passage; of what is to stand there; of the word with which one is declined.
LONGEST_QUOTE, LONGEST_PUT, LONGEST_ANSWER = 2_000, 4_000, 200
#: Suggestions on one draft, and those of them that come from one person.
PER_DRAFT, PER_PERSON = 100, 30

#: Units side by side: client, clock, how many.
Run = Annotated[list[Annotated[int, within(0, 2**53 - 1)]], many(3, 3)]
Units = Annotated[list[Run], many(1, 300)]


@action("suggestion.make", who=WRITERS, during=TALKING, contributes=True)
def make_suggestion(
    actor: Actor,
    *,
    recommendation: int,
    epoch: str,
    root: str,
    units: Units,
    quote: str,
    put: str | None,
    text: str,
    lang: Language,
) -> Face:
    """Suggest other words for a passage, and say why; with no `put`, only say something of it."""
    refuse_out_of_turn(actor, open_draft(actor.room.id, recommendation, epoch).entry_id)
    _refuse_misplaced(recommendation, root, units)
    if put is not None:
        put = body(put, LONGEST_PUT)
    if not quote.strip() or len(quote) > LONGEST_QUOTE or put == quote:
        raise Refused("Choose some words of the text, and say how they should read.")
    _refuse_misquoted(recommendation, root, quote)
    _refuse_flood(actor, recommendation)
    made = Suggestion(
        room_id=actor.room.id,
        recommendation_id=recommendation,
        seat_id=actor.seat and actor.seat.id,
        grant_id=actor.grant and actor.grant.id,
        epoch=epoch,
        root=root,
        units=units,
        quote=quote,
        put=put,
    )
    db.session.add(made)
    db.session.flush()
    stances = Stances(id=made.id)
    db.session.add(stances)
    publish(actor.room, made, stances)
    # What is only said of a passage must say something.
    reply = say(actor, made, text, lang) if put is None or text.strip() else None
    return {"id": made.id, "reply": reply and own_face(reply)}


@action("suggestion.back", who=PARTICIPANTS, during=TALKING, contributes=True)
def back_suggestion(actor: Actor, *, id: int, agrees: bool | None) -> None:  # noqa: A002
    """Say that one agrees with a suggestion, or does not; None: neither any more."""
    made = _open(actor, id)
    assert actor.seat is not None  # noqa: S101 - for the type checker: participants have one
    stance = db.session.get(Stance, (made.id, actor.seat.id))
    if (stance.agrees if stance else None) is agrees:
        return
    if stance and agrees is None:
        db.session.delete(stance)
    elif stance:
        stance.agrees = bool(agrees)
    else:
        db.session.add(Stance(suggestion_id=made.id, seat_id=actor.seat.id, agrees=bool(agrees)))
    publish(actor.room, _recounted(made.id))


@action("suggestion.accept", who=WRITERS, during=TALKING, contributes=True)
def accept_suggestion(actor: Actor, *, id: int, epoch: str, update: str) -> Face:  # noqa: A002
    """Store the edit that puts a suggestion into the text, and say that it was accepted."""
    made = _open(actor, id)
    refuse_deciding(actor, made.recommendation_id)
    if made.put is None:
        raise Refused("There is nothing to accept: it suggests no other words.")
    seq = edit_draft(actor, made.recommendation_id, epoch, update, suggested=True)
    edit = updates.read(base64.b64decode(update))
    if not seq:
        raise Refused("This edit changes nothing.", code="conflict")
    if any(_meet(edit.deletes, other) for other in _cuts(made)):
        raise Refused(
            "Another suggestion for these words was accepted a moment ago.", code="conflict"
        )
    made.outcome, made.cut = Outcome.ACCEPTED, [list(cut) for cut in edit.deletes]
    made.revision = seq
    publish(actor.room, made)
    return {"seq": seq}


@action("suggestion.decline", who=WRITERS, during=TALKING, contributes=True)
def decline_suggestion(actor: Actor, *, id: int, text: str, lang: Language) -> None:  # noqa: A002
    """Leave the text as it is, with a word why; what was only said of it is settled."""
    made = _open(actor, id)
    refuse_deciding(actor, made.recommendation_id)
    least = 0 if made.put is None else 1
    made.outcome = Outcome.DECLINED
    made.answer = {"text": line(text, LONGEST_ANSWER, least=least), "lang": lang}
    publish(actor.room, made)


@action("suggestion.withdraw", who=WRITERS, during=TALKING)
def withdraw_suggestion(actor: Actor, *, id: int) -> None:  # noqa: A002
    """Take one's own suggestion back while it is open; who leads may take out any.

    It is deleted with all that was said of it, and nothing of it stays in the room's log. What a
    plenary has accepted stays: the desk takes it up, and the document says so.
    """
    made = suggestion_here(actor, id)
    if made.outcome is Outcome.ACCEPTED and _is_motion(made.recommendation_id):
        _refuse_answered(made)
    if actor.role not in LEADS:
        if not _is_own(actor, made):
            raise Refused("Only who made a suggestion can take it back.")
        _refuse_answered(made)
    delete_under(actor.room, made)
    publish(actor.room, db.session.get_one(Stances, made.id), made, gone=True)
    db.session.delete(made)


def _open(actor: Actor, suggestion_id: int) -> Suggestion:
    """A suggestion that nobody has answered yet, on a text that is open."""
    made = suggestion_here(actor, suggestion_id)
    refuse_out_of_turn(actor, open_draft(actor.room.id, made.recommendation_id).entry_id)
    _refuse_answered(made)
    return made


def _refuse_answered(made: Suggestion) -> None:
    if made.outcome is not Outcome.OPEN:
        raise Refused("This suggestion has been answered already.", code="conflict")


def _is_own(actor: Actor, made: Suggestion) -> bool:
    if actor.seat:
        return made.seat_id == actor.seat.id
    return actor.grant is not None and made.grant_id == actor.grant.id


def _refuse_misplaced(recommendation_id: int, root: str, units: Units) -> None:
    """Refuse what is in no part of the text, or in words that have not come here."""
    template = db.session.get_one(Written, recommendation_id).template
    section = root.startswith("s:") and root not in {f"s:{part['key']}" for part in template}
    if section or not updates.TEXT_ROOT.fullmatch(root):
        raise Refused("This part of the text is no longer here.", code="gone")
    asked = {"draft": recommendation_id, "clients": list({client for client, _, _ in units})}
    rows = db.session.execute(draft_log.CLIENTS, asked)
    clocks = {row.client_id: row.next_clock for row in rows}
    if any(not 0 < length <= clocks.get(client, 0) - clock for client, clock, length in units):
        raise Refused(
            "Earlier edits have not arrived yet. It will be tried again.", code="retry", retry=True
        )


def _refuse_misquoted(recommendation_id: int, root: str, quote: str) -> None:
    """Refuse words that a text before a plenary does not have: the document says what they became.

    Of a room's own text they are not printed, and others write in it at this moment.
    """
    if not _is_motion(recommendation_id):
        return
    about = db.session.get_one(Written, recommendation_id)
    if about.draft.rendered_seq < about.draft.seq:
        raise Refused(
            "Earlier edits have not arrived yet. It will be tried again.", code="retry", retry=True
        )
    if not reads(about.draft.text, root, quote):
        raise Refused("Choose some words of the text, and say how they should read.", code="gone")


def _is_motion(text: int) -> bool:
    """Whether a text is the desk's, before a plenary."""
    about = db.session.get_one(Written, text)
    return isinstance(about, Recommendation) and about.entry_id is not None


def _refuse_flood(actor: Actor, recommendation_id: int) -> None:
    here = select(func.count()).where(Suggestion.recommendation_id == recommendation_id)
    own = Suggestion.seat_id == (actor.seat and actor.seat.id)
    if actor.seat and (db.session.scalar(here.where(own)) or 0) >= PER_PERSON:
        raise Refused(
            "You have made {n} suggestions on this text, as many as one person may.",
            code="too_many",
            n=PER_PERSON,
        )
    if (db.session.scalar(here) or 0) >= PER_DRAFT:
        raise Refused(
            "This text has {n} suggestions, as many as it can hold. Write into the text itself.",
            code="too_many",
            n=PER_DRAFT,
        )


def _recounted(suggestion_id: int) -> Stances:
    db.session.flush()
    query = select(Stance.agrees, func.count()).where(Stance.suggestion_id == suggestion_id)
    counts = {agrees: count for agrees, count in db.session.execute(query.group_by(Stance.agrees))}  # noqa: C416
    stances = db.session.get_one(Stances, suggestion_id)
    stances.agree, stances.disagree = counts.get(True, 0), counts.get(False, 0)
    return stances


def _cuts(made: Suggestion) -> Iterable[list[list[int]]]:
    """What other suggestions have deleted that were accepted in the same history of the draft."""
    others = Suggestion.recommendation_id == made.recommendation_id, Suggestion.cut.is_not(None)
    return db.session.scalars(select(Suggestion.cut).where(*others, Suggestion.epoch == made.epoch))


def _meet(one: Iterable[Iterable[int]], other: Iterable[Iterable[int]]) -> bool:
    """Whether two sets of units have one in common."""
    return any(
        client == client_2 and clock < clock_2 + length_2 and clock_2 < clock + length
        for client, clock, length in one
        for client_2, clock_2, length_2 in other
    )
