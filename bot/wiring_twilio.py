"""SMS's and WhatsApp's share of the wiring, opened only with an account: the library is slow."""

from datetime import datetime

from bot.settings import Settings
from bot.telephone_settings import Typography
from channels.sms.account import TwilioAccount
from channels.sms.door import TwilioDoor
from channels.sms.provider import LastHeard, SmsProvider, Templates, WhatsAppProvider
from domain.addresses import Channel
from domain.channel import Door, Provider
from domain.clock import Clock
from store.connecting import Store


def providers(settings: Settings, store: Store, clock: Clock) -> dict[Channel, Provider]:
    """Return who carries what, by the senders that are set; each has connections of its own."""
    carriers: dict[Channel, Provider] = {}
    if settings.sms.sender:
        carriers[Channel.SMS] = SmsProvider(
            _account(settings),
            settings.sms.sender,
            clock=clock,
            callback=_address(settings, Channel.SMS),
            is_plain=settings.sms.typography is Typography.PLAIN,
        )
    if settings.whatsapp.sender:
        carriers[Channel.WHATSAPP] = WhatsAppProvider(
            _account(settings),
            settings.whatsapp.sender,
            clock=clock,
            templates=_templates(settings),
            last_heard=_last_heard(store),
            callback=_address(settings, Channel.WHATSAPP),
        )
    return carriers


def doors(settings: Settings, clock: Clock) -> tuple[Door, ...]:
    senders = {Channel.SMS: settings.sms.sender, Channel.WHATSAPP: settings.whatsapp.sender}
    return tuple(
        TwilioDoor(channel, _token(settings), url, clock)
        for channel, sender in senders.items()
        if sender and (url := _address(settings, channel))
    )


def _account(settings: Settings) -> TwilioAccount:
    twilio = settings.twilio
    return TwilioAccount(twilio.account or "", _token(settings), base_url=twilio.base_url)


def _token(settings: Settings) -> str:
    return settings.twilio.token.get_secret_value() if settings.twilio.token else ""


def _address(settings: Settings, channel: Channel) -> str | None:
    """Return where Twilio calls us, as it knows it: a server in between may call us otherwise."""
    public = settings.web.public_url
    return f"{public}/webhooks/{channel.value}" if public else None


def _templates(settings: Settings) -> Templates:
    templates = {}
    for name, template in settings.whatsapp.templates.items():
        kind, _, language = name.partition(".")
        templates[kind, language] = template
    return templates


def _last_heard(store: Store) -> LastHeard:
    async def heard_at(channel: Channel, address: str) -> datetime | None:
        async with store.reading() as unit:
            return await unit.deliveries.answered_at(channel, address)

    return heard_at
