"""Every scenario of ours can be used; of one that cannot, each line says why."""

from dataclasses import replace
from datetime import date

import pytest

from facilitator import scenarios
from facilitator.models import Phase
from facilitator.scenarios import BadScenario, ChapterPlan, complete, load, load_file, names, parse

SMALL = """\
title: {en: Forum, pl: Forum}
languages: [en, pl]
meetings:
  - {city: Łódź, on: 2026-10-23}
sectors:
  - {en: Cities, pl: Miasta}
agenda:
  - {phase: gather, title: {en: Ideas, pl: Pomysły}, minutes: 30}
template:
  - key: problem
    title: {en: Problem, pl: Problem}
    hint: {en: What is wrong?, pl: Co nie działa?}
tracks:
  - title: {en: Housing, pl: Mieszkania}
    questions: [{en: What now?, pl: Co teraz?}]
"""


def problem(text):
    with pytest.raises(BadScenario) as error:
        parse(text, "mine.yaml")
    return str(error.value)


def test_the_five_kinds_of_forum_are_there():
    assert names() == [
        "round-tables",
        "seminar-tour",
        "thematic-forum",
        "working-forum",
        "working-group",
    ]


@pytest.mark.parametrize("name", names())
def test_shipped_scenario_is_whole(name):
    plan = load(name)

    assert plan.name == name
    assert plan.languages == (("cs", "en") if name == "round-tables" else ("pl", "en"))
    assert all({"en", "pl", "cs", "uk"} == set(sector) for sector in plan.sectors)
    assert len(plan.sectors) == 7
    assert [item.phase for item in plan.agenda][-1] == Phase.CLOSED
    assert {item.phase for item in plan.agenda} == set(Phase)
    assert 150 <= sum(item.minutes or 0 for item in plan.agenda) <= 240
    assert [chapter.title for chapter in plan.chapters] == [track.title for track in plan.tracks]
    assert all(track.template and len(track.questions) >= 3 for track in plan.tracks)


@pytest.mark.parametrize("name", ["thematic-forum", "working-forum"])
def test_weekend_forum_ends_in_one_hall(name):
    plan = load(name)

    assert [meeting.days for meeting in plan.meetings] == [3]
    assert plan.plenary[-1].phase == Phase.CLOSED


def test_tour_has_the_same_blocks_in_five_cities_and_one_day_for_all():
    plan = load("seminar-tour")

    assert [meeting.meets for meeting in plan.meetings] == [*["tracks"] * 5, "plenary"]
    assert len({meeting.city for meeting in plan.meetings[:5]}) == len(plan.tracks) == 5
    assert all(track.template == plan.template for track in plan.tracks)


@pytest.mark.parametrize(("name", "meetings"), [("round-tables", 3), ("working-group", 4)])
def test_series_has_one_table_each_time(name, meetings):
    plan = load(name)

    assert [meeting.meets for meeting in plan.meetings] == ["tracks"] * meetings
    assert [track.rooms for track in plan.tracks] == [1]


def test_working_forum_has_four_tracks_of_small_groups_that_draft_differently():
    plan = load("working-forum")

    assert [track.rooms for track in plan.tracks] == [2, 2, 2, 2]
    keys = [[section.key for section in track.template] for track in plan.tracks]
    assert keys == [
        ["act", "article", "now", "proposed", "why", "addressee"],
        ["need", "offer", "addressee", "access", "cost", "indicators"],
        ["problem", "recommendation", "addressee", "reasons", "indicators"],
        ["goal", "audience", "message", "channels", "partners"],
    ]


def test_thematic_forum_has_six_groups_with_their_questions():
    plan = load("thematic-forum")

    assert [(track.rooms, len(track.questions)) for track in plan.tracks] == [
        *[(1, 3)] * 5,
        (1, 5),
    ]


def test_what_is_left_unsaid_is_written_out():
    plan = parse(SMALL, "mine.yaml")

    assert plan.name == "mine"
    assert plan.meetings[0].on == date(2026, 10, 23)
    assert plan.tracks[0].template == plan.template
    assert plan.chapters == (ChapterPlan({"en": "Housing", "pl": "Mieszkania"}, 1),)
    assert plan.agenda[-1].title == {"en": "Closed", "pl": "Zakończone"}
    assert plan.plenary == ()
    assert complete(plan) == plan


