"""The worker: drafts are read within two seconds, jobs are done once, and nothing stops it for good."""

import base64
import os
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

import pycrdt
import pytest
from sqlalchemy import insert, select, update

from facilitator import worker as package
from facilitator.db import db, write
from facilitator.models import (
    Draft,
    DraftQuarantine,
    DraftUpdate,
    Job,
    Passage,
    Phase,
    Role,
    Room,
    Source,
    now,
)
from facilitator.rooms import draft_log, drafts, recommendations, updates
from facilitator.rooms.recommendations import Piece
from facilitator.worker import jobs
from facilitator.worker.children import Child, Late, Lost
from facilitator.worker.drafts import Reader, read_log
from facilitator.worker.jobs import Runner
from tests import edits

#: Kills the library: a value of a map that nests deeper than its stack.
POISON = b"\1\1\x63\0\x28\1\5steps\x0aabc123.pos\1" + b"\x75\1" * 60_000 + b"\x7e\0"

#: A process that starts a worker, says its number, and waits.
PARENT = """
import os, subprocess, sys, time
command = [sys.executable, "-m", "facilitator.worker", "--with-parent", str(os.getpid())]
print(subprocess.Popen(command).pid, flush=True)
time.sleep(60)
"""


@pytest.fixture
def environment(app, monkeypatch):
    """What a process of its own needs to find the same database."""
    monkeypatch.setenv("DATABASE_URL", app.config["DATABASE_URL"])
    monkeypatch.setenv("DATA_DIR", str(app.config["DATA_DIR"]))
    monkeypatch.setenv("SECRET_KEY", "a secret for tests, and long enough")


@pytest.fixture
def worker(environment):
    """A real worker; it is told to stop at the end."""
    process = subprocess.Popen([sys.executable, "-m", package.__name__])
    yield process
    process.terminate()
    assert process.wait(timeout=5) == 0


@pytest.fixture
def reader(app):
    """The part of the worker that reads drafts, at work here."""
    made = Reader()
    yield made
    made.child.stop()


@pytest.fixture
def runner(environment):
    """The part of the worker that does jobs, at work here, with the jobs of tests/jobs_child.py."""
    made = Runner(module="tests.jobs_child", deadline=60)
    yield made
    made.child.stop()


@pytest.fixture
def text(forum, lead):
    """A recommendation that was just begun."""

    def job():
        db.session.get(Room, forum.rooms[0].id).phase = Phase.DRAFT

    write(job)
    return lead().act("recommendation.start", title="Benches", lang="en", theme=None)["id"]


def epoch(text):
    db.session.rollback()
    return db.session.scalar(select(Draft.epoch).where(Draft.id == text))


def send(phone, text, data):
    coded = base64.b64encode(data).decode()
    asked = {"recommendation": text, "epoch": epoch(text), "update": coded}
    return phone.act("draft.update", op=None, **asked)["seq"]


def store(text, *rows):
    """Put rows into a log past the guard."""

    def job():
        draft = db.session.get(Draft, text)
        draft_log.append(text, draft.seq + 1, rows)

    write(job)


def shown(text):
    db.session.rollback()
    return db.session.scalar(select(Draft).where(Draft.id == text)).public()


def until(seen, seconds=10):
    """Wait for something to be."""
    end = time.monotonic() + seconds
    while not seen():
        assert time.monotonic() < end
        time.sleep(0.05)


def settle(reader, text, rounds=40):
    """Let the reader work until the draft is read."""
    for _ in range(rounds):
        reader.round()
        db.session.rollback()
        draft = db.session.scalar(select(Draft).where(Draft.id == text))
        if draft.seq == draft.rendered_seq:
            return draft
        time.sleep(0.1)
    return draft


# ---- Drafts ----


