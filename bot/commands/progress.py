"""A notice's progress, told once or until nothing of it is on its way."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import typer

from bot.commands.answers import print_json, print_table, say
from bot.commands.standing import sentences

if TYPE_CHECKING:
    from bot.settings import Settings
    from domain.notices import Notice
    from store.connecting import Store
    from store.overview import Tally
    from store.unit import Unit

BETWEEN = 1.0  # seconds between two looks


@dataclass(frozen=True, slots=True)
class Progress:
    """`held`: what keeps deliveries of this notice from leaving, and why."""

    notice: "Notice"
    tally: "list[Tally]"
    held: list[tuple[str, str]]

    @property
    def is_done(self) -> bool:
        """Whether everyone's part is stored and nothing waits to leave."""
        from domain.deliveries import UNFINISHED
        from domain.notices import NoticeState

        is_waiting = any(one.state in UNFINISHED for one in self.tally)
        return self.notice.state is NoticeState.EXPANDED and not is_waiting


async def progress(unit: "Unit", settings: "Settings", notice_id: int) -> Progress:
    """Return how far a notice has come, or raise typer.BadParameter when there is none."""
    notice = await unit.notices.by_id(notice_id)
    if notice is None:
        raise typer.BadParameter(f"There is no notice {notice_id}.")
    tally = await unit.overview.tally(notice_id)
    concerned = {"trial", f"notice:{notice_id}", *(f"channel:{one.channel}" for one in tally)}
    held = [one for one in await sentences(unit, settings) if one[0] in concerned]
    return Progress(notice, tally, held)


async def followed(store: "Store", settings: "Settings", notice_id: int) -> AsyncIterator[Progress]:
    """Look again and again, and tell what has changed, until nothing is on its way."""
    last: Progress | None = None
    while last is None or not last.is_done:
        async with store.reading() as unit:
            found = await progress(unit, settings, notice_id)
        if found != last:
            yield found
        last = found
        if not found.is_done:
            await asyncio.sleep(BETWEEN)


def print_progress(found: Progress, language: str, *, as_json: bool) -> None:
    notice = found.notice
    said = notice.content.get(language) or next(iter(notice.content.values()))
    if as_json:
        about = {"id": notice.id, "class": notice.notice_class, "kind": notice.kind}
        counts = [asdict(one) for one in found.tally]
        held = dict(found.held)
        more = {"state": notice.state, "title": said.title, "deliveries": counts, "held": held}
        print_json({**about, **more})
        return
    typer.echo(f"{said.title}  ({notice.notice_class}, {notice.kind}, {notice.state})")
    for thing, says in found.held:
        typer.echo(f"{thing}: {says}")
    print_table(
        ["Channel", "State", "Why", "Code", "Count"],
        [
            (one.channel, one.state, say(f"reason.{one.reason}", language), one.code, one.count)
            for one in found.tally
        ],
    )
