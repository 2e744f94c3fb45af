"""Read what comes from outside into typed values: payloads of actions, scenarios, people's words.

Everything from outside is JSON. It is read as its types say and never bent into shape: "1" is not
1, true is not 1, and a field nobody knows is refused.
"""

from __future__ import annotations

import difflib
import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, is_dataclass, make_dataclass
from functools import cache, partial
from inspect import Parameter, signature
from types import SimpleNamespace
from typing import Annotated, Any, NamedTuple, TypeVar, cast, get_args, get_origin, get_type_hints

from pydantic import AfterValidator, Field, TypeAdapter, ValidationError

T = TypeVar("T")

#: Where something stands: names of fields and numbers of items, from the outside in.
Path = tuple[str | int, ...]

#: What nests deeper is nobody's.
DEEPEST = 8
#: A browser's numbers are exact up to here.
LARGEST = 2**53 - 1


class Problem(NamedTuple):
    """What is wrong, where, in a sentence with {values} to put in place."""

    path: Path
    sentence: str
    values: dict[str, Any]
    #: What programs call it.
    code: str = "bad_shape"

    def __str__(self) -> str:
        """The sentence in English, with the place."""
        said = self.sentence.format(**self.values)
        place = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in self.path)
        return f"{place.lstrip('.')}: {said}" if place else said


class Misshapen(ValueError):
    """What came is not what was asked for."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = list(problems)

    @property
    def first(self) -> Problem:
        """The problem to tell somebody about who can hear of only one."""
        return self.problems[0]


def misshapen(sentence: str, *, code: str = "bad_shape", at: Path = (), **values: Any) -> Misshapen:
    """Say in one literal sentence what is wrong."""
    return Misshapen(Problem(at, sentence, values, code))


# ---- Shapes --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Shape:
    """The fields that an action takes: its keyword-only parameters."""

    #: A dataclass with a field for each parameter.
    kind: type

    @classmethod
    def of(cls, function: Callable[..., Any]) -> Shape:
        """Learn the shape from the annotations and defaults of `function`; do this once."""
        asked = [p for p in signature(function).parameters.values() if p.kind is p.KEYWORD_ONLY]
        # Only these: what the others are called may be known to type checkers alone.
        names = SimpleNamespace(__annotations__={p.name: p.annotation for p in asked})
        home = getattr(function, "__globals__", {})
        hints = get_type_hints(names, globalns=home, include_extras=True)
        parameters = [(p.name, hints[p.name], _default(p)) for p in asked]
        kind = make_dataclass(f"{function.__name__}_fields", parameters, kw_only=True)
        _adapter(kind)
        return cls(kind)

    @property
    def fields(self) -> dict[str, Any]:
        """Each field and its type."""
        return _hints(self.kind)

    def read(self, payload: object) -> dict[str, Any]:
        """Give the payload as keyword arguments; raises Misshapen."""
        return dict(vars(read(self.kind, payload)))


def _default(parameter: Parameter) -> Any:
    return field() if parameter.default is Parameter.empty else field(default=parameter.default)


def read(kind: type[T], data: object) -> T:
    """Make a value of type `kind`, such as a dataclass, of plain JSON data; raises Misshapen."""
    sound = _sound(data)
    known: Any = kind
    try:
        value: T = _adapter(known).validate_json(json.dumps(sound), strict=True, extra="forbid")
    except ValidationError as error:
        found = [_problem(known, sound, line) for line in error.errors(include_url=False)]
        raise Misshapen(*_deepest(found)) from None
    return value


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


# ---- Plain JSON ----------------------------------------------------------------------------------


def _sound(value: object, at: Path = ()) -> Any:
    """The same data with its texts in one form (NFC), if it is JSON that everybody can read."""
    if isinstance(value, str):
        return _sound_text(value, at)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        if not abs(value) <= LARGEST:  # which is true of NaN as well
            raise misshapen("This number is too large.", at=at)
        return value
    if not isinstance(value, dict | list):
        raise misshapen("This is not plain data.", at=at)
    if len(at) >= DEEPEST:
        raise misshapen("This is nested too deeply.", at=at)
    if isinstance(value, list):
        return [_sound(item, (*at, place)) for place, item in enumerate(value)]
    return {_sound_name(name, at): _sound(item, (*at, name)) for name, item in value.items()}


def _sound_name(name: object, at: Path) -> str:
    if not isinstance(name, str):
        raise misshapen("The name of a field must be text.", at=at)
    return _sound_text(name, at)


def _sound_text(text: str, at: Path) -> str:
    if text.isascii() and "\0" not in text:
        return text
    if re.search("[\0\ud800-\udfff]", text):
        raise misshapen("This text holds a character that cannot be stored.", at=at)
    return unicodedata.normalize("NFC", text)


# ---- What is wrong, in words ---------------------------------------------------------------------


def _problem(kind: Any, data: Any, error: Mapping[str, Any]) -> Problem:
    """Say one of pydantic's errors in a sentence of ours."""
    path = tuple(_steps(data, error))
    if error["type"] == "unexpected_keyword_argument":
        return _unknown(str(path[-1]), _names_at(kind, path[:-1]))._replace(path=path)
    return _expected(error["type"], error.get("ctx", {}))._replace(path=path)


