"""Announcing: a notice in the council's own words, to an audience; and rehearsing it first."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from actions.meetings import tenant, today
from actions.occasions import occasion
from domain.addresses import Channel
from domain.errors import Refused
from domain.messages import Message
from domain.notices import Audience, AudienceKind, Notice, NoticeClass, NoticeKind
from domain.phrasebook import LANGUAGES
from domain.policies import Policy
from domain.preferences import Reason, Verdict, resolve
from store.unit import Unit

PAGE = 1000
LONGEST_TEXT = 20_000  # characters


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What a notice would do: people reached by nothing, and addresses by channel and reason.

    `going` are those that would be written to, by channel and language.
    """

    recipients: int
    unreached: int
    ways: Mapping[tuple[Channel, Verdict, Reason], int] = field(default_factory=dict)
    going: Mapping[tuple[Channel, str], int] = field(default_factory=dict)


async def announce(
    unit: Unit,
    audience: Audience,
    texts: Mapping[str, tuple[str, str]],
    *,
    notice_class: NoticeClass = NoticeClass.INFORMATIONAL,
    actor: str,
    idempotency_key: str | None = None,
) -> int:
    """Publish `texts` (title and text by language) to an audience, and return the notice's id.

    Raises Refused when a language is missing or empty, when the audience does not exist, or when
    `idempotency_key` was used before.
    """
    await known(unit, audience)
    for language in LANGUAGES:
        title, text = texts.get(language, ("", ""))
        if not title.strip() or not text.strip():
            raise Refused("announcement.missing_language", language=language)
        if len(text) > LONGEST_TEXT:
            raise Refused("announcement.too_long", count=LONGEST_TEXT)
    notice_id = await unit.notices.publish(
        (await tenant(unit)).id,
        notice_class=notice_class,
        kind=NoticeKind.ANNOUNCEMENT,
        audience=audience,
        content={
            language: Message(language=language, title=title.strip(), text=text.strip())
            for language, (title, text) in texts.items()
        },
        created_by=actor,
        idempotency_key=idempotency_key,
    )
    if notice_id is None:
        raise Refused("announcement.repeated", key=idempotency_key or "")
    await unit.audit.append(
        actor=actor,
        act="announce",
        subject=f"notice:{notice_id}",
        facts={"audience": audience.kind, "ref": audience.ref, "class": notice_class},
    )
    return notice_id


async def rehearse(
    unit: Unit,
    audience: Audience,
    notice_class: NoticeClass,
    carried: Iterable[Channel],
    policy: Policy,
) -> Rehearsal:
    """Resolve a whole audience without telling anybody anything."""
    await known(unit, audience)
    day = today(unit.clock, await tenant(unit))
    imagined = Notice(0, notice_class, NoticeKind.ANNOUNCEMENT, audience, {}, unit.clock.now())
    about = await occasion(unit, imagined, carried, policy)
    ways: Counter[tuple[Channel, Verdict, Reason]] = Counter()
    going: Counter[tuple[Channel, str]] = Counter()
    recipients = unreached = after = 0
    while page := await unit.audiences.page(
        audience, on=day, after=after, most=PAGE, with_roles=bool(policy.roles)
    ):
        for recipient in page:
            routes = resolve(about, recipient)
            ways.update((one.address.channel, one.verdict, one.reason) for one in routes)
            used = [one for one in routes if one.verdict is not Verdict.SUPPRESSED]
            going.update((one.address.channel, recipient.language) for one in used)
            unreached += not used
        recipients += len(page)
        after = page[-1].person_id
    return Rehearsal(recipients, unreached, dict(ways), dict(going))


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
        case AudienceKind.EVERYONE:
            return
