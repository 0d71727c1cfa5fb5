"""Belonging: what brought somebody into the audience of a notice, told in a sentence."""

from collections.abc import Mapping

from actions.meetings import tenant, today
from domain.notices import Audience, AudienceKind, Notice, NoticeKind
from domain.people import Person
from domain.phrasebook import phrasebook
from domain.preferences_told import topic_name
from domain.topics import followed_by, item_and_body
from store.unit import Unit

# What comes with a function: to one person, and to whoever else has it.
OF_OFFICE = frozenset({NoticeKind.TASK, NoticeKind.REQUEST, NoticeKind.APPROVAL})
ALONE = frozenset({AudienceKind.PERSON, AudienceKind.TOLD, AudienceKind.EVERYONE})


async def belonging(unit: Unit, person_id: int, notice: Notice, language: str) -> str:
    """Say which body, function or subscription of a person a notice was for, as it stands now."""
    commune = await tenant(unit)
    person = await unit.people.by_id(person_id, on=today(unit.clock, commune))
    names = {body.key: body.name(language) for body in await unit.bodies.all()}
    audience, say = notice.audience, phrasebook().say
    if person and notice.kind in OF_OFFICE and audience.kind is AudienceKind.PERSON:
        return _of_office(person, names, language)
    if audience.kind in ALONE:
        return say(f"why.to_{audience.kind}", language)
    if audience.kind is AudienceKind.BODY:
        return say("why.to_body", language, body=names.get(audience.ref, audience.ref))
    topics = await _followed(unit, person_id, audience)
    told = [topic_name(topic, language, names) for topic in topics]
    return say("why.to_topics" if told else "why.to_topics_then", language, topics=told)


def _of_office(person: Person, names: Mapping[str, str], language: str) -> str:
    say = phrasebook().say
    posts = [
        say(
            "member.post",
            language,
            role=say(f"council.role_{held.role}", language),
            body=names.get(held.body_key, held.body_key),
        )
        for held in person.memberships
    ]
    return say("why.to_office", language, posts=posts) if posts else say("why.to_person", language)


async def _followed(unit: Unit, person_id: int, audience: Audience) -> list[str]:
    """Return which topics of an audience a person follows."""
    followed = (await unit.preferences.of(person_id)).now.followed
    if audience.kind is AudienceKind.ASKED:
        wanted: tuple[str, ...] = (audience.ref,)
    else:
        named = item_and_body(audience)
        about = await unit.subjects.of(named[0]) if named else ()
        wanted = (*followed_by(audience), *about)
    return [topic for topic in wanted if topic in followed]
