"""The product's own proof that the main job works: a whole forum through the real server."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from exports import export
from exports.document import from_json
from exports.languages import text_in
from exports.richtext import plain
from facilitator import scenarios
from facilitator.demo import FEWEST, FORMATS, texts
from facilitator.demo.writing import Copy, Hole
from facilitator.rooms import updates
from tests.exports.read import html_words
from tests.running import ROOT, free_port

#: Of the sample forum.
TRACKS = [track.title["en"] for track in scenarios.load(scenarios.SAMPLE).tracks]


def demo(*arguments, **how):
    command = [sys.executable, "-m", "facilitator", "demo", "--port", str(free_port()), *arguments]
    environ = {"PATH": os.environ["PATH"], "PYTHONUNBUFFERED": "1", **how.pop("settings", {})}
    return subprocess.Popen(
        command, cwd=ROOT, env=environ, text=True, stdin=subprocess.DEVNULL, **how
    )


def children(pid):
    """The processes that a process has started, and those that they have."""
    found = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    )
    pids = [int(line) for line in found.stdout.split()]
    return pids + [below for child in pids for below in children(child)]


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def gone(pids, seconds=20):
    end = time.monotonic() + seconds
    while any(map(is_alive, pids)) and time.monotonic() < end:
        time.sleep(0.1)
    return not any(map(is_alive, pids))


# ---- A whole forum -------------------------------------------------------------------------------


def run(folder, scenario):
    """What `demo --once` says of a scenario, and where its files are."""
    out = folder / "out"
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    asked = ("--once", "--out", str(out), "--participants", str(FEWEST), "--scenario", scenario)
    with demo(*asked, **pipes) as process:
        said, wrong = process.communicate(timeout=500)
    assert process.returncode == 0, wrong
    return out, said


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The sample forum."""
    return run(tmp_path_factory.mktemp("whole"), scenarios.SAMPLE)


@pytest.mark.slow
def test_whole_forum_leaves_its_document_in_every_basic_format(whole):
    figures = check_files(*whole)
    assert int(figures["participants"]) >= FEWEST
    assert int(figures["merges"]) >= 4


def check_files(out, said):
    """All files are there, sealed; the figures."""
    stem = "recommendations"
    names = {f"{stem}.{ending}" for ending in FORMATS}
    assert {path.name for path in out.iterdir()} == names | {f"{stem}.seal.json"}
    assert (out / f"{stem}.pdf").read_bytes().startswith(b"%PDF-")
    assert (out / f"{stem}.docx").read_bytes().startswith(b"PK")
    figures = dict(re.findall(r"^  (\w+) +(\d+)$", said, re.MULTILINE))
    assert {"ideas", "ballots", "recommendations", "merges"} < figures.keys()
    return figures


@pytest.mark.slow
@pytest.mark.parametrize(
    ("scenario", "rooms", "merges"),
    [("thematic-forum", 7, 0), ("round-tables", 3, 1)],
)
def test_forum_of_another_kind_goes_from_the_first_join_to_the_sealed_document(
    tmp_path, scenario, rooms, merges
):
    figures = check_files(*run(tmp_path, scenario))
    assert (int(figures["rooms"]), int(figures["merges"])) == (rooms, merges)


@pytest.mark.slow
def test_working_group_keeps_minutes_and_has_its_document_in_two_languages(tmp_path):
    out, said = run(tmp_path, "working-group")
    figures = check_files(out, said)
    assert (int(figures["rooms"]), int(figures["merges"])) == (4, 2)
    document = from_json(json.loads((out / "recommendations.json").read_text()))
    meetings = {one.id: one.on for one in document.forum.meetings}
    words = {meetings[one.meeting]: plain(one.blocks) for one in document.annexes.minutes}
    first, second, *_ = (words[day] for day in sorted(words))
    assert "brakuje jednego adresu" in first
    assert "zatwierdzono" in first
    assert "Policzyć pytania z ostatniego roku" in first
    assert "Policzyć pytania z ostatniego roku" in second
    assert "Policzyć pytania z ostatniego roku" in (out / "recommendations.md").read_text()
    known = {one.title: text_in(one, "en") for one in document.recommendations}
    checked = {title: found.title for title, found in known.items() if found}
    assert len(checked) == 2
    assert {found.state for found in known.values() if found} == {"checked"}
    alone = html_words(export(replace(document, lang="en"), "html"))
    both = html_words(export(replace(document, beside="en"), "html"))
    assert all(title in alone and title in both for title in checked.values())
    assert all(title in alone for title, found in known.items() if not found)
    assert alone.count("Not translated: shown in the original (Polish).") >= len(known) - 2


