"""By which sectors the drafts were written on which there is a decision: found once, after it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping

from sqlalchemy import select

from facilitator.access import ActorRef
from facilitator.actions import perform
from facilitator.db import db
from facilitator.models import (
    Draft,
    DraftClient,
    DraftShares,
    Face,
    Forum,
    Recommendation,
    Role,
    Room,
    RoomKind,
    Seat,
    Sector,
    Status,
)
from facilitator.rooms.shares import Stretch, percents, rows, spans

#: In place of a sector: whoever leads, or keeps the minutes; and seats that named none.
STAFF, UNSTATED = "staff", ""

#: What was decided on, reads as it was written, and has not been looked at.
DUE = (
    select(Draft.id, Recommendation.room_id, Room.forum_id, Room.anonymous)
    .join(Recommendation, Recommendation.id == Draft.id)
    .join(Room, Room.id == Recommendation.room_id)
    .outerjoin(DraftShares, DraftShares.draft_id == Draft.id)
    .where(
        DraftShares.draft_id.is_(None),
        Recommendation.status != Status.DRAFT,
        Recommendation.gone.is_(False),
        Room.sort != RoomKind.DESK,
        # What lies before a plenary was written elsewhere.
        Recommendation.entry_id.is_(None),
        Draft.seq == Draft.rendered_seq,
    )
)


def sectors_of(draft_id: int) -> tuple[dict[int, int], dict[int, str]]:
    """Of each client id its author, and of each author the sector; authors are numbers of ours."""
    wrote = DraftClient.draft_id == draft_id, DraftClient.passage_id.is_(None)
    query = select(DraftClient.client_id, DraftClient.seat_id, DraftClient.grant_id, Sector.uuid)
    query = query.outerjoin(Seat, Seat.id == DraftClient.seat_id)
    authors: dict[tuple[int | None, int | None], int] = {}
    clients: dict[int, int] = {}
    sectors: dict[int, str] = {}
    for client, seat, grant, sector in db.session.execute(
        query.outerjoin(Sector, Sector.id == Seat.sector_id).where(*wrote)
    ):
        if seat is None and grant is None:
            continue
        author = clients[client] = authors.setdefault((seat, grant), len(authors))
        sectors[author] = STAFF if seat is None else sector or UNSTATED
    return clients, sectors


def shared_out(
    face: Face, sectors: Mapping[int, str], there: list[str], least: int
) -> tuple[list[Face], list[Face]]:
    """The rows and spans that may be told of a text; `face` has the words of each author."""
    read = {"title", *(f"s:{key}" for key in face["sections"])}
    read |= {f"p:{step['id']}:{field}" for step in face["steps"] for field in step}
    read |= {f"a:{row['id']}:office" for row in face["addressees"]}
    stretches = [
        Stretch(cut["root"], cut["start"], cut["end"], cut["source"])
        for cut in face.get("passages", [])
        if cut["root"] in read
    ]
    sizes: Counter[int] = Counter()
    for stretch in stretches:
        sizes[stretch.author] += stretch.end - stretch.start
    written: dict[str, list[int]] = defaultdict(list, {name: [] for name in there})
    for author, sector in sectors.items():
        written[sector].append(sizes[author])
    found = rows(written, least)
    place = {sector: number for number, row in enumerate(found) for sector in row}
    told = spans(stretches, {a: place[s] for a, s in sectors.items() if s in place})
    shares = percents(told, len(found))
    each = zip(found, shares, strict=True)
    return [{"sectors": [*row], "share": share} for row, share in each], told


def share_out_due(read: Callable[[int, int, dict[int, int]], Face | None]) -> None:
    """Look at each draft that is due; `read` gives a draft's text with the words of each author."""
    due = db.session.execute(DUE).all()
    db.session.rollback()
    for draft_id, room_id, forum_id, anonymous in due:
        told: tuple[list[Face], list[Face]] = [], []
        if not anonymous:
            clients, sectors = sectors_of(draft_id)
            there = select(Sector.uuid).where(Sector.forum_id == forum_id)
            names = [*db.session.scalars(there.order_by(Sector.position)), UNSTATED, STAFF]
            least = db.session.get_one(Forum, forum_id).least
            db.session.rollback()
            face = read(draft_id, room_id, clients)
            told = shared_out(face, sectors, names, least) if face else told
        asked = {"recommendation": draft_id, "rows": told[0], "spans": told[1]}
        perform(ActorRef(room_id, role=Role.CLOCK), "draft.share", None, asked)
