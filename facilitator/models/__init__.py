"""Every table of the forum, top-down: the data dictionary of the project.

There is no column for anything personal: no name, no address, no mail. A seat is a random token.
`public()` is what everyone in the room may know of a thing, and never more.
"""

from facilitator.models.ballots import Ballot, Choice, Elector, Paper, Show, Tally
from facilitator.models.board import Backing, Comment, Echo, Idea, Support, Theme, ThemeStep
from facilitator.models.consulting import Consultation, Consulted, Reply
from facilitator.models.day import Parked, ProgrammeItem, TablePlan
from facilitator.models.desk import (
    Chapter,
    DeskStep,
    Mirror,
    Passage,
    SealedEdition,
    SealedFile,
    Source,
)
from facilitator.models.drafts import (
    Draft,
    DraftClient,
    DraftQuarantine,
    DraftUpdate,
    Recommendation,
)
from facilitator.models.forum import Forum, Meeting, Notice, People, Question, Room, Sector, Track
from facilitator.models.kinds import (
    Face,
    IdeaKind,
    IdeaState,
    Localised,
    Moderation,
    Moment,
    ParkedState,
    Phase,
    Reason,
    Role,
    RoomKind,
    Ruling,
    Status,
    Via,
    new_uuid,
    now,
)
from facilitator.models.moderation import Decision, Report
from facilitator.models.people import Grant, Membership, Seat
from facilitator.models.promises import Event, Job, Op
from facilitator.models.screens import Screen, ScreenKey, Slide, View
from facilitator.models.statements import AnswerSheet, Statement, StatementVote, Turnout
from facilitator.models.steering import Hand, Presence, Speakers, Steer, Watch

__all__ = [
    "AnswerSheet",
    "Backing",
    "Ballot",
    "Chapter",
    "Choice",
    "Comment",
    "Consultation",
    "Consulted",
    "Decision",
    "DeskStep",
    "Draft",
    "DraftClient",
    "DraftQuarantine",
    "DraftUpdate",
    "Echo",
    "Elector",
    "Event",
    "Face",
    "Forum",
    "Grant",
    "Hand",
    "Idea",
    "IdeaKind",
    "IdeaState",
    "Job",
    "Localised",
    "Meeting",
    "Membership",
    "Mirror",
    "Moderation",
    "Moment",
    "Notice",
    "Op",
    "Paper",
    "Parked",
    "ParkedState",
    "Passage",
    "People",
    "Phase",
    "Presence",
    "ProgrammeItem",
    "Question",
    "Reason",
    "Recommendation",
    "Reply",
    "Report",
    "Role",
    "Room",
    "RoomKind",
    "Ruling",
    "Screen",
    "ScreenKey",
    "SealedEdition",
    "SealedFile",
    "Seat",
    "Sector",
    "Show",
    "Slide",
    "Source",
    "Speakers",
    "Statement",
    "StatementVote",
    "Status",
    "Steer",
    "Support",
    "TablePlan",
    "Tally",
    "Theme",
    "ThemeStep",
    "Track",
    "Turnout",
    "Via",
    "View",
    "Watch",
    "new_uuid",
    "now",
]
