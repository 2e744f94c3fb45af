"""Our own tasks, which act in the role of the clock: telling, counting, surveying, clearing up."""

from __future__ import annotations

from flask import Flask

from facilitator import events
from facilitator.consolidation import desk
from facilitator.events import repeat, socketio
from facilitator.rooms import ballots, sockets

#: Seconds between two looks of the desk at the rooms.
SURVEY = 1.0
#: Seconds between two looks at who listens and no longer may.
TURN_OUT = 3.0


def start(app: Flask) -> None:
    """Start the tasks of this process. Several processes may do the same: the work is done once."""
    events.start(app)
    socketio.start_background_task(ballots.counter, app)
    socketio.start_background_task(repeat, app, desk.survey_due, SURVEY)
    socketio.start_background_task(repeat, app, sockets.turn_out, TURN_OUT)
