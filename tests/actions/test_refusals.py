"""For every action there is: strangers are refused, and so is what is not open now."""

import pytest

import facilitator.domain  # noqa: F401 - every action there is
from facilitator.access import ActorRef
from facilitator.actions import ACTIONS, Refused, perform
from facilitator.db import db, write
from facilitator.models import Phase, Role, Room, RoomKind
from tests import make
from tests.actions.stories import STORIES

STAFF = (Role.FACILITATOR, Role.ORGANISER, Role.PROJECTOR, Role.RAPPORTEUR, Role.OBSERVER)


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_strangers_are_refused(name, world):
    who, payload = STORIES[name](world)
    todo = ACTIONS[name]
    room = db.session.get(Room, who.ref.room_id)
    eve = write(lambda: make.seat(world.forum, "Eve", room, 0))
    grants = write(lambda: [make.grant(world.forum, role) for role in STAFF])
    others = {
        Role.GUEST: ActorRef(room.id),
        Role.CLOCK: ActorRef(room.id, role=Role.CLOCK),
        Role.PARTICIPANT: ActorRef(room.id, seat_id=eve.id),
        **{grant.role: ActorRef(room.id, grant_id=grant.id) for grant in grants},
    }
    before = world.lead.fresh(), world.organiser.fresh()

    for role, ref in others.items():
        if role not in todo.who:
            with pytest.raises(Refused) as refusal:
                perform(ref, name, "stranger-1", payload)
            # The desk is no room for those who lead rooms, or show them.
            kept = {"gone"} if room.sort is RoomKind.DESK else set()
            assert refusal.value.code in {"not_allowed", "closed", *kept}, role

    assert (world.lead.fresh(), world.organiser.fresh()) == before


def revoked(holder):
    holder.revoked = True
    return holder


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_people_of_elsewhere_are_refused(name, world):
    """Another forum's people, people of another room, and whose ticket was taken back."""
    who, payload = STORIES[name](world)
    room = db.session.get(Room, who.ref.room_id)
    todo = ACTIONS[name]
    stays_outside = Role.PARTICIPANT in todo.who and not todo.from_outside
    here, next_room = world.forum, world.forum.rooms[1]

    def others():
        elsewhere = make.forum(code="WWWWWW")
        next_door = make.grant(here, Role.FACILITATOR)
        next_door.room_id = next_room.id
        return [
            make.seat(elsewhere, "Eve", elsewhere.rooms[0], None),
            make.grant(elsewhere, Role.ORGANISER),
            revoked(make.seat(here, "Eve", room, None)),
            revoked(make.grant(here, Role.ORGANISER)),
            next_door,
            *([make.seat(here, "Ola", next_room, 0)] if stays_outside else []),
        ]

    for holder in write(others):
        ref = ActorRef(room.id, **{f"{holder.__tablename__}_id": holder.id})
        with pytest.raises(Refused):
            perform(ref, name, "stranger-2", payload)


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_what_is_not_open_now_is_refused(name, world):
    who, payload = STORIES[name](world)
    room = db.session.get(Room, who.ref.room_id)
    if room.sort is RoomKind.DESK:
        return  # it is always at work
    for phase in set(Phase) - set(ACTIONS[name].during):
        write(lambda phase=phase: setattr(db.session.get(Room, room.id), "phase", phase))
        with pytest.raises(Refused) as refusal:
            who.act(name, op=f"too-late-{phase}", **payload)
        assert refusal.value.code == "closed"
