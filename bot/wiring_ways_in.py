"""Every way in that the settings name, channel by channel."""

from collections.abc import Mapping
from dataclasses import replace

from bot import wiring_email
from bot.engine import Engine
from bot.settings import Settings
from bot.ways_in import WaysIn
from domain.addresses import Channel
from domain.channel import Provider
from domain.clock import Clock
from store.connecting import Store


def ways_in(
    settings: Settings,
    clock: Clock,
    engine: Engine,
    *,
    store: Store,
    providers: Mapping[Channel, Provider],
) -> WaysIn:
    """Return them all; what comes by Slack is heard only where Slack's own provider carries."""
    ways = WaysIn(
        engine.hear, listeners=wiring_email.listeners(settings, store, clock, engine.hear)
    )
    if settings.slack.is_set_up:
        from bot import wiring_slack  # noqa: PLC0415 - slow to load

        carrier = providers.get(Channel.SLACK)
        ways = wiring_slack.ways_in(settings.slack, carrier, ways, store=store, clock=clock)
    if settings.telegram.token:
        ways = _with_telegram(settings, clock, ways)
    if settings.twilio.account:
        from bot import wiring_twilio  # noqa: PLC0415 - slow to load

        ways = replace(ways, doors=(*ways.doors, *wiring_twilio.doors(settings, clock)))
    return ways


def _with_telegram(settings: Settings, clock: Clock, ways: WaysIn) -> WaysIn:
    from bot import wiring_telegram  # noqa: PLC0415 - slow to load

    telegram = settings.telegram
    token = telegram.token.get_secret_value() if telegram.token else ""
    listeners = wiring_telegram.listeners(telegram, token, clock, ways.hear)
    return replace(
        ways,
        doors=(*ways.doors, *wiring_telegram.doors(telegram, clock)),
        listeners={**ways.listeners, **listeners},
    )
