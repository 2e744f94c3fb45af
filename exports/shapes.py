"""Frozen dataclasses to and from JSON, read strictly: the annotations are the rules."""

import re
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

ID = r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}"
LANG = r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*"
URL = r"(https?://|mailto:)[\s\S]*"
WORDS = r"[\s\S]+"
HASH = r"sha256:[0-9a-f]{64}"
DATE = r"\d{4}-\d{2}-\d{2}"

SURROGATE = re.compile("[\ud800-\udfff]")


class BadDocument(ValueError):
    """Something in the data is not what the model says; `path` tells where."""

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(f"{path or 'document'}: {problem}")
        self.path = path


@dataclass(frozen=True)
class Shape:
    """A text must match the whole of `pattern`."""

    pattern: str
    name: str

    def check(self, value: str, path: str) -> None:
        """Refuse a text of another shape."""
        if not re.fullmatch(self.pattern, value):
            raise BadDocument(path, f"must be {self.name}")


@dataclass(frozen=True)
class Day:
    """A text must be a day of the calendar, as YYYY-MM-DD."""

    def check(self, value: str, path: str) -> None:
        """Refuse what is no day."""
        try:
            sound = bool(re.fullmatch(DATE, value)) and bool(date.fromisoformat(value))
        except ValueError:
            sound = False
        if not sound:
            raise BadDocument(path, "must be a date, YYYY-MM-DD")


@dataclass(frozen=True)
class Least:
    """A number must not be smaller than `least`."""

    least: int

    def check(self, value: int, path: str) -> None:
        """Refuse a smaller number."""
        if value < self.least:
            raise BadDocument(path, f"must be at least {self.least}")


@dataclass(frozen=True)
class Many:
    """A sequence or mapping must have at least one member."""

    def check(self, value: tuple[Any, ...] | Mapping[str, Any], path: str) -> None:
        """Refuse emptiness."""
        if not value:
            raise BadDocument(path, "must not be empty")


def read(kind: Any, data: Any, path: str = "") -> Any:
    """Make a value of the type `kind` of plain JSON data, or raise BadDocument."""
    origin = get_origin(kind)
    if origin is Annotated:
        inner, *rules = get_args(kind)
        value = read(inner, data, path)
        for rule in rules:
            rule.check(value, path)
        return value
    if origin in (Union, UnionType):
        return _read_union(get_args(kind), data, path)
    if origin is tuple:
        items = _expect(list, data, path, "a list")
        return tuple(read(get_args(kind)[0], x, f"{path}[{i}]") for i, x in enumerate(items))
    if origin is Mapping:
        return _read_mapping(get_args(kind), data, path)
    if origin is Literal:
        return _read_literal(get_args(kind), data, path)
    reader = _read_object if is_dataclass(kind) else _read_plain
    return reader(kind, data, path)


def write(thing: Any) -> Any:
    """Make plain JSON data of a value; what is left at its default is left out."""
    if isinstance(thing, tuple):
        return [write(x) for x in thing]
    if isinstance(thing, Mapping):
        return {key: write(value) for key, value in thing.items()}
    if not is_dataclass(thing):
        return thing
    named = {"type": kind} if (kind := getattr(thing, "type", None)) else {}
    values = ((field, getattr(thing, field.name)) for field in fields(thing))
    return named | {f.name: write(value) for f, value in values if value != f.default}


@cache
def rules_of(kind: type) -> dict[str, Any]:
    """Give the annotation of every field of a dataclass."""
    hints = get_type_hints(kind, include_extras=True)
    return {field.name: hints[field.name] for field in fields(kind)}


@cache
def required_of(kind: type) -> frozenset[str]:
    """Name the fields that have no default."""
    return frozenset(field.name for field in fields(kind) if field.default is MISSING)


def _expect(kind: type, data: Any, path: str, name: str) -> Any:
    if not isinstance(data, kind) or (kind is int and isinstance(data, bool)):
        raise BadDocument(path, f"must be {name}")
    return data


def _read_plain(kind: type, data: Any, path: str) -> Any:
    names = {str: "text", int: "a whole number", bool: "true or false"}
    value = _expect(kind, data, path, names[kind])
    if kind is str and SURROGATE.search(value):
        raise BadDocument(path, "holds half a character")
    return value


def _read_literal(allowed: tuple[Any, ...], data: Any, path: str) -> Any:
    if data not in allowed or isinstance(data, bool):
        raise BadDocument(path, f"must be one of {', '.join(map(str, allowed))}")
    return data


def _read_mapping(kinds: tuple[Any, ...], data: Any, path: str) -> dict[Any, Any]:
    of_keys, of_values = kinds
    return {
        read(of_keys, key, f"{path}.{key}"): read(of_values, value, f"{path}.{key}")
        for key, value in _expect(dict, data, path, "an object").items()
    }


def _read_union(kinds: tuple[Any, ...], data: Any, path: str) -> Any:
    if NoneType in kinds:
        if data is None:
            raise BadDocument(path, "must be left out rather than null")
        kinds = tuple(kind for kind in kinds if kind is not NoneType)
    if len(kinds) == 1:
        return read(kinds[0], data, path)
    return read(_choose(kinds, _expect(dict, data, path, "an object"), path), data, path)


def _choose(kinds: tuple[type, ...], data: dict[str, Any], path: str) -> type:
    """Find the member of a union: by its `type`, else by the names of its fields."""
    named = {kind.type: kind for kind in kinds if hasattr(kind, "type")}
    if named:
        kind = data.get("type")
        if not isinstance(kind, str) or kind not in named:
            raise BadDocument(f"{path}.type", f"must be one of {', '.join(named)}")
        return named[kind]
    for kind in kinds:
        if required_of(kind) <= data.keys() <= rules_of(kind).keys():
            return kind
    raise BadDocument(path, "has not the fields of any kind known here")


def _read_object(kind: type, data: Any, path: str) -> Any:
    given = dict(_expect(dict, data, path, "an object"))
    if hasattr(kind, "type"):
        del given["type"]  # it is what this kind was chosen by
    rules = rules_of(kind)
    place = f"{path}.".lstrip(".")
    if strange := sorted(given.keys() - rules.keys()):
        raise BadDocument(f"{place}{strange[0]}", "is not a field of the model")
    if missing := sorted(required_of(kind) - given.keys()):
        raise BadDocument(f"{place}{missing[0]}", "is missing")
    return kind(**{key: read(rules[key], value, f"{place}{key}") for key, value in given.items()})
