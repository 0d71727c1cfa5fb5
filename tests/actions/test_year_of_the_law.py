"""The law's year of a commune, day by day: each duty is told to whose it is, when it should be."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest

from actions.agenda import listing
from actions.duties.due import due
from actions.duties.reminding import remind_of_duties
from actions.duties.shifting_deadlines import announce
from actions.meetings import meeting
from actions.papers import hearing_governor, recording
from actions.sessions import changing, closing, convening, planning, rolling
from actions.sessions.opening import open_session
from actions.sessions.reconvening import reconvene
from domain.actors import OPERATOR
from domain.bodies import BodyKind, Role
from domain.clock import HandClock
from domain.register import Newcomer
from domain.rolls import Presence
from domain.session_facts import SessionFact
from domain.sessions import SessionKind, SessionState
from store.connecting import Store, opened
from store.unit import Unit

NEW_YEAR = date(2026, 1, 1)
PEOPLE = {
    "Nadia": Role.COUNCIL_SECRETARIAT,
    "Amine": Role.PRESIDENT,
    "Salma": Role.SECRETARY,
    "Badr": Role.MEMBER,
    "Chama": Role.MEMBER,
}
MEMBERS = len(PEOPLE) - 1
# By what is said of it, in French.
SAID = {
    "agenda": "transmettre l’ordre du jour",
    "call": "envoyer les convocations",
    "second": "envoyer la deuxième convocation",
    "third": "la troisième réunion se tient",
    "close": "se termine au plus tard",
    "register": "transmettre le registre",
    "post": "afficher les décisions",
    "list": "liste des délibérations",
    "give": "remettre le procès-verbal",
    "send": "transmettre le procès-verbal",
    "publish": "publier le procès-verbal",
}
# Worked out by hand: seven days before, three, one, on the day, and each day it is late.
MOROCCO = """
agenda    Nadia  01-09 01-13 01-15 01-16
call      Nadia  01-19 01-23 01-25 01-26
close     Amine  02-12 02-16 02-18 02-19
register  Nadia  02-21 02-23 02-24
post      Nadia  02-20 02-24 02-26 02-27
give      Salma  02-27 03-03 03-05 03-06
send      Nadia  03-05 03-09 03-11 03-12

agenda    Nadia  04-07 04-11 04-13 04-14
call      Nadia  04-17 04-21 04-23 04-24
second    Nadia  05-06 05-08
third     Amine  05-13 05-14
close     Amine  05-21 05-25
register  Nadia  05-28 05-30 05-31
post      Nadia  05-27 05-31 06-02 06-03
give      Salma  06-03 06-07 06-09 06-10
send      Nadia  06-12 06-16 06-19 06-21 06-22

agenda    Nadia  09-04 09-08 09-10 09-11 09-12 09-13 09-14 09-15
call      Nadia  09-14 09-18 09-20 09-21 09-22
close     Amine  10-08 10-12 10-14 10-19 10-23 10-25 10-26
register  Nadia  10-28 10-30 10-31
post      Nadia  10-27 10-31 11-02 11-03
give      Salma  11-03 11-07 11-09 11-10
send      Nadia  11-10 11-14 11-16 11-17
"""
FRANCE = """
call      Nadia  02-27 03-03 03-05 03-06
list      Nadia  03-20 03-22 03-23
publish   Salma  03-30 04-01 04-02

call      Nadia  05-27 05-31 06-02 06-03
list      Nadia  06-13 06-15 06-16
publish   Salma  07-05 07-07 07-08

