"""E-mail's share of the wiring: who letters are from, and who carries them."""

from bot.settings import Settings, Smtp
from channels.email.connections import Server, Tls
from channels.email.letters import Letters
from channels.email.maildir import MaildirProvider
from channels.email.render import Sender
from channels.email.smtp import SmtpProvider
from domain.channel import Files, Provider
from domain.clock import Clock


def provider(settings: Settings, files: Files, clock: Clock) -> Provider:
    bot = settings.telegram.bot
    letters = Letters(
        sender(settings),
        files=files,
        clock=clock,
        bot_link=f"https://t.me/{bot}" if bot else None,
    )
    servers = [
        _server(smtp, smtp.host)
        for smtp in (settings.smtp, settings.smtp2, settings.smtp3)
        if smtp.host
    ]
    if not servers:
        return MaildirProvider(settings.email.folder, letters)
    return SmtpProvider(servers[0], letters, spares=servers[1:])


def sender(settings: Settings) -> Sender:
    email = settings.email
    host = email.sender.rpartition("@")[2]
    return Sender(email.sender_name, email.sender, host, f"council.{host}")


def _server(smtp: Smtp, host: str) -> Server:
    return Server(
        host,
        smtp.port,
        Tls(smtp.tls),
        smtp.ca_file,
        smtp.username,
        smtp.password.get_secret_value() if smtp.password else "",
    )
