"""The plenary: the desk puts texts there, the floor changes words, and the document says what came."""

import pycrdt
import pytest

from exports import document as model
from facilitator.actions import Refused
from facilitator.consolidation.compose import compose
from facilitator.db import db, write
from facilitator.models import Ballot, Motion, Phase, Recommendation, Status
from facilitator.rooms.reopening import hash_of
from tests import make
from tests.consolidation.conftest import entry, passages_of, roots, stored
from tests.consolidation.writing import accept, open_copy, render, type_into


@pytest.fixture
def hall(forum):
    """The plenary of the meeting, where it adopts."""
    return write(lambda: make.plenary(forum))


@pytest.fixture
def placed(desk, chapter, text):
    """placed("One desk", problem="…") is a text of the document, in the words of a room."""

    def made(title="One desk", **sections):
        number = text(title, **sections)
        return desk.act("desk.place", recommendation=number, chapter=chapter)["id"]

    return made


@pytest.fixture
def put(desk, hall):
    """put(entry) lays texts before the plenary, and gives their numbers there."""

    def putting(*entries):
        desk.act("motion.put", room=hall.uuid, recommendations=list(entries))
        found = [one for one in all_of(hall) if one.entry_id in entries]
        return [one.id for one in sorted(found, key=lambda one: entries.index(one.entry_id))]

    return putting


@pytest.fixture
def survey(clock, forum):
    return lambda: clock(forum.desk).act("desk.survey")


@pytest.fixture
def chair(lead, hall):
    return lead(room=hall)


def all_of(hall):
    db.session.rollback()
    db.session.expire_all()
    return db.session.query(Recommendation).filter_by(room_id=hall.id).all()


def refused(code, who, name, **payload):
    with pytest.raises(Refused) as refusal:
        who.act(name, **payload)
    assert refusal.value.code == code


def suggest(who, motion, quote, put, root="s:problem"):
    """Suggest other words, as a browser does: by the units they are made of."""
    copy, got = open_copy(motion)
    words = str(copy.get(root, type=pycrdt.Text))
    units = units_of(motion, root, words.index(quote), len(quote))
    asked = {"recommendation": motion, "epoch": got["epoch"], "root": root, "units": units}
    return who.act("suggestion.make", **asked, quote=quote, put=put, text="", lang="en")["id"]


def units_of(motion, root, start, length):
    """The units of a passage that was written in one go."""
    from facilitator.rooms import draft_log, updates  # noqa: PLC0415 - read as the server does

    rows = db.session.execute(draft_log.LOG, {"draft": motion, "since": 0})
    structs = [one for row in rows for one in updates.read_draft(row.data).structs]
    [whole] = [one for one in structs if one.root == root]
    return [[whole.client, whole.clock + start, length]]


def decide(chair, join, hall, ballot, *, yes=0, no=0, sector=0):
    for word, many in (("yes", yes), ("no", no)):
        for n in range(many):
            phone = join(f"{word}{sector}{n}", room=hall, sector=sector)
            phone.act("ballot.cast", ballot=ballot, marks={word: 1})


def composed(forum):
    db.session.rollback()
    return compose(forum.id)


# ---- Putting ----


def test_plenary_reads_what_the_desk_has_put_with_its_hash(placed, put, hall, join, forum):
    made = placed(problem="Five queues.", steps=())
    [motion] = put(made)

    phone = join("Ana", room=hall)
    assert phone.all("text")[motion]["sections"] == {"problem": "Five queues."}
    assert phone.all("motion")[motion]["hash"] == hash_of(entry(made).draft.text)
    assert phone.all("recommendation")[motion]["status"] == "draft"
    assert phone.things == phone.fresh()
    # The document says that it lies there; it is no draft of a room, and no support.
    document = composed(forum)
    [printed] = document.recommendations
    assert (printed.plenary.outcome, printed.plenary.changed) == ("open", False)
    assert document.method.figures["drafts"] == 1


def test_nobody_writes_in_a_text_of_the_desk(placed, put, chair, join, hall):
    [motion] = put(placed(problem="Five queues."))
    chair.go(Phase.DRAFT)
    _, got = open_copy(motion)
    edit = {"recommendation": motion, "epoch": got["epoch"], "update": "AAA="}
    for who in (chair, join("Ana", room=hall)):
        refused("not_allowed", who, "draft.update", **edit)
    refused("not_allowed", chair, "recommendation.remove", id=motion)


