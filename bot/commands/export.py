"""`beffroi export`: the records as a table, for spreadsheets and scripts."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from bot.commands.answers import one_of, operator, reading

if TYPE_CHECKING:
    from actions.people.exporting import Export
    from store.unit import Unit


class Format(StrEnum):
    CSV = "csv"
    JSON = "json"


def export(
    what: Annotated[
        str, typer.Argument(help="One of people, sessions, agenda, deliveries, audit.")
    ],
    form: Annotated[str, typer.Option("--format", help="csv or json.")] = "csv",
    out: Annotated[
        Path | None, typer.Option(dir_okay=False, writable=True, help="A file to write.")
    ] = None,
    unmasked: Annotated[bool, typer.Option("--unmasked", help="Show addresses whole.")] = False,
) -> None:
    """Write everything there is of one kind, with no cell that a spreadsheet would run."""
    written_as = one_of(Format, form)

    async def ask(unit: "Unit", _: str) -> None:
        from actions.people.exporting import Exported, export as exported

        found = exported(unit, one_of(Exported, what), actor=operator(), is_masked=not unmasked)
        with _opened(out) as file:
            await _write(found, written_as, file)

    reading(ask)


@contextmanager
def _opened(out: Path | None) -> Iterator[IO[str]]:
    if out is None:
        yield sys.stdout
        return
    # Excel reads UTF-8 as such only behind its mark.
    encoding = "utf-8-sig" if out.suffix.lower() == ".csv" else "utf-8"
    with out.open("w", encoding=encoding, newline="") as file:
        yield file


async def _write(found: "Export", written_as: Format, file: IO[str]) -> None:
    if written_as is Format.CSV:
        await _write_csv(found, file)
    else:
        await _write_json(found, file)


async def _write_csv(found: "Export", file: IO[str]) -> None:
    from domain.spreadsheets import csv_rows

    file.write(csv_rows([found.header]))
    async for page in found.pages:
        file.write(csv_rows(page))


async def _write_json(found: "Export", file: IO[str]) -> None:
    """Write an array, a record a line, without holding it all."""
    import json

    joint = "[\n"
    async for page in found.pages:
        for row in page:
            record = dict(zip(found.header, row, strict=True))
            file.write(joint + json.dumps(record, ensure_ascii=False, default=str))
            joint = ",\n"
    file.write("[]\n" if joint.startswith("[") else "\n]\n")
