"""The document to read, and the files that are made of it."""

import json
import re
from dataclasses import replace
from datetime import timedelta

import jsonschema
import pytest
from sqlalchemy import select

import exports
from facilitator.consolidation.compose import compose
from facilitator.consolidation.vote_tables import VOTE_FORMATS
from facilitator.db import db, write
from facilitator.i18n import size
from facilitator.models import Job, Role, Room, now
from facilitator.rooms.recommendations import begin
from facilitator.worker.documents import folder_of
from facilitator.worker.running import do
from tests import make
from tests.exports.make import sample
from tests.pages.staff import browser


def at(forum, more="/document"):
    return f"/f/{forum.uuid}{more}"


def jobs():
    db.session.rollback()
    return db.session.scalars(select(Job).order_by(Job.id)).all()


def become(state, **values):
    """Let the only job be in a state, as the worker does."""

    def job():
        one = db.session.scalars(select(Job)).one()
        one.state = state
        for name, value in values.items():
            setattr(one, name, value)

    write(job)
    return jobs()[0]


@pytest.fixture
def asked(app, forum):
    """A browser that has asked for a PDF, and where it was sent."""
    client = browser(app, forum)
    client.job = client.post(at(forum, "/document/pdf")).headers["Location"]
    return client


def test_only_organisers_read_what_is_not_sealed(app, forum):
    assert app.test_client().get(at(forum)).status_code == 403
    assert browser(app, forum, Role.FACILITATOR).get(at(forum)).status_code == 403
    assert app.test_client().post(at(forum, "/document/pdf")).status_code == 403


def test_the_document_is_read_on_the_page(app, forum):
    page = browser(app, forum).get(at(forum))

    assert page.status_code == 200
    assert '<div class="read">' in page.text
    assert "Living here" in page.text
    assert "<style" not in page.text
    assert "style=" not in page.text
    assert "unsafe-inline" not in page.headers["Content-Security-Policy"]


def test_its_script_knows_what_a_link_looks_like(app, forum):
    page = browser(app, forum).get(at(forum)).text
    data = json.loads(re.search(r'id="page">(.*?)</script>', page)[1])

    assert data["link"] == at(forum, "/document/r/")
    assert data["words"].endswith("/document.js/en.json")
    assert '<div id="seek"></div>' in page


def test_a_link_leads_organisers_to_what_no_edition_has(app, forum, lead):
    desk = lead(Role.ORGANISER, room=forum.desk)
    chapter = desk.act("chapter.add", title={"en": "Housing"}, intro="", track=None)["id"]
    made = write(lambda: begun(forum))
    desk.act("desk.place", recommendation=made, chapter=chapter)
    db.session.rollback()
    [one] = compose(forum.id).recommendations
    place = at(forum, f"/document/r/{one.id}")

    assert browser(app, forum).get(place).location == at(forum, f"/document#r:{one.id}")
    assert app.test_client().get(place).status_code == 403


def begun(forum):
    db.session.info["news"] = []
    return begin(db.session.get_one(Room, forum.rooms[0].id), title="One desk", lang="en").id


def test_a_link_leads_everybody_to_the_newest_edition_that_has_it(app, forum):
    whole = sample()
    one, gone = whole.recommendations[4], whole.recommendations[-1]
    chapters = [
        replace(part, content=tuple(x for x in part.content if getattr(x, "id", "") != gone.id))
        for part in whole.chapters
    ]
    write(lambda: make.edition(forum, 1, whole))
    write(lambda: make.edition(forum, 2, replace(whole, chapters=tuple(chapters))))
    reader = app.test_client()

    there = reader.get(at(forum, f"/document/r/{one.id}")).location

    assert there == at(forum, f"/edition/2#r:{one.id}")
    assert f'<a class="n" href="#r:{one.id}">{one.number}</a>' in reader.get(there).text
    assert reader.get(at(forum, f"/document/r/{gone.id}")).location == at(forum, f"/edition/1#r:{gone.id}")  # fmt: skip


def test_a_link_to_nothing_leads_nowhere(app, forum):
    assert browser(app, forum).get(at(forum, "/document/r/nothing")).status_code == 404