def test_putting_the_same_words_twice_changes_nothing(placed, put, desk, hall):
    made = placed(problem="Five queues.")
    put(made)
    assert desk.act("motion.put", room=hall.uuid, recommendations=[made]) == {"put": 0}
    assert len(all_of(hall)) == 1


def test_only_texts_of_the_document_go_to_plenaries_alone(placed, text, desk, hall, forum):
    refused("gone", desk, "motion.put", room=hall.uuid, recommendations=[text()])
    refused("gone", desk, "motion.put", room=forum.rooms[0].uuid, recommendations=[placed()])


def test_what_is_taken_back_is_not_voted_on(placed, put, desk, chair, forum):
    made = placed(problem="Five queues.")
    [motion] = put(made)
    desk.act("motion.withdraw", motion=motion)

    refused("gone", chair, "ballot.adopt", recommendation=motion)
    assert composed(forum).recommendations[0].plenary.outcome == "withdrawn"
    put(made)
    assert entry(motion).status is Status.DRAFT


# ---- The floor ----


def test_amendment_comes_into_the_desks_text_with_the_plenary_as_its_source(  # noqa: PLR0917
    placed, put, chair, join, hall, survey, forum
):
    made = placed(problem="There are five queues in the hall.")
    [motion] = put(made)
    ana = join("Ana", room=hall)
    asked = suggest(ana, motion, "five", "nine")
    ana.act("suggestion.back", id=asked, agrees=True)
    refused("not_allowed", ana, "suggestion.decline", id=asked, text="No.", lang="en")

    accept(chair, motion, asked, "five", "nine")
    survey()
    render(made)

    after = entry(made)
    assert after.draft.text["sections"]["problem"] == "There are nine queues in the hall."
    room, floor = after.sources
    assert (room.origin.entry_id, floor.origin_id) == (None, motion)
    [cut] = [one for one in after.draft.text["passages"] if one["source"] == floor.id]
    assert (cut["root"], cut["end"] - cut["start"]) == ("s:problem", 4)
    assert stored(max(passages_of(made).values())) == "nine"
    assert db.session.get(Motion, motion).hash == hash_of(after.draft.text)

    survey()  # nothing is taken up twice
    [printed] = composed(forum).recommendations
    assert [source.room for source in printed.sources] == ["Group 1", "Plenary"]
    assert printed.support.rooms == ("Lublin, Housing, Group 1 (not voted on)",)
    assert (printed.plenary.amended, printed.plenary.changed) == (1, False)
    [change] = composed(forum).annexes.changes
    assert (change.kind, change.agreed) == ("amended", "1 agreed, 0 did not")


def test_floor_quotes_only_what_the_text_says(placed, put, join, hall):
    [motion] = put(placed(problem="There are five queues\nin the hall."))
    _, got = open_copy(motion)
    units = units_of(motion, "s:problem", 10, 11)
    asked = {"recommendation": motion, "epoch": got["epoch"], "root": "s:problem", "units": units}
    ana = join("Ana", room=hall)
    more = {"text": "", "lang": "en"}

    refused("gone", ana, "suggestion.make", **asked, quote="zero queues", put="No queues", **more)
    ana.act("suggestion.make", **asked, quote="five queues in", put="nine in", **more)


def test_text_is_not_put_again_before_the_desk_has_read_what_the_floor_changed(  # noqa: PLR0917
    placed, put, chair, join, desk, hall, survey
):
    made = placed(problem="There are five queues in the hall.")
    [motion] = put(made)
    asked = suggest(join("Ana", room=hall), motion, "five", "nine")
    accept(chair, motion, asked, "five", "nine")

    again = {"room": hall.uuid, "recommendations": [made]}
    refused("retry", desk, "motion.put", **again)
    assert entry(motion).draft.text["sections"]["problem"] == "There are nine queues in the hall."

    survey()
    render(made)
    assert desk.act("motion.put", **again) == {"put": 0}
    assert entry(made).draft.text["sections"]["problem"] == "There are nine queues in the hall."


