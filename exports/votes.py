"""Who took part, how people voted, and what of it may be told of each sector."""

from dataclasses import dataclass
from typing import Annotated, Literal

from exports.shapes import Least
from exports.vocabulary import Count, Date, Hash, Id, Lang, Localised, Number, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class FewerThan:
    """A cell that is hidden: fewer than this many people."""

    fewer_than: Annotated[int, Least(2)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A cell that may be told."""

    count: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class ExactCell:
    """Both sides are large enough to be told."""

    voters: Count
    in_favour: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class AtLeastCell:
    """The other side is too small to be told: only a lower bound."""

    voters: Count
    in_favour_at_least: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class BelowCell:
    """This side is too small to be told: only an upper bound."""

    voters: Count
    in_favour_below: Number


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptBackCell:
    """Only how many voted: with their figures, small counts of others could be worked out."""

    voters: Count


Cell = FewerThan | ExactCell | AtLeastCell | BelowCell | KeptBackCell


@dataclass(frozen=True, slots=True, kw_only=True)
class Participants:
    """How many people of one sector, or of sectors joined in one row, took part."""

    sector: Id
    cell: FewerThan | Counted
    joined: tuple[Id, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """The votes for one answer; `label` replaces the usual word for it."""

    option: Literal["yes", "abstain", "no", "other"]
    votes: Count
    label: Localised | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SectorVotes:
    """What may be told of one sector's votes; `joined` are the others counted in the same row."""

    sector: Id
    cell: Cell
    joined: tuple[Id, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Conclusion:
    """What a result means, in the words of who led the vote."""

    text: Words
    lang: Lang


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """One vote on the recommendation, as the screen showed it."""

    id: Id
    room: Words
    on: Date
    method: Literal["yes-no", "consent", "gradients", "dots", "ranking", "score"]
    passed: bool
    voters: Count
    in_favour: Count
    totals: tuple[Total, ...]
    rule: Localised | None = None
    conclusion: Conclusion | None = None
    sectors: tuple[SectorVotes, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """Who put it forward, and how it was voted on; the last ballot decided."""

    rooms: tuple[Words, ...]
    ballots: tuple[Ballot, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reservation:
    """A disagreement that travels with the recommendation."""

    text: Words
    sector: Id | None = None
    room: Words | None = None
    lang: Lang | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plenary:
    """What a plenary made of the recommendation.

    `hash` is that of the wording that lay before it; `changed` says that another one is printed.
    `ballot` is the vote on this text; `whole` names the one on the document, which stands in its
    method. `amended` counts what was accepted from the floor.
    """

    room: Words
    outcome: Literal["adopted", "rejected", "withdrawn", "open"]
    hash: Hash
    ballot: Ballot | None = None
    whole: Id | None = None
    changed: bool = False
    amended: Count = 0
    reservations: tuple[Reservation, ...] = ()
