"""What has to have happened before each action, who does it then, and what they ask.

A file for each concern; a new one is found by itself.
"""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

STORIES: dict[str, Callable] = {}


def story(name):
    """Note what has to have happened before an action; it gives who does it and what they ask."""

    def register(tell):
        assert name not in STORIES, f"{name} has two stories"
        STORIES[name] = tell
        return tell

    return register


for path in sorted(Path(__file__).parent.glob("[a-z]*.py")):
    import_module(f"{__name__}.{path.stem}")
