"""The pictures of a guide: taken by a walk through the product, and compared with what is printed."""

import io
import os
import re
from pathlib import Path

from PIL import Image, ImageChops, ImageStat

from tests.running import ROOT

#: A picture is compared in so many cells; on average they may differ by this much of 255. A clock
#: that shows another second stays far below, another layout does not.
CELLS, APART = (48, 30), 6
COLOURS = 96


class Guide:
    """A page of the documentation, and the pictures that it shows."""

    def __init__(self, page):
        self.page = ROOT / "docs" / page
        words = self.page.read_text()
        self.shown = [Path(place) for place in re.findall(r"!\[[^\]]+\]\(([^)]+\.png)\)", words)]
        self.taken = {}

    def take(self, screen, name):
        """Keep what is on a screen; with PICTURES set, it goes into the guide."""
        shot = Image.open(io.BytesIO(screen.screenshot())).convert("RGB")
        self.taken[name] = shot
        if os.environ.get("PICTURES"):
            place = self.page.parent / self._place(name)
            place.parent.mkdir(parents=True, exist_ok=True)
            shot.quantize(COLOURS, dither=Image.Dither.NONE).save(place, optimize=True)

    def _place(self, name):
        return next((place for place in self.shown if place.stem == name), Path(f"{name}.png"))

    def stale(self):
        """What is wrong with the pictures of the guide, in words; [] when they are as it is."""
        names = [place.stem for place in self.shown]
        wrong = [f"{name} is taken and not shown" for name in self.taken if name not in names]
        wrong += [f"{name} is shown and not taken" for name in names if name not in self.taken]
        for place in self.shown:
            path = self.page.parent / place
            if not path.exists():
                wrong.append(f"{place} is missing: make screenshots")
            elif place.stem in self.taken and not alike(Image.open(path), self.taken[place.stem]):
                wrong.append(f"{place} is not what the screen shows: make screenshots")
        return wrong


def alike(one, other):
    """Whether two pictures show the same, but for a word here and a second there."""
    if one.size != other.size:
        return False
    small = [each.convert("RGB").resize(CELLS, Image.Resampling.BOX) for each in (one, other)]
    return sum(ImageStat.Stat(ImageChops.difference(*small)).mean) / 3 <= APART
