"""Every concrete part, named here and nowhere else, and how the parts hold together."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random, SystemRandom

from actions.sessions.reminding import remind
from bot import wiring_email
from bot.deeds import DEEDS
from bot.engine import Engine
from bot.fetching import Fetchers
from bot.leading import links
from bot.settings import Settings
from bot.ways_in import WaysIn
from bot.wiring_ways_in import ways_in
from channels.inbox.provider import InboxProvider
from channels.web.provider import WebProvider
from domain.addresses import Channel
from domain.channel import Files, Provider, pagers
from domain.clock import Clock
from domain.errors import Misconfigured
from domain.policies import Policy, policy
from domain.tracing import UNTRACED, Tracing
from domain.trials import trial
from scheduler.digests import Digests
from scheduler.dispatcher import Dispatcher
from scheduler.draining import drain
from scheduler.escalation import Escalation
from scheduler.fan_out import FanOut
from scheduler.measures import Measures
from scheduler.tempo import Tempo
from scheduler.timetable import Line, timetable
from store.connecting import Store, opened

SQLITE_FILE = "sqlite:///"

Providers = Callable[[Settings, Store, Clock], Mapping[Channel, Provider]]


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
    digests: Digests
    escalation: Escalation
    policy: Policy
    measures: Measures
    ways_in: WaysIn

    @property
    def timetable(self) -> tuple[Line, ...]:
        return timetable(
            self.store,
            fan_out=self.fan_out,
            dispatcher=self.dispatcher,
            digests=self.digests,
            escalation=self.escalation,
            remind=remind,
            deeds=DEEDS,
            measures=self.measures,
            drafts_kept=timedelta(days=self.settings.draft_days),
        )

    async def drain(self) -> None:
        """Do all that is due at this instant: remind, expand, send."""
        await drain(
            self.store,
            fan_out=self.fan_out,
            dispatcher=self.dispatcher,
            remind=remind,
            deeds=DEEDS,
            digests=self.digests,
            escalation=self.escalation,
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
    """Open the store, put the program together, and take it apart afterwards.

    `providers` replaces `configured`: a rehearsal or a test has its own, on the same wires.
    """
    async with (
        opened_store(settings, clock) as store,
        assembled(
            settings, clock, store, providers=providers, chance=chance, tempo=tempo
        ) as program,
    ):
        yield program


@asynccontextmanager
async def assembled(
    settings: Settings,
    clock: Clock,
    store: Store,
    *,
    providers: Providers | None = None,
    chance: Random | None = None,
    tempo: Tempo | None = None,
) -> AsyncIterator[Program]:
    """Put the program together around a store that stays open afterwards."""
    carriers = (providers or configured)(settings, store, clock)
    async with _traced(settings) as tracing:
        try:
            yield _program(
                settings,
                clock,
                store,
                carriers,
                chance=chance or SystemRandom(),
                tempo=tempo,
                tracing=tracing,
            )
        finally:
            for provider in carriers.values():
                await provider.close()


def configured(settings: Settings, store: Store, clock: Clock) -> dict[Channel, Provider]:
    """Return who carries messages, by what the settings name."""
    from bot import wiring_webhook  # noqa: PLC0415 - slow to load

    providers: dict[Channel, Provider] = {
        Channel.INBOX: InboxProvider(),
        Channel.WEB: WebProvider(),
        Channel.EMAIL: wiring_email.provider(settings, _files(store), store, clock),
        Channel.WEBHOOK: wiring_webhook.provider(settings.webhook, store, clock),
    }
    if settings.telegram.token:
        from bot import wiring_telegram  # noqa: PLC0415 - slow to load

        token = settings.telegram.token.get_secret_value()
        providers[Channel.TELEGRAM] = wiring_telegram.provider(
            settings.telegram, token, _files(store), store
        )
    if settings.twilio.account:
        from bot import wiring_twilio  # noqa: PLC0415 - slow to load

        providers |= wiring_twilio.providers(settings, store, clock)
    if settings.push.private_key:
        from bot import wiring_push  # noqa: PLC0415 - slow to load

        key = settings.push.private_key.get_secret_value()
        providers[Channel.PUSH] = wiring_push.provider(settings.push, key, store, clock)
    if settings.slack.is_set_up:
        from bot import wiring_slack  # noqa: PLC0415 - slow to load

        providers[Channel.SLACK] = wiring_slack.provider(
            settings.slack, _files(store), store, clock
        )
    return providers


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


@asynccontextmanager
async def _traced(settings: Settings) -> AsyncIterator[Tracing]:
    """Give what is done to a collector, where one is named."""
    if settings.telemetry.endpoint is None:
        yield UNTRACED
        return
    from bot import telemetry  # noqa: PLC0415 - an extra, which need not be installed

    tracing = telemetry.exported(settings.telemetry)
    try:
        yield tracing
    finally:
        await tracing.close()


def _program(
    settings: Settings,
    clock: Clock,
    store: Store,
    providers: Mapping[Channel, Provider],
    *,
    chance: Random,
    tempo: Tempo | None,
    tracing: Tracing,
) -> Program:
    measures = Measures()
    dispatcher = Dispatcher(
        store,
        providers.values(),
        clock=clock,
        chance=chance,
        tempo=tempo,
        measures=measures,
        trial=trial(settings.trial_allow) if settings.trial else None,
        tracing=tracing,
    )
    commune_policy = policy(settings.policy) if settings.policy else policy()
    fan_out = FanOut(store, dispatcher.carried, policy=commune_policy, tracing=tracing)
    escalation = Escalation(store, dispatcher.carried, policy=commune_policy)
    digests = Digests(store, dispatcher.carried)
    engine = _engine(settings, clock, store, providers, measures, tracing)
    return Program(
        settings=settings,
        clock=clock,
        store=store,
        engine=engine,
        providers=providers,
        dispatcher=dispatcher,
        fan_out=fan_out,
        digests=digests,
        escalation=escalation,
        policy=commune_policy,
        measures=measures,
        ways_in=ways_in(settings, clock, engine, store=store, providers=providers),
    )


def _engine(
    settings: Settings,
    clock: Clock,
    store: Store,
    providers: Mapping[Channel, Provider],
    measures: Measures,
    tracing: Tracing,
) -> Engine:
    return Engine(
        store,
        clock,
        heard=measures.heard,
        turns_a_minute=settings.turns_a_minute,
        trust=settings.trust.lasting(),
        flows=settings.approval.known(),
        fetchers=Fetchers(store, providers),
        tracing=tracing,
        link_to=links(settings),
        pagers=pagers(providers),
    )


def _files(store: Store) -> Files:
    async def content(sha256: str) -> bytes:
        async with store.reading() as unit:
            return await unit.documents.content(sha256)

    return content


def _make_room(file: Path) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Misconfigured(
            f"The folder {file.parent} cannot be made ({error.strerror}): "
            "correct BEFFROI_DATABASE_URL."
        ) from error
