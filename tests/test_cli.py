"""The command line, as people meet it: a process, its words, its exit code."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest
from click.testing import CliRunner

import exports
from facilitator import cli
from tests.exchange.files import PERSONS, sealed
from tests.running import free_port


@pytest.fixture
def facilitator(tmp_path):
    """facilitator("new", "working-forum", PORT="1") runs it in an empty folder."""

    def run(*arguments, **settings):
        command = [sys.executable, "-m", "facilitator", *arguments]
        environ = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), **settings}
        environ["PYTHONPATH"] = str(Path.cwd())
        return subprocess.run(
            command,
            cwd=tmp_path,
            env=environ,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return run


COMMANDS = (
    *("demo", "scenarios", "forums", "new", "serve", "export", "import", "upgrade"),
    *("backup", "restore", "rehearse", "links"),
)


def test_help_names_every_command_and_setting(facilitator):
    shown = facilitator("--help").stdout
    for word in (*COMMANDS, "DATA_DIR", "DATABASE_URL", "REDIS_URL", "PUBLIC_URL"):
        assert word in shown


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command):
    done = CliRunner().invoke(cli.main, [command, "--help"])
    assert done.exit_code == 0
    assert "Usage:" in done.output


def test_forum_is_founded_listed_and_written(facilitator, tmp_path):
    assert "There is no forum yet" in facilitator("forums").stdout
    [made] = json.loads(facilitator("new", "working-forum", "--title", "Ours", "--json").stdout)

    [listed] = json.loads(facilitator("forums", "--json").stdout)
    assert listed == made
    assert made["title"] == "Ours"
    assert made["join"].startswith("http://127.0.0.1:8000/j#")
    assert made["organiser"].startswith("http://127.0.0.1:8000/g#")
    assert len(made["code"]) == 6

    done = facilitator(
        "export", made["id"][:8], "--format", "md,json,csv,letters", "--out", "files"
    )
    assert done.returncode == 0, done.stderr
    assert {path.name for path in (tmp_path / "files").iterdir()} == {
        "recommendations.md",
        "recommendations.json",
        "recommendations.csv.zip",
        "recommendations.letters.zip",
    }


def test_what_was_written_is_named_although_the_rest_is_not_there(facilitator, tmp_path):
    [made] = json.loads(facilitator("new", "working-forum", "--json").stdout)
    done = facilitator("export", made["id"], "--format", "md,polis", "--out", "files")
    assert (done.returncode, done.stdout) == (1, "files/recommendations.md\n")
    assert "no closed vote on statements" in done.stderr
    assert (tmp_path / "files" / "recommendations.md").exists()


def test_every_export_format_can_be_asked_for():
    assert sorted((*cli.FORMATS, *cli.MORE)) == sorted(exports.FORMATS)
    assert sorted(cli.FORMATS) == sorted(exports.MAIN_FORMATS)


def test_forum_is_founded_from_a_file_of_ones_own(facilitator, tmp_path):
    (tmp_path / "ours.yaml").write_text("titel: Ours\n")
    done = facilitator("new", "ours.yaml")
    assert done.returncode == 1
    assert "ours.yaml" in done.stderr
    assert "title" in done.stderr


def test_scenarios_are_listed(facilitator):
    shown = facilitator("scenarios").stdout
    assert "working-forum" in shown
    assert "thematic-forum" in shown


@pytest.mark.parametrize(
    ("arguments", "settings", "code", "sentence"),
    [
        (["new", "working-form"], {}, 1, "Did you mean working-forum?"),
        (["export", ""], {}, 1, "no forum whose id begins with ''"),
        (["export", "zzz", "--format", ""], {}, 2, "No such format: (none)"),
        (["verify", "nosuch.json"], {}, 1, "There is no file nosuch.json"),
        (["verify", "."], {}, 1, "is a folder"),
        (["backup", "nowhere/friday.backup"], {}, 1, "There is no such folder: nowhere"),
        (["backup", "."], {}, 1, "Name a file, not a folder"),
        (["export", "zzz"], {}, 1, "no forum whose id begins with"),
        (["export", "zzz", "--format", "exe"], {}, 2, "No such format: exe"),
        (["serve"], {"PORT": "eighty"}, 78, "PORT: give a number"),
        (["forums"], {"DATABASE_URL": "mysql://x"}, 78, "DATABASE_URL: use sqlite"),
        (["forums"], {"DATABASE_URI": "x"}, 78, "Did you mean DATABASE_URL?"),
        (["serve", "--share-port"], {}, 78, "need REDIS_URL"),
        (["forums"], {"DATABASE_URL": "postgresql://127.0.0.1:1/x"}, 1, "does not answer"),
        (["demo", "--once"], {}, 2, "--once needs --out DIR"),
        (["demo", "--once", "--out", "o", "--participants", "3"], {}, 2, "at least 24"),
        (["demo", "--once", "--out", "/dev/null/o"], {}, 1, "/dev/null/o"),
    ],
)
def test_errors_are_one_clear_sentence(facilitator, arguments, settings, code, sentence):
    done = facilitator(*arguments, **settings)
    assert (done.returncode, done.stdout) == (code, "")
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_server_says_where_it_is_and_ends_when_asked(tmp_path):
    port = free_port()
    command = [sys.executable, "-m", "facilitator", "serve", "--port", str(port)]
    environ = {**os.environ, "DATA_DIR": str(tmp_path), "PYTHONUNBUFFERED": "1"}
    server = subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout.readline() == f"Facilitator is at http://127.0.0.1:{port}\n"
        assert f"http://127.0.0.1:{port}/g#" in server.stdout.readline()
        with urlopen(f"http://127.0.0.1:{port}/healthz") as answer:
            assert json.load(answer) == {"ok": True}
        second = subprocess.run(
            command, env=environ, capture_output=True, text=True, timeout=60, check=False
        )
        assert (second.returncode, "Cannot listen on" in second.stderr) == (1, True)
        time.sleep(0.5)
        server.send_signal(signal.SIGTERM)
        assert server.wait(15) == 0
    finally:
        server.kill()
        server.stdout.close()


def test_a_lost_link_is_listed_issued_anew_and_revoked(facilitator):
    [made] = json.loads(facilitator("new", "working-forum", "--json").stdout)

    def listed():
        return json.loads(facilitator("links", made["id"], "--json").stdout)

    before = listed()
    assert {one["link"] for one in before} >= {made["organiser"], made["projector"]}
    [lost] = [one for one in before if one["role"] == "organiser"]
    assert facilitator("links", made["id"], "--reissue", lost["id"]).returncode == 0
    after = listed()
    [new] = [one for one in after if one["role"] == "organiser"]
    assert new["link"] != lost["link"]
    assert len(after) == len(before)
    assert facilitator("links", made["id"], "--revoke", new["id"]).returncode == 0
    assert not [one for one in listed() if one["role"] == "organiser"]
    again = facilitator("links", made["id"], "--reissue", lost["id"])
    assert (again.returncode, "Traceback" in again.stderr) == (1, False)
    nothing = facilitator("links", made["id"], "--revoke", "")
    assert (nothing.returncode, "no such link" in nothing.stderr) == (1, True)


@pytest.fixture
def forum(facilitator):
    """The id of a forum of this folder."""
    [made] = json.loads(facilitator("new", "working-forum", "--json").stdout)
    return made["id"]


def test_a_table_is_shown_row_by_row_and_comes_in_whole_or_not_at_all(facilitator, forum, tmp_path):
    (tmp_path / "texts.csv").write_text(
        "title,text,track\nBenches,In the shade.,\nRoofs,Over the stops.,\n,No title,\n"
    )
    bring = ("import", forum[:8], "texts.csv")
    unknown = facilitator(*bring, "--room", "nowhere")
    code = unknown.stderr.partition("There are: ")[2][:6]

    shown = facilitator(*bring, "--room", code)
    homeless = facilitator(*bring, "--take")
    again = json.loads(facilitator(*bring, "--room", code, "--json").stdout)

    assert unknown.returncode == homeless.returncode == 1
    assert "There is no open room nowhere." in unknown.stderr
    assert "row 2 belongs to no track" in homeless.stderr
    assert shown.returncode == 0
    lines = shown.stdout.splitlines()
    assert [line[:15] for line in lines[:3]] == [
        "+    2  Benches",
        "+    3  Roofs  ",
        "-    4  Untitle",
    ]
    assert lines[3:] == [
        "        There is no title.",
        "Nothing has come in yet. To bring it in, add --take.",
    ]
    assert [row["comes"] for row in again["rows"]] == [True, True, False]

    some = facilitator(*bring, "--room", code, "--rows", "3", "--take")
    rest = facilitator(*bring, "--room", code, "--take")
    nothing = facilitator(*bring, "--room", code, "--take")

    assert (some.returncode, some.stdout.splitlines()[-1]) == (0, "Came in: 1.")
    assert (rest.returncode, rest.stdout.splitlines()[-1]) == (0, "Came in: 1.")
    assert "It is here already." in rest.stdout
    assert (nothing.returncode, nothing.stderr) == (1, "There is nothing to bring in.\n")


def test_a_sealed_document_says_what_it_is_and_a_list_of_people_only_names(
    facilitator, forum, tmp_path
):
    data, seal = sealed()
    (tmp_path / "ours.json").write_bytes(data)
    (tmp_path / "ours.seal.json").write_bytes(seal)
    (tmp_path / "people.csv").write_text(f"{PERSONS}\n,Ana,Nowak,,,Bees,Trees,,,,,,,,,,,,,,\n")

    known = facilitator("import", forum, "ours.json", "--seal", "ours.seal.json").stdout
    bare = facilitator("import", forum, "ours.json").stdout
    people = facilitator("import", forum, "people.csv", "--take")

    assert known.startswith("Razem na miejscu, edition 1.0 of 2026-11-22, with a good signature\n")
    assert bare.startswith("Razem na miejscu, edition 1.0 of 2026-11-22, without its seal\n")
    assert people.returncode == 0
    assert people.stdout.splitlines() == ["+ sector  Bees", "+ track  Trees", "Came in: 2."]


@pytest.mark.parametrize(
    ("name", "data", "more", "code", "sentence"),
    [
        ("a.csv", b"", (), 1, "This file is empty."),
        ("a.pdf", b"%PDF-1.7", (), 1, "This is a PDF. Choose the text that it was made from"),
        ("a.json", b'{"forum": 1}', (), 1, "Error: "),
        ("a.csv", b"title,text\nOne,Two\n", ("--rows", "one"), 2, "Write them as 1,4-7."),
        ("a.csv", b"title,text\nOne,Two\n", ("--rows", "9"), 1, "There is no row 9"),
        ("a.csv", b"title,text\nOne,Two\n", ("--lang", "xx"), 2, "The forum speaks "),
    ],
)
def test_a_file_that_cannot_come_in_says_why(  # noqa: PLR0917 - columns of the table above
    facilitator, forum, tmp_path, name, data, more, code, sentence
):
    (tmp_path / name).write_bytes(data)

    done = facilitator("import", forum, name, *more)

    assert (done.returncode, done.stdout) == (code, "")
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_nobody_simulated_comes_into_a_forum_for_real(facilitator):
    [made] = json.loads(facilitator("new", "working-forum", "--json").stdout)
    refused = facilitator("rehearse", made["id"])
    assert refused.returncode == 1
    assert "no rehearsal" in refused.stderr
