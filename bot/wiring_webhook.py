"""The webhooks' share of the wiring: their library is slow to load."""

from actions.systems.registering_webhooks import note_answer, note_failure
from bot.machine_settings import Webhook as Section
from channels.outgoing import Outgoing
from channels.webhook.provider import WebhookProvider
from domain.channel import Parcel
from domain.clock import Clock
from domain.errors import Failed, Undeliverable
from domain.outgoing import networks
from domain.webhooks import Bulletin, Webhook
from store.connecting import Store


def provider(section: Section, store: Store, clock: Clock) -> WebhookProvider:
    async def lookup(name: str) -> Webhook | None:
        async with store.reading() as unit:
            return await unit.webhooks.by_name(name)

    async def read(parcel: Parcel) -> Bulletin:
        async with store.reading() as unit:
            bulletin = await unit.webhooks.bulletin(parcel.delivery_id)
        if bulletin is None:
            raise Undeliverable("no_notice")
        return bulletin

    async def note(webhook: Webhook, failure: Failed | None) -> None:
        async with store.unit() as unit:
            if failure is None:
                await note_answer(unit, webhook.name)
            else:
                await note_failure(unit, webhook.name, failure)

    outgoing = Outgoing(allowed=networks(section.networks))
    return WebhookProvider(outgoing, lookup=lookup, read=read, note=note, clock=clock)
