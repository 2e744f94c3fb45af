"""Whatever a phone says is answered or cut off: over real sockets, to a real server."""

import asyncio
import base64
import json
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from statistics import median

import pytest
from sqlalchemy import func, select

from facilitator.models import Idea, Role, Room, RoomKind
from tests.phones import BINARY, PING, TEXT, Line, Shut, framed, story
from tests.running import House, Server, running

SENTENCE = {"refused", "code", "retry"}
GOOD = {"sort": "need", "question": None, "text": "More benches", "lang": "en"}

#: How much slower an honest phone may become beside one that floods, and whole halls of them.
SLOWER = 15


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("server"))
    with House(server) as house, running(server):
        server.house = house
        yield server


@pytest.fixture
def ana(server):
    return server.house.seat("Ana")


@pytest.fixture(autouse=True)
def nothing_broke(server):
    """No test leaves a traceback behind, nor a changed room, nor a server that does not answer."""
    before = state(server)
    yield
    assert "Traceback" not in server.log
    assert state(server) == before
    assert story(still_works(server))


def state(server):
    group = Room.sort == RoomKind.GROUP  # the desk is told of rooms by a task of its own
    rooms = server.house.rows(select(Room.id, Room.seq, Room.phase).where(group).order_by(Room.id))
    return rooms, server.house.rows(select(func.count()).select_from(Idea))


async def still_works(server):
    line = await Line.open(server.port, server.house.seat())
    answer = await line.ask("enter", {"since": None})
    await line.close()
    return "ok" in answer


def told(server, who, tell):
    """Tell a story on a line of somebody's."""

    async def tale():
        line = await Line.open(server.port, who)
        try:
            return await tell(line)
        finally:
            await line.close()

    return story(tale())


def is_refusal(answer):
    return answer.keys() == SENTENCE and answer["refused"].endswith(".") and answer["code"]


# ---- Every event is answered ---------------------------------------------------------------------

NAMES = [
    "connect", "disconnect", "connect_error", "message", "*", "unknown", "Enter", "", "enter ",
    "__proto__", "constructor", "toString", "__class__", "__init__", "news", "draft", "ping",
    "a" * 1000, "żółw", "\x00", "../../etc/passwd", "'; DROP TABLE seat; --",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES, ids=lambda name: repr(name[:20]))
def test_unknown_and_reserved_names_are_refused_with_a_sentence(server, ana, name):
    async def ask(line):
        answers = [
            await line.ask(name),
            await line.ask(name, {}),
            await line.ask(name, None, 1, []),
        ]
        return answers, await line.ask("enter", {"since": None})

    answers, entered = told(server, ana, ask)
    assert [answer["code"] for answer in answers] == ["upgrade"] * 3
    assert all(map(is_refusal, answers))
    assert entered["ok"]["seq"] == 0


@pytest.mark.parametrize(
    "event",
    ["[]", "[1]", "[null]", '[["enter"]]', '[{"name":"enter"}]', "[true, {}]", "[1.5]"],
)  # fmt: skip
def test_event_without_a_name_is_refused_with_a_sentence(server, ana, event):
    assert is_refusal(told(server, ana, lambda line: line.ask_with(event)))


ODD = [
    None,
    True,
    0,
    -1,
    1.5,
    1e308,
    "",
    "x",
    [],
    [[]],
    {},
    {"since": {}},
    {"since": "1"},
    {"a": 1},
]


@pytest.mark.parametrize("odd", ODD, ids=repr)
def test_odd_arguments_are_answered(server, ana, odd):
    async def ask(line):
        return [
            await line.ask("enter", odd),
            await line.ask("enter"),
            await line.ask("enter", odd, odd, odd),
            await line.ask("act", odd),
            await line.ask("act"),
            await line.ask("act", odd, odd, odd, odd),
            await line.ask("act", "idea.post", odd, GOOD),
            await line.ask("act", "idea.post", "operation-1", odd),
            await line.ask("act", odd, "operation-2", GOOD),
            await line.ask("join", odd),
            await line.ask("join"),
            await line.ask("join", odd, odd),
            await line.ask("leave", odd),
            await line.ask("leave"),
        ]

    answers = told(server, ana, ask)
    assert all("ok" in answer for answer in answers[:3])
    assert all(map(is_refusal, answers[3:])), answers


def refused(name, code, **payload):
    return pytest.param(name, code, payload, id=f"{name}-{code}-{len(json.dumps(payload))}")


