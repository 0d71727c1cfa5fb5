"""`beffroi proof`: who was convened, where, when, with which papers; and who is missing."""

from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.commands.answers import AsJson, operator, print_json, print_table, reading, say

if TYPE_CHECKING:
    from actions.sessions.proving import Proof
    from store.unit import Unit

TIMES = ("sent_at", "delivered_at", "opened_at", "confirmed_at")


def proof(
    session_id: Annotated[int, typer.Argument(metavar="ID", help="See: beffroi session list.")],
    as_csv: Annotated[bool, typer.Option("--csv", help="Answer in CSV, for spreadsheets.")] = False,
    unmasked: Annotated[bool, typer.Option("--unmasked", help="Show addresses whole.")] = False,
    as_json: AsJson = False,
) -> None:
    """Prove a convocation, member by member: valid, or who is missing and until when to mend it."""

    async def ask(unit: "Unit", language: str) -> "tuple[Proof, str]":
        from actions.sessions.proving import proof as proved

        return await proved(unit, session_id, actor=operator(), language=language), language

    found, language = reading(ask)
    found = found if unmasked else found.masked
    if as_json:
        print_json(_plain(found))
    elif as_csv:
        _print_csv(found)
    else:
        _print_proof(found, language)


def _plain(found: "Proof") -> dict[str, Any]:
    return asdict(found) | {"is_valid": found.is_valid, "is_mendable": found.is_mendable}


def _print_csv(found: "Proof") -> None:
    from actions.sessions.proving import COLUMNS
    from domain.spreadsheets import csv_text

    typer.echo(csv_text(COLUMNS, found.table()), nl=False)


def _print_proof(found: "Proof", language: str) -> None:
    typer.echo(f"{found.name}, {found.opens}")
    print_table(
        ["Member", "Channel", "Address", "State", "Sent", "Delivered", "Opened", "Confirmed"],
        [
            [name, *(getattr(line, what, None) for what in ("channel", "address", "state"))]
            + [_minute(getattr(line, time, None)) for time in TIMES]
            for _, name, line in found.rows()
        ],
    )
    print_table(
        ["Document", "Language", "Version", "SHA-256"],
        [(one.title, one.language, one.version, one.sha256) for one in found.documents],
        title="",
    )
    _print_verdict(found, language)


def _print_verdict(found: "Proof", language: str) -> None:
    if found.is_valid:
        typer.secho(say("proof.valid", language), fg=typer.colors.GREEN)
    else:
        typer.secho(
            say("proof.invalid", language, count=len(found.missing)), fg=typer.colors.YELLOW
        )
        for one in found.missing:
            typer.echo(f"  {one.member.name}: {say(f'proof.missing_{one.lack}', language)}")
        if found.deadline:
            key = "proof.mendable" if found.is_mendable else "proof.too_late"
            date, sentence = found.deadline.date, found.deadline.sentence
            typer.echo(say(key, language, date=date, sentence=sentence))
    typer.echo(f"Audit log: {found.audit_head}")


def _minute(at: datetime | None) -> str:
    return at.isoformat(" ", "minutes") if at else ""
