"""The program with telephones: its door on a socket, and emulate's Twilio on the other side."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from random import Random
from urllib.parse import urlencode

import aiohttp
from pydantic import SecretStr

from actions.notices.announcing import announce
from bot.running import Pages
from bot.settings import Settings, Web
from bot.telephone_settings import Sms, Twilio as TwilioSettings, Whatsapp
from bot.wiring import Program, wired
from domain.actors import OPERATOR
from domain.addresses import Channel
from domain.clock import HandClock
from domain.notices import Audience, AudienceKind
from store.tables.outbox import deliveries
from tests.emulators.twilio import ACCOUNT, NUMBER, TOKEN, Twilio, signed, twilio_emulator
from tests.scheduler.test_dispatcher import QUICK
from web.app import application
from web.health import Vitals

AMINA = "+212661000001"
TEMPLATE = "HX" + "1" * 32
TEXTS = {
    "fr": ("Marché", "Le marché est fermé jeudi."),
    "ar": ("السوق", "السوق مغلق يوم الخميس."),
    "en": ("Market", "The market is closed on Thursday."),
}


@dataclass(eq=False)
class Town:
    """The program, its door on a socket, and the Twilio that carries for it."""

    program: Program
    twilio: Twilio
    session: aiohttp.ClientSession
    person_id: int = 0

    async def says(self, body: str, *, to: str = NUMBER) -> list[str]:
        """Write by telephone, and return what is answered there."""
        prefix = to.removesuffix(NUMBER)
        before = len(await self.twilio.messages(To=f"{prefix}{AMINA}"))
        await self.twilio.text(f"{prefix}{AMINA}", body, to=to)
        await self.program.drain()
        told = await self.twilio.messages(To=f"{prefix}{AMINA}")
        return [str(message["body"]) for message in told[before:]]

    async def announce(self) -> None:
        audience = Audience(AudienceKind.PERSON, str(self.person_id))
        async with self.program.store.unit() as unit:
            await announce(unit, audience, TEXTS, actor=OPERATOR)
        await self.program.drain()

    async def states(self, channel: Channel = Channel.SMS) -> list[tuple[str, str]]:
        async with self.program.store.reading() as unit:
            query = deliveries.select().where(deliveries.c.channel == channel)
            found = (await unit.connection.execute(query.order_by(deliveries.c.id))).all()
        return [(row.state, row.reason) for row in found]

    async def call(self, path: str, form: dict[str, str], **headers: str) -> int:
        """Call a door ourselves, and return how it answers."""
        url = f"{self.twilio.public_url}{path}"
        headers = signed(url, form) | headers
        async with self.session.post(url, data=urlencode(form), headers=headers) as response:
            assert await response.read() == b""
            return response.status


@asynccontextmanager
async def on_a_socket(program: Program, door: socket.socket) -> AsyncIterator[None]:
    async def vital_signs() -> Vitals:
        return Vitals(store_answers=True)

    answering = application(
        doors=program.ways_in.doors, hear=program.engine.hear, vital_signs=vital_signs
    )
    pages = Pages(answering, door)
    async with asyncio.TaskGroup() as group:
        group.create_task(pages.run_here())
        await pages.opened.wait()
        yield
        pages.end()


@asynccontextmanager
async def town_on_a_socket(sqlite_url: str, clock: HandClock) -> AsyncIterator[Town]:
    door = socket.create_server(("127.0.0.1", 0))
    public_url = f"http://127.0.0.1:{door.getsockname()[1]}"
    async with twilio_emulator(public_url) as twilio, aiohttp.ClientSession() as session:
        settings = Settings(
            database_url=SecretStr(sqlite_url),
            twilio=TwilioSettings(
                account=ACCOUNT,
                token=SecretStr(TOKEN),
                base_url=twilio.base_url,
            ),
            web=Web(public_url=public_url),
            sms=Sms(sender=NUMBER),
            whatsapp=Whatsapp(sender=NUMBER, templates={"announcement.fr": TEMPLATE}),
        )
        async with (
            wired(settings, clock, chance=Random(7), tempo=QUICK) as program,
            on_a_socket(program, door),
        ):
            yield Town(program, twilio, session)