def test_what_is_written_is_shown_by_a_real_worker(worker, join, text):
    ana = join("Ana")
    send(ana, text, updates.insertion(5, 0, "s:problem", "Zażółć 😀"))
    until(lambda: shown(text)["sections"].get("problem") == "Zażółć 😀")

    waited = []
    for n in range(30):  # somebody types without a pause
        clock = updates.utf16_len("Zażółć 😀") + n
        send(ana, text, updates.insertion(5, clock, "s:problem", "x", (5, clock - 1)))
        time.sleep(0.1)
        waited.append(len(shown(text)["sections"]["problem"]) - 8)
    assert max(waited) > 5  # it was not made to wait for the end of typing
    until(lambda: shown(text)["sections"]["problem"] == "Zażółć 😀" + "x" * 30)
    ana.hear()
    assert ana.things == ana.fresh()


def test_worker_ends_with_its_parent(environment, tmp_path):
    parent = subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True)
    pid = int(parent.stdout.readline())
    time.sleep(1.5)
    os.kill(pid, 0)

    parent.kill()
    parent.wait()
    parent.stdout.close()

    def ended():
        try:
            stat = Path(f"/proc/{pid}/stat").read_text()
            return stat.rpartition(")")[2].split()[0] == "Z"
        except (FileNotFoundError, ProcessLookupError):
            return True

    until(ended, 30)


def test_long_log_gets_a_snapshot_and_reads_the_same(reader, join, text):
    rows = [
        updates.insertion(5, n, "s:problem", "x", (5, n - 1) if n else None) for n in range(400)
    ]
    ana = join("Ana")
    for row in rows[:2]:
        send(ana, text, row)
    store(text, *rows[2:])

    draft = settle(reader, text)

    assert draft.text["sections"] == {"problem": "x" * 400}
    assert draft.snap_seq == draft.seq == 401
    assert len(draft.snap) < 600
    assert read_log(text, draft.recommendation.room_id).rows == []
    told = base64.b64decode(drafts.lacking(text, None, b"\0")["update"])
    document = pycrdt.Doc()
    document.apply_update(told)
    assert str(document.get("s:problem", type=pycrdt.Text)) == "x" * 400


def test_poisoned_draft_opens_without_the_poison(reader, join, text):
    ana, ben = join("Ana"), join("Ben")
    for n in range(20):
        send(ana, text, updates.insertion(5, n, "s:problem", "x", (5, n - 1) if n else None))
    store(text, POISON)
    send(ben, text, updates.insertion(6, 0, "s:reasons", "Because"))
    old = epoch(text)

    draft = settle(reader, text)

    assert draft.text["sections"] == {"problem": "x" * 20, "reasons": "Because"}
    assert draft.epoch != old
    aside = db.session.execute(select(DraftQuarantine.seq, DraftQuarantine.reason)).all()
    assert aside == [(22, "It was ended by SIGSEGV.")]
    assert db.session.scalar(select(DraftUpdate.data).where(DraftUpdate.seq == 22)) == POISON


def test_draft_that_is_only_long_loses_nothing(reader, join, text, monkeypatch):
    monkeypatch.setattr("facilitator.worker.drafts.SLOW", 0)
    send(join("Ana"), text, updates.insertion(5, 0, "s:problem", "x"))
    store(text, POISON)

    draft = settle(reader, text, rounds=10)

    assert draft.rendered_seq == 1
    assert db.session.scalar(select(DraftQuarantine.seq)) is None
    assert text in reader.resting


def test_broken_snapshot_is_thrown_away(reader, join, text):
    def job():
        db.session.execute(update(Draft).where(Draft.id == text).values(snap=b"\1\2", snap_seq=1))

    write(job)
    send(join("Ana"), text, updates.insertion(5, 0, "s:problem", "x"))

    draft = settle(reader, text)

    assert (draft.text["sections"], draft.text["title"]) == ({"problem": "x"}, "Benches")
    assert draft.snap_seq == 0


