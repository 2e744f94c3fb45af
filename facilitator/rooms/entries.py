"""Which units of a draft are entries of a map; all others stand in its texts.

What has a neighbour stands where that one does, and says so nowhere. So a number could be hung on a
letter: pages would count it as a place of the text, and show nothing. And words could be hung on an
entry, and be its value. Both are refused here, by what is noted of each client when it writes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping

from facilitator.rooms.encoding import LAST_CLOCK, BadUpdate, Id
from facilitator.rooms.updates import ANY, STRING, Struct

#: Of one client: [clock, how many], by their clock.
Spans = list[list[int]]

#: Spans of one client. Each is an entry that was set between words; a page begins with another id.
MOST_SPANS = 2_000


def sort(
    order: Iterable[Struct], state: Mapping[int, int], noted: Mapping[int, Spans | None]
) -> dict[int, Spans]:
    """Find the entries among the structs that are new, each after what it builds on.

    `noted` is what is known of each client that an update names; None of one that wrote before it
    was noted: what is hung on its units is believed. The outcome is the spans of the clients that
    have more of them now. Raises BadUpdate where a thing stands among what it is not.
    """
    spans = dict(noted)
    grown: dict[int, Spans] = {}
    for item in order:
        start = max(item.clock, state.get(item.client, 0))
        length = item.clock + item.length - start
        if length <= 0:
            continue  # it is stored already, whatever this one says it is
        keyed = _is_entry(item, start, spans)
        if keyed and item.content == STRING:
            raise BadUpdate("words among entries")
        if item.content == ANY and not keyed:
            raise BadUpdate("an entry among words")
        own = spans.get(item.client, [])
        if keyed and own is not None:
            grown[item.client] = spans[item.client] = joined(own, start, length)
    return grown


def joined(spans: Spans, clock: int, length: int) -> Spans:
    """The same spans and one more, which is the last."""
    if spans and sum(spans[-1]) == clock:
        return [*spans[:-1], [spans[-1][0], spans[-1][1] + length]]
    return [*spans, [clock, length]]


def _is_entry(item: Struct, start: int, spans: Mapping[int, Spans | None]) -> bool:
    if start == item.clock and item.root is not None:
        return item.key is not None
    # The rest of what is stored in part goes on where that ends.
    beside = (item.origin, item.right) if start == item.clock else ((item.client, start - 1), None)
    kinds = {_lies_in(spans.get(place[0], []), place) for place in beside if place} - {None}
    if len(kinds) > 1:
        raise BadUpdate("between words and entries")
    return bool(kinds.pop()) if kinds else item.content == ANY


def _lies_in(spans: Spans | None, place: Id) -> bool | None:
    if not spans:
        return None if spans is None else False
    clock = place[1]
    at = bisect_right(spans, [clock, LAST_CLOCK]) - 1
    return at >= 0 and clock < sum(spans[at])
