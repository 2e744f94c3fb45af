"""The demonstration: the sample forum, served, with simulated people at work in it.

Server and people are processes of their own, and speak with each other as browsers do. What is
shown is shown by the product: this only starts it, and looks at what comes out.
"""

from __future__ import annotations

import json
import os
import secrets
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from facilitator.config import reachable, settings
from facilitator.demo.outcome import Outcome, look_at
from facilitator.scenarios import SAMPLE

#: Participants of a whole forum: enough for each group to be one.
FEWEST = 24
#: Seconds for one meeting, for one command, for the server to come up, and for anything to end.
FOREVER, LONG, UP, END = 170, 90, 60, 15
#: Ports that are tried, one after the other.
PORTS = 50

FORMATS = ("pdf", "docx", "odt", "epub", "html", "md", "json")


class Unsuccessful(Exception):
    """The demonstration did not work; the text says what."""


def live(participants: int, host: str, port: int, scenario: str = SAMPLE) -> int:
    """Serve the sample forum with people at work in it, until Ctrl-C."""
    chosen = settings()
    public = chosen.public_url
    # Nobody simulated ever joins a forum of yours.
    environ = {**os.environ, "DATA_DIR": str(chosen.data_dir / "demo")}
    environ.pop("DATABASE_URL", None)
    environ.pop("REDIS_URL", None)
    with _until_told() as told, ExitStack() as stack:
        port = _free_port(host, port)
        base = public or f"http://{reachable(host)}:{port}"
        try:
            links = _found(base, environ, scenario)
            server = stack.enter_context(_serving(host, port, environ))
            near = _up(server, host, port, told)
            _show(links)
            people = stack.enter_context(_people(near, links, participants))
            while not told.wait(0.3):
                if server.poll() is not None:
                    raise Unsuccessful("The server has ended by itself.")
                if people.poll() not in (None, 0):
                    raise Unsuccessful("The simulated people have gone home early.")
        except Unsuccessful as error:
            if not told.is_set():
                print(f"Error: {error}", file=sys.stderr)
                return 1
    return 0


def rehearsing(base: str, links: Mapping[str, Any], participants: int, minutes: float) -> int:
    """Let simulated people take part in the rooms of a forum for some minutes."""
    with _until_told() as told, _people(base, links, participants, minutes=minutes) as people:
        while people.poll() is None and not told.wait(0.2):
            pass
        return people.poll() or 0


def once(participants: int, port: int, out: Path, scenario: str = SAMPLE) -> int:
    """Run a whole forum, from the first join to its final files, as fast as it goes."""
    began = time.monotonic()
    out.mkdir(parents=True, exist_ok=True)  # rather now than after the whole forum
    with _until_told() as told, tempfile.TemporaryDirectory(prefix="facilitator-") as folder:
        try:
            free = _free_port("127.0.0.1", port)
            outcome = _run(scenario, participants, free, Path(folder), out, told)
        except Unsuccessful as error:
            print(f"Error: {error}", file=sys.stderr)
            return 1
    for line in outcome.lines(time.monotonic() - began):
        print(line)
    for path in outcome.files:
        print(path)
    return 0


def _run(  # noqa: PLR0917 - what is asked for, and where it happens
    scenario: str, participants: int, port: int, folder: Path, out: Path, told: threading.Event
) -> Outcome:
    """A forum on data of its own."""
    host = "127.0.0.1"
    ours = {"DATA_DIR": str(folder), "SECRET_KEY": secrets.token_urlsafe()}
    others = ("DATABASE_URL", "REDIS_URL", "PUBLIC_URL", "HOST", "PORT")
    environ = {name: value for name, value in os.environ.items() if name not in others} | ours
    settings(environ)
    links = _found(f"http://{host}:{port}", environ, scenario)
    with ExitStack() as stack:
        stack.enter_context(_minding(folder / "server.log"))
        log = stack.enter_context((folder / "server.log").open("wb"))
        server = stack.enter_context(_serving(host, port, environ, log))
        near = _up(server, host, port, told)
        people = stack.enter_context(_people(near, links, participants, fast=True))
        figures = _figures(people, server, told, FOREVER * len(links["sittings"]))
    _command(environ, "seal", links["id"], "--out", str(out))
    try:
        return look_at(out, FORMATS, figures)
    except (OSError, ValueError) as error:
        raise Unsuccessful(f"The files are not what they should be: {error}") from error


@contextmanager
def _minding(log: Path) -> Iterator[None]:
    """Show what the server has written if something goes wrong, and take its errors for that."""
    try:
        yield
        if "Traceback" in log.read_text("utf-8", "replace"):
            raise Unsuccessful("The forum was done, but the server stumbled on the way.")
    except Unsuccessful:
        print(log.read_text("utf-8", "replace")[-4000:], file=sys.stderr)
        raise