def test_words_of_the_floor_keep_their_source_when_texts_are_merged(  # noqa: PLR0917
    placed, put, chair, join, hall, survey, desk, chapter
):
    made, other = placed(problem="There are five queues."), placed("Words", problem="No signs.")
    [motion] = put(made)
    accept(chair, motion, suggest(join("Ana", room=hall), motion, "five", "nine"), "five", "nine")
    survey()
    render(made)
    both = {"recommendations": [made, other], "chapter": chapter, "title": "Both"}
    merged = entry(desk.act("desk.merge", **both)["id"])

    floor = next(one for one in merged.sources if one.origin_id == motion)
    text = roots(merged.draft.text)["s:problem"]
    [cut] = [one for one in merged.draft.text["passages"] if one["source"] == floor.id]
    assert text[cut["start"] : cut["end"]] == "nine"


def test_text_is_frozen_while_it_is_voted_on(placed, put, chair, join, desk, hall):  # noqa: PLR0917
    made = placed(problem="Five queues.")
    [motion] = put(made)
    ana = join("Ana", room=hall)
    asked = suggest(ana, motion, "Five", "Nine")
    ballot = chair.act("ballot.adopt", recommendation=motion)["id"]

    with pytest.raises(Refused, match="voting"):
        accept(chair, motion, asked, "Five", "Nine")
    with pytest.raises(Refused, match="voting"):
        type_into(desk, made, "s:problem", "queues", " here")
    refused("closed", desk, "motion.withdraw", motion=motion)
    refused("conflict", chair, "ballot.adopt", recommendation=motion)

    ana.act("ballot.cast", ballot=ballot, marks={"no": 1})
    chair.act("ballot.close", ballot=ballot)
    type_into(desk, made, "s:problem", "queues", " here")


def test_what_is_voted_on_stays_in_the_document(placed, put, chair, desk, chapter):
    one, two = placed(problem="Five queues."), placed("Words", problem="No signs.")
    both = {"recommendations": [one, two], "chapter": chapter, "title": "Both"}
    made = desk.act("desk.merge", **both)
    [motion] = put(made["id"])
    chair.act("ballot.adopt", recommendation=motion)

    apart = [{"origins": [entry(made["id"]).sources[0].origin_id], "title": "Words"}]
    other = placed("Roofs", problem="Rain.")
    more = {**both, "recommendations": [made["id"], other]}
    refused("closed", desk, "desk.split", recommendation=made["id"], apart=apart)
    refused("closed", desk, "desk.merge", **more)
    refused("closed", desk, "desk.remove", recommendation=made["id"])
    refused("closed", desk, "desk.undo", step=made["step"], also=[])
    assert not entry(made["id"]).gone
    assert entry(one).gone


def test_what_left_the_document_is_not_voted_on(placed, put, chair, desk, join, hall):  # noqa: PLR0917
    one, two = placed(problem="Five queues."), placed("Words", problem="No signs.")
    motions = put(one, two)
    step = desk.act("desk.remove", recommendation=one)["step"]

    refused("gone", chair, "ballot.adopt", recommendation=motions[0])
    whole = chair.act("ballot.adopt_whole", question="All of it?", lang="en")["id"]
    decide(chair, join, hall, whole, yes=3)
    chair.act("ballot.close", ballot=whole)
    assert [entry(one).status for one in motions] == [Status.DRAFT, Status.ADOPTED]

    desk.act("desk.undo", step=step, also=[])
    chair.act("ballot.adopt", recommendation=motions[0])


def test_closed_plenary_keeps_what_it_decided(placed, put, chair, desk, join, hall):  # noqa: PLR0917
    made, other = placed(problem="Five queues."), placed("Words", problem="No signs.")
    [motion] = put(made)
    ballot = chair.act("ballot.adopt", recommendation=motion)["id"]
    decide(chair, join, hall, ballot, yes=3)
    chair.act("ballot.close", ballot=ballot)
    chair.go(Phase.CLOSED)
    type_into(desk, made, "s:problem", "queues", " here")

    for number in (made, other):
        refused("closed", desk, "motion.put", room=hall.uuid, recommendations=[number])
    refused("closed", desk, "motion.withdraw", motion=motion)
    assert (entry(motion).status, len(all_of(hall))) == (Status.ADOPTED, 1)


