"""`beffroi history`: what was done to a thing, by whom, when, and by which channel."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.answers import AsJson, print_json, reading

if TYPE_CHECKING:
    from domain.history import Happening
    from store.unit import Unit

REF = "Such as APP-61, PET-2026-0012, DEL-2026-3, REQ-2026-4, session:12, item:12/3 or person:5."


def history(ref: Annotated[str, typer.Argument(help=REF)], *, as_json: AsJson = False) -> None:
    """Tell who did what to a thing, when, by which channel, and what it was before."""

    async def ask(unit: "Unit", language: str) -> "tuple[list[Happening], str]":
        from actions.records.recounting import recounted, subject_of

        return await recounted(unit, await subject_of(unit, ref)), language

    from domain.history import told
    from domain.phrasebook import phrasebook

    happenings, language = reading(ask)
    if as_json:
        print_json([asdict(one) for one in happenings])
        return
    book = phrasebook()
    for one in happenings:
        typer.echo(told(one, book, language))
    if not happenings:
        typer.echo(book.say("history.none", language))
