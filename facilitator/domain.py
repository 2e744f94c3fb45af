"""Every part that people can do something in: importing this registers their actions."""

# ruff: noqa: F401
from facilitator import forums
from facilitator.consolidation import carrying, consulting, desk, splitting
from facilitator.rooms import (
    ballots,
    board,
    comments,
    consultations,
    drafts,
    evidence,
    hands,
    ideas,
    moderation,
    parking,
    people,
    recommendations,
    reopening,
    replies,
    reservations,
    screens,
    shows,
    slides,
    statements,
    steering,
    suggestions,
    theme_steps,
    themes,
    versions,
    watch,
    withdrawing,
)
