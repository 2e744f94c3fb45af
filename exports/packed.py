"""ZIP files whose bytes are those of their contents alone: no clock, no order but the one given."""

import io
import zipfile
from collections.abc import Iterable

#: The first file of a package that says by its first bytes what it is.
MIMETYPE_FILE = "mimetype"


def packed(files: Iterable[tuple[str, str | bytes]]) -> bytes:
    """Pack files in this order; a first one named `mimetype` is stored as it is."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files:
            how = zipfile.ZIP_STORED if name == MIMETYPE_FILE else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name), data, how)
    return out.getvalue()
