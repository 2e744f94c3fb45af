"""Forums: founding one from a scenario, and setting it up before and during its days."""

from facilitator.forums import everywhere, programme, rehearsal, setup, tables, tracks
from facilitator.forums.codes import fresh_code, normalise_code
from facilitator.forums.founding import found

__all__ = [
    "everywhere",
    "found",
    "fresh_code",
    "normalise_code",
    "programme",
    "rehearsal",
    "setup",
    "tables",
    "tracks",
]
