"""The job that finds similar recommendations: the rooms' texts, as the desk was told of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from sqlalchemy import select

from facilitator.access import ActorRef
from facilitator.actions import perform
from facilitator.consolidation.likeness import SIMILAR, ask_for_pairs
from facilitator.consolidation.similar import ByMeaning, ByWords, Pair, pairs
from facilitator.consolidation.survey import CARD
from facilitator.db import db, write
from facilitator.models import Face, Forum, Job, Mirror, Role, Room, RoomKind
from facilitator.rooms.citing import bare
from facilitator.worker.jobs import JOBS, Progress
from facilitator.worker.meaning import Encode, digest, encoder, encodings

#: Pairs of one text in its track, and as many beyond.
MOST = 3
#: Below it is not suggested: by words (measured on tests/data/similar.tsv), and by meaning.
LEAST_WORDS, LEAST_MEANING = 0.1, 0.2
#: Characters that are read of a text for its meaning: the model's time grows with them.
READ = 600


@dataclass(frozen=True)
class Text:
    """A room's recommendation."""

    id: int
    track: str | None
    lang: str
    words: str


def find_similar(job: Job, progress: Progress) -> Face:
    """Find the pairs of a forum: {"forum": uuid}; the desk is told."""
    query = select(Forum.id, Room.id).join(Room, Room.forum_id == Forum.id)
    here = Forum.uuid == job.payload["forum"], Room.sort == RoomKind.DESK
    found = db.session.execute(query.where(*here)).one_or_none()
    if found is None:
        return {}  # the forum is gone
    forum_id, desk_id = found
    texts = _texts(forum_id)
    # Who has failed once goes on without the model, which is not ours.
    encode = _encoder() if job.tries < 2 and len(texts) > 1 else None
    meaning = _by_meaning(forum_id, texts, encode) if encode else None
    progress(50)
    payload = {"pairs": _found(texts, meaning)}
    db.session.rollback()  # reading ends before writing begins
    perform(ActorRef(desk_id, role=Role.CLOCK), "desk.liken", None, payload)
    if encode and meaning is None:
        write(lambda: ask_for_pairs(forum_id, after=0))
    return {}


@cache
def _encoder() -> Encode | None:
    return encoder()


def _texts(forum_id: int) -> list[Text]:
    query = select(Mirror.face).filter_by(forum_id=forum_id, kind=CARD).order_by(Mirror.id)
    return [
        Text(card["id"], card["room"]["track"], card["lang"], words)
        for card in db.session.scalars(query)
        if (words := _words(card))
    ]


def _words(card: Face) -> str:
    """All that a recommendation says, its title first."""
    text = card["text"]
    steps = (step.get("what", "") for step in text.get("steps", ()))
    offices = (row["office"] for row in text.get("addressees", ()))
    said = [card["title"], *text.get("sections", {}).values(), *offices, *steps]
    return bare("\n".join(filter(None, said)))


def _by_meaning(forum_id: int, texts: Sequence[Text], encode: Encode) -> ByMeaning | None:
    """The meaning of all texts; None until each has been encoded."""
    openings = [text.words[:READ] for text in texts]
    known = encodings(forum_id, openings, encode)
    if len(known) < len(set(openings)):
        return None
    vectors = np.array([known[digest(opening)] for opening in openings])
    return ByMeaning(vectors, [text.lang for text in texts])


def _found(texts: Sequence[Text], meaning: ByMeaning | None) -> list[Face]:
    """The pairs as the desk keeps them. Where words are all there is, some must be shared."""
    words = ByWords([text.words for text in texts])
    least = LEAST_MEANING if meaning else LEAST_WORDS
    found = pairs(meaning or words, [text.track for text in texts], least=least, most=MOST)
    by = "meaning" if meaning else "words"
    faces = [_face(texts, pair, by, words.shared(pair.a, pair.b)) for pair in found]
    return [face for face in faces if meaning or face["shared"]]


def _face(texts: Sequence[Text], pair: Pair, by: str, shared: list[str]) -> Face:
    a, b = sorted((texts[pair.a].id, texts[pair.b].id))
    return {"a": a, "b": b, "found_by": by, "score": round(pair.score * 100), "shared": shared}


JOBS[SIMILAR] = find_similar
