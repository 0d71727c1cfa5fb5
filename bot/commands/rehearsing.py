"""A rehearsed notice, told: who, how and why, by when, and what it would cost."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import typer

from bot.commands import forecast
from bot.commands.answers import print_json, print_table, say

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from actions.notices.rehearsing import Foretold
    from bot.wiring import Program
    from domain.notices import Audience, Content, NoticeClass

Texts = Mapping[str, tuple[str, str]]
"""Title and text by language."""


@dataclass(frozen=True, slots=True)
class Rehearsed:
    foretold: "Foretold"
    at: "datetime"
    zone: "tzinfo"


async def rehearsed(
    program: "Program", audience: "Audience", notice_class: "NoticeClass", texts: Texts | None
) -> Rehearsed:
    """Rehearse for an audience; what `texts` would cost and take is reckoned with them."""
    from actions.meetings import tenant
    from actions.notices.rehearsing import foretell
    from bot.reckoning import means
    from domain.clock import zone

    async with program.store.reading() as unit:
        foretold = await foretell(
            unit, audience, notice_class, messages(texts or {}), means(program)
        )
        return Rehearsed(foretold, unit.clock.now(), zone((await tenant(unit)).zone))


def messages(texts: Texts) -> "Content":
    """Return texts as they would be said."""
    from domain.messages import Message

    return {
        language: Message(text.strip(), language, title.strip())
        for language, (title, text) in texts.items()
    }


def print_rehearsed(found: Rehearsed, language: str, *, as_json: bool) -> None:
    rehearsal, estimates = found.foretold.rehearsal, found.foretold.estimates
    ways = [
        {"channel": channel, "verdict": verdict, "reason": reason, "count": count}
        for (channel, verdict, reason), count in sorted(rehearsal.ways.items())
    ]
    if as_json:
        counts = {"recipients": rehearsal.recipients, "unreached": rehearsal.unreached}
        ends = {"estimate": forecast.to_json(estimates)}
        costs = [one.to_json() for one in found.foretold.costs]
        print_json({**counts, "ways": ways, **ends, "costs": costs})
        return
    typer.echo(f"{rehearsal.recipients} people, {rehearsal.unreached} of them reached by nothing.")
    print_table(
        ["Channel", "Verdict", "Why", "Addresses"],
        [
            (way["channel"], way["verdict"], say(f"reason.{way['reason']}", language), way["count"])
            for way in ways
        ],
    )
    for sentence in forecast.sentences(estimates, found.at, found.zone):
        typer.echo(sentence)
    for cost in found.foretold.costs:
        typer.echo(
            f"{cost.channel}: messages {cost.messages}, parts {cost.parts}, "
            f"cost {cost.total} {cost.currency}"
        )