def test_what_the_floor_changed_is_not_taken_back(placed, put, chair, join, hall, survey, forum):  # noqa: PLR0917
    made = placed(problem="There are five queues.")
    [motion] = put(made)
    asked = suggest(join("Ana", room=hall), motion, "five", "nine")
    accept(chair, motion, asked, "five", "nine")

    refused("conflict", chair, "suggestion.withdraw", id=asked)
    survey()
    render(made)
    assert entry(made).draft.text["sections"]["problem"] == "There are nine queues."
    assert [one.kind for one in composed(forum).annexes.changes] == ["amended"]


def test_one_plenary_changes_no_text_on_which_another_votes(  # noqa: PLR0917
    placed, put, chair, join, hall, survey, forum, desk, lead
):
    made = placed(problem="There are five queues.")
    [motion] = put(made)
    other = write(lambda: make.plenary(forum, 2))
    desk.act("motion.put", room=other.uuid, recommendations=[made])
    [there] = [one.id for one in all_of(other)]
    ballot = chair.act("ballot.adopt", recommendation=motion)["id"]

    second = lead(room=other)
    accept(second, there, suggest(join("Zoe", room=other), there, "five", "nine"), "five", "nine")
    survey()
    assert entry(made).draft.text["sections"]["problem"] == "There are five queues."
    refused("closed", desk, "motion.put", room=other.uuid, recommendations=[made])

    chair.act("ballot.close", ballot=ballot)
    survey()
    render(made)
    assert entry(made).draft.text["sections"]["problem"] == "There are nine queues."


# ---- The outcome ----


def test_document_says_what_the_plenary_decided(placed, put, chair, join, desk, hall, forum):  # noqa: PLR0917
    made = placed(problem="Five queues.")
    [motion] = put(made)
    join("Eve", room=hall).act(
        "reservation.make", recommendation=motion, text="Too soon.", lang="en", named=False
    )
    ballot = chair.act("ballot.adopt", recommendation=motion)["id"]
    decide(chair, join, hall, ballot, yes=8, no=5)
    decide(chair, join, hall, ballot, yes=6, no=6, sector=1)
    chair.act("ballot.close", ballot=ballot)

    [one] = composed(forum).recommendations
    told = one.plenary
    assert (told.outcome, told.ballot.in_favour, told.ballot.voters) == ("adopted", 14, 25)
    assert [cell.cell.in_favour for cell in told.ballot.sectors] == [8, 6]
    assert [said.text for said in told.reservations] == ["Too soon."]
    assert told.hash == hash_of(entry(made).draft.text) == entry(motion).adopted_hash
    # The plenary is no room that put it forward, and its vote is nobody's support.
    assert one.support.ballots == ()

    type_into(desk, made, "s:problem", "queues", " here")
    assert composed(forum).recommendations[0].plenary.changed
    put(made)
    again = composed(forum).recommendations[0].plenary
    assert (again.outcome, again.changed, again.ballot) == ("open", False, None)
    was = db.session.get(Motion, motion).was
    assert was["sections"]["problem"] == "Five queues."


def test_whole_is_decided_in_one_vote_that_is_counted_once(placed, put, chair, join, hall, forum):  # noqa: PLR0917
    one, two, three = (placed(name, problem=name) for name in ("One", "Two", "Three"))
    motions = put(one, two, three)
    alone = chair.act("ballot.adopt", recommendation=motions[2])["id"]
    refused("closed", chair, "ballot.adopt_whole", question="All of it?", lang="en")
    decide(chair, join, hall, alone, no=2)
    chair.act("ballot.close", ballot=alone)

    whole = chair.act("ballot.adopt_whole", question="All of it?", lang="en")
    refused("conflict", chair, "ballot.adopt", recommendation=motions[0])
    decide(chair, join, hall, whole["id"], yes=7, no=2)
    chair.act("ballot.close", ballot=whole["id"])

    document = composed(forum)
    outcomes = [part.plenary.outcome for part in document.recommendations]
    assert outcomes == ["adopted", "adopted", "rejected"]
    [vote] = document.method.whole
    assert (vote.in_favour, vote.voters) == (7, 9)
    assert [part.plenary.whole for part in document.recommendations] == [vote.id, vote.id, None]
    assert [part.plenary.ballot for part in document.recommendations][:2] == [None, None]
    assert model.from_json(model.to_json(document)) == document

    again = chair.act("ballot.again", ballot=whole["id"])["id"]
    refused("conflict", chair, "ballot.again", ballot=whole["id"])
    meanwhile = composed(forum)  # what came of it the last time holds
    assert [part.plenary for part in meanwhile.recommendations] == [
        part.plenary for part in document.recommendations
    ]
    assert meanwhile.method.whole == (vote,)
    decide(chair, join, hall, again, no=3)
    chair.act("ballot.close", ballot=again)
    outcomes = [part.plenary.outcome for part in composed(forum).recommendations]
    assert outcomes == ["rejected", "rejected", "rejected"]
    assert len(composed(forum).method.whole) == 1


