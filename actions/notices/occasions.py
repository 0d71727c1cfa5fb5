"""What a notice is about, and what is possible here: all that decides who is told where."""

from collections.abc import Iterable

from actions.meetings import tenant
from domain.addresses import Channel
from domain.clock import zone
from domain.notices import OF_A_BODY, Notice
from domain.policies import Policy
from domain.preferences import Occasion
from domain.topics import followed_by, item_and_body, topics_of
from store.unit import Unit


async def occasion(
    unit: Unit, notice: Notice, carried: Iterable[Channel], policy: Policy
) -> Occasion:
    """Return the occasion of a notice, now."""
    return Occasion(
        notice_class=notice.notice_class,
        topics=tuple(
            dict.fromkeys(
                (
                    *topics_of(notice.kind, await _body_key(unit, notice)),
                    *followed_by(notice.audience),
                    *await _subjects(unit, notice),
                )
            )
        ),
        now=unit.clock.now(),
        zone=zone((await tenant(unit)).zone),
        carried=frozenset(carried),
        policy=policy,
        expires_at=notice.expires_at,
    )


async def _body_key(unit: Unit, notice: Notice) -> str | None:
    if notice.audience.kind in OF_A_BODY:
        return notice.audience.ref
    session = await unit.sessions.by_id(notice.session_id) if notice.session_id else None
    return session.body_key if session else None


async def _subjects(unit: Unit, notice: Notice) -> tuple[str, ...]:
    """Return what an item is about, in the words of those who follow it."""
    named = item_and_body(notice.audience)
    return await unit.subjects.of(named[0]) if named else ()
