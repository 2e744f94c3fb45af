"""The document: what it holds, whose each passage is, and that it can be read back."""

import json

import pytest
from sqlalchemy import delete, event, update

import exports
from exports import document as doc
from exports.richtext import Listing, plain
from exports.soundness import check
from facilitator.consolidation import compose as composing
from facilitator.consolidation.addressees import addressees, offices_in
from facilitator.consolidation.compose import compose, export_files
from facilitator.consolidation.names import letter
from facilitator.db import db, write
from facilitator.models import Draft, Forum, Job, Meeting, Phase, Recommendation, Room
from facilitator.worker.documents import folder_of
from facilitator.worker.running import do
from tests import make
from tests.consolidation.conftest import STEP


@pytest.fixture
def composed(app, forum):
    """composed() is the document as it stands now; it is sound and can be read back."""

    def made():
        db.session.rollback()
        document = compose(forum.id)
        check(document)
        assert doc.from_json(json.loads(json.dumps(doc.to_json(document)))) == document
        return document

    return made


@pytest.fixture
def merged(desk, chapter, forum, text, vote, join, lead):  # noqa: PLR0917 - fixtures
    """Two rooms' recommendations, one of them voted on, in one."""
    ana, leader = join("Ana"), lead()
    idea = {"sort": "need", "question": None, "lang": "en"}
    ideas = [ana.act("idea.post", text=words, **idea)["id"] for words in ("Queues", "Signs", "?")]
    leader.go("group")
    theme = leader.act("theme.make", title="Desks", lang="en", ideas=ideas[:2])["id"]
    one = text(
        "One desk",
        theme=theme,
        problem="There are **five** queues.\n\nNobody knows.",
        addressee="- City halls\n- Ministry of the Interior",
        steps=[STEP],
    )
    two = text(
        "Interpreters",
        room=forum.rooms[1],
        problem="- No common language\n- No time",
        steps=[{"what": "Hire two", "with": "NGOs, universities", "by": "Q4"}],
    )
    vote(one, forum.rooms[0], yes=4, no=1, abstain=1)
    return desk.act(
        "desk.merge", recommendations=[one, two], chapter=chapter, title="One desk, well staffed"
    )


def test_forum_without_anything_has_a_document(composed):
    document = composed()

    assert (document.lang, document.edition.version) == ("en", "0.0")
    assert document.edition.status == "draft"
    assert document.chapters == ()
    assert document.method.figures["participants"] == 0
    assert document.method.participants == ()
    assert "No recommendation" in plain(document.summary.blocks)


def test_organisations_that_want_to_be_named_follow_those_who_invite(composed, app, forum):
    named = {
        "organisers": ["A sample city hall"],
        "participating": ["A union", "A sample city hall"],
    }
    write(lambda: db.session.execute(update(Forum).where(Forum.id == forum.id).values(**named)))

    document = composed()

    assert [one.name for one in document.organisations] == ["A sample city hall", "A union"]
    assert [one.name for one in document.forum.organisers] == ["A sample city hall"]


def test_chapter_without_anything_is_kept(composed, desk):
    payload = {"title": {"en": "Housing"}, "intro": "Read *this* first.", "track": None}
    desk.act("chapter.add", **payload)

    (chapter,) = composed().chapters
    assert (chapter.number, chapter.title, chapter.content) == (1, "Housing", ())
    assert plain(chapter.intro) == "Read this first."


def test_merged_recommendation_names_all_its_rooms(composed, merged, forum):
    document = composed()

    (one,) = document.recommendations
    assert (one.number, one.lang, one.title) == (1, "en", "One desk, well staffed")
    assert [(s.id, s.city, s.track, s.room) for s in one.sources] == [
        ("A", "Lublin", "Housing", "Group 1"),
        ("B", "Lublin", "Housing", "Group 2"),
    ]
    assert one.support.rooms == (
        "Lublin, Housing, Group 1",
        "Lublin, Housing, Group 2 (not voted on)",
    )
    first, second = one.sources
    assert [idea.text for idea in first.ideas] == ["Queues", "Signs"]
    assert (first.idea_count, second.idea_count) == (None, None)
    assert (first.draft.title, second.draft.title) == ("One desk", "Interpreters")
    assert first.draft.revision > 0


