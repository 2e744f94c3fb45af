"""python -m facilitator.worker: do the long work until told to stop."""

from __future__ import annotations

import argparse
import logging
import os
import signal
import threading
from collections.abc import Callable

from flask import Flask

from facilitator import create_app
from facilitator.worker.children import Child
from facilitator.worker.drafts import Reader
from facilitator.worker.jobs import Runner

log = logging.getLogger(__name__)

#: Seconds between two looks at what there is to do, and after a look that failed.
LOOK, PAUSE = 0.25, 2.0
#: Seconds for what is under way when told to stop.
GRACE = 1.5


def main() -> None:
    """Work until SIGTERM or Ctrl-C, or until the parent is gone."""
    parser = argparse.ArgumentParser(prog="facilitator.worker", description=__doc__)
    parser.add_argument("--with-parent", type=int, metavar="PID", help="end when this process ends")
    parent = parser.parse_args().with_parent
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s: %(message)s")
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    app = create_app(ASYNC_MODE="threading")
    threads = start(app, stop)
    while not stop.wait(0.5):
        if parent is not None and os.getppid() != parent:
            stop.set()
    for thread in threads:
        thread.join(GRACE / len(threads))
    # A thread that waits for a disk or a lock may wait for long; nothing of its work is half done.
    logging.shutdown()
    os._exit(0)


def start(app: Flask, stop: threading.Event) -> list[threading.Thread]:
    """Read drafts and do jobs, side by side, until `stop` is set."""
    reader, runner = Reader(), Runner(stop.is_set)
    work: list[tuple[Callable[[], None], Child]] = [
        (reader.round, reader.child),
        (runner.round, runner.child),
    ]
    threads = [
        threading.Thread(target=_repeat, args=[app, stop, *each], daemon=True) for each in work
    ]
    for thread in threads:
        thread.start()
    return threads


def _repeat(app: Flask, stop: threading.Event, work: Callable[[], None], child: Child) -> None:
    pause = LOOK
    while not stop.wait(pause):
        try:
            with app.app_context():
                work()
            pause = LOOK
        except Exception:
            log.exception("Something was not done; it will be tried again.")
            pause = PAUSE
    child.stop()


if __name__ == "__main__":
    main()
