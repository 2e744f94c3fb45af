"""Forums are founded whole, once, and organisers change them without losing anybody's work."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from facilitator.access import ActorRef
from facilitator.actions import Refused, perform
from facilitator.db import db, write
from facilitator.forums import found, fresh_code, normalise_code
from facilitator.forums.codes import ALPHABET, LENGTH, LOOKALIKES
from facilitator.models import (
    Chapter,
    Forum,
    Grant,
    Idea,
    Meeting,
    Membership,
    Mirror,
    Op,
    People,
    Phase,
    Question,
    Recommendation,
    Role,
    Room,
    RoomKind,
    Sector,
    Track,
    now,
)
from facilitator.scenarios import load
from tests.conftest import NUMBERS, Phone

WORDS = {"pl": "Zdrowie", "en": "Health"}
SECTION = {"key": "aim", "title": {"pl": "Cel"}, "hint": {"pl": "Po co?"}, "length": 300}


def count(model):
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model))


def every(model):
    db.session.rollback()
    return db.session.scalars(select(model).order_by(model.id)).all()


def fresh(model, uuid):
    db.session.rollback()
    return db.session.scalar(select(model).where(model.uuid == uuid))


@pytest.fixture
def made(app):
    return found("working-forum", op="founding-1", starts=date(2026, 10, 23))


@pytest.fixture
def desk(made):
    """The organiser at the desk."""
    room = every(Room)[0]
    return Phone(ActorRef(room.id, grant_id=fresh(Grant, made["organiser"]).id))


@pytest.fixture
def looking(made):
    """looking(n) gives a facilitator who looks at the n-th room of those where groups work."""

    def look(n):
        rooms = [room for room in every(Room) if room.sort == RoomKind.GROUP]
        grant = fresh(Grant, made["facilitators"][rooms[n].uuid])
        return Phone(ActorRef(rooms[n].id, grant_id=grant.id))

    return look


def post(room):
    """Somebody writes in a room."""
    write(lambda: db.session.add(Idea(room_id=room.id, sort="need", text="A bench", lang="en")))


def act(phone, action, /, **payload):
    """Do one thing; a payload may have a field called name."""
    return perform(phone.ref, action, f"test-{next(NUMBERS):08}", payload)


def refusal(phone, action, /, **payload):
    with pytest.raises(Refused) as error:
        act(phone, action, **payload)
    return str(error.value)


# ---- Founding ------------------------------------------------------------------------------------


def test_founding_lays_out_the_whole_forum(made):
    plan = load("working-forum")
    [forum] = every(Forum)
    desk, plenary, *groups = every(Room)

    assert (forum.uuid, forum.code) == (made["forum"], made["code"])
    assert (forum.scenario, forum.title, forum.languages) == (
        "working-forum",
        plan.title,
        ["pl", "en"],
    )
    assert (forum.starts, forum.ends) == (date(2026, 10, 23), date(2026, 10, 25))
    assert [(one.city, one.on) for one in every(Meeting)] == [("Kraków", date(2026, 10, 23))]
    assert [one.name for one in every(Sector)] == list(plan.sectors)
    assert [one.title for one in every(Track)] == [track.title for track in plan.tracks]
    assert [len(one.questions) for one in every(Track)] == [3, 3, 3, 3]
    assert [(one.title, one.track_id) for one in every(Chapter)] == [
        (track.title, track.id) for track in every(Track)
    ]
    assert (desk.sort, desk.phase, desk.agenda) == (RoomKind.DESK, Phase.DRAFT, [])
    assert (plenary.sort, plenary.track_id) == (RoomKind.PLENARY, None)
    assert plenary.agenda[-1]["phase"] == Phase.CLOSED
    tracks = [track.id for track in every(Track) for _ in range(2)]
    assert [(room.track_id, room.number) for room in groups] == list(
        zip(tracks, [1, 2] * 4, strict=True)
    )
    assert all(room.phase == Phase.GATHER and len(room.agenda) == 7 for room in groups)
    assert count(People) == 9


def test_founding_gives_everybody_a_link(made):
    grants = every(Grant)
    everywhere = {one.uuid: one.role for one in grants if one.room_id is None}
    assert everywhere == {
        made["organiser"]: Role.ORGANISER,
        made["projector"]: Role.PROJECTOR,
    }
    rooms = {room.uuid: room.id for room in every(Room) if room.sort != RoomKind.DESK}
    assert {fresh(Grant, link).room_id for link in made["facilitators"].values()} == set(
        rooms.values()
    )
    assert rooms.keys() == made["facilitators"].keys()
    leads = [one for one in grants if one.role is Role.FACILITATOR]
    assert leads[1].label == "Prawo i praktyka 1"
    assert {one.room_id for one in grants if one.role is Role.PROJECTOR} - {None} == set(
        rooms.values()
    )


def test_tour_has_groups_in_its_cities_and_one_hall_at_its_end(app):
    found("seminar-tour", starts=date(2026, 10, 23))
    at = {meeting.id: meeting.position for meeting in every(Meeting)}
    rooms = [room for room in every(Room) if room.sort != RoomKind.DESK]
    groups = [at[room.meeting_id] for room in rooms if room.sort == RoomKind.GROUP]
    halls = [at[room.meeting_id] for room in rooms if room.sort == RoomKind.PLENARY]
    assert (groups, halls) == ([city for city in range(5) for _ in range(5)], [5])


def test_founding_again_with_the_same_operation_gives_the_same_forum(made):
    again = found("working-forum", op="founding-1", starts=date(2026, 10, 23))

    assert again == made
    assert (count(Forum), count(Op)) == (1, 1)
    with pytest.raises(Refused, match="already means something else") as error:
        found("thematic-forum", op="founding-1")
    assert error.value.code == "op_conflict"
    assert found("working-forum", op="founding-2")["forum"] != made["forum"]


def test_founding_at_once_makes_one_forum(app):
    def try_it(_):
        with app.app_context():
            return found("thematic-forum", op="founding-3")["forum"]

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(try_it, range(4)))) == 1
    assert count(Forum) == 1


def test_forum_may_have_a_title_of_its_own_and_begin_in_some_days(app):
    made = found("thematic-forum", title="  Forum \u202e w Lublinie ", sample=True)
    forum = fresh(Forum, made["forum"])
    assert forum.title == {"pl": "Forum w Lublinie"}
    assert forum.sample
    assert forum.starts == now().date() + timedelta(28)


def test_forum_in_several_cities_keeps_its_pace(app):
    plan = load("thematic-forum")
    later = replace(plan.meetings[0], city="Łódź", on=42, days=1)
    plan = replace(plan, meetings=(*plan.meetings, later), plenary=())
    found(plan, starts=date(2026, 3, 1))

    [forum] = every(Forum)
    assert [one.on for one in every(Meeting)] == [date(2026, 3, 1), date(2026, 3, 15)]
    assert (forum.starts, forum.ends) == (date(2026, 3, 1), date(2026, 3, 15))
    assert [room.sort for room in every(Room)] == [RoomKind.DESK] + [RoomKind.GROUP] * 12


# ---- Codes ---------------------------------------------------------------------------------------


def test_codes_differ_between_all_forums_and_rooms(made):
    codes = [room.code for room in every(Room)] + [forum.code for forum in every(Forum)]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(f"[{ALPHABET}]{{{LENGTH}}}", code) for code in codes)


def test_fresh_code_passes_over_those_that_are_taken(made, monkeypatch):
    taken, free = made["code"], "222222"
    letters = iter(taken + free)
    monkeypatch.setattr("facilitator.forums.codes.secrets.choice", lambda _: next(letters))
    assert write(lambda: fresh_code(db.session)) == free


def test_alphabet_has_no_vowels_and_no_two_that_look_alike():
    assert not set(ALPHABET) & set("AEIOU01L")
    assert not set(ALPHABET) & set(LOOKALIKES)
    assert set(LOOKALIKES.values()) <= set(ALPHABET)


@pytest.mark.parametrize(
    "typed",
    [
        "K7M2PD",
        "k7m2pd",
        " k7m 2pd\n",
        "K7M-2PD",
        "K7M–2PD",
        "K７M２PD",
        "KIMZPO",
        "k1mzp0",
        "KlMZpq",
        "https://forum.example.org/?code=k7m2pd",
        "http://192.168.0.7:8000/K7M2PD/",
        "К7М2РД".replace("Д", "D"),
    ],
)
def test_code_is_understood_however_it_is_typed(typed):
    assert normalise_code(typed) == "K7M2PD"


@pytest.mark.parametrize(
    "typed", ["", "K7M2P", "K7M2PDD", "😀" * 6, "'; DROP", "{{7*7}}", "x" * 10_000, "K7M2P\u0301D"]
)
def test_what_is_no_code(typed):
    assert normalise_code(typed) == ""


CODES = st.text(ALPHABET, min_size=LENGTH, max_size=LENGTH)


@given(CODES, st.data())
def test_no_misreading_turns_one_code_into_another(code, data):
    look = {letter: [letter, letter.lower()] for letter in ALPHABET}
    for seen, meant in LOOKALIKES.items():
        look[meant] += [seen, seen.lower()]
    typed = "".join(data.draw(st.sampled_from(look[letter])) for letter in code)
    assert normalise_code(typed) == code


@given(st.text())
def test_anything_is_a_code_or_none(text):
    assert re.fullmatch(f"([{ALPHABET}]{{{LENGTH}}})?", normalise_code(text))


# ---- The forum -----------------------------------------------------------------------------------


FORUM = {
    "title": {"en": "Forum", "pl": "Forum"},
    "subtitle": {},
    "languages": ["en", "uk", "en"],
    "starts": "2026-11-01",
    "ends": "2026-11-02",
    "organisers": ["  City of  Kraków "],
    "participating": ["A sample shelter", "A sample union", "A sample shelter"],
}


def test_forum_is_edited(desk):
    desk.act("forum.edit", **FORUM)

    [forum] = every(Forum)
    assert (forum.title, forum.languages) == ({"en": "Forum", "pl": "Forum"}, ["en", "uk"])
    assert (forum.starts, forum.ends) == (date(2026, 11, 1), date(2026, 11, 2))
    assert forum.organisers == ["City of Kraków"]
    assert forum.participating == ["A sample shelter", "A sample union"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"ends": "2026-10-31"}, "The last day is before the first."),
        ({"ends": "2036-10-31"}, "A forum takes at most five years. Look at the dates again."),
        ({"ends": "soon"}, "A date is expected here, such as 2026-05-31."),
        ({"languages": []}, "Needed here: at least 1."),
        ({"languages": ["cs"]}, "Write it at least in the main language: Čeština."),
        ({"title": {"en": "x" * 201}}, "This is too long: at most 200 characters."),
        ({"title": {"EN": "x"}}, "“EN” is not the code of a language, such as en or pl."),
    ],
)
def test_forum_is_not_edited_into_nonsense(desk, change, sentence):
    assert refusal(desk, "forum.edit", **FORUM | change) == sentence
    assert every(Forum)[0].languages == ["pl", "en"]


def test_new_code_opens_nothing_to_the_old_one(desk, made):
    code = desk.act("forum.recode")["code"]
    [forum] = every(Forum)
    assert code == forum.code != made["code"]
    assert forum.code_generation == 2


def test_only_organisers_set_up(made, looking):
    leading = looking(0)
    for name, payload in {
        "forum.recode": {},
        "sector.add": {"name": WORDS},
        "grant.revoke": {"grant": made["organiser"]},
    }.items():
        assert refusal(leading, name, **payload) == "You may not do this here."


# ---- Sectors -------------------------------------------------------------------------------------


def test_sectors_are_added_renamed_moved_and_removed(desk):
    added = act(desk, "sector.add", name={"pl": "Media", "en": "Press"})["sector"]
    assert fresh(Sector, added).position == 7

    act(desk, "sector.edit", sector=added, name={"pl": "Media"}, position=0)
    in_order = sorted(every(Sector), key=lambda one: one.position)
    assert [one.position for one in in_order] == list(range(8))
    assert (in_order[0].uuid, in_order[0].name) == (added, {"pl": "Media"})

    act(desk, "sector.remove", sector=added)
    assert count(Sector) == 7
    assert refusal(desk, "sector.remove", sector=added) == "This is no longer part of the forum."


def test_sector_that_people_chose_stays(desk, made):
    chosen = every(Sector)[0]
    guest = Phone(ActorRef(desk.ref.room_id, role=Role.GUEST))
    guest.act("seat.take", lang="pl", nickname=None, sector=chosen.uuid)
    assert refusal(desk, "sector.remove", sector=chosen.uuid) == (
        "People have come in already. You can rename this sector instead."
    )


def test_sectors_can_be_told_apart(desk):
    assert refusal(desk, "sector.add", name={"pl": "INNE"}) == (
        "There is a sector with this name already."
    )
    assert refusal(desk, "sector.add", name={"en": "Press"}) == (
        "Write it at least in the main language: Polski."
    )
    same = every(Sector)[-1]
    act(desk, "sector.edit", sector=same.uuid, name=same.name, position=6)
    for n in range(13):
        act(desk, "sector.add", name={"pl": f"Sektor {n}"})
    assert refusal(desk, "sector.add", name={"pl": "Za dużo"}) == (
        "At most 20 sectors can be told apart."
    )


# ---- Meetings ------------------------------------------------------------------------------------


def test_meeting_is_added_with_rooms_like_another(desk, made):
    first = every(Meeting)[0]
    answer = desk.act("meeting.add", city="Łódź", place="", on="2026-11-20", like=first.uuid)

    rooms = [fresh(Room, uuid) for uuid in answer["rooms"]]
    olds = [room for room in every(Room) if room.meeting_id == first.id]
    assert [(room.track_id, room.sort, room.number) for room in rooms] == [
        (room.track_id, room.sort, room.number) for room in olds
    ]
    assert len({room.code for room in (*rooms, *olds)}) == 18
    assert every(Forum)[0].ends == date(2026, 11, 20)
    assert (
        desk.act("meeting.add", city="Opole", place="", on="2026-12-01", like=None)["rooms"] == []
    )


def test_meeting_is_moved_and_its_rooms_know(desk, looking):
    group, meeting = looking(3), every(Meeting)[0]
    group.hear()
    where = {"meeting": meeting.uuid, "place": "Ratusz", "position": 0}
    desk.act("meeting.edit", city="Lublin", on="2026-10-20", **where)

    assert group.hear()["room", str(group.ref.room_id)]["meeting"] == "Lublin"
    assert every(Forum)[0].starts == date(2026, 10, 20)


@pytest.mark.parametrize("day", ["0202-10-20", "2206-10-20"])
def test_meeting_on_a_mistyped_day_is_refused_and_the_forum_stays_as_long(desk, day):
    first, before = every(Meeting)[0], (every(Forum)[0].starts, every(Forum)[0].ends)
    where = {"city": "Lublin", "place": "", "on": day}
    sentence = "A forum takes at most five years. Look at the dates again."

    assert refusal(desk, "meeting.edit", meeting=first.uuid, position=0, **where) == sentence
    assert refusal(desk, "meeting.add", like=None, **where) == sentence

    assert [one.on for one in every(Meeting)] == [first.on]
    assert (every(Forum)[0].starts, every(Forum)[0].ends) == before


def test_meeting_is_removed_only_unused_and_never_the_last(desk):
    first = every(Meeting)[0]
    assert refusal(desk, "meeting.remove", meeting=first.uuid) == (
        "A forum needs a meeting. Add another one first."
    )
    answer = desk.act("meeting.add", city="Łódź", place="", on="2026-11-20", like=first.uuid)
    post(every(Room)[3])
    assert refusal(desk, "meeting.remove", meeting=first.uuid) == (
        "People have worked at this meeting. Close its rooms instead: their work is kept."
    )
    desk.act("meeting.remove", meeting=answer["meeting"])
    assert [one.city for one in every(Meeting)] == ["Kraków"]
    assert (count(Room), count(People), count(Grant)) == (10, 9, 20)


# ---- Tracks and questions ------------------------------------------------------------------------


def test_track_is_added_with_rooms_and_a_chapter(desk):
    answer = desk.act("track.add", title=WORDS, template=None, questions=[{"pl": "Co?"}], groups=3)

    track = fresh(Track, answer["track"])
    assert (track.position, [one.text for one in track.questions]) == (4, [{"pl": "Co?"}])
    assert track.template == every(Track)[3].template
    assert [fresh(Room, uuid).number for uuid in answer["rooms"]] == [1, 2, 3]
    news = desk.hear()
    chapter = every(Chapter)[-1]
    assert (chapter.track_id, chapter.title, chapter.position) == (track.id, WORDS, 4)
    assert news["chapter", str(chapter.id)] == chapter.public()


def test_track_is_edited_and_its_rooms_know(desk, looking):
    group, other, track = looking(0), looking(2), every(Track)[0]
    other.hear()
    desk.act("track.edit", track=track.uuid, title=WORDS, template=[SECTION], position=3)

    room = group.hear()["room", str(group.ref.room_id)]
    assert (room["title"], room["template"]) == (WORDS, [SECTION])
    assert group.things == group.fresh()
    assert other.hear() == {}
    in_order = sorted(every(Track), key=lambda one: one.position)
    assert [one.position for one in in_order] == [0, 1, 2, 3]
    assert in_order[3].uuid == track.uuid
    assert every(Chapter)[0].title == WORDS


def test_chapter_with_a_title_of_its_own_keeps_it(desk):
    def rename():
        db.session.get(Chapter, every(Chapter)[0].id).title = {"pl": "Ustawy"}

    write(rename)
    track = every(Track)[0]
    desk.act("track.edit", track=track.uuid, title=WORDS, template=[SECTION], position=0)
    assert every(Chapter)[0].title == {"pl": "Ustawy"}


def test_track_is_removed_only_unused(desk, looking):
    first, second = every(Track)[:2]
    post(every(Room)[2])
    assert refusal(desk, "track.remove", track=first.uuid) == (
        "People have worked on this track. Close its rooms instead: their work is kept."
    )
    chapter = str(every(Chapter)[1].id)
    desk.act("track.remove", track=second.uuid)
    assert (count(Track), count(Question), count(Room)) == (3, 9, 8)
    assert desk.hear()["chapter", chapter] is None
    assert desk.things == desk.fresh()


def test_chapter_in_which_something_stands_outlives_its_track(desk):
    track, chapter, room = every(Track)[1], every(Chapter)[1], every(Room)[0]
    write(
        lambda: db.session.add(
            Recommendation(
                room_id=room.id, chapter_id=chapter.id, number=1, title="x", lang="en", template=[]
            )
        )
    )
    desk.act("track.remove", track=track.uuid)
    kept = every(Chapter)[1]
    assert (kept.track_id, kept.gone) == (None, False)


def test_last_track_stays(desk):
    for track in every(Track)[1:]:
        desk.act("track.remove", track=track.uuid)
    assert refusal(desk, "track.remove", track=every(Track)[0].uuid) == (
        "A forum needs a track. Add another one first."
    )


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"title": {"pl": "prawo i praktyka"}}, "There is a track with this title already."),
        ({"title": {}}, "Write it at least in the main language: Polski."),
        ({"template": [SECTION, SECTION]}, "Two sections of the template have the same key."),
        ({"template": []}, "Needed here: at least 1."),
        ({"questions": [{"pl": "Co?"}] * 13}, "Too many: at most 12 fit here."),
        ({"questions": [{"en": "What?"}]}, "Write it at least in the main language: Polski."),
        ({"groups": 41}, "This must be at most 40."),
    ],
)
def test_track_is_not_added_like_this(desk, change, sentence):
    good = {"title": WORDS, "template": None, "questions": [], "groups": 1}
    assert refusal(desk, "track.add", **good | change) == sentence
    assert (count(Track), count(Room)) == (4, 10)


def test_rooms_have_a_limit(desk):
    for n in range(9):
        desk.act("track.add", title={"pl": f"T{n}"}, template=None, questions=[], groups=40)
    full = {"title": WORDS, "template": None, "questions": [], "groups": 40}
    assert refusal(desk, "track.add", **full) == "At most 400 rooms fit in a forum."


def test_questions_are_added_reworded_moved_and_removed(desk, looking):
    group, track = looking(0), every(Track)[0]

    def asked():
        return [
            one["text"]["pl"] for one in group.hear()["room", str(group.ref.room_id)]["questions"]
        ]

    first, second, third = [one.text["pl"] for one in track.questions]
    added = desk.act("question.add", track=track.uuid, text={"pl": "Kto?"})["question"]
    assert asked() == [first, second, third, "Kto?"]
    desk.act("question.edit", question=added, text={"pl": "Kto dziś?"}, position=1)
    assert asked() == [first, "Kto dziś?", second, third]
    desk.act("question.remove", question=added)
    assert asked() == [first, second, third]
    assert group.things == group.fresh()


def test_question_that_ideas_answer_stays(desk):
    room = every(Room)[2]
    question = room.track.questions[0].id

    def answer():
        where = {"room_id": room.id, "question_id": question}
        db.session.add(Idea(**where, sort="need", text="A bench", lang="en"))

    write(answer)
    assert refusal(desk, "question.remove", question=question) == (
        "Ideas answer this question. You can put it in other words instead."
    )


def test_question_of_another_forum_is_not_ours(desk):
    found("thematic-forum")
    others = every(Question)[-1].id
    assert refusal(desk, "question.remove", question=others) == (
        "This question is no longer part of the forum."
    )
    assert refusal(desk, "question.remove", question=99_999) == (
        "This question is no longer part of the forum."
    )


# ---- Rooms ---------------------------------------------------------------------------------------


def test_room_is_added_and_removed(desk):
    meeting, track = every(Meeting)[0], every(Track)[2]
    answer = desk.act("room.add", meeting=meeting.uuid, track=track.uuid, title={"pl": "Po czesku"})

    room = fresh(Room, answer["room"])
    assert (room.number, room.code, room.title) == (3, answer["code"], {"pl": "Po czesku"})
    assert room.agenda == every(Room)[2].agenda
    assert db.session.get(People, room.id).seats == 0
    assert db.session.scalar(select(Grant.role).where(Grant.room_id == room.id)) == "facilitator"

    desk.act("room.remove", room=answer["room"])
    assert fresh(Room, answer["room"]) is None


def test_meeting_has_one_plenary(desk):
    meeting = every(Meeting)[0]
    payload = {"meeting": meeting.uuid, "track": None, "title": None}
    assert refusal(desk, "room.add", **payload) == "This meeting has a plenary already."
    desk.act("room.remove", room=every(Room)[1].uuid)
    room = fresh(Room, desk.act("room.add", **payload)["room"])
    assert (room.sort, room.phase) == (RoomKind.PLENARY, Phase.GATHER)
    assert [step["phase"] for step in room.agenda] == list(Phase)


def test_removed_room_leaves_the_overview_of_the_desk(desk, looking):
    group = looking(1)
    room_id, forum_id = group.ref.room_id, every(Forum)[0].id
    write(
        lambda: db.session.add(Mirror(forum_id=forum_id, kind="cell", id=room_id, face={"at": 0}))
    )
    uuid = group.things["room", str(room_id)]["uuid"]

    desk.act("room.remove", room=uuid)
    assert desk.hear()["cell", str(room_id)] is None
    assert count(Mirror) == 0
    assert "no longer part of the forum" in refusal(desk, "room.remove", room=uuid)


def test_room_where_somebody_has_been_stays(desk):
    room = every(Room)[2]
    guest = Phone(ActorRef(desk.ref.room_id, role=Role.GUEST))
    guest.act("seat.take", lang="pl", nickname=None, sector=None)
    write(lambda: db.session.add(Membership(seat_id=1, room_id=room.id)))
    assert refusal(desk, "room.remove", room=room.uuid) == (
        "People have worked in this room. Close it instead: their work is kept."
    )


def test_room_gets_a_title_and_a_day_of_its_own(desk, looking):
    group = looking(0)
    uuid = group.things["room", str(group.ref.room_id)]["uuid"]
    steps = [
        {"phase": "gather", "title": {"pl": "Pomysły"}, "minutes": 20},
        {"phase": "draft", "title": {"pl": "Tekst"}},
    ]
    desk.act("room.edit", room=uuid, title={"pl": "Po ukraińsku"}, agenda=steps)

    room = group.hear()["room", str(group.ref.room_id)]
    assert room["title"] == {"pl": "Po ukraińsku"}
    assert [(step["phase"], step["minutes"]) for step in room["agenda"]] == [
        ("gather", 20),
        ("draft", None),
        ("closed", None),
    ]

    group.act("room.move", to=1)
    assert refusal(desk, "room.edit", room=uuid, title=None, agenda=steps[:1]) == (
        "The room is at step 2 now, “Tekst”. Change the steps after it, or move it first."
    )


def test_desk_cannot_be_changed(desk, made):
    room = every(Room)[0]
    assert refusal(desk, "room.remove", room=room.uuid) == (
        "This room is no longer part of the forum."
    )


# ---- Links ---------------------------------------------------------------------------------------


def test_link_is_issued_and_revoked(desk):
    room = every(Room)[2]
    issued = desk.act("grant.issue", role="facilitator", room=room.uuid, label=" Olena ")["grant"]
    grant = fresh(Grant, issued)
    assert (grant.role, grant.room_id, grant.label) == (Role.FACILITATOR, room.id, "Olena")

    desk.act("grant.revoke", grant=issued)
    assert fresh(Grant, issued).revoked


@pytest.mark.parametrize("role", ["host", "participant", "clock", "guest"])
def test_no_link_makes_somebody_more_than_staff(desk, role):
    assert refusal(desk, "grant.issue", role=role, room=None, label="") == (
        "One of these is expected here: organiser, facilitator, projector, rapporteur, observer."
    )


def test_link_to_the_whole_forum_is_not_for_one_room(desk):
    room = every(Room)[2].uuid
    assert refusal(desk, "grant.issue", role="organiser", room=room, label="") == (
        "An organiser's link is good for the whole forum. Choose no room."
    )


def test_organiser_cannot_shut_herself_out(desk, made):
    assert refusal(desk, "grant.revoke", grant=made["organiser"]) == (
        "You are using this link now. Make another one, open it, and revoke this."
    )
    assert refusal(desk, "grant.revoke", grant="nobody's") == (
        "This link is no longer part of the forum."
    )
