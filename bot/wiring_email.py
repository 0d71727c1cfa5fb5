"""E-mail's share of the wiring: who letters are from, who carries them, and who hears of them."""

from actions.people.unsubscribing import leave
from actions.records.sealing import sealing_key
from bot.settings import Imap, Settings, Smtp
from channels.email.connections import Server, Tls
from channels.email.leaving import WaysOut
from channels.email.letters import Key, Letters
from channels.email.listening import Hear, Leave, MailboxListener
from channels.email.mailbox import Folder
from channels.email.maildir import MaildirProvider
from channels.email.render import Sender
from channels.email.smtp import SmtpProvider
from domain.channel import Files, Provider
from domain.clock import Clock
from domain.leaving import PATH
from store.connecting import Store


def provider(settings: Settings, files: Files, store: Store, clock: Clock) -> Provider:
    bot = settings.telegram.bot
    letters = Letters(
        sender(settings),
        files=files,
        clock=clock,
        key=_key(store),
        ways_out=_ways_out(settings),
        bot_link=f"https://t.me/{bot}" if bot else None,
    )
    servers = [
        _server(smtp, smtp.host)
        for smtp in (settings.smtp, settings.smtp2, settings.smtp3)
        if smtp.host
    ]
    if not servers:
        return MaildirProvider(settings.email.folder, letters)
    is_heard = settings.imap.host is not None
    return SmtpProvider(servers[0], letters, spares=servers[1:], hears_back=is_heard)


def listeners(
    settings: Settings, store: Store, clock: Clock, hear: Hear
) -> dict[str, MailboxListener]:
    """Return who reads what comes to the sender's address, when its mailbox is named."""
    mailbox = folder(settings.imap)
    if mailbox is None:
        return {}
    host = sender(settings).host
    return {"mailbox": MailboxListener(mailbox, hear, _leave(store), clock, host=host)}


def sender(settings: Settings) -> Sender:
    email = settings.email
    host = email.sender.rpartition("@")[2]
    return Sender(email.sender_name, email.sender, host, f"council.{host}")


def folder(imap: Imap) -> Folder | None:
    if not (imap.host and imap.username and imap.password):
        return None
    return Folder(
        imap.host,
        imap.username,
        imap.password.get_secret_value(),
        port=imap.port,
        tls=Tls(imap.tls),
        ca_file=imap.ca_file,
        name=imap.folder,
    )


def _server(smtp: Smtp, host: str) -> Server:
    return Server(
        host,
        smtp.port,
        Tls(smtp.tls),
        smtp.ca_file,
        smtp.username,
        smtp.password.get_secret_value() if smtp.password else "",
    )


def _ways_out(settings: Settings) -> WaysOut | None:
    """Return how one leaves by a letter: only where the page, and the mailbox, are really there."""
    url = settings.web.public_url
    if url is None:
        return None
    return WaysOut(f"{url}{PATH}", settings.email.sender if settings.imap.host else None)


def _key(store: Store) -> Key:
    kept: list[bytes] = []

    async def key() -> bytes:
        if not kept:
            async with store.unit() as unit:
                kept.append(await sealing_key(unit))
        return kept[0]

    return key


def _leave(store: Store) -> Leave:
    async def by(token: str) -> bool:
        async with store.unit() as unit:
            return await leave(unit, token) is not None

    return by
