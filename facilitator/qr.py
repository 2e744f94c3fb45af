"""QR codes: on screens, on paper and in the terminal. The home of segno."""

from __future__ import annotations

from io import BytesIO, StringIO

import segno

#: Ink on white in every theme: cameras want it so.
INK, PAPER = "#0a1714", "#ffffff"


def svg(text: str) -> bytes:
    """Draw `text` as an image of no size of its own, with the quiet zone cameras need."""
    drawing = BytesIO()
    # The least repair that is allowed gives the largest squares: a wall is clean, and far away.
    code = segno.make(text, error="l", micro=False)
    code.save(drawing, kind="svg", xmldecl=False, omitsize=True, dark=INK, light=PAPER)
    return drawing.getvalue()


def terminal(text: str) -> str:
    """Draw `text` in characters of half a line."""
    drawing = StringIO()
    segno.make(text, error="l", micro=False).terminal(drawing, compact=True)
    return drawing.getvalue()
