"""Where the real database, the real Redis and the real browser are; what is missing says so."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from functools import cache
from uuid import uuid4

import psycopg2
import pytest
import redis

POSTGRES = os.environ.get("TEST_DATABASE_URL", "postgresql://postgres@127.0.0.1:5432/postgres")
REDIS = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/0")


@contextmanager
def fresh_database(server, like="template1"):
    """The address of a database that is dropped afterwards, empty or like another one.

    Skips where there is no server.
    """
    if not has_postgres():
        pytest.skip(f"NO POSTGRESQL at {server}: set TEST_DATABASE_URL")
    name = f"facilitator_{uuid4().hex[:12]}"
    _on(server, f"CREATE DATABASE {name} TEMPLATE {like}")
    try:
        yield f"postgresql+psycopg2://{server.partition('://')[2].rpartition('/')[0]}/{name}"
    finally:
        _on(server, f"DROP DATABASE {name} WITH (FORCE)")


def _on(server, statement):
    connection = psycopg2.connect(server)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(statement)
    connection.close()


@cache
def has_postgres():
    """Whether PostgreSQL answers."""
    try:
        psycopg2.connect(POSTGRES, connect_timeout=2).close()
    except psycopg2.OperationalError:
        return False
    return True


@cache
def has_redis():
    """Whether Redis answers."""
    try:
        return redis.Redis.from_url(REDIS, socket_connect_timeout=2).ping()
    except redis.RedisError:
        return False


def chromium():
    """The browser of the machine; None where Playwright's own is to be used."""
    return shutil.which("chromium") or shutil.which("chromium-browser")