@pytest.mark.parametrize(
    ("name", "code", "payload"),
    [
        refused("idea.post", "bad_shape"),
        refused("idea.post", "bad_shape", **GOOD, more=1),
        refused("idea.post", "bad_shape", **{**GOOD, "text": ["More"]}),
        refused("idea.post", "bad_shape", **{**GOOD, "text": "   "}),
        refused("idea.post", "bad_shape", **{**GOOD, "sort": "shout"}),
        refused("idea.post", "bad_shape", **{**GOOD, "text": "a\x00b"}),
        refused("idea.post", "bad_shape", **{**GOOD, "text": "\ud800"}),
        refused("idea.post", "too_long", **{**GOOD, "text": "y" * 601}),
        refused("idea.post", "too_long", **{**GOOD, "text": "y" * 50_000}),
        refused("idea.post", "gone", **{**GOOD, "question": 10**9}),
        refused("idea.post", "bad_shape", **{**GOOD, "question": 10**30}),
        refused("idea.support", "gone", id=10**9, on=True),
        refused("idea.support", "bad_shape", id="1", on=True),
        refused("ballot.cast", "gone", ballot=10**9, marks={}),
        refused("ballot.cast", "bad_shape", ballot=1, marks=[["1", 1]]),
        refused("room.move", "not_allowed", to=1),
        refused("theme.make", "closed", title="Late", lang="en", ideas=[]),
        refused("forum.recode", "not_allowed"),
        refused("ballot.count", "not_allowed", ballot=1),
        refused("draft.render", "not_allowed", recommendation=1, seq=1, text={}),
        refused("seat.take", "not_allowed", lang="en", nickname=None, sector=None),
        refused("idea.explode", "upgrade"),
        refused("__class__", "upgrade"),
        refused("draft.update", "gone", recommendation=1, epoch="x", update="AAA="),
        refused("draft.update", "bad_shape", recommendation=1, epoch="x", update=7),
    ],
)
def test_wrong_actions_are_refused_with_a_sentence(server, ana, name, code, payload):
    answer = told(server, ana, lambda line: line.ask("act", name, "operation-3", payload))
    assert is_refusal(answer)
    assert answer["code"] == code
    assert answer["retry"] is False


@pytest.mark.parametrize("op", [None, 7, "", "short", "x" * 65, ["operation-4"], {}], ids=repr)
def test_action_without_an_operation_id_is_refused(server, ana, op):
    answer = told(server, ana, lambda line: line.ask("act", "idea.post", op, GOOD))
    assert is_refusal(answer)
    assert answer["code"] == "bad_shape"


@pytest.mark.parametrize(
    "asked",
    [
        {"recommendation": 1, "epoch": None, "sv": ""},
        {"recommendation": 1, "epoch": None, "sv": "AA=="},
        {"recommendation": 10**30, "epoch": None, "sv": "AA=="},
        {"recommendation": 1, "epoch": None, "sv": "not base64"},
        {"recommendation": 1, "epoch": None, "sv": base64.b64encode(b"\xff" * 9000).decode()},
        {"recommendation": 1, "epoch": 5, "sv": "AA=="},
        {"recommendation": "1", "epoch": None, "sv": "AA=="},
    ],
    ids=lambda asked: str(asked)[:60],
)
def test_joining_what_is_not_there_is_refused(server, ana, asked):
    assert is_refusal(told(server, ana, lambda line: line.ask("join", asked)))


# ---- What is no message at all -------------------------------------------------------------------


async def cut_after(line, *sent):
    """Whether the server cuts the line off, and soon."""
    for kind, data in sent:
        line.frame(kind, data)
    await line.cut()
    return True


@pytest.mark.parametrize(
    "message",
    [
        b"42[", b"42{]", b'42"enter"', b"42", b"4", b"43", b"9", b"4x", b"47", b'421["enter"',
        b"42" + b"[" * 5000, b'42["enter",' + b"9" * 5000 + b"]", b"45-[]", b'451-["enter"]',
        b'451-["act",{"_placeholder":true,"num":0}]', b"4\xc3\xa9", b"44{}", b"b", b"bAAAA",
        b'4212345678901234567890["enter"]', b"4" + b"2" * 4000,
    ],
    ids=lambda message: repr(message[:24]),
)  # fmt: skip
def test_what_is_no_message_is_cut_off_or_passed_over(server, ana, message):
    async def say(line):
        line.frame(TEXT, message)
        try:
            return (await line.ask("enter", {"since": None}))["ok"]["seq"]
        except Exception:  # noqa: BLE001 - however it notices that the line is gone
            await line.cut()
            return "cut"

    assert told(server, ana, say) in (0, "cut")


