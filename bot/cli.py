"""The command line: `beffroi COMMAND`, and one sentence when something cannot be done."""

import sys
from typing import Annotated, NoReturn

import typer

from bot.commands import (
    agenda,
    approvals,
    audit,
    body,
    check,
    commune,
    console,
    deadline,
    decision,
    deliveries,
    demo,
    due,
    export,
    history,
    holiday,
    importing,
    link,
    migrate,
    minutes,
    notice,
    petitions,
    preferences,
    proof,
    push,
    release,
    requests,
    search,
    serve,
    session,
    signatures,
    slack,
    steering,
    suppressions,
    token,
    understand,
    unlink,
    webhook,
    why,
)
from domain.errors import Failed, Misconfigured, Refused, Unavailable, Unreadable

app = typer.Typer(
    name="beffroi",
    help="Call councillors to session, warn the town, answer both, and prove it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # rich takes longer to open than everything else together
    context_settings={"help_option_names": ["-h", "--help"]},
)
COMMANDS = (
    demo.demo,
    serve.serve,
    serve.web,
    serve.worker,
    serve.clock,
    console.console,
    migrate.migrate,
    check.check,
    deliveries.deliveries,
    why.why,
    proof.proof,
    deadline.deadline,
    due.due,
    history.history,
    search.search,
    link.link,
    unlink.unlink,
    release.release,
    steering.pause,
    steering.resume,
    steering.replay,
    export.export,
    understand.understand,
)
GROUPS = (
    commune.app,
    body.app,
    holiday.app,
    importing.app,
    session.app,
    agenda.app,
    decision.app,
    minutes.app,
    notice.app,
    petitions.app,
    signatures.app,
    requests.app,
    approvals.app,
    preferences.app,
    push.app,
    webhook.app,
    token.app,
    slack.app,
    suppressions.app,
    audit.app,
)


def _version(wanted: bool) -> None:  # noqa: FBT001 - typer's signature
    if wanted:
        import importlib.metadata  # noqa: PLC0415 - `--help` stays fast

        typer.echo(importlib.metadata.version("beffroi"))
        raise typer.Exit


@app.callback()
def beffroi(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", help="Show the version.", callback=_version, is_eager=True),
    ] = False,
) -> None: ...


for command in COMMANDS:
    app.command()(command)
for group in GROUPS:
    app.add_typer(group)


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run a command and exit: 0 when it is done, 1 when it cannot be, 2 when it was misspelt."""
    try:
        app(arguments)
    except BrokenPipeError:
        sys.stderr.close()  # whoever read us has left; there is nobody to tell
        sys.exit(1)
    except (Refused, Failed, Misconfigured, Unavailable, Unreadable) as error:
        typer.echo(sentence(error), err=True)
        sys.exit(1)
    sys.exit(0)


def sentence(error: Exception) -> str:
    """Say what happened and what to do, in one sentence."""
    match error:
        case Refused():
            return _refusal(error)
        case Unavailable():
            return (
                f"The database does not answer ({error}): nothing was changed; start it, "
                "or correct BEFFROI_DATABASE_URL, and repeat."
            )
        case Unreadable():
            return f"What is stored cannot be read ({error}): restore it from a backup."
        case Failed():
            return f"It could not be carried ({error.code}): run beffroi check to see why."
        case _:
            return str(error)


def _refusal(error: Refused) -> str:
    from bot.configuring import found_settings  # noqa: PLC0415 - `--help` stays fast
    from domain.phrasebook import phrasebook  # noqa: PLC0415 - `--help` stays fast

    try:
        language = found_settings().language
    except Misconfigured:
        language = "en"
    return phrasebook().say(error.key, language, **error.facts)
