"""The command line: found forums, serve them, write their documents."""

# ruff: noqa: PLC0415 - `serve` must patch the standard library before anything else is imported
from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

FORMATS = ("md", "html", "pdf", "docx", "json")

PORT = click.IntRange(1, 65535)
PEOPLE = click.IntRange(1, 1000)

#: What sysexits.h calls a wrong configuration.
WRONG_SETTING = 78


class Commands(click.Group):
    """Commands whose errors are one clear sentence."""

    def invoke(self, context: click.Context) -> Any:
        """Run, and say in a sentence what a person can mend."""
        try:
            return super().invoke(context)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            sentence = _sentence(error)
            if sentence is None:
                raise
            click.echo(f"Error: {sentence}", err=True)
            context.exit(WRONG_SETTING if type(error).__name__ == "Unusable" else 1)


def _sentence(error: Exception) -> str | None:
    """What to tell a person, if the error is not ours to mend."""
    from sqlalchemy.exc import OperationalError

    from facilitator.actions import Refused
    from facilitator.config import Unusable
    from facilitator.migrations import Outdated, TooNew
    from facilitator.scenarios import BadScenario
    from facilitator.shapes import Misshapen

    if isinstance(error, OperationalError):
        return f"The database does not answer: {str(error.orig).splitlines()[0]}"
    if isinstance(error, (Refused, Unusable, Outdated, TooNew, BadScenario, Misshapen)):
        return str(error)
    if isinstance(error, OSError):
        return f"{error.strerror}: {error.filename}" if error.filename else str(error)
    return None


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="facilitator")
def main() -> None:
    """The room where a forum writes its recommendations.

    Found a forum from a scenario, serve it to phones and projectors, and write the document.

    \b
    Settings come from the environment, and need none:
      DATA_DIR      where we keep our files (data)
      DATABASE_URL  sqlite:///… or postgresql://… (a SQLite file in DATA_DIR)
      REDIS_URL     redis://…, where several processes serve one database
      SECRET_KEY    what tickets are signed with (made and kept in DATA_DIR)
      PUBLIC_URL    the address people use, such as https://forum.example.org
      HOST, PORT    where to listen (127.0.0.1, 8000)
    """
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)


@main.command()
@click.option("--participants", type=PEOPLE, default=48, show_default=True, help="Simulated ones.")
@click.option("--host", default="127.0.0.1", show_default=True, help="0.0.0.0 for the hall's wifi.")
@click.option("--port", type=PORT, default=8000, show_default=True, help="Or the next free one.")
@click.option("--once", is_flag=True, help="Run a whole forum without a screen, then stop.")
@click.option("--out", type=click.Path(path_type=Path), help="Where --once writes the files.")
def demo(participants: int, host: str, port: int, once: bool, out: Path | None) -> None:  # noqa: FBT001
    """Serve the sample forum, with simulated participants at work in it."""
    from facilitator import demo as demonstration

    if once and out is None:
        raise click.UsageError("--once needs --out DIR.")
    if once and participants < demonstration.FEWEST:
        raise click.UsageError(f"--once needs at least {demonstration.FEWEST} participants.")
    if once and out is not None:
        sys.exit(demonstration.once(participants, port, out))
    sys.exit(demonstration.live(participants, host, port))


@main.command()
def scenarios() -> None:
    """List the forums there are to start from."""
    from facilitator import scenarios as shelf

    for name in shelf.names():
        plan = shelf.load(name)
        click.echo(f"{name:<18} {next(iter(plan.title.values()))}")