def test_votes_are_told_of_each_room_and_never_added(composed, merged):
    (one,) = composed().recommendations

    (ballot,) = one.support.ballots
    assert (ballot.room, ballot.voters, ballot.in_favour, ballot.passed) == (
        "Lublin, Housing, Group 1",
        6,
        4,
        True,
    )
    assert [(total.option, total.votes) for total in ballot.totals] == [
        ("yes", 4),
        ("abstain", 1),
        ("no", 1),
    ]
    assert [len(source.ballots) for source in one.sources] == [1, 0]
    assert one.sources[0].ballots[0].id == ballot.id


def test_lists_show_the_smallest_share(composed, desk, chapter, forum, text, vote):  # noqa: PLR0917 - fixtures
    one, two = text("One"), text("Two", room=forum.rooms[1])
    vote(one, forum.rooms[0], yes=2, no=1)
    vote(two, forum.rooms[1], yes=3)
    payload = {"recommendations": [one, two], "chapter": chapter, "title": "Both"}
    desk.act("desk.merge", **payload)

    (made,) = composed().recommendations
    assert [ballot.in_favour for ballot in made.support.ballots] == [3, 2]


def test_each_block_and_step_has_the_sources_of_its_words(composed, merged):
    (one,) = composed().recommendations

    blocks = [block for section in one.sections for block in section.blocks]
    assert [plain((block,)) for block in blocks] == [
        "There are five queues.",
        "Nobody knows.",
        "No common language\nNo time",
    ]
    assert isinstance(blocks[2], Listing)
    first, second = one.sources
    assert [span.block for span in first.spans] == [blocks[0].id, blocks[1].id, one.steps[0].id]
    assert [span.block for span in second.spans] == [blocks[2].id, one.steps[1].id]
    assert {span.start for source in one.sources for span in source.spans} == {None}


def test_part_of_a_block_is_tied_by_its_characters(composed, merged):
    words = "There are **five** queues. So they say."

    def edit():
        draft = db.session.get_one(Draft, merged["id"])
        source = db.session.get_one(Recommendation, merged["id"]).sources[0].id
        cut = {"root": "s:problem", "start": 10, "end": 26, "source": source}
        draft.text = {**draft.text, "sections": {"problem": words}, "passages": [cut]}

    write(edit)
    (one,) = composed().recommendations
    (span,) = one.sources[0].spans
    text = plain(one.sections[0].blocks)
    assert text[span.start : span.end] == "five queues."


def test_addressees_are_a_list(composed, merged):
    (one,) = composed().recommendations

    assert [(a.name, a.level) for a in one.addressees] == [
        ("City halls", "city"),
        ("Ministry of the Interior", "national"),
    ]
    assert [section.heading for section in one.sections] == ["Problem"]


def test_addressee_section_that_says_more_is_printed(composed, desk, chapter, text):
    said = "Powiat Urząd Pracy\n\n> because they asked"
    made = text(addressee=said)
    desk.act("desk.place", recommendation=made, chapter=chapter)

    (one,) = composed().recommendations
    assert [(a.name, a.level) for a in one.addressees] == [("Powiat Urząd Pracy", "county")]
    assert [section.heading for section in one.sections] == ["Addressee"]


@pytest.mark.parametrize(
    ("text", "names", "plainly"),
    [
        ("", [], True),
        ("City of Lublin; Łódź", ["City of Lublin", "Łódź"], True),
        ("1. Ministerstwo Pracy\n2. Wojewoda", ["Ministerstwo Pracy", "Wojewoda"], True),
        ("x" * 161, [], False),
        ("- a\n  > b", [], False),
        ("# Offices\nCity", ["City"], False),
    ],
)
def test_addressees_of_a_text(text, names, plainly):
    found, only = offices_in(text)
    assert ([one.name for one in found], only) == (names, plainly)


def test_rows_come_before_what_an_older_text_says_in_words():
    rows = [
        {"id": "aaaaaa", "office": "Rector\nof the **university**", "level": ""},
        {"id": "bbbbbb", "office": " ", "level": "city"},
        {"id": "cccccc", "office": "Voivode", "level": "institution"},
    ]
    words = {"addressee": "- City hall\n- Voivode"}

    found, only = addressees({"addressees": rows, "sections": words})

    assert [(one.name, one.level) for one in found] == [
        ("Rector of the **university**", "university"),
        ("Voivode", "institution"),
        ("City hall", "city"),
    ]
    assert only
    assert addressees({}) == ((), True)


def test_steps_are_told_field_by_field(composed, merged):
    (one,) = composed().recommendations

    first, second = one.steps
    assert (first.what, first.who, first.by) == ("Open one desk", "City hall", "2027-06-30")
    assert (second.partners, second.by) == (("NGOs", "universities"), "by Q4")
    assert (second.who, second.cost, second.indicator) == (None, None, None)