call      Nadia  09-18 09-22 09-24 09-25 09-26 09-27 09-28
"""

Told = set[tuple[str, str, str]]
"""The days on which who was told of what."""


@dataclass
class Year:
    """A commune whose clock is moved on by hand, a day at a time."""

    store: Store
    clock: HandClock
    told: Told = field(default_factory=set)
    session_id: int = 0
    _seen: int = 0
    _names: dict[str, str] = field(default_factory=dict)

    async def founded(self, rule_pack: str, zone: str) -> None:
        async with self.store.unit() as unit:
            tenant_id = await unit.bodies.found(
                slug="town",
                names={"fr": "Commune", "ar": "جماعة"},
                rule_pack=rule_pack,
                zone=zone,
                population=80_000,
            )
            kind, names = BodyKind.COUNCIL, {"fr": "Conseil", "ar": "المجلس"}
            await unit.bodies.add(tenant_id, key="council", kind=kind, names=names, seats=MEMBERS)
            people = [Newcomer(one, "fr", seats=(("council", PEOPLE[one]),)) for one in PEOPLE]
            await unit.register.add(tenant_id, people)
            for name in PEOPLE:
                [person_id] = await unit.people.named(name)
                self._names[str(person_id)] = name

    async def passes(self, deeds: Mapping[date, "Deed"]) -> None:
        """Let every day come: in the morning the clock reminds, at noon people act."""
        for day in (NEW_YEAR + timedelta(days=number) for number in range(365)):
            self.clock.move_to(datetime.combine(day, datetime.min.time(), UTC).replace(hour=10))
            async with self.store.unit() as unit:
                await remind_of_duties(unit)
                await self._hear(unit, day)
                if day in deeds:
                    self.clock.move_to(self.clock.now() + timedelta(hours=2))
                    await deeds[day](self, unit)

    async def _hear(self, unit: Unit, day: date) -> None:
        """Note what was told this morning; and that no duty is late in silence."""
        said = ""
        while notice := await unit.notices.by_id(self._seen + 1):
            self._seen += 1
            text = notice.content["fr"].text
            if notice.created_by != "clock":
                continue
            said += text
            for line in text.splitlines():
                what = next(one for one, words in SAID.items() if words in line)
                self.told.add((what, self._names[notice.audience.ref], f"{day:%m-%d}"))
        for one in await due(unit, language="fr") if said else ():
            assert not one.duty.is_late(day) or one.duty.deadline.sentence in said

    async def state(self, unit: Unit) -> SessionState:
        session = await unit.sessions.by_id(self.session_id)
        assert session
        return session.state


Deed = Callable[[Year, Unit], Awaitable[None]]


def plans(month: int, day: int, hour: int = 10) -> Deed:
    async def deed(year: Year, unit: Unit) -> None:
        starts = datetime(2026, month, day, hour)
        year.session_id = await planning.plan(
            unit, "council", kind=SessionKind.ORDINARY, starts=starts, actor=OPERATOR
        )
        await listing.add(unit, year.session_id, "Budget", language="fr", actor=OPERATOR)

    return deed


async def sends_the_agenda(year: Year, unit: Unit) -> None:
    await hearing_governor.send_agenda(unit, year.session_id, actor=OPERATOR)


def calls(*warnings: str) -> Deed:
    async def deed(year: Year, unit: Unit) -> None:
        done = await convening.convene(unit, year.session_id, actor=OPERATOR)
        late = {one.code for one in done.warnings} & {"late"}
        assert late == set(warnings)

    return deed


def meets(present: int, becomes: SessionState) -> Deed:
    """Open with so many of the members there."""

    async def deed(year: Year, unit: Unit) -> None:
        called = await meeting(unit, year.session_id)
        seats = (await rolling.roll(unit, called)).seats
        there = {seat.person_id: Presence.PRESENT for seat in seats[:present]}
        await rolling.mark(unit, OPERATOR, year.session_id, there)
        await open_session(unit, OPERATOR, year.session_id)
        assert await year.state(unit) is becomes

    return deed


def reconvenes(on: date) -> Deed:
    async def deed(year: Year, unit: Unit) -> None:
        done = await reconvene(unit, OPERATOR, year.session_id)
        assert done.starts.date() == on

    return deed


async def extends(year: Year, unit: Unit) -> None:
    await closing.extend(unit, OPERATOR, year.session_id)


async def closes(year: Year, unit: Unit) -> None:
    await closing.close(unit, OPERATOR, year.session_id)
    assert await year.state(unit) is SessionState.CLOSED


def does(*facts: SessionFact) -> Deed:
    async def deed(year: Year, unit: Unit) -> None:
        for fact in facts:
            await recording.record(unit, OPERATOR, year.session_id, fact)

    return deed


def both(*deeds: Deed) -> Deed:
    async def deed(year: Year, unit: Unit) -> None:
        for one in deeds:
            await one(year, unit)

    return deed


async def the_moon_is_seen(_: Year, unit: Unit) -> None:
    done = await announce(unit, date(2026, 6, 17), "1er moharram", actor=OPERATOR)
    assert [(one.before, one.owed.duty.deadline.date) for one in done.shifts] == [
        (date(2026, 6, 19), date(2026, 6, 22))
    ]


async def calls_off(year: Year, unit: Unit) -> None:
    await changing.cancel(unit, year.session_id, reason="Deuil national", actor=OPERATOR)


F, S = SessionFact, SessionState
MOROCCAN_DEEDS: Mapping[date, Deed] = {
    date(2026, 1, 2): plans(2, 5),
    date(2026, 1, 16): sends_the_agenda,
    date(2026, 1, 26): calls(),
    date(2026, 2, 5): meets(4, S.OPEN),
    date(2026, 2, 19): closes,
    date(2026, 2, 24): does(F.REGISTER_SENT),
    date(2026, 2, 27): does(F.DECISIONS_POSTED),
    date(2026, 3, 6): does(F.MINUTES_GIVEN),
    date(2026, 3, 12): does(F.MINUTES_SENT),
    date(2026, 4, 1): plans(5, 4),
    date(2026, 4, 14): sends_the_agenda,
    date(2026, 4, 24): calls(),
    date(2026, 5, 4): meets(2, S.NO_QUORUM),
    date(2026, 5, 8): reconvenes(date(2026, 5, 11)),
    date(2026, 5, 11): both(meets(2, S.NO_QUORUM), reconvenes(date(2026, 5, 14))),
    date(2026, 5, 14): meets(1, S.OPEN),
    date(2026, 5, 26): closes,  # the two days after are a feast
    date(2026, 5, 31): does(F.REGISTER_SENT),
    date(2026, 6, 3): does(F.DECISIONS_POSTED),
    date(2026, 6, 10): does(F.MINUTES_GIVEN),
    date(2026, 6, 16): the_moon_is_seen,
    date(2026, 6, 22): does(F.MINUTES_SENT),
    date(2026, 9, 1): plans(10, 1),
    date(2026, 9, 15): sends_the_agenda,
    date(2026, 9, 22): calls("late"),
    date(2026, 10, 1): meets(3, S.OPEN),
    date(2026, 10, 14): extends,
    date(2026, 10, 26): closes,
    date(2026, 10, 31): does(F.REGISTER_SENT),
    date(2026, 11, 3): does(F.DECISIONS_POSTED),
    date(2026, 11, 10): does(F.MINUTES_GIVEN),
    date(2026, 11, 17): does(F.MINUTES_SENT),
}
FRENCH_DEEDS: Mapping[date, Deed] = {
    date(2026, 2, 20): plans(3, 12),
    date(2026, 3, 6): calls(),
    # The second convocation may be sent the same day; three clear days lie between.
    date(2026, 3, 12): both(meets(2, S.NO_QUORUM), reconvenes(date(2026, 3, 16))),
    date(2026, 3, 16): both(meets(1, S.OPEN), closes),
    date(2026, 3, 23): does(F.DECISIONS_POSTED),
    date(2026, 3, 26): does(F.MINUTES_SETTLED),
    date(2026, 4, 2): does(F.MINUTES_PUBLISHED),
    date(2026, 5, 20): plans(6, 9),
    date(2026, 6, 3): calls(),
    date(2026, 6, 9): both(meets(3, S.OPEN), closes),
    date(2026, 6, 16): does(F.DECISIONS_POSTED),
    date(2026, 7, 1): does(F.MINUTES_SETTLED),
    date(2026, 7, 8): does(F.MINUTES_PUBLISHED),
    date(2026, 9, 1): plans(10, 1),
    date(2026, 9, 28): calls("late"),
    date(2026, 9, 29): calls_off,
}


def by_hand(calendar: str) -> Told:
    lines = [line.split() for line in calendar.strip().splitlines() if line]
    return {(what, who, day) for what, who, *days in lines for day in days}


@pytest.fixture
async def year(sqlite_url: str) -> AsyncIterator[Year]:
    clock = HandClock(datetime(2026, 1, 1, tzinfo=UTC))
    store = opened(sqlite_url, clock)
    yield Year(store, clock)
    await store.close()


@pytest.mark.parametrize(
    ("rule_pack", "zone", "deeds", "calendar"),
    [
        pytest.param("ma", "Africa/Casablanca", MOROCCAN_DEEDS, MOROCCO, id="morocco"),
        pytest.param("fr", "Europe/Paris", FRENCH_DEEDS, FRANCE, id="france"),
    ],
)
async def test_every_duty_of_a_year_is_told_on_its_days_and_on_no_others(
    year: Year, rule_pack: str, zone: str, deeds: Mapping[date, Deed], calendar: str
) -> None:
    await year.founded(rule_pack, zone)
    await year.passes(deeds)
    assert year.told == by_hand(calendar)
