"""The page about the protocol says what the code does."""

import re
from pathlib import Path

import pytest

from facilitator.protocol import HEAD, PAGE, page
from facilitator.rooms import sockets

HEARD = re.findall(r'^@on\("(\w+)"\)', Path(sockets.__file__).read_text(), re.MULTILINE)


def test_protocol_page_is_up_to_date():
    assert PAGE.read_text() == page(), "run: make protocol"


@pytest.mark.parametrize("message", sorted({*HEARD} - {"connect", "disconnect"}))
def test_protocol_page_names_every_message(message):
    assert re.search(rf"^\| `{message}\b", HEAD, re.MULTILINE)


def test_types_are_told_without_their_rules():
    assert "Annotated" not in page()
    assert "`organisers`: list[str], " in page()
