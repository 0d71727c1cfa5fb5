"""What other systems are told, on the whole way from a council's act to their door."""

import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from pydantic import SecretStr

from actions.notices.announcing import announce
from actions.sessions.changing import cancel, move
from actions.systems.registering_webhooks import add
from bot import wiring_webhook
from bot.machine_settings import Webhook
from bot.settings import Settings
from bot.wiring import wired
from channels.inbox.provider import InboxProvider
from domain.actors import OPERATOR
from domain.addresses import Channel
from domain.channel import Provider
from domain.clock import Clock, HandClock
from domain.deliveries import State
from domain.documents import Visibility
from domain.notices import Audience, AudienceKind
from domain.preferences import Reason
from domain.sessions import AgendaState, SessionState
from domain.webhooks import WebhookState
from store.connecting import Store
from store.overview import Sent
from tests.emulators.receiver import Receiver, answered, receiver
from tests.town import HURRIED, OPENS, Town

WORDS = {"fr": ("Marché", "Fermé."), "ar": ("السوق", "مغلق."), "en": ("Market", "Closed.")}


def carriers(settings: Settings, store: Store, clock: Clock) -> Mapping[Channel, Provider]:
    return {
        Channel.INBOX: InboxProvider(),
        Channel.WEBHOOK: wiring_webhook.provider(settings.webhook, store, clock),
    }


@pytest.fixture
async def town(database_url: str, clock: HandClock) -> AsyncIterator[Town]:
    settings = Settings(
        database_url=SecretStr(database_url), webhook=Webhook(networks="127.0.0.1/32")
    )
    async with wired(
        settings, clock, providers=carriers, chance=Random(7), tempo=HURRIED
    ) as program:
        town = await Town(program, {}, clock).founded()
        await town.resident("Nadia", seats=["council"])
        yield town


@pytest.fixture
async def system(town: Town) -> AsyncIterator[Receiver]:
    async with receiver() as system:
        async with town.store.unit() as unit:
            await add(unit, "gis", system.url, actor=OPERATOR)
        yield system


def heard(system: Receiver) -> list[dict[str, Any]]:
    return [json.loads(posted.body) for posted in system.posted]


async def told(town: Town) -> list[Sent]:
    async with town.store.reading() as unit:
        return await unit.overview.deliveries(channel=Channel.WEBHOOK)


async def announced(town: Town, audience: Audience) -> None:
    async with town.store.unit() as unit:
        await announce(unit, audience, WORDS, actor=OPERATOR)
    await town.carry()


async def test_a_convocation_its_change_and_its_end_are_told_once_each(
    town: Town, system: Receiver
) -> None:
    session_id = await town.session(
        titles=["Budget"], state=SessionState.DRAFT, agenda=AgendaState.MISSING
    )
    await town.document(session_id, "Rapport")
    await town.document(session_id, "Note interne", visibility=Visibility.MEMBERS)
    await town.convene(session_id)
    async with town.store.unit() as unit:
        await move(unit, session_id, starts=OPENS + timedelta(days=1), actor=OPERATOR)
    await town.carry()
    async with town.store.unit() as unit:
        await cancel(unit, session_id, reason="Quorum", actor=OPERATOR)
    await town.carry()

    convocation, moved, cancelled = heard(system)
    assert [one["kind"] for one in (convocation, moved, cancelled)] == [
        "convocation",
        "session_moved",
        "session_cancelled",
    ]
    assert convocation["body"] == moved["body"] == "council"
    assert set(convocation["content"]) == {"fr", "ar", "en"}
    assert "Budget" in convocation["content"]["fr"]["text"]
    names = {file["name"] for file in convocation["documents"]}
    assert "Rapport.pdf" in names
    assert "Note interne.pdf" not in names
    assert moved["session"]["starts"] == (OPENS + timedelta(days=1)).isoformat()
    assert cancelled["session"]["status"] == "CANCELLED"
    sequences = [one["session"]["sequence"] for one in (convocation, moved, cancelled)]
    assert sequences == sorted(set(sequences))
    assert "Nadia" not in json.dumps(heard(system), ensure_ascii=False)
    assert [one.state for one in await told(town)] == [State.ACCEPTED] * 3


async def test_the_words_of_a_closed_item_are_not_told(town: Town, system: Receiver) -> None:
    session_id = await town.session(
        titles=["Litige avec Mme X"], state=SessionState.DRAFT, agenda=AgendaState.MISSING
    )
    await town.change_item(replace(await town.item(session_id, "1"), is_public=False))
    await town.convene(session_id)
    (convocation,) = heard(system)
    assert convocation["content"]["fr"]["text"] is None
    assert convocation["documents"] == []
    assert "Mme X" not in json.dumps(convocation, ensure_ascii=False)


async def test_only_what_is_said_to_everyone_is_news(town: Town, system: Receiver) -> None:
    await announced(town, Audience(AudienceKind.EVERYONE))
    await announced(town, Audience(AudienceKind.BODY, "council"))
    await announced(town, Audience(AudienceKind.PERSON, "1"))
    (news,) = heard(system)
    assert news["content"]["ar"] == {"title": "السوق", "text": "مغلق.", "direction": "rtl"}
    assert (news["session"], news["body"]) == (None, None)


async def test_a_system_that_fails_is_tried_again_by_the_rules_of_the_house(
    town: Town, system: Receiver
) -> None:
    system.answer_next(answered(503))
    await announced(town, Audience(AudienceKind.EVERYONE))
    (waiting,) = await told(town)
    assert (waiting.state, waiting.code, waiting.attempts) == (State.QUEUED, "http_503", 1)
    async with town.store.reading() as unit:
        (webhook,) = await unit.webhooks.all()
    assert (webhook.failures, webhook.code) == (1, "http_503")

    town.clock.move_by(timedelta(hours=1))
    await town.carry()
    first, second = heard(system)
    assert first == second
    assert [one.state for one in await told(town)] == [State.ACCEPTED]
    async with town.store.reading() as unit:
        (webhook,) = await unit.webhooks.all()
    assert webhook.failures == 0


async def test_nothing_goes_to_a_system_that_said_it_is_gone(town: Town, system: Receiver) -> None:
    system.answer_next(answered(410))
    for _ in range(2):
        await announced(town, Audience(AudienceKind.EVERYONE))
    assert len(system.posted) == 1
    later, first = await told(town)
    assert (first.state, first.code) == (State.FAILED, "http_410")
    assert (later.state, later.reason) == (State.SUPPRESSED, Reason.QUARANTINED)
    async with town.store.reading() as unit:
        (webhook,) = await unit.webhooks.all()
    assert webhook.state is WebhookState.SUSPENDED


async def test_what_systems_were_told_is_no_proof_of_a_convocation(
    town: Town, system: Receiver
) -> None:
    session_id = await town.session(state=SessionState.DRAFT, agenda=AgendaState.MISSING)
    await town.convene(session_id)
    assert len(system.posted) == 1
    async with town.store.reading() as unit:
        lines = await unit.evidence.of_session(session_id)
    assert lines
    assert all(line.channel is not Channel.WEBHOOK for line in lines)
