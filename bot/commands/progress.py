"""A notice's progress, told once or until nothing of it is on its way."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import typer

from bot.commands import forecast
from bot.commands.answers import operator, print_json, print_table, say
from bot.commands.standing import sentences

if TYPE_CHECKING:
    from datetime import tzinfo

    from actions.notices.overseeing import Progress as Seen
    from bot.wiring import Program
    from store.unit import Unit

BETWEEN = 1.0  # seconds between two looks


@dataclass(frozen=True, slots=True)
class Progress:
    """`held`: what keeps deliveries of this notice from leaving, and why."""

    seen: "Seen"
    held: list[tuple[str, str]]
    zone: "tzinfo"

    @property
    def moves(self) -> object:
        """What of it changes only when something has happened."""
        return self.seen.notice.state, self.seen.tally, self.held

    @property
    def is_done(self) -> bool:
        return self.seen.is_done


async def progress(unit: "Unit", program: "Program", notice_id: int) -> Progress:
    """Return how far a notice has come, or raise typer.BadParameter when there is none."""
    from actions.meetings import tenant
    from actions.notices import overseeing
    from domain.clock import zone

    if await unit.notices.by_id(notice_id) is None:
        raise typer.BadParameter(f"There is no notice {notice_id}.")
    seen = await overseeing.progress(unit, operator(), program.providers, notice_id)
    concerned = {"trial", f"notice:{notice_id}", *(f"channel:{one.channel}" for one in seen.tally)}
    held = [one for one in await sentences(unit, program.settings) if one[0] in concerned]
    return Progress(seen, held, zone((await tenant(unit)).zone))


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
    notice, tally = found.seen.notice, found.seen.tally
    said = notice.content.get(language) or next(iter(notice.content.values()))
    if as_json:
        about = {"id": notice.id, "class": notice.notice_class, "kind": notice.kind}
        counts = [asdict(one) for one in tally]
        more = {"state": notice.state, "title": said.title, "deliveries": counts}
        ends = {"held": dict(found.held), "estimate": forecast.to_json(found.seen.estimates)}
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
            for one in tally
        ],
    )
    if notice.state is NoticeState.EXPANDING:
        typer.echo("Its audience is still being read: more may come.")
    for sentence in forecast.sentences(found.seen.estimates, found.seen.at, found.zone):
        typer.echo(sentence)
