"""The log of moderation, as a table."""

import csv
import io

import pytest

from facilitator.models import Role
from facilitator.pages.moderation import harmless
from tests.pages.staff import browser
from tests.rooms.test_ideas import SIT


def test_organisers_take_the_log_of_moderation_along(app, forum, join, lead):
    made = join("Ana").act("idea.post", **SIT, text="Ask Mr K.")
    join("Ben").act("idea.report", id=made["id"], on=True)
    lead().act("idea.hide", id=made["id"], reason="person")
    address = f"/f/{forum.uuid}/organise/moderation.csv"

    assert browser(app, forum, Role.FACILITATOR).get(address).status_code == 403
    answer = browser(app, forum).get(address)

    assert (answer.mimetype, answer.headers["Cache-Control"]) == ("text/csv", "no-store")
    [line] = csv.DictReader(io.StringIO(answer.text.lstrip("\ufeff")))
    assert {key: line[key] for key in list(line)[1:]} == {
        "meeting": "Lublin",
        "room": "Housing, table 1",
        "role": "facilitator",
        "decision": "hidden",
        "kind": "idea",
        "uuid": made["uuid"],
        "reason": "person",
        "reports": "1",
    }
    assert "Mr K" not in answer.text


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_cells_are_no_formulas(cell):
    assert (harmless(cell), harmless("Housing")) == (f"'{cell}", "Housing")
