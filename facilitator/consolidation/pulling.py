"""Pull a passage, an addressee or a step across: out of a source's text, into that of the desk."""

from __future__ import annotations

import secrets
from typing import Annotated

from facilitator.access import Actor
from facilitator.actions import ORGANISERS, Refused, action
from facilitator.consolidation.desk import entry_here, refuse_unready
from facilitator.consolidation.merging import BLANK_LINE, core, pulled_in
from facilitator.consolidation.steps import Changes, at_desk, record
from facilitator.db import db
from facilitator.events import publish
from facilitator.models import Face, Passage, Recommendation, Source
from facilitator.rooms.drafts import end_of, open_draft
from facilitator.rooms.recommendations import Piece, add_pieces, set_entries
from facilitator.rooms.texts import texts_of
from facilitator.rooms.updates import ADDRESSEES, ROW_ID, SECTION, STEPS
from facilitator.shapes import spelt

#: Of each kind of row how the roots of its texts begin, and the text by which it is known.
KINDS = {STEPS: ("p", "what"), ADDRESSEES: ("a", "office")}
#: Behind all rows there are: those are counted from 0.
LAST = 1e6
#: Characters by which a passage is named in the log of the desk.
LONGEST_NAME = 80

Kind = Annotated[str, spelt("|".join(KINDS))]
Row = Annotated[str, spelt(ROW_ID)]
Section = Annotated[str, spelt(SECTION)]


@action("desk.pull", who=ORGANISERS)
def pull(actor: Actor, *, recommendation: int, origin: int, kind: Kind, row: Row) -> Face:
    """Put a step or an addressee of a source into the text, as the room has it, with its source."""
    entry, source = _open(actor, recommendation, origin)
    found = _row(source.origin.draft.text, kind, row)
    name = _name(found, kind)
    if name and any(_name(one, kind) == name for one in entry.draft.text.get(kind, [])):
        raise Refused("“{title}” stands in this text already.", code="conflict", title=name)
    _catch_up(entry, source)
    made = _write(entry, source, kind, found)
    changes = Changes()
    changes.use(entry)
    changes.add_row(entry, kind, made)
    publish(actor.room, entry)
    return {"step": record(actor, "desk.pull", [entry.title, name], changes).id}


@action("desk.pull_passage", who=ORGANISERS)
def pull_passage(
    actor: Actor, *, recommendation: int, origin: int, section: Section, words: str
) -> Face:
    """Put words of a source at the end of the same section of the text, with their source."""
    entry, source = _open(actor, recommendation, origin)
    root, words = f"s:{section}", words.strip()
    start = texts_of(source.origin.draft.text).get(root, "").find(words)
    if not words or start < 0 or section not in {part["key"] for part in entry.template}:
        raise Refused("The room does not have this any more.", code="gone")
    there = texts_of(entry.draft.text).get(root, "")
    name = _shortened(words)
    if words in there:
        raise Refused("“{title}” stands in this text already.", code="conflict", title=name)
    _catch_up(entry, source)
    passage = _passage(source, root, start, start + len(words))
    gap = [Piece(root, BLANK_LINE)] if there else []
    pieces = [*gap, Piece(root, words, passage)]
    changes = Changes()
    changes.use(entry)
    changes.add_words(entry, add_pieces(entry.draft, pieces, end_of(entry.draft, root)))
    publish(actor.room, entry)
    return {"step": record(actor, "desk.pull", [entry.title, name], changes).id}


def _open(actor: Actor, recommendation: int, origin: int) -> tuple[Recommendation, Source]:
    """A text of the desk that may be written in, and its source in a room; both have been read."""
    at_desk(actor)
    entry = entry_here(actor, recommendation)
    source = next((one for one in entry.sources if one.origin_id == origin), None)
    if source is None:
        raise Refused("This text is no longer here.", code="gone")
    open_draft(actor.room.id, entry.id)
    refuse_unready([entry, source.origin])
    return entry, source


def _row(text: Face, kind: str, row: str) -> Face:
    """A row of a room's text in which something stands."""
    prefix = f"{KINDS[kind][0]}:{row}:"
    rows: list[Face] = text.get(kind, [])
    found = next((one for one in rows if one["id"] == row), None)
    if found is None or not any(root.startswith(prefix) for root in texts_of(text)):
        raise Refused("The room does not have this any more.", code="gone")
    return found


def _name(row: Face, kind: str) -> str:
    name: str = row[KINDS[kind][1]]
    return " ".join(name.split())


def _catch_up(entry: Recommendation, source: Source) -> None:
    """Have the source name the room's text as it reads now; what was taken before must be in it."""
    here = texts_of(source.origin.draft.text)
    for (_, number), passages in pulled_in(entry.id).items():
        for passage, words in passages if number == source.id else ():
            if here.get(passage.root, "")[passage.start : passage.end] != words:
                raise Refused(
                    "The room has since changed words that this text has from it: a further part "
                    "cannot be tied to the same source. Write it into the text yourself.",
                    code="conflict",
                )
    source.revision = source.origin.draft.seq


def _shortened(words: str) -> str:
    """The beginning of a passage, in one line."""
    one_line = " ".join(words.split())
    return one_line if len(one_line) <= LONGEST_NAME else f"{one_line[: LONGEST_NAME - 1]}…"


def _passage(source: Source, root: str, start: int, end: int) -> Passage:
    passage = Passage(source_id=source.id, root=root, start=start, end=end)
    db.session.add(passage)
    db.session.flush()
    return passage


def _write(entry: Recommendation, source: Source, kind: str, found: Face) -> str:
    """Write a row at the end of its kind, each text under a client id of its own; give its id."""
    prefix, made = KINDS[kind][0], secrets.token_hex(5)
    pieces = []
    for root, text in texts_of({kind: [found]}).items():
        words = core(source.origin_id, root, text)
        passage = _passage(source, root, words.start, words.end)
        field = root.rpartition(":")[2]
        pieces.append(Piece(f"{prefix}:{made}:{field}", words.text, passage))
    add_pieces(entry.draft, pieces)
    level = {f"{made}.level": found["level"]} if found.get("level") else {}
    set_entries(entry.draft, kind, {f"{made}.pos": LAST + entry.draft.seq, **level})
    return made
