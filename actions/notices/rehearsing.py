"""Rehearsing: what a notice would do, resolved for its whole audience without telling anybody."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from actions.meetings import tenant, today
from actions.notices.announcing import known
from actions.notices.estimating import estimate_imagined
from actions.notices.occasions import occasion
from domain.addresses import Channel
from domain.channel import Provider
from domain.costs import Cost, Price, costs
from domain.estimates import Estimate, Pile
from domain.notices import Audience, Content, Notice, NoticeClass, NoticeKind
from domain.policies import Policy
from domain.preferences import Reason, Route, Verdict, resolve
from store.unit import Unit

PAGE = 1000
IMAGINED = 0  # the id of a notice that is not published
USED = frozenset(Verdict) - {Verdict.SUPPRESSED}
Use = tuple[Channel, str, Verdict, datetime | None]
"""An address that would be written to: its channel and language, how, and when if not at once."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What a notice would do: people reached by nothing, and addresses by channel and reason.

    `going` are those that would be written to, by channel and language; `piles`, of these, what
    would leave by itself, at once or once it may.
    """

    recipients: int
    unreached: int
    ways: Mapping[tuple[Channel, Verdict, Reason], int] = field(default_factory=dict)
    going: Mapping[tuple[Channel, str], int] = field(default_factory=dict)
    piles: tuple[Pile, ...] = ()


@dataclass(frozen=True, slots=True)
class Means:
    """What carries messages here, by the commune's policy, and what a part of a message costs."""

    providers: Mapping[Channel, Provider]
    policy: Policy
    price: Price


@dataclass(frozen=True, slots=True)
class Foretold:
    """What a notice would do, by when it would have left, and what it would cost."""

    rehearsal: Rehearsal
    estimates: list[Estimate]
    costs: list[Cost]


async def foretell(
    unit: Unit, audience: Audience, notice_class: NoticeClass, content: Content, means: Means
) -> Foretold:
    """Rehearse a notice; without content, no cost is counted."""
    done = await rehearse(unit, audience, notice_class, means.providers, means.policy)
    counted = list(costs(means.providers, done.going, content, means.price)) if content else []
    notice = replace(imagined(audience, notice_class, unit.clock.now()), content=content)
    estimates = await estimate_imagined(unit, means.providers, notice, done.piles)
    return Foretold(done, estimates, counted)


def imagined(audience: Audience, notice_class: NoticeClass, now: datetime) -> Notice:
    """Return the notice that a rehearsal is about; it says nothing yet."""
    return Notice(IMAGINED, notice_class, NoticeKind.ANNOUNCEMENT, audience, {}, now)


async def rehearse(
    unit: Unit,
    audience: Audience,
    notice_class: NoticeClass,
    carried: Iterable[Channel],
    policy: Policy,
) -> Rehearsal:
    """Resolve a whole audience without telling anybody anything."""
    await known(unit, audience)
    day = today(unit.clock, await tenant(unit))
    notice = imagined(audience, notice_class, unit.clock.now())
    about = await occasion(unit, notice, carried, policy)
    ways: Counter[tuple[Channel, Verdict, Reason]] = Counter()
    used: Counter[Use] = Counter()
    recipients = unreached = after = 0
    while page := await unit.audiences.page(
        audience, on=day, after=after, most=PAGE, with_roles=bool(policy.roles)
    ):
        for recipient in page:
            routes = resolve(about, recipient)
            ways.update((one.address.channel, one.verdict, one.reason) for one in routes)
            uses = [_use(one, recipient.language) for one in routes if one.verdict in USED]
            used.update(uses)
            unreached += not uses
        recipients += len(page)
        after = page[-1].person_id
    return Rehearsal(recipients, unreached, dict(ways), _going(used), _piles(used))


def _use(route: Route, language: str) -> Use:
    return route.address.channel, language, route.verdict, route.due_at


def _going(used: Mapping[Use, int]) -> Mapping[tuple[Channel, str], int]:
    going: Counter[tuple[Channel, str]] = Counter()
    for (channel, language, _, _), count in used.items():
        going[channel, language] += count
    return dict(going)


def _piles(used: Mapping[Use, int]) -> tuple[Pile, ...]:
    return tuple(
        Pile(channel, language, count, IMAGINED, due_at)
        for (channel, language, verdict, due_at), count in used.items()
        if verdict is not Verdict.DIGESTED
    )
