from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, insert, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from domain.addresses import Channel
from domain.bodies import BodyKind
from store.connecting import Store
from store.tables.outbox import deliveries
from store.tables.people import addresses, bodies
from store.tables.records import audit
from store.unit import Unit

NOW = datetime(2026, 1, 28, 9, 0, tzinfo=UTC)


@pytest.fixture
async def unit(store: Store) -> AsyncIterator[Unit]:
    async with store.unit() as unit:
        yield unit


async def two_people(unit: Unit) -> tuple[int, int]:
    tenant_id = await unit.bodies.found(
        slug="ain-chock",
        names={"fr": "Aïn Chock"},
        rule_pack="ma",
        zone="Africa/Casablanca",
        population=377_000,
    )
    first = await unit.people.add(tenant_id, name="Nadia", language="fr")
    return first, await unit.people.add(tenant_id, name="Youssef", language="ar")


async def give(unit: Unit, person_id: int, channel: Channel, value: str, **more: object) -> None:
    await unit.connection.execute(
        insert(addresses).values(person_id=person_id, channel=channel, value=value, **more)
    )


def delivery(**changed: object) -> Mapping[str, object]:
    return {
        "channel": "email",
        "address": "nadia@example.ma",
        "language": "fr",
        "reason": "chosen",
        "state": "suppressed",
        "message": {"text": "Bonjour", "language": "fr"},
        "queued_at": NOW,
        "due_at": NOW,
    } | changed


async def test_a_person_declares_one_address(unit: Unit) -> None:
    nadia, youssef = await two_people(unit)
    await give(unit, nadia, Channel.EMAIL, "nadia@example.ma", is_declared=True)
    await give(unit, youssef, Channel.EMAIL, "youssef@example.ma", is_declared=True)
    with pytest.raises(IntegrityError):
        await give(unit, nadia, Channel.SMS, "+212600000001", is_declared=True)


async def test_a_chat_belongs_to_one_person(unit: Unit) -> None:
    nadia, youssef = await two_people(unit)
    await give(unit, nadia, Channel.TELEGRAM, "4711")
    with pytest.raises(IntegrityError):
        await give(unit, youssef, Channel.TELEGRAM, "4711")


async def test_an_email_address_may_be_shared(unit: Unit) -> None:
    nadia, youssef = await two_people(unit)
    await give(unit, nadia, Channel.EMAIL, "cabinet@example.ma")
    await give(unit, youssef, Channel.EMAIL, "cabinet@example.ma")


@pytest.mark.parametrize(
    "changed",
    [{"state": "sent"}, {"reason": "because"}, {"channel": "pigeon"}],
    ids=["state", "reason", "channel"],
)
async def test_a_word_outside_the_list_is_not_stored(
    unit: Unit, changed: Mapping[str, str]
) -> None:
    await unit.connection.execute(insert(deliveries).values(**delivery()))
    [(column, word)] = changed.items()
    with pytest.raises(IntegrityError):
        await unit.connection.execute(text(f"UPDATE deliveries SET {column} = '{word}'"))  # noqa: S608 - our own words


async def test_a_delivery_that_says_nothing_is_not_stored(unit: Unit) -> None:
    with pytest.raises(IntegrityError):
        await unit.connection.execute(insert(deliveries).values(**delivery(message=None)))


async def test_a_delivery_that_nobody_carries_is_not_stored(unit: Unit) -> None:
    with pytest.raises(IntegrityError):
        await unit.connection.execute(insert(deliveries).values(**delivery(state="queued")))


async def test_a_body_belongs_to_a_commune_that_exists(unit: Unit) -> None:
    with pytest.raises(IntegrityError):
        await unit.connection.execute(
            insert(bodies).values(
                tenant_id=99, key="council", kind=BodyKind.COUNCIL, names={}, aliases=[]
            )
        )


@pytest.mark.parametrize("change", [update(audit).values(actor="mallory"), delete(audit)])
async def test_what_is_in_the_audit_log_stays_as_it_is(store: Store, change: object) -> None:
    async with store.unit() as unit:
        await unit.audit.append(actor="clerk", act="convened", subject="session:1")
    with pytest.raises(DBAPIError, match="append-only"):
        async with store.unit() as unit:
            await unit.connection.execute(change)  # type: ignore[call-overload] # either statement
