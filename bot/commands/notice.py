"""`beffroi notice`: publish to an audience, rehearse it first, see how far it has come."""

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.answers import (
    AsJson,
    changing,
    one_of,
    operator,
    print_json,
    with_program,
)

if TYPE_CHECKING:
    from bot.wiring import Program
    from domain.notices import Audience
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
    texts = texts_in(text)

    async def act(unit: "Unit", _: str) -> int:
        from actions.notices.announcing import announce
        from bot.configuring import found_settings
        from domain.notices import NoticeClass

        return await announce(
            unit,
            audience(to),
            texts,
            notice_class=one_of(NoticeClass, notice_class),
            actor=operator(),
            idempotency_key=key,
            most=found_settings().approval.notices_over,
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
    """Say who would be told, how, why, by when and at what cost, without telling anybody."""
    from bot.commands.rehearsing import print_rehearsed, rehearsed

    texts = texts_in(text) if text else None

    async def ask(program: "Program") -> None:
        from domain.notices import NoticeClass

        wanted = one_of(NoticeClass, notice_class)
        found = await rehearsed(program, audience(to), wanted, texts)
        print_rehearsed(found, program.settings.language, as_json=as_json)

    with_program(ask)


@app.command()
def show(
    notice_id: Annotated[int, typer.Argument(metavar="ID")],
    *,
    watch: Annotated[
        bool, typer.Option("--watch", help="Show it anew until nothing is on its way.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Show how far a notice has come, by channel, state and reason; and when it will be out."""

    async def ask(program: "Program") -> None:
        from bot.commands.progress import followed, print_progress, progress

        language = program.settings.language
        if not watch:
            async with program.store.reading() as unit:
                found = await progress(unit, program, notice_id)
            print_progress(found, language, as_json=as_json)
            return
        async for found in followed(program, notice_id):
            print_progress(found, language, as_json=as_json)

    with_program(ask)


def audience(to: str) -> "Audience":
    """Read `everyone`, `person:ID`, `told:SESSION`, or a body's key."""
    from domain.notices import Audience, AudienceKind

    kind, _, ref = to.partition(":")
    return Audience(AudienceKind(kind), ref) if kind in NAMED else Audience(AudienceKind.BODY, to)


def texts_in(file: Path) -> dict[str, tuple[str, str]]:
    """Read title and text by language from a TOML file, or raise typer.BadParameter."""
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
