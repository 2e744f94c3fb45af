"""The process: eventlet, its limits, its shutdown."""

# ruff: noqa: E402 - nothing may be imported before the standard library is patched
import warnings

# It says so at every import; docs/decisions/ says what we do about it.
warnings.filterwarnings("ignore", message="\nEventlet is deprecated")

import eventlet

eventlet.monkey_patch()

import gc
import logging
import os
import resource
import signal
import socket
import sys
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import eventlet.tpool
import eventlet.wsgi
from eventlet.green import subprocess
from flask import Flask
from sqlalchemy.orm import configure_mappers

from facilitator import create_app, events, migrations, tasks, wire
from facilitator.events import socketio

log = logging.getLogger(__name__)

#: Connections of one process; eventlet's own limit is 1,024, and the next ones hang.
CONNECTIONS = 20_000
#: Seconds an HTTP client may be silent; Engine.IO sets its own limit on WebSockets.
SILENCE = 15
#: Headers of what is not to be shown.
NO_PAGE = [
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ("X-Content-Type-Options", "nosniff"),
]
#: Seconds after SIGTERM for what is under way.
GRACE = 5


def listen(host: str, port: int, *, share_port: bool = False) -> Any:
    """Take the port. Two processes on one port by accident would each serve half of a room."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = eventlet.listen((host, port), family, backlog=2048, reuse_port=share_port)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # connections inherit it
    return listener


def serve(
    listener: Any, *, worker: bool = True, ready: Callable[[Flask], None] = lambda _: None
) -> None:
    """Serve until SIGTERM or Ctrl-C, then finish what is under way.

    `worker` starts the process for long work beside this one; `ready` is called, in a context of
    the app, once people can come in.
    """
    files = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))
    app = create_app(ASYNC_MODE="eventlet")
    app.extensions["writer"].aside = eventlet.tpool.execute
    with app.app_context():
        migrations.prepare()
    wire.install(socketio)
    events.ticker.send = partial(wire.broadcast, socketio)
    tasks.start(app)
    socketio.start_background_task(events.repeat, app, partial(wire.drop_the_deaf, socketio), 1)
    connections = eventlet.GreenPool(CONNECTIONS)
    limits = {"custom_pool": connections, "socket_timeout": SILENCE}
    quiet = {"log_output": False, "log": logging.getLogger("wsgi"), "debug": False}
    configure_mappers()
    gc.collect()
    gc.freeze()  # all this is for ever: a full collection need not look at it each time
    gc.set_threshold(50_000, 20, 100)  # phones come in their hundreds, and stay
    asked = _signals()
    door = eventlet.spawn(eventlet.wsgi.server, Door(listener), plain(app), **limits, **quiet)
    helper = eventlet.spawn(_keep_worker) if worker else None
    with app.app_context():
        ready(app)
    while not asked:  # a signal wakes no greenthread by itself
        eventlet.sleep(0.1)
    door.kill()
    listener.close()
    if helper:
        helper.kill()
    _finish(connections)


class Door:
    """A listener that one failed arrival does not close.

    eventlet's server takes an error of accept(), as of a process with no file to spare, for the
    end: it would let nobody in again, wait for all who are in, and say nothing.
    """

    def __init__(self, listener: Any) -> None:
        self._listener = listener

    def __getattr__(self, name: str) -> Any:
        return getattr(self._listener, name)

    def accept(self) -> Any:
        """Who comes next: their socket and address; OSError only if the listener is closed."""
        while True:
            try:
                return self._listener.accept()
            except OSError as error:
                if self._listener.fileno() == -1:
                    raise
                log.warning("Somebody could not be let in: %s", error.strerror)
                eventlet.sleep(0.1)  # what is short now may be given back soon


def plain(app: Flask) -> Callable[..., Iterable[bytes]]:
    """Take no offer of permessage-deflate: it costs 90 kB a phone, and compresses for each anew.

    What Engine.IO answers by itself never passes Flask, so it is told here to be no page.
    """

    def without_extensions(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
        if not environ["PATH_INFO"].startswith("/socket.io/"):
            return app(environ, start_response)

        def hardened(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            return start_response(status, [*headers, *NO_PAGE], *more)

        return app(environ, hardened)

    return without_extensions


def _signals() -> list[int]:
    """A list that is empty until we are asked to stop."""
    asked: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, _: asked.append(number))
    return asked


def _keep_worker() -> None:
    """Keep the worker alive: what it works on may kill it."""
    command = [sys.executable, "-m", "facilitator.worker", "--with-parent", str(os.getpid())]
    while True:
        worker = subprocess.Popen(command)
        try:
            code = worker.wait()
        finally:
            if worker.poll() is None:
                worker.terminate()
        log.warning("The worker ended with code %s; starting another.", code)
        eventlet.sleep(1)


def _finish(connections: eventlet.GreenPool) -> None:
    """Let each phone have its last answer, then say goodbye."""
    with eventlet.Timeout(GRACE, exception=False):
        for phone in list(socketio.server.eio.sockets.values()):
            phone.close(wait=False)
        connections.waitall()
