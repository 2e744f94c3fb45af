"""Settings: defaults that need nothing, and a sentence for what cannot be used."""

import stat

import pytest
from flask import request

from facilitator import create_app
from facilitator.config import Unusable, settings


def test_defaults_need_nothing(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    chosen = settings({})

    assert chosen.data_dir == tmp_path / "data"
    assert chosen.database_url == f"sqlite:///{tmp_path}/data/facilitator.db"
    assert (chosen.redis_url, chosen.public_url) == ("", "")
    assert (chosen.host, chosen.port, chosen.embedded) == ("127.0.0.1", 8000, True)


def test_secret_is_made_once_and_kept_for_its_owner(tmp_path):
    first = settings({"DATA_DIR": str(tmp_path)}).secret_key
    kept = tmp_path / "secret_key"

    assert settings({"DATA_DIR": str(tmp_path)}).secret_key == first
    assert len(first) > 40
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_postgresql_goes_through_psycopg2(tmp_path):
    for given in ("postgres://u@h/d", "postgresql://u@h/d", "postgresql+psycopg2://u@h/d"):
        chosen = settings({"DATA_DIR": str(tmp_path), "DATABASE_URL": given})
        assert chosen.database_url == "postgresql+psycopg2://u@h/d"
        assert not chosen.embedded


def test_address_is_written_as_browsers_do(tmp_path):
    for given in ("https://forum.example.org/", "https://Forum.Example.org:443"):
        chosen = settings({"DATA_DIR": str(tmp_path), "PUBLIC_URL": given})
        assert chosen.public_url == "https://forum.example.org"


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("PORT", "eighty", "PORT: give a number"),
        ("PORT", "70000", "PORT: give a number"),
        ("TRUSTED_PROXIES", "-1", "TRUSTED_PROXIES: give how many"),
        ("TRUSTED_PROXIES", "all", "TRUSTED_PROXIES: give how many"),
        ("DATABASE_URL", "mysql://x", "DATABASE_URL: use sqlite"),
        ("DATABASE_URL", "forum.db", "DATABASE_URL: use sqlite"),
        ("REDIS_URL", "http://x", "REDIS_URL: use redis"),
        ("PUBLIC_URL", "forum.example.org", "PUBLIC_URL: give the address"),
        ("PUBLIC_URL", "https://example.org/forum", "PUBLIC_URL: give the address"),
        ("PUBLIC_URL", "https://example.org?a=b", "PUBLIC_URL: give the address"),
        ("SECRET_KEY", "short", "SECRET_KEY: give at least 32"),
        ("DATABASE_URI", "sqlite://", "DATABASE_URI is not a setting. Did you mean DATABASE_URL?"),
        ("FACILITATOR_PORT", "1", "FACILITATOR_PORT is not a setting. Did you mean PORT?"),
        ("FACILITATOR_COLOUR", "red", "FACILITATOR_COLOUR is not a setting. There are:"),
        ("DATA_DIR", "/dev/null/here", "the folder /dev/null/here cannot be made"),
    ],
)
def test_what_cannot_be_used_is_said(tmp_path, name, value, sentence):
    with pytest.raises(Unusable, match=sentence.replace("?", r"\?")):
        settings({"DATA_DIR": str(tmp_path), name: value})


def test_empty_secret_is_said(tmp_path):
    (tmp_path / "secret_key").write_text("")
    with pytest.raises(Unusable, match="is empty"):
        settings({"DATA_DIR": str(tmp_path)})


@pytest.mark.parametrize(("proxies", "believed"), [(0, "127.0.0.1"), (1, "10.0.0.7")])
def test_address_of_a_phone_is_believed_of_our_own_proxies_only(tmp_path, proxies, believed):
    app = create_app(DATA_DIR=tmp_path, TRUSTED_PROXIES=proxies, TESTING=True)
    app.add_url_rule("/who", "who", lambda: request.remote_addr or "")
    said = {"X-Forwarded-For": "6.6.6.6, 10.0.0.7"}

    assert app.test_client().get("/who", headers=said).text == believed