def test_figures_count_what_there_was(composed, merged, join, forum):
    for number in range(6):
        join(f"N{number}", sector=1)
    write(lambda: make.seat(forum, "Nobody", forum.rooms[0], None))
    assert composed().method.participants == ()  # not before all rooms are closed
    write(lambda: db.session.execute(update(Room).values(phase=Phase.CLOSED)))
    document = composed()

    figures = document.method.figures
    assert figures["merges"] == 1
    assert (figures["rooms"], figures["meetings"]) == (2, 1)
    assert (figures["ideas"], figures["themes"]) == (3, 1)
    assert (figures["drafts"], figures["ballots"]) == (2, 1)
    assert figures["participants"] == 1 + 6 + 6 + 1  # Ana, voters, six more, one of no sector
    one, two, three, four = (sector.uuid for sector in forum.sectors)
    assert [(p.sector, p.joined, p.cell) for p in document.method.participants] == [
        (one, (), doc.Counted(count=7)),
        (two, (three, four, "unstated"), doc.Counted(count=7)),
    ]
    assert [sector.id for sector in document.sectors][-1] == "unstated"


def test_merges_are_told_and_those_undone_are_not(composed, merged, desk):
    (change,) = composed().annexes.changes
    assert change.kind == "merged"
    assert change.text == "Put together from “One desk”; “Interpreters”."
    assert change.recommendation == composed().recommendations[0].id

    desk.act("desk.undo", step=merged["step"], also=[])
    assert composed().annexes.changes == ()
    assert composed().recommendations == ()


def test_merge_of_a_merge_is_told_of_what_stands_now(composed, merged, desk, chapter, text):
    third = text("Third")
    payload = {"recommendations": [merged["id"], third], "chapter": chapter, "title": "All"}
    desk.act("desk.merge", **payload)

    document = composed()
    assert {c.recommendation for c in document.annexes.changes} == {document.recommendations[0].id}
    assert len(document.annexes.changes) == 2
    assert [source.id for source in document.recommendations[0].sources] == ["A", "B", "C"]


def test_numbers_follow_chapters_and_places(composed, desk, chapter, text):
    other = desk.act("chapter.add", title={"en": "First"}, intro="")["id"]
    ids = [
        desk.act("desk.place", recommendation=text(name), chapter=where)["id"]
        for name, where in (("B", chapter), ("C", chapter), ("A", other))
    ]
    desk.act("chapter.edit", id=other, title={"en": "First"}, intro="", position=0)
    desk.act("desk.move", recommendation=ids[1], chapter=chapter, position=0)

    titles = [(one.number, one.title) for one in composed().recommendations]
    assert titles == [(1, "A"), (2, "C"), (3, "B")]


def test_each_step_makes_another_edition_and_ids_stay(composed, merged, desk):
    before = composed()
    desk.act("desk.adopt", recommendation=merged["id"], on=True)
    after = composed()
    desk.act("desk.undo", step=merged["step"] + 1, also=[])

    assert before.edition.version != after.edition.version != composed().edition.version
    assert before.recommendations == after.recommendations


def test_document_is_in_the_main_language_and_each_text_in_its_own(composed, desk, chapter, text):
    def polish(forum_id=1):
        db.session.get_one(Forum, forum_id).languages = ["pl", "en"]

    write(polish)
    made = text("Jedno okienko", lang="pl", problem="Pięć kolejek.")
    desk.act("desk.place", recommendation=made, chapter=chapter)
    document = composed()

    assert (document.lang, document.forum.title) == ("pl", "Żyć tutaj")
    (one,) = document.recommendations
    assert (one.lang, one.sections[0].heading, one.sources[0].track) == ("pl", "problem", "Dom")


def test_room_without_a_meeting_counts_as_of_the_first(composed, desk, chapter, text, forum):
    made = text("One desk", problem="Five queues.")

    def lost():
        db.session.get_one(Room, forum.rooms[0].id).meeting_id = None

    write(lost)
    desk.act("desk.place", recommendation=made, chapter=chapter)
    assert composed().recommendations[0].sources[0].city == "Lublin"


