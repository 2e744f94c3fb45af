"""Facilitator: one Flask app, wired together here and nowhere else."""

# Nothing is imported up here: server.py must patch the standard library before Flask and
# SQLAlchemy are loaded, and importing facilitator.server imports this file first.
# ruff: noqa: PLC0415
from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask


def create_app(**settings: Any) -> Flask:
    """Build the app; `settings` win over the environment. Raises config.Unusable."""
    import os
    from dataclasses import asdict

    from flask import Flask
    from werkzeug.middleware.proxy_fix import ProxyFix

    from facilitator import (
        access,
        config,
        db,
        domain,  # noqa: F401 - it registers the actions
        events,
        i18n,
        pages,
    )
    from facilitator.rooms import sockets  # noqa: F401 - it registers what it listens to

    app = Flask(__name__, static_folder=None)
    given = {name: str(value) for name, value in settings.items() if name in config.NAMES}
    chosen = config.settings({**os.environ, **given})
    app.config.from_mapping({name.upper(): value for name, value in asdict(chosen).items()})
    app.config.from_mapping(
        ASYNC_MODE="threading",
        MAX_CONTENT_LENGTH=256 * 1024,
        MAX_FORM_MEMORY_SIZE=256 * 1024,
        MAX_FORM_PARTS=1_000,
        SESSION_COOKIE_SAMESITE="Lax",
    )
    app.config.update(settings)
    db.init_app(app)
    access.init_app(app)
    i18n.init_app(app)
    events.init_app(app)
    pages.init_app(app)
    if proxies := app.config["TRUSTED_PROXIES"]:
        trusted = {"x_for": proxies, "x_proto": proxies, "x_host": proxies}
        app.wsgi_app = ProxyFix(app.wsgi_app, **trusted)  # type: ignore[method-assign]
    return app
