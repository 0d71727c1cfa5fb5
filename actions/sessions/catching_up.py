"""Catching up with the seats: who took one after the convocation is convened too."""

from actions import wording
from actions.meetings import meeting, tenant, today
from actions.records.noting import note
from actions.sessions.convening import Warned, late, shared_papers
from actions.sessions.reminding import REMINDED
from actions.tasking import give
from domain.actors import PROGRAM
from domain.bodies import Role
from domain.messages import Message
from domain.notices import Audience, AudienceKind, NoticeClass, NoticeKind, NoticeState
from domain.phrasebook import LANGUAGES, phrasebook
from store.unit import Unit

SECRETARIAT = frozenset({Role.COUNCIL_SECRETARIAT})
FURTHEST = 200  # sittings ahead that are looked at


async def catch_up(unit: Unit) -> int:
    """Convene every member who was seated after the convocation; say how many there were.

    Those who left are reminded no more, since each reminder is for who has a seat on its day.
    Safe to repeat.
    """
    ahead = await unit.sessions.upcoming(unit.clock.now(), most=FURTHEST)
    sessions = {one.id: one for one, _ in ahead if one.state in REMINDED and one.convened_at}
    called = [await _catch_up(unit, session_id) for session_id in sessions]
    return sum(called)


async def _catch_up(unit: Unit, session_id: int) -> int:
    notices = await unit.notices.of_session(session_id)
    calls = [one for one in notices if one.kind is NoticeKind.CONVOCATION]
    if not calls or any(one.state is not NoticeState.EXPANDED for one in calls):
        return 0
    called = await meeting(unit, session_id)
    day = today(unit.clock, await tenant(unit))
    newcomers = await unit.audiences.untold(session_id, called.body.key, on=day)
    convened = [one for one in newcomers if await _convene(unit, called, one)]
    if convened:
        await _warn(unit, called, len(convened))
    return len(convened)


async def _convene(unit: Unit, called: wording.Meeting, person_id: int) -> bool:
    """Convene one member, and say whether they had not been already."""
    session_id = called.session.id
    notice_id = await unit.notices.publish(
        (await tenant(unit)).id,
        notice_class=NoticeClass.STATUTORY,
        kind=NoticeKind.CONVOCATION,
        audience=Audience(AudienceKind.PERSON, str(person_id)),
        content=wording.convocation(called, await shared_papers(unit, session_id)),
        created_by=PROGRAM.name,
        session_id=session_id,
        idempotency_key=f"convocation:{session_id}:{person_id}",
    )
    if notice_id is not None:
        await note(unit, PROGRAM, "convene", f"session:{session_id}", person=person_id)
    return notice_id is not None


async def _warn(unit: Unit, called: wording.Meeting, count: int) -> None:
    """Tell the secretariat who was convened after the others, and whether it was in time."""
    commune = await tenant(unit)
    say = phrasebook().say
    content = {}
    for language in LANGUAGES:
        warnings: tuple[Warned, ...] = await late(unit, commune, called, language)
        text = say("listing.newcomers", language, count=count, session=called.name(language))
        content[language] = Message(
            "\n".join([text, *(one.sentence for one in warnings)]),
            language,
            title=called.name(language),
        )
    await give(unit, SECRETARIAT, called.body, content, actor=PROGRAM)
