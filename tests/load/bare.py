"""The yardstick: Flask-SocketIO's own broadcast of recorded frames at their recorded times.

python -m tests.load.bare PORT FRAMES, where FRAMES is a file of [[seconds, frame], …].
"""

import warnings

warnings.filterwarnings("ignore", message="\nEventlet is deprecated")

import eventlet

eventlet.monkey_patch()

import json
import sys
import time
from pathlib import Path

import eventlet.wsgi
from flask import Flask
from flask_socketio import SocketIO, join_room

app = Flask(__name__)
socketio = SocketIO(app, async_mode="eventlet", transports=["websocket"])
frames = json.loads(Path(sys.argv[2]).read_text())


@socketio.on("connect")
def connect(_=None):
    join_room("hall")


@socketio.on("go")
def go():
    socketio.start_background_task(replay)
    return True


def replay():
    began = time.monotonic()
    for at, frame in frames:
        eventlet.sleep(max(0, at - (time.monotonic() - began)))
        socketio.emit("news", frame, to="hall")


def without_compression(environ, start_response):
    environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
    return app(environ, start_response)


@app.get("/healthz")
def healthz():
    return {"ok": True}


listener = eventlet.listen(("127.0.0.1", int(sys.argv[1])), backlog=2048)
eventlet.wsgi.server(listener, without_compression, log_output=False, max_size=20_000)
