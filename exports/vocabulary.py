"""The shapes of single values in the model: what a name, a date or a number must look like."""

from collections.abc import Mapping
from typing import Annotated

from exports.shapes import HASH, ID, LANG, URL, WORDS, Day, Least, Many, Shape

Id = Annotated[str, Shape(ID, "an identifier")]
Lang = Annotated[str, Shape(LANG, "a BCP 47 language tag")]
Url = Annotated[str, Shape(URL, "an http, https or mailto address")]
Words = Annotated[str, Shape(WORDS, "text that is not empty")]
Count = Annotated[int, Least(0)]
Date = Annotated[str, Day()]
Time = Annotated[str, Shape("([01][0-9]|2[0-3]):[0-5][0-9]", "a time, HH:MM")]
Hash = Annotated[str, Shape(HASH, "sha256: and 64 hexadecimal digits")]
Letter = Annotated[str, Shape("[A-Z]{1,2}", "one or two capital letters")]
#: YYYY, YYYY-MM or YYYY-MM-DD is printed as a date; anything else as people wrote it.
Deadline = Annotated[str, Shape(r"[\s\S]{4,}", "at least four characters")]
Number = Annotated[int, Least(1)]
#: The same sentence in several languages.
Localised = Annotated[Mapping[Lang, Words], Many()]
