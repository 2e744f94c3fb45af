"""What every part of an edition needs: look-ups, rich text with its marks, and evidence numbers."""

import re
from dataclasses import replace
from typing import Any, Protocol

from exports.document import Bridge, Chapter, Document, Recommendation
from exports.languages import in_language, notice, text_in
from exports.richtext import (
    Block,
    Blocks,
    Emphasis,
    Inline,
    Inlines,
    Link,
    Listing,
    Note,
    Quote,
    Strong,
    Table,
    Text,
    plain_inlines,
)
from exports.wording import Wording, tidy

Printed = dict[str, Any]
#: The id of a block or step → the letters printed behind it.
Marks = dict[str, list[Printed]]
TRANSLATED_BY = {
    "editors": "translated",
    "machine": "translated_machine",
    "authors": "translated_authors",
}
SHORT_TITLE = 72
#: What of an address is not the host, or not the mailbox.
HOST = re.compile(r"^(?:mailto:|https?://(?:[^/?#]*@)?)|(?<=[^/:])[/?#].*", re.DOTALL)


class Row(Protocol):
    """A sector, and the others counted with it."""

    @property
    def sector(self) -> str:
        """The first of them."""

    @property
    def joined(self) -> tuple[str, ...]:
        """The others."""


class Setting:
    """One walk through a document, in printing order; evidence is numbered as it is met."""

    def __init__(self, document: Document, voice: str | None = None) -> None:
        """Begin to walk; `voice` is the language of our own words, else that of the document."""
        self.main, self.beside = document.lang, document.beside
        #: Recommendations as they were written, by id; in `document` they are as they are printed.
        self.originals = {one.id: one for one in document.recommendations}
        self.document = document = in_its_language(document)
        self.t = Wording(voice or document.lang)
        self.k = document.method.small_cells
        self.sectors = {one.id: one.name for one in document.sectors}
        self.meetings = {one.id: one for one in document.forum.meetings}
        self.evidence = {one.id: one for one in document.notes}
        self.recommendations = document.recommendations
        self.numbers = {one.id: one.number for one in self.recommendations}
        #: The id of evidence → the numbers of the recommendations that mention it.
        self.cited: dict[str, list[int]] = {}
        self.here: int | None = None

    def wording(self, lang: str) -> Wording:
        """Give our words for what is written in a language; a bilingual edition has its own two."""
        return self.t if self.beside else Wording(lang)

    def voiced(self, one: Recommendation) -> Recommendation:
        """Give a recommendation in the language of our words, as far as it is translated."""
        return in_language(self.originals[one.id], self.t.lang) if self.beside else one

    # -- names and references -------------------------------------------------------------

    def sector(self, row: Row, t: Wording) -> Printed:
        """Name a sector, or the sectors that share a row."""
        names = [t.pick(self.sectors[one], self.main) for one in (row.sector, *row.joined)]
        return {"text": ", ".join(name["text"] for name in names), "lang": names[0]["lang"]}

    def reference(self, one: Recommendation) -> Printed:
        """Name a recommendation, as a place to turn to."""
        title = " ".join(tidy(one.title, one.lang).split("\n"))
        return {
            "number": one.number,
            "anchor": anchor_of(one.id),
            "title": title,
            "short": _shorten(title),
            "lang": one.lang,
        }

    def gloss(self, thing: Recommendation | Chapter) -> Printed | None:
        """Give the title in the main language, saying who translated it; or in the one beside."""
        if self.beside:
            return self._title_beside(thing, self.beside)
        if (thing.lang or self.main) == self.main:
            return None
        for one in thing.translations:
            if one.lang == self.main:
                words = tidy(one.title, self.main)
                return {"text": words, "lang": self.main, "by": self.t(TRANSLATED_BY[one.by])}
        return None

    def _title_beside(self, thing: Recommendation | Chapter, lang: str) -> Printed | None:
        if thing.lang == lang:
            return None
        if isinstance(thing, Recommendation):
            found = text_in(self.originals[thing.id], lang)
        else:
            found = next((one for one in thing.translations if one.lang == lang), None)
        if found is None:
            return None
        t = Wording(lang)
        return {"text": tidy(found.title, lang), "lang": lang, "by": t.language(lang)}

    def sides(self, one: Recommendation) -> tuple[str, str] | None:
        """Give the two languages of a bilingual edition, if a text is in one of them at least."""
        if self.beside is None:
            return None
        langs, original = (self.main, self.beside), self.originals[one.id]
        return langs if any(text_in(original, lang) for lang in langs) else None

    def notice(self, one: Recommendation) -> Printed | None:
        """Say where the text of a recommendation comes from; in two columns each says it."""
        words = "" if self.sides(one) else notice(self.originals[one.id], self.t.lang)
        return {"text": words, "lang": self.t.key} if words else None

    def notice_of(self, chapter: Chapter) -> Printed | None:
        """Say that the words of a chapter stand in another language."""
        lang = chapter.lang or self.main
        beside = {one.lang for one in chapter.translations if self.beside}
        if self.t.lang in (lang, *beside):
            return None
        words = self.t("not_translated_shown", language=self.t.language(lang))
        return {"text": words, "lang": self.t.key}

    def marks(self, recommendation: Recommendation) -> Marks:
        """Collect the letters that belong behind every block and step."""
        marks: Marks = {}
        for source in recommendation.sources:
            for block in dict.fromkeys(span.block for span in source.spans):
                marks.setdefault(block, []).append(
                    {"letter": source.id, "anchor": anchor_of(recommendation.id, source.id)}
                )
        return marks

    # -- rich text ------------------------------------------------------------------------

    def blocks(self, blocks: Blocks, lang: str, marks: Marks | None = None) -> list[Printed]:
        """Set some blocks, each with its language and the letters of its sources."""
        return [self._block(one, one.lang or lang, marks or {}) for one in blocks]

    def _block(self, block: Block, lang: str, marks: Marks) -> Printed:
        mine = marks.get(block.id, []) if block.id else []
        printed: Printed = {"type": block.type, "lang": lang}
        match block:
            case Listing():
                items = [self.blocks(item, lang) for item in block.items if item]
                settle(items[-1] if items else [], mine)
                return {**printed, "ordered": block.ordered, "items": items}
            case Quote():
                content = self.blocks(block.content, lang)
                settle(content, mine)
                by = tidy(block.by, lang) if block.by else ""
                return {**printed, "content": content, "by": by}
            case Table():
                return {**printed, **self._table(block, lang), "marks": mine}
            case _:
                return {**printed, "content": self.inlines(block.content, lang), "marks": mine}

    def _table(self, table: Table, lang: str) -> Printed:
        """Set a table; every row gets as many cells as the widest one."""
        rows = [[self.inlines(cell, lang) for cell in row] for row in (table.header, *table.rows)]
        width = max(1, *(len(row) for row in rows))
        header, *rows = [row + [[] for _ in range(width - len(row))] for row in rows]
        return {"caption": self.inlines(table.caption, lang), "header": header, "rows": rows}

    def inlines(self, nodes: Inlines, lang: str) -> list[Printed]:
        """Set one line of text."""
        return [self._inline(one, getattr(one, "lang", None) or lang, lang) for one in nodes]

    def _inline(self, node: Inline, lang: str, outer: str) -> Printed:
        printed: Printed = {"type": node.type} | ({"lang": lang} if lang != outer else {})
        match node:
            case Text():
                return {**printed, "text": tidy(node.text, lang)}
            case Note():
                return self._citation(node.ref)
            case Link():
                content = self.inlines(node.content, lang) + _host(node)
                return {**printed, "href": node.href, "content": content}
            case Strong() | Emphasis():
                return {**printed, "content": self.inlines(node.content, lang)}
            case _:
                return printed

    def _citation(self, ref: str) -> Printed:
        """Number a piece of evidence; only its first mention carries the note itself."""
        first = ref not in self.cited
        used = self.cited.setdefault(ref, [])
        if self.here is not None and self.here not in used:
            used.append(self.here)
        note = self.evidence[ref]
        lang = note.lang or self.main
        return {
            "type": "note",
            "number": list(self.cited).index(ref) + 1,
            "first": first,
            "lang": lang,
            "content": self.inlines(note.content, lang),
            "standing": Wording(lang)(note.standing),
        }


