"""One machine of several: sends by HTTP what any of them has to send, until it is ended.

`python -m tests.scheduler.machine URL RECORDER LEASE` says `ready` and works on the database at
URL; each message is posted to RECORDER, with this machine's number. LEASE is in seconds.
"""

import asyncio
import os
import signal
import sys
from dataclasses import replace
from datetime import timedelta
from random import Random

import aiohttp

from domain.addresses import Channel
from domain.channel import Capabilities, Parcel
from domain.clock import SystemClock
from domain.errors import Uncertain, Unreachable
from scheduler.dispatcher import Dispatcher
from scheduler.fan_out import FanOut
from scheduler.measures import Measures
from scheduler.stalled import give_back
from scheduler.tempo import Tempo
from scheduler.ticking import Ticking
from scheduler.timetable import Line
from store.connecting import opened

CARRIED = {
    Channel.EMAIL: Capabilities(1000, is_repeat_harmless=True, in_flight=4),
    Channel.TELEGRAM: Capabilities(1000, in_flight=4),
}
TEMPO = Tempo(lease=timedelta(seconds=3), renewal=timedelta(seconds=1), poll=timedelta(seconds=1))
TOO_MANY = 429


class PostedNetwork:
    """Posts a message; the answer says whether it was taken, or how long to wait."""

    def __init__(self, channel: Channel, http: aiohttp.ClientSession, url: str) -> None:
        self.channel = channel
        self.capabilities = CARRIED[channel]
        self._http = http
        self._url = url

    async def deliver(self, parcel: Parcel) -> str:
        body = {"id": parcel.delivery_id, "channel": self.channel, "machine": os.getpid()}
        try:
            async with self._http.post(self._url, json=body) as answer:
                if answer.status == TOO_MANY:
                    wait = timedelta(seconds=int(answer.headers["Retry-After"]))
                    raise Unreachable("flood", retry_after=wait)
                return f"ref-{parcel.delivery_id}"
        except aiohttp.ClientError as error:
            raise Uncertain("broken_line") from error

    async def answer_for_itself(self) -> str:
        return "posted"

    async def close(self) -> None:
        """The session is closed by whoever opened it."""


async def work(url: str, recorder: str, lease: timedelta, asked_to_end: asyncio.Event) -> None:
    clock = SystemClock()
    tempo = replace(TEMPO, lease=lease)
    store = opened(url, clock)
    async with aiohttp.ClientSession() as http:
        networks = [PostedNetwork(channel, http, recorder) for channel in CARRIED]
        dispatcher = Dispatcher(store, networks, clock=clock, chance=Random(), tempo=tempo)
        fan_out = FanOut(store, CARRIED, page=50)

        async def sweep() -> None:
            dispatcher.nudge(await give_back(store, Measures()))

        ticking = Ticking(
            [
                Line("fan_out", timedelta(seconds=0.5), fan_out.expand_all),
                Line("stalled_leases", timedelta(seconds=0.5), sweep),
            ]
        )
        async with asyncio.TaskGroup() as tasks:
            running = [
                tasks.create_task(part)
                for part in (dispatcher.run(), ticking.run(), store.listen())
            ]
            print("ready", flush=True)  # noqa: T201 - the test waits for it
            await asked_to_end.wait()
            for task in running:
                task.cancel()
    await store.close()


async def main(url: str, recorder: str, lease: str) -> None:
    asked_to_end = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, asked_to_end.set)
    await work(url, recorder, timedelta(seconds=int(lease)), asked_to_end)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
