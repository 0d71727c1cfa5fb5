"""Announcing: a notice in the council's own words, to an audience."""

from collections.abc import Mapping

from actions.meetings import meeting, tenant, today
from actions.records.noting import note
from domain.actors import Actor
from domain.bodies import Body
from domain.errors import Refused
from domain.messages import Message
from domain.notices import OF_A_BODY, Audience, AudienceKind, NoticeClass, NoticeKind
from domain.phrasebook import LANGUAGES
from domain.rights import Act, require
from domain.trials import Reach
from store.unit import Unit

LONGEST_TEXT = 20_000  # characters


async def announce(
    unit: Unit,
    audience: Audience,
    texts: Mapping[str, tuple[str, str]],
    *,
    notice_class: NoticeClass = NoticeClass.INFORMATIONAL,
    actor: Actor,
    idempotency_key: str | None = None,
    most: int | None = None,
    reach: Reach = Reach.EVERYONE,
) -> int:
    """Publish `texts` (title and text by language) to an audience, and return the notice's id.

    Raises Refused as `check` does, and when `idempotency_key` was used before. `reach`: how far it
    really goes.
    """
    await check(unit, audience, texts, notice_class=notice_class, actor=actor, most=most)
    notice_id = await unit.notices.publish(
        (await tenant(unit)).id,
        notice_class=notice_class,
        kind=NoticeKind.ANNOUNCEMENT,
        audience=audience,
        content={
            language: Message(language=language, title=title.strip(), text=text.strip())
            for language, (title, text) in texts.items()
        },
        created_by=actor.name,
        idempotency_key=idempotency_key,
        reach=reach,
    )
    if notice_id is None:
        raise Refused("announcement.repeated", key=idempotency_key or "")
    facts = {"audience": audience.kind, "ref": audience.ref, "notice_class": notice_class}
    await note(unit, actor, "announce", f"notice:{notice_id}", **facts)
    return notice_id


async def check(
    unit: Unit,
    audience: Audience,
    texts: Mapping[str, tuple[str, str]],
    *,
    notice_class: NoticeClass,
    actor: Actor,
    most: int | None = None,
) -> None:
    """Raise Refused unless this may be announced as it is, by them.

    Refused when a language is missing or empty, when the audience does not exist, and whoever has
    no right to it. News for more than `most` people is refused as well: others have to agree to it
    first. An emergency waits for nobody.
    """
    await known(unit, audience)
    act = Act.ANNOUNCE if notice_class is NoticeClass.INFORMATIONAL else Act.WARN
    require(actor, act, await _body(unit, audience))
    if most is not None and notice_class is NoticeClass.INFORMATIONAL:
        await _refuse_crowd(unit, audience, most)
    for language in LANGUAGES:
        title, text = texts.get(language, ("", ""))
        if not title.strip() or not text.strip():
            raise Refused("announcement.missing_language", language=language)
        if len(text) > LONGEST_TEXT:
            raise Refused("announcement.too_long", count=LONGEST_TEXT)


async def _refuse_crowd(unit: Unit, audience: Audience, most: int) -> None:
    day = today(unit.clock, await tenant(unit))
    if len(await unit.audiences.page(audience, on=day, after=0, most=most + 1)) > most:
        raise Refused("announcement.needs_approval", count=most)


async def known(unit: Unit, audience: Audience) -> None:
    """Raise Refused when an audience names a body or person that is not there."""
    match audience.kind:
        case AudienceKind.BODY | AudienceKind.FOLLOWERS:
            keys = await unit.bodies.ids()
            if audience.ref not in keys:
                raise Refused("announcement.unknown_body", body=audience.ref, known=sorted(keys))
        case AudienceKind.PERSON | AudienceKind.TOLD:
            if not audience.ref.isdecimal():
                raise Refused("announcement.unknown_number", ref=audience.ref)
            if audience.kind is AudienceKind.PERSON:
                await _refuse_nobody(unit, int(audience.ref))
        case _:
            return


async def _refuse_nobody(unit: Unit, person_id: int) -> None:
    if await unit.people.by_id(person_id, on=today(unit.clock, await tenant(unit))) is None:
        raise Refused("announcement.unknown_person", ref=str(person_id))


async def _body(unit: Unit, audience: Audience) -> Body | None:
    """Return the body that an audience is of; None for what concerns the whole commune."""
    if audience.kind is AudienceKind.TOLD:
        return (await meeting(unit, int(audience.ref))).body
    bodies = await unit.bodies.all() if audience.kind in OF_A_BODY else ()
    return next((body for body in bodies if body.key == audience.ref), None)