def test_files_of_an_edition_say_what_they_are_and_how_large(app, forum):
    files = {"pdf": bytes(1_240_000), "seal_json": b"{}" * 400, "epub": bytes(20_000)}
    write(lambda: make.edition(forum, 1, sample(), **files))

    page = app.test_client().get(at(forum, "/edition/1")).text

    told = re.findall(r'class="btn quiet file".*?>([^<]*) <.*?>(.*?) · <.*?>(.*?)<', page)
    assert told == [
        ("EPUB, for e-readers and phones", "recommendations.epub", "20 kB"),
        ("PDF, to print and to send", "recommendations.pdf", "1.2 MB"),
        ("The seal of these files", "recommendations.seal.json", "0.8 kB"),
    ]


def test_sizes_are_said_as_the_reader_says_them():
    sizes = [640, 12_300, 999_999, 1_240_000, 48_700_000]

    assert [size(many, lang="en") for many in sizes] == ["0.6 kB", "12 kB", "1,000 kB", "1.2 MB", "49 MB"]  # fmt: skip
    assert size(1_240_000, lang="pl") == "1,2 MB"
    assert size(1_240_000, lang="uk") == "1,2 МБ"


def test_its_style_sheet_is_a_file(app, forum):
    reply = app.test_client().get("/document/any.css")

    assert reply.mimetype == "text/css"
    assert "immutable" in reply.headers["Cache-Control"]
    reply.close()


def test_a_file_is_asked_for(app, forum, asked):
    [job] = jobs()

    assert (job.name, job.payload) == ("export", {"forum": forum.uuid, "formats": ["pdf"]})
    assert asked.job == at(forum, f"/job/{job.uuid}")
    assert "next in line" in asked.get(asked.job).text


def test_asking_twice_is_asking_once(app, forum, asked):
    assert asked.post(at(forum, "/document/pdf")).headers["Location"] == asked.job
    assert len(jobs()) == 1


def test_there_is_no_such_format(app, forum):
    assert browser(app, forum).post(at(forum, "/document/exe")).status_code == 404


def test_progress_is_told(app, forum, asked):
    become("running", progress=40)

    assert 'value="40"' in asked.get(asked.job).text
    state = asked.get(f"{asked.job}.json").json
    assert (state["state"], state["progress"], state["files"]) == ("running", 40, [])


def test_a_slow_job_says_that_it_is_slow(app, forum, asked):
    become("queued", asked_at=now() - timedelta(minutes=1))

    assert "longer than usual" in asked.get(asked.job).text


def test_the_file_is_fetched(app, forum, asked):
    job = become("done", progress=100, result={"files": ["recommendations.pdf"]})
    folder_of(job).mkdir(parents=True)
    (folder_of(job) / "recommendations.pdf").write_bytes(b"%PDF-")

    page = asked.get(asked.job).text
    file = asked.get(f"{asked.job}/recommendations.pdf")

    assert f"{asked.job}/recommendations.pdf" in page
    assert (file.data, file.mimetype) == (b"%PDF-", "application/pdf")
    assert file.headers["Content-Disposition"] == "attachment; filename=recommendations.pdf"
    assert file.headers["Cache-Control"] == "no-store"
    file.close()


@pytest.mark.parametrize("name", ["other.pdf", "..%2f..%2fforum.db", "recommendations.pdf"])
def test_no_other_file_is_handed_out(app, forum, asked, name):
    become("done", result={"files": ["recommendations.pdf"]})  # which is not there

    assert asked.get(f"{asked.job}/{name}").status_code == 404


def test_a_failure_is_told_and_can_be_tried_again(app, forum, asked):
    become("failed", result={"error": "This took too long.", "values": {}})

    page = asked.get(asked.job).text

    assert "This took too long." in page
    assert "Try again" in page
    assert asked.post(at(forum, "/document/pdf")).headers["Location"] != asked.job


def test_a_job_is_cancelled(app, forum, asked):
    reply = asked.post(asked.job)

    assert reply.headers["Location"] == at(forum)
    assert jobs()[0].state == "cancelled"
    assert "cancelled" in asked.get(asked.job).text


def test_a_finished_job_stays_as_it_is(app, forum, asked):
    become("done", result={"files": []})

    asked.post(asked.job)

    assert jobs()[0].state == "done"


