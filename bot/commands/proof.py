"""`beffroi proof`: who was convened, where, when, with which papers; and who is missing."""

from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.commands.answers import AsJson, operator, print_json, print_table, reading, say

if TYPE_CHECKING:
    from actions.proving import Proof
    from store.unit import Unit

COLUMNS = ("person_id", "name", "channel", "address", "reason", "state", "code", "papers")
TIMES = ("queued_at", "sent_at", "delivered_at", "opened_at", "confirmed_at")


def proof(
    session_id: Annotated[int, typer.Argument(metavar="ID", help="See: beffroi session list.")],
    as_csv: Annotated[bool, typer.Option("--csv", help="Answer in CSV, for spreadsheets.")] = False,
    unmasked: Annotated[bool, typer.Option("--unmasked", help="Show addresses whole.")] = False,
    as_json: AsJson = False,
) -> None:
    """Prove a convocation, member by member: valid, or who is missing and until when to mend it."""

    async def ask(unit: "Unit", language: str) -> "tuple[Proof, str]":
        from actions.proving import proof as proved

        return await proved(unit, session_id, actor=operator(), language=language), language

    found, language = reading(ask)
    found = found if unmasked else _masked(found)
    if as_json:
        print_json(_plain(found))
    elif as_csv:
        _print_csv(found)
    else:
        _print_proof(found, language)


def _masked(found: "Proof") -> "Proof":
    from domain.addresses import masked

    lines = [replace(one, address=masked(one.channel, one.address)) for one in found.lines]
    members = [
        replace(one, declared=(one.declared[0], masked(*one.declared))) if one.declared else one
        for one in found.members
    ]
    by_id = {member.person_id: member for member in members}
    missing = [replace(one, member=by_id[one.member.person_id]) for one in found.missing]
    return replace(found, lines=tuple(lines), members=tuple(members), missing=tuple(missing))


def _plain(found: "Proof") -> dict[str, Any]:
    return asdict(found) | {"is_valid": found.is_valid, "is_mendable": found.is_mendable}


def _rows(found: "Proof") -> Iterator[dict[str, Any]]:
    """Return a row for each delivery, by member; those that nothing went to have one too."""
    lines: dict[int, list[Any]] = {}
    for line in found.lines:
        lines.setdefault(line.person_id, []).append(line)
    names = {member.person_id: member.name for member in found.members}
    for person_id in sorted(names.keys() | lines.keys()):
        name = {"person_id": person_id, "name": names.get(person_id, "")}
        for line in lines.get(person_id, ()):
            yield asdict(line) | name
        if person_id not in lines:
            yield dict.fromkeys((*COLUMNS, *TIMES)) | name


def _print_csv(found: "Proof") -> None:
    from domain.spreadsheets import csv_text

    rows = [
        [" ".join(cell) if isinstance(cell, tuple) else _cell(cell) for cell in _cells(row)]
        for row in _rows(found)
    ]
    typer.echo(csv_text((*COLUMNS, *TIMES), rows), nl=False)


def _cells(row: dict[str, Any]) -> list[Any]:
    return [row[column] for column in (*COLUMNS, *TIMES)]


def _cell(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value


def _print_proof(found: "Proof", language: str) -> None:
    typer.echo(f"{found.name}, {found.opens}")
    print_table(
        ["Member", "Channel", "Address", "State", "Sent", "Delivered", "Opened", "Confirmed"],
        [
            [row["name"], row["channel"], row["address"], row["state"]]
            + [_minute(row[time]) for time in TIMES[1:]]
            for row in _rows(found)
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
