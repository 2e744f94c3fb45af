"""A room as its record: what it takes home at the end of the day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from exports import markup
from exports.citations import bare
from exports.record import Choice, Draft, Group, Part, Record, Said, Step, Vote
from exports.record_files import RECORD_FORMATS
from exports.richtext import Listing, Paragraph, Text
from exports.wording import Wording
from facilitator.consolidation import carried
from facilitator.consolidation.addressees import rows
from facilitator.consolidation.annexes import by_of, standing
from facilitator.consolidation.compose import write_file
from facilitator.consolidation.names import minutes_title
from facilitator.consolidation.votes import answer_words
from facilitator.db import db
from facilitator.i18n import said, t, tn
from facilitator.models import (
    Ballot,
    Face,
    Forum,
    Idea,
    IdeaKind,
    Membership,
    Minutes,
    Recommendation,
    Room,
    Sector,
    Status,
    Support,
    Theme,
    Written,
)
from facilitator.models import Choice as Option
from facilitator.rooms.levels import ADDRESSEE
from facilitator.rooms.methods import METHODS
from facilitator.rooms.minutes import minutes_of, tasks_of

KINDS: Mapping[IdeaKind, Callable[[str], str]] = {
    IdeaKind.NEED: lambda lang: t("need", lang=lang),
    IdeaKind.PROBLEM: lambda lang: t("problem", lang=lang),
    IdeaKind.SOLUTION: lambda lang: t("solution", lang=lang),
    IdeaKind.PRACTICE: lambda lang: t("good practice", lang=lang),
    IdeaKind.QUESTION: lambda lang: t("question", lang=lang),
}


def record_files(
    room_id: int, formats: Iterable[str], folder: Path, progress: Callable[[int], None]
) -> list[Path]:
    """Write the record of a room into a folder; a file has its name only when it is whole."""
    db.session.rollback()  # what is read from now on is of this moment
    record = record_of(room_id)
    db.session.rollback()
    folder.mkdir(parents=True, exist_ok=True)
    names = list(formats)
    paths = []
    for done, name in enumerate(names, 1):
        paths.append(write_file(folder / f"record.{name}", RECORD_FORMATS[name](record)))
        progress(100 * done // len(names))
    return paths


def record_of(room_id: int) -> Record:
    """What a room has made, as everybody in it could see it; nobody is named."""
    room = db.session.get_one(Room, room_id)
    forum = db.session.get_one(Forum, room.forum_id)
    lang = forum.languages[0]
    ideas = _ideas(room, lang)
    grouped = select(Theme).where(Theme.room_id == room.id, Theme.gone.is_(False))
    themes = db.session.scalars(grouped.order_by(Theme.position, Theme.id)).all()
    in_theme: dict[int | None, list[Said]] = {}
    for theme_id, idea in ideas:
        in_theme.setdefault(theme_id, []).append(idea)
    return Record(
        lang=lang,
        forum=said(forum.title, lang),
        title=_title(room, lang),
        on=(room.meeting.on if room.meeting else forum.starts).isoformat(),
        lines=_lines(room, forum, lang, ideas=len(ideas), themes=len(themes)),
        notice=_notice(forum, lang),
        questions=_questions(room, lang),
        themes=tuple(_groups(themes, in_theme, lang)),
        loose=tuple(in_theme.get(None, ())),
        votes=tuple(_votes(room, lang)),
        drafts=tuple(_drafts(room, lang)),
        minutes=tuple(_minutes(room, lang)),
        parked=(),
        words=_words(lang),
    )


# ---- Where and when ------------------------------------------------------------------------------


def _title(room: Room, lang: str) -> str:
    name = said(room.title or (room.track.title if room.track else {}), lang)
    if room.track is None:
        return name or t("Plenary", lang=lang)
    return t("{title}, table {n}", lang=lang, title=name, n=room.number)


def _lines(room: Room, forum: Forum, lang: str, *, ideas: int, themes: int) -> tuple[str, ...]:
    meeting, wording = room.meeting, Wording(lang)
    day = wording.day((meeting.on if meeting else forum.starts).isoformat())
    where = [meeting.city, meeting.place] if meeting else []
    here = select(func.count()).select_from(Membership).where(Membership.room_id == room.id)
    people = db.session.scalar(here) or 0
    counts = (
        tn("{n} person", "{n} people", people, lang=lang),
        tn("{n} idea", "{n} ideas", ideas, lang=lang),
        tn("{n} theme", "{n} themes", themes, lang=lang),
    )
    return ", ".join(filter(None, [*where, day])), " · ".join(counts)


def _notice(forum: Forum, lang: str) -> str:
    if forum.rehearsal:
        return t("Rehearsal: everything here will be wiped.", lang=lang)
    return Wording(lang)("sample") if forum.sample else ""


def _questions(room: Room, lang: str) -> tuple[Said, ...]:
    questions = room.track.questions if room.track else []
    return tuple(Said(text=said(one.text, lang), lang=lang) for one in questions)


# ---- Ideas and themes ----------------------------------------------------------------------------


def _ideas(room: Room, lang: str) -> list[tuple[int | None, Said]]:
    """The ideas that everybody may see, each with its theme; the most supported come first."""
    seats = func.count(Support.seat_id)
    query = (
        select(Idea, seats)
        .outerjoin(Support, Support.idea_id == Idea.id)
        .where(Idea.room_id == room.id, Idea.shown())
        .group_by(Idea.id)
        .order_by(seats.desc(), Idea.id)
    )
    return [
        (idea.theme_id, Said(text=idea.text, lang=idea.lang, note=_note(idea, many, lang)))
        for idea, many in db.session.execute(query)
    ]


def _note(idea: Idea, seats: int, lang: str) -> str:
    supported = tn("{n} supports it", "{n} support it", seats, lang=lang) if seats else ""
    return " · ".join(filter(None, [KINDS[idea.sort](lang), supported]))


def _groups(
    themes: Iterable[Theme], ideas: Mapping[int | None, list[Said]], lang: str
) -> Iterable[Group]:
    """Each theme with its ideas; of its supporters each is counted once."""
    supported = (
        select(Idea.theme_id, func.count(Support.seat_id.distinct()))
        .join(Support, Support.idea_id == Idea.id)
        .where(Idea.theme_id.in_([theme.id for theme in themes]))
        .where(Idea.shown())
        .group_by(Idea.theme_id)
    )
    seats = {theme_id: many for theme_id, many in db.session.execute(supported)}  # noqa: C416
    for theme in themes:
        many = seats.get(theme.id, 0)
        note = tn("supported by {n} person", "supported by {n} people", many, lang=lang)
        title = Said(text=theme.title, lang=theme.lang, note=note if many else "")
        yield Group(title=title, ideas=tuple(ideas.get(theme.id, ())))


# ---- Votes ---------------------------------------------------------------------------------------


def _votes(room: Room, lang: str) -> Iterable[Vote]:
    """What was compared and counted; votes on a text are told with the text."""
    asked = Ballot.room_id == room.id, Ballot.recommendation_id.is_(None)
    query = select(Ballot).where(*asked, Ballot.is_open.is_(False)).order_by(Ballot.id)
    for ballot in db.session.scalars(query):
        if ballot.result:
            yield _vote(ballot, ballot.result, lang)


def _vote(ballot: Ballot, result: Face, lang: str) -> Vote:
    counts = result["counts"]
    most = max(1, *counts.values(), 0)
    note = tn("{n} has voted", "{n} have voted", result["voters"], lang=lang)
    return Vote(
        question=Said(text=ballot.question, lang=ballot.lang, note=note),
        choices=tuple(
            Choice(label=label, count=round(figure, 2), share=round(figure / most, 3))
            for label, figure in _figures(ballot, result, lang)
        ),
        after=tuple(_after(ballot, result, lang)),
    )


def _after(ballot: Ballot, result: Face, lang: str) -> Iterable[Said]:
    """Whether it carries and why, what it means, and who is in favour, as the screens tell it."""
    if result["passed"] is not None:
        carried = t("Carried", lang=lang) if result["passed"] else t("Not carried", lang=lang)
        parts = [words for _, words in result.get("why", [])]
        why = " ".join(t(words, lang=lang, **values) for words, values in parts)
        yield Said(text=f"{carried}. {why}".strip(), lang=lang)
    if ballot.conclusion:
        text, of = markup.clean_line(ballot.conclusion["text"]), ballot.conclusion["lang"]
        yield Said(text=text, lang=of)
    names = {sector.uuid: said(sector.name, lang) for sector in _sectors_of(ballot)}
    nobody = t("no sector", lang=lang)
    for row in result.get("sectors", []):
        sectors = ", ".join(names.get(uuid, nobody) for uuid in row["sectors"])
        favour = _in_favour(row["voters"], row["low"], row["high"], lang)
        line = t("{sector}, in favour: {favour}", lang=lang, sector=sectors, favour=favour)
        yield Said(text=line, lang=lang)


def _sectors_of(ballot: Ballot) -> Iterable[Sector]:
    room = db.session.get_one(Room, ballot.room_id)
    return db.session.scalars(select(Sector).filter_by(forum_id=room.forum_id)).all()


def _in_favour(voters: int, low: int, high: int, lang: str) -> str:
    values = {"low": low, "next": high + 1, "voters": voters}
    if low == high:
        return t("{low} of {voters}", lang=lang, **values)
    if low > 0:
        return t("at least {low} of {voters}", lang=lang, **values)
    if high < voters:
        return t("fewer than {next} of {voters}", lang=lang, **values)
    return t("not told, of {voters}", lang=lang, **values)


def _figures(ballot: Ballot, result: Face, lang: str) -> Iterable[tuple[Said, float]]:
    """What could be chosen, the best first, or answered, each with its figure."""
    counts = result["counts"]
    if not ballot.choices:
        answers = answer_words(ballot.method, lang)
        return [(Said(text=words, lang=lang), counts[name]) for name, words in answers]
    order = [name for place in result.get("order", []) for name in place]
    places = {name: place for place, name in enumerate(order)}
    ranked = sorted(
        ballot.choices,
        key=lambda choice: (
            places.get(str(choice.id), len(places)),
            -counts.get(str(choice.id), 0),
            choice.position,
        ),
    )
    return [(_label(choice, lang), counts.get(str(choice.id), 0)) for choice in ranked]


def _label(choice: Option, lang: str) -> Said:
    """What could be chosen; not the words that were taken from the screens since."""
    if choice.blank:
        return Said(text=t("(hidden by the facilitator)", lang=lang), lang=lang)
    return Said(text=choice.label, lang=choice.lang)


# ---- Texts ---------------------------------------------------------------------------------------


def _drafts(room: Room, lang: str) -> Iterable[Draft]:
    there = Recommendation.room_id == room.id, Recommendation.gone.is_(False)
    query = select(Recommendation).where(*there).options(joinedload(Recommendation.draft))
    for text in db.session.scalars(query.order_by(Recommendation.number)):
        face = text.draft.text
        title = markup.clean_line(str(face.get("title", ""))) or markup.clean_line(text.title)
        notes, last = carried.Notes.of(text, lang), _last_vote(text)
        status = [_status(text, last, lang), *carried.became(text, lang)]
        yield Draft(
            title=Said(
                text=bare(title) or t("Untitled", lang=lang),
                lang=text.lang,
                note=" · ".join(status),
            ),
            adopted=text.status == Status.ADOPTED,
            parts=tuple(_parts(text, face, notes)),
            steps=tuple(_steps(face)),
            reservations=tuple(carried.reservations(text, last.result if last else None, lang)),
            notes=tuple(notes.printed()),
        )


def _minutes(room: Room, lang: str) -> Iterable[Draft]:
    """What was said about each item of the meeting, and what is to be done."""
    for item in minutes_of(room):
        notes = carried.Notes.of(item, lang)
        by = by_of(item) and t("brought in by {who}", lang=lang, who=by_of(item))
        approved = t("approved", lang=lang) if item.status is Status.ADOPTED else ""
        note = " · ".join(filter(None, [by, approved]))
        yield Draft(
            title=Said(text=minutes_title(item), lang=item.lang, note=note),
            adopted=item.status is Status.ADOPTED,
            parts=tuple(_parts(item, item.draft.text, notes)),
            steps=tuple(_tasks(item)),
            notes=tuple(notes.printed()),
        )


def _tasks(item: Minutes) -> Iterable[Step]:
    for task in tasks_of(item):
        what, who, by = (markup.clean_line(bare(str(task[name]))) for name in ("what", "who", "by"))
        yield Step(what=what, who=who, by=", ".join(filter(None, [by, standing(item, task)])))


def _last_vote(text: Recommendation) -> Ballot | None:
    closed = Ballot.recommendation_id == text.id, Ballot.is_open.is_(False)
    return db.session.scalar(select(Ballot).where(*closed).order_by(Ballot.id.desc()).limit(1))


def _status(text: Recommendation, last: Ballot | None, lang: str) -> str:
    """How far a text came, with its vote."""
    sides = METHODS[last.method].sides(last.result["counts"]) if last and last.result else None
    words = {
        Status.ADOPTED: t("adopted", lang=lang),
        Status.REJECTED: t("not adopted", lang=lang),
        Status.DRAFT: t("not voted on", lang=lang),
    }[text.status]
    if sides is None or text.status == Status.DRAFT:
        return words
    return t(
        "{verdict}: {yes} for, {no} against, {abstain} abstained",
        lang=lang,
        verdict=words,
        yes=sides.favour,
        no=sides.against,
        abstain=sides.neither,
    )


def _parts(text: Written, face: Face, notes: carried.Notes) -> Iterable[Part]:
    for section in text.template:
        written = notes.numbered(str(face.get("sections", {}).get(section["key"], "")))
        blocks = markup.to_blocks(written)
        if section["key"] == ADDRESSEE:
            blocks = (*_asked(face, text.lang), *blocks)
        if blocks:
            yield Part(heading=said(section["title"], text.lang), blocks=blocks)


def _asked(face: Face, lang: str) -> Iterable[Listing]:
    """Whom it asks, as a list."""
    word = Wording(lang)
    lines = [(Text(text=f"{one.name} ({word(f'level_{one.level}')})"),) for one in rows(face)]
    if lines:
        yield Listing(ordered=False, items=tuple((Paragraph(content=line),) for line in lines))


def _steps(face: Face) -> Iterable[Step]:
    for step in face.get("steps", []):
        names = ("what", "who", "by")
        told = {name: markup.clean(bare(str(step.get(name, "")))).strip() for name in names}
        if any(told.values()):
            yield Step(**told)


def _words(lang: str) -> dict[str, str]:
    return {
        "kicker": t("Record of a room", lang=lang),
        "questions": t("What it was about", lang=lang),
        "themes": t("Themes", lang=lang),
        "loose": t("Ideas in no theme", lang=lang),
        "votes": t("Votes", lang=lang),
        "drafts": t("Recommendations", lang=lang),
        "minutes": t("Meeting minutes", lang=lang),
        "parked": t("Parked for another room", lang=lang),
        "nothing": t("There are no themes.", lang=lang),
        "what": t("What", lang=lang),
        "who": t("Who", lang=lang),
        "by": t("By when", lang=lang),
    }
