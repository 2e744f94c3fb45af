"""The ticker: whoever listens is told everything, in order, whatever fails on the way."""

import threading
import time

import pytest
from sqlalchemy import select

from facilitator import events
from facilitator.db import db, write
from facilitator.events import Audience, News, Ticker, channel, last_states, socketio
from facilitator.hints import PAUSE, Hints
from facilitator.models import Event, Room
from tests import services

SIT = {"sort": "need", "question": None, "lang": "en"}


def news(seq, thing="1", data=None):
    return News("room:1", seq, "idea", thing, data)


@pytest.fixture
def told(app, forum):
    """A ticker with one listener in the first room, and what it has told."""
    frames = []
    ticker = Ticker()
    ticker.send = lambda message, frame, name: frames.append((message, name, frame))
    room = forum.rooms[0]
    name = channel("room", room.id)
    ticker.audiences[name] = Audience(name, told=room.seq, known=room.seq)
    ticker.frames = frames
    return ticker


@pytest.fixture
def ana(join, told, monkeypatch):
    """Ana, whose changes this ticker hears of."""
    monkeypatch.setattr("facilitator.actions.ticker", told)
    phone = join("Ana")
    db.session.rollback()
    return phone


def round_of(ticker):
    ticker.next_poll = float("inf")
    ticker._round()
    db.session.rollback()


def test_of_each_thing_the_last_state_is_told_in_the_order_of_their_making():
    lines = [news(1, "1", {"a": 1}), news(2, "2", {"b": 1}), news(3, "1", None)]
    assert last_states(lines) == [["idea", "2", {"b": 1}], ["idea", "1", None]]


def test_change_is_told_once(ana, told):
    ana.act("idea.post", **SIT, text="Benches")
    round_of(told)
    round_of(told)

    [(message, name, frame)] = told.frames
    assert (message, name) == ("news", channel("room", ana.ref.room_id))
    assert [kind for kind, _, _ in frame["things"]] == ["idea", "echo"]
    assert frame["seq"] - frame["since"] == 2


def test_busy_room_is_told_of_many_changes_at_once(ana, told):
    audience = next(iter(told.audiences.values()))
    audience.paid = time.monotonic() + 60  # it has been told of much already
    for n in range(3):
        ana.act("idea.post", **SIT, text=f"Idea {n}")
        round_of(told)  # the first is told; the others come too soon after it
    assert len(told.frames) == 1
    assert told._until_due() > 0

    audience.due = 0
    round_of(told)

    assert len(told.frames) == 2
    assert len(told.frames[1][2]["things"]) == 4


def test_quiet_room_is_told_of_a_few_changes_one_by_one(ana, told):
    for n in range(events.AT_ONCE):
        ana.act("idea.post", **SIT, text=f"Idea {n}")
        round_of(told)
    assert len(told.frames) == events.AT_ONCE


def test_lines_that_were_not_heard_are_read_from_the_log(ana, told):
    ana.act("idea.post", **SIT, text="Benches")
    next(iter(told.audiences.values())).heard.clear()  # another process made them
    round_of(told)
    assert len(told.frames[0][2]["things"]) == 2


def test_lines_no_longer_kept_make_everybody_ask(ana, told):
    ana.act("idea.post", **SIT, text="Benches")
    ana.act("idea.post", **SIT, text="Shade")
    next(iter(told.audiences.values())).heard.clear()
    first = select(Event.seq).order_by(Event.seq).limit(1)
    write(
        lambda: db.session.delete(
            db.session.get(Event, (ana.ref.room_id, db.session.scalar(first)))
        )
    )
    round_of(told)

    frame = told.frames[0][2]
    assert frame["since"] == frame["seq"]


def test_failing_telling_is_tried_again(ana, told, monkeypatch):
    ana.act("idea.post", **SIT, text="Benches")
    send, told.send = told.send, lambda *_: 1 / 0
    round_of(told)
    assert told.dirty == {channel("room", ana.ref.room_id)}

    told.send = send
    audience = next(iter(told.audiences.values()))
    audience.due, audience.told = 0, audience.told - 2
    round_of(told)
    assert len(told.frames) == 1


def test_channel_that_cannot_be_told_keeps_no_other_waiting(ana, told, monkeypatch):
    ana.act("idea.post", **SIT, text="Benches")
    for n in range(20):  # some are told before it, some after
        told.audiences[f"broken:{n}"] = Audience(f"broken:{n}", 0, 7)
        told.dirty.add(f"broken:{n}")
    round_of(told)

    assert len(told.frames) == 1
    assert len(told.dirty) == 20
    assert told._until_due() > 0.5  # and no core is kept busy with it


def test_who_listens_reads_no_older_moment_than_is_told(forum, app, told, monkeypatch):
    """What was read before listening was another moment; what follows would be missed."""
    room_id = forum.rooms[0].id
    monkeypatch.setattr(events, "join_room", lambda _: None)
    db.session.rollback()
    assert db.session.scalar(select(Room.seq).where(Room.id == room_id)) == 0
    raise_clock(app, room_id)
    told.follow("room", room_id)

    assert db.session.scalar(select(Room.seq).where(Room.id == room_id)) == 40


def raise_clock(app, room_id):
    def another():
        with app.app_context():
            write(lambda: setattr(db.session.get(Room, room_id), "seq", 40))

    thread = threading.Thread(target=another)
    thread.start()
    thread.join()


