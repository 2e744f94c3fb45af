"""Under what name a paper lies in the box (pure)."""

from __future__ import annotations

import hashlib
import hmac

from facilitator.models import Ballot, Consultation, Seat, StatementVote


def pseudonym(ballot: Ballot | StatementVote | Consultation, seat: Seat) -> str:
    """The name of a seat in one ballot: HMAC-SHA-256 with the key of the ballot, in hex.

    The key is destroyed at closing; from then on nobody can tell whose a paper was.
    """
    if ballot.key is None:
        raise ValueError("This ballot has no key any more.")
    return hmac.new(bytes.fromhex(ballot.key), seat.uuid.encode(), hashlib.sha256).hexdigest()
