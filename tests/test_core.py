"""What the live core promises, on a real database and with plain threads."""

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import event, func, select, text
from sqlalchemy.exc import OperationalError

from facilitator.access import ActorRef
from facilitator.actions import Refused, lock, perform
from facilitator.db import db, write
from facilitator.events import LINES_KEPT, read_room_log, trim
from facilitator.models import Event, Grant, Idea, Op, Role, Room, now
from facilitator.rooms.snapshot import CATCH_UP

SIT = {"sort": "need", "question": None, "text": "More benches", "lang": "en"}


def texts():
    db.session.rollback()
    return db.session.scalars(select(Idea.text).order_by(Idea.id)).all()


def idea(room, words):
    return lambda: db.session.add(Idea(room_id=room.id, sort="need", text=words, lang="en"))


def test_repeat_gets_the_stored_answer_and_another_body_is_refused(join):
    ana, ben = join("Ana"), join("Ben")
    first = ana.act("idea.post", op="op-00001", **SIT)

    assert ana.act("idea.post", op="op-00001", **SIT) == first
    for who, words in ((ana, "Stand"), (ben, "More benches")):
        with pytest.raises(Refused, match="already means") as refusal:
            who.act("idea.post", op="op-00001", **{**SIT, "text": words})
        assert refusal.value.code == "op_conflict"
    assert texts() == ["More benches"]


def test_the_same_operation_at_once_has_one_effect(app, join):
    ana = join("Ana")

    def post(_):
        with app.app_context():
            return perform(ana.ref, "idea.post", "op-00002", SIT)["id"]

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(post, range(8)))) == 1
    assert texts() == ["More benches"]


def test_failing_job_leaves_its_batch_alone(app, room):
    def fails():
        db.session.get(Room, room.id).seq = 99
        db.session.add(Idea(room_id=77_777, sort="need", text="no such room", lang="en"))
        db.session.flush()

    one, broken, two = app.extensions["writer"].outcomes([idea(room, "a"), fails, idea(room, "b")])

    assert (one, two) == (None, None)
    assert "foreign key" in str(broken).lower()
    assert texts() == ["a", "b"]
    assert db.session.scalar(select(Room.seq).where(Room.id == room.id)) == 0


class Deadlock(Exception):
    """What psycopg2 raises when PostgreSQL ends a job for another."""

    pgcode = "40P01"


def test_job_that_was_ended_for_another_is_done_again(app, room):
    """With a lock that two jobs of one batch took in the wrong order, each tries alone."""
    tries = []

    def unlucky():
        tries.append(1)
        if len(tries) < 4:
            raise OperationalError("SELECT … FOR UPDATE", {}, Deadlock("deadlock detected"))
        idea(room, "b")()

    outcomes = app.extensions["writer"].outcomes([idea(room, "a"), unlucky, idea(room, "c")])

    assert outcomes == [None, None, None]
    assert texts() == ["a", "b", "c"]


def test_locks_of_rooms_do_not_stop_what_only_refers_to_them(app, forum):
    """A row that names a room is checked by PostgreSQL with a lock, which nobody has ordered."""
    if only_sqlite(app):
        return
    held, done = threading.Event(), threading.Event()

    def holds():
        lock(forum.rooms[0].id)
        held.set()
        assert done.wait(10)

    def refers():
        held.wait(10)
        db.session.execute(text("SET LOCAL lock_timeout = 2000"))
        db.session.add(Grant(forum_id=forum.id, room_id=forum.rooms[0].id, role=Role.FACILITATOR))

    def at_work(job, line):
        with app.app_context():
            return write(job, line)

    with ThreadPoolExecutor(2) as pool:
        holder = pool.submit(at_work, holds, forum.rooms[0].id)
        try:
            pool.submit(at_work, refers, forum.desk.id).result()
        finally:
            done.set()
        holder.result()


@pytest.mark.parametrize("op", ["ab\0defgh", "\ud800abcdefgh", "ąąąąąąąą", "with blanks", "short"])
def test_operation_id_that_no_database_could_keep_is_refused(join, op):
    with pytest.raises(Refused) as refusal:
        join().act("idea.post", op=op, sort="need", question=None, text="More", lang="en")
    assert refusal.value.code == "bad_shape"


def only_sqlite(app):
    return app.config["DATABASE_URL"].startswith("sqlite")


def test_full_disk_is_no_false_ack(app, room):
    if not only_sqlite(app):
        return  # what SQLite does by itself; PostgreSQL has no such habit

    def huge():
        db.session.execute(text("create table big (x)"))
        db.session.execute(text("insert into big values (zeroblob(4000000))"))

    def limit(connection, _):
        connection.execute("PRAGMA max_page_count=200")

    db.session.remove()
    db.engine.dispose()
    event.listen(db.engine, "connect", limit)
    outcomes = app.extensions["writer"].outcomes([idea(room, "a"), huge, idea(room, "b")])

    assert [type(outcome).__name__ for outcome in outcomes] == [
        "NoneType",
        "OperationalError",
        "NoneType",
    ]
    assert texts() == ["a", "b"]


def test_transaction_that_sqlite_gave_up_is_no_false_ack(app, room):
    if not only_sqlite(app):
        return

    def gives_up():  # what SQLite does by itself on some errors: disk full, I/O, no memory
        db.session.connection().connection.driver_connection.execute("ROLLBACK")

    outcomes = app.extensions["writer"].outcomes([idea(room, "a"), gives_up, idea(room, "b")])

    assert [type(outcome).__name__ for outcome in outcomes] == [
        "NoneType",
        "StorageError",
        "NoneType",
    ]
    assert texts() == ["a", "b"]