def in_its_language(document: Document) -> Document:
    """Give a document whose recommendations are in its language, as far as they are translated."""

    def told(part: Recommendation | Bridge) -> Recommendation | Bridge:
        return in_language(part, document.lang) if isinstance(part, Recommendation) else part

    return replace(
        document,
        chapters=tuple(
            replace(chapter, content=tuple(map(told, chapter.content)))
            for chapter in document.chapters
        ),
    )


def anchor_of(recommendation: str, source: str | None = None) -> str:
    """Name the place of a recommendation, or of one of its sources.

    No id of the model holds a colon, so these names meet no other place.
    """
    return f"r:{recommendation}:{source}" if source else f"r:{recommendation}"


def settle(blocks: list[Printed], marks: list[Printed]) -> None:
    """Put the letters of a list or quotation behind its last words."""
    if not blocks:
        return
    last = blocks[-1]
    if "marks" in last:
        last["marks"] = last["marks"] + marks
    elif last["type"] == "list":
        settle(last["items"][-1] if last["items"] else [], marks)
    else:
        settle(last["content"], marks)


def _host(link: Link) -> list[Printed]:
    """Say where a link leads when its words do not: paper and careful readers want to know."""
    host = HOST.sub("", link.href)
    if host in plain_inlines(link.content):
        return []
    return [{"type": "text", "text": f" ({tidy(host, '')})"}]


def _shorten(title: str) -> str:
    """Cut a title at a word for a running line; a long word is cut where the room ends."""
    if len(title) <= SHORT_TITLE:
        return title
    return title[:SHORT_TITLE].rsplit(" ", 1)[0] + " …"
