"""A councillor with an old telephone: convened, answering, reading on, excused; in two tongues."""

from dataclasses import dataclass

import pytest

from domain.addresses import Channel
from domain.attendance import Answer
from domain.clock import HandClock
from domain.sessions import SessionState
from store.tables.people import memberships
from tests import town as towns
from tests.channels.sms.test_segments import twilios
from tests.providers.twilio_town import AMINA, Town, town_on_a_socket


@dataclass(frozen=True, slots=True)
class Tongue:
    called: str
    titles: list[str]
    see_agenda: str
    more: str
    excuse: str
    why: str
    echo: str
    yes: str
    done: str
    most: int


TONGUES = {
    "fr": Tongue(
        called="Convocation : Session ordinaire - Conseil communal",
        titles=[f"Réfection du boulevard Zerktouni, lot {number}" for number in range(1, 11)],
        see_agenda="Ordre du jour",
        more="Suite",
        excuse="Je m'excuse",
        why="je suis en mission",
        echo="Vous serez absent",
        yes="Oui",
        done="Excuse transmise",
        most=3,
    ),
    "ar": Tongue(
        called="استدعاء: دورة عادية",
        titles=[f"إصلاح شارع الزرقطوني، الشطر {number}" for number in range(1, 11)],
        see_agenda="جدول الأعمال",
        more="المزيد",
        excuse="أعتذر",
        why="أنا في مهمة",
        echo="ستتغيبون",
        yes="نعم",
        done="اعتذار",
        most=4,
    ),
}


@pytest.mark.parametrize("language", TONGUES)
async def test_a_councillor_is_convened_reads_on_and_is_excused(
    sqlite_url: str, clock: HandClock, language: str
) -> None:
    tongue = TONGUES[language]
    async with town_on_a_socket(sqlite_url, clock) as town:
        council = await towns.Town(town.program, {}, clock).founded()
        person_id = await _councillor(town, council, language)
        session_id = await council.session(state=SessionState.DRAFT, titles=tongue.titles)
        await council.convene(session_id)
        [called] = [str(one["body"]) for one in await town.twilio.messages(To=AMINA)]
        assert called.startswith(tongue.called)
        agenda = await _read_on(town, await _chooses(town, called, tongue.see_agenda), tongue)
        assert [title for title in tongue.titles if title not in agenda] == []
        [asked] = await town.says(tongue.excuse)
        [echo] = await town.says(tongue.why)
        assert tongue.echo in echo
        assert tongue.done in await _chooses(town, echo, tongue.yes)
        sent = [str(one["body"]) for one in await town.twilio.messages(To=AMINA)]
        assert max(twilios(sent)) <= tongue.most
        assert asked in sent
        async with town.program.store.reading() as unit:
            attendance = await unit.attendances.by(session_id, person_id)
        assert attendance
        assert attendance.answer is Answer.EXCUSED


async def _councillor(town: Town, council: towns.Town, language: str) -> int:
    async with town.program.store.unit() as unit:
        person_id = await unit.people.add(council.tenant_id, name="Amina", language=language)
        await unit.connection.execute(
            memberships.insert().values(
                person_id=person_id, body_id=council.bodies["council"], role="member"
            )
        )
        await unit.people.verify(person_id, Channel.SMS, AMINA, at=unit.clock.now())
        await unit.people.wish(person_id, Channel.SMS, is_wanted=True)
    return person_id


async def _chooses(town: Town, screen: str, label: str) -> str:
    """Answer by the number that stands before a label, and return what is answered."""
    line = next(one for one in reversed(screen.splitlines()) if one.endswith(f". {label}"))
    [answer] = await town.says(line.partition(".")[0])
    return answer


async def _read_on(town: Town, screen: str, tongue: Tongue) -> str:
    """Return a screen with all its further pages."""
    whole = screen
    while screen.endswith(f". {tongue.more}"):
        [screen] = await town.says(tongue.more)
        whole += screen
    return whole
