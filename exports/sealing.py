"""The seal of an edition: what its files are, and whose it is; and whether that still holds.

A seal is a small JSON file beside the files of an edition. It holds the SHA-256 of each of them and
the hash of the document's data, and is signed with Ed25519 (RFC 8032). It proves that nothing was
changed since, and by whom it was sealed: the public key stands in the document itself. No network
is needed to check it.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from exports.document import Document, Edition, News, digest, digest_of, from_json
from exports.shapes import BadDocument

FORMAT = "facilitator-seal/1"
SUFFIX = ".seal.json"


class Broken(ValueError):
    """A file is not what was sealed; says why."""


@dataclass(frozen=True)
class Checked:
    """A file that is as it was sealed: of which edition, under whose key."""

    name: str
    version: str
    sealed: str
    hash: str
    key: str


# -- making --------------------------------------------------------------------------------


def new_key() -> str:
    """Make a private key, in hex."""
    return Ed25519PrivateKey.generate().private_bytes_raw().hex()


def public_half(private: str) -> str:
    """Give the public half of a private key, in hex."""
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(private))
    return key.public_key().public_bytes_raw().hex()


def news(before: Document | None, after: Document) -> tuple[News, ...]:
    """Say what became of each recommendation since the edition before; of the first, nothing."""
    if before is None:
        return ()
    old = {one.id: one for one in before.recommendations}
    new = {one.id: one for one in after.recommendations}
    changed = [
        ("added" if key not in old else "changed", one)
        for key, one in new.items()
        if key not in old or digest_of(old[key]) != digest_of(one)
    ]
    removed = [("removed", one) for key, one in old.items() if key not in new]
    return tuple(
        News(recommendation=one.id, kind=kind, title=one.title, lang=one.lang)  # type: ignore[arg-type]
        for kind, one in (*changed, *removed)
    )


def seal_of(edition: Edition, files: Mapping[str, bytes], private: str) -> bytes:
    """Write the seal of an edition and its files, signed with a private key in hex."""
    said = {
        "format": FORMAT,
        "version": edition.version,
        "sealed": edition.sealed,
        "document": edition.hash,
        "follows": edition.follows,
        "files": {name: _hash(data) for name, data in files.items()},
        "key": public_half(private),
    }
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(private))
    signed = {**said, "signature": key.sign(_canonical(said)).hex()}
    return (json.dumps(signed, indent=1) + "\n").encode()


def _hash(data: bytes) -> str:
    return "sha256:" + hashlib.sha256(data).hexdigest()


def _canonical(said: Mapping[str, Any]) -> bytes:
    return json.dumps(said, sort_keys=True, separators=(",", ":")).encode()


# -- checking ------------------------------------------------------------------------------


def check_file(path: Path, key: str | None = None) -> Checked:
    """Check a file of an edition, or a seal with all files that lie beside it.

    A data file is checked by itself, any other by the seal beside it, the data file by both where
    there is one. With `key`, a public key in hex, it has to be sealed with that one. Raises Broken.
    """
    if path.is_dir():
        raise Broken(f"{path} is a folder: name the files in it, {path / '*'}")
    if not path.exists():
        raise Broken(f"There is no file {path}.")
    if path.name.endswith(SUFFIX):
        return _check_seal(path, key)
    seal = _seal_beside(path)
    if path.suffix == ".json":
        checked = _check_data(path, key)
        if seal is None:
            return checked
    if seal is None:
        raise Broken(f"There is no seal beside {path.name}: a file that ends in {SUFFIX}.")
    said = _read_seal(seal, key)
    _check_listed(path, said["files"])
    return _checked(path, said)


def _seal_beside(path: Path) -> Path | None:
    return next(iter(sorted(path.parent.glob(f"*{SUFFIX}"))), None)


def _check_seal(path: Path, key: str | None) -> Checked:
    said = _read_seal(path, key)
    for name in said["files"]:
        if (path.parent / name).exists():
            _check_listed(path.parent / name, said["files"])
    return _checked(path, said)


def _check_listed(path: Path, files: Mapping[str, str]) -> None:
    if _hash(_bytes(path)) in files.values():
        return  # under whatever name it was saved
    if path.name in files:
        raise Broken(f"{path.name} was changed since it was sealed.")
    raise Broken(f"{path.name} is not among the files that were sealed.")


def _checked(path: Path, said: Mapping[str, Any]) -> Checked:
    return Checked(path.name, said["version"], said["sealed"], said["document"], said["key"])


def _read_seal(path: Path, key: str | None) -> dict[str, Any]:
    """Read a seal whose signature is good, and whose data file beside it names the same key."""
    said = _read_json(path)
    needed = {"format": str, "version": str, "sealed": str, "document": str, "key": str}
    fits = all(isinstance(said.get(name), kind) for name, kind in needed.items())
    files, signature = said.get("files"), said.pop("signature", None)
    if not fits or said["format"] != FORMAT or not isinstance(files, dict):
        raise Broken(f"{path.name} is no seal.")
    _check_key(said["key"], key)
    try:
        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(said["key"]))
        public.verify(bytes.fromhex(str(signature)), _canonical(said))
    except (InvalidSignature, ValueError):
        raise Broken(f"The signature of {path.name} is not that of its key.") from None
    _check_owner(path, said)
    return said


def _check_owner(path: Path, said: Mapping[str, Any]) -> None:
    """See that the document names the key of the seal: anybody can make a seal of their own."""
    for name in said["files"]:
        data = path.parent / name
        if data.suffix == ".json" and data.exists():
            edition = _read_document(data).edition
            if (edition.key, edition.hash) != (said["key"], said["document"]):
                raise Broken(f"{path.name} was not made with the key that {name} names.")


def _check_data(path: Path, key: str | None) -> Checked:
    document = _read_document(path)
    edition = document.edition
    if not edition.hash or not edition.sealed:
        raise Broken(f"{path.name} is a draft: it was never sealed.")
    if edition.hash != digest(document):
        raise Broken(f"{path.name} was changed since it was sealed.")
    altered: Sequence[str] = [
        one.id for one in document.recommendations if one.hash != digest_of(one)
    ]
    if altered:
        raise Broken(f"The hash of {altered[0]} in {path.name} is not that of its text.")
    _check_key(edition.key or "", key)
    return Checked(path.name, edition.version, edition.sealed, edition.hash, edition.key or "")


def _check_key(found: str, wanted: str | None) -> None:
    if wanted is not None and found.lower() != wanted.lower():
        raise Broken(f"It was sealed with another key: {found}.")


def _read_document(path: Path) -> Document:
    try:
        return from_json(_read_json(path))
    except BadDocument as error:
        raise Broken(f"{path.name} is no document of a forum: {error}") from None


def _read_json(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(_bytes(path))
    except (ValueError, RecursionError):
        raise Broken(f"{path.name} cannot be read as JSON.") from None
    if not isinstance(found, dict):
        raise Broken(f"{path.name} holds something else than an object.")
    return found


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Broken(f"{path} cannot be read: {error.strerror}.") from None
