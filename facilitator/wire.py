"""WebSocket frames under Engine.IO: telling a whole room at once, and the guard on what comes in.

Engine.IO hands each packet to a queue and a greenthread for every phone; most of the cost of
telling a room is in waking those up. A phone that has nothing waiting gets the bytes directly;
one that has, or whose socket is full, gets them through its queue, in order.

Coming in, one phone may not starve the others: every frame costs a token of its budget, control
frames and fragments too, and a phone without tokens is not read from until it has one again.

The only file that knows the insides of Engine.IO and of eventlet's WebSockets.
"""

from __future__ import annotations

import logging
import socket
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import eventlet
from engineio import exceptions as engine_exceptions
from engineio import packet as engine_packet
from engineio import socket as engine_socket
from engineio.async_drivers.eventlet import WebSocketWSGI
from eventlet.websocket import FailedConnectionError, RFC6455WebSocket
from flask_socketio import SocketIO
from socketio import packet

log = logging.getLogger(__name__)

#: Frames a second one phone may send, and how many at once.
FRAMES, BURST = 50, 100
#: Seconds that a phone without a WebSocket may be in debt, with all that it sends side by side.
PATIENCE = 5.0
#: Bytes and fragments of one message.
MESSAGE, FRAGMENTS = 64 * 1024, 32
#: Packets that may wait for a phone that does not read.
WAITING = 400

#: Events that the library makes itself, and its name for all others; a phone that sends them would
#: run their handlers.
RESERVED = frozenset({"connect", "disconnect", "connect_error", "*"})


class Line(WebSocketWSGI):  # type: ignore[misc]
    """A WebSocket that its Engine.IO socket can find, and that reads no faster than is fair."""

    def __init__(self, handler: Any, server: Any) -> None:
        def answered(line: Any) -> Any:
            handler.__self__.line = line
            guard(line)
            return handler(line)

        super().__init__(answered, server)


