"""A council of three, with an ordinary session on its first Thursday of February."""

from dataclasses import dataclass
from datetime import date, datetime

import pytest
from sqlalchemy import insert

from domain.addresses import Channel
from domain.agenda import AgendaItem
from domain.bodies import BodyKind, Role
from domain.clock import HandClock
from domain.documents import DocumentKind, Visibility
from domain.people import Person
from domain.sessions import SessionKind
from store.connecting import Store
from store.tables.people import addresses, memberships
from store.unit import Unit

OPENS = datetime(2026, 2, 12, 9, 0)
NAMES = ("Amina Berrada", "يوسف العلوي", "Karim Tazi")


@dataclass(frozen=True)
class Council:
    store: Store
    clock: HandClock
    session_id: int
    member_ids: tuple[int, ...]

    async def member(self, unit: Unit, number: int = 0) -> Person:
        found = await unit.people.by_id(self.member_ids[number], on=date(2026, 1, 28))
        assert found is not None
        return found


@pytest.fixture
async def council(store: Store, clock: HandClock) -> Council:
    async with store.unit() as unit:
        tenant_id = await unit.bodies.found(
            slug="casablanca",
            names={"fr": "Casablanca", "ar": "الدار البيضاء", "en": "Casablanca"},
            rule_pack="ma",
            zone="Africa/Casablanca",
            population=3_000_000,
        )
        body_id = await unit.bodies.add(
            tenant_id,
            key="council",
            kind=BodyKind.COUNCIL,
            names={"fr": "Conseil communal", "ar": "المجلس الجماعي", "en": "Municipal council"},
            seats=3,
        )
        member_ids = [
            await _member(unit, tenant_id, body_id, number, name)
            for number, name in enumerate(NAMES)
        ]
        session_id = await _session(unit, body_id)
    return Council(store, clock, session_id, tuple(member_ids))


async def _session(unit: Unit, body_id: int) -> int:
    """Return a draft with three items and a report for its members."""
    session_id = await unit.sessions.add(body_id, SessionKind.ORDINARY)
    await unit.sessions.add_sitting(
        session_id,
        number=1,
        starts=OPENS,
        ends=OPENS.replace(hour=13),
        zone_name="Africa/Casablanca",
        place="Salle des délibérations",
    )
    await unit.agenda.add(
        [
            AgendaItem(0, session_id, str(number), number, f"Point {number}", "fr")
            for number in range(1, 4)
        ]
    )
    report = await unit.documents.add(
        session_id,
        kind=DocumentKind.REPORT,
        title="Rapport",
        language="fr",
        visibility=Visibility.MEMBERS,
    )
    await unit.documents.add_version(
        report, b"le rapport", name="rapport.txt", media_type="text/plain"
    )
    return session_id


async def _member(unit: Unit, tenant_id: int, body_id: int, number: int, name: str) -> int:
    person_id = await unit.people.add(tenant_id, name=name, language=("fr", "ar", "en")[number])
    await unit.connection.execute(
        insert(memberships).values(person_id=person_id, body_id=body_id, role=Role.MEMBER)
    )
    await unit.connection.execute(
        insert(addresses).values(
            person_id=person_id,
            channel=Channel.EMAIL,
            value=f"member{number}@elus.example",
            is_declared=True,
        )
    )
    return person_id
