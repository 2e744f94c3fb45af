"""Conversations of Polis and ours: a forum from its open data, and its open data from a forum."""

from facilitator.polis.exchange import bring_in, hand_out

__all__ = ["bring_in", "hand_out"]
