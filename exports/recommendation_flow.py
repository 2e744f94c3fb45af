"""One recommendation as a sequence of headings, paragraphs and tables, always in the same order."""

from collections.abc import Iterator

from exports.setting import Printed
from exports.things import (
    OPTIONS,
    Cell,
    Heading,
    Paragraph,
    Row,
    Run,
    Table,
    Thing,
    bar,
    blocks,
    cell,
    cell_of,
    label,
    marks,
    paragraph,
    quiet,
    run,
    support,
    table,
)

NO_BREAK = "\N{NO-BREAK SPACE}"


def recommendation(r: Printed, *, page: bool, sourced: bool = True) -> Iterator[Thing]:
    """Set a recommendation: who, what, why, steps, support, reservations, and its sources."""
    lang = r["lang"]
    title = (run(f"{r['number']}\t", lang, look="Leaf"), run(r["title"], lang))
    yield Heading(level=2, runs=title, lang=lang, anchor=r["anchor"], page=page)
    if gloss := r["gloss"]:
        yield paragraph("Quiet", run(f"{gloss['text']} ({gloss['by'].lower()})", gloss["lang"]))
    yield from noticed(r["notice"])
    for one in (_addressees, _columns, _sections, _steps, _support, _reservations, _plenary):
        yield from one(r, r["words"], lang)
    if sourced:
        yield from _sources(r, r["words"], lang)
    yield paragraph("Quiet", run(r["revision"], lang), lang=lang)


def _addressees(r: Printed, w: Printed, lang: str) -> Iterator[Thing]:
    if r["addressees"]:
        yield label(w["addressees"], lang)
    for one in r["addressees"]:
        name = run(one["name"], one["lang"], bold=True)
        level = run(one["level"], lang, look="Quiet")
        yield paragraph("Addressee", name, run("  "), level, lang=lang)


def noticed(told: Printed | None) -> Iterator[Thing]:
    """Say where a text comes from, or that it stands in another language."""
    if told:
        yield paragraph("Quiet", run(told["text"], told["lang"]), lang=told["lang"])


def _columns(r: Printed, w: Printed, lang: str) -> Iterator[Thing]:  # noqa: ARG001 - as the others
    """Set two languages side by side: a table, since no linear format has columns."""
    if both := r["columns"]:
        head = tuple(
            (paragraph("Cell head", run(one["text"], one["lang"]), lang=one["lang"]),)
            for one in both["heads"]
        )
        rows = tuple(tuple(cell_of(one["blocks"]) for one in row) for row in both["rows"])
        yield Table(title=r["title"], widths=(81, 81), header=head, rows=rows)


def _sections(r: Printed, _: Printed, lang: str) -> Iterator[Thing]:
    for i, section in enumerate(r["sections"]):
        yield label(section["heading"], lang)
        # The first section is the recommendation itself: set a little larger.
        yield from blocks(section["blocks"], "Text" if i else "Lead")


def _steps(r: Printed, w: Printed, lang: str) -> Iterator[Thing]:
    if r["columns"]:
        return
    yield label(w["steps"], lang)
    if not r["steps"]:
        yield paragraph("Quiet", run(w["no_steps"], lang), lang=lang)
        return
    head = ["", *(w[name] for name in ("what", "who", "by", "cost", "indicator"))]
    rows = (_step(step, w) for step in r["steps"])
    yield table(w["steps"], (8, 44, 38, 22, 23, 27), head, rows)


def _step(s: Printed, w: Printed) -> Row:
    lang = s["lang"]
    partners = [quiet(s["partners"], lang)] if s["partners"] else []
    return (
        cell(run(s["number"], bold=True, look="Leaf")),
        cell(run(s["what"], lang), *marks(s["marks"]), lang=lang),
        (*_given(s["who"], w, lang), *partners),
        *(_given(s[name], w, lang) for name in ("by_short", "cost", "indicator")),
    )


def _given(text: str, w: Printed, lang: str) -> Cell:
    """Set what was stated, or say that it was not."""
    missing = Run(text=w["not_given"], lang=lang, look="Quiet", italic=True)
    return cell(run(text, lang) if text else missing, lang=lang)


