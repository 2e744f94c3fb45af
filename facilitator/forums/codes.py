"""Join codes: six characters that can be read from a wall, said aloud and typed on any phone."""

from __future__ import annotations

import re
import secrets
import unicodedata
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from facilitator.models import Forum, Room

#: No vowels, so no words; of characters that look alike only one.
ALPHABET = "23456789CDFHJKMNPRTVWXY"
LENGTH = 6
#: The link of a screen is typed as well, and by fewer people.
SCREEN_LENGTH = 8
#: Of what is typed or pasted, an address included.
LONGEST = 400

#: What people read or type in place of what is meant.
LOOKALIKES = dict(zip("0OQ1ILBGSZUAE", "DDD7778652V43", strict=True))
#: The same letters on a Cyrillic keyboard.
CYRILLIC = dict(zip("АВЕКМНОРСТУХІ", "483KMHDPCTYX7", strict=True))
MEANT = str.maketrans(LOOKALIKES | CYRILLIC)


def fresh_code(session: Session | scoped_session[Any]) -> str:
    """Draw a code that no forum and no room has."""
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        taken = select(Forum.code).where(Forum.code == code)
        if not session.scalar(taken.union_all(select(Room.code).where(Room.code == code))):
            return code


def fresh_screen_code() -> str:
    """Draw what stands at the end of the link of a screen."""
    return "".join(secrets.choice(ALPHABET) for _ in range(SCREEN_LENGTH))


def normalise_code(text: str, length: int = LENGTH) -> str:
    """The code that somebody meant, typed or pasted with its address; empty if it is none."""
    if len(text) > LONGEST:
        return ""
    letters = _letters(text)
    return letters if re.fullmatch(f"[{ALPHABET}]{{{length}}}", letters) else ""


def near_miss(text: str) -> int:
    """How many characters too many (or, below 0, too few) stand where a code was meant."""
    return len(_letters(text)) - LENGTH


def _letters(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).strip()
    last = re.split("[/#?=&]", plain.rstrip("/"))[-1]
    return "".join(filter(str.isalnum, last)).upper().translate(MEANT)
