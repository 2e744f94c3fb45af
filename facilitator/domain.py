"""Every part that people can do something in: importing this registers their actions."""

# ruff: noqa: F401
from facilitator import forums
from facilitator.consolidation import (
    carrying,
    consulting,
    desk,
    plenary,
    pulling,
    splitting,
    translating,
)
from facilitator.exchange import importing
from facilitator.rooms import (
    ballots,
    board,
    comments,
    consultations,
    drafts,
    evidence,
    hands,
    ideas,
    minutes,
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
    wholes,
    withdrawing,
)
