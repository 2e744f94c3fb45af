"""Collect the sentences of the code into the catalogues, and say which have no words yet."""

from facilitator.i18n import LANGUAGES
from facilitator.translations import collect

for lang in LANGUAGES[1:]:
    missing = collect(lang)
    print(f"{lang}: {len(missing)} without words")  # noqa: T201 - this is a command
    for sentence in missing[:20]:
        print(f"  {sentence}")  # noqa: T201
