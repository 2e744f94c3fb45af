"""What a room takes home: what everybody could see, counted once, and nobody named."""

import pytest

from facilitator.consolidation.record import record_files, record_of
from facilitator.db import db, write
from facilitator.models import Draft, Forum, Idea, IdeaState, Phase, Recommendation


@pytest.fixture
def told(room, join, lead, clock):
    """A room that has gathered, grouped, voted and adopted."""
    ana, ben, leader = join("Ana"), join("Ben"), lead()
    texts = (("Benches", "en"), ("Więcej drzew", "pl"), ("Held back", "en"), ("Alone", "en"))
    ideas = [
        ana.act("idea.post", sort="need", question=None, text=text, lang=lang)["id"]
        for text, lang in texts
    ]
    for idea in ideas[:2]:
        ben.act("idea.support", id=idea, on=True)
    leader.go(Phase.GROUP)
    leader.act("theme.make", title="Places", lang="en", ideas=ideas[:3])
    write(lambda: setattr(db.session.get(Idea, ideas[2]), "state", IdeaState.HIDDEN))
    leader.go(Phase.DECIDE)
    asked = {"question": "What first?", "lang": "en", "method": "approval", "dots": None}
    ballot = leader.act("ballot.open", **asked, subject="ideas", things=[])
    first = next(str(one["id"]) for one in ballot["choices"] if one["label"] == "Benches")
    for phone in (ana, ben):
        phone.act("ballot.cast", ballot=ballot["id"], marks={first: 1})
    leader.act("ballot.close", ballot=ballot["id"])
    leader.go(Phase.DRAFT)
    made = leader.act("recommendation.start", title="Sit down", lang="en", theme=None)
    step = {"id": "s1", "what": "Count", "who": "City", "by": "", "with": "", "cost": ""}
    text = {"title": "Sit down", "sections": {"problem": "Queues.\n\n- long"}, "steps": []}
    text["steps"] = [{**step, "indicator": ""}]
    db.session.rollback()
    seq = db.session.get(Draft, made["id"]).seq
    clock().act("draft.render", recommendation=made["id"], seq=seq + 1, text=text)
    db.session.rollback()
    return record_of(room.id)


def test_record_says_where_when_and_how_many(told):
    assert (told.forum, told.lang, told.on) == ("Living here", "en", "2026-05-16")
    assert told.title == "Housing, table 1"
    assert told.lines[0].startswith("Lublin, Town hall, 16")
    assert told.lines[1] == "2 people · 3 ideas · 1 theme"
    assert [one.text for one in told.questions] == ["What is missing?", "Who can help?"]


def test_themes_count_each_seat_once_and_show_only_what_all_may_see(told):
    [theme] = told.themes
    assert (theme.title.text, theme.title.note) == ("Places", "supported by 1 person")
    assert [(one.text, one.lang, one.note) for one in theme.ideas] == [
        ("Benches", "en", "need · 1 supports it"),
        ("Więcej drzew", "pl", "need · 1 supports it"),
    ]
    assert [(one.text, one.note) for one in told.loose] == [("Alone", "need")]


def test_votes_are_told_with_their_result_best_first(told):
    [vote] = told.votes
    assert (vote.question.text, vote.question.note) == ("What first?", "2 have voted")
    first, *others = vote.choices
    assert (first.label.text, first.count, first.share) == ("Benches", 2, 1.0)
    assert {one.count for one in others} == {0}


def test_a_vote_tells_why_it_carries_what_it_means_and_sector_by_sector(forum, room, lead):
    leader = lead()
    leader.go(Phase.DECIDE)
    asked = {"question": "Do we?", "lang": "en", "method": "yes_no", "rule": {"sectors": 50}}
    ballot = leader.act("ballot.open", **asked, subject="question", things=[])["id"]
    counted = zip(forum.sectors, [(28, 2), (20, 20), (8, 7), (25, 12)], strict=True)
    rows = [
        {"sector": one.uuid, "people": yes + no, "counts": {"yes": yes, "no": no}}
        for one, (yes, no) in counted
    ]
    leader.act("ballot.show_hands", ballot=ballot, rows=rows)
    leader.act("ballot.close", ballot=ballot)
    leader.act("ballot.conclude", ballot=ballot, text="We\nbegin.", lang="en")
    db.session.rollback()

    [vote] = record_of(room.id).votes

    assert [line.text for line in vote.after] == [
        "Carried. More for than against: 81 to 41. In every sector at least 50 % are in favour.",
        "We begin.",
        "Diaspora, in favour: at least 26 of 30",
        "NGO, in favour: not told, of 40",
        "City, in favour: 8 of 15",
        "University, in favour: 25 of 37",
    ]