def _deepest(problems: list[Problem]) -> Iterator[Problem]:
    """Leave out what only follows: a list with a bad item counts as too short as well."""
    for problem in problems:
        depth = len(problem.path)
        if not any(one.path[:depth] == problem.path != one.path for one in problems):
            yield problem


def _steps(data: Any, error: Mapping[str, Any]) -> Iterator[str | int]:
    """The steps that lead through the data: pydantic also names the members of a union."""
    for step in error["loc"]:
        inside = isinstance(data, list) and isinstance(step, int) and step < len(data)
        if inside or (isinstance(data, dict) and step in data):
            data = data[step]
            yield step
    if error["type"] == "missing":
        yield error["loc"][-1]


def _names_at(kind: Any, path: Path) -> list[str]:
    """The fields there are at a place in data of the type `kind`."""
    if is_dataclass(kind):
        hints: dict[str, Any] = _hints(cast("Any", kind))
        return _names_at(hints[str(path[0])], path[1:]) if path else list(hints)
    inner = get_args(kind)[:1] if get_origin(kind) is Annotated else get_args(kind)
    # A list or dict takes one step to its members, a union none.
    rest = path[1:] if get_origin(kind) in (list, tuple, dict) else path
    return [name for part in inner for name in _names_at(part, rest)]


@cache
def _hints(kind: Any) -> dict[str, Any]:
    # A made dataclass has its types already, a written one has them as words.
    return get_type_hints(kind, include_extras=True)


def _unknown(name: str, known: list[str]) -> Problem:
    name = name[:40]
    if near := difflib.get_close_matches(name, known, 1, 0.7):
        return misshapen(
            "“{name}” is not known here. Did you mean “{near}”?", name=name, near=near[0]
        ).first
    return misshapen("“{name}” is not known here.", name=name).first


def _expected(error: str, context: Mapping[str, Any]) -> Problem:
    """What was expected, for each of the errors that our types can bring about."""
    if isinstance(ours := context.get("error"), Misshapen):
        return ours.first
    problem = EXPECTED.get(error, OTHERWISE)
    limits = [context[name] for name in ("ge", "le", "min_length", "max_length") if name in context]
    choices = ", ".join(re.findall("'(.*?)'", str(context.get("expected", ""))))
    if not limits:
        return problem._replace(values={"choices": choices})
    n = limits[0]
    return problem._replace(values={"n": int(n) if n == int(n) else n})