@pytest.mark.parametrize(
    "data",
    [b"", b"\x04\x00", bytes(range(256)), b'42["enter",{"since":null}]'],
    ids=lambda data: f"{len(data)} bytes",
)
def test_binary_is_cut_off(server, ana, data):
    assert told(server, ana, lambda line: cut_after(line, (BINARY, data)))


def test_text_that_is_not_utf8_is_cut_off(server, ana):
    assert told(server, ana, lambda line: cut_after(line, (TEXT, b'42["\xff\xfe"]')))


def test_message_beyond_the_limit_is_cut_off(server, ana):
    huge = b'42["act","idea.post","operation-5",{"text":"' + b"y" * 70_000 + b'"}]'
    assert told(server, ana, lambda line: cut_after(line, (TEXT, huge)))


def test_message_beyond_the_limit_in_pieces_is_cut_off(server, ana):
    async def send(line):
        line.frame(TEXT, b'42["act","', last=False)
        for _ in range(20):
            line.frame(0, b"y" * 5_000, last=False)
        return await cut_after(line)

    assert told(server, ana, send)


def test_message_in_endless_crumbs_is_cut_off(server, ana):
    async def send(line):
        line.frame(TEXT, b"4", last=False)
        for _ in range(60):
            line.frame(0, b"", last=False)
        return await cut_after(line)

    assert told(server, ana, send)


def test_frame_that_promises_too_much_is_cut_off(server, ana):
    async def send(line):
        line.writer.write(bytes((0x81, 0xFF)) + (1 << 40).to_bytes(8) + b"\0\0\0\0" + b"y" * 1000)
        return await cut_after(line)

    assert told(server, ana, send)


def test_message_within_the_limit_in_pieces_is_read(server, ana):
    async def send(line):
        line.numbers = iter([7])
        line.asked[7] = answer = asyncio.get_running_loop().create_future()
        line.frame(TEXT, b'427["en', last=False)
        line.frame(PING, b"still there?")
        line.frame(0, b'ter",{"since":null}]')
        return await asyncio.wait_for(answer, 15)

    assert "ok" in told(server, ana, send)


def polled(server, query, body=None):
    """What the server answers to a phone whose network lets no WebSocket through."""
    address = f"{server.address}/socket.io/?EIO=4&transport=polling{query}"
    try:
        with urllib.request.urlopen(address, body, timeout=15) as reply:
            return reply.status, reply.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"42[" + b"[" * 5_000, 200),
        (b"d=4abc", 200),
        (b"x" * 70_000, 400),
        (b"\xff\xfe", 400),
        (b"9", 400),
        (b"4" + b"\x1e4" * 40, 400),
    ],
    ids=lambda value: repr(value)[:16],
)
def test_polling_with_what_is_no_message_is_cut_off_at_once(server, body, status):
    _, opened = polled(server, "")
    sid = json.loads(opened[1:])["sid"]
    assert polled(server, f"&sid={sid}", body)[0] == status
    assert polled(server, f"&sid={sid}", b"40{}") == (400, f'"Invalid session {sid}"')


def test_phone_that_floods_without_a_websocket_has_to_wait(server):
    sid = json.loads(polled(server, "")[1][1:])["sid"]
    many = b"\x1e".join([b'42["enter",{}]'] * 16)
    began = time.monotonic()
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: polled(server, f"&sid={sid}", many)[0], range(12)))

    assert answers == [200] * 12
    assert time.monotonic() - began > 1  # 192 packets: 100 at once, then 50 a second


def test_polling_as_nobody_is_refused(server):
    assert polled(server, "&sid=nobody")[0] == 400
    assert polled(server, "&sid=nobody", b"40{}")[0] == 400
    assert polled(server, "&sid=" + "x" * 9_000)[0] == 414
    _, opened = polled(server, "")
    sid = json.loads(opened[1:])["sid"]
    assert polled(server, f"&sid={sid}", b"40{}") == (200, "OK")
    assert "no ticket for the room" in polled(server, f"&sid={sid}")[1]


# ---- Who may come in -----------------------------------------------------------------------------


def sentence_at_the_door(server, who=None, **how):
    async def knock():
        with pytest.raises(Shut) as shut:
            await Line.open(server.port, who, **how)
        return str(shut.value)

    return story(knock())


