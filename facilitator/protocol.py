"""docs/protocol.md, written from the registry of actions: python -m facilitator.protocol."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import facilitator.domain  # noqa: F401 - every action there is
from facilitator.actions import ACTIONS, ALWAYS, OPEN, Action
from facilitator.models import Role

PAGE = Path(__file__).parent.parent / "docs" / "protocol.md"

HEAD = """\
# The protocol

Written by `make protocol` from the registry of actions; a test says when it is stale.

## Coming in

Socket.IO at `/socket.io/`, with the cookies of the site: the ticket of a seat or of a link is one.
`auth` says at which door: `{page, room, screen}`, where `page` is `room` (a seat), `lead`, `read`,
`desk` (a link) or `screen`, `room` is its uuid (the desk is a room as well), and `screen` the uuid
of one of several on its walls, or nothing. Who has no ticket for it is not connected.

## Messages

Every message has an answer: `{ok: …}`, or `{refused, code, retry}` with a sentence for people.
With `retry` the same message, with the same operation id, may work a little later. Code `moved`
has `there {room, title, number, tables}` beside it: the seat is in that room now.

| message | asks | answer |
| --- | --- | --- |
| `enter {since}` | what came after `since` (null: all) | `{since, seq, things, mine, now}` |
| `act name, op, payload` | to do one of the actions below, once | what the action answers |
| `join {recommendation, epoch, sv}` | to co-edit a draft | `{epoch, seq, sv, update, client}` |
| `leave {recommendation}` | to hear no more of a draft | nothing |
| `here {recommendation, part}` | to be counted where one writes (null: nowhere) | `{parts}` |
| `caret {recommendation, root, unit}` | to show one's caret (no root: nowhere) | `{own, carets}` |
| `history {recommendation, after}` | how a draft came about | `{epoch, seq, stops, …}` |
| `voice` | for which sector a reservation could speak | `{sector, enough, least}` |
| `roll {ballot}` | who voted what in an open vote, after closing | `[{name, marks}]` |
| `hidden` | what was hidden in the room, for who leads it | `[{name, …}]` |
| `citable {recommendation}` | what the desk may cite | `{ideas, evidence, minutes}` |

From the server come `news {id, since, seq, things}` of the room, and
`draft {id, since, seq, things}` of the drafts that were joined. A thing is
`[kind, id, whole new public state or null]`. Who sees that `since` is beyond their own `seq` has
missed something, and asks with `enter` or `join`. `here` of a draft tells `{part: how many write}`;
it is stored nowhere, says nobody's name, and forgets after 30 s who does not say it again.
`carets` of a draft, for who has said `caret` of it, tells `{number: [root, client, clock]}`: before
which unit a caret stands, or `[root]` at the end of a text. It is stored nowhere, a number is
somebody's for one stay only, and in an anonymous room `own` is null and none is told.

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


def _plain(hint: str) -> str:
    """A type as it is written, without the rules of `Annotated`."""
    bare = _Bare().visit(ast.parse(hint, mode="eval"))
    return ast.unparse(bare).replace("|", "or").replace('"', "'")


class _Bare(ast.NodeTransformer):
    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        self.generic_visit(node)
        named = isinstance(node.value, ast.Name) and node.value.id == "Annotated"
        return node.slice.elts[0] if named and isinstance(node.slice, ast.Tuple) else node


if __name__ == "__main__":
    PAGE.write_text(page())
