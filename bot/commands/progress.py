"""A notice's progress, told once or until nothing of it is on its way."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import typer

from bot.commands import forecast
from bot.commands.answers import print_json, print_table, say
from bot.commands.standing import sentences

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from bot.wiring import Program
    from domain.estimates import Estimate
    from domain.notices import Notice
    from store.overview import Tally
    from store.unit import Unit

BETWEEN = 1.0  # seconds between two looks


@dataclass(frozen=True, slots=True)
class Progress:
    """`held`: what keeps deliveries of this notice from leaving, and why."""

    notice: "Notice"
    tally: "list[Tally]"
    held: list[tuple[str, str]]
    estimates: "list[Estimate]"
    at: "datetime"
    zone: "tzinfo"

    @property
    def moves(self) -> object:
        """What of it changes only when something has happened."""
        return self.notice.state, self.tally, self.held

    @property
    def is_done(self) -> bool:
        """Whether everyone's part is stored and nothing waits to leave."""
        from domain.deliveries import UNFINISHED
        from domain.notices import NoticeState

        is_waiting = any(one.state in UNFINISHED for one in self.tally)
        return self.notice.state is NoticeState.EXPANDED and not is_waiting


async def progress(unit: "Unit", program: "Program", notice_id: int) -> Progress:
    """Return how far a notice has come, or raise typer.BadParameter when there is none."""
    from actions.estimating import estimate_notice
    from actions.meetings import tenant
    from domain.clock import zone

    notice = await unit.notices.by_id(notice_id)
    if notice is None:
        raise typer.BadParameter(f"There is no notice {notice_id}.")
    tally = await unit.overview.tally(notice_id)
    concerned = {"trial", f"notice:{notice_id}", *(f"channel:{one.channel}" for one in tally)}
    return Progress(
        notice,
        tally,
        held=[one for one in await sentences(unit, program.settings) if one[0] in concerned],
        estimates=await estimate_notice(unit, program.providers, notice),
        at=unit.clock.now(),
        zone=zone((await tenant(unit)).zone),
    )


async def followed(program: "Program", notice_id: int) -> AsyncIterator[Progress]:
    """Look again and again, and tell what has changed, until nothing is on its way."""
    last: Progress | None = None
    while last is None or not last.is_done:
        async with program.store.reading() as unit:
            found = await progress(unit, program, notice_id)
        if last is None or found.moves != last.moves:
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
        more = {"state": notice.state, "title": said.title, "deliveries": counts}
        ends = {"held": dict(found.held), "estimate": forecast.to_json(found.estimates)}
        print_json({**about, **more, **ends})
        return
    from domain.notices import NoticeState

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
    if notice.state is NoticeState.EXPANDING:
        typer.echo("Its audience is still being read: more may come.")
    for sentence in forecast.sentences(found.estimates, found.at, found.zone):
        typer.echo(sentence)
