"""A process that sends, and dies by its own hand at one chosen instant.

`python -m tests.scheduler.crashing URL NOW FILE MARK NTH` appends a line to FILE for every message
a network takes. It kills itself when it comes to MARK for the NTH time: the beginning of a
statement to the database, or `asked` or `taken`, before and after a network has a message.
"""

import asyncio
import os
import signal
import sys
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from sqlalchemy import Engine, event

from domain.addresses import Channel
from domain.channel import Capabilities, Parcel
from domain.clock import Clock, HandClock
from scheduler.dispatcher import Dispatcher
from scheduler.fan_out import FanOut
from scheduler.tempo import Tempo
from store.connecting import Store, opened

CARRIED = {
    Channel.EMAIL: Capabilities(1000, is_repeat_harmless=True, in_flight=4),
    Channel.TELEGRAM: Capabilities(1000, in_flight=4),
}
LEASE = timedelta(seconds=5)
TEMPO = Tempo(lease=LEASE, flush=timedelta(milliseconds=5))
PAGE = 7
ASKED, TAKEN = "asked", "taken"


@dataclass(slots=True)
class Fate:
    """Kills the process when it comes to a mark for the nth time."""

    mark: str
    nth: int
    _seen: int = field(default=0)

    def comes_to(self, place: str) -> None:
        if not place.startswith(self.mark):
            return
        self._seen += 1
        if self._seen == self.nth:
            os.kill(os.getpid(), signal.SIGKILL)


class PaperNetwork:
    """Takes a message by writing a line: what the kernel has, a kill does not take back."""

    def __init__(self, channel: Channel, file: Path, fate: Fate | None = None) -> None:
        self.channel = channel
        self.capabilities = CARRIED[channel]
        self._file = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        self._fate = fate

    async def deliver(self, parcel: Parcel) -> str:
        if self._fate:
            self._fate.comes_to(ASKED)
        os.write(self._file, f"{parcel.delivery_id}\n".encode())
        if self._fate:
            self._fate.comes_to(TAKEN)
        await asyncio.sleep(0)
        return f"paper-{parcel.delivery_id}"

    async def answer_for_itself(self) -> str:
        return "paper"

    async def close(self) -> None:
        os.close(self._file)


async def send_everything(store: Store, file: Path, clock: Clock, fate: Fate | None = None) -> None:
    """Expand every notice and send what is due."""
    networks = [PaperNetwork(channel, file, fate) for channel in CARRIED]
    works = Dispatcher(store, networks, clock=clock, chance=Random(3), tempo=TEMPO)
    await FanOut(store, CARRIED, page=PAGE).expand_all()
    await works.drain()
    for network in networks:
        await network.close()


async def main(url: str, now: str, file: str, fate: Fate) -> None:
    @event.listens_for(Engine, "before_cursor_execute")
    def come_to(_c: object, _k: object, statement: str, *_rest: object) -> None:
        fate.comes_to(statement)

    clock = HandClock(datetime.fromisoformat(now))
    store = opened(url, clock)
    await send_everything(store, Path(file), clock, fate)
    await store.close()


if __name__ == "__main__":
    *where, mark, nth = sys.argv[1:]
    url, now, file = where
    asyncio.run(main(url, now, file, Fate(mark, int(nth))))
