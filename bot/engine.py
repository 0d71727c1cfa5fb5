"""The engine: one event is one turn, and one turn is one transaction."""

import asyncio
import traceback
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from types import MappingProxyType

import structlog

from bot.fetching import Fetchers
from bot.patience import Hearing, Patience
from domain.addresses import Channel
from domain.approvals import Flows
from domain.clock import Clock, wall_time, zone
from domain.conversation import Conversation
from domain.errors import Refused, Unavailable, Unreadable
from domain.letters import owner_of
from domain.messages import Event, Heard, Incoming, Message, Receipt
from domain.paging import Pager, whole
from domain.people import Person
from domain.phrasebook import ELSEWHERE, FALLBACK, LANGUAGES, Phrasebook, phrasebook
from domain.rights import PROVE_FIRST
from domain.tracing import UNTRACED, Tracing
from domain.trust import Trust
from handlers import answering, proving
from handlers.turn import Commune, Links, Outcome, Turn, nowhere
from handlers.understanding import KnownBody
from handlers.understanding.wording import cleaned
from store.connecting import Store
from store.people import Speaker
from store.unit import Unit

COMMUNE_KEPT = timedelta(seconds=30)  # how late a turn may learn of a new body or name
LEFT = "left"  # the code of an address whose owner shut the door
# Why somebody is refused in front of others: alone, they are answered.
FOR_THEM_ALONE = frozenset({"link.needed", "link.in_private"})

# What is answered, and may be too much; what frees or binds by law never is.
WORDS = frozenset({Heard.TEXT, Heard.PRESS, Heard.FORM, Heard.EDITED, Heard.OTHER})

Answer = Callable[[Turn], Awaitable[Outcome]]

log = structlog.get_logger()


