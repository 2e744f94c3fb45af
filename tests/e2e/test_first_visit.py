"""What a phone has to fetch before it can take part: on a slow network every kilobyte is waited for."""

from tests.e2e.conftest import PHONE
from tests.load.sizes import begin, fetched

#: Kilobytes, as served, of a first visit until a draft is opened.
MOST = 150


def test_room_is_small_before_a_draft_is_opened(server, open_page):
    begin(server.house, ["A desk"])
    page = open_page(PHONE)

    before, after = fetched(page, server, server.house.seat("Ana"))

    assert before <= MOST
    # What a draft needs comes with it and not before.
    assert after > before + 20
