"""Moving a petition: the one place where its state changes, is noted, and is told."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from actions.meetings import tenant, today
from actions.records.noting import note
from domain.actors import PROGRAM, Actor
from domain.agenda import ItemState
from domain.bodies import Body
from domain.errors import Refused
from domain.messages import Choice, Message
from domain.notices import Audience, AudienceKind, Content, NoticeClass, NoticeKind
from domain.people import Person
from domain.petitions import Petition, PetitionState, moved
from domain.petitions.told import NEWS_LANGUAGES, news
from domain.phrasebook import phrasebook
from domain.rights import RIGHTS, Act, require
from domain.searching import Sought
from store.unit import Unit

STAFF = RIGHTS[Act.REVIEW_PETITIONS].below
BUREAU = RIGHTS[Act.DECIDE_PETITIONS].here
# Whose work a petition becomes, beside its mandatary's.
FOR_STAFF = frozenset({PetitionState.HELD, PetitionState.FILED, PetitionState.ADMISSIBLE})


async def move(
    unit: Unit,
    actor: Actor,
    petition: Petition,
    to: PetitionState,
    *,
    day: date | None = None,
    result: ItemState | None = None,
    **changes: Any,
) -> Petition:
    """Move a petition, note it, and tell its mandatary, its followers and whose work it becomes.

    `changes` are of its other fields; `day` is that of the session it comes
    before, `result` what became of it there. Raises Refused
    when it cannot go there. Safe to repeat: where it is already, nobody is told again.
    """
    changed = replace(petition, state=moved(petition.state, to), **changes)
    await unit.petitions.change(changed)
    await unit.references.enter(Sought.PETITION, petition.id)
    if to is petition.state:
        return changed
    await note(unit, actor, f"petition_{to}", changed.subject_ref, before=petition.state, after=to)
    await _tell(
        unit, changed, actor, lambda language: news(changed, language, day=day, result=result)
    )
    return changed


async def known(unit: Unit, petition_id: int, *, to_change: bool = True) -> Petition:
    """Return a petition, or raise Refused."""
    petition = await unit.petitions.by_id(petition_id, to_change=to_change)
    if petition is None:
        raise Refused("petition.unknown")
    return petition


async def called(unit: Unit, ref: str) -> Petition:
    """Return the petition people call PET-2026-12, or raise Refused."""
    petition = await unit.petitions.called(ref)
    if petition is None:
        raise Refused("petition.unknown")
    return petition


async def reviewed(unit: Unit, actor: Actor, petition_id: int) -> Petition:
    """Return a petition to those whose work it is; raises Refused to others."""
    require(actor, Act.REVIEW_PETITIONS)
    return await known(unit, petition_id)


async def own(unit: Unit, actor: Actor, petition_id: int) -> Petition:
    """Return a petition to its mandatary, or to the staff at their word; raises Refused."""
    petition = await known(unit, petition_id)
    if actor.person is None or actor.person.id != petition.mandatary_id:
        require(actor, Act.REVIEW_PETITIONS)
    return petition


async def body_of(unit: Unit, petition: Petition) -> Body:
    return next(body for body in await unit.bodies.all() if body.key == petition.body_key)


def may_see(person: Person | None, petition: Petition) -> bool:
    """Say whether somebody may know of a petition: a draft is its mandatary's and the staff's."""
    if petition.is_public:
        return True
    if person is None:
        return False
    return person.id == petition.mandatary_id or any(
        held.role in STAFF for held in person.memberships
    )


async def tell_staff(
    unit: Unit, petition: Petition, key: str, actor: Actor, *, once: str | None = None
) -> None:
    """Tell those who see to petitions, or decide of them, that one waits; not whoever did it.

    `once`: a word for which each of them is told no more than once.
    """
    commune = await tenant(unit)
    roles = BUREAU if petition.state is PetitionState.AT_BUREAU else STAFF
    content = {
        language: Message(
            phrasebook().say(key, language, ref=petition.ref, subject=petition.subject),
            language,
            choices=(_see(petition, language),),
        )
        for language in NEWS_LANGUAGES
    }
    for person_id in await unit.people.holding(roles, on=today(unit.clock, commune)):
        if actor.person is None or actor.person.id != person_id:
            audience = Audience(AudienceKind.PERSON, str(person_id))
            own = f"{once}:{person_id}" if once else None
            await _publish(unit, audience, content, actor, once=own)


async def tell_mandatary(
    unit: Unit, petition: Petition, key: str, facts: Mapping[str, object], *, once: str
) -> bool:
    """Tell the mandatary what a phrase says, once for this word; say whether it was told now."""
    content = {
        language: Message(
            phrasebook().say(key, language, ref=petition.ref, **facts),
            language,
            phrasebook().say("petition.news_title", language, ref=petition.ref),
            choices=(_see(petition, language),),
        )
        for language in NEWS_LANGUAGES
    }
    mandatary = Audience(AudienceKind.PERSON, str(petition.mandatary_id))
    return await _publish(unit, mandatary, content, PROGRAM, once=once) is not None


async def _tell(
    unit: Unit, petition: Petition, actor: Actor, told: Callable[[str], Message]
) -> None:
    content = {
        language: replace(told(language), choices=(_see(petition, language),))
        for language in NEWS_LANGUAGES
    }
    is_refused = petition.state is PetitionState.INADMISSIBLE
    own_class = NoticeClass.STATUTORY if is_refused else NoticeClass.INFORMATIONAL
    mandatary = Audience(AudienceKind.PERSON, str(petition.mandatary_id))
    await _publish(unit, mandatary, content, actor, notice_class=own_class)
    if petition.is_public:
        await _publish(unit, Audience(AudienceKind.ASKED, petition.topic), content, actor)
    if petition.state in FOR_STAFF or petition.state is PetitionState.AT_BUREAU:
        await tell_staff(unit, petition, f"petition.staff_{petition.state}", actor)


def _see(petition: Petition, language: str) -> Choice:
    return Choice(phrasebook().say("petition.see", language), f"petition:{petition.id}")


async def _publish(
    unit: Unit,
    audience: Audience,
    content: Content,
    actor: Actor,
    *,
    notice_class: NoticeClass = NoticeClass.INFORMATIONAL,
    once: str | None = None,
) -> int | None:
    return await unit.notices.publish(
        (await tenant(unit)).id,
        notice_class=notice_class,
        kind=NoticeKind.PETITION,
        audience=audience,
        content=content,
        created_by=actor.name,
        idempotency_key=once,
    )