def test_jobs_of_others_are_not_shown(app, forum, asked):
    other = write(lambda: make.forum("FGHJKM"))
    uuid = asked.job.rpartition("/")[2]

    assert browser(app, other).get(at(other, f"/job/{uuid}")).status_code == 404
    assert browser(app, other).post(at(other, f"/job/{uuid}")).status_code == 404
    assert jobs()[0].state == "queued"


@pytest.mark.parametrize("name", ["votes-xlsx", "votes-csv"])
def test_votes_are_made_as_tables(app, forum, name):
    client = browser(app, forum)

    reply = client.post(at(forum, f"/document/{name}"))

    assert reply.status_code == 303
    [job] = jobs()
    assert job.payload == {"forum": forum.uuid, "formats": [name]}
    page = client.get(reply.headers["Location"]).text
    assert f"The votes as {name.removeprefix('votes-').upper()}" in page
    answer = do(app, job.id)
    assert all((folder_of(job) / made).exists() for made in answer["result"]["files"])


def test_anybody_gets_the_schema_of_the_data_and_it_fits(app, forum):
    reply = app.test_client().get("/document.schema.json")
    data = json.loads(exports.export(compose(forum.id), "json"))

    assert reply.mimetype == "application/schema+json"
    jsonschema.Draft202012Validator.check_schema(reply.json)
    jsonschema.Draft202012Validator(reply.json).validate(data)
    reply.close()


def test_main_formats_come_first_and_the_others_are_folded(app, forum):
    page = browser(app, forum).get(at(forum)).text
    menu, _, folded = page.partition('<details class="more">')
    folded = folded.partition("</details>")[0]

    assert re.findall(r"/document/([a-z-]+)\"", menu) == list(exports.MAIN_FORMATS)
    assert re.findall(r"/document/([a-z-]+)\"", folded) == [
        *(name for name in exports.FORMATS if name not in exports.MAIN_FORMATS),
        *VOTE_FORMATS,
    ]


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("odt", "The document as ODT"),
        ("epub", "The document as EPUB"),
        ("csv", "The document as CSV"),
        ("letters", "Letters to the addressees"),
        ("decidim-proposals", "The document for Decidim"),
        ("openslides-motions", "The document for OpenSlides"),
    ],
)
def test_other_formats_are_made_and_fetched(app, forum, name, heading):
    client = browser(app, forum)
    address = client.post(at(forum, f"/document/{name}")).headers["Location"]
    [job] = jobs()

    page = client.get(address).text
    [file] = do(app, job.id)["result"]["files"]
    become("done", result={"files": [file]})
    fetched = client.get(f"{address}/{file}")

    assert heading in page
    assert file == f"recommendations{exports.FORMATS[name].SUFFIX}"
    assert fetched.mimetype == exports.FORMATS[name].MIMETYPE
    assert fetched.data.startswith(b"PK") or file.endswith(".csv")
    fetched.close()


def test_the_document_is_asked_for_in_a_language_and_in_two(app, forum):
    client = browser(app, forum)
    page = client.get(at(forum, "/document?lang=pl&beside=en")).text
    assert '<option value="pl" selected>' in page
    assert '<input type="hidden" name="beside" value="en">' in page
    assert '<html lang="en">' in page  # ours; the document inside says its own
    assert '<div lang="pl">' in page

    where = client.post(at(forum, "/document/pdf"), data={"lang": "pl", "beside": "en"})
    [one] = jobs()
    assert one.payload == {"forum": forum.uuid, "formats": ["pdf"], "lang": "pl", "beside": "en"}
    page = client.get(where.headers["Location"]).text
    assert "The document as PDF · Polish · English" in page
    assert do(app, one.id)["result"]["files"] == ["recommendations.pl-en.pdf"]


def test_the_main_language_and_strange_ones_are_no_choice(app, forum):
    client = browser(app, forum)
    client.post(at(forum, "/document/html"), data={"lang": "en", "beside": "en"})
    client.post(at(forum, "/document/html"), data={"lang": "xx", "beside": "<b>"})
    client.post(at(forum, "/document/votes-csv"), data={"lang": "pl"})

    assert [one.payload for one in jobs()] == [
        {"forum": forum.uuid, "formats": ["html"]},
        {"forum": forum.uuid, "formats": ["votes-csv"]},
    ]