def test_write_waits_for_another_process_that_writes_for_long(app, room):
    if not only_sqlite(app):
        return
    path = app.config["DATABASE_URL"].removeprefix("sqlite:///")
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    # Longer than SQLite waits by itself.
    end = threading.Timer(1.5, other.execute, ["COMMIT"])
    end.start()

    assert write(lambda: db.session.get_one(Room, room.id).id) == room.id
    end.join()
    other.close()


def test_read_sees_one_moment_while_others_write(app, join):
    ana = join("Ana")

    def post_elsewhere():
        with app.app_context():
            perform(ana.ref, "idea.post", "op-00007", SIT)

    db.session.rollback()
    seq = db.session.scalar(select(Room.seq).where(Room.id == ana.ref.room_id))
    with ThreadPoolExecutor(1) as pool:
        pool.submit(post_elsewhere).result()

    assert db.session.scalar(select(func.count()).select_from(Event)) == seq
    db.session.rollback()
    assert len(read_room_log(ana.ref.room_id, seq)) == 2


def test_what_is_read_after_a_change_includes_it(join):
    ana = join("Ana")
    seq = db.session.scalar(select(Room.seq).where(Room.id == ana.ref.room_id))
    ana.act("idea.post", **SIT)
    assert db.session.scalar(select(Room.seq).where(Room.id == ana.ref.room_id)) == seq + 2


def test_job_cannot_wait_for_another(app):
    with pytest.raises(RuntimeError, match="for ever"):
        write(lambda: write(lambda: None))


def test_reader_cannot_write(app, room):
    db.session.add(Idea(room_id=room.id, sort="need", text="past the door", lang="en"))
    with pytest.raises(Exception, match=r"read.?only"):
        db.session.commit()


def test_unknown_action_and_wrong_shapes_are_refused_and_change_nothing(join):
    ana = join("Ana")
    for name, payload, code in (
        ("idea.explode", {}, "upgrade"),
        ("idea.post", None, "bad_shape"),
        ("idea.post", [], "bad_shape"),
        ("idea.post", {**SIT, "more": 1}, "bad_shape"),
        ("idea.post", {"text": "alone"}, "bad_shape"),
        ("idea.post", {**SIT, "text": 7}, "bad_shape"),
        ("idea.post", {**SIT, "text": "x\x00y"}, "bad_shape"),
        ("idea.post", {**SIT, "text": "y" * 601}, "too_long"),
        ("idea.post", {**SIT, "text": "   "}, "bad_shape"),
        ("idea.post", {**SIT, "sort": "shout"}, "bad_shape"),
        ("idea.post", {**SIT, "lang": "<script>"}, "bad_shape"),
        ("idea.post", {**SIT, "question": 10**9}, "gone"),
        ("idea.post", {**SIT, "text": "\ud800"}, "bad_shape"),
    ):
        with pytest.raises(Refused) as refusal:
            perform(ana.ref, name, "op-00009", payload)
        assert refusal.value.code == code, (name, payload)
    assert texts() == []
    assert db.session.scalar(select(func.count()).select_from(Op)) == 0


def test_stranger_has_no_room(app, forum):
    with pytest.raises(Refused, match="no such room"):
        perform(ActorRef(10**6), "idea.post", "op-00010", SIT)
    with pytest.raises(Refused, match="no longer valid"):
        perform(ActorRef(forum.rooms[0].id, seat_id=10**6), "idea.post", "op-00011", SIT)


def test_log_beyond_its_length_is_dropped_and_phones_get_a_picture(join):
    ana = join("Ana")
    ana.act("idea.post", **SIT)
    room_id, many = ana.ref.room_id, LINES_KEPT + CATCH_UP

    def long_ago():
        room = db.session.get(Room, room_id)
        for seq in range(room.seq + 1, room.seq + many):
            line = {"kind": "note", "thing_id": "1", "data": {"n": seq}, "at": now()}
            db.session.add(Event(room_id=room_id, seq=seq, **line))
        room.seq += many - 1

    write(long_ago)
    trim()
    db.session.rollback()

    kept = db.session.scalar(select(func.count()).select_from(Event))
    assert kept == LINES_KEPT
    stale = ana.seq
    news = ana.hear()
    assert ana.seq == stale + many + 1
    assert ("idea", "1") in news


def test_locked_room_lets_nobody_write_but_who_leads(join, lead, room):
    ana, leader = join("Ana"), lead()
    write(lambda: setattr(db.session.get(type(room), room.id), "locked", True))

    with pytest.raises(Refused) as refused:
        ana.act("idea.post", sort="need", question=None, text="Benches", lang="en")

    assert refused.value.code == "locked"
    assert leader.act("idea.post", sort="need", question=None, text="Benches", lang="en")
    ana.act("seat.edit", lang="pl", nickname=None, sector=None)


def test_page_on_a_wall_reads_and_does_nothing(lead):
    leader = lead()
    wall = type(leader)(replace(leader.ref, on_wall=True))

    assert wall.actor.role is Role.PROJECTOR
    with pytest.raises(Refused):
        wall.act("room.time", minutes=5.0)
