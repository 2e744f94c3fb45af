"""Children that may be killed: ask one something, and get its answer by a deadline or not at all.

A question and an answer are frames on a pipe: a JSON face and some bytes.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import select
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any, BinaryIO

Face = dict[str, Any]

#: Seconds between two looks at whether to go on waiting.
TICK = 0.25
#: Bytes of a frame: beyond this something has gone wrong.
LARGEST = 1 << 30

PR_SET_PDEATHSIG = 1


class Lost(Exception):
    """A child did not answer: it died, or was killed because it took too long."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Late(Lost):
    """A child took too long."""


class Child:
    """A process that answers questions, one at a time; started at the first, and after a loss."""

    def __init__(self, module: str) -> None:
        self.command = [sys.executable, "-m", module]
        self.process: subprocess.Popen[bytes] | None = None

    def ask(
        self,
        face: Face,
        parts: list[bytes] | None = None,
        *,
        seconds: float,
        meanwhile: Callable[[Face | None], None] = lambda _: None,
    ) -> tuple[Face, list[bytes]]:
        """Ask, and wait for the answer; raises Lost.

        `meanwhile` is called every so often, with what the child says of its progress or with None;
        if it raises, the child is killed.
        """
        process = self._running()
        deadline = time.monotonic() + seconds
        try:
            _send(process, frame(face, parts or []), deadline)
            while True:
                answer, rest = _receive(process, deadline, meanwhile)
                if "progress" not in answer:
                    return answer, rest
                meanwhile(answer)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """End the process, whatever it does."""
        process, self.process = self.process, None
        if process:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe:
                    pipe.close()

    def _running(self) -> subprocess.Popen[bytes]:
        if self.process is None or self.process.poll() is not None:
            self.stop()
            pipe = subprocess.PIPE
            self.process = subprocess.Popen(  # noqa: S603 - our own module
                self.command, stdin=pipe, stdout=pipe, bufsize=0
            )
            assert self.process.stdin  # noqa: S101 - for the type checker: it is a pipe
            os.set_blocking(self.process.stdin.fileno(), False)
        return self.process


def frame(face: Face, parts: list[bytes]) -> bytes:
    """A face and its parts as bytes."""
    head = json.dumps({"face": face, "sizes": [len(part) for part in parts]}).encode()
    return struct.pack(">I", len(head)) + head + b"".join(parts)


def _send(process: subprocess.Popen[bytes], data: bytes, deadline: float) -> None:
    pipe = process.stdin
    assert pipe  # noqa: S101 - for the type checker
    rest = memoryview(data)
    while rest:
        _, ready, _ = select.select([], [pipe], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            raise Late("It took too long.")
        try:
            rest = rest[os.write(pipe.fileno(), rest[: 1 << 16]) :]
        except BlockingIOError:
            continue
        except OSError:
            raise Lost(_how(process)) from None


def _receive(
    process: subprocess.Popen[bytes], deadline: float, meanwhile: Callable[[Face | None], None]
) -> tuple[Face, list[bytes]]:
    pipe = process.stdout
    assert pipe  # noqa: S101 - for the type checker

    def take(size: int) -> bytes:
        data = bytearray()
        while len(data) < size:
            left = deadline - time.monotonic()
            if left <= 0:
                raise Late("It took too long.")
            if not select.select([pipe], [], [], min(left, TICK))[0]:
                meanwhile(None)
                continue
            some = os.read(pipe.fileno(), min(size - len(data), 1 << 20))
            if not some:
                raise Lost(_how(process))
            data += some
        return bytes(data)

    return _parse(take)


def _parse(take: Callable[[int], bytes]) -> tuple[Face, list[bytes]]:
    size = struct.unpack(">I", take(4))[0]
    if size > LARGEST:
        raise Lost("It did not answer in our words.")
    head = json.loads(take(size))
    return head["face"], [take(length) for length in head["sizes"]]


def _how(process: subprocess.Popen[bytes]) -> str:
    """Why a process ended."""
    try:
        code = process.wait(timeout=1)
    except subprocess.TimeoutExpired:
        return "It closed its pipe."
    if code < 0:
        return f"It was ended by {signal.Signals(-code).name}."
    return f"It ended with code {code}."


# ---- The child's side ----------------------------------------------------------------------------

Answer = Callable[[Face, list[bytes]], tuple[Face, list[bytes]]]


def confine(memory: int) -> None:
    """Let this process end with its parent, and hold at most `memory` bytes."""
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    most = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent to act on


def serve(answer: Answer) -> None:
    """Answer questions until there are no more. What goes wrong is told, not raised."""
    asked, told = voice()
    while True:
        try:
            face, parts = _parse(lambda size: _exactly(asked, size))
        except EOFError:
            return
        try:
            told(*answer(face, parts))
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # noqa: BLE001 - the library's panics are no Exceptions
            told({"error": f"{type(error).__name__}: {error}"[:500]}, [])


_told: list[Callable[[Face, list[bytes]], None]] = []


def voice() -> tuple[BinaryIO, Callable[[Face, list[bytes]], None]]:
    """Where questions come from and where answers go; what others print goes to the log."""
    asked = os.fdopen(os.dup(0), "rb")
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)

    def told(face: Face, parts: list[bytes]) -> None:
        out.write(frame(face, parts))
        out.flush()

    _told[:] = [told]
    return asked, told


def tell_progress(hundredths: int) -> None:
    """Tell the parent how much is done, from within an answer."""
    for told in _told:
        told({"progress": hundredths}, [])


def _exactly(pipe: BinaryIO, size: int) -> bytes:
    data = pipe.read(size)
    if len(data) < size:
        raise EOFError
    return data
