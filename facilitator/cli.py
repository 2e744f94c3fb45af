"""The command line: found forums, serve them, write their documents."""

# ruff: noqa: PLC0415 - `serve` must patch the standard library before anything else is imported
from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

FORMATS = ("md", "html", "pdf", "docx", "odt", "epub", "json")
#: Made of parts of the document, and only when they are asked for.
MORE = ("xlsx", "csv", "letters", "decidim-proposals", "decidim-results", "openslides-motions")
#: A conversation of other people's: its statements and votes, in and out.
POLIS = "polis"
#: The votes of a forum as tables.
VOTES = ("votes-csv", "votes-xlsx")

PORT = click.IntRange(1, 65535)
PEOPLE = click.IntRange(1, 1000)
FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
#: A row of a file, so short that no range of them is long.
SHORT_NUMBER = re.compile(r"[0-9]{1,5}")

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
    from facilitator.backups import Occupied, Unreadable
    from facilitator.config import Unusable
    from facilitator.exchange.found import BadFile
    from facilitator.migrations import Outdated, TooNew
    from facilitator.polis.reading import BadConversation
    from facilitator.scenarios import BadScenario
    from facilitator.shapes import Misshapen

    if isinstance(error, OperationalError):
        return f"The database does not answer: {str(error.orig).splitlines()[0]}"
    ours = Refused, Unusable, Outdated, TooNew, BadScenario, Misshapen, Occupied, Unreadable
    if isinstance(error, (*ours, BadConversation, BadFile)):
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
      TRUSTED_PROXIES  how many proxies of your own stand in front (0)
    """
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)


@main.command()
@click.option("--participants", type=PEOPLE, default=48, show_default=True, help="Simulated ones.")
@click.option("--host", default="127.0.0.1", show_default=True, help="0.0.0.0 for the hall's wifi.")
@click.option("--port", type=PORT, default=8000, show_default=True, help="Or the next free one.")
@click.option("--scenario", default="working-forum", show_default=True, help="Which forum.")
@click.option("--once", is_flag=True, help="Run a whole forum without a screen, then stop.")
@click.option("--out", type=click.Path(path_type=Path), help="Where --once writes the files.")
def demo(  # noqa: PLR0917 - the options of a command
    participants: int,
    host: str,
    port: int,
    scenario: str,
    once: bool,  # noqa: FBT001
    out: Path | None,
) -> None:
    """Serve the sample forum, with simulated participants at work in it."""
    from facilitator import demo as demonstration
    from facilitator import scenarios

    scenarios.load(scenario)
    if once and out is None:
        raise click.UsageError("--once needs --out DIR.")
    if once and participants < demonstration.FEWEST:
        raise click.UsageError(f"--once needs at least {demonstration.FEWEST} participants.")
    if once and out is not None:
        sys.exit(demonstration.once(participants, port, out, scenario))
    sys.exit(demonstration.live(participants, host, port, scenario))


@main.command()
def scenarios() -> None:
    """List the forums there are to start from."""
    from facilitator import scenarios as shelf
    from facilitator.i18n import said

    for name in shelf.names():
        click.echo(f"{name:<18} {said(shelf.load(name).title)}")


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
    """Write the document of FORUM: its id, or the beginning of it.

    `xlsx` and `csv` write it as tables; `letters` writes a letter to each addressee, with a form
    for the answer; `decidim-proposals`, `decidim-results` and `openslides-motions` are tables for
    these programs.

    `--format polis` writes its closed votes on statements in the open data format of Polis;
    `votes-csv` and `votes-xlsx` write all closed ballots, with what came of them, as tables.
    """
    wanted = [name.strip() for name in formats.split(",")]
    if unknown := set(wanted) - {*FORMATS, *MORE, *VOTES, POLIS}:
        known = ", ".join((*FORMATS, *MORE, *VOTES, POLIS))
        named = ", ".join(sorted(name or "(none)" for name in unknown))
        raise click.UsageError(f"No such format: {named}. There are: {known}.")
    with _at_work():
        from facilitator.consolidation.compose import export_files
        from facilitator.consolidation.vote_tables import vote_files
        from facilitator.polis import hand_out

        found = _forum(forum).id
        if documents := [name for name in wanted if name in (*FORMATS, *MORE)]:
            _list(export_files(found, documents, out))
        if votes := [name for name in wanted if name in VOTES]:
            _list(vote_files(found, votes, out))
        if POLIS in wanted:
            _list(hand_out(_forum(forum), out))


@main.command()
@click.argument("forum")
@click.option("--out", type=click.Path(path_type=Path), default=Path(), help="The folder.")
def seal(forum: str, out: Path) -> None:
    """Seal the document of FORUM as it stands, and write its files with the seal.

    It cannot be taken back: later changes become another edition.
    """
    with _at_work():
        from facilitator.consolidation.seals import editions, hand_out, seal_document

        found = _forum(forum).id
        seal_document(found)
        _list(hand_out(editions(found)[0], out))


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--key", help="The public key that it has to be sealed with, in hex.")
def verify(files: tuple[Path, ...], key: str | None) -> None:
    """Check FILES against their seal: that nothing was changed since, and by whom it was sealed.

    A data file (.json) is checked by itself, any other by the seal beside it. No network is needed.
    """
    from exports.sealing import Broken, check_file

    wrong = False
    for path in files:
        try:
            found = check_file(path, key)
        except Broken as error:
            wrong = True
            click.echo(f"NOT AS SEALED  {error}", err=True)
        else:
            click.echo(f"as sealed      {path}: edition {found.version} of {found.sealed}")
            click.echo(f"               {found.hash}\n               key {found.key}")
    if wrong:
        raise SystemExit(1)


@main.command("import")
@click.argument("forum", metavar="FORUM|polis")
@click.argument("file", type=click.Path(path_type=Path, exists=True))
@click.option("--take", is_flag=True, help="Bring it in. Without it, you only see what would come.")
@click.option("--room", help="Into which room: its code, or the beginning of its id.")
@click.option("--by-track", is_flag=True, help="Into the first room of the track a text names.")
@click.option("--rows", help="Only these, such as 1,4-7.")
@click.option("--seal", type=FILE, help="The seal of a sealed document.")
@click.option("--level", type=click.IntRange(1, 4), help="Which headings of a text are titles.")
@click.option("--lang", help="The language of the texts. Else the forum's first; for polis, en.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
def bring(  # noqa: PLR0917 - the options of a command
    forum: str,
    file: Path,
    take: bool,  # noqa: FBT001
    room: str | None,
    by_track: bool,  # noqa: FBT001
    rows: str | None,
    seal: Path | None,
    level: int | None,
    lang: str | None,
    as_json: bool,  # noqa: FBT001
) -> None:
    """Bring FILE into FORUM as starting material, or found a forum from a conversation of Polis.

    FILE is a sealed document, a text (DOCX, ODT), a table (CSV), proposals of Decidim or
    participants of OpenSlides. First you see what would come, row by row; with --take all of it
    comes in, or nothing. What is wrong with a row keeps it out.

    With `polis` in place of FORUM, FILE is a folder in the open data format of Polis, and becomes a
    forum with one room.

    \b
    Ends with 0 when there is something to bring in, or it came in; with 1 when there is not.
    """
    with _at_work():
        if forum == POLIS:
            from facilitator.polis import bring_in

            _show([_forum(bring_in(file, lang or "en")["forum"])], as_json=as_json)
            return
        from facilitator.exchange import showing

        there = _forum(forum)
        if lang and lang not in there.languages:
            raise click.UsageError(f"The forum speaks {', '.join(there.languages)}.")
        place = showing.room_called(there, room) if room else None
        found = showing.read_path(there, file, seal, lang, level or 0)
        seen = showing.offered(there, found, place, _numbers(rows), by_track=by_track)
        chosen = [row["number"] for row in seen["rows"] if row["comes"]]
        some = bool(chosen or seen["sectors"] or seen["tracks"])
        seen["made"] = (
            showing.bring(there, file.name, found, place, chosen, by_track=by_track)
            if take and some
            else None
        )
    _tell(seen, as_json=as_json)
    if not some:
        raise SystemExit(1)


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Where there is such a file already.")
def backup(file: Path, replace: bool) -> None:  # noqa: FBT001
    """Write everything into FILE while the server runs: forums, texts, links, the secret.

    Whoever has the file can come in as anybody. Keep it as you would keep the key of the hall.
    """
    with _at_work(prepared=False):
        from facilitator.backups import back_up

        made = back_up(file, replace=replace)
        click.echo(f"{file}: everything up to {made.made_at[:19].replace('T', ' ')} UTC.")


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="What is there now is lost.")
def restore(file: Path, replace: bool) -> None:  # noqa: FBT001
    """Put the backup FILE into an empty DATA_DIR, or into an empty DATABASE_URL.

    Stop the server first, and start it afterwards: all links, tickets and codes work again.
    """
    from facilitator.backups import restore as put_back

    made = put_back(file, replace=replace)
    click.echo(f"As it was at {made.made_at[:19].replace('T', ' ')} UTC. Now: facilitator serve")


@main.command()
@click.argument("forum")
@click.option("--participants", type=PEOPLE, default=24, show_default=True, help="Simulated ones.")
@click.option("--minutes", type=click.FloatRange(0.1, 240), default=5, show_default=True)
@click.option("--base", help="The address of the server. Else PUBLIC_URL, or HOST and PORT.")
def rehearse(forum: str, participants: int, minutes: float, base: str | None) -> None:
    """Fill the rooms of FORUM with simulated people for a while, to try everything out.

    The server has to run, and an organiser has to have switched the rehearsal on.
    """
    with _at_work(prepared=False):
        from facilitator.demo import rehearsing
        from facilitator.forums.links import links
        from facilitator.forums.rehearsal import rooms

        found = _forum(forum)
        if not found.rehearsal:
            raise click.ClickException(
                "This forum is no rehearsal. Switch it on first, on the page “Before the day”."
            )
        at = base or _base()
        given = {"join": links(found, at)["join"], "rooms": rooms(found.id)}
    sys.exit(rehearsing(at, given, participants, minutes))


@main.command("links")
@click.argument("forum")
@click.option("--reissue", metavar="ID", help="Give one link anew; the old one stops at once.")
@click.option("--revoke", metavar="ID", help="Make one link useless.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
def staff_links(forum: str, reissue: str | None, revoke: str | None, as_json: bool) -> None:  # noqa: FBT001
    """List the links of those who work in FORUM, and take lost ones back."""
    with _at_work():
        from facilitator.forums.links import renew, staff_links, take_back

        found = _forum(forum)
        if reissue is not None:
            renew(found, reissue)
        if revoke is not None:
            take_back(found, revoke)
        given = staff_links(found, _base())
    if as_json:
        click.echo(json.dumps(given, ensure_ascii=False, indent=2))
        return
    for one in given:
        where = " · ".join(filter(None, [one["role"], one["room"], one["label"], one["issued"]]))
        click.echo(f"{one['id'][:8]}  {where}\n          {one['link']}")


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

    # Nothing is not a beginning: it may be a variable that a script forgot to set.
    begins = Forum.uuid.startswith(beginning or "-", autoescape=True)
    found = db.session.scalars(select(Forum).where(begins)).all()
    if len(found) != 1:
        many = "There is more than one forum" if found else "There is no forum"
        raise click.ClickException(
            f"{many} whose id begins with {beginning!r}. See: facilitator forums"
        )
    return found[0]


def _list(paths: list[Path]) -> None:
    for path in paths:
        click.echo(path)


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


def _numbers(chosen: str | None) -> set[int] | None:
    """Read 1,4-7 as numbers; None for all."""
    if chosen is None:
        return None
    found: set[int] = set()
    for one in chosen.split(","):
        first, _, last = one.strip().partition("-")
        if not (SHORT_NUMBER.fullmatch(first) and SHORT_NUMBER.fullmatch(last or first)):
            raise click.UsageError(f"--rows: {one!r} is no row. Write them as 1,4-7.")
        found.update(range(int(first), int(last or first) + 1))
    return found


def _tell(seen: dict[str, Any], *, as_json: bool) -> None:
    """Say row by row what a file brings, and what came of it."""
    if as_json:
        click.echo(json.dumps(seen, ensure_ascii=False, indent=2))
        return
    if origin := seen["origin"]:
        whose = "with a good signature" if origin["signed"] else "without its seal"
        click.echo(f"{origin['forum']}, edition {origin['version']} of {origin['sealed']}, {whose}")
    for row in seen["rows"]:
        sign = "+" if row["comes"] else "-"
        room = f"  → {row['room']}" if row["comes"] and row["room"] else ""
        click.echo(f"{sign} {row['number']:>4}  {row['title'] or 'Untitled'}{room}")
        for sentence in row["wrong"]:
            click.echo(f"        {sentence}")
    for name in ("sectors", "tracks"):
        for one in seen[name]:
            click.echo(f"+ {name[:-1]}  {one}")
    if seen["made"] is not None:
        click.echo(f"Came in: {seen['made']}.")
    elif any(row["comes"] for row in seen["rows"]) or seen["sectors"] or seen["tracks"]:
        click.echo("Nothing has come in yet. To bring it in, add --take.")
    else:
        click.echo("There is nothing to bring in.", err=True)


def _welcome(public_url: str, host: str, port: int) -> None:
    """Say where we are, once people can come in."""
    from facilitator import qr
    from facilitator.config import reachable
    from facilitator.forums.links import host_link

    base = public_url or f"http://{reachable(host)}:{port}"
    click.echo(f"Facilitator is at {base}")
    click.echo(f"Found and open forums: {host_link(base)}")
    if "://127.0.0.1" not in base:
        click.echo(qr.terminal(base))
