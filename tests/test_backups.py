"""A backup of a running server holds what was acknowledged before it, and opens somewhere else."""

import asyncio
import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import select

from facilitator import create_app, migrations
from facilitator.backups.file import last_made, opened, read, seal
from facilitator.backups.restoring import CLOCK_LEAP, ID_LEAP
from facilitator.db import db
from facilitator.models import Event, Idea, Op, now
from tests.phones import Phone, snapshot, story, until
from tests.running import House, Server, running
from tests.services import POSTGRES, fresh_database

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
PHONES, BEFORE = 8, 40

ON_POSTGRESQL = pytest.mark.postgres
KINDS = [
    ("sqlite", "sqlite"),
    pytest.param("postgresql", "postgresql", marks=ON_POSTGRESQL),
    pytest.param("sqlite", "postgresql", marks=ON_POSTGRESQL),
    pytest.param("postgresql", "sqlite", marks=ON_POSTGRESQL),
]


def run(server, *arguments, **settings):
    """The command line, on the data of a server."""
    given = {name: value for name, value in {**server.settings, **settings}.items() if value}
    return subprocess.run(
        [sys.executable, "-m", "facilitator", *map(str, arguments)],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **given},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@contextmanager
def place(kind, folder):
    """A server that has not been started, on a database of a kind, with nothing in it."""
    folder.mkdir()
    with ExitStack() as stack:
        url = "" if kind == "sqlite" else stack.enter_context(fresh_database(POSTGRES))
        yield Server(folder, database_url=url, SECRET_KEY="")


@contextmanager
def looked_into(server):
    """What stands behind a server, without laying anything out."""
    house = House(server)
    house.context.push()
    try:
        yield house
    finally:
        house.__exit__()


def idea(text):
    return {"sort": "need", "question": None, "text": text, "lang": "en"}


# ---- Under load ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "other"), KINDS)
def test_backup_in_mid_session_holds_what_was_acknowledged_and_opens(tmp_path, kind, other):
    file = tmp_path / "friday.backup"
    with place(kind, tmp_path / "hall") as hall, place(other, tmp_path / "spare") as spare:
        with House(hall) as house, running(hall):
            ana = house.seat("Ana")
            acknowledged, seq = story(a_hall_at_work(house, hall, file))
            answered = dict(tuple(row) for row in house.rows(select(Op.id, Op.answer)))
            most = max(row.id for row in house.rows(select(Idea.id)))
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert last_made(hall.folder) is not None

        done = run(spare, "restore", file)
        assert done.returncode == 0, done.stderr
        with looked_into(spare) as copy, running(spare):
            every_operation_is_whole(copy, answered)
            # Somebody's old ticket opens it, and they see their room.
            now, things = asyncio.run(snapshot(spare.port, ana))
            told = {data["text"] for (sort, _), data in things.items() if sort == "idea"}
            assert told >= acknowledged
            assert now > seq
            made, heard = story(it_goes_on(spare, ana, seq))
    # A phone that saw more than the backup did gets the whole room, and no id means two things.
    assert heard >= acknowledged | {"After the restore"}
    assert made["id"] > most


async def a_hall_at_work(house, server, file):
    """Phones post all the time; in the middle a backup is made. What they knew before, and after."""
    phones = [Phone([server.port], house.seat(f"Phone {n}")) for n in range(PHONES)]
    await until(lambda: all(phone.seq is not None for phone in phones))
    enough = asyncio.Event()
    posting = asyncio.ensure_future(post(phones, enough))
    await until(lambda: len(posted(phones)) >= BEFORE)
    before = posted(phones)
    done = await asyncio.to_thread(run, server, "backup", file)
    assert done.returncode == 0, done.stderr
    assert len(posted(phones)) > len(before)  # nobody had to wait for it
    enough.set()
    await posting
    seq = max(phone.seq for phone in phones)
    for phone in phones:
        await phone.leave()
    return before, seq


