"""The opinion groups of a conversation, for its files (pure; never in the server's process)."""

from __future__ import annotations

import numpy as np

from facilitator.polis.reading import Conversation
from facilitator.rooms.opinions import NOBODY
from facilitator.rooms.opinions_told import clear_groups


def find_groups(talk: Conversation) -> dict[int, int]:
    """The group of each voter who is in one; nothing where they are not clear enough to be told."""
    columns = {said.number: column for column, said in enumerate(talk.statements)}
    votes = np.full((len(talk.votes), len(columns)), np.nan)
    for row, marks in enumerate(talk.votes.values()):
        for number, mark in marks.items():
            votes[row, columns[number]] = mark
    found = clear_groups(votes, np.array([said.taken_out for said in talk.statements]))
    if found is None:
        return {}
    pairs = zip(talk.votes, found.groups.tolist(), strict=True)
    return {voter: group for voter, group in pairs if group != NOBODY}
