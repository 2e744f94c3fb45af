"""Every part that people can do something in: importing this registers their actions."""

# ruff: noqa: F401
from facilitator import forums
from facilitator.consolidation import desk
from facilitator.rooms import (
    ballots,
    board,
    comments,
    drafts,
    hands,
    ideas,
    moderation,
    parking,
    people,
    recommendations,
    replies,
    screens,
    shows,
    slides,
    statements,
    steering,
    suggestions,
    theme_steps,
    themes,
    watch,
    withdrawing,
)
