"""A rehearsed notice, told: who, how and why, by when, and what it would cost."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import typer

from bot.commands import forecast
from bot.commands.answers import print_json, print_table, say
from bot.commands.costs import Cost, Texts, costs, messages

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from actions.rehearsing import Rehearsal
    from bot.wiring import Program
    from domain.estimates import Estimate
    from domain.notices import Audience, NoticeClass


@dataclass(frozen=True, slots=True)
class Rehearsed:
    rehearsal: "Rehearsal"
    costs: list[Cost]
    estimates: "list[Estimate]"
    at: "datetime"
    zone: "tzinfo"


async def rehearsed(
    program: "Program", audience: "Audience", notice_class: "NoticeClass", texts: Texts | None
) -> Rehearsed:
    """Rehearse for an audience; what `texts` would cost and take is reckoned with them."""
    from actions.estimating import estimate_imagined
    from actions.meetings import tenant
    from actions.rehearsing import imagined, rehearse
    from domain.clock import zone

    async with program.store.reading() as unit:
        carried = program.dispatcher.carried
        done = await rehearse(unit, audience, notice_class, carried, program.policy)
        counted = list(costs(program, done.going, texts)) if texts else []
        now = unit.clock.now()
        notice = imagined(audience, notice_class, now)
        if texts:
            notice = replace(notice, content=messages(texts))
        estimates = await estimate_imagined(unit, program.providers, notice, done.piles)
        return Rehearsed(done, counted, estimates, now, zone((await tenant(unit)).zone))


def print_rehearsed(found: Rehearsed, language: str, *, as_json: bool) -> None:
    rehearsal = found.rehearsal
    ways = [
        {"channel": channel, "verdict": verdict, "reason": reason, "count": count}
        for (channel, verdict, reason), count in sorted(rehearsal.ways.items())
    ]
    if as_json:
        counts = {"recipients": rehearsal.recipients, "unreached": rehearsal.unreached}
        ends = {"estimate": forecast.to_json(found.estimates)}
        print_json(
            {**counts, "ways": ways, **ends, "costs": [one.to_json() for one in found.costs]}
        )
        return
    typer.echo(f"{rehearsal.recipients} people, {rehearsal.unreached} of them reached by nothing.")
    print_table(
        ["Channel", "Verdict", "Why", "Addresses"],
        [
            (way["channel"], way["verdict"], say(f"reason.{way['reason']}", language), way["count"])
            for way in ways
        ],
    )
    for sentence in forecast.sentences(found.estimates, found.at, found.zone):
        typer.echo(sentence)
    for cost in found.costs:
        typer.echo(
            f"{cost.channel}: messages {cost.messages}, parts {cost.parts}, "
            f"cost {cost.total} {cost.currency}"
        )