class Engine:
    """Hears what people do, and what became of messages; puts the answers in the outbox."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        *,
        answer: Answer = answering.answer,
        phrases: Phrasebook | None = None,
        heard: Callable[[Channel], None] | None = None,
        turns_a_minute: int = 60,
        trust: Trust = Trust(),
        flows: Flows = Flows(),
        fetchers: Fetchers | None = None,
        tracing: Tracing = UNTRACED,
        link_to: Links = nowhere,
        pagers: Mapping[Channel, Pager] = MappingProxyType({}),
    ) -> None:
        self._store = store
        self._clock = clock
        self._answer = answer
        self._phrases = phrases or phrasebook()
        self._tell_heard = heard
        self._trust = trust
        self._flows = flows
        self._fetchers = fetchers or Fetchers(store, {})
        self._patience = Patience(clock, a_minute=turns_a_minute)
        self._tracing = tracing
        self._link_to = link_to
        self._pagers = pagers
        self._lines = Lines()
        self._commune: Commune | None = None
        self._commune_read_at: datetime | None = None

    async def hear(self, event: Event) -> None:
        """Take one event, whole or not at all; the same update twice is heard once.

        Raises Unavailable when the store is away: nothing was kept, and whoever brought the event
        brings it again.
        """
        if isinstance(event, Receipt):
            with self._tracing.span("receipt", channel=event.channel, state=event.state):
                await self._note(event)
        else:
            with self._tracing.span("turn", channel=event.channel, kind=event.kind):
                await self._take(replace(event, text=cleaned(event.text)))
        if self._tell_heard:
            self._tell_heard(event.channel)

    async def _take(self, incoming: Incoming) -> None:
        """Hear one person after another; who says too much at once is told so, then ignored."""
        hearing = Hearing.HEARD
        if incoming.kind in WORDS:
            speaker = incoming.speaker or incoming.address
            hearing = self._patience.hearing((incoming.channel, speaker))
        async with self._lines.one_at_a_time((incoming.channel, incoming.address)):
            if hearing is Hearing.HEARD:
                await self._turn(incoming)
            elif hearing is Hearing.WARNED:
                await self._answered(incoming, _too_fast)

    async def _note(self, receipt: Receipt) -> None:
        async with self._store.unit() as unit:
            address = await unit.deliveries.advance(receipt)
            if address is not None and receipt.is_address_dead:
                code = receipt.code or "dead"
                now = self._clock.now()
                await unit.people.quarantine(receipt.channel, [address], code=code, at=now)

    async def _turn(self, incoming: Incoming) -> None:
        if incoming.kind in {Heard.LEFT, Heard.MOVED}:
            await self._follow(incoming)
            return
        try:
            await self._answered(incoming, await self._with_file(incoming))
        except Refused as refused:
            aside = incoming.taken_aside() if refused.key in FOR_THEM_ALONE else None
            if aside:
                await self._turn(aside)
            else:
                await self._answered(incoming, _refusal(refused))
        except Unreadable:
            await self._answered(incoming, _apology("common.unreadable"))
        except Unavailable:
            raise
        except Exception as error:  # noqa: BLE001 - a mistake of ours is not the person's trouble
            log.error("turn_broken", channel=incoming.channel, **_place(error))  # noqa: TRY400 - its words are private
            await self._answered(incoming, _apology("help.broken"))

    async def _with_file(self, incoming: Incoming) -> Answer:
        """Return how the turn is answered once what it brought has been fetched."""
        file = await self._fetchers.file(incoming)
        if file is None:
            return self._answer
        return lambda turn: self._answer(replace(turn, file=file))

    async def _answered(self, incoming: Incoming, answer: Answer) -> None:
        async with self._store.unit() as unit:
            if not await unit.updates.hear(incoming):
                return
            turn = await self._opened(unit, incoming)
            if turn is None:
                await self._put_off(unit, incoming)
                return
            outcome = await answering.placed(turn, await answer(turn))
            channel, place = incoming.channel, incoming.place
            person_id = turn.person.id if turn.person else None
            if outcome.left is not None:
                await unit.outbox.put(channel, place, outcome.left, person_id=person_id)
                place = incoming.address
            await unit.outbox.put(channel, place, outcome.messages, person_id=person_id)
            if outcome.conversation != turn.conversation:
                await unit.conversations.keep(channel, place, outcome.conversation)

    async def _opened(self, unit: Unit, incoming: Incoming) -> Turn | None:
        """Gather what the turn needs; None while no commune has been set up."""
        commune = await self._known_commune(unit)
        if commune is None:
            return None
        channel, address = incoming.channel, incoming.address
        now = self._clock.now()
        today = wall_time(now, commune.zone).date()
        conversation = await unit.conversations.at(channel, incoming.place)
        speaker = await _speaker(unit, incoming, today)
        proof = self._trust.proof(channel, speaker.verified_at, now)
        person = speaker.person if proof else None
        if speaker.was_dead:
            await unit.people.release(address, channel=channel)
        return Turn(
            incoming=incoming,
            person=person,
            language=_language(conversation, person, incoming),
            conversation=conversation,
            unit=unit,
            now=now,
            commune=commune,
            phrases=self._phrases,
            proof=proof,
            flows=self._flows,
            link_to=self._link_to,
            page=self._pagers.get(channel, whole),
        )

    async def _known_commune(self, unit: Unit) -> Commune | None:
        now = self._clock.now()
        is_fresh = self._commune_read_at and now - self._commune_read_at < COMMUNE_KEPT
        if self._commune is None or not is_fresh:
            self._commune, self._commune_read_at = await _commune(unit), now
        return self._commune

    async def _put_off(self, unit: Unit, incoming: Incoming) -> None:
        language = _language(Conversation(), None, incoming)
        message = Message(self._phrases.say("help.not_ready", language), language)
        await unit.outbox.put(incoming.channel, incoming.place, [message])

    async def _follow(self, incoming: Incoming) -> None:
        """Go with a group to its new address, or leave who has shut the door."""
        async with self._store.unit() as unit:
            if not await unit.updates.hear(incoming):
                return
            if incoming.kind is Heard.MOVED:
                await unit.places.move(incoming.channel, incoming.address, incoming.text)
            else:
                await self._part(unit, incoming)

    async def _part(self, unit: Unit, incoming: Incoming) -> None:
        """Stop writing to somebody who shut the door; the conversation begins anew one day."""
        channel, address = incoming.channel, incoming.address
        await unit.people.quarantine(channel, [address], code=LEFT, at=self._clock.now())
        await unit.places.unfollow(channel, address)
        rested = (await unit.conversations.at(channel, address)).rested()
        await unit.conversations.keep(channel, address, rested)


class Lines:
    """Lets one event of an address in at a time, in the order they came."""

    def __init__(self) -> None:
        self._locks: dict[tuple[Channel, str], asyncio.Lock] = {}
        self._waiting: Counter[tuple[Channel, str]] = Counter()

    @asynccontextmanager
    async def one_at_a_time(self, address: tuple[Channel, str]) -> AsyncIterator[None]:
        lock = self._locks.setdefault(address, asyncio.Lock())
        self._waiting[address] += 1
        try:
            async with lock:
                yield
        finally:
            self._waiting[address] -= 1
            if not self._waiting[address]:
                del self._waiting[address], self._locks[address]


async def _speaker(unit: Unit, incoming: Incoming, today: date) -> Speaker:
    """Return who speaks: whoever proved to hold the address, or has signed in on a page."""
    owner = owner_of(incoming.address) if incoming.proved_at else None
    if owner is None:
        return await unit.people.speaking(incoming.channel, incoming.address, on=today)
    return Speaker(await unit.people.by_id(owner, on=today), verified_at=incoming.proved_at)


async def _commune(unit: Unit) -> Commune | None:
    tenant = await unit.bodies.tenant()
    if tenant is None:
        return None
    bodies = {body.key: body for body in await unit.bodies.all()}
    known = tuple(
        KnownBody(body.key, (*body.names.values(), *body.aliases)) for body in bodies.values()
    )
    return Commune(tenant, zone(tenant.zone), bodies, known)


def _language(conversation: Conversation, person: Person | None, incoming: Incoming) -> str:
    """Return the language last spoken here, else the person's, else their device's."""
    spoken = (conversation.language, person.language if person else None, incoming.language)
    return next((one for one in spoken if one in LANGUAGES or one in FALLBACK), None) or ELSEWHERE


def _refusal(refused: Refused) -> Answer:
    """Return an answer that says why not, in the language that was spoken."""

    async def answer(turn: Turn) -> Outcome:
        turn = answering.in_their_language(turn)
        if refused.key == PROVE_FIRST and turn.incoming.proved_at:
            return proving.wanted_on_a_page(turn, refused)
        if refused.key == PROVE_FIRST:
            return await proving.wanted(turn, refused)
        return turn.tell(turn.say(refused.key, **refused.facts))

    return answer


def _apology(key: str) -> Answer:
    async def answer(turn: Turn) -> Outcome:
        return turn.tell(turn.say(key))

    return answer


async def _too_fast(turn: Turn) -> Outcome:
    return turn.beside(turn.say("said.slow_down"))


def _place(error: Exception) -> dict[str, str]:
    """Say where a mistake happened, without what was said: a message may quote a person."""
    frames = traceback.extract_tb(error.__traceback__)
    trace = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames))
    return {"error": type(error).__name__, "trace": trace}
