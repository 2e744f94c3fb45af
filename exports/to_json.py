"""The document as data: what every other format is made of, and what the seal is computed from."""

import json
from pathlib import Path

from exports.document import Document
from exports.document import to_json as plain

MIMETYPE = "application/json"
SUFFIX = ".json"
SCHEMA = Path(__file__).parent / "document.schema.json"


def render(document: Document) -> bytes:
    """Write the document as `document.schema.json` describes it; `from_json` reads it back."""
    return (json.dumps(plain(document), ensure_ascii=False, indent=1) + "\n").encode()
