"""Forecasting the quorum of a session from the members' answers, and warning in good time."""

from datetime import timedelta

from actions.meetings import meeting, tenant, today
from actions.sessions.rolling import AWAITED, roll
from actions.sitting_words import forecast_lines
from actions.tasking import give
from actions.wording import Meeting
from domain.actors import PROGRAM
from domain.attendance import Answer
from domain.bodies import Role
from domain.forecasts import Forecast, forecast
from domain.messages import Choice, Message
from domain.phrasebook import LANGUAGES, phrasebook
from store.unit import Unit

WARNED_BEFORE = timedelta(days=3)  # long enough to telephone, late enough for answers to be in
WARNED = frozenset({Role.PRESIDENT, Role.COMMISSION_CHAIR, Role.COUNCIL_SECRETARIAT})


async def expected(unit: Unit, called: Meeting) -> Forecast:
    """Return what the answers promise for the next meeting of a session.

    Only members in office today count, whatever others answered before they left.
    """
    known = await roll(unit, called)
    answers = {one.person_id: one.answer for one in await unit.attendances.of(called.session.id)}
    theirs = [answers.get(seat.person_id) for seat in known.seats]
    past = await unit.rolls.earlier(called.body.key, but=called.session.id)
    return forecast(
        confirmed=theirs.count(Answer.CONFIRMED),
        excused=theirs.count(Answer.EXCUSED),
        in_office=known.in_office,
        needed=known.needed,
        past=[one.present / one.in_office for one in past if one.in_office],
        is_quorum_free=known.is_quorum_free,
    )


async def warn(unit: Unit) -> int:
    """Warn who presides, and the secretariat, of every session that looks short; say of how many.

    Done by the clock, once a meeting: safe to repeat.
    """
    day = today(unit.clock, await tenant(unit))
    coming = await unit.sessions.upcoming(unit.clock.now(), most=50)
    ids = {
        session.id
        for session, sitting in coming
        if session.state in AWAITED and sitting.starts.date() - day <= WARNED_BEFORE
    }
    return sum([await _warn(unit, session_id) for session_id in sorted(ids)])


async def _warn(unit: Unit, session_id: int) -> bool:
    called = await meeting(unit, session_id)
    promised = await expected(unit, called)
    if not promised.is_alarming or not promised.in_office:
        return False
    say = phrasebook().say
    content = {
        language: Message(
            forecast_lines(promised, language),
            language,
            title=say("quorum.warning", language, session=called.name(language)),
            choices=(Choice(say("quorum.see", language), f"quorum:{session_id}"),),
        )
        for language in LANGUAGES
    }
    key = f"quorum:{session_id}:{called.session.sequence}"
    return bool(await give(unit, WARNED, called.body, content, actor=PROGRAM, key=key))