def logged(desk):
    """The edit log of the desk: the name, what it was about, by which role."""
    desk.hear()
    steps = [one for _, one in sorted(desk.all("step").items())]
    return [(one["name"], one["about"], one["role"]) for one in steps if one["final"]]


def test_each_step_of_the_plenary_stands_in_the_edit_log(  # noqa: PLR0917
    placed, put, chair, join, hall, desk, survey, forum
):
    one, two = placed("One", problem="There are five queues."), placed("Two", problem="No signs.")
    motions = put(one, two)
    put(one)  # nothing to do is no step
    accept(chair, motions[0], suggest(chair, motions[0], "five", "nine"), "five", "nine")
    survey()
    render(one)
    whole = chair.act("ballot.adopt_whole", question="All of it?", lang="en")["id"]
    decide(chair, join, hall, whole, yes=3, no=1)
    chair.act("ballot.close", ballot=whole)
    survey()
    survey()
    again = chair.act("ballot.again", ballot=whole)["id"]
    decide(chair, join, hall, again, no=2)
    chair.act("ballot.close", ballot=again)
    survey()
    assert logged(desk) == [
        ("motion.put", ["One", "Two"], "organiser"),
        ("motion.amend", ["One"], "clock"),
        ("motion.decide", ["adopted", "3", "1", "0", "One", "Two"], "clock"),
        ("motion.decide", ["rejected", "0", "2", "0", "One", "Two"], "clock"),
    ]
    closed = db.session.get(Ballot, whole).closed_at
    assert desk.all("step")[max(desk.all("step")) - 1]["at"] == closed.isoformat()
    assert desk.things == desk.fresh()

    desk.act("document.annexes", names=["edits"])
    assert [(edit.what, edit.by) for edit in composed(forum).annexes.edits][-4:] == [
        ("Put to the plenary: “One”, “Two”", "Organiser"),
        ("The plenary amended “One” from the floor", "Plenary"),
        ("The plenary adopted “One”, “Two”: 3 for, 1 against, 0 abstained", "Plenary"),
        ("The plenary did not adopt “One”, “Two”: 0 for, 2 against, 0 abstained", "Plenary"),
    ]


def test_steps_of_the_plenary_are_not_undone_and_hold_up_no_other(placed, put, desk, hall):
    made = placed(problem="Five queues.")
    [motion] = put(made)
    desk.act("motion.withdraw", motion=motion)
    desk.hear()
    asked, withdrawn = sorted(desk.all("step"))[-2:]
    assert [step[0] for step in logged(desk)] == ["motion.put", "motion.withdraw"]
    for step in (asked, withdrawn):
        refused("closed", desk, "desk.undo", step=step, also=[])
        assert not desk.all("step")[step]["undone"]
    assert desk.act("desk.undo", step=asked - 1, also=[]) == {"undone": [asked - 1]}
    assert entry(made).gone


def test_desk_is_told_and_cards_of_rooms_are_not_mixed_with_it(  # noqa: PLR0917
    placed, put, chair, join, hall, desk, survey
):
    made = placed(problem="Five queues.")
    [motion] = put(made)
    survey()
    desk.hear()
    told = desk.all("motion")[motion]
    assert (told["entry"], told["status"], told["ballot"]) == (made, "draft", None)
    assert motion not in desk.all("card")

    ballot = chair.act("ballot.adopt", recommendation=motion)["id"]
    survey()
    decide(chair, join, hall, ballot, yes=3)
    chair.act("ballot.close", ballot=ballot)
    survey()
    desk.hear()
    told = desk.all("motion")[motion]
    assert (told["status"], told["ballot"]["result"]["voters"]) == ("adopted", 3)
    assert desk.all("cell")[hall.id]["recommendations"] == 0
    assert desk.things == desk.fresh()
