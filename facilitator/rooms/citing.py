"""What a text of a room cites, by the marks in it: `[^i12]` an idea, `[^e3]` a card of evidence.

A mark holds the number of the thing, not a place in a list: texts of several rooms are merged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from facilitator.db import db
from facilitator.models import Evidence, Face, Idea

#: As in exports.citations, which the server does not load.
MARK = re.compile(r"\[\^([ie][1-9]\d{0,14})\]")


def shown(marks: Iterable[str]) -> dict[str, Idea | Evidence]:
    """What these marks cite, as far as everybody may see it."""
    wanted = set(marks)
    found: dict[str, Idea | Evidence] = {}
    kinds: tuple[tuple[str, Any], ...] = (("i", Idea), ("e", Evidence))
    for letter, model in kinds:
        ids = [int(mark[1:]) for mark in wanted if mark.startswith(letter)]
        query = select(model).where(model.id.in_(ids), model.shown())
        fresh = query.execution_options(populate_existing=True)
        found |= {f"{letter}{one.id}": one for one in db.session.scalars(fresh)}
    return found


def cited_in(face: Face) -> list[str]:
    """The marks in the sections of a rendered draft."""
    return [mark for text in face.get("sections", {}).values() for mark in MARK.findall(str(text))]


def told(thing: Idea | Evidence) -> Face:
    """What the desk shows of something that a room's text cites."""
    if isinstance(thing, Idea):
        return {"text": thing.text, "lang": thing.lang}
    return {"title": thing.title, "url": thing.url, "text": thing.text, "lang": thing.lang}
