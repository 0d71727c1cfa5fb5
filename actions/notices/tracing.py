"""Tracing notices: those one published, or, for who may read the records, all."""

from domain.actors import Actor
from domain.notices import Notice
from domain.rights import Act, may
from store.unit import Unit


async def published(
    unit: Unit, *, actor: Actor, before: int | None = None, most: int
) -> list[Notice]:
    """Return the newest notices, those before an id."""
    of = None if may(actor, Act.READ_RECORDS) else actor.name
    return await unit.notices.recent(before=before, most=most, created_by=of)


async def notice(unit: Unit, notice_id: int, *, actor: Actor) -> Notice | None:
    """Return a notice; None where there is none, or it is not theirs to know of."""
    found = await unit.notices.by_id(notice_id)
    is_theirs = found and (found.created_by == actor.name or may(actor, Act.READ_RECORDS))
    return found if is_theirs else None
