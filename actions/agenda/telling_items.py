"""Telling those who follow an item, what it is about, or its body, what has become of it."""

from actions.meetings import tenant
from actions.notices.telling_followers import is_followed
from actions.sitting_words import item_told, listed_told
from actions.wording import Meeting, said
from domain.actors import Actor
from domain.agenda import AgendaItem
from domain.decisions import Decision
from domain.notices import Audience, NoticeClass, NoticeKind
from domain.topics import followers_of_item, followers_of_words
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
    await unit.subjects.read({item.id: item.title})
    followers: Audience = followers_of_item(item.id, called.body.key)
    if not await is_followed(unit, commune, followers, called.body.key):
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


async def tell_of_subjects(unit: Unit, actor: Actor, called: Meeting) -> int:
    """Tell who follows what items are about that they are on the agenda; return how many are.

    Each is told of once, however often its agenda changes.
    """
    shown = {item.id: item for item in said(called.items) if item.is_shown_to_citizens}
    about = await unit.subjects.read({item.id: item.title for item in shown.values()})
    commune = await tenant(unit)
    for item_id in sorted(about):
        await unit.notices.publish(
            commune.id,
            notice_class=NoticeClass.INFORMATIONAL,
            kind=NoticeKind.SESSION_NEWS,
            audience=followers_of_words(item_id, called.body.key),
            content=listed_told(called, shown[item_id]),
            created_by=actor.name,
            session_id=called.session.id,
            idempotency_key=f"about:{item_id}",
        )
    return len(about)
