"""Delegating: lending one's right to decide to somebody, for a while, and taking it back."""

from datetime import date, datetime, time, timedelta

from actions.records.noting import note
from actions.texts import wording
from actions.texts.manuscripts import name_of, place_of, someone
from actions.texts.standing_in import tell_stand_ins
from actions.texts.telling_approvers import tell_deputy
from domain.actors import Actor
from domain.clock import wall_time
from domain.errors import Refused
from domain.rights import Act, require
from store.unit import Unit


async def delegate(
    unit: Unit, actor: Actor, to_id: int, *, starts: datetime, ends: datetime
) -> int:
    """Lend one's right to decide from one instant to another, and return the delegation's id.

    Whether they may use it is for each flow to say. Raises Refused for oneself, for somebody
    unknown, or for a time that is over or the wrong way round.
    """
    require(actor, Act.DECIDE)
    if actor.person is None:
        raise Refused("link.needed")
    if to_id == actor.person.id:
        raise Refused("approval.delegate_to_oneself")
    deputy = await someone(unit, to_id)
    if deputy is None or not deputy.memberships:
        raise Refused("approval.unknown_deputy")
    if ends <= max(starts, unit.clock.now()):
        raise Refused("approval.delegation_over")
    made = await unit.delegations.add(actor.person.id, to_id, starts=starts, ends=ends)
    await note(
        unit,
        actor,
        "delegate",
        f"person:{actor.person.id}",
        to=to_id,
        starts=starts.isoformat(),
        ends=ends.isoformat(),
    )
    place, last = await place_of(unit), ends - timedelta(microseconds=1)
    days = wall_time(starts, place).date(), wall_time(last, place).date()
    await tell_deputy(unit, to_id, wording.lent(actor.person.name, *days))
    await tell_stand_ins(unit)
    return made


async def delegate_days(unit: Unit, actor: Actor, to_id: int, *, first: date, last: date) -> int:
    """Lend one's right from the beginning of a day at the commune's to the end of another."""
    place = await place_of(unit)
    return await delegate(
        unit,
        actor,
        to_id,
        starts=datetime.combine(first, time(), place),
        ends=datetime.combine(last + timedelta(days=1), time(), place),
    )


async def lent(unit: Unit, actor: Actor) -> list[tuple[int, str]]:
    """Return what somebody lends at this time or will, by id, with the names of who uses it."""
    if actor.person is None:
        return []
    made = await unit.delegations.made_by(actor.person.id)
    return [(number, await name_of(unit, to_id)) for number, to_id in made]


async def end(unit: Unit, actor: Actor, delegation_id: int) -> None:
    """Take a right back before its time; raises Refused when nothing was lent."""
    require(actor, Act.DECIDE)
    if actor.person is None:
        raise Refused("link.needed")
    if not await unit.delegations.end(delegation_id, actor.person.id):
        raise Refused("approval.no_delegation")
    await note(unit, actor, "end_delegation", f"person:{actor.person.id}", delegation=delegation_id)
