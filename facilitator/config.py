"""Settings from the environment; the defaults need nothing: a SQLite file and no Redis."""

from __future__ import annotations

import difflib
import os
import secrets
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

NAMES = (
    "DATABASE_URL",
    "REDIS_URL",
    "SECRET_KEY",
    "PUBLIC_URL",
    "HOST",
    "PORT",
    "DATA_DIR",
    "TRUSTED_PROXIES",
)

#: What a database may be: the embedded one, or PostgreSQL through psycopg2.
SCHEMES = {
    "sqlite": "sqlite",
    "postgresql": "postgresql+psycopg2",
    "postgresql+psycopg2": "postgresql+psycopg2",
    "postgres": "postgresql+psycopg2",
}


#: Characters of a secret that nobody guesses.
SHORTEST_SECRET = 32


class Unusable(Exception):
    """A setting cannot be used. The text is written for people."""


@dataclass(frozen=True)
class Settings:
    """Where things are and how the world reaches us."""

    data_dir: Path
    database_url: str
    redis_url: str
    secret_key: str
    #: As people reach us, without a slash at its end; empty: as the browser says.
    public_url: str
    host: str
    port: int
    #: How many proxies of our own stand in front: so many addresses that they add are believed.
    trusted_proxies: int = 0

    @property
    def embedded(self) -> bool:
        """Whether the database is a file of ours."""
        return self.database_url.startswith("sqlite")


def settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings; raises Unusable with a sentence for the first that cannot be used."""
    _refuse_unknown(environ)
    data_dir = Path(environ.get("DATA_DIR") or "data").resolve()
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unusable(
            f"DATA_DIR: the folder {data_dir} cannot be made ({error.strerror})."
        ) from None
    return Settings(
        data_dir=data_dir,
        database_url=_database_url(environ.get("DATABASE_URL", ""), data_dir),
        redis_url=_redis_url(environ.get("REDIS_URL", "")),
        secret_key=_given_secret(environ.get("SECRET_KEY", "")) or _kept_secret(data_dir),
        public_url=_public_url(environ.get("PUBLIC_URL", "")),
        host=environ.get("HOST") or "127.0.0.1",
        port=_port(environ.get("PORT") or "8000"),
        trusted_proxies=_proxies(environ.get("TRUSTED_PROXIES") or "0"),
    )


def _refuse_unknown(environ: Mapping[str, str]) -> None:
    """A misspelt setting would be passed over in silence, and the wrong database used."""
    for name in environ:
        ours = name.startswith("FACILITATOR_")
        meant = difflib.get_close_matches(name.removeprefix("FACILITATOR_"), NAMES, 1, 0.88)
        if name not in NAMES and (ours or meant):
            hint = f" Did you mean {meant[0]}?" if meant else f" There are: {', '.join(NAMES)}."
            raise Unusable(f"{name} is not a setting.{hint}")


def _database_url(text: str, data_dir: Path) -> str:
    if not text:
        return f"sqlite:///{data_dir / 'facilitator.db'}"
    scheme, colon, rest = text.partition("://")
    if not colon or scheme not in SCHEMES:
        raise Unusable("DATABASE_URL: use sqlite:///… or postgresql://….")
    return f"{SCHEMES[scheme]}://{rest}"


def _redis_url(text: str) -> str:
    if text and urlsplit(text).scheme not in ("redis", "rediss", "unix"):
        raise Unusable("REDIS_URL: use redis://…, rediss://… or unix://….")
    return text


def _public_url(text: str) -> str:
    """The address as browsers write it when they say where a page came from."""
    parts = urlsplit(text.lower())
    more = parts.path.strip("/") or parts.query or parts.fragment
    if text and (parts.scheme not in ("http", "https") or not parts.netloc or more):
        raise Unusable(
            "PUBLIC_URL: give the address people use, such as https://forum.example.org."
        )
    usual = {"http": ":80", "https": ":443"}.get(parts.scheme, "")
    return f"{parts.scheme}://{parts.netloc.removesuffix(usual)}" if text else ""


def _given_secret(text: str) -> str:
    if text and len(text) < SHORTEST_SECRET:
        raise Unusable(f"SECRET_KEY: give at least {SHORTEST_SECRET} characters, or none at all.")
    return text


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 1 << 16:
        raise Unusable("PORT: give a number from 1 to 65535.")
    return int(text)


def _proxies(text: str) -> int:
    if not text.isdecimal() or int(text) > 9:
        raise Unusable("TRUSTED_PROXIES: give how many proxies stand in front, from 0 to 9.")
    return int(text)


def _kept_secret(data_dir: Path) -> str:
    """Make a secret at the first start, for its owner's eyes only, and keep it."""
    path = data_dir / "secret_key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        if kept := path.read_text().strip():
            return kept
        raise Unusable(f"{path} is empty: delete it, or set SECRET_KEY.") from None
    except OSError as error:
        raise Unusable(f"{path} cannot be written ({error.strerror}).") from None
    with os.fdopen(descriptor, "w") as file:
        file.write(secret := secrets.token_urlsafe(48))
    return secret


def reachable(host: str) -> str:
    """An address at which phones in the same network find us."""
    if host not in ("0.0.0.0", "::"):  # noqa: S104 - compared, not bound
        return host
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # Nothing is sent: this only asks which of our addresses would be used. RFC 5737.
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        return str(probe.getsockname()[0])