class Phone(engine_socket.Socket):  # type: ignore[misc]
    """Engine.IO's side of a phone, which nobody waits for."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.budget = Budget()

    def receive(self, pkt: Any) -> None:
        """Take a packet; what comes without a WebSocket costs as much as a frame."""
        if not self.upgraded:
            eventlet.sleep(min(wait := self.budget.spend(), PATIENCE))
            if wait > PATIENCE or self.closed:
                raise engine_exceptions.EngineIOError("This phone asks for too much.")
        super().receive(pkt)

    def close(self, wait: bool = True, abort: bool = False, reason: Any = None) -> None:  # noqa: ARG002, FBT001, FBT002
        """Close; a phone that never reads again would keep whoever waits for it for ever."""
        super().close(wait=False, abort=abort, reason=reason)

    def handle_post_request(self, environ: dict[str, Any]) -> None:
        """Read what is sent without a WebSocket; cut off what is no text."""
        try:
            super().handle_post_request(environ)
        except ValueError as error:
            raise engine_exceptions.EngineIOError(str(error)) from None


class Text(packet.Packet):  # type: ignore[misc]
    """A message without binary parts, which need not be searched for."""

    uses_binary_events = False


def install(socketio: SocketIO) -> None:
    """Let Engine.IO use our WebSockets, and Socket.IO our messages."""
    server = socketio.server
    server.packet_class = Text
    server.eio._async = {**server.eio._async, "websocket": Line}
    engine_socket.Socket = Phone
    RFC6455WebSocket._apply_mask = staticmethod(unmask)
    _refuse_what_no_page_sends(server)


# ---- Coming in ----------------------------------------------------------------------------------


@dataclass
class Budget:
    """Tokens that come back with time."""

    tokens: float = BURST
    at: float = field(default_factory=time.monotonic)

    def spend(self) -> float:
        """Take a token; the answer is how many seconds to wait for it."""
        moment = time.monotonic()
        self.tokens = min(BURST, self.tokens + (moment - self.at) * FRAMES) - 1
        self.at = moment
        return max(0.0, -self.tokens / FRAMES)


def guard(line: Any) -> None:
    """Read frames within a budget, and messages within a size."""
    budget, read = Budget(), line._recv_frame

    def read_fairly(message: Any = None) -> Any:
        # At least once a frame the others have their turn: the reader itself never yields while
        # bytes are there.
        eventlet.sleep(budget.spend())
        message = read(message)
        message.frames = getattr(message, "frames", 0) + 1
        if message.frames > FRAGMENTS or sum(map(len, message.data)) > MESSAGE:
            raise FailedConnectionError(1009, "This message is too long.")
        return message

    line._recv_frame = read_fairly


def unmask(data: bytes, mask: tuple[int, ...], length: int | None = None, offset: int = 0) -> bytes:
    """Undo the mask of a client's frame (RFC 6455, 5.3), as one long number: 60 times faster."""
    size = len(data) if length is None else length
    key = bytes(mask[(offset + i) % 4] for i in range(4))
    stream = (key * (size // 4 + 1))[:size]
    return (int.from_bytes(data) ^ int.from_bytes(stream)).to_bytes(size)


def _refuse_what_no_page_sends(server: Any) -> None:
    """Answer reserved and unreadable names as unknown events; cut off what is no message at all."""
    handle_event, handle_message = server._handle_event, server._handle_eio_message

    def event(phone: str, namespace: str | None, number: int | None, data: Any) -> None:
        named = isinstance(data, list) and data and isinstance(data[0], str)
        if not named or data[0] in RESERVED:
            data = ["unknown"]
        handle_event(phone, namespace, number, data)

    def message(phone: str, data: Any) -> None:
        try:
            if not isinstance(data, str) or data[:1] not in ("0", "1", "2", "3"):
                raise ValueError("no page of ours sends this")
            handle_message(phone, data)
        except Exception as error:  # noqa: BLE001 - the library raises whatever it stumbles over
            log.info("A phone sent what is no message (%s).", type(error).__name__)
            server.eio.disconnect(phone)

    server._handle_event = event
    # Engine.IO was given the bound method, not its name.
    server._handle_eio_message = message
    server.eio.on("message", message)


def drop_the_deaf(socketio: SocketIO) -> None:
    """Cut off phones that have not read for long: what waits for them is memory of everybody's."""
    for phone in list(socketio.server.eio.sockets.values()):
        if phone.queue.qsize() > WAITING and not phone.closed:
            log.info("A phone that does not read was cut off.")
            phone.close(wait=False, abort=True)
            phone.queue.queue.clear()
            phone.queue.put(None)
            line = getattr(phone, "line", None)
            if line is not None:
                _hang_up(line)


def _hang_up(line: Any) -> None:
    """Wake the writer that is blocked, and the reader."""
    with suppress(OSError):  # it was gone already
        line.socket.shutdown(socket.SHUT_RDWR)


# ---- Going out ----------------------------------------------------------------------------------


def broadcast(socketio: SocketIO, event: str, data: Any, room: str) -> None:
    """Send one event to all of a room."""
    server = socketio.server
    text = server.packet_class(packet.EVENT, namespace="/", data=[event, data]).encode()
    shared = engine_packet.Packet(engine_packet.MESSAGE, text)
    frame = text_frame(shared.encode())
    for _, phone_id in list(server.manager.get_participants("/", room)):
        phone = server.eio.sockets.get(phone_id)
        if phone and not phone.closed and not send_now(phone, frame):
            phone.send(shared)


def send_now(phone: Any, frame: bytes) -> bool:
    """Give the bytes to the kernel, unless something else has to go first."""
    line = getattr(phone, "line", None)
    if line is None or phone.upgrading or not phone.upgraded:
        return False
    if not phone.queue.empty() or line._sendlock.locked():
        return False
    try:
        sent = line.socket.fd.send(frame)
    except BlockingIOError:
        return False
    except OSError:  # gone; its reader will notice
        return True
    if sent < len(frame):
        line._sendlock.acquire()  # free, as seen above: nothing has yielded since
        eventlet.spawn(send_rest, line, frame[sent:])
    return True


def send_rest(line: Any, rest: bytes) -> None:
    """End a frame for which the kernel had no room."""
    try:
        line.socket.sendall(rest)
    except OSError:
        pass  # gone; its reader will notice
    finally:
        line._sendlock.release()


def text_frame(text: str) -> bytes:
    """A server's unmasked text message in one frame (RFC 6455, 5.2)."""
    payload = text.encode()
    size = len(payload)
    if size < 126:
        return bytes((0x81, size)) + payload
    if size < 1 << 16:
        return b"\x81\x7e" + size.to_bytes(2) + payload
    return b"\x81\x7f" + size.to_bytes(8) + payload
