"""The mailboxes that are being looked at in this process, and what their pages are told at once."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import structlog

from domain.errors import Unavailable
from store.connecting import Store
from store.mailboxes import EMPTY, Standing
from store.news import News

GATHERING = 0.02  # seconds in which changes are looked up together
LOOK = timedelta(minutes=1)  # how late a page learns of what was missed, or comes back by itself
BEAT = timedelta(seconds=20)  # how often a silent line is written to, so that a dead one is noticed
COME_BACK = 2000  # milliseconds after which a browser whose line broke calls again
MOST_OF_ONE = 20  # open pages of one person in one process

log: Any = structlog.get_logger(__name__)


@dataclass(slots=True, eq=False)
class Stream:
    """One open page. It is told how the mailbox stands now, however much happened meanwhile."""

    person_id: int
    session_id: int
    told: str
    standing: Standing = EMPTY
    is_ended: bool = False
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def show(self, standing: Standing) -> None:
        self.standing = standing
        if standing.version != self.told:
            self.changed.set()

    def end(self) -> None:
        self.is_ended = True
        self.changed.set()


class Mailrooms:
    """All open pages of a process. One look at the store serves those of everybody concerned."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._streams: dict[int, set[Stream]] = defaultdict(set)
        self._woken: set[int] = set()
        self._is_woken = asyncio.Event()
        self._is_closed = False

    def hear(self, news: News) -> None:
        """Take up what was committed, here or in another process."""
        woken = (
            self._streams.keys() if news.readers is None else self._streams.keys() & news.readers
        )
        self._wake(woken)

    def _wake(self, person_ids: Any) -> None:
        self._woken |= person_ids
        if self._woken:
            self._is_woken.set()

    async def run(self) -> None:
        """Tell open pages what changed, until closed."""
        while not self._is_closed:
            try:
                async with asyncio.timeout(LOOK.total_seconds()):
                    await self._is_woken.wait()
                await asyncio.sleep(GATHERING)
            except TimeoutError:
                self._woken |= self._streams.keys()
            woken, self._woken = self._woken, set()
            self._is_woken.clear()
            try:
                await self._tell(woken)
            except Unavailable as away:
                log.warning("mailboxes_not_seen", reason=str(away))

    async def _tell(self, woken: set[int]) -> None:
        streams = [one for person_id in woken for one in self._streams.get(person_id, ())]
        if not streams:
            return
        async with self._store.reading() as unit:
            standings = await unit.mailboxes.standings(woken)
            living = await unit.web_sessions.living([one.session_id for one in streams])
        for stream in streams:
            if stream.session_id in living:
                stream.show(standings.get(stream.person_id, EMPTY))
            else:
                stream.end()

    def close(self) -> None:
        """Let all pages go; they call again, and find whoever is there then."""
        self._is_closed = True
        self._is_woken.set()
        for streams in self._streams.values():
            for stream in streams:
                stream.end()

    def is_full_for(self, person_id: int) -> bool:
        return len(self._streams.get(person_id, ())) >= MOST_OF_ONE

    async def events(
        self, person_id: int, session_id: int, *, last_told: str
    ) -> AsyncIterator[bytes]:
        """Answer the server-sent events of one page, which was last told `last_told`."""
        with self._open(Stream(person_id, session_id, last_told)) as stream:
            self._wake({person_id})
            yield b"retry: %d\n\n" % COME_BACK
            while not stream.is_ended:
                try:
                    async with asyncio.timeout(BEAT.total_seconds()):
                        await stream.changed.wait()
                except TimeoutError:
                    yield b": still here\n\n"
                    continue
                stream.changed.clear()
                if not stream.is_ended:
                    stream.told = stream.standing.version
                    yield _event(stream.standing)

    @contextmanager
    def _open(self, stream: Stream) -> Iterator[Stream]:
        self._streams[stream.person_id].add(stream)
        stream.is_ended = self._is_closed
        try:
            yield stream
        finally:
            beside = self._streams[stream.person_id]
            beside.discard(stream)
            if not beside:
                del self._streams[stream.person_id]


def _event(standing: Standing) -> bytes:
    """Write one event of the HTML standard's event stream (9.2, Server-sent events)."""
    said = f"id: {standing.version}\nevent: mailbox\ndata: {standing.unread}\n\n"
    return said.encode()