#: What pydantic calls it, and what people are told.
EXPECTED = {
    "missing": misshapen("This is missing.").first,
    "string_type": misshapen("Text is expected here.").first,
    "int_type": misshapen("A whole number is expected here.").first,
    "int_from_float": misshapen("A whole number is expected here.").first,
    "float_type": misshapen("A number is expected here.").first,
    "bool_type": misshapen("Yes or no is expected here: true or false.").first,
    "list_type": misshapen("A list is expected here.").first,
    "tuple_type": misshapen("A list is expected here.").first,
    "dict_type": misshapen("Named fields are expected here.").first,
    "dataclass_type": misshapen("Named fields are expected here.").first,
    "date_type": misshapen("A date is expected here, such as 2026-05-31.").first,
    "date_parsing": misshapen("A date is expected here, such as 2026-05-31.").first,
    "date_from_datetime_parsing": misshapen("A date is expected here, such as 2026-05-31.").first,
    "date_from_datetime_inexact": misshapen("A date is expected here, such as 2026-05-31.").first,
    "enum": misshapen("One of these is expected here: {choices}.", choices="").first,
    "literal_error": misshapen("One of these is expected here: {choices}.", choices="").first,
    "greater_than_equal": misshapen("This must be at least {n}.", n=0).first,
    "less_than_equal": misshapen("This must be at most {n}.", n=0).first,
    "too_short": misshapen("Needed here: at least {n}.", n=0).first,
    "too_long": misshapen("Too many: at most {n} fit here.", n=0, code="too_many").first,
    "string_pattern_mismatch": misshapen("This is not in the form that is expected here.").first,
}
OTHERWISE = misshapen("This is not what is expected here.").first


# ---- People's words ------------------------------------------------------------------------------

#: Marks that nobody sees: they turn the direction of what follows, or hide a difference.
UNSEEN = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")
#: Letters and signs that are drawn as nothing: alone they are no words.
BLANKS = frozenset("\u00ad\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
#: So many marks may stand on one letter: more of them would be written over what others wrote.
STACKED = 6
#: Two that Persian and some emoji are spelt with; they mean something between two characters only.
JOINERS = "\u200c\u200d"
#: Control characters, but for the tab and the end of a line.
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def line(text: str, most: int, *, least: int = 1) -> str:
    """One line of somebody's words, without what cannot be seen; raises Misshapen by its length."""
    seen = UNSEEN.sub("", _sound_text(text.replace("\0", ""), ()))
    words = (CONTROLS.sub("", word).strip(JOINERS) for word in seen.split())
    return _measured(" ".join(filter(None, words)), most, least)


def body(text: str, most: int, *, least: int = 0) -> str:
    """Several lines of somebody's words; raises Misshapen by their length."""
    plain = CONTROLS.sub("", re.sub("\r\n?|[\x85\u2028\u2029]", "\n", text))
    return _measured(_sound_text(plain, ()).strip("\n"), most, least)


# These stand in annotations, such as Annotated[str, one_line(120)].


def one_line(most: int, *, least: int = 1) -> AfterValidator:
    """Say of a text in a shape that it is one line of at most so many characters."""
    return AfterValidator(partial(line, most=most, least=least))


def several_lines(most: int, *, least: int = 0) -> AfterValidator:
    """Say of a text in a shape that it is several lines, of at most so many characters."""
    return AfterValidator(partial(body, most=most, least=least))


def within(least: int, most: int) -> Any:
    """Say between which two a number is."""
    return Field(ge=least, le=most)


def many(least: int, most: int) -> Any:
    """Say how many a list holds."""
    return Field(min_length=least, max_length=most)


def spelt(pattern: str) -> Any:
    """Say what a text looks like."""
    return Field(pattern=f"^(?:{pattern})$")


#: What the code of a language looks like: en, pl, pt-BR.
LANGUAGE = re.compile("[a-z]{2,3}(-[A-Za-z0-9]{2,8})?")


def _language(code: str) -> str:
    if not LANGUAGE.fullmatch(code):
        shown = code[:40]
        raise misshapen("“{tag}” is not the code of a language, such as en or pl.", tag=shown)
    return code


Language = Annotated[str, AfterValidator(_language)]


def _measured(text: str, most: int, least: int) -> str:
    text = unicodedata.normalize("NFC", text if text.isascii() else _unstacked(text))
    if len(text.strip()) < least or (least and not any(map(_is_seen, text))):
        raise misshapen("Please write something.")
    if len(text) > most:
        raise misshapen("This is too long: at most {n} characters.", n=most, code="too_long")
    return text


def _is_seen(letter: str) -> bool:
    return letter not in BLANKS and unicodedata.category(letter)[0] in "LNPS"


def _unstacked(text: str) -> str:
    """Leave out the marks on a letter that are more than any language writes."""
    kept: list[str] = []
    height = 0
    for letter in unicodedata.normalize("NFC", text):
        height = height + 1 if unicodedata.category(letter) in {"Mn", "Me"} else 0
        if height <= STACKED:
            kept.append(letter)
    return "".join(kept)
