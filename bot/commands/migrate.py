"""`beffroi migrate`: bring the database's tables up to date."""

from typing import TYPE_CHECKING

import typer

from bot.commands.answers import AsJson, print_json, run

if TYPE_CHECKING:
    from bot.settings import Settings


def migrate(as_json: AsJson = False) -> None:
    """Bring the tables up to date; safe to repeat."""

    async def act(settings: "Settings") -> str:
        from bot.wiring import unmigrated_store
        from domain.clock import SystemClock

        async with unmigrated_store(settings, SystemClock()) as store:
            return await store.migrate()

    revision = run(act)
    if as_json:
        print_json({"revision": revision})
    else:
        typer.echo(f"The tables are up to date, at revision {revision}.")
