"""The notation of scenario files: YAML, but for what surprises people or harms machines.

No tags, no anchors, one document; what looks like a date or a yes must be in quotes to be text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from facilitator.shapes import DEEPEST, Path

#: The one whose parser is written in C, where it was built.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

LARGEST_FILE = 256 * 1024
#: Where a date is meant: `on: 2026-10-23`.
DATES = ("on",)
YES, NO = ("true", "yes"), ("false", "no")


class BadNotation(ValueError):
    """The file cannot be read from this line on."""

    def __init__(self, line: int, sentence: str) -> None:
        super().__init__(sentence)
        self.line, self.sentence = line, sentence


@dataclass
class Notes:
    """What a file says, as plain data, and where it says it."""

    data: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    #: Words that YAML does not take for text, as they are written.
    bare: dict[Path, str] = field(default_factory=dict)

    def line(self, path: Path) -> int:
        """The line of the thing at `path`, or of what should hold it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read(text: str) -> Notes:
    """Read a file; raises BadNotation."""
    if len(text) > LARGEST_FILE:
        raise BadNotation(1, "This file is too large: at most 256 KB.")
    try:
        _scan(text)
        root = yaml.compose(text, LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise BadNotation(_line(mark), f"This cannot be read: {error.problem}.") from None
    except yaml.YAMLError:
        raise BadNotation(1, "This file holds a character that cannot be read.") from None
    notes = Notes()
    if root is not None:
        notes.data = _plain(root, (), notes)
    return notes


def _scan(text: str) -> None:
    """Refuse, before anything is built, what a scenario has no use for."""
    depth = documents = 0
    for event in yaml.parse(text, LOADER):
        line = _line(event.start_mark)
        documents += isinstance(event, yaml.DocumentStartEvent)
        if documents > 1:
            raise BadNotation(line, "One file holds one scenario: remove the line “---”.")
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise BadNotation(line, "Anchors (&) and aliases (*) are not used here: write it out.")
        if getattr(event, "tag", None):
            raise BadNotation(line, "Tags (!) are not used here.")
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise BadNotation(line, "This is nested too deeply.")


def _line(mark: Any) -> int:
    return mark.line + 1 if mark else 1


def _plain(node: yaml.Node, path: Path, notes: Notes) -> Any:
    notes.lines.setdefault(path, _line(node.start_mark))
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node, path, notes)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*path, place), notes) for place, item in enumerate(node.value)]
    found: dict[str, Any] = {}
    for key, value in node.value:
        # As it is written: Norwegian is `no`, and no boolean.
        name, line = key.value, _line(key.start_mark)
        if not isinstance(name, str):
            raise BadNotation(line, "The name of a field must be a word.")
        if name in found:
            raise BadNotation(line, f"“{name}” is given twice.")
        notes.lines[*path, name] = line
        found[name] = _plain(value, (*path, name), notes)
    return found


def _scalar(node: yaml.ScalarNode, path: Path, notes: Notes) -> Any:
    sort, text = node.tag.rpartition(":")[2], node.value
    if sort == "str" or (sort == "timestamp" and path and path[-1] in DATES):
        return text
    notes.bare[path] = text
    if sort == "null":
        return None
    if sort == "bool" and text.lower() in YES + NO:
        return text.lower() in YES
    if sort == "int" and re.fullmatch("0|-?[1-9][0-9]{0,14}", text):
        return int(text)
    raise BadNotation(_line(node.start_mark), f"Put quotes around {text} to make it text.")
