"""Before the day: what the server says of itself, to organisers and to nobody else."""

import pytest
from sqlalchemy import select

from facilitator.backups.file import mark
from facilitator.db import db, write
from facilitator.models import Forum, Job, Role, now
from facilitator.pages import check
from facilitator.worker.documents import folder_of
from tests.pages.staff import browser

OP = "a" * 32


@pytest.fixture(autouse=True)
def nobody_came():
    check.opened.clear()


def at(forum, end=""):
    return f"/f/{forum.uuid}/organise/check{end}"


def signs(app, forum):
    return browser(app, forum).get(at(forum, ".json")).json


@pytest.mark.parametrize("end", ["", ".json", ".svg"])
def test_only_organisers_look(app, forum, end):
    assert app.test_client().get(at(forum, end)).status_code == 403
    assert browser(app, forum, Role.FACILITATOR).get(at(forum, end)).status_code == 403
    assert browser(app, forum).get(at(forum, end)).status_code == 200


def test_whoever_opens_the_test_page_is_counted_and_gets_nothing(app, forum):
    assert signs(app, forum)["phones"] == 0
    reply = app.test_client().get("/ready")
    assert (reply.status_code, reply.headers.getlist("Set-Cookie")) == (200, [])
    assert signs(app, forum)["phones"] == 1


def test_phones_of_long_ago_do_not_count(app, forum):
    check.opened.append(-check.LATELY)
    assert signs(app, forum)["phones"] == 0


def test_signs_tell_disk_database_version_and_backup(app, forum, tmp_path):
    told = signs(app, forum)
    assert told["disk"] > 0
    assert told["written"] > 0
    assert told["version"]
    assert (told["screens"], told["backup"]) == (0, None)
    moment = now()
    mark(tmp_path, moment)
    assert signs(app, forum)["backup"] == moment.isoformat()


def test_a_database_that_takes_nothing_is_told(app, forum, monkeypatch):
    def refuse(_):
        raise OSError("no room")

    monkeypatch.setattr(check, "write", refuse)
    told = signs(app, forum)
    assert (told["written"], told["worker"]) == (None, "gone")


def test_a_worker_is_known_by_its_work(app, forum):
    assert signs(app, forum)["worker"] == "waiting"
    [job] = jobs()
    assert signs(app, forum)["worker"] == "waiting"
    assert jobs() == [job]
    first = job.id
    write(lambda: change(first, state="done"))
    assert signs(app, forum)["worker"] == "good"
    write(lambda: change(first, asked_at=now() - 2 * check.LASTS))
    assert signs(app, forum)["worker"] == "waiting"
    [later] = jobs()
    assert later.id != first or later.state == "queued"
    write(lambda: change(later.id, asked_at=now() - check.LASTS))
    assert signs(app, forum)["worker"] == "gone"


def jobs():
    db.session.rollback()
    return db.session.scalars(select(Job).filter_by(name=check.SIGN)).all()


def change(job_id, **values):
    job = db.session.get_one(Job, job_id)
    for name, value in values.items():
        setattr(job, name, value)


def send(client, forum, action, **fields):
    form = {"forum.rehearse": "rehearse", "forum.wipe": "wipe"}[action]
    return client.post(at(forum), data={"do": action, "op": OP, "form": form, **fields})


def test_a_rehearsal_is_begun_and_ended(app, forum):
    for on, is_on in (("yes", True), ("no", False)):
        client = browser(app, forum)
        sent = client.post(
            at(forum), data={"do": "forum.rehearse", "op": on * 9, "form": "rehearse", "on": on}
        )
        assert sent.status_code == 303
        db.session.rollback()
        assert db.session.get(Forum, forum.id).rehearsal is is_on


def test_wiping_deletes_the_files_that_were_made(app, forum):
    write(lambda: setattr(db.session.get(Forum, forum.id), "rehearsal", True))
    job = Job(name="export", payload={"forum": forum.uuid, "formats": ["md"]}, state="done")
    write(lambda: db.session.add(job))
    folder = folder_of(job)
    folder.mkdir(parents=True)
    (folder / "recommendations.md").write_text("Only a trial")

    client = browser(app, forum)
    wrong = send(client, forum, "forum.wipe", title="Another forum")
    assert wrong.status_code == 409
    assert folder.exists()
    sent = client.post(
        at(forum), data={"do": "forum.wipe", "op": "b" * 32, "form": "wipe", "title": "Living here"}
    )
    assert sent.status_code == 303
    assert not folder.exists()