async def post(phones, enough):
    number = 0
    while not enough.is_set():
        phones[number % PHONES].act("idea.post", **idea(f"Idea {number}"))
        number += 1
        await asyncio.sleep(0.02)
    await until(lambda: not any(phone.outbox for phone in phones))


def posted(phones):
    return {deed.payload["text"] for phone in phones for deed in phone.deeds if deed.done}


def every_operation_is_whole(copy, answered):
    """Nothing is there by half: each operation has its idea, and its line of news."""
    ops = dict(tuple(row) for row in copy.rows(select(Op.id, Op.answer)))
    ideas = {row.id for row in copy.rows(select(Idea.id))}
    lines = copy.rows(select(Event.thing_id).where(Event.kind == "idea"))
    assert ops.items() <= {op: answered[op] for op in ops}.items()
    assert {answer["id"] for answer in ops.values()} == ideas
    assert {int(row.thing_id) for row in lines} == ideas


async def it_goes_on(server, who, seq):
    """Somebody comes back with what they knew of the lost room, and posts."""
    phone = Phone([server.port], who)
    phone.seq = seq
    made = await phone.do("idea.post", **idea("After the restore"))
    await until(lambda: str(made["id"]) in {number for _, number in phone.things})
    heard = {data["text"] for data in phone.all("idea").values()}
    await phone.leave()
    return made, heard


# ---- One installation, and another ---------------------------------------------------------------


@pytest.fixture
def kept(tmp_path):
    """A server that has been running, the file of its backup, and somebody's seat."""
    with place("sqlite", tmp_path / "hall") as server:
        with House(server) as house:
            seat = house.seat("Ana")
        file = tmp_path / "kept.backup"
        assert run(server, "backup", file).returncode == 0
        yield server, file, seat


@pytest.fixture
def spare(tmp_path):
    with place("sqlite", tmp_path / "spare") as server:
        yield server


def refused(done, *words):
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    for word in words:
        assert word in done.stderr


def test_backup_replaces_a_file_only_when_told(kept):
    server, file, _ = kept
    before = file.read_bytes()
    refused(run(server, "backup", file), "--replace")
    assert file.read_bytes() == before
    assert run(server, "backup", file, "--replace").returncode == 0
    assert [path.name for path in file.parent.iterdir() if path.is_file()] == [file.name]


def test_nothing_to_back_up_is_said(spare, tmp_path):
    refused(run(spare, "backup", tmp_path / "x"), "nothing to back up")
    assert not (tmp_path / "x").exists()


def test_restore_brings_the_secret_for_its_owners_eyes(kept, spare):
    server, file, _ = kept
    assert run(spare, "restore", file).returncode == 0
    keys = [(one.folder / "secret_key") for one in (server, spare)]
    assert keys[0].read_text() == keys[1].read_text()
    assert stat.S_IMODE(keys[1].stat().st_mode) == 0o600
    assert stat.S_IMODE((spare.folder / "facilitator.db").stat().st_mode) == 0o600
    assert sorted(path.name for path in spare.folder.iterdir()) == ["facilitator.db", "secret_key"]


def test_restore_overwrites_only_when_told(kept, spare):
    _, file, _ = kept
    assert run(spare, "restore", file).returncode == 0
    refused(run(spare, "restore", file), "--replace", "lost")
    assert run(spare, "restore", file, "--replace").returncode == 0


def test_restore_into_another_installation_is_refused(kept, spare):
    _, file, _ = kept
    assert run(spare, "new", "working-forum").returncode == 0
    (spare.folder / "facilitator.db").unlink()
    refused(run(spare, "restore", file), "another installation")


def test_restore_under_a_server_is_refused(kept, spare):
    _, file, _ = kept
    assert run(spare, "restore", file).returncode == 0
    with running(spare):
        refused(run(spare, "restore", file, "--replace"), "Stop it first")


