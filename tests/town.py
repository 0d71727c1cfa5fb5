"""A town to test in: the real bot with a real store, a clock moved by hand, and networks that
only remember."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from random import Random
from typing import Any

from pydantic import SecretStr

from actions.people import linking
from actions.sessions import convening
from bot.settings import Settings
from bot.wiring import Program, assembled, opened_store
from channels.memory import EVERYTHING, MemoryProvider
from channels.sms.render import Manner, is_one, is_short, page
from domain.actors import OPERATOR
from domain.addresses import Channel
from domain.agenda import AgendaItem
from domain.bodies import BodyKind, Role
from domain.channel import Capabilities, Parcel
from domain.clock import HandClock
from domain.documents import DocumentKind, Visibility
from domain.messages import Choice, Heard, Incoming, Message
from domain.paging import Page
from domain.sessions import AgendaState, SessionKind, SessionState
from scheduler.tempo import Tempo
from store.connecting import Store
from store.tables.people import memberships

CARRIED = (
    Channel.INBOX,
    Channel.CONSOLE,
    Channel.TELEGRAM,
    Channel.SLACK,
    Channel.EMAIL,
)
OPENS = datetime(2026, 2, 5, 18, 0)
HURRIED = Tempo(flush=timedelta(milliseconds=1), keeps_limits=False)
BUTTONS = frozenset({Channel.TELEGRAM, Channel.SLACK, Channel.WEB})
SHORT = {Channel.SMS: is_short, Channel.WHATSAPP: is_one}  # what fits on a page there
PLAIN = Manner(is_plain=True)
IN_FLIGHT = 2  # sends at once on a network that only remembers: each costs a task to start


@asynccontextmanager
async def town_at(database_url: str, clock: HandClock) -> AsyncIterator["Town"]:
    """Build the town on the program's own wires; only its networks are ours."""
    settings = Settings(database_url=SecretStr(database_url))
    async with opened_store(settings, clock) as store, town_in(store, clock) as town:
        yield await town.founded()


@asynccontextmanager
async def town_in(
    store: Store, clock: HandClock, *, carried: Sequence[Channel] = CARRIED
) -> AsyncIterator["Town"]:
    """Build the town around a store that others go on using."""
    networks = {channel: _network(channel) for channel in carried}
    async with assembled(
        Settings(), clock, store, providers=lambda *_: networks, chance=Random(7), tempo=HURRIED
    ) as program:
        yield Town(program, networks, clock)


def capabilities_of(channel: Channel) -> Capabilities:
    """Return what a network of the town can do: what its namesake can, as far as it is shown."""
    has_buttons = channel in BUTTONS
    return replace(EVERYTHING, buttons=has_buttons, edit=has_buttons, in_flight=IN_FLIGHT)


class Telephones(MemoryProvider):
    """Remembers what telephones show: of a long message, its first page."""

    def __init__(self, channel: Channel, fits: Callable[[str], bool]) -> None:
        super().__init__(channel, capabilities=capabilities_of(channel))
        self._fits = fits

    def page(self, message: Message) -> Page:
        return page(message, PLAIN, self._fits)

    async def deliver(self, parcel: Parcel) -> str:
        return await super().deliver(replace(parcel, message=self.page(parcel.message).shown))


def _network(channel: Channel) -> MemoryProvider:
    if channel in SHORT:
        return Telephones(channel, SHORT[channel])
    return MemoryProvider(channel, capabilities=capabilities_of(channel))