def test_strangers_are_turned_away_with_a_sentence(server, ana):
    room = server.house.laid.rooms[0].uuid
    forged = ana.cookie[:-2] + ("AA" if not ana.cookie.endswith("AA") else "BB")
    other = server.house.laid.rooms[1]
    screen = server.house.lead(Role.PROJECTOR)
    screen = replace(screen, cookie=screen.cookie.replace("staff-", "screen-"))
    for who, auth in (
        (None, None),
        (None, {"page": "room", "room": room}),
        (None, {"page": "room", "room": room, "seat": ana.id}),
        (type(ana)(0, forged, "room", room), None),
        (type(ana)(0, "seat-0=x; staff-0=y", "room", room), None),
        (ana, {}),
        (ana, []),
        (ana, {"page": "lead", "room": room}),
        (ana, {"page": "screen", "room": room}),
        (ana, {"page": "desk", "room": server.house.laid.desk.uuid}),
        (ana, {"page": "room", "room": "no such room"}),
        (ana, {"page": "room", "room": None}),
        (ana, {"page": ["room"], "room": room}),
        (ana, {"page": "room", "room": {"uuid": room}}),
        (server.house.lead(), {"page": "desk", "room": server.house.laid.desk.uuid}),
        (server.house.lead(Role.PROJECTOR), {"page": "lead", "room": other.uuid}),
        (server.house.lead(), {"page": "lead", "room": server.house.laid.desk.uuid}),
        (server.house.lead(), {"page": "screen", "room": server.house.laid.desk.uuid}),
        (screen, {"page": "screen", "room": server.house.laid.desk.uuid}),
    ):
        sentence = sentence_at_the_door(server, who, auth=auth)
        assert sentence == "This page has no ticket for the room. Scan the code again."


def test_other_origins_are_turned_away(server, ana):
    for origin in ("https://evil.example", "null", f"http://localhost:{server.port}", "file://"):
        assert "400" in sentence_at_the_door(server, ana, origin=origin)


def test_our_own_origin_is_let_in(server, ana):
    async def enter():
        line = await Line.open(server.port, ana, origin=server.address)
        answer = await line.ask("enter", {"since": None})
        await line.close()
        return answer

    assert "ok" in story(enter())


def test_screen_reads_and_cannot_act(server):
    screen = server.house.lead(Role.PROJECTOR, page="screen")

    async def ask(line):
        return [
            await line.ask("enter", {"since": None}),
            await line.ask("act", "idea.post", "operation-6", GOOD),
            await line.ask("act", "room.move", "operation-7", {"to": 1}),
        ]

    entered, *acted = told(server, screen, ask)
    assert "ok" in entered
    assert [answer["code"] for answer in acted] == ["not_allowed"] * 2


# ---- One phone may not starve the others ---------------------------------------------------------


def test_flood_does_not_starve_others(server, ana):
    floods = [server.house.seat(f"Flood {n}") for n in range(5)]
    flood = b"".join(framed(TEXT, f'42{n}["what?"]'.encode()) for n in range(3_000))

    async def one_after_the_other(line):
        waits = []
        for _ in range(30):
            start = time.monotonic()
            assert "ok" in await line.ask("enter", {"since": 0})
            waits.append(time.monotonic() - start)
            await asyncio.sleep(0.03)
        return median(waits)

    async def compare():
        line = await Line.open(server.port, ana)
        calm = await one_after_the_other(line)
        flooding = [await Line.open(server.port, one) for one in floods]
        start = time.monotonic()
        for one in flooding:
            one.writer.write(flood)
        await asyncio.sleep(0.2)
        beside = await one_after_the_other(line)
        answered = sum(len(one.answered) for one in flooding)
        for one in [line, *flooding]:
            one.writer.transport.abort()
            await one.close()
        return calm, beside, answered / len(floods), time.monotonic() - start

    calm, beside, answered, seconds = story(compare())
    assert beside < SLOWER * calm
    # What a phone may say at once, and each second.
    assert 100 <= answered <= 100 + 50 * (seconds + 1)


def test_pings_in_a_flood_are_answered_in_their_turn(server, ana):
    async def flood(line):
        line.writer.write(b"".join(framed(PING, b"x") for _ in range(150)))
        return await line.ask("enter", {"since": None}), line.pongs

    entered, pongs = told(server, ana, flood)
    assert "ok" in entered
    assert pongs == 150


# ---- Stopping ------------------------------------------------------------------------------------


def test_server_stops_gracefully(tmp_path):
    server = Server(tmp_path, worker=True)
    with House(server) as house, running(server):

        async def stop():
            line = await Line.open(server.port, house.seat())
            await line.ask("enter", {"since": None})
            code = await asyncio.to_thread(server.stop)
            await line.cut()
            await line.close()
            return code

        assert story(stop()) == 0
    assert "Traceback" not in server.log
