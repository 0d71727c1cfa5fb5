"""Everything in one process, from its first tick to a clean end."""

import asyncio
import gc
import signal
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime, timedelta
from functools import partial

import structlog
import uvicorn

from actions.duties.rereckoning import rereckon
from actions.records.cataloguing import catalogue
from bot.door import address, open_many, opened
from bot.leading import links
from bot.parts import Parts, parts
from bot.reckoning import means
from bot.roles import Role, Share
from bot.settings import Web
from bot.slow_callers import Caller
from bot.wiring import Program
from channels.web.render import render
from domain.clock import Clock, require_true_zones, tzdata_version
from domain.errors import Unavailable
from domain.trials import trial
from scheduler.ticking import Ticking
from scheduler.timetable import FAN_OUT, Line
from store.news import News
from web import lent_pages
from web.app import application
from web.health import Vitals
from web.mailrooms import Mailrooms
from web.openid import OpenId
from web.personal import unsubscribing
from web.site import Site
from web.watching import Watched

SIGNALS = (signal.SIGTERM, signal.SIGINT)
HEARTBEAT = timedelta(seconds=1)
STORE_PATIENCE = timedelta(seconds=2)
PAGES_FAREWELL = 5  # seconds for requests under way
EVERYTHING = Share()

logger = structlog.get_logger()


