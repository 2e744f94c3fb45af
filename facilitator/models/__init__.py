"""Every table of the forum, top-down: the data dictionary of the project.

There is no column for anything personal: no name, no address, no mail. A seat is a random token.
`public()` is what everyone in the room may know of a thing, and never more.
"""

from facilitator.models.ballots import Ballot, Choice, Paper, Tally
from facilitator.models.board import Comment, Echo, Idea, Support, Theme
from facilitator.models.desk import Chapter, DeskStep, Mirror, Passage, Source
from facilitator.models.drafts import (
    Draft,
    DraftClient,
    DraftQuarantine,
    DraftUpdate,
    Recommendation,
)
from facilitator.models.forum import Forum, Meeting, People, Question, Room, Sector, Track
from facilitator.models.kinds import (
    Face,
    IdeaKind,
    Localised,
    Moment,
    Phase,
    Role,
    RoomKind,
    Status,
    new_uuid,
    now,
)
from facilitator.models.people import Grant, Membership, Seat
from facilitator.models.promises import Event, Job, Op

__all__ = [
    "Ballot",
    "Chapter",
    "Choice",
    "Comment",
    "DeskStep",
    "Draft",
    "DraftClient",
    "DraftQuarantine",
    "DraftUpdate",
    "Echo",
    "Event",
    "Face",
    "Forum",
    "Grant",
    "Idea",
    "IdeaKind",
    "Job",
    "Localised",
    "Meeting",
    "Membership",
    "Mirror",
    "Moment",
    "Op",
    "Paper",
    "Passage",
    "People",
    "Phase",
    "Question",
    "Recommendation",
    "Role",
    "Room",
    "RoomKind",
    "Seat",
    "Sector",
    "Source",
    "Status",
    "Support",
    "Tally",
    "Theme",
    "Track",
    "new_uuid",
    "now",
]
