"""The page about the protocol says what the code does."""

from facilitator.protocol import PAGE, page


def test_protocol_page_is_up_to_date():
    assert PAGE.read_text() == page(), "run: make protocol"
