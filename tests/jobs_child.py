"""A child that does jobs, with some that go wrong in every way; tests run it as the worker does."""

import os
import signal
import sys
import time
from pathlib import Path

from facilitator.actions import Refused
from facilitator.worker import running
from facilitator.worker.jobs import JOBS


def add(job, progress):
    progress(50)
    time.sleep(job.payload.get("seconds", 0))
    return {"sum": sum(job.payload["numbers"])}


def sleep(job, progress):
    progress(10)
    time.sleep(1.2)
    progress(20)
    time.sleep(60)


def die(job, progress):
    with Path(job.payload["path"]).open("a") as file:
        file.write("tried\n")
    os.kill(os.getpid(), signal.SIGKILL)


def die_once(job, progress):
    path = Path(job.payload["path"])
    if not path.exists():
        die(job, progress)
    return {"tries": job.tries}


def eat(job, progress):
    return {"length": len(bytearray(8 << 30))}


def refuse(job, progress):
    raise Refused("There is nothing to print yet.")


def stumble(job, progress):
    sys.stdout.write("this must not disturb the answer\n")
    return {"quotient": 1 / 0}


if __name__ == "__main__":
    JOBS.update(
        add=add, sleep=sleep, die=die, die_once=die_once, eat=eat, refuse=refuse, stumble=stumble
    )
    running.main()
