"""Voting methods: what a valid paper is, how papers add up, and how to read the result (pure)."""

from __future__ import annotations

from facilitator.rooms.methods.adding import Approval, Budget, Dots
from facilitator.rooms.methods.answering import Consent, Gradients, YesNo
from facilitator.rooms.methods.base import Marks, Method, Outcome, Said, Sides
from facilitator.rooms.methods.ranking import Ranking
from facilitator.rooms.methods.scoring import Score

__all__ = ["METHODS", "Marks", "Method", "Outcome", "Said", "Sides"]

#: Every method by its name, as ballots have it.
METHODS: dict[str, Method] = {
    "yes_no": YesNo(),
    "approval": Approval(),
    "dots": Dots(),
    "score": Score(),
    "ranking": Ranking(),
    "consent": Consent(),
    "gradients": Gradients(),
    "budget": Budget(),
}
