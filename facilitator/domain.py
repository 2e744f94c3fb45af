"""Every part that people can do something in: importing this registers their actions."""

# ruff: noqa: F401
from facilitator import forums
from facilitator.consolidation import consulting, desk, splitting
from facilitator.rooms import (
    ballots,
    board,
    comments,
    consultations,
    drafts,
    hands,
    ideas,
    moderation,
    parking,
    people,
    recommendations,
    screens,
    shows,
    slides,
    statements,
    steering,
    theme_steps,
    themes,
    watch,
    withdrawing,
)