@pytest.mark.slow
def test_tour_says_in_which_cities_each_recommendation_was_raised(tmp_path):
    out, said = run(tmp_path, "seminar-tour")
    figures = check_files(out, said)
    assert (int(figures["rooms"]), int(figures["merges"])) == (26, 10)
    document = from_json(json.loads((out / "recommendations.json").read_text()))
    raised = {
        one.title: {source.city for source in one.sources} for one in document.recommendations
    }
    assert len(raised) == 10
    assert all(len(cities) > 1 for cities in raised.values())
    assert set().union(*raised.values()) == {"Kraków", "Lublin", "Łódź", "Wrocław", "Warszawa"}
    text = (out / "recommendations.md").read_text()
    entries = re.split(r"^### (?=\d+\. )", text, flags=re.MULTILINE)[1:]
    for title, cities in raised.items():
        [entry] = [one for one in entries if one.partition("\n")[0].endswith(title)]
        assert all(city in entry for city in cities), title


@pytest.mark.slow
def test_whole_forum_is_sealed_and_a_changed_byte_is_noticed(whole, tmp_path):
    def verify(*paths):
        command = [sys.executable, "-m", "facilitator", "verify", *map(str, paths)]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    files = sorted(whole[0].iterdir())
    checked = verify(*files)
    assert (checked.returncode, checked.stdout.count("as sealed")) == (0, len(files))
    for path in files:
        copies = [Path(shutil.copy(one, tmp_path)) for one in files]
        changed = copies[files.index(path)]
        data = changed.read_bytes()
        place = data.index(b"a", len(data) // 2)
        changed.write_bytes(data[:place] + b"b" + data[place + 1 :])
        refused = verify(changed)
        assert (refused.returncode, "NOT AS SEALED" in refused.stderr) == (1, True), path


@pytest.mark.slow
def test_whole_forum_names_every_room_of_what_was_merged(whole):
    out, _ = whole
    document = from_json(json.loads((out / "recommendations.json").read_text()))
    assert document.sample
    assert document.method.figures["participants"] >= FEWEST
    assert len(document.sectors) >= 4
    assert len(document.chapters) == 4
    assert all(chapter.content for chapter in document.chapters)
    merged = [one for one in document.recommendations if len(one.sources) > 1]
    assert len(merged) >= 4
    texts_of = {
        ending: (out / f"recommendations.{ending}").read_text() for ending in ("md", "html")
    }
    for one in merged:
        rooms = {source.room for source in one.sources}
        assert len(rooms) == len(one.sources)
        assert all(source.spans for source in one.sources)
        assert all(source.ballots for source in one.sources)
        for text in texts_of.values():
            assert all(room in text for room in rooms)


@pytest.mark.slow
def test_whole_forum_holds_the_words_that_were_written(whole):
    """Nothing of what people have written in the groups is lost on the way to the document."""
    out, _ = whole
    printed = " ".join(said_in(json.loads((out / "recommendations.json").read_text())))
    for script in map(texts.scripts().get, TRACKS):
        for sketch in script.sketches:
            for key, lines in sketch.sections.items():
                for line in lines:
                    # Whom it is for becomes a list of offices, which have no full stop.
                    words = line.removesuffix(".") if key == "addressee" else line
                    assert words.removeprefix("- ") in printed, line
            assert all(step[0] in printed for step in sketch.steps)


def said_in(data):
    """All texts in plain data."""
    if isinstance(data, str):
        yield data
    for part in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from said_in(part)


# ---- While people watch --------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_demonstration_is_alive_and_leaves_nothing_behind(tmp_path, number):
    settings = {"DATA_DIR": str(tmp_path)}
    with demo("--participants", "10", stdout=subprocess.PIPE, settings=settings) as process:
        try:
            base = comes_up(process)
            with urllib.request.urlopen(f"{base}/healthz", timeout=5) as reply:
                assert reply.status == 200
            started = children(process.pid)
            assert len(started) >= 2
            process.send_signal(number)
            assert process.wait(30) == 0
        finally:
            process.kill()
    assert gone(started)


def comes_up(process):
    """Wait until people are at work; where."""
    found = ""
    for line in process.stdout:
        if link := re.search(r"join +(http://[^/]+)/j#", line):
            found = link[1]
        if "at work" in line:
            return found
    raise AssertionError("It ended by itself.")


def test_once_says_in_a_sentence_what_is_missing(tmp_path):
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    for arguments, sentence in (
        (["--once"], "--once needs --out DIR."),
        (["--once", "--out", "x", "--participants", "23"], "at least 24 participants"),
    ):
        with demo(*arguments, settings={"DATA_DIR": str(tmp_path)}, **pipes) as process:
            _, wrong = process.communicate(timeout=30)
        assert process.returncode == 2
        assert sentence in wrong


# ---- What they say, and how they write it --------------------------------------------------------


def test_there_is_enough_to_say():
    for name, script in texts.scripts().items():
        assert len(script.ideas) >= FEWEST, name
        assert all(len(idea.text) <= 600 for idea in script.ideas)
        for topic in script.merges:
            assert len({one.group for one in script.sketches if one.topic == topic}) > 1, topic


@pytest.mark.parametrize("name", scenarios.names())
def test_every_group_of_a_scenario_has_something_to_write(name):
    plan = scenarios.load(name)
    sittings = sum(meeting.meets != "plenary" for meeting in plan.meetings)
    for track in plan.tracks:
        script = texts.scripts()[track.title["en"]]
        groups = set(range(1, sittings * track.rooms + 1))
        assert {sketch.group for sketch in script.sketches} == groups
        keys = {section.key for section in track.template}
        assert all(set(sketch.sections) == keys for sketch in script.sketches)


@pytest.mark.parametrize("company", [3, 4, 6, 7, 10])
def test_groups_and_people_say_different_things(company):
    for name in texts.scripts():
        room = {"title": {"en": name}, "sort": "group"}
        said = [
            idea.text
            for group in (1, 2)
            for place in range(company)
            for idea in texts.ideas_of(room, group, place, company)
        ]
        assert len(said) == len(set(said)) >= min(24, 2 * company)


def test_copy_appends_behind_what_others_wrote():
    ana, ben = Copy(1, "epoch"), Copy(2, "epoch")
    for writer, other, words in ((ana, ben, "One."), (ben, ana, " Two. 🐢"), (ana, ben, " Three.")):
        update = writer.append("s:problem", words)
        updates.check(updates.read(update), other.state, lambda _: True)
        other.learn(update)
    assert all(copy.has("s:problem", " Two. 🐢") for copy in (ana, ben))
    assert ana.state == ben.state == {1: 11, 2: 8}
    structs = [
        struct
        for update in (ana.append("s:problem", "!"),)
        for struct in updates.read(update).structs
    ]
    assert [struct.origin for struct in structs] == [(1, 10)]
    assert all(before.clock <= after.clock for before, after in pairwise(structs))


def test_copy_says_when_something_is_missing():
    ana, ben = Copy(1, "epoch"), Copy(2, "epoch")
    ana.append("title", "One")
    later = ana.append("title", "Two")
    with pytest.raises(Hole):
        ben.learn(later)


def test_copy_knows_rows_and_their_order():
    ana, ben = Copy(1, "epoch"), Copy(2, "epoch")
    ben.learn(ana.set("steps", "abcdef12.pos", 0.0))
    ben.learn(ana.set("addressees", "office12.pos", 0.0))
    ben.learn(ana.append("p:abcdef12:what", "Do it"))
    assert (ben.row("steps", 0), ben.row("steps", 1)) == ("abcdef12", None)
    assert (ben.row("addressees", 0), ben.row("addressees", 1)) == ("office12", None)
    assert (ben.blank("p:abcdef12:what"), ben.blank("p:abcdef12:who")) == (False, True)
