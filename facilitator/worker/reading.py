"""The child that reads drafts: makes a document of a log, and says what it reads as."""

from __future__ import annotations

from typing import Any

import pycrdt

from facilitator.rooms import texts, updates
from facilitator.rooms.updates import MAPS, BadUpdate, Scalar, Update
from facilitator.worker.children import Face, confine, serve

#: Bytes of memory; a draft of a million characters takes a tenth.
MEMORY = 2 << 30


def answer(asked: Face, rows: list[bytes]) -> tuple[Face, list[bytes]]:
    """Read a log; asked is {"sources": {client: source}, "snap": whether to make a snapshot}."""
    whole = updates.merged(rows, pycrdt.merge_updates)
    document = _document(whole)
    snapshot = document.get_update()
    try:
        update = updates.read_draft(snapshot)
    except BadUpdate:
        # Half of a surrogate pair was deleted: the library holds it, and cannot write it down.
        snapshot, update = whole, updates.read_draft(whole)
    sources = {int(client): source for client, source in asked["sources"].items()}
    roots, entries = _read(document, update)
    face = texts.face(roots, entries)
    if sources:
        face["passages"] = _passages(roots, update, sources)
    if not asked.get("snap"):
        return {"text": face}, []
    same = _state(snapshot) == _state(whole)
    faithful = same and _read(_document(snapshot), update) == (roots, entries)
    return {"text": face}, [snapshot if faithful else whole]


def _document(data: bytes) -> Any:
    document: Any = pycrdt.Doc()
    document.apply_update(data)
    return document


def _state(data: bytes) -> dict[int, int]:
    return updates.read_state_vector(pycrdt.get_state(data))


def _read(document: Any, update: Update) -> tuple[dict[str, str], dict[str, dict[str, Scalar]]]:
    """The texts of a document by root, and the entries of its maps."""
    names = {item.root for item in update.structs if item.root and item.key is None} - MAPS.keys()
    roots = {name: str(document.get(name, type=pycrdt.Text)) for name in names}
    return roots, {name: document.get(name, type=pycrdt.Map).to_py() or {} for name in MAPS}


def _passages(roots: dict[str, str], update: Update, sources: dict[int, int]) -> list[Face]:
    """Where passages stand, in the texts whose order we find to be the library's."""
    try:
        found = texts.words(update)
    except texts.Unordered:
        return []
    same = {
        root: words
        for root, words in found.items()
        if "".join(part.text for part in words) == roots.get(root)
    }
    return texts.passages(same, sources)


if __name__ == "__main__":
    confine(MEMORY)
    serve(answer)
