"""When what waits will have left, in sentences for the operator, and what each rests on."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from domain.clock import wall_time
from domain.estimates import Standstill, last_end

if TYPE_CHECKING:
    from domain.estimates import Estimate, Load

SOON = timedelta(minutes=2)
WHY_NOT = {
    Standstill.PAUSED: "no end is known: it is held back",
    Standstill.BARRED: "no end is known: the provider refuses us",
    Standstill.UNCARRIED: "no end is known: nothing is set up that carries it",
    Standstill.STALLED: "no end is known: nothing has left for a minute; does beffroi serve run?",
    Standstill.UNMEASURED: "no end is known yet: as fast as it is taken, and none has left so far",
}


def sentences(estimates: "Sequence[Estimate]", now: datetime, zone: tzinfo) -> Iterator[str]:
    """Say when each channel's will have left, then when all will. Times are the commune's."""
    for one in estimates:
        yield f"{one.load.channel}: {_load(one.load)} {_pace(one)}: {_end(one, now, zone)}"
        yield from (f"{one.load.channel}: {said}" for said in _waves(one, now, zone))
    end = last_end(estimates)
    if end and len(estimates) > 1:
        yield f"All will have left {_at(end, now, zone)}."


def to_json(estimates: "Sequence[Estimate]") -> dict[str, object]:
    return {
        "ends_at": last_end(estimates),
        "channels": [
            {
                "channel": one.load.channel,
                "messages": one.load.messages,
                "parts": one.load.parts,
                "held": one.load.held,
                "retried": one.load.retried,
                "ahead": one.load.ahead,
                "a_second": one.flow.a_second,
                "ends_at": one.ends_at,
                "is_earliest": one.is_earliest,
                "is_cut": one.is_cut,
                "standstill": one.standstill,
            }
            for one in estimates
        ],
    }


def _load(load: "Load") -> str:
    said = f"messages {load.messages}"
    if load.parts != load.messages:
        said += f", parts {load.parts}"
    return said + (f", behind {load.ahead} others" if load.ahead else "")


def _pace(one: "Estimate") -> str:
    pace = one.flow.a_second
    if not pace:
        return "wait"
    is_seen = one.flow.limit is None or pace < one.flow.limit
    return f"wait, {pace:.3g} a second {'lately' if is_seen else 'allowed'}"


def _end(one: "Estimate", now: datetime, zone: tzinfo) -> str:
    if one.ends_at is None:
        return WHY_NOT[one.standstill or Standstill.UNMEASURED]
    at = _at(one.ends_at, now, zone)
    if one.is_cut:
        return f"the last leave {at}, when it expires; the rest stays behind"
    return f"gone {at}" + (" at the earliest" if one.is_earliest else "")


def _waves(one: "Estimate", now: datetime, zone: tzinfo) -> Iterator[str]:
    last = max((at for at, _ in one.load.waves), default=now)
    if one.load.held:
        yield f"{one.load.held} are held, the last until {_clock(last, now, zone)}"
    if one.load.retried:
        yield f"{one.load.retried} failed and are tried again"
    if one.flow.rests_until:
        yield f"the provider rests until {_clock(one.flow.rests_until, now, zone)}"


def _at(at: datetime, now: datetime, zone: tzinfo) -> str:
    left = at - now
    if left < SOON:
        return f"in about {max(1, round(left.total_seconds()))} seconds"
    return f"about {_clock(at, now, zone)}"


def _clock(at: datetime, now: datetime, zone: tzinfo) -> str:
    here, today = wall_time(at, zone), wall_time(now, zone).date()
    return f"{here:%H:%M}" if here.date() == today else f"{here:%Y-%m-%d %H:%M}"