class Town:
    """A commune with its bot. Everything people do goes through the engine and the dispatcher."""

    def __init__(
        self, program: Program, networks: Mapping[Channel, MemoryProvider], clock: HandClock
    ) -> None:
        self.program = program
        self.store = program.store
        self.engine = program.engine
        self.networks = networks
        self.clock = clock
        self._updates = count(1)
        self.bodies: dict[str, int] = {}
        self.tenant_id = 0

    async def founded(self) -> "Town":
        """Set the commune up, with some of its bodies."""
        async with self.store.unit() as unit:
            self.tenant_id = await unit.bodies.found(
                slug="casablanca",
                names={
                    "fr": "Commune de Casablanca",
                    "ar": "جماعة الدار البيضاء",
                    "en": "Casablanca",
                },
                rule_pack="ma",
                zone="Africa/Casablanca",
                population=3_200_000,
            )
            for key, kind, french, arabic, english in BODIES:
                self.bodies[key] = await unit.bodies.add(
                    self.tenant_id,
                    key=key,
                    kind=kind,
                    names={"fr": french, "ar": arabic, "en": english},
                    seats=10,
                )
        return self

    async def found_before(self) -> "Town":
        """Take up a commune that the store holds already."""
        async with self.store.reading() as unit:
            tenant = await unit.bodies.tenant()
            assert tenant
            self.tenant_id = tenant.id
            self.bodies = dict(await unit.bodies.ids())
        return self

    async def resident(
        self,
        name: str,
        language: str = "fr",
        *,
        seats: Sequence[str] = (),
        role: Role = Role.MEMBER,
        on: Channel = Channel.TELEGRAM,
    ) -> "Talker":
        """Add somebody the council knows, whose chat is linked to them."""
        talker = self.stranger(name, on=on)
        async with self.store.unit() as unit:
            person_id = await unit.people.add(self.tenant_id, name=name, language=language)
            for key in seats:
                await unit.connection.execute(
                    memberships.insert().values(
                        person_id=person_id, body_id=self.bodies[key], role=role
                    )
                )
            await unit.people.verify(person_id, on, talker.address, at=self.clock.now())
            await unit.people.wish(person_id, on, is_wanted=True)
        talker.person_id = person_id
        return talker

    def group(self, *, on: Channel = Channel.TELEGRAM) -> "Talker":
        """A group; its `speaker` is whoever speaks there."""
        return Talker(self, on, f"-{next(self._updates)}", is_private=False, device_language="fr")

    async def also(self, talker: "Talker", on: Channel) -> "Talker":
        """Return the same person at an address of another channel."""
        there = self.stranger("also", on=on)
        there.person_id = talker.person_id
        async with self.store.unit() as unit:
            now = self.clock.now()
            await unit.people.verify(talker.person_id, on, there.address, at=now)
            await unit.people.wish(talker.person_id, on, is_wanted=True)
        return there

    def stranger(self, name: str = "stranger", *, on: Channel = Channel.TELEGRAM) -> "Talker":
        return Talker(self, on, f"{name}-{next(self._updates)}")

    async def session(
        self,
        body: str = "council",
        *,
        starts: datetime = OPENS,
        titles: Sequence[str] = (),
        state: SessionState = SessionState.CONVENED,
        agenda: AgendaState = AgendaState.PUBLISHED,
        kind: SessionKind = SessionKind.ORDINARY,
        reason: str | None = None,
    ) -> int:
        """Plan a session as it stands, without telling anybody."""
        async with self.store.unit() as unit:
            session_id = await unit.sessions.add(self.bodies[body], kind)
            await unit.sessions.add_sitting(
                session_id,
                number=1,
                starts=starts,
                ends=starts + timedelta(hours=3),
                zone_name="Africa/Casablanca",
                place="Salle des délibérations",
            )
            await unit.agenda.add(
                [
                    AgendaItem(0, session_id, str(number), number, title, "fr")
                    for number, title in enumerate(titles, start=1)
                ]
            )
            session = await unit.sessions.by_id(session_id)
            assert session
            was_convened = state not in {SessionState.DRAFT, SessionState.AGENDA_SENT}
            await unit.sessions.change(
                replace(
                    session,
                    state=state,
                    agenda_state=agenda,
                    cancelled_reason=reason,
                    convened_at=self.clock.now() if was_convened else None,
                )
            )
        return session_id

    async def item(self, session_id: int, number: str) -> AgendaItem:
        async with self.store.reading() as unit:
            items = await unit.agenda.of(session_id)
        return next(item for item in items if item.number == number)

    async def change_item(self, item: AgendaItem) -> None:
        async with self.store.unit() as unit:
            await unit.agenda.change(item)

    async def document(
        self,
        session_id: int,
        title: str,
        *,
        item: AgendaItem | None = None,
        visibility: Visibility = Visibility.PUBLIC,
        kind: DocumentKind = DocumentKind.REPORT,
    ) -> None:
        async with self.store.unit() as unit:
            document_id = await unit.documents.add(
                session_id,
                kind=kind,
                title=title,
                language="fr",
                visibility=visibility,
                item_id=item.id if item else None,
            )
            await unit.documents.add_version(
                document_id, title.encode(), name=f"{title}.pdf", media_type="application/pdf"
            )

    async def convene(self, session_id: int) -> None:
        """Convene a draft for real: its members are told."""
        async with self.store.unit() as unit:
            await convening.convene(unit, session_id, actor=OPERATOR)
        await self.carry()

    async def code_for(self, talker: "Talker") -> str:
        async with self.store.unit() as unit:
            return await linking.offer(unit, talker.person_id, actor=OPERATOR)

    async def carry(self) -> None:
        """Let everything that is due be sent."""
        await self.program.drain()

    def update_ref(self) -> str:
        return f"update-{next(self._updates)}"