def test_main_language_comes_first_in_every_text():
    plan = load("round-tables")
    texts = (plan.title, plan.sectors[0], plan.template[0].hint, plan.agenda[-1].title)
    assert [next(iter(text)) for text in texts] == ["cs"] * 4


def test_agenda_that_closes_by_itself_stays_as_it_is():
    closing = "  - {phase: closed, title: {en: Home, pl: Do domu}}\ntemplate:"
    plan = parse(SMALL.replace("template:", closing), "mine.yaml")
    assert [item.title["en"] for item in plan.agenda] == ["Ideas", "Home"]


def test_language_without_a_word_for_the_closing_has_the_english_one():
    plan = load("working-forum")
    bare = replace(plan, agenda=plan.agenda[:-1], languages=("vi",))
    assert complete(bare).agenda[-1].title == {"vi": "Closed"}


def test_norwegian_needs_no_quotes():
    text = SMALL.replace("languages: [en, pl]", 'languages: [en, "no"]').replace("pl:", "no:")
    assert parse(text, "mine.yaml").title == {"en": "Forum", "no": "Forum"}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        # what is written
        (
            "title: {en: Forum",
            "titel: {en: Forum",
            ["1: “titel” is not known here. Did you mean “title”?", "1: “title” is missing."],
        ),
        ("city: Łódź", "town: Łódź", ["4: “city” is missing.", "4: “town” is not known here."]),
        (
            "phase: gather",
            "phase: brainstorm",
            ["8: One of these is expected here: gather, group, decide, draft, adopt, closed."],
        ),
        ("minutes: 30", "minutes: half an hour", ["8: A whole number is expected here."]),
        ("minutes: 30", "minutes: 0", ["8: This must be at least 1."]),
        ("minutes: 30", "minutes: 2000", ["8: This must be at most 1440."]),
        ("minutes: 30", "minutes: 0x1e", ["8: Put quotes around 0x1e to make it text."]),
        ("city: Łódź", "city: no", ["4: Put quotes around no: text is expected here."]),
        ("city: Łódź", "city: 2026", ["4: Put quotes around 2026: text is expected here."]),
        ("city: Łódź", "city: 2026-10-23", ["4: Put quotes around 2026-10-23 to make it text."]),
        ("city: Łódź", "city: 1.5", ["4: Put quotes around 1.5 to make it text."]),
        (
            "city: Łódź",
            "city: ",
            ["4: Nothing is written here. A text with a comma or a colon in it needs quotes."],
        ),
        (
            "en: Cities",
            "en: Cities, towns",
            [
                "6: Nothing is written here. A text with a comma or a colon in it needs quotes.",
                "6: “towns” is not the code of a language, such as en or pl.",
            ],
        ),
        ("city: Łódź", "city: " + "x" * 81, ["4: This is too long: at most 80 characters."]),
        (
            "on: 2026-10-23",
            "on: soon",
            [
                "4: A date is expected here, such as 2026-05-31.",
                "4: A whole number is expected here.",
            ],
        ),
        ("city: Łódź", "city: Łódź, city: Opole", ["4: “city” is given twice."]),
        ("city: Łódź", "city: !!python/object:os.system x", ["4: Tags (!) are not used here."]),
        (
            "city: Łódź",
            "city: &c Łódź",
            ["4: Anchors (&) and aliases (*) are not used here: write it out."],
        ),
        ("city: Łódź", "[a]: Łódź", ["4: The name of a field must be a word."]),
        ("city: Łódź", "city: [[[[[[[[x]]]]]]]]", ["4: This is nested too deeply."]),
        (
            "languages:",
            "---\nlanguages:",
            ["2: One file holds one scenario: remove the line “---”."],
        ),
        # what it means
        ("pl: Miasta", "uk: Міста", ["6: The words in “pl” are missing."]),
        (
            "pl: Miasta",
            "polish: Miasta",
            ["6: “polish” is not the code of a language, such as en or pl."],
        ),
        ("[en, pl]", "[en, pl, en]", ["2: This language is there twice."]),
        ("[en, pl]", "[]", ["2: Needed here: at least 1."]),
        ("sectors:", "sectors:\n  - {en: cities, pl: Inne}", ["7: “Cities” is there twice."]),
        (
            "tracks:",
            "tracks:\n  - title: {en: Work, pl: Mieszkania}",
            ["15: “Mieszkania” is there twice."],
        ),
        (
            "tracks:",
            "  - {key: problem, title: {en: X, pl: X}, hint: {en: X, pl: X}}\ntracks:",
            ["13: The key “problem” is there twice."],
        ),
        (
            "key: problem",
            "key: The problem",
            ["10: This is not in the form that is expected here."],
        ),
        (
            "key: problem",
            "key: problem\n    length: 3",
            ["11: This must be at least 20."],
        ),
        (
            "template:",
            "chapters:\n  - {title: {en: X, pl: X}, track: 2}\ntemplate:",
            ["10: There is no track with this number."],
        ),
        (
            "phase: gather",
            "phase: closed",
            ["7: Before the closing there must be something to do."],
        ),
        (
            "languages:",
            "name: other\nlanguages:",
            ["2: A scenario is called as its file is: remove this line."],
        ),
        ("    questions:", "    rooms: 0\n    questions:", ["15: This must be at least 1."]),
        (
            "on: 2026-10-23}",
            "on: 2026-10-23, meets: plenary}",
            [
                "3: At one meeting at least the groups must meet.",
                "4: All can meet only where there is a “plenary”.",
            ],
        ),
    ],
)
def test_mistake_is_told_with_its_line(old, new, told):
    assert old in SMALL
    said = problem(SMALL.replace(old, new, 1))
    assert said == "\n".join(f"mine.yaml, line {one}" for one in told)


