"""Escalation: which ways wait until the earlier ones have gone unseen."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from domain.addresses import Channel
from domain.routes import Reason, Route, Verdict

# Nobody is woken by these: a step with nothing else is not waited for.
SILENT = frozenset({Channel.INBOX, Channel.WEBHOOK})
# What the house chose may wait; what the law or the person chose goes at once.
DEFERRABLE = frozenset({Reason.EMERGENCY, Reason.ROLE, Reason.DEFAULT})


@dataclass(frozen=True, slots=True)
class Step:
    """`channels` come in `after` this time, counted from when everybody's first way was queued."""

    after: timedelta
    channels: frozenset[Channel]


Ladder = Sequence[Step]


def reserved(ladder: Ladder, routes: Sequence[Route]) -> tuple[Route, ...]:
    """Return the decisions with those of later steps kept in reserve.

    Who has nothing loud on a step is told by the next one at once. What others stood before is
    kept in reserve too, where the ladder comes to it.
    """
    if not ladder:
        return tuple(routes)
    first = min(
        (_rung(ladder, route.address.channel) for route in routes if _is_heard(route)), default=0
    )
    return tuple(_reserved(ladder, route, first) for route in routes)


def is_of_step(ladder: Ladder, step: int, route: Route) -> bool:
    """Say whether a way kept in reserve is tried on a step."""
    return route.reason is Reason.IN_RESERVE and _rung(ladder, route.address.channel) == step


def _reserved(ladder: Ladder, route: Route, first: int) -> Route:
    rung = _rung(ladder, route.address.channel)
    may_wait = route.reason in DEFERRABLE and rung > first
    may_help = route.reason is Reason.NOT_CHOSEN and rung > 0
    if may_wait or may_help:
        return replace(route, verdict=Verdict.SUPPRESSED, reason=Reason.IN_RESERVE, due_at=None)
    return route


def _is_heard(route: Route) -> bool:
    return route.verdict is not Verdict.SUPPRESSED and route.address.channel not in SILENT


def _rung(ladder: Ladder, channel: Channel) -> int:
    """Return the step on which a channel's turn comes; what no step names goes at once."""
    return next((n for n, step in enumerate(ladder) if channel in step.channels), 0)
