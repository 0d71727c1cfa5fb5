"""Written questions come before the session that answers them, by themselves (art. 46)."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest

from actions.agenda.listing import withdraw
from actions.agenda.listing_questions import ask_again, list_questions
from actions.sessions.changing import cancel
from actions.sessions.closing import close
from actions.sessions.deliberating import take_up
from actions.sessions.planning import plan
from domain.actors import OPERATOR, Actor
from domain.addresses import Channel
from domain.agenda import AgendaItem, ItemSource, ItemState
from domain.bodies import Role
from domain.clock import HandClock
from domain.errors import Refused
from domain.people import Person
from domain.register import Newcomer
from domain.requests import Filed, RequestKind, RequestState
from domain.sessions import SessionKind, SessionState
from store.connecting import Store
from store.unit import Unit
from tests.communes import founded

MAY, OCTOBER = datetime(2026, 5, 4, 10), datetime(2026, 10, 1, 10)
FIELDS = {"subject": "Éclairage du boulevard", "text": "Quand ?", "addressee": "president"}


@dataclass(frozen=True)
class Asked:
    store: Store
    person: Person

    async def session(self, unit: Unit, starts: datetime = MAY) -> int:
        return await plan(unit, "council", kind=SessionKind.ORDINARY, starts=starts, actor=OPERATOR)

    async def item(self, unit: Unit, session_id: int) -> AgendaItem | None:
        items = await unit.agenda.of(session_id)
        return next((one for one in items if one.source is ItemSource.WRITTEN_QUESTION), None)

    async def told(self, unit: Unit) -> str:
        """Return what the asker was told last, in French."""
        found = await unit.notices.expanding()
        said = [await unit.notices.by_id(one) for one in found]
        mine = [
            one.content["fr"].text
            for one in said
            if one and one.audience.ref == str(self.person.id)
        ]
        return mine[-1] if mine else ""


@pytest.fixture
async def asked(store: Store, clock: HandClock) -> Asked:
    await founded(store)
    async with store.unit() as unit:
        await unit.register.add(
            1, [Newcomer("Salma Idrissi", "ar", seats=(("council", Role.MEMBER),))]
        )
        [person_id] = await unit.people.named("Salma Idrissi")
        person = await unit.people.by_id(person_id, on=clock.now().date())
        assert person
        question = Filed(
            RequestKind.QUESTION, FIELDS, Channel.TELEGRAM, "7", "fr", person_id, "council"
        )
        bodies = await unit.bodies.ids()
        await unit.requests.file(1, question, year=2026, body_id=bodies["council"])
    return Asked(store, person)


async def test_a_question_received_a_month_before_is_listed_once_and_both_sides_are_told(
    asked: Asked,
) -> None:
    async with asked.store.unit() as unit:
        session_id = await asked.session(unit)
        assert await list_questions(unit) == 1
        assert await list_questions(unit) == 0
        item = await asked.item(unit, session_id)
        assert item
        assert item.title == "Question écrite de Salma Idrissi : Éclairage du boulevard"
        assert (item.reference, item.state) == ("REQ-2026-1", ItemState.LISTED)
        assert "point n° 1 (art. 46)" in await asked.told(unit)


async def test_one_received_too_late_waits_for_the_session_after(
    asked: Asked, clock: HandClock
) -> None:
    async with asked.store.unit() as unit:
        first = await asked.session(unit, datetime(2026, 2, 20, 10))
        assert await list_questions(unit) == 0  # received on 28 January
        clock.move_to(datetime(2026, 2, 21, tzinfo=UTC))
        second = await asked.session(unit)
        assert await list_questions(unit) == 1
        assert await asked.item(unit, first) is None
        assert await asked.item(unit, second)


async def test_a_session_called_off_gives_its_questions_to_the_next(asked: Asked) -> None:
    async with asked.store.unit() as unit:
        first = await asked.session(unit)
        await list_questions(unit)
        await cancel(unit, first, reason="Travaux", actor=OPERATOR)
        second = await asked.session(unit, OCTOBER)
        assert await list_questions(unit) == 1
        assert await asked.item(unit, second)


async def test_taking_it_off_wants_a_reason_that_its_author_is_told(asked: Asked) -> None:
    async with asked.store.unit() as unit:
        session_id = await asked.session(unit)
        await list_questions(unit)
        await withdraw(unit, session_id, "1", "Hors de nos attributions", actor=OPERATOR)
        assert "Hors de nos attributions" in await asked.told(unit)
        assert await list_questions(unit) == 0


async def opened(asked: Asked, unit: Unit) -> tuple[int, AgendaItem]:
    """Have the question before a session that is open."""
    session_id = await asked.session(unit)
    await list_questions(unit)
    session, item = await unit.sessions.by_id(session_id), await asked.item(unit, session_id)
    assert session
    assert item
    await unit.sessions.change(replace(session, state=SessionState.OPEN))
    return session_id, item


async def test_what_the_council_took_note_of_is_answered(asked: Asked) -> None:
    async with asked.store.unit() as unit:
        session_id, item = await opened(asked, unit)
        for state in (ItemState.DEBATED, ItemState.NOTED):
            await take_up(unit, OPERATOR, session_id, item.id, state)
        request = await unit.requests.called("REQ-2026-1")
        assert request
        assert request.state is RequestState.ANSWERED
        assert "4 mai 2026" in request.answer


async def test_what_was_left_unanswered_comes_back_when_its_author_asks(asked: Asked) -> None:
    whose = Actor.of(asked.person, Channel.TELEGRAM, "7")
    async with asked.store.unit() as unit:
        session_id, _ = await opened(asked, unit)
        with pytest.raises(Refused, match=r"question\.not_again"):
            await ask_again(unit, whose, "REQ-2026-1")
        await close(unit, OPERATOR, session_id)
        assert "restée sans réponse" in await asked.told(unit)
        with pytest.raises(Refused, match=r"request\.unknown"):
            await ask_again(unit, OPERATOR, "REQ-2026-1")
        assert await list_questions(unit) == 0
        await ask_again(unit, whose, "REQ-2026-1")
        following = await asked.session(unit, OCTOBER)
        assert await list_questions(unit) == 1
        assert await asked.item(unit, following)