def _support(r: Printed, w: Printed, lang: str) -> Iterator[Thing]:
    yield label(w["support"], lang)
    if not r["ballots"]:
        yield paragraph("Quiet", run(w["not_voted"], lang), lang=lang)
    for ballot in r["ballots"]:
        yield from vote(ballot, w, lang)
    if r["put_forward"]:
        yield paragraph("Small", run(r["put_forward"], lang), lang=lang)


def vote(b: Printed, w: Printed, lang: str) -> Iterator[Thing]:
    """Set one vote: its verdict, the answers, the sectors, the rule and what it means."""
    yield _verdict(b, lang)
    yield paragraph(
        "Wide bar", *bar([(OPTIONS[o["option"]], o["share"]) for o in b["totals"]], 100)
    )
    totals = (x for o in b["totals"] for x in (run(o["text"], lang), run(" · ", lang)))
    votes = run(b["voters"], lang, look="Quiet")
    yield paragraph("Totals", *totals, votes, lang=lang)
    if b["sectors"]:
        yield _sectors(b, w, lang)
    if b["rule"]:
        rule = run(b["rule"]["text"], b["rule"]["lang"])
        yield paragraph("Quiet", run(w["rule"], lang), run(": ", lang), rule, lang=lang)
    if said := b["conclusion"]:
        yield paragraph("Text", run(said["text"], said["lang"]), lang=said["lang"])


def _verdict(b: Printed, lang: str) -> Paragraph:
    look = "Verdict" if b["passed"] else "Refused"
    edge = run(NO_BREAK, lang, bold=True, look=look)
    return paragraph(
        "Verdict line",
        *(edge, run(b["verdict"], lang, bold=True, look=look), edge, run("  ")),
        *(run(b["words"], lang, bold=True), run("  "), run(b["where"], lang, look="Quiet")),
        lang=lang,
    )


def _sectors(b: Printed, w: Printed, lang: str) -> Table:
    rows = (
        (
            cell(run(s["name"]["text"], s["name"]["lang"]), lang=s["name"]["lang"]),
            support(s["low"], s["high"]),
            cell(run(s["words"], lang), lang=lang),
        )
        for s in b["sectors"]
    )
    head = [w["sector"], w["share"], w["in_favour"]]
    return table(w["support"], (66, 46, 50), head, rows, together=True)


def _reservations(r: Printed, w: Printed, lang: str) -> Iterator[Thing]:
    if r["reservations"]:
        yield label(w["reservations"], lang)
    yield from reserved(r["reservations"], lang)


def _plenary(r: Printed, w: Printed, lang: str) -> Iterator[Thing]:
    p = r["plenary"]
    if p is None:
        return
    yield label(w["plenary"], lang)
    yield paragraph("Text", run(p["words"], lang, bold=True), lang=lang)
    if p["changed"]:
        yield paragraph("Reservation", run(p["changed"], lang), lang=lang)
    for ballot in p["ballots"]:
        yield from vote(ballot, w, lang)
    yield paragraph("Quiet", run(p["more"], lang), lang=lang)
    if p["reservations"]:
        yield label(w["plenary_reservations"], lang)
    yield from reserved(p["reservations"], lang)


def reserved(reservations: list[Printed], lang: str) -> Iterator[Thing]:
    """Set reservations, each with who it is from."""
    for one in reservations:
        before, after = run("  (", lang, look="Quiet"), run(")", lang, look="Quiet")
        who = [before, run(one["who"], lang, look="Quiet"), after] if one["who"] else []
        words = run(one["text"], one["lang"])
        yield paragraph("Reservation", words, *who, lang=one["lang"])


def _sources(r: Printed, w: Printed, lang: str) -> Iterator[Thing]:
    yield label(w["sources"], lang)
    if not r["sources"]:
        yield paragraph("Quiet", run(w["no_sources"], lang), lang=lang)
    for s in r["sources"]:
        letter = run(f"{s['letter']}\t", lang, bold=True, look="Leaf")
        words = run(s["text"], lang)
        yield paragraph("Entry", letter, words, lang=lang, anchor=s["anchor"])
