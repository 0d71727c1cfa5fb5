"""`beffroi import`: bodies, people and agendas from a file, all of it or nothing of it."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.answers import AsJson, changing, operator, print_json, say

if TYPE_CHECKING:
    from actions.agenda.importing import AgendaImported
    from actions.people.importing_bodies import BodiesImported
    from actions.people.importing_people import PeopleImported
    from domain.spreadsheets import BadCell
    from store.unit import Unit

app = typer.Typer(
    name="import", no_args_is_help=True, help="Take bodies, people or agendas from a file."
)

File = Annotated[
    Path,
    typer.Argument(exists=True, dir_okay=False, readable=True, help="A CSV file, of any dialect."),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would change, change nothing.")]


@app.command()
def bodies(file: File, dry_run: DryRun = False, as_json: AsJson = False) -> None:
    """Add and change bodies: key, kind, name_fr, name_ar, name_en, parent, seats, aliases."""
    content = file.read_bytes()

    async def act(unit: "Unit", spoken: str) -> "tuple[BodiesImported, str]":
        from actions.people.importing_bodies import import_bodies

        return await import_bodies(unit, content, actor=operator(), is_dry_run=dry_run), spoken

    done, spoken = changing(act)
    counts = {"bodies": done.added, "changed": done.changed, "same": done.same}
    _tell(counts, done.bad, spoken, dry_run=dry_run, as_json=as_json)


@app.command()
def people(
    file: File,
    body: Annotated[
        str | None, typer.Option(help="Where people sit whom the file gives no body.")
    ] = None,
    language: Annotated[
        str, typer.Option(help="The language of newcomers who name none: fr, ar or en.")
    ] = "fr",
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Add and change people: name, role, body, language, declared address, other addresses."""
    content = file.read_bytes()

    async def act(unit: "Unit", spoken: str) -> "tuple[PeopleImported, str]":
        from actions.people.importing_people import import_people

        with progress_bar(file.name) as progress:
            done = await import_people(
                unit,
                content,
                actor=operator(),
                body=body,
                language=language,
                is_dry_run=dry_run,
                progress=progress,
            )
        return done, spoken

    done, spoken = changing(act)
    counts = {"people": done.added, "changed": done.changed, "same": done.same}
    _tell(counts, done.bad, spoken, dry_run=dry_run, as_json=as_json)


@app.command()
def agenda(
    file: File,
    body: Annotated[str, typer.Option(help="Whose agenda it is where the file does not say.")] = (
        "council"
    ),
    on: Annotated[
        datetime | None,
        typer.Option("--date", formats=["%Y-%m-%d"], help="The day, where the file has none."),
    ] = None,
    draft: Annotated[bool, typer.Option("--draft", help="Do not publish the agendas yet.")] = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Add and change agenda items; sessions not known yet are made as drafts."""
    content = file.read_bytes()
    day: date | None = on.date() if on else None

    async def act(unit: "Unit", spoken: str) -> "tuple[AgendaImported, str]":
        from actions.agenda.importing import import_agenda

        with progress_bar(file.name) as progress:
            done = await import_agenda(
                unit,
                content,
                actor=operator(),
                body=body,
                day=day,
                is_draft=draft,
                is_dry_run=dry_run,
                progress=progress,
            )
        return done, spoken

    done, spoken = changing(act)
    counts = {
        "sessions": done.sessions,
        "items": done.added,
        "changed": done.changed,
        "same": done.same,
    }
    _tell(counts, done.bad, spoken, dry_run=dry_run, as_json=as_json)
    if not as_json:
        for session_id in done.convened_ids:
            typer.echo(say("import.convened_changed", spoken, session=str(session_id)), err=True)


@contextmanager
def progress_bar(name: str) -> Iterator[Callable[[int, int], None]]:
    """Show on a terminal how much is done; elsewhere, nothing."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(name, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _tell(
    counts: dict[str, int],
    bad: "Iterable[BadCell]",
    language: str,
    *,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Say what became of the file; with anything bad, name it all and exit with 1."""
    wrong = list(bad)
    if as_json:
        lines = [
            {"line": one.line, "column": one.column, "reason": _reason(one, language)}
            for one in wrong
        ]
        print_json({"dry_run": dry_run, **counts, "bad": lines})
    elif wrong:
        for one in wrong:
            typer.echo(_sentence(one, language), err=True)
        count = len({one.line for one in wrong})
        typer.echo(say("import.refused", language, count=count), err=True)
    else:
        if dry_run:
            typer.echo(say("import.dry_run", language))
        typer.echo(
            ", ".join(
                say(f"import.{name}", language, count=count) for name, count in counts.items()
            )
        )
    if wrong:
        raise typer.Exit(1)


def _sentence(one: "BadCell", language: str) -> str:
    reason, line = _reason(one, language), str(one.line)
    if one.column:
        return say("import.at", language, line=line, column=one.column, reason=reason)
    return say("import.at_line", language, line=line, reason=reason)


def _reason(one: "BadCell", language: str) -> str:
    return say(one.reason.key, language, **one.reason.facts)
