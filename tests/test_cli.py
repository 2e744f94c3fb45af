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

import exports
from facilitator import cli
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
def test_every_command_has_help(facilitator, command):
    done = facilitator(command, "--help")
    assert done.returncode == 0
    assert "Usage:" in done.stdout


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
        (["export", "zzz"], {}, 1, "no forum whose id begins with"),
        (["export", "zzz", "--format", "exe"], {}, 2, "No such format: exe"),
        (["serve"], {"PORT": "eighty"}, 78, "PORT: give a number"),
        (["forums"], {"DATABASE_URL": "mysql://x"}, 78, "DATABASE_URL: use sqlite"),
        (["forums"], {"DATABASE_URI": "x"}, 78, "Did you mean DATABASE_URL?"),
        (["serve", "--share-port"], {}, 78, "need REDIS_URL"),
        (["forums"], {"DATABASE_URL": "postgresql://127.0.0.1:1/x"}, 1, "does not answer"),
        (["demo", "--once"], {}, 2, "--once needs --out DIR"),
        (["demo", "--once", "--out", "o", "--participants", "3"], {}, 2, "at least 24"),
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


def test_nobody_simulated_comes_into_a_forum_for_real(facilitator):
    [made] = json.loads(facilitator("new", "working-forum", "--json").stdout)
    refused = facilitator("rehearse", made["id"])
    assert refused.returncode == 1
    assert "no rehearsal" in refused.stderr
