"""Reminding those in charge of what the law asks of them: before, on the day, and when late."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, time, timedelta

from actions.duties.due import Owed, due
from actions.meetings import tenant, today
from actions.tasking import holders
from domain.bodies import Role
from domain.clock import wall_time, zone
from domain.messages import Choice, Message
from domain.notices import Audience, AudienceKind, NoticeClass, NoticeKind
from domain.phrasebook import LANGUAGES, phrasebook
from store.bodies import Tenant
from store.unit import Unit

LEADS = frozenset({7, 3, 1, 0})  # days before the deadline
LATE_FOR = 30  # days on which what is late is said again; what is older is for the archives
FROM = time(8, 30)  # the commune's wall time
MOST = 12  # lines of one notice
FIRST, *OTHERS = LANGUAGES


async def remind_of_duties(unit: Unit) -> int:
    """Tell everybody in charge what of theirs is due, once a day; return how many were told.

    Safe to repeat, and in many processes at once.
    """
    commune = await tenant(unit)
    if wall_time(unit.clock.now(), zone(commune.zone)).time() < FROM:
        return 0
    day = today(unit.clock, commune)
    owed = {FIRST: await due(unit, language=FIRST)}
    in_charge = await _in_charge(unit, owed[FIRST], day)
    if not in_charge:
        return 0
    owed |= {language: await due(unit, language=language) for language in OTHERS}
    told = 0
    for person_id, places in in_charge.items():
        mine = {language: [owed[language][at] for at in places] for language in LANGUAGES}
        told += await _tell(unit, commune, person_id, mine, day)
    return told


def is_said(owed: Owed, day: date) -> bool:
    """Return whether a duty is told of on a day."""
    left = (owed.duty.deadline.date - day).days
    return left in LEADS or -LATE_FOR <= left < 0


async def _in_charge(unit: Unit, owed: Sequence[Owed], day: date) -> dict[int, list[int]]:
    """Return whose each duty is that is told of today, by person: its places in the list."""
    found: dict[int, list[int]] = defaultdict(list)
    known: dict[tuple[Role, str], list[int]] = {}
    for at, one in enumerate(owed):
        owner = one.duty.owner
        if owner is None or not is_said(one, day):
            continue
        if (owner, one.body.key) not in known:
            known[owner, one.body.key] = await holders(unit, {owner}, one.body)
        for person_id in known[owner, one.body.key]:
            found[person_id].append(at)
    return found


async def _tell(
    unit: Unit,
    commune: Tenant,
    person_id: int,
    mine: dict[str, list[Owed]],
    day: date,
) -> bool:
    notice_id = await unit.notices.publish(
        commune.id,
        notice_class=NoticeClass.INFORMATIONAL,
        kind=NoticeKind.TASK,
        audience=Audience(AudienceKind.PERSON, str(person_id)),
        content={language: _message(owed, language, day) for language, owed in mine.items()},
        created_by="clock",
        expires_at=unit.clock.now() + timedelta(days=1),
        idempotency_key=f"duties:{person_id}:{day.isoformat()}",
    )
    return notice_id is not None


def _message(owed: Sequence[Owed], language: str, day: date) -> Message:
    say = phrasebook().say
    lines = [line(one, language, day) for one in owed[:MOST]]
    return Message(
        "\n".join(lines),
        language,
        title=say("duty.told", language, count=len(owed)),
        choices=(Choice(say("duty.see", language), "duties"),),
    )


def line(owed: Owed, language: str, day: date) -> str:
    """Return a duty as one line: what, of which body's session, by when, by which article."""
    if owed.duty.owner is None:
        key = "duty.awaited"
    else:
        key = "duty.late" if owed.duty.is_late(day) else "duty.due"
    return phrasebook().say(
        key,
        language,
        body=owed.body.name(language),
        sentence=owed.duty.deadline.sentence,
    )
