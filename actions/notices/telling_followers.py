"""Telling those who follow a body what its sessions do, without a seat in it."""

from dataclasses import replace

from actions import wording
from actions.meetings import tenant, today
from actions.wording import Content, Meeting
from domain.actors import Actor
from domain.clock import instant, zone
from domain.messages import Choice
from domain.notices import Audience, AudienceKind, NoticeClass, NoticeKind
from domain.phrasebook import phrasebook
from store.bodies import Tenant
from store.unit import Unit


async def tell_followers(
    unit: Unit, called: Meeting, what: NoticeKind, content: Content, *, actor: Actor
) -> int | None:
    """Publish news of a session to who follows its body; None where nobody does.

    It informs, whatever the members' own notice is: the law owes it to the members alone.
    """
    session, opening = called.session, called.opening
    commune = await tenant(unit)
    followers = Audience(AudienceKind.FOLLOWERS, called.body.key)
    if not await is_followed(unit, commune, followers, called.body.key):
        return None
    return await unit.notices.publish(
        commune.id,
        notice_class=NoticeClass.INFORMATIONAL,
        kind=NoticeKind.SESSION_NEWS,
        audience=followers,
        content={
            language: replace(message, attachments=(), choices=_choices(session.id, language, what))
            for language, message in content.items()
        },
        created_by=actor.name,
        session_id=session.id,
        expires_at=instant(opening.starts, zone(opening.zone)),
        idempotency_key=f"news:{what}:{session.id}:{session.sequence}",
    )


async def is_followed(unit: Unit, commune: Tenant, followers: Audience, body_key: str) -> bool:
    """Say whether anybody is in an audience, or a group hears of its body."""
    day = today(unit.clock, commune)
    return bool(
        await unit.audiences.page(followers, on=day, after=0, most=1)
        or await unit.places.follow_any(body_key)
    )


async def tell_of_convocation(unit: Unit, called: Meeting, *, actor: Actor) -> int | None:
    return await tell_followers(
        unit, called, NoticeKind.CONVOCATION, wording.news(called), actor=actor
    )


def _choices(session_id: int, language: str, what: NoticeKind) -> tuple[Choice, ...]:
    if what is NoticeKind.SESSION_CANCELLED:
        return ()
    say = phrasebook().say
    return (Choice(say("notice.see_agenda", language), f"agenda:{session_id}"),)
