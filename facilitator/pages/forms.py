"""Forms of organisers: each of them is one action, and keeps the words somebody typed.

A form has a name (`form`), says what it does (`do`) and carries an operation id (`op`), so that
sending it twice is doing it once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from flask import abort, flash, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as Reply

from facilitator.access import ActorRef
from facilitator.actions import Refused, perform
from facilitator.i18n import t
from facilitator.models import Grant, Localised, Room
from facilitator.pages import see

Form = MultiDict[str, str]
#: Makes the payload of an action of what was typed.
Reader = Callable[[Any], Any]


class Sent(NamedTuple):
    """A form that came in: which, what was typed in it, and the sentence that refused it."""

    form: str
    typed: Form
    refused: str

    @classmethod
    def taken(cls) -> Sent:
        """No form came in, or it was accepted."""
        return cls("", MultiDict(), "")

    def value(self, form: str, field: str, stored: object = "") -> object:
        """What a field shows: the words of whoever was refused, else what is stored."""
        if form == self.form:
            return self.typed.get(field, "")
        return "" if stored is None else stored

    def values(self, form: str, field: str, stored: list[str]) -> list[str]:
        """The same for a field that may be ticked several times."""
        return self.typed.getlist(field) if form == self.form else stored

    def error(self, form: str) -> str:
        """Why a form was refused."""
        return self.refused if form == self.form else ""

    def back(self, path: str) -> Reply:
        """Go back to where the form stands, and say that it is saved."""
        flash(self.form)
        return see(f"{path}#{self.form}" if self.form else path)


def do(room: Room, grant: Grant, readers: Mapping[str, Reader]) -> Sent:
    """Perform the action of the form that came in, as the holder of `grant`."""
    form = request.form
    reader = readers.get(form.get("do", "")) or abort(400)
    named = form.get("form", "")[:80]
    op = form.get("op", "")
    try:
        payload = reader(form)
        if not 8 <= len(op) <= 64:  # as sockets ask for
            abort(400)
        perform(ActorRef(room.id, grant_id=grant.id), form["do"], op, payload)
    except Refused as reason:
        return Sent(named, form, t(reason.sentence, **reason.values))
    return Sent(named, form, "")


# ---- Reading what was typed ----------------------------------------------------------------------


def text(form: Form, field: str) -> str:
    """A line, without blanks around it."""
    return form.get(field, "").strip()


def lines(form: Form, field: str) -> list[str]:
    """The lines of a field that are not empty."""
    return [line.strip() for line in form.get(field, "").splitlines() if line.strip()]


def localised(form: Form, field: str, languages: list[str]) -> Localised:
    """The same words in several languages: fields called `title.en`, `title.pl`."""
    words = {lang: text(form, f"{field}.{lang}") for lang in languages}
    return {lang: said for lang, said in words.items() if said}


def number(form: Form, field: str) -> int | str:
    """A whole number; anything else stays as it was typed, for the action to refuse."""
    typed = text(form, field)
    return int(typed) if typed.isdecimal() and len(typed) < 10 else typed


def place(form: Form) -> int:
    """Where in its list something goes: `position`, moved by the button that was pressed."""
    moved = {"up": -1, "down": 1}.get(form.get("move", ""), 0)
    here = number(form, "position")
    return max(0, here + moved) if isinstance(here, int) else 0
