"""Set a page with Typst, with the bundled typefaces only. The home of typst."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

from exports.glyphs import font_folders, settable_text


def typeset(
    template: Path, inputs: dict[str, Any], *, timestamp: datetime, **options: Any
) -> bytes:
    """Set `template` with data that it reads as JSON; the same data give the same bytes."""
    made: bytes = typst.compile(
        str(template),
        font_paths=[str(folder) for folder in font_folders()],
        ignore_system_fonts=True,
        sys_inputs={
            name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            for name, value in inputs.items()
        },
        timestamp=int(timestamp.timestamp()),
        **options,
    )
    return made


def settable_data(thing: Any) -> Any:
    """Plain data as JSON has it, with no character that no bundled typeface has."""
    return settable_text(json.loads(json.dumps(thing)))
