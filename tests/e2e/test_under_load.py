"""While a hall writes: nothing moves under a finger, and a wall draws no oftener than eyes see."""

from playwright.sync_api import expect

from tests.e2e.conftest import PHONE, PROJECTOR
from tests.e2e.test_room_walk import address, post
from tests.load.finger import COUNT_DRAWS, NOTICED, busiest_second, take_in_hand
from tests.load.live import at_work, crowd_of

SEATS, SECONDS = 20, 8


def test_nothing_moves_under_a_finger_while_a_hall_writes(server, open_page, tmp_path):
    house = server.house
    first = open_page(PHONE, who=house.seat("First"))
    first.goto(address(server, "room"))
    for text in ("Benches", "Shade", "A library that is open on Sundays"):
        post(first, text)
    phone = open_page(PHONE, who=house.seat("In a hand"), touch=True)
    phone.goto(address(server, "room"))
    expect(phone.locator(".idea")).to_have_count(3)
    wall = open_page(PROJECTOR, who=house.lead())
    wall.goto(address(server, "screen"))
    expect(wall.get_by_text("Shade")).to_be_visible()
    people = [house.seat(f"Sample {n}") for n in range(SEATS)]

    with crowd_of(server, people, tmp_path, SECONDS) as crowd:
        take_in_hand(phone)
        wall.evaluate(COUNT_DRAWS)
        told = at_work(crowd)
        phone.wait_for_timeout(1000)
        noticed, draws = phone.evaluate(NOTICED), wall.evaluate("window.draws")

    assert told["unanswered"] == 0
    expect(phone.locator(".fresh")).to_be_visible()
    assert noticed["frames"] > 0
    assert noticed["focused"] == "idea"
    assert noticed["moved"] == {"the field": 0, "the idea": 0, "the button": 0}
    assert draws, "the wall was drawn meanwhile"
    assert busiest_second(draws) <= 10