def test_places_of_passages_follow_the_edits(reader, forum, lead, text):
    desk = lead(Role.ORGANISER, room=forum.desk)

    def job():
        db.session.info["news"] = []
        made = recommendations.begin(
            db.session.get(Room, forum.desk.id), title="Together", lang="en"
        )
        source = Source(recommendation_id=made.id, origin_id=text, revision=1, position=0)
        db.session.add(source)
        db.session.flush()
        passage = Passage(source_id=source.id, root="s:problem", start=0, end=9)
        db.session.add(passage)
        db.session.flush()
        recommendations.write_pieces(
            made,
            [Piece("s:problem", "— 😀 "), Piece("s:problem", "Źródło 😀 here", passage)],
        )
        return made.id, source.id

    made, source = write(job)
    document = pycrdt.Doc(client_id=77)
    document.apply_update(base64.b64decode(drafts.lacking(made, None, b"\0")["update"]))
    problem = document.get("s:problem", type=pycrdt.Text)
    had = document.get_state()
    words = str(problem)
    # Into the middle of the passage, over its end, and before it.
    problem.insert(edits.octets(words, words.index("here")), "łąk ")
    del problem[edits.octets(str(problem), len(str(problem)) - 2) :]
    problem.insert(0, "😀!")
    send(desk, made, document.get_update(had))

    draft = settle(reader, made)

    shown = draft.text["sections"]["problem"]
    assert shown == "😀!— 😀 Źródło 😀 łąk he"
    assert [shown[p["start"] : p["end"]] for p in draft.text["passages"]] == ["Źródło 😀 ", "he"]
    assert {p["source"] for p in draft.text["passages"]} == {source}


def test_words_that_documents_cannot_hold_keep_their_place(reader, join, text):
    send(join("Ana"), text, updates.insertion(5, 0, "s:problem", "a\0b\x1fc e\u0301\n"))

    draft = settle(reader, text)

    assert draft.text["sections"] == {"problem": "a b c é\n"}


def test_half_of_an_emoji_harms_nobody(reader, join, text):
    ana = join("Ana")
    send(ana, text, updates.insertion(5, 0, "s:problem", "ab😀cd"))
    send(ana, text, updates.insertion(5, 6, "s:problem", "!", (5, 2), (5, 3)))
    store(text, *[updates.insertion(6, n, "title", "x", (6, n - 1) if n else None)
                  for n in range(300)])  # fmt: skip

    draft = settle(reader, text)

    problem = draft.text["sections"]["problem"]
    assert (problem[:2], problem[-2:]) == ("ab", "cd")
    again = reader.child.ask({"sources": {}}, [draft.snap], seconds=5)[0]["text"]
    assert again["sections"] == draft.text["sections"]


def test_steps_are_shown_in_their_order(reader, join, text):
    ana = join("Ana")
    entries = [("aaaaaa.pos", 2), ("bbbbbb.pos", 1.5), ("cccccc.pos", "city"), ("dddddd.pos", 3),
               ("dddddd.gone", True), ("eeeeee.pos", float("nan"))]  # fmt: skip
    for n, (key, value) in enumerate(entries):
        send(ana, text, updates.setting(5, n, "steps", key, value))
    send(ana, text, updates.insertion(6, 0, "p:bbbbbb:who", "The city"))

    draft = settle(reader, text)

    steps = [(step["id"], step["who"]) for step in draft.text["steps"]]
    assert steps == [("cccccc", ""), ("eeeeee", ""), ("bbbbbb", "The city"), ("aaaaaa", "")]


# ---- Children ----


def test_child_that_hangs_is_killed_and_replaced():
    child = Child("tests.jobs_child")
    child.command = [sys.executable, "-c", "import time; time.sleep(60)"]
    with pytest.raises(Late):
        child.ask({}, seconds=0.5)
    with pytest.raises(Late):
        child.ask({}, [b"x" * 1_000_000], seconds=0.5)
    assert child.process is None

    child = Child("facilitator.worker.reading")
    assert child.ask({"sources": {}}, seconds=10)[0]["text"]["title"] == ""
    first = child.process.pid
    with pytest.raises(Lost, match="SIGSEGV"):
        child.ask({"sources": {}}, [POISON], seconds=10)
    assert child.ask({"sources": {}}, seconds=10)[0]["text"]["title"] == ""
    assert child.process.pid != first
    child.stop()


# ---- Jobs ----


def ask(name, **payload):
    def job():
        asked = Job(name=name, payload=payload)
        db.session.add(asked)
        db.session.flush()
        return asked.id

    return write(job)