def test_words_that_were_hidden_since_are_not_in_the_votes(told, room, lead):
    leader = lead()
    idea = next(number for number, one in leader.all("idea").items() if one["text"] == "Benches")
    leader.act("idea.hide", id=idea, reason="person")
    db.session.rollback()
    assert "Benches" not in [one.label.text for one in record_of(room.id).votes[0].choices]


def test_texts_say_how_far_they_came(told):
    [draft] = told.drafts
    assert (draft.title.text, draft.title.note, draft.adopted) == (
        "Sit down",
        "not voted on",
        False,
    )
    assert [part.heading for part in draft.parts] == ["Problem"]
    assert [(step.what, step.who, step.by) for step in draft.steps] == [("Count", "City", "")]


def test_an_adopted_text_says_how_the_room_voted(room, join, lead):
    phones, leader = [join("Ana"), join("Ben")], lead()
    leader.go(Phase.DRAFT)
    made = leader.act("recommendation.start", title="Sit down", lang="en", theme=None)
    leader.go(Phase.ADOPT)
    ballot = leader.act("ballot.adopt", recommendation=made["id"])
    for phone, word in zip(phones, ("yes", "abstain"), strict=True):
        phone.act("ballot.cast", ballot=ballot["id"], marks={word: 1})
    leader.act("ballot.close", ballot=ballot["id"])
    db.session.rollback()
    record = record_of(room.id)
    wording = db.session.get_one(Recommendation, made["id"]).adopted_hash
    told = f"adopted: 1 for, 0 against, 1 abstained · hash {wording[7:19]}"
    assert record.drafts[0].title.note == told
    assert record.votes == ()


def test_an_open_vote_is_not_told(room, join, lead):
    ana, leader = join("Ana"), lead()
    for text in ("Benches", "Wells"):
        ana.act("idea.post", sort="need", question=None, text=text, lang="en")
    leader.go(Phase.DECIDE)
    asked = {"question": "What first?", "lang": "en", "method": "approval", "dots": None}
    leader.act("ballot.open", **asked, subject="ideas", things=[])
    db.session.rollback()
    assert record_of(room.id).votes == ()


@pytest.mark.parametrize("lang", ["pl", "cs", "uk"])
def test_our_words_are_in_the_language_of_the_forum(room, forum, lang):
    write(lambda: setattr(db.session.get(Forum, forum.id), "languages", [lang]))
    english, theirs = _words("en", room, forum), _words(lang, room, forum)
    assert {name for name in english if english[name] == theirs[name]} == set()


def _words(lang, room, forum):
    write(lambda: setattr(db.session.get(Forum, forum.id), "languages", [lang]))
    db.session.rollback()
    return record_of(room.id).words


def test_a_rehearsal_is_said_on_the_record(room, forum):
    write(lambda: setattr(db.session.get(Forum, forum.id), "rehearsal", True))
    db.session.rollback()
    assert "Rehearsal" in record_of(room.id).notice


def test_files_are_whole(room, tmp_path):
    told = []
    paths = record_files(room.id, ["pdf", "docx", "md"], tmp_path / "new", told.append)
    assert [path.name for path in paths] == ["record.pdf", "record.docx", "record.md"]
    assert [path.read_bytes()[:4] for path in paths[:2]] == [b"%PDF", b"PK\x03\x04"]
    assert told[-1] == 100
    assert {path.name for path in (tmp_path / "new").iterdir()} == {path.name for path in paths}