def test_rooms_are_named_as_people_know_them(composed, desk, chapter, text, forum, vote):  # noqa: PLR0917 - fixtures
    one, two = text("One", problem="x"), text("Two", room=forum.rooms[1], steps=[{}])
    vote(two, forum.rooms[1], yes=1, no=2)

    def renamed():
        first, second = (db.session.get_one(Room, room.id) for room in forum.rooms)
        first.title, second.track_id, second.sort = {"en": "Table by the window"}, None, "plenary"

    write(renamed)
    both = {"recommendations": [one, two], "chapter": chapter, "title": "Both"}
    desk.act("desk.merge", **both)
    (made,) = composed().recommendations
    assert made.support.rooms == (
        "Lublin, Housing, Table by the window (not voted on)",
        "Lublin, Plenary (not adopted)",
    )
    assert [source.track for source in made.sources] == ["Housing", None]
    assert made.support.ballots[0].passed is False


def test_forum_without_meetings_has_a_place_for_its_sources(composed, desk, chapter, text, forum):
    made = text("One desk", problem="Five queues.")

    def lost():
        for room in forum.rooms:
            db.session.get_one(Room, room.id).meeting_id = None
        db.session.flush()
        db.session.execute(delete(Meeting))

    write(lost)
    desk.act("desk.place", recommendation=made, chapter=chapter)
    document = composed()
    assert document.recommendations[0].sources[0].city == "Place not stated"
    assert document.method.figures["meetings"] == 0


def test_strange_texts_stay_sound(composed, desk, chapter, text):
    strange = "*" * 30 + "\n\n<script>x</script> [a](javascript:x) 👍\u202e"
    made = text(
        "👍 *", problem=strange, reasons="| a | b |\n|---|---|\n| c |", steps=[{"who": "x"}]
    )
    desk.act("desk.place", recommendation=made, chapter=chapter)

    (one,) = composed().recommendations
    assert one.steps[0].what == "What is to be done is not stated."
    assert len(one.sources[0].spans) == 1 + sum(len(s.blocks) for s in one.sections)


@pytest.fixture
def statements(app):
    asked = []
    for engine in db.engines.values():
        event.listen(engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    return asked


def test_questions_do_not_grow_with_the_recommendations(  # noqa: PLR0917 - fixtures
    composed, merged, desk, chapter, forum, text, statements
):
    counts = []
    for many in (0, 2):
        for number in range(many):
            pair = [text(f"{number}", room=room, problem="x") for room in forum.rooms]
            payload = {"recommendations": pair, "chapter": chapter, "title": f"{number}"}
            desk.act("desk.merge", **payload)
        db.session.rollback()
        statements.clear()
        compose(forum.id)
        counts.append(len([line for line in statements if line.startswith("SELECT")]))
    assert counts[0] == counts[1] < 30


def test_letters_go_on_after_z():
    assert [letter(n) for n in (0, 25, 26, 27, 52)] == ["A", "Z", "AA", "AB", "BA"]


# ---- Files ---------------------------------------------------------------------------------------


def test_files_of_all_formats_are_whole(merged, forum, tmp_path):
    done = []
    paths = export_files(forum.id, list(exports.FORMATS), tmp_path / "out", done.append)

    assert [path.name for path in paths] == [
        f"recommendations{one.SUFFIX}" for one in exports.FORMATS.values()
    ]
    assert done == sorted(done)
    assert done[-1] == 100
    assert all(path.stat().st_size > 500 for path in paths)
    files = {path.suffix: path for path in paths}
    assert "One desk, well staffed" in files[".md"].read_text()
    db.session.rollback()
    assert doc.from_json(json.loads(files[".json"].read_text())) == compose(forum.id)


def test_failing_format_leaves_no_half_file(merged, forum, tmp_path, monkeypatch):
    (tmp_path / "recommendations.json").write_text("the last edition")

    def fails(_):
        raise OSError("no room left")

    monkeypatch.setattr(composing.os, "fsync", fails)
    with pytest.raises(OSError, match="no room"):
        export_files(forum.id, ["json"], tmp_path)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(("rec", "."))] == [
        "recommendations.json"
    ]
    assert (tmp_path / "recommendations.json").read_text() == "the last edition"
    with pytest.raises(exports.UnknownFormat):
        export_files(forum.id, ["json", "exe"], tmp_path)


def test_job_makes_the_files_that_were_asked_for(app, merged, forum):
    def ask(uuid):
        job = Job(name="export", payload={"forum": uuid, "formats": ["md", "json"]})
        db.session.add(job)
        db.session.flush()
        return job.id

    job_id = write(lambda: ask(forum.uuid))
    names = ["recommendations.md", "recommendations.json"]
    assert do(app, job_id) == {"result": {"files": names}}
    folder = folder_of(db.session.get(Job, job_id))
    assert sorted(path.name for path in folder.iterdir()) == sorted(names)
    assert do(app, write(lambda: ask("nowhere")))["error"] == "There is no such forum."