def row(job_id):
    db.session.rollback()
    return db.session.scalar(
        select(Job).where(Job.id == job_id).execution_options(populate_existing=True)
    )


def test_job_is_done_and_its_result_kept(runner):
    job = ask("add", numbers=[1, 2])

    runner.round()

    done = row(job)
    assert (done.state, done.result, done.progress, done.tries) == ("done", {"sum": 3}, 100, 1)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("refuse", "There is nothing to print yet."),
        ("stumble", "This did not work."),
        ("eat", "This is too large."),
        ("unknown", "This cannot be done here."),
    ],
)
def test_job_that_cannot_be_done_says_why_and_the_next_one_is_done(runner, name, said):
    bad, good = ask(name), ask("add", numbers=[2, 2])

    runner.round()
    runner.round()

    assert (row(bad).state, row(bad).result) == ("failed", {"error": said, "values": {}})
    assert row(good).result == {"sum": 4}


def test_job_that_takes_too_long_is_ended(runner):
    job = ask("sleep")
    runner.deadline = 8  # the child has to come up as well

    runner.round()

    assert (row(job).state, row(job).result) == (
        "failed",
        {"error": "This took too long.", "values": {}},
    )
    assert 10 <= row(job).progress < 100


def test_job_that_kills_its_process_is_tried_three_times(runner, tmp_path):
    path = tmp_path / "tries"
    job = ask("die", path=str(path))

    for _ in range(5):
        runner.round()

    assert path.read_text() == "tried\n" * 3
    assert (row(job).state, row(job).tries) == ("failed", 3)


def test_job_is_done_again_after_an_accident(runner, tmp_path):
    job = ask("die_once", path=str(tmp_path / "tries"))

    runner.round()
    assert row(job).state == "queued"
    runner.round()

    assert (row(job).state, row(job).result) == ("done", {"tries": 2})


def test_cancelled_job_ends_soon(app, runner):
    runner.deadline = 60
    job = ask("sleep")

    def work():
        with app.app_context():
            runner.round()

    thread = threading.Thread(target=work)
    thread.start()
    until(lambda: row(job).state == "running")

    def cancel():
        db.session.execute(update(Job).where(Job.id == job).values(state="cancelled"))

    write(cancel)
    thread.join(timeout=3)
    assert not thread.is_alive()
    assert row(job).state == "cancelled"


def test_job_of_a_worker_that_died_is_taken_over(runner):
    def stale():
        gone = {"name": "add", "payload": {"numbers": [5]}, "state": "running", "progress": 0}
        long_ago = now() - timedelta(seconds=jobs.STALE + 1)
        lines = [{**gone, "uuid": str(n), "tries": n, "claimed_at": long_ago, "asked_at": now()}
                 for n in (1, 3)]  # fmt: skip
        db.session.execute(insert(Job), lines)

    write(stale)
    runner.round()

    found = {job.tries: job.state for job in db.session.scalars(select(Job))}
    assert found == {2: "done", 3: "failed"}


def test_two_workers_do_each_job_once(app, environment):
    numbers = [ask("add", numbers=[n], seconds=0.05) for n in range(8)]
    runners = [Runner(module="tests.jobs_child") for _ in range(2)]

    def work(runner):
        with app.app_context():
            for _ in range(8):
                runner.round()

    threads = [threading.Thread(target=work, args=[runner]) for runner in runners]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for runner in runners:
        runner.child.stop()

    assert [(row(n).state, row(n).tries) for n in numbers] == [("done", 1)] * 8


def test_worker_gives_its_job_back_when_told_to_stop(environment):
    code = (
        "from facilitator.worker import jobs, __main__ as m; "
        "jobs.Runner.__init__.__defaults__ = (lambda: False, 'tests.jobs_child', 60.0); m.main()"
    )
    process = subprocess.Popen([sys.executable, "-c", code])
    job = ask("sleep")
    until(lambda: row(job).state == "running")

    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=30) == 0  # the job itself would take a minute
    assert (row(job).state, row(job).tries) == ("queued", 0)
