"""An edition as one sequence of headings, paragraphs, lists and tables, for linear formats.

DOCX and Markdown differ only in how these few things are written, so both say the same in the same
order. Bars are runs of spaces on a coloured ground: no pictures to keep, and a screen reader
passes over them in silence.
"""

from collections.abc import Iterator

from exports.both import Both, said
from exports.recommendation_flow import noticed, recommendation, reserved, vote
from exports.setting import Printed
from exports.things import (
    SPACE,
    Contents,
    Heading,
    Paragraph,
    Row,
    Table,
    Thing,
    bar_cell,
    blocks,
    cell,
    line,
    paragraph,
    part,
    quiet,
    run,
    runs,
    subheading,
    support,
    table,
)

COVER_BAR = 130
COVER_TIP = 2
FIGURES_IN_ROW = 5
WIDTH = 162.0


def flow(e: Printed) -> tuple[Thing, ...]:
    """List what has to be written, in order."""
    parts = (
        *(_cover, _how, _summary, _contents, _index, _method, _chapters),
        *(_evidence, _organisations, _annexes, _imprint),
    )
    return tuple(thing for one in parts for thing in one(e))


# -- front matter --------------------------------------------------------------------------


def _cover(e: Printed) -> Iterator[Thing]:
    cover = e["cover"]
    yield paragraph("Kicker", run(cover["kicker"]))
    yield paragraph("Title", run(e["title"]))
    yield paragraph("Subtitle", run(e["subtitle"]))
    for chapter in filter(None, cover["bars"]):
        yield from map(_cover_bar, chapter)
        yield paragraph("Cover bar", run(SPACE, look="Bar none"))
    if cover["bars_text"]:
        yield paragraph("Cover key", run(cover["bars_text"]))
    for words in (cover["by"], cover["where"], cover["when"], cover["edition"]):
        if words:
            yield paragraph("Cover line", run(words))
    if e["notice"]:
        yield paragraph("Reservation", run(e["notice"]))


def _cover_bar(one: Printed) -> Paragraph:
    tip = COVER_TIP if one["reserved"] else 0
    n = max(0, round(one["share"] * COVER_BAR) - tip)
    amber = [run(SPACE * tip, look="Bar amber")] if tip else []
    return paragraph("Cover bar", run(SPACE * n, look="Bar"), *amber)


def _how(e: Printed) -> Iterator[Thing]:
    if e["how"]:
        yield part(e["words"]["how"], "how")
    titles = said(e["words"]["index"])
    for item in e["how"]:
        yield paragraph("Label", run(item["term"]))
        for n, (words, lang) in enumerate(said(item["text"])):
            before, link, after = words.partition("{index}")
            title = run(titles[min(n, len(titles) - 1)][0], lang, link="#index")
            index = [title, run(after, lang)] if link else []
            yield paragraph("Text", run(before, lang), *index, lang=lang)


def _summary(e: Printed) -> Iterator[Thing]:
    summary = e["summary"]
    if any(summary.values()):
        yield part(e["words"]["summary"], "summary")
    yield from blocks(summary["blocks"])
    if summary["nothing"]:
        yield paragraph("Text", run(summary["nothing"]))
    if summary["top"]:
        yield subheading(e["words"]["most_supported"])
        yield _entries(e, e["words"]["most_supported"], summary["top"])


def _entries(e: Printed, title: str, entries: list[Printed]) -> Table:
    head = ["", e["words"]["recommendation"], e["words"]["in_favour"]]
    return table(title, (10, 112, 40), head, map(_entry, entries))


def _entry(one: Printed) -> Row:
    name = run(one["title"], one["lang"], bold=True, link="#" + one["anchor"])
    gloss = [quiet(_glossed(one["gloss"]), one["gloss"]["lang"])] if one["gloss"] else []
    about = (*cell(name, lang=one["lang"]), *gloss, quiet(one["addressees"], one["lang"]))
    bar = () if one["share"] is None else support(one["share"], one["share"], 34)
    number = cell(run(one["number"], bold=True, look="Leaf"))
    return (number, about, (*bar, *cell(run(one["words"]))))


def _glossed(gloss: Printed) -> str:
    return f"{gloss['text']} ({gloss['by'].lower()})"


def _contents(e: Printed) -> Iterator[Thing]:
    if e["begun"]:
        yield Contents(title=line(run(e["words"]["contents"])))