class Heart:
    """Beats with the clock, so that a clock that stands still is noticed."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._beat_at: datetime | None = None

    async def beat(self) -> None:
        self._beat_at = self._clock.now()

    @property
    def age(self) -> timedelta | None:
        return self._clock.now() - self._beat_at if self._beat_at else None


class Pages(uvicorn.Server):
    """A web server on a socket of ours, which leaves the signals to us."""

    def __init__(
        self,
        application: Watched,
        door: socket.socket,
        caller: type[Caller] = Caller,
        *,
        proxies: str = "",
    ) -> None:
        """Serve on `door`; `proxies` are believed when they say for whom they ask."""
        super().__init__(
            uvicorn.Config(
                application,
                http=caller,
                forwarded_allow_ips=proxies,
                lifespan="off",
                log_config=None,
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=PAGES_FAREWELL,
            )
        )
        self._door = door
        self.opened = asyncio.Event()

    async def run_here(self) -> None:
        await self.serve(sockets=[self._door])

    def end(self) -> None:
        self.should_exit = True

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.opened.set()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def serve(
    program: Program, ready: Callable[[str], None], *, share: Share = EVERYTHING
) -> None:
    """Run our share until a signal asks for the end; `ready` is told where the pages are.

    What hears ends first and what sends last, so that what was heard is answered. A part that
    breaks ends the whole, by an ExceptionGroup: whoever supervises the process starts it again.
    """
    require_true_zones()
    open_many()
    is_shared = program.store.shared is not None
    share.require_possible(program.settings, is_shared=is_shared, carried=program.providers)
    await _rereckon(program)
    heart = Heart(program.clock)
    with opened(program.settings.web) as door:
        async with _signalled() as asked_to_end, parts() as running:
            if is_shared:
                running.start("calls", program.store.listen)
            site = _site(program)
            if Role.WORKER in share.roles:
                running.start("dispatcher", partial(program.dispatcher.run, share.channels))
            running.start("clock", _clock(program, share, heart).run)
            pages = Pages(
                _application(program, running, heart, share, site),
                door,
                proxies=program.settings.web.proxies,
            )
            running.start("pages", pages.run_here, end=pages.end)
            if Role.WEB in share.roles:
                running.start("mailrooms", site.mailrooms.run, end=site.mailrooms.close)
                running.start("chatrooms", site.chatrooms.run, end=site.chatrooms.close)
                for name, listener in program.ways_in.listeners.items():
                    running.start(name, partial(program.store.alone, name, listener.run))
            await heart.beat()
            await pages.opened.wait()
            _spare_the_collector()
            ready(address(door))
            await asked_to_end.wait()
            logger.info("ending")


def _clock(program: Program, share: Share, heart: Heart) -> Ticking:
    """Return the clock of every process: it strikes in each, and does what is due in some."""
    beat = Line("heartbeat", HEARTBEAT, heart.beat)
    if Role.CLOCK not in share.roles:
        return Ticking([beat])
    clock = Ticking([*program.timetable, beat])

    def hear(news: News) -> None:
        if news.has_published:
            clock.soon(FAN_OUT)

    program.store.listeners.append(hear)
    return clock


def _site(program: Program) -> Site:
    mailrooms = Mailrooms(program.store)
    program.store.listeners.append(mailrooms.hear)
    site = Site(
        program.store,
        program.ways_in.hear,
        program.clock,
        mailrooms,
        render,
        means(program),
        is_secure=(program.settings.web.public_url or "").startswith("https:"),
        public_url=program.settings.web.public_url or "",
        lead=links(program.settings),
        trust=program.settings.trust.lasting(),
        trial=trial(program.settings.trial_allow) if program.settings.trial else None,
        push_key=_push_key(program),
        openid=_openid(program),
        flows=program.settings.approval.known(),
        notices_over=program.settings.approval.notices_over,
    )
    program.store.listeners.append(site.chatrooms.hear)
    return site


def _openid(program: Program) -> OpenId | None:
    relying = program.settings.openid.relying()
    return OpenId(relying) if relying else None


def _push_key(program: Program) -> str:
    if program.settings.push.private_key is None:
        return ""
    from bot.wiring_push import public_key  # noqa: PLC0415 - slow to load

    return public_key(program.settings.push.private_key.get_secret_value(), program.clock)


def _application(
    program: Program, running: Parts, heart: Heart, share: Share, site: Site
) -> Watched:
    async def vital_signs() -> Vitals:
        try:
            async with asyncio.timeout(STORE_PATIENCE.total_seconds()):
                async with program.store.reading() as unit:
                    waiting = await unit.overview.waiting()
        except (Unavailable, TimeoutError):
            return Vitals(store_answers=False, parts=running.alive, tick_age=heart.age)
        return Vitals(
            store_answers=True,
            parts=running.alive,
            tick_age=heart.age,
            waiting={channel.value: count for channel, count in waiting.items()},
        )

    return application(
        doors=program.ways_in.doors if Role.WEB in share.roles else (),
        hear=program.ways_in.hear,
        vital_signs=vital_signs,
        registry=program.measures.registry,
        pages=[
            *unsubscribing.pages(program.store),
            *lent_pages.lent(program.ways_in.pages),
        ],
        site=site if Role.WEB in share.roles else None,
        metrics_key=_metrics_key(program.settings.web),
    )


def _metrics_key(web: Web) -> str:
    return web.metrics_key.get_secret_value() if web.metrics_key else ""


async def _rereckon(program: Program) -> None:
    async with program.store.unit() as unit:
        if await rereckon(unit, tzdata_version()):
            logger.info("instants_reckoned_anew", zone_data=tzdata_version())
        if await catalogue(unit):
            logger.info("words_read_anew")


def _spare_the_collector() -> None:
    """Let Python's collector of cycles pass over what stays, and come seldom.

    It looks at all there is: 270,000 objects held everybody up for 100 to 190 ms, several times a
    minute, under 200 pages a second. What a request leaves behind is mostly counted away.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@asynccontextmanager
async def _signalled() -> AsyncIterator[asyncio.Event]:
    """Answer an event that the first signal sets; a second one ends the process at once."""
    loop, asked = asyncio.get_running_loop(), asyncio.Event()

    def ask() -> None:
        asked.set()
        _let_go()

    def _let_go() -> None:
        for one in SIGNALS:
            loop.remove_signal_handler(one)

    for one in SIGNALS:
        loop.add_signal_handler(one, ask)
    try:
        yield asked
    finally:
        _let_go()