def test_poll_finds_what_no_hint_announced_and_forgets_empty_rooms(forum, app, monkeypatch, told):
    name = next(iter(told.audiences))
    told.audiences["draft:77"] = Audience("draft:77", 0, 0)
    monkeypatch.setattr(events, "listeners", lambda one: iter([1] if one == name else []))
    room_id = forum.rooms[0].id
    write(lambda: setattr(db.session.get(Room, room_id), "seq", 40))

    told._poll()

    assert (set(told.audiences), told.dirty) == ({name}, {name})
    assert told.audiences[name].known == 40


def test_ticker_goes_on_after_a_failure(app, told, monkeypatch):
    failing = Failing()
    monkeypatch.setattr(told, "_round", failing)
    monkeypatch.setattr(events, "POLL", 0.01)
    monkeypatch.setattr(socketio, "sleep", lambda seconds: threading.Event().wait(max(0, seconds)))
    with pytest.raises(SystemExit):
        told.run(app)
    assert failing.rounds == 3


def test_own_task_goes_on_after_a_failure(app, monkeypatch):
    failing = Failing()
    monkeypatch.setattr(socketio, "sleep", lambda _: None)
    with pytest.raises(SystemExit):
        events.repeat(app, failing, 0.01)
    assert failing.rounds == 3


class Failing:
    """A task that fails twice, and then ends whoever repeats it."""

    def __init__(self):
        self.rounds = 0

    def __call__(self):
        self.rounds += 1
        if self.rounds > 2:
            raise SystemExit
        raise RuntimeError("the database is away")


# ---- Hints ---------------------------------------------------------------------------------------


def test_forged_and_foreign_hints_are_passed_over(told):
    name = next(iter(told.audiences))
    hints = Hints("redis://127.0.0.1:1", "our key", told.learn)
    stranger = Hints("redis://127.0.0.1:1", "another key", told.learn)
    for data in (
        stranger.seal(name, 9),
        f"{name}.9.",
        "nonsense",
        f"{name}.nine.x",
        "\xff",
        f"{name}.{'9' * 5000}.x",
    ):
        hints.take({"data": data.encode()})
    hints.take(None)
    assert told.dirty == set()

    hints.take({"data": hints.seal(name, 9).encode()})
    assert told.dirty == {name}


@pytest.mark.redis
def test_hint_reaches_another_process(told):
    if not services.has_redis():
        pytest.skip(f"NO REDIS at {services.REDIS}: set TEST_REDIS_URL")
    name = next(iter(told.audiences))
    here, there = Ticker(), Hints(services.REDIS, "our key", told.learn)
    ours = here.hints = Hints(services.REDIS, "our key", here.learn)
    for task in (ours.sender, there.listener):
        threading.Thread(target=task, daemon=True).start()

    for seq in range(1, 100):
        here.hear([News(name, seq, "idea", "1", {})])
        if told.woken.wait(0.1):
            break

    assert told.dirty == {name}


@pytest.mark.parametrize("task", ["sender", "listener"])
def test_hints_outlive_a_redis_that_is_away(told, monkeypatch, task):
    hints = Hints("redis://127.0.0.1:1", "our key", told.learn)
    slept = []

    def sleep(seconds):
        slept.append(seconds)
        if len(slept) > 2:
            raise SystemExit
        hints.send("room:1", 3)

    monkeypatch.setattr("facilitator.hints.time.sleep", sleep)
    hints.send("room:1", 3)
    with pytest.raises(SystemExit):
        getattr(hints, task)()
    assert slept == [PAUSE] * 3


# ---- Two audiences of one log --------------------------------------------------------------------


def whispered(seq, thing="9"):
    return News("room:1", seq, "hand", thing, {"id": 9}, backstage=True)


def test_what_is_backstage_only_counts_for_the_room():
    copies = {line.channel: line for line in whispered(4).copies()}

    assert copies["lead:1"].data == {"id": 9}
    assert copies["room:1"][1:5] == (4, "", "", None)
    assert last_states([copies["room:1"], news(5)]) == [["idea", "1", None]]


def test_room_is_not_woken_for_what_says_nothing(told):
    name = next(iter(told.audiences))
    audience = told.audiences[name]
    number, seq = audience.name.partition(":")[2], audience.told

    told.hear([News(name, seq + 1, "hand", "9", {"id": 9}, backstage=True)])
    assert audience.take() == []

    told.hear([News(name, seq + 2, "idea", "1", {"id": 1})])
    frame = audience.frame(audience.take())
    assert frame == {
        "id": int(number),
        "since": seq,
        "seq": seq + 2,
        "things": [["idea", "1", {"id": 1}]],
    }


def test_log_is_read_for_each_audience(app, forum):
    room = forum.rooms[0]

    def whisper():
        row = {"room_id": room.id, "kind": "hand", "thing_id": "9", "data": {"id": 9}}
        db.session.add_all([Event(**row, seq=1, lead_only=True), Event(**row, seq=2)])

    write(whisper)
    heard = {who: events.read_room_log(room.id, 0, who) for who in ("room", "lead")}

    assert [line.data for line in heard["room"]] == [None, {"id": 9}]
    assert [line.data for line in heard["lead"]] == [{"id": 9}, {"id": 9}]
    assert [line.seq for line in heard["room"]] == [1, 2]
