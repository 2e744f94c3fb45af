"""The page on which organisers bring in a file."""

import gc
import io
import re

import pytest
from sqlalchemy import select

from facilitator.db import db
from facilitator.models import Imported, Recommendation, Role
from tests.exchange.files import sealed
from tests.pages.staff import browser

TABLE = b"title,text\nBenches,In the shade.\n,Nothing\n<b>Roofs</b>,<script>alert(1)</script> and words\n"


def send(client, forum, data, name="ideas.csv", **more):
    files = {"file": (io.BytesIO(data), name), **more}
    at = f"/f/{forum.uuid}/organise/import"
    return client.post(at, data=files, content_type="multipart/form-data")


def fields(page, action):
    form = next(one for one in page.split("<form") if f'value="{action}"' in one)
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))


def test_file_is_looked_at_then_brought_in_then_taken_out(app, forum):
    client = browser(app, forum)

    answer = send(client, forum, TABLE)
    assert answer.status_code == 303
    page = client.get(answer.location).text
    assert "Benches" in page
    assert "There is no title." in page
    assert "<b>Roofs" not in page
    assert "<script>alert" not in page
    assert db.session.scalars(select(Recommendation)).all() == []
    rows = re.findall(r'name="row" value="(\d+)" checked', page)
    assert rows == ["2", "4"]

    asked = {**fields(page, "import.take"), "room": forum.rooms[0].uuid, "row": ["2"]}
    done = client.post(answer.location, data=asked)

    assert done.status_code == 303
    page = client.get(done.location).text
    assert "1 thing came in" in page
    db.session.rollback()
    assert [one.title for one in db.session.scalars(select(Recommendation))] == ["Benches"]
    assert client.get(answer.location).status_code == 404

    back = client.post(f"/f/{forum.uuid}/organise/import", data=fields(page, "import.undo"))
    assert "taken out again" in client.get(back.location).text
    db.session.rollback()
    assert [one.gone for one in db.session.scalars(select(Recommendation))] == [True]


def test_bringing_in_twice_is_bringing_in_once_and_what_was_read_anew_is_said(app, forum):
    ana, eve = browser(app, forum), browser(app, forum)
    hers = send(ana, forum, TABLE).location
    asked = fields(ana.get(hers).text, "import.take") | {"room": forum.rooms[0].uuid, "row": ["2"]}
    later = send(eve, forum, TABLE).location

    refused = ana.post(hers, data=asked)
    assert refused.status_code == 409
    assert "read anew meanwhile" in refused.text

    asked |= fields(eve.get(later).text, "import.take")
    taps = [eve.post(later, data=asked) for _ in range(2)]
    assert [tap.status_code for tap in taps] == [303, 303]
    assert "1 thing came in" in eve.get(taps[1].location).text
    db.session.rollback()
    assert len(db.session.scalars(select(Recommendation)).all()) == 1


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7", "This is a PDF."),
        (b"", "This file is empty."),
        (b"{}", "no document of a forum"),
        (b"title,e-mail\nA,b\n", "is about people"),
    ],
)
def test_what_cannot_come_in_is_said_where_it_was_chosen(app, forum, data, said):
    answer = send(browser(app, forum), forum, data)

    assert answer.status_code == 422
    assert said in answer.text
    assert db.session.scalars(select(Imported)).all() == []


@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_file_of_some_megabytes_comes_through_and_a_huge_one_does_not(app, forum):
    client = browser(app, forum)

    assert "larger than 2 MB" in send(client, forum, b"title\n" + b"A" * 3_000_000).text
    assert send(client, forum, b"x" * 21_000_000).status_code == 413
    assert (
        client.post(f"/f/{forum.uuid}/organise/setup", data={"x": "y" * 300_000}).status_code == 413
    )
    gc.collect()  # the client of the tests leaves what it has sent to be collected


def test_refusal_keeps_the_page_with_its_rows(app, forum):
    client = browser(app, forum)
    at = send(client, forum, TABLE).location
    page = client.get(at).text

    answer = client.post(at, data={**fields(page, "import.take"), "room": forum.rooms[0].uuid})

    assert answer.status_code == 409
    assert "There is nothing to bring in" in answer.text
    assert "Benches" in answer.text


def test_sealed_document_and_its_seal_are_checked(app, forum):
    client, (data, seal) = browser(app, forum), sealed()

    page = client.get(send(client, forum, data, "r.json").location).text
    assert "we cannot tell by whom" in page
    answer = send(client, forum, data, "r.json", seal=(io.BytesIO(seal), "r.seal.json"))
    assert "the signature is that of the key in it" in client.get(answer.location).text
    wrong = send(client, forum, data, "r.json", seal=(io.BytesIO(b"{}"), "r.seal.json"))
    assert "do not belong together" in wrong.text


def test_only_organisers_bring_files_in(app, forum):
    for role in (Role.FACILITATOR, Role.OBSERVER, Role.RAPPORTEUR):
        client = browser(app, forum, role)
        assert client.get(f"/f/{forum.uuid}/organise/import").status_code == 403
        assert send(client, forum, TABLE).status_code == 403
