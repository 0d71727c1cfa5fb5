"""Giving people of a body something to see to: a notice to each who holds the role."""

from collections.abc import Collection

from actions.meetings import tenant, today
from domain.actors import Actor
from domain.bodies import Body, Role
from domain.notices import Audience, AudienceKind, Content, NoticeClass, NoticeKind
from store.unit import Unit


async def give(
    unit: Unit,
    roles: Collection[Role],
    body: Body,
    content: Content,
    *,
    actor: Actor,
    key: str | None = None,
) -> list[int]:
    """Tell whoever holds one of these roles in a body, but for who gives it; return who it was.

    Where nobody holds one there, those of the body it comes from are told. `key` names the task:
    the same is given to the same person once.
    """
    told = await holders(unit, roles, body)
    for person_id in told:
        if actor.person is None or actor.person.id != person_id:
            await tell(unit, person_id, content, actor=actor, key=key)
    return told


async def tell(
    unit: Unit, person_id: int, content: Content, *, actor: Actor, key: str | None = None
) -> None:
    """Tell somebody of what is theirs: their work, or what has become of what they asked for."""
    await unit.notices.publish(
        (await tenant(unit)).id,
        notice_class=NoticeClass.INFORMATIONAL,
        kind=NoticeKind.TASK,
        audience=Audience(AudienceKind.PERSON, str(person_id)),
        content=content,
        created_by=actor.name,
        idempotency_key=f"task:{key}:{person_id}" if key else None,
    )


async def holders(unit: Unit, roles: Collection[Role], body: Body) -> list[int]:
    """Return who holds one of these roles in a body today, else in the one it comes from."""
    day = today(unit.clock, await tenant(unit))
    here = await unit.people.holding(roles, on=day, body_key=body.key)
    if here or body.parent_key is None:
        return here
    return await unit.people.holding(roles, on=day, body_key=body.parent_key)
