"""What stands behind the chapters: evidence, organisations, annexes, imprint."""

from exports.chapters import source_of
from exports.setting import Printed, Setting, anchor_of
from exports.wording import tidy


def notes(s: Setting) -> list[Printed]:
    """List the evidence in the order in which it was mentioned; what nobody mentioned last."""
    anchors = {one.number: anchor_of(one.id) for one in s.recommendations}
    order = [*s.cited, *(one for one in s.evidence if one not in s.cited)]
    rows = []
    for number, note in enumerate((s.evidence[one] for one in order), 1):
        lang = note.lang or s.main
        used = s.cited.get(note.id, [])
        rows.append(
            {
                "number": number,
                "content": s.inlines(note.content, lang),
                "lang": lang,
                "url": tidy(note.url or "", s.main),
                "href": note.url,
                "given_in": tidy(note.given_in or "", s.main),
                "kind": s.t(f"ev_{note.kind}"),
                "standing": s.t(note.standing),
                "checked": note.standing == "checked",
                "used": [{"number": n, "anchor": anchors[n]} for n in used],
            }
        )
    return rows


def organisations(s: Setting) -> list[Printed]:
    """List who took part."""
    return [
        {
            "name": tidy(one.name, one.lang or s.main),
            "city": tidy(one.city or "", s.main),
            "lang": one.lang or s.main,
        }
        for one in s.document.organisations
    ]


def annexes(s: Setting) -> list[Printed]:
    """Letter the annexes that have something in them."""
    filled = {
        "provenance": _provenance(s),
        "changes": _changes(s),
        "minutes": _minutes(s),
        "edits": _edits(s),
    }
    kept = [(name, rows) for name, rows in filled.items() if rows]
    return [
        {"name": name, "title": f"{s.t('annex', letter=letter)}. {s.t(name)}", "rows": rows}
        for letter, (name, rows) in zip("ABCD", kept, strict=False)
    ]


def _provenance(s: Setting) -> list[Printed]:
    return [
        {"number": one.number, "recommendation": one.id, **source_of(s, source, one)}
        for one in s.recommendations
        for source in one.sources
    ]


def _changes(s: Setting) -> list[Printed]:
    return [
        {
            "on": s.t.short_day(one.on),
            "number": s.numbers[one.recommendation],
            "anchor": anchor_of(one.recommendation),
            "kind": s.t(f"change_{one.kind}"),
            "text": tidy(one.text, s.main),
            "agreed": tidy(one.agreed or "–", s.main),
        }
        for one in s.document.annexes.changes
    ]


def _minutes(s: Setting) -> list[Printed]:
    rows = []
    for one in s.document.annexes.minutes:
        meeting, lang = s.meetings[one.meeting], one.lang or s.main
        title = f"{tidy(meeting.city, s.main)}, {s.t.day(meeting.on)}"
        rows.append({"title": title, "lang": lang, "blocks": s.blocks(one.blocks, lang)})
    return rows


def _edits(s: Setting) -> list[Printed]:
    return [
        {
            "on": s.t.short_day(one.on) + (f" {one.at} UTC" if one.at else ""),
            "by": tidy(one.by or "–", s.main),
            "what": tidy(one.what, s.main) + (f" ({s.t('undone')})" if one.undone else ""),
        }
        for one in s.document.annexes.edits
    ]


def stated(s: Setting) -> str:
    """Say which edition this is, and of which day once it is sealed."""
    now = s.document.edition
    if not now.sealed:
        return s.t("edition", version=now.version)
    return s.t("edition_of", version=now.version, date=s.t.day(now.sealed))


def imprint(s: Setting) -> list[Printed]:
    """Say who made the document, under which licence, and how to check it."""
    forum, now, t = s.document.forum, s.document.edition, s.t
    organisers = ", ".join(
        tidy(f"{one.name} ({one.role})" if one.role else one.name, s.main)
        for one in forum.organisers
    )
    sealed = (now.hash or "").removeprefix("sha256:")
    items = (
        (t("organisers"), organisers, None),
        (t("version"), stated(s), None),
        (t("hash"), sealed or t("no_hash"), None),
        ("", t("hash_text") if sealed else "", None),
        (t("seal_key"), now.key, None),
        (t("follows"), (now.follows or "").removeprefix("sha256:"), None),
        (
            t("news"),
            "; ".join(f"{t('news_' + one.kind)}: {tidy(one.title, one.lang)}" for one in now.news),
            None,
        ),
        (t("licence"), tidy(forum.licence.name, s.main), forum.licence.url),
        (t("address"), forum.address, forum.address),
        (t("contact"), tidy(forum.contact or "", s.main), _mailto(forum.contact)),
        (t("accessibility"), t("accessibility_text"), None),
        (t("typefaces"), t("typefaces_text"), None),
    )
    return [{"term": term, "text": text, "href": href} for term, text, href in items if text]


def _mailto(contact: str | None) -> str | None:
    """Make a mail address one to press; a telephone number or a name is only read."""
    return f"mailto:{contact}" if contact and "@" in contact and " " not in contact else None
