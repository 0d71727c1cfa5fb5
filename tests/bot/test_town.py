from collections import Counter
from datetime import date, datetime

import pytest

from bot.demonstration.bodies import DISTRICTS
from bot.demonstration.town import Town, fill_agenda, found_town
from domain.addresses import Channel, canonical
from domain.bodies import ELECTED, Role
from domain.clock import HandClock
from domain.register import Registered
from domain.sessions import AgendaState, SessionKind
from store.connecting import Store, opened

TODAY = date(2026, 1, 28)


@pytest.fixture
async def town(store: Store) -> Town:
    async with store.unit() as unit:
        return await found_town(unit, seed=7)


@pytest.fixture
async def people(store: Store, town: Town) -> list[Registered]:
    assert town.people
    async with store.reading() as unit:
        return await unit.register.everybody(on=TODAY)


def seated(people: list[Registered], key: str) -> list[Registered]:
    return [one for one in people if any(seat[0] == key for seat in one.seats)]


async def test_the_council_has_147_and_the_districts_441(
    town: Town, people: list[Registered]
) -> None:
    elected = [one for one in people if any(role in ELECTED for _, role in one.seats)]
    council = {one.id for one in seated(people, "council")} - {town.clerk_id}
    districts = {one.id for one in people if any(key.startswith("arr:") for key, _ in one.seats)}
    assert (town.councillors, town.elected) == (len(council), len(elected)) == (147, 441)
    assert council < districts == {one.id for one in elected} == set(town.elected_ids)
    assert town.people == len(people)


def test_every_district_keeps_the_law_on_its_size() -> None:
    assert len(DISTRICTS) == 16
    assert all(10 <= one.own_seats <= 20 for one in DISTRICTS)


async def test_the_bureau_has_a_president_and_ten_deputies(people: list[Registered]) -> None:
    roles = Counter(role for one in people for key, role in one.seats if key == "bureau")
    assert roles == {Role.PRESIDENT: 1, Role.VICE_PRESIDENT: 10}
    council = Counter(role for one in people for key, role in one.seats if key == "council")
    assert (council[Role.PRESIDENT], council[Role.VICE_PRESIDENT], council[Role.CLERK]) == (
        1,
        10,
        1,
    )
    assert (council[Role.SECRETARY], council[Role.DEPUTY_SECRETARY]) == (1, 1)


async def test_nobody_is_in_two_commissions_and_each_has_a_chair(
    people: list[Registered],
) -> None:
    held = [
        [seat for seat in one.seats if seat[0].startswith("com:")] for one in people if one.seats
    ]
    assert max(map(len, held)) == 1
    sizes = Counter(key for seats in held for key, _ in seats)
    chairs = [key for seats in held for key, role in seats if role is Role.COMMISSION_CHAIR]
    assert min(sizes.values()) >= 5
    assert sorted(chairs) == sorted(sizes)


async def test_every_district_council_has_one_president(people: list[Registered]) -> None:
    presidents = Counter(
        key
        for one in people
        for key, role in one.seats
        if role is Role.PRESIDENT and key.startswith("arr:")
    )
    assert set(presidents) == {district.key for district in DISTRICTS}
    assert set(presidents.values()) == {1}


async def test_everyone_elected_declared_one_address_of_nobody(
    town: Town, people: list[Registered]
) -> None:
    declared = [one.declared for one in people if one.id in set(town.elected_ids)]
    values = {address.value for address in declared if address}
    assert len(values) == 441
    assert all(value.endswith(".example") for value in values)
    assert values == {canonical(Channel.EMAIL, value) for value in values}


async def test_people_speak_three_languages_under_names_of_their_own(
    people: list[Registered],
) -> None:
    assert {one.language for one in people} == {"fr", "ar", "en", "ary"}
    assert len({one.name for one in people}) == len(people)
    arabic = {one.language for one in people if "\u0600" < one.name[0] < "\u06ff"}
    assert arabic == {"ar", "ary"}


async def test_councillors_of_every_language_are_on_telegram(
    town: Town, people: list[Registered]
) -> None:
    spoken = {one.language for one in people if one.id in town.chats} & {"fr", "ar", "en"}
    assert len(spoken) == 3
    assert 60 < sum(one in town.chats for one in town.councillor_ids) < 130


async def test_the_same_seed_makes_the_same_town_on_every_database(
    sqlite_url: str, postgresql_url: str, clock: HandClock
) -> None:
    towns = []
    for url in (sqlite_url, postgresql_url):
        store = opened(url, clock)
        async with store.unit() as unit:
            town = await found_town(unit, seed=7)
            towns.append((town, await unit.register.everybody(on=TODAY)))
        await store.close()
    assert towns[0] == towns[1]


async def test_an_agenda_of_real_titles_is_published_on_the_session(
    store: Store, town: Town
) -> None:
    async with store.unit() as unit:
        session_id = await unit.sessions.add(town.body_ids["council"], SessionKind.ORDINARY)
        await unit.sessions.add_sitting(
            session_id,
            number=1,
            starts=datetime(2026, 2, 5, 10, 0),
            ends=datetime(2026, 2, 5, 13, 0),
            zone_name=town.tenant.zone,
            place="Salle des délibérations",
        )
        await fill_agenda(unit, session_id)
    async with store.reading() as unit:
        (session,) = await unit.sessions.all()
        items = await unit.agenda.of(session_id)
        documents = await unit.documents.of(session_id)
        timetable = await unit.documents.content(documents[0].sha256)
    assert session.agenda_state is AgendaState.PUBLISHED
    assert (len(items), items[0].number, items[0].rapporteur) == (58, "1", None)
    assert items[0].title.startswith("Exercice 2014 - Budget Primitif")
    assert len(documents) == 3
    assert documents[1].item_id == items[0].id
    assert "jeudi 5 février 2026" in timetable.decode()
