"""Telling those who follow an item, or the body it is before, what has become of it."""

from actions.meetings import tenant, today
from actions.sitting_words import item_told
from actions.wording import Meeting
from domain.actors import Actor
from domain.agenda import AgendaItem
from domain.decisions import Decision
from domain.notices import Audience, NoticeClass, NoticeKind
from domain.topics import followers_of_item
from domain.votes import Vote
from store.unit import Unit


async def tell_of_item(
    unit: Unit,
    actor: Actor,
    called: Meeting,
    before: AgendaItem,
    item: AgendaItem,
    *,
    vote: Vote | None = None,
    decision: Decision | None = None,
) -> int | None:
    """Publish what has become of an item; None where nobody follows, or behind closed doors."""
    if not (item.is_shown_to_citizens and called.session.is_public):
        return None
    commune = await tenant(unit)
    followers: Audience = followers_of_item(item.id, called.body.key)
    day = today(unit.clock, commune)
    has_followers = await unit.audiences.page(followers, on=day, after=0, most=1)
    if not has_followers and not await unit.places.follow_any(called.body.key):
        return None
    return await unit.notices.publish(
        commune.id,
        notice_class=NoticeClass.INFORMATIONAL,
        kind=NoticeKind.SESSION_NEWS,
        audience=followers,
        content=item_told(called, before, item, vote=vote, decision=decision),
        created_by=actor.name,
        session_id=called.session.id,
    )
