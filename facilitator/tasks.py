"""Our own tasks, which act in the role of the clock: telling, counting, surveying, clearing up."""

from __future__ import annotations

from flask import Flask

from facilitator import events
from facilitator.consolidation import desk
from facilitator.events import repeat, socketio, ticker
from facilitator.rooms import (
    ballots,
    board,
    carets,
    parking,
    shredding,
    sockets,
    statements,
    watch,
    whereabouts,
    withdrawing,
)

#: Seconds between two looks at what was closed.
SHRED = 1.0
#: Seconds between two looks of the desk at the rooms.
SURVEY = 1.0
#: Seconds between two rounds of what rooms send each other.
DELIVERY = 1.0
#: Seconds between two looks at who listens and no longer may.
TURN_OUT = 3.0
#: Seconds between two looks at what was taken back some minutes ago.
SWEEP = 30.0
#: Seconds between two looks at the rooms whose time may be over.
GO_ON = 0.5
#: Seconds between two counts of the rooms that somebody leads; and of who is connected.
WATCH, PRESENCE = 2.0, 4.0
#: Seconds between two looks at which walls are connected.
WALLS = 2.0
#: Seconds between two looks at who has stopped writing without a word.
HERE = 10.0


def start(app: Flask) -> None:
    """Start the tasks of this process. Several processes may do the same: the work is done once."""
    events.start(app)
    for box in (ballots, statements):
        socketio.start_background_task(repeat, app, box.count_due, box.PACE, box.due)
    socketio.start_background_task(repeat, app, shredding.Shredder().shred_due, SHRED)
    socketio.start_background_task(repeat, app, desk.survey_due, SURVEY)
    socketio.start_background_task(repeat, app, parking.deliver_due, DELIVERY)
    socketio.start_background_task(repeat, app, sockets.turn_out, TURN_OUT)
    socketio.start_background_task(repeat, app, withdrawing.sweep_due, SWEEP)
    socketio.start_background_task(repeat, app, board.go_on_due, GO_ON)
    socketio.start_background_task(repeat, app, watch_rooms, WATCH)
    socketio.start_background_task(repeat, app, note_presence, PRESENCE)
    socketio.start_background_task(repeat, app, sockets.note_walls, WALLS)
    socketio.start_background_task(repeat, app, whereabouts.whereabouts.sweep, HERE)
    socketio.start_background_task(repeat, app, carets.carets.sweep, HERE)


def watch_rooms() -> None:
    """Count in the rooms that are led from this process."""
    watch.watch_due(ticker.followed("lead"))


def note_presence() -> None:
    """Note how many are connected with this process."""
    watch.note_presence(sockets.seats_here())