def _index(e: Printed) -> Iterator[Thing]:
    if e["index"]:
        yield part(e["words"]["index"], "index")
        yield paragraph("Quiet", run(e["words"]["index_lead"]))
    for group in e["index"]:
        yield subheading(group["level"])
        for item in group["items"]:
            yield paragraph("Label", run(item["name"], item["lang"]), lang=item["lang"])
            yield from map(_turn_to, item["recommendations"])


def _turn_to(one: Printed) -> Paragraph:
    name = one["gloss"] or {"text": one["title"], "lang": one["lang"]}
    number = run(f"{one['number']}\t", bold=True, look="Leaf")
    title = run(name["text"], name["lang"], link="#" + one["anchor"])
    return paragraph("Entry", number, title)


# -- method and figures --------------------------------------------------------------------


def _method(e: Printed) -> Iterator[Thing]:
    w, m = e["words"], e["method"]
    yield part(w["method"], "method")
    yield from blocks(m["blocks"])
    yield from _figures(e)
    if m["participants"]:
        yield from _participants(e)
    if m["meetings"]:
        rows = (
            (cell(run(x["on"])), cell(run(", ".join(filter(None, (x["city"], x["place"]))))))
            for x in m["meetings"]
        )
        yield subheading(w["meetings"])
        yield table(w["meetings"], (50, 112), [w["date"], w["place"]], rows)
    if m["whole"]:
        yield subheading(w["plenary_whole"])
    for ballot in m["whole"]:
        yield from vote(ballot, w, e["lang"])
    yield from reserved(m["reservations"], e["lang"])
    if m["overview"]:
        yield subheading(w["overview"])
        yield _entries(e, w["overview"], m["overview"])
        if m["overview_more"]:
            yield paragraph("Quiet", run(m["overview_more"]))


def _figures(e: Printed) -> Iterator[Thing]:
    w, m = e["words"], e["method"]
    for i in range(0, len(m["figures"]), FIGURES_IN_ROW):
        few = m["figures"][i : i + FIGURES_IN_ROW]
        values = tuple((paragraph("Figure", run(one["value"])),) for one in few)
        widths = (WIDTH / FIGURES_IN_ROW,) * len(few)
        yield table(w["method"], widths, [one["label"] for one in few], [values])
    if len(m["path"]) > 1:
        most = max(1, *(one["value"] for one in m["path"]))
        rows = (
            (
                cell(run(one["label"])),
                cell(run(one["value"], bold=True)),
                bar_cell([("Bar", one["value"] / most)], 98),
            )
            for one in m["path"]
        )
        yield subheading(w["path"])
        yield table(w["path"], (36, 18, 108), [], rows)


def _participants(e: Printed) -> Iterator[Thing]:
    w, m = e["words"], e["method"]
    most = max(1, *(one["count"] or 0 for one in m["participants"]))
    rows = (
        (
            cell(run(one["name"]["text"])),
            cell(run(one["words"])),
            bar_cell([("Bar", one["count"] / most)], 52) if one["count"] else cell(),
        )
        for one in m["participants"]
    )
    head = [w["sector"], w["fig_participants"], w["share"]]
    yield subheading(w["participants"])
    yield paragraph("Label", run(m["participants_caption"]))
    yield table(m["participants_caption"], (62, 40, 60), head, rows)
    yield paragraph("Quiet", run(m["small_cells"]))


# -- chapters ------------------------------------------------------------------------------


def _chapters(e: Printed) -> Iterator[Thing]:
    for chapter in e["chapters"]:
        yield from _chapter(e, chapter)


def _chapter(e: Printed, c: Printed) -> Iterator[Thing]:
    kicker = (run(c["kicker"], c["lang"], look="Leaf"), run(". ", c["lang"], look="Leaf"))
    title = line(*kicker, run(c["title"], c["lang"]))
    yield Heading(level=1, runs=title, lang=c["lang"], anchor=c["anchor"])
    if c["gloss"]:
        yield paragraph("Quiet", run(_glossed(c["gloss"]), c["gloss"]["lang"]))
    yield from noticed(c["notice"])
    yield from _editors(c["editors"], c["intro"], c["lang"])
    if c["nothing"]:
        yield paragraph("Quiet", run(c["nothing"], c["lang"]))
    else:
        yield _entries(e, c["title"], c["entries"])
    bridged = False
    for one in c["parts"]:
        if one["type"] == "bridge":
            yield from _editors(one["editors"], one["blocks"], one["lang"], page=not bridged)
        else:
            yield from recommendation(one, page=not bridged)
        bridged = one["type"] == "bridge"


