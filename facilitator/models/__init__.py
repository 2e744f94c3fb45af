"""Every table of the forum, top-down: the data dictionary of the project.

There is no column for anything personal: no name, no address, no mail. A seat is a random token.
`public()` is what everyone in the room may know of a thing, and never more.
"""

from facilitator.models.ballots import Ballot, Choice, Elector, Paper, Show, Tally
from facilitator.models.board import Backing, Comment, Echo, Idea, Support, Theme, ThemeStep
from facilitator.models.carried import Evidence, Reopening, Reservation
from facilitator.models.consulting import Consultation, ConsultationAnswer, Consulted
from facilitator.models.day import Parked, ProgrammeItem, TablePlan
from facilitator.models.desk import (
    Chapter,
    DeskStep,
    Encoding,
    Likeness,
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
    Minutes,
    Recommendation,
    Written,
)
from facilitator.models.exchange import Imported
from facilitator.models.forum import Forum, Meeting, Notice, People, Question, Room, Sector, Track
from facilitator.models.history import DraftShares, DraftVersion, How
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
    Verdict,
    Via,
    new_uuid,
    now,
)
from facilitator.models.moderation import Decision, Report
from facilitator.models.people import Grant, Membership, Seat
from facilitator.models.plenary import Motion
from facilitator.models.promises import Event, Job, Op
from facilitator.models.screens import Screen, ScreenKey, Slide, View
from facilitator.models.statements import AnswerSheet, Statement, StatementVote, Turnout
from facilitator.models.steering import Hand, Presence, Speakers, Steer, Watch
from facilitator.models.suggestions import Outcome, Reply, Stance, Stances, Suggestion
from facilitator.models.translations import Translation

__all__ = [
    "AnswerSheet",
    "Backing",
    "Ballot",
    "Chapter",
    "Choice",
    "Comment",
    "Consultation",
    "ConsultationAnswer",
    "Consulted",
    "Decision",
    "DeskStep",
    "Draft",
    "DraftClient",
    "DraftQuarantine",
    "DraftShares",
    "DraftUpdate",
    "DraftVersion",
    "Echo",
    "Elector",
    "Encoding",
    "Event",
    "Evidence",
    "Face",
    "Forum",
    "Grant",
    "Hand",
    "How",
    "Idea",
    "IdeaKind",
    "IdeaState",
    "Imported",
    "Job",
    "Likeness",
    "Localised",
    "Meeting",
    "Membership",
    "Minutes",
    "Mirror",
    "Moderation",
    "Moment",
    "Motion",
    "Notice",
    "Op",
    "Outcome",
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
    "Reopening",
    "Reply",
    "Report",
    "Reservation",
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
    "Stance",
    "Stances",
    "Statement",
    "StatementVote",
    "Status",
    "Steer",
    "Suggestion",
    "Support",
    "TablePlan",
    "Tally",
    "Theme",
    "ThemeStep",
    "Track",
    "Translation",
    "Turnout",
    "Verdict",
    "Via",
    "View",
    "Watch",
    "Written",
    "new_uuid",
    "now",
]
