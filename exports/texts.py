"""What a recommendation says: its sections and steps, and the same in other languages."""

from dataclasses import dataclass
from typing import Literal

from exports.richtext import Blocks
from exports.vocabulary import Date, Deadline, Id, Lang, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a recommendation; its blocks carry ids, so that sources can point at them.

    `of`: in a translation, the section that it says in another language.
    """

    heading: Words
    blocks: Blocks
    id: Id | None = None
    of: Id | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What is to be done; what is None is printed as not stated.

    `of`: in a translation, the step that it says in another language.
    """

    what: Words
    id: Id | None = None
    of: Id | None = None
    lang: Lang | None = None
    who: Words | None = None
    partners: tuple[Words, ...] = ()
    by: Deadline | None = None
    cost: Words | None = None
    indicator: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """A title in another language and who put it there; with `state`, all of the text.

    What of a text is not here was not translated. `checked`: when it was compared with the
    original; `behind`: the original has changed since.
    """

    lang: Lang
    title: Words
    by: Literal["authors", "editors", "machine"]
    state: Literal["draft", "checked"] | None = None
    behind: bool = False
    checked: Date | None = None
    addressees: tuple[Words, ...] = ()
    sections: tuple[Section, ...] = ()
    steps: tuple[Step, ...] = ()
    intro: Blocks = ()
