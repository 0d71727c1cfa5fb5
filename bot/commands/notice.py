"""`beffroi notice`: publish to an audience, rehearse it first, see how far it has come."""

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.answers import (
    OPERATOR,
    AsJson,
    changing,
    one_of,
    print_json,
    print_table,
    say,
    with_program,
    with_store,
)

if TYPE_CHECKING:
    from actions.announcing import Rehearsal
    from bot.commands.costs import Cost
    from bot.settings import Settings
    from bot.wiring import Program
    from domain.notices import Audience
    from store.connecting import Store
    from store.unit import Unit

app = typer.Typer(name="notice", no_args_is_help=True, help="Publish, rehearse, follow.")

To = Annotated[
    str,
    typer.Argument(
        help="A body's key, everyone, person:ID, followers:BODY or told:SESSION.", metavar="TO"
    ),
]
Class = Annotated[
    str, typer.Option("--class", help="Whose rules hold: informational, statutory or emergency.")
]
Counted = Annotated[
    Path | None,
    typer.Option(
        help="The TOML file that would be sent: what it would cost is counted too.",
        exists=True,
        dir_okay=False,
        allow_dash=True,
    ),
]
NAMED = ("everyone", "person", "told", "followers")


@app.command()
def send(
    to: To,
    text: Annotated[
        Path,
        typer.Argument(
            help="A TOML file with title and text under [fr], [ar] and [en].",
            exists=True,
            dir_okay=False,
            allow_dash=True,
        ),
    ],
    notice_class: Class = "informational",
    key: Annotated[
        str | None, typer.Option(help="A word of yours: a second notice with it is refused.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Publish a notice in every language; beffroi serve sends it."""
    texts = _texts(text)

    async def act(unit: "Unit", _: str) -> int:
        from actions.announcing import announce
        from domain.notices import NoticeClass

        return await announce(
            unit,
            audience(to),
            texts,
            notice_class=one_of(NoticeClass, notice_class),
            actor=OPERATOR,
            idempotency_key=key,
        )

    notice_id = changing(act)
    if as_json:
        print_json({"notice": notice_id})
    else:
        typer.echo(f"Notice {notice_id} is published: beffroi notice show {notice_id} follows it.")


@app.command("dry-run")
def dry_run(
    to: To,
    notice_class: Class = "informational",
    text: Counted = None,
    as_json: AsJson = False,
) -> None:
    """Say who would be told, how, why, and at what cost, without telling anybody."""
    from bot.commands.costs import costs

    texts = _texts(text) if text else None

    async def ask(program: "Program") -> "tuple[Rehearsal, list[Cost], str]":
        from actions.announcing import rehearse
        from domain.notices import NoticeClass

        wanted, carried = one_of(NoticeClass, notice_class), program.dispatcher.carried
        async with program.store.reading() as unit:
            done = await rehearse(unit, audience(to), wanted, carried, program.policy)
        counted = list(costs(program, done.going, texts)) if texts else []
        return done, counted, program.settings.language

    rehearsal, counted, language = with_program(ask)
    ways = [
        {"channel": channel, "verdict": verdict, "reason": reason, "count": count}
        for (channel, verdict, reason), count in sorted(rehearsal.ways.items())
    ]
    if as_json:
        counts = {"recipients": rehearsal.recipients, "unreached": rehearsal.unreached}
        print_json({**counts, "ways": ways, "costs": [cost.to_json() for cost in counted]})
        return
    typer.echo(f"{rehearsal.recipients} people, {rehearsal.unreached} of them reached by nothing.")
    print_table(
        ["Channel", "Verdict", "Why", "Addresses"],
        [
            (way["channel"], way["verdict"], say(f"reason.{way['reason']}", language), way["count"])
            for way in ways
        ],
    )
    for cost in counted:
        typer.echo(
            f"{cost.channel}: messages {cost.messages}, parts {cost.parts}, "
            f"cost {cost.total} {cost.currency}"
        )


@app.command()
def show(
    notice_id: Annotated[int, typer.Argument(metavar="ID")],
    *,
    watch: Annotated[
        bool, typer.Option("--watch", help="Show it anew until nothing is on its way.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Show how far a notice has come: its deliveries by channel, state and reason."""

    async def ask(store: "Store", settings: "Settings") -> None:
        from bot.commands.progress import followed, print_progress, progress

        if not watch:
            async with store.reading() as unit:
                found = await progress(unit, settings, notice_id)
            print_progress(found, settings.language, as_json=as_json)
            return
        async for found in followed(store, settings, notice_id):
            print_progress(found, settings.language, as_json=as_json)

    with_store(ask)


def audience(to: str) -> "Audience":
    """Read `everyone`, `person:ID`, `told:SESSION`, or a body's key."""
    from domain.notices import Audience, AudienceKind

    kind, _, ref = to.partition(":")
    return Audience(AudienceKind(kind), ref) if kind in NAMED else Audience(AudienceKind.BODY, to)


def _texts(file: Path) -> dict[str, tuple[str, str]]:
    try:
        plain = tomllib.loads(
            typer.get_text_stream("stdin").read() if str(file) == "-" else file.read_text("utf-8")
        )
        return {language: (said["title"], said["text"]) for language, said in plain.items()}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise typer.BadParameter(f"{file} cannot be read as TOML: {error}.") from error
    except (KeyError, TypeError, AttributeError) as error:
        raise typer.BadParameter(
            f"{file} must hold title and text under [fr], [ar] and [en]."
        ) from error
