"""Files that are ZIP archives of XML (DOCX, ODT), opened with care (pure).

An archive may unpack to far more than it is, and XML may name entities that grow or that lead out
of it: sizes are bounded while reading, and XML with a document type is refused as a whole.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from facilitator.exchange.found import BadFile

#: Bytes of a file, of one part of it, and parts; elements within each other, and in all of a part:
#: a text of a few hundred pages has so many, and each costs far more memory than its bytes.
LARGEST, PART, PARTS, DEEPEST, ELEMENTS = 10_000_000, 8_000_000, 3_000, 100, 300_000


class Archive:
    """A file whose parts are read by name."""

    def __init__(self, data: bytes) -> None:
        """Open it; raises BadFile."""
        if len(data) > LARGEST:
            raise BadFile("This file is larger than {n} MB.", n=LARGEST // 1_000_000)
        try:
            self.file = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError):
            raise BadFile("This file is damaged: it cannot be opened.") from None
        if len(self.file.infolist()) > PARTS:
            raise BadFile("This file has too many parts to be a text.")

    def part(self, name: str) -> bytes:
        """What a part holds; nothing where there is none of this name."""
        try:
            info = self.file.getinfo(name)
        except KeyError:
            return b""
        if info.flag_bits & 1:
            raise BadFile("This file is locked with a password.")
        try:
            with self.file.open(info) as part:
                data = part.read(PART + 1)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError):
            raise BadFile("This file is damaged: it cannot be opened.") from None
        if len(data) > PART:
            raise BadFile("This file unpacks to far more than a text would.")
        return data

    def tree(self, name: str) -> Element | None:
        """A part as a tree of elements, named as {namespace}name; None where there is none."""
        data = self.part(name)
        return parsed(data) if data else None


def parsed(data: bytes) -> Element:
    """Read XML that has no document type; raises BadFile."""
    parser, builder = expat.ParserCreate(namespace_separator="}"), TreeBuilder()
    depth = elements = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, elements
        depth, elements = depth + 1, elements + 1
        if depth > DEEPEST:
            raise BadFile("This file is nested too deeply to be a text.")
        if elements > ELEMENTS:
            raise BadFile("This file has too many parts to be a text.")
        builder.start(name, attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(name)

    def refuse(*_: object) -> None:
        raise BadFile("This file declares entities, which no text needs. It was not read.")

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = builder.data, refuse
    try:
        parser.Parse(data, True)  # noqa: FBT003 - the parser's signature
    except (expat.ExpatError, LookupError, ValueError) as error:  # an encoding may be unknown
        if isinstance(error, BadFile):
            raise
        raise BadFile("This file is damaged: it cannot be opened.") from None
    return builder.close()
