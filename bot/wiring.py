"""Every concrete part, named here and nowhere else, and how the parts hold together."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random, SystemRandom
from typing import Protocol

from actions.reminding import remind
from bot.engine import Engine
from bot.listening import Introduction
from bot.settings import Mode, Settings
from channels.email.connections import Server, Tls
from channels.email.letters import Letters
from channels.email.maildir import MaildirProvider
from channels.email.render import Sender
from channels.email.smtp import SmtpProvider
from channels.inbox.provider import InboxProvider
from channels.telegram.door import TelegramDoor
from channels.telegram.polling import Poller
from channels.telegram.provider import TelegramProvider
from domain.addresses import Channel
from domain.channel import Door, Files, Provider
from domain.clock import Clock
from domain.errors import Misconfigured
from scheduler.dispatcher import Dispatcher
from scheduler.draining import drain
from scheduler.fan_out import FanOut
from scheduler.measures import Measures
from scheduler.tempo import Tempo
from scheduler.timetable import Line, timetable
from store.connecting import Store, opened

SQLITE_FILE = "sqlite:///"

Providers = Callable[[Settings, Store, Clock], Mapping[Channel, Provider]]


class Listener(Protocol):
    """Hears a platform, or keeps it calling us, until cancelled."""

    async def run(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Program:
    """All parts, put together and at rest. `timetable` is what the clock does."""

    settings: Settings
    clock: Clock
    store: Store
    engine: Engine
    providers: Mapping[Channel, Provider]
    dispatcher: Dispatcher
    fan_out: FanOut
    measures: Measures
    timetable: tuple[Line, ...]
    doors: tuple[Door, ...]
    listeners: Mapping[str, Listener]

    async def drain(self) -> None:
        """Do all that is due at this instant: remind, expand, send."""
        await drain(
            self.store,
            fan_out=self.fan_out,
            dispatcher=self.dispatcher,
            remind=remind,
            measures=self.measures,
        )


@asynccontextmanager
async def wired(
    settings: Settings,
    clock: Clock,
    *,
    providers: Providers | None = None,
    chance: Random | None = None,
    tempo: Tempo | None = None,
) -> AsyncIterator[Program]:
    """Put the program together, and take it apart afterwards.

    `providers` replaces `configured`: a rehearsal or a test has its own, on the same wires.
    """
    async with opened_store(settings, clock) as store:
        carriers = (providers or configured)(settings, store, clock)
        try:
            yield _program(settings, clock, store, carriers, chance or SystemRandom(), tempo)
        finally:
            for provider in carriers.values():
                await provider.close()


def configured(settings: Settings, store: Store, clock: Clock) -> dict[Channel, Provider]:
    """Return who carries messages, by what the settings name."""
    providers: dict[Channel, Provider] = {
        Channel.INBOX: InboxProvider(),
        Channel.EMAIL: _email(settings, store, clock),
    }
    if settings.telegram.token:
        providers[Channel.TELEGRAM] = TelegramProvider(
            settings.telegram.token.get_secret_value(),
            files=_files(store),
            base_url=settings.telegram.base_url,
            base_file_url=settings.telegram.base_file_url,
            migrated=_telegram_migrated(store),
        )
    return providers


def doors(settings: Settings, clock: Clock) -> tuple[Door, ...]:
    """Return where platforms may call us."""
    telegram = settings.telegram
    if telegram.mode is Mode.WEBHOOK and telegram.secret:
        secret = telegram.secret.get_secret_value()
        return (TelegramDoor(secret, clock, username=telegram.bot),)
    return ()


def listeners(settings: Settings, clock: Clock, engine: Engine) -> dict[str, Listener]:
    """Return who asks the platforms what is new, or tells them where to call."""
    telegram = settings.telegram
    if telegram.token is None:
        return {}
    token, base_url = telegram.token.get_secret_value(), telegram.base_url
    if telegram.webhook_url and telegram.secret and telegram.mode is Mode.WEBHOOK:
        webhook = (telegram.webhook_url, telegram.secret.get_secret_value())
        return {"telegram": Introduction(token, base_url=base_url, webhook=webhook)}
    return {
        "telegram": Poller(token, engine.hear, clock, base_url=base_url),
        "telegram_menu": Introduction(token, base_url=base_url),
    }


@asynccontextmanager
async def opened_store(settings: Settings, clock: Clock) -> AsyncIterator[Store]:
    """Open the store with its tables up to date; raise Misconfigured when they cannot be.

    The embedded database brings itself up to date. One that several programs share is left to
    `beffroi migrate`, run once.
    """
    async with unmigrated_store(settings, clock) as store:
        if not await store.is_migrated():
            if store.dialect != "sqlite":
                raise Misconfigured(
                    "The database's tables are not those of this version: run beffroi migrate."
                )
            await store.migrate()
        yield store


@asynccontextmanager
async def unmigrated_store(settings: Settings, clock: Clock) -> AsyncIterator[Store]:
    """Open the store as it is."""
    url = settings.database_url.get_secret_value()
    if url.startswith(SQLITE_FILE):
        _make_room(Path(url.removeprefix(SQLITE_FILE).partition("?")[0]))
    store = opened(url, clock)
    try:
        yield store
    finally:
        await store.close()


def _program(
    settings: Settings,
    clock: Clock,
    store: Store,
    providers: Mapping[Channel, Provider],
    chance: Random,
    tempo: Tempo | None,
) -> Program:
    measures = Measures()
    dispatcher = Dispatcher(
        store, providers.values(), clock=clock, chance=chance, tempo=tempo, measures=measures
    )
    fan_out = FanOut(store, dispatcher.carried)
    engine = Engine(store, clock)
    return Program(
        settings=settings,
        clock=clock,
        store=store,
        engine=engine,
        providers=providers,
        dispatcher=dispatcher,
        fan_out=fan_out,
        measures=measures,
        timetable=timetable(
            store, fan_out=fan_out, dispatcher=dispatcher, remind=remind, measures=measures
        ),
        doors=doors(settings, clock),
        listeners=listeners(settings, clock, engine),
    )


def _email(settings: Settings, store: Store, clock: Clock) -> Provider:
    host = settings.email.sender.rpartition("@")[2]
    sender = Sender(settings.email.sender_name, settings.email.sender, host, f"council.{host}")
    bot = settings.telegram.bot
    letters = Letters(
        sender, files=_files(store), clock=clock, bot_link=f"https://t.me/{bot}" if bot else None
    )
    smtp = settings.smtp
    if smtp.host is None:
        return MaildirProvider(settings.email.folder, letters)
    server = Server(
        smtp.host,
        smtp.port,
        Tls(smtp.tls),
        smtp.ca_file,
        smtp.username,
        smtp.password.get_secret_value() if smtp.password else "",
    )
    return SmtpProvider(server, letters)


def _files(store: Store) -> Files:
    async def content(sha256: str) -> bytes:
        async with store.reading() as unit:
            return await unit.documents.content(sha256)

    return content


def _telegram_migrated(store: Store) -> Callable[[str, str], Awaitable[None]]:
    async def follow(old: str, new: str) -> None:
        async with store.unit() as unit:
            await unit.people.rename_address(Channel.TELEGRAM, old, new)

    return follow


def _make_room(file: Path) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Misconfigured(
            f"The folder {file.parent} cannot be made ({error.strerror}): "
            "correct BEFFROI_DATABASE_URL."
        ) from error
