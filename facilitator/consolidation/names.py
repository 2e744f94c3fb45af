"""What a document calls things: short ids, letters of sources, rooms in words."""

from __future__ import annotations

from string import ascii_uppercase

from exports import markup
from exports.citations import bare
from facilitator.i18n import said, t
from facilitator.models import Minutes, Recommendation, Room, RoomKind

#: The row of those who did not say for whom they speak.
UNSTATED = "unstated"


def short(uuid: str) -> str:
    """The beginning of a name, as it is printed; enough to find the thing by."""
    return uuid[:8]


def entry_id(entry: Recommendation) -> str:
    """The id of a recommendation in the document: the same in every edition."""
    return f"rec-{short(entry.uuid)}"


def letter(place: int) -> str:
    """The letter of a source: A to Z, then AA, AB and so on."""
    first, last = divmod(place, len(ascii_uppercase))
    return (ascii_uppercase[first - 1] if first else "") + ascii_uppercase[last]


def room_name(room: Room, lang: str) -> str:
    """A room among those of its track and meeting."""
    if room.title:
        return said(room.title, lang)
    if room.sort == RoomKind.PLENARY:
        return t("Plenary", lang=lang)
    return t("Group {n}", lang=lang, n=room.number)


def track_name(room: Room, lang: str) -> str | None:
    """The track of a room."""
    return said(room.track.title, lang) if room.track else None


def minutes_title(item: Minutes) -> str:
    """The title of an item of a meeting, for print."""
    return markup.clean_line(bare(item.title)) or t("Untitled", lang=item.lang)


def place_name(room: Room, lang: str) -> str:
    """A room among all the rooms of the forum: where, about what, which."""
    city = room.meeting.city if room.meeting else None
    return ", ".join(filter(None, (city, track_name(room, lang), room_name(room, lang))))
