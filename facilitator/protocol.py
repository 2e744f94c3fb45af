"""docs/protocol.md, written from the registry of actions: python -m facilitator.protocol."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import facilitator.domain  # noqa: F401 - every action there is
from facilitator.actions import ACTIONS, ALWAYS, OPEN, Action
from facilitator.models import Role

PAGE = Path(__file__).parent.parent / "docs" / "protocol.md"

HEAD = """\
# The protocol

Written by `make protocol` from the registry of actions; a test says when it is stale.

## Messages

Every message has an answer: `{ok: …}`, or `{refused, code, retry}` with a sentence for people.
With `retry` the same message, with the same operation id, may work a little later.

| message | asks | answer |
| --- | --- | --- |
| `enter {since}` | what came after `since` (null: all) | `{since, seq, things, mine, now}` |
| `act name, op, payload` | to do one of the actions below, once | what the action answers |
| `join {recommendation, epoch, sv}` | to co-edit a draft | `{epoch, seq, sv, update, client}` |
| `leave {recommendation}` | to hear no more of a draft | nothing |
| `here {recommendation, part}` | to be counted where one writes (null: nowhere) | `{parts}` |

From the server come `news {id, since, seq, things}` of the room, and
`draft {id, since, seq, things}` of the drafts that were joined. A thing is
`[kind, id, whole new public state or null]`. Who sees that `since` is beyond their own `seq` has
missed something, and asks with `enter` or `join`. `here` of a draft tells `{part: how many write}`;
it is stored nowhere, says nobody's name, and forgets after 30 s who does not say it again.

`op` is made by the phone, 8 to 64 characters, and kept until there is an answer: a repeat gets the
stored answer, and the same id with another payload is refused with `op_conflict`.

## Actions

| action | who | when | payload | what it does |
| --- | --- | --- | --- | --- |
"""


def page() -> str:
    """The whole page, as Markdown."""
    return HEAD + "".join(f"{_line(name, todo)}\n" for name, todo in sorted(ACTIONS.items()))


def _line(name: str, todo: Action) -> str:
    doc = (todo.run.__doc__ or "").strip().splitlines()[0]
    who = ", ".join(role for role in Role if role in todo.who)
    payload = ", ".join(_fields(todo)) or "nothing"
    return f"| `{name}` | {who} | {_when(todo)} | {payload} | {doc} |"


def _when(todo: Action) -> str:
    if set(todo.during) == ALWAYS:
        return "always"
    return "while open" if set(todo.during) == OPEN else ", ".join(sorted(todo.during))


def _fields(todo: Action) -> Iterator[str]:
    hints = todo.run.__annotations__
    for field in fields(todo.shape.kind):
        yield f"`{field.name}`: {_plain(hints.get(field.name, 'Any'))}"


def _plain(hint: Any) -> str:
    text = hint if isinstance(hint, str) else getattr(hint, "__name__", str(hint))
    text = re.sub(r"Annotated\[(\w+(?:\[[^\]]*\])?),.*\]$", r"\1", text)
    return text.replace("|", "or").replace('"', "'")


if __name__ == "__main__":
    PAGE.write_text(page())