def test_track_needs_a_template():
    start, end = SMALL.index("template:"), SMALL.index("tracks:")
    assert problem(SMALL[:start] + SMALL[end:]) == (
        "mine.yaml, line 10: This track needs a “template”, or the forum one for all."
    )


def test_tracks_are_counted():
    many = "".join(f"  - title: {{en: T{n}, pl: T{n}}}\n" for n in range(20))
    assert problem(SMALL + many) == "mine.yaml, line 13: Too many: at most 20 fit here."
    assert problem(SMALL[: SMALL.index("  - title: {en: Housing")] + "  []\n") == (
        "mine.yaml, line 13: Needed here: at least 1."
    )


def test_rooms_are_counted():
    many = "".join(f"  - {{title: {{en: T{n}, pl: T{n}}}, rooms: 40}}\n" for n in range(11))
    assert problem(SMALL + many) == (
        "mine.yaml, line 13: That would be 441 rooms: at most 400 fit in a forum."
    )


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("", "mine.yaml, line 1: Named fields are expected here."),
        ("- a\n", "mine.yaml, line 1: Named fields are expected here."),
        ("just text", "mine.yaml, line 1: Named fields are expected here."),
        ("a: [1\nb: 2", "mine.yaml, line 2: This cannot be read: "),
        ("a: \x07", "mine.yaml, line 1: This file holds a character that cannot be read."),
        ("a: " + "x" * 300_000, "mine.yaml, line 1: This file is too large: at most 256 KB."),
        ("[" * 100_000, "mine.yaml, line 1: This is nested too deeply."),
        ("a: &a [x,x]\nb: &b [*a,*a]\n", "mine.yaml, line 1: Anchors (&)"),
        ('title: {en: "\\ud800"}\n', "mine.yaml, line 1: "),
        ("a: &a\n  <<: *a\n", "mine.yaml, line 1: Anchors (&)"),
    ],
)
def test_what_is_no_scenario_is_refused(text, start):
    assert problem(text).startswith(start)


def test_unknown_name_gets_a_suggestion():
    with pytest.raises(BadScenario) as error:
        load("workin-forum")
    assert str(error.value) == "There is no scenario “workin-forum”. Did you mean working-forum?"
    with pytest.raises(BadScenario) as error:
        load("../x")
    assert str(error.value) == (
        "There is no scenario “../x”. There are: round-tables, seminar-tour, "
        "thematic-forum, working-forum, working-group."
    )


def test_scenario_of_ones_own(tmp_path):
    path = tmp_path / "our-table.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode())
    assert load_file(path).name == "our-table"

    path.write_bytes(SMALL.encode("cp1250"))
    with pytest.raises(BadScenario, match=r"our-table\.yaml, line 4: save this file as UTF-8"):
        load_file(path)
    with pytest.raises(BadScenario, match="this file cannot be opened"):
        load_file(tmp_path / "nowhere.yaml")


def test_names_are_found_where_the_package_is(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert scenarios.names()
