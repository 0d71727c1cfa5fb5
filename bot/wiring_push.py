"""Web Push's share of the wiring, opened only with a key: its libraries are slow to load."""

from bot.machine_settings import Push
from channels.outgoing import Outgoing
from channels.push.provider import PushProvider
from channels.push.vapid import Signer
from domain.clock import Clock
from domain.errors import Misconfigured
from domain.outgoing import networks
from domain.subscriptions import Subscription
from store.connecting import Store


def public_key(private_key: str, clock: Clock) -> str:
    """Return the half of the key that browsers are given, or raise Misconfigured."""
    return _signer(private_key, "", clock).public_key


def provider(push: Push, private_key: str, store: Store, clock: Clock) -> PushProvider:
    """Return who carries pushes, or raise Misconfigured when the key is none."""
    signer = _signer(private_key, push.contact or "", clock)

    async def lookup(name: str) -> Subscription | None:
        async with store.reading() as unit:
            return await unit.subscriptions.by_name(name)

    async def forget(name: str) -> None:
        async with store.unit() as unit:
            await unit.subscriptions.forget(name)

    outgoing = Outgoing(allowed=networks(push.networks))
    return PushProvider(signer, outgoing, lookup=lookup, forget=forget, clock=clock)


def _signer(private_key: str, contact: str, clock: Clock) -> Signer:
    try:
        return Signer(private_key, contact, clock)
    except ValueError:
        raise Misconfigured(
            "BEFFROI_PUSH_PRIVATE_KEY is no key: make one with beffroi push keys."
        ) from None