@dataclass(eq=False)
class Talker:
    """Somebody at one address of one channel, who speaks, presses and reads."""

    town: Town
    channel: Channel
    address: str
    person_id: int = 0
    is_private: bool = True
    device_language: str | None = None
    speaker: str | None = None
    _read: int = field(default=0)

    async def says(self, text: str, *, update_ref: str | None = None) -> str:
        """Say something, and return what is answered."""
        await self.does(Heard.TEXT, text, update_ref=update_ref)
        return self.sees()

    async def presses(self, label: str) -> str:
        """Choose what is labelled so on the screen: by its button, or by its number."""
        shown = self.screen()
        position, choice = next(
            (position, choice)
            for position, choice in enumerate(shown[-1].choices, start=1)
            if label in choice.label
        )
        if self.channel in BUTTONS:
            await self.does(Heard.PRESS, choice.value, message_ref=self.last_ref())
        else:
            await self.does(Heard.TEXT, str(position))
        return self.sees()

    async def returns(self, value: str) -> str:
        """Press a button of long ago, whose value this is."""
        await self.does(Heard.PRESS, value)
        return self.sees()

    async def does(
        self,
        kind: Heard,
        text: str = "",
        *,
        update_ref: str | None = None,
        message_ref: str | None = None,
    ) -> None:
        self._read = len(self.messages())
        await self.town.engine.hear(
            self.incoming(kind, text, update_ref=update_ref, message_ref=message_ref)
        )
        await self.town.carry()

    async def hears(self, incoming: Incoming, **brought: Any) -> None:
        """Do something with what came along: the answers of a form, or files."""
        self._read = len(self.messages())
        await self.town.engine.hear(replace(incoming, **brought))
        await self.town.carry()

    def incoming(
        self,
        kind: Heard,
        text: str = "",
        *,
        update_ref: str | None = None,
        message_ref: str | None = None,
    ) -> Incoming:
        return Incoming(
            channel=self.channel,
            address=self.address,
            update_ref=update_ref or self.town.update_ref(),
            kind=kind,
            at=self.town.clock.now(),
            text=text,
            language=self.device_language,
            message_ref=message_ref,
            is_private=self.is_private,
            speaker=self.speaker,
        )

    def messages(self) -> list[Message]:
        """Return everything this address was ever told."""
        return self.town.networks[self.channel].told(self.address)

    def screen(self) -> list[Message]:
        """Return what came since the last thing said."""
        return self.messages()[self._read :]

    def sees(self) -> str:
        """Return the words on the screen."""
        return (
            "\n".join(f"{message.title}\n{message.text}".strip() for message in self.screen())
            .replace("\u2068", "")
            .replace("\u2069", "")
        )

    def offered(self) -> list[str]:
        """Return the labels of the last message's choices."""
        return [plain(choice) for choice in self.screen()[-1].choices]

    def files(self) -> list[str]:
        return [file.name for message in self.screen() for file in message.attachments]

    def last_ref(self) -> str:
        """Return the reference of the last message here, as a press of its buttons brings it."""
        parcels = self.town.networks[self.channel].parcels
        number, parcel = next(
            (number, parcel)
            for number, parcel in reversed(list(enumerate(parcels, start=1)))
            if parcel.address == self.address
        )
        return parcel.message.amends or parcel.message.replaces or f"memory:{number}"


def plain(choice: Choice) -> str:
    return choice.label.replace("\u2068", "").replace("\u2069", "")


BODIES = (
    ("council", BodyKind.COUNCIL, "Conseil communal", "مجلس الجماعة", "Municipal council"),
    (
        "arr:ain-chock",
        BodyKind.ARRONDISSEMENT_COUNCIL,
        "Arrondissement Aïn Chock",
        "مقاطعة عين الشق",
        "Ain Chock arrondissement",
    ),
    (
        "arr:anfa",
        BodyKind.ARRONDISSEMENT_COUNCIL,
        "Arrondissement Anfa",
        "مقاطعة أنفا",
        "Anfa arrondissement",
    ),
    (
        "com:budget",
        BodyKind.COMMISSION_PERMANENT,
        "Commission du budget",
        "لجنة الميزانية",
        "Budget committee",
    ),
    (
        "com:urbanisme",
        BodyKind.COMMISSION_PERMANENT,
        "Commission de l’urbanisme",
        "لجنة التعمير",
        "Planning committee",
    ),
)