def _figures(
    people: subprocess.Popen[str],
    server: subprocess.Popen[Any],
    told: threading.Event,
    seconds: float,
) -> dict[str, int]:
    """What the people say once they are done."""
    end = time.monotonic() + seconds
    while people.poll() is None:
        if told.wait(0.2):
            raise Unsuccessful("It was stopped.")
        if server.poll() is not None:
            raise Unsuccessful("The server has ended by itself.")
        if time.monotonic() > end:
            raise Unsuccessful(f"The forum was not done in {seconds:.0f} seconds.")
    said, wrong = people.communicate()
    if people.returncode or not said.strip():
        raise Unsuccessful(f"The simulated people did not finish. {wrong.strip()[-2000:]}")
    figures: dict[str, int] = json.loads(said.splitlines()[-1])
    return figures


# ---- Processes -----------------------------------------------------------------------------------


@contextmanager
def _until_told() -> Iterator[threading.Event]:
    """An event that is set by Ctrl-C and by SIGTERM."""
    told = threading.Event()
    numbers = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]
    before = [signal.signal(number, lambda *_: told.set()) for number in numbers]
    try:
        yield told
    finally:
        for number, action in zip(numbers, before, strict=True):
            signal.signal(number, action)


@contextmanager
def _running(
    module: str, *arguments: str, environ: Mapping[str, str] = os.environ, **how: Any
) -> Iterator[subprocess.Popen[Any]]:
    """One of our modules in a process that ends with this block.

    It is in a session of its own: Ctrl-C comes to us, and we end it in our order.
    """
    command = [sys.executable, "-m", module, *arguments]
    process = subprocess.Popen(command, env=environ, start_new_session=True, **how)  # noqa: S603
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(END)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for pipe in (process.stdin, process.stdout, process.stderr):
            if pipe:
                pipe.close()


def _serving(host: str, port: int, environ: Mapping[str, str], log: Any = None) -> Any:
    quiet: dict[str, Any] = {"stdout": log or subprocess.DEVNULL, "stderr": log}
    arguments = ("serve", "--host", host, "--port", str(port))
    return _running("facilitator", *arguments, environ=environ, stdin=subprocess.DEVNULL, **quiet)


@contextmanager
def _people(
    base: str,
    links: Mapping[str, Any],
    participants: int,
    *,
    fast: bool = False,
    minutes: float | None = None,
) -> Iterator[subprocess.Popen[str]]:
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} if fast else {}
    arguments = ["--base", base, "--participants", str(participants), *["--fast"] * fast]
    arguments += ["--minutes", str(minutes)] if minutes else []
    how: dict[str, Any] = {"stdin": subprocess.PIPE, "text": True, **pipes}
    with _running("facilitator.demo.people", *arguments, **how) as people:
        assert people.stdin  # noqa: S101 - for the type checker: it is a pipe
        # It stays open: when it is closed, the people know that we are gone.
        people.stdin.write(json.dumps(links) + "\n")
        people.stdin.flush()
        yield people


def _command(environ: Mapping[str, str], *arguments: str, module: str = "facilitator") -> str:
    """What one of our commands says; raises Unsuccessful with its error."""
    command = [sys.executable, "-m", module, *arguments]
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            command, env=environ, capture_output=True, text=True, check=False, timeout=LONG
        )
    except subprocess.TimeoutExpired:
        raise Unsuccessful(f"“{arguments[0]}” was not done in {LONG} seconds.") from None
    if done.returncode:
        raise Unsuccessful(done.stderr.strip().splitlines()[-1] if done.stderr else arguments[0])
    return done.stdout


def _found(base: str, environ: Mapping[str, str], scenario: str) -> dict[str, Any]:
    """The sample forum: how it is called, and its links."""
    links: dict[str, Any] = json.loads(
        _command(environ, base, scenario, module="facilitator.demo.founding").splitlines()[-1]
    )
    return links


# ---- The network ---------------------------------------------------------------------------------


def _free_port(host: str, wanted: int) -> int:
    """The port that is wanted, or the next on which nobody listens."""
    import socket  # noqa: PLC0415

    for port in range(wanted, min(wanted + PORTS, 1 << 16)):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    return wanted


def _up(server: subprocess.Popen[Any], host: str, port: int, told: threading.Event) -> str:
    """Wait until the server answers; gives its address, seen from here."""
    near = f"http://{'127.0.0.1' if host in ('0.0.0.0', '::') else host}:{port}"  # noqa: S104
    end = time.monotonic() + UP
    while server.poll() is None and time.monotonic() < end and not told.is_set():
        try:
            with urllib.request.urlopen(f"{near}/healthz", timeout=2):  # noqa: S310 - http
                return near
        except OSError:
            told.wait(0.1)
    raise Unsuccessful(f"The server does not answer at {near}.")


def _show(links: Mapping[str, Any], say: Callable[[str], None] = print) -> None:
    """Say how to come in."""
    from facilitator import qr  # noqa: PLC0415

    say(f"\n{links['title']} (a sample: everything said in it is invented)\n")
    say(f"  organiser    {links['organiser']}")
    say(f"  facilitator  {next(iter(links['facilitators'].values()))}")
    say(f"  projector    {links['projector']}")
    say(f"  join         {links['join']}")
    say(f"  code         {links['code']}\n")
    say(qr.terminal(links["join"]))
    say("Simulated people are at work in all rooms. Ctrl-C stops everything.\n")