def test_restore_with_another_secret_is_refused(kept, spare):
    _, file, _ = kept
    other = "another secret, which is long enough"
    refused(run(spare, "restore", file, SECRET_KEY=other), "SECRET_KEY")
    assert list(spare.folder.iterdir()) == []


@pytest.mark.parametrize("harm", ["cut", "letter", "text", "empty", "missing"])
def test_damaged_file_is_refused_and_nothing_is_left(kept, spare, harm):
    _, file, _ = kept
    data = file.read_bytes()
    if harm == "cut":
        file.write_bytes(data[: len(data) // 2])
    elif harm == "letter":
        assert b"Town hall" in data
        file.write_bytes(data.replace(b"Town hall", b"Town hell", 1))
    elif harm == "missing":
        file.unlink()
    else:
        file.write_bytes(b"" if harm == "empty" else b"This is a letter, not a backup.")
    done = run(spare, "restore", file)
    refused(done, "no file" if harm == "missing" else "damaged")
    assert list(spare.folder.iterdir()) == []


def test_newer_tables_are_refused(kept, spare):
    _, file, _ = kept
    reseal(file, "UPDATE alembic_version SET version_num = '9999'")
    refused(run(spare, "restore", file), "newer version")
    assert list(spare.folder.iterdir()) == []


def test_older_tables_are_brought_up_to_date(kept, spare, tmp_path):
    _, file, ana = kept
    done = run(spare, "restore", as_first_made(file, tmp_path / "first.backup"))
    assert done.returncode == 0, done.stderr
    with running(spare):
        assert asyncio.run(snapshot(spare.port, ana))[0] > CLOCK_LEAP - 1


def as_first_made(file, first):
    """The rows of a backup in the tables of the first version, as far as those had a place for them."""
    app = create_app(DATABASE_URL=f"sqlite:///{first}", REDIS_URL="", PUBLIC_URL="")
    with app.app_context():
        migrations.upgrade("0001")
        db.session.remove()
        db.engine.dispose()
    with opened(first) as connection:
        connection.execute("ATTACH ? AS kept", (str(file),))
        columns = "SELECT name FROM pragma_table_info(?, ?)"
        tables = "SELECT name FROM main.sqlite_master WHERE type = 'table'"
        for (table,) in connection.execute(tables).fetchall():
            both = [set(connection.execute(columns, (table, of))) for of in ("main", "kept")]
            shared = ", ".join(f'"{name}"' for (name,) in both[0] & both[1])
            if table != "alembic_version":
                connection.execute(
                    f'INSERT INTO main."{table}" ({shared}) SELECT {shared} FROM kept."{table}"'
                )
    seal(first, version="0", made_at=now(), secret_key=read(file).secret_key)
    return first


def reseal(file, *statements):
    """Change a backup as another version would have written it."""
    secret = read(file).secret_key
    with opened(file) as connection:
        for statement in ("DROP TABLE backup", *statements):
            connection.execute(statement)
    seal(file, version="0", made_at=now(), secret_key=secret)


def test_deleted_words_are_in_no_free_page_of_a_backup(kept, tmp_path):
    server, _, _ = kept
    database = server.folder / "facilitator.db"
    with sqlite3.connect(database) as connection:
        connection.execute("PRAGMA secure_delete=OFF")
        connection.execute("UPDATE meeting SET place = 'a word that somebody took back'")
        connection.execute("UPDATE meeting SET place = ''")
    assert run(server, "backup", tmp_path / "later").returncode == 0
    assert b"took back" not in (tmp_path / "later").read_bytes()


def test_ids_go_on_far_above_those_that_phones_may_know(kept, spare):
    _, file, _ = kept
    assert run(spare, "restore", file).returncode == 0
    with sqlite3.connect(spare.folder / "facilitator.db") as connection:
        found = dict(connection.execute("SELECT name, seq FROM sqlite_sequence"))
    assert min(found.values()) >= ID_LEAP