def _editors(
    words: str | Both, printed: list[Printed], lang: str, *, page: bool = False
) -> Iterator[Thing]:
    if printed:
        yield paragraph("Editors label", run(words, lang), lang=lang, page=page)
        yield from blocks(printed, "Editors")


# -- back matter ---------------------------------------------------------------------------


def _evidence(e: Printed) -> Iterator[Thing]:
    w = e["words"]
    if e["notes"]:
        head = ["", w["evidence_head"], w["kind"], w["standing"], w["used_in"]]
        yield part(w["evidence"], "evidence")
        yield paragraph("Quiet", run(w["evidence_lead"]))
        yield table(w["evidence"], (8, 76, 24, 34, 20), head, map(_note, e["notes"]))


def _note(n: Printed) -> Row:
    address = [run(" "), run(n["url"], link=n["href"])] if n["url"] else []
    used = [
        run((", " if i else "") + str(one["number"]), link="#" + one["anchor"])
        for i, one in enumerate(n["used"])
    ]
    given_in = [quiet(n["given_in"])] if n["given_in"] else []
    return (
        cell(run(n["number"], bold=True, look="Leaf")),
        cell(*runs(n["content"], n["lang"]), *address, lang=n["lang"]),
        cell(run(n["kind"])),
        (*cell(run(n["standing"])), *given_in),
        cell(*used),
    )


def _organisations(e: Printed) -> Iterator[Thing]:
    if e["organisations"]:
        yield part(e["words"]["organisations"], "organisations")
    for one in e["organisations"]:
        city = [run(f"  {one['city']}", look="Quiet")] if one["city"] else []
        yield paragraph("Addressee", run(one["name"], one["lang"]), *city, lang=one["lang"])


def _annexes(e: Printed) -> Iterator[Thing]:
    kinds = {
        "provenance": _provenance,
        "changes": _changes,
        "minutes": _minutes,
        "edits": _edits,
    }
    for annex in e["annexes"]:
        yield part(annex["title"], "annex-" + annex["name"])
        yield from kinds[annex["name"]](e["words"], annex["rows"])


def _provenance(w: Printed, rows: list[Printed]) -> Iterator[Thing]:
    head = [w["source"], w["place"], w["ideas"], w["draft_and_ballot"], w["enters"]]
    yield paragraph("Quiet", run(w["provenance_lead"]))
    yield table(w["provenance"], (14, 32, 45, 38, 33), head, map(_source, rows))


def _source(s: Printed) -> Row:
    ideas = tuple(
        paragraph(
            "Cell",
            run(f"{one['text']} ".lstrip(), one["lang"]),
            run(one["id"], look="Quiet"),
            lang=one["lang"],
        )
        for one in s["ideas"]
    ) + (cell(run(s["more"])) if s["more"] else ())
    title = cell(run(s["title"]["text"], s["title"]["lang"])) if s["title"] else ()
    local = (*title, *(paragraph("Cell quiet", run(words)) for words in s["decided"]))
    return (
        cell(run(f"{s['number']} {s['letter']}", bold=True, link="#" + s["anchor"])),
        (*cell(run(s["where"])), quiet(s["when"]), quiet(s["kind"])),
        ideas or cell(run("–")),
        local or cell(run("–")),
        cell(run(s["enters"], s["lang"]), lang=s["lang"]),
    )


def _changes(w: Printed, rows: list[Printed]) -> Iterator[Thing]:
    cells = (
        (
            cell(run(one["on"])),
            cell(run(one["number"], bold=True, link="#" + one["anchor"])),
            cell(run(one["kind"], bold=True), run(". ", bold=True), run(one["text"])),
            cell(run(one["agreed"])),
        )
        for one in rows
    )
    head = [w["date"], "", w["change"], w["agreed"]]
    yield table(w["changes"], (24, 10, 80, 48), head, cells)


def _minutes(_: Printed, rows: list[Printed]) -> Iterator[Thing]:
    for one in rows:
        yield subheading(one["title"])
        yield from blocks(one["blocks"])


def _edits(w: Printed, rows: list[Printed]) -> Iterator[Thing]:
    cells = (tuple(cell(run(one[name])) for name in ("on", "by", "what")) for one in rows)
    yield table(w["edits"], (24, 44, 94), [w["date"], w["edited_by"], w["edited"]], cells)


def _imprint(e: Printed) -> Iterator[Thing]:
    yield part(e["words"]["imprint"], "imprint")
    for one in e["imprint"]:
        if one["term"]:
            yield paragraph("Label", run(one["term"]))
        yield paragraph("Small", run(one["text"], link=one["href"]))