@main.command()
@click.argument("scenario")
@click.option("--title", help="Instead of the scenario's title.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
def new(scenario: str, title: str | None, as_json: bool) -> None:  # noqa: FBT001
    """Found a forum from SCENARIO: a name that `scenarios` lists, or a file of your own."""
    with _at_work():
        from facilitator import scenarios as shelf
        from facilitator.forums import found

        a_file = scenario.endswith((".yaml", ".yml"))
        plan = shelf.load_file(Path(scenario)) if a_file else shelf.load(scenario)
        made = found(plan, title=title)
        _show([_forum(made["forum"])], as_json=as_json)


@main.command()
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
def forums(as_json: bool) -> None:  # noqa: FBT001
    """List the forums and their links."""
    with _at_work():
        from sqlalchemy import select

        from facilitator.db import db
        from facilitator.models import Forum

        found = db.session.scalars(select(Forum).order_by(Forum.id)).all()
        if not found and not as_json:
            click.echo("There is no forum yet. Found one: facilitator new working-forum")
        _show(list(found), as_json=as_json)


@main.command()
@click.option("--host", help="Where to listen; 0.0.0.0 for the hall's wifi. Else HOST.")
@click.option("--port", type=PORT, help="Else PORT.")
@click.option("--share-port", is_flag=True, help="Be one of several processes (needs REDIS_URL).")
@click.option("--no-worker", is_flag=True, help="Long work is done by a worker started elsewhere.")
def serve(host: str | None, port: int | None, share_port: bool, no_worker: bool) -> None:  # noqa: FBT001
    """Serve the forums until Ctrl-C."""
    from facilitator.config import Unusable, settings

    chosen = settings()
    from facilitator import server  # before all else, for it patches the standard library

    host, port = host or chosen.host, port or chosen.port
    if share_port and not chosen.redis_url:
        raise Unusable("Several processes on one port need REDIS_URL.")
    try:
        listener = server.listen(host, port, share_port=share_port)
    except OSError as error:
        raise click.ClickException(f"Cannot listen on {host}:{port}: {error.strerror}.") from None
    server.serve(
        listener,
        worker=not no_worker,
        ready=lambda app: _welcome(app.config["PUBLIC_URL"], host, port),
    )


@main.command()
@click.argument("forum")
@click.option("--format", "formats", default=",".join(FORMATS), show_default=True)
@click.option("--out", type=click.Path(path_type=Path), default=Path(), help="The folder.")
def export(forum: str, formats: str, out: Path) -> None:
    """Write the document of FORUM: its id, or the beginning of it."""
    wanted = [name.strip() for name in formats.split(",") if name.strip()]
    if unknown := set(wanted) - set(FORMATS):
        known = ", ".join(FORMATS)
        raise click.UsageError(f"No such format: {', '.join(sorted(unknown))}. There are: {known}.")
    with _at_work():
        from facilitator.consolidation.compose import export_files

        for path in export_files(_forum(forum).id, wanted, out):
            click.echo(path)


@main.command()
def upgrade() -> None:
    """Bring the tables of the database up to date. The embedded one does so by itself."""
    with _at_work(prepared=False):
        from facilitator import migrations

        migrations.upgrade()
        click.echo("The database is up to date.")


# ---- What the commands share --------------------------------------------------------------------


@contextmanager
def _at_work(*, prepared: bool = True) -> Iterator[None]:
    """The app, with its tables, outside of any server."""
    from facilitator import create_app, migrations

    app = create_app()
    with app.app_context():
        if prepared:
            migrations.prepare()
        yield


def _forum(beginning: str) -> Any:
    from sqlalchemy import select

    from facilitator.db import db
    from facilitator.models import Forum

    found = db.session.scalars(select(Forum).where(Forum.uuid.startswith(beginning))).all()
    if len(found) != 1:
        many = "There is more than one forum" if found else "There is no forum"
        raise click.ClickException(
            f"{many} whose id begins with {beginning!r}. See: facilitator forums"
        )
    return found[0]


def _base() -> str:
    from facilitator.config import settings

    chosen = settings()
    return chosen.public_url or f"http://{chosen.host}:{chosen.port}"


def _show(found: list[Any], *, as_json: bool) -> None:
    from facilitator.forums.links import links
    from facilitator.i18n import said

    base = _base()
    shown = [
        {"id": one.uuid, "title": said(one.title), "code": one.code, **links(one, base)}
        for one in found
    ]
    if as_json:
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2))
        return
    for one in shown:
        click.echo(f"{one['title']}\n  id         {one['id']}\n  code       {one['code']}")
        for name in ("join", "organiser", "projector"):
            click.echo(f"  {name:<10} {one[name]}")


def _welcome(public_url: str, host: str, port: int) -> None:
    """Say where we are, once people can come in."""
    from facilitator import qr
    from facilitator.forums.links import host_link

    base = public_url or f"http://{reachable(host)}:{port}"
    click.echo(f"Facilitator is at {base}")
    click.echo(f"Found and open forums: {host_link(base)}")
    if "://127.0.0.1" not in base:
        click.echo(qr.terminal(base))


def reachable(host: str) -> str:
    """An address at which phones in the same network find us."""
    import socket

    if host not in ("0.0.0.0", "::"):  # noqa: S104 - compared, not bound
        return host
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # Nothing is sent: this only asks which of our addresses would be used. RFC 5737.
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        return str(probe.getsockname()[0])
