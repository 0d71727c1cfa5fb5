"""The demonstration's story: the main job, from the convocation to the proof."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from actions.meetings import meeting, tenant, today
from actions.sessions.changing import move
from actions.sessions.convening import convene, sending_deadline
from actions.sessions.planning import plan
from actions.sessions.proving import Proof, proof
from bot.demonstration.petitions import fill_petitions
from bot.demonstration.stage import Stage
from bot.demonstration.telling import Teller
from bot.demonstration.texts import fill_texts
from bot.demonstration.town import Town, fill_agenda, found_town
from domain.actors import OPERATOR
from domain.addresses import Channel
from domain.audit import first_broken
from domain.people import Person
from domain.phrasebook import phrasebook
from domain.sessions import SessionKind
from store.bodies import Tenant

PLACE = "Salle des délibérations, place Mohammed V"
NOTICE_DAYS = timedelta(days=12)
MOVED_BY = timedelta(days=18)
OPENS = time(10, 0)
# Days after the council meets, the body, and whether its members are called.
OTHERS = ((1, "com:budget", True), (4, "arr:ain-chock", True), (60, "council", False))
QUESTIONS = {
    "fr": "Quel est l’ordre du jour de la prochaine session ?",
    "ar": "ما هو جدول أعمال الدورة المقبلة؟",
    "en": "What is on the agenda of the next session?",
}
EXCUSE = "Je ne pourrai pas venir, je suis en déplacement à Rabat"
CITIZEN = "900000001"
CITIZEN_ASKS = "C’est quand la prochaine session du conseil ?"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody of the town who speaks in a Telegram chat."""

    person: Person
    chat: str


@dataclass(frozen=True, slots=True)
class Ended:
    """What is left when the story is over."""

    session_id: int
    speaker: Speaker
    clerk_id: int
    proof: Proof


async def play(stage: Stage, teller: Teller, *, seed: int) -> Ended:
    """Play the story from an empty store to the proof."""
    town = await _found(stage, teller, seed)
    opens = datetime.combine(_day(stage, town.tenant) + NOTICE_DAYS, OPENS)
    session_id = await _planned(stage, teller, opens)
    await _convened(stage, teller, session_id, opens.date())
    speakers = await _speakers(stage, town)
    await _asked(stage, teller, speakers)
    await _excused(stage, teller, speakers[0])
    await _citizen_asks(stage, teller)
    await _reminded(stage, teller, town.tenant, opens)
    await _moved(stage, teller, session_id, opens)
    await _others(stage, opens + MOVED_BY)
    async with stage.store.unit() as unit:
        await fill_petitions(unit, town, seed=seed)
        await fill_texts(unit, town)
    await stage.sent()
    proof = await _proved(stage, teller, session_id)
    return Ended(session_id, speakers[0], town.clerk_id, proof)


async def _found(stage: Stage, teller: Teller, seed: int) -> Town:
    async with stage.store.unit() as unit:
        town = await found_town(unit, seed=seed)
    teller.heading("founded", name=town.tenant.names[teller.language])
    teller.tell("council", members=town.councillors, districts=town.elected, people=town.people)
    return town


async def _planned(stage: Stage, teller: Teller, opens: datetime) -> int:
    async with stage.store.unit() as unit:
        session_id = await plan(
            unit,
            "council",
            kind=SessionKind.EXTRAORDINARY_PRESIDENT,
            starts=opens,
            place=PLACE,
            actor=OPERATOR,
        )
        await fill_agenda(unit, session_id)
        called = await meeting(unit, session_id)
    teller.heading("planned")
    name = called.name(teller.language)
    teller.tell("planned_text", session=name, starts=opens, place=PLACE)
    return session_id


async def _convened(stage: Stage, teller: Teller, session_id: int, opens: date) -> None:
    async with stage.store.unit() as unit:
        commune = await tenant(unit)
        convened = await convene(unit, session_id, actor=OPERATOR, language=teller.language)
    teller.heading("convened")
    teller.tell("convened_text", now=_day(stage, commune))
    for warning in convened.warnings:
        teller.tell("warned", warning=warning.sentence)
    deadline = sending_deadline(commune, convened.session, opens, language=teller.language)
    if deadline and not convened.warnings:
        teller.tell("unwarned", sentence=deadline.sentence)
    teller.tell("before_sending")
    await _tell_verdict(stage, teller, session_id)
    await stage.sent()
    teller.tell("after_sending")
    await _tell_routes(stage, teller, convened.notice_id)


async def _tell_routes(stage: Stage, teller: Teller, notice_id: int) -> None:
    """Count what was sent, by channel, reason and state."""
    say = phrasebook().say
    async with stage.store.reading() as unit:
        lines = await unit.evidence.of_notice(notice_id)
    ways = Counter((line.channel, line.reason, line.state) for line in lines)
    for (channel, reason, state), count in sorted(ways.items()):
        teller.tell(
            "routed",
            count=count,
            channel=say(f"delivery.channel_{channel}", teller.language),
            reason=say(f"reason.{reason}", teller.language),
            state=say(f"delivery.state_{state}", teller.language),
        )


async def _speakers(stage: Stage, town: Town) -> list[Speaker]:
    """Find a councillor in each language who is on Telegram."""
    found: dict[str, Speaker] = {}
    async with stage.store.reading() as unit:
        day = today(stage.clock, town.tenant)
        for member in await unit.evidence.members("council", on=day):
            person = await unit.people.by_id(member.person_id, on=day)
            chats = [
                address.value
                for address in await unit.people.addresses(member.person_id)
                if address.channel is Channel.TELEGRAM and address.is_verified
            ]
            if person and chats:
                found.setdefault(person.language, Speaker(person, chats[0]))
            if len(found) == len(QUESTIONS):
                break
    return [found[language] for language in QUESTIONS]


async def _asked(stage: Stage, teller: Teller, speakers: Sequence[Speaker]) -> None:
    teller.heading("asked")
    for speaker in speakers:
        question = QUESTIONS[speaker.person.language]
        teller.spoken(speaker.person.name, question)
        for message in await stage.says(speaker.chat, question):
            teller.show("Beffroi", message)


async def _excused(stage: Stage, teller: Teller, speaker: Speaker) -> None:
    teller.heading("excused")
    teller.spoken(speaker.person.name, EXCUSE)
    for message in await stage.says(speaker.chat, EXCUSE):
        teller.show("Beffroi", message)
        if message.choices:
            teller.spoken(speaker.person.name, f"[{message.choices[0].label}]")
            for decided in await stage.presses(speaker.chat, message.choices[0].value):
                teller.show("Beffroi", decided)


async def _citizen_asks(stage: Stage, teller: Teller) -> None:
    teller.heading("citizen")
    teller.spoken(teller.say("somebody"), CITIZEN_ASKS)
    for message in await stage.says(CITIZEN, CITIZEN_ASKS):
        teller.show("Beffroi", message)


async def _reminded(stage: Stage, teller: Teller, commune: Tenant, opens: datetime) -> None:
    """Let the clock come to the minute before the first reminder, and to its own."""
    at = datetime.combine(opens.date() - timedelta(days=2), time(9, 0))
    before = at - timedelta(minutes=1)
    # What comes in between is told elsewhere: who had not opened the convocation hears it by chat.
    await stage.until(at - timedelta(hours=1), commune.zone)
    early = await stage.until(before, commune.zone)
    late = await stage.until(at, commune.zone)
    teller.heading("reminded")
    teller.tell("reminded_text", before=before.time(), early=early, at=at, late=late)


async def _moved(stage: Stage, teller: Teller, session_id: int, opens: datetime) -> None:
    async with stage.store.unit() as unit:
        moved = await move(
            unit,
            session_id,
            starts=opens + MOVED_BY,
            actor=OPERATOR,
            language=teller.language,
        )
    teller.heading("moved")
    sequence = moved.session.sequence
    teller.tell("moved_text", before=opens, after=opens + MOVED_BY, sequence=sequence)
    await stage.sent()
    async with stage.store.reading() as unit:
        *_, notice = await unit.notices.of_session(session_id)
    await _tell_routes(stage, teller, notice.id)


async def _others(stage: Stage, after: datetime) -> None:
    """Leave more to ask about: a commission and a district that meet, and a draft nobody sees."""
    async with stage.store.unit() as unit:
        for days, body_key, is_convened in OTHERS:
            session_id = await plan(
                unit,
                body_key,
                kind=SessionKind.ORDINARY,
                starts=after + timedelta(days=days),
                place=PLACE,
                actor=OPERATOR,
            )
            if is_convened:
                await fill_agenda(unit, session_id)
                await convene(unit, session_id, actor=OPERATOR)
    await stage.sent()


async def _proved(stage: Stage, teller: Teller, session_id: int) -> Proof:
    teller.heading("proved")
    proved = await _tell_verdict(stage, teller, session_id)
    async with stage.store.reading() as unit:
        entries = await unit.audit.entries()
    if first_broken(entries) is None:
        teller.tell("audited", entries=len(entries))
    return proved


async def _tell_verdict(stage: Stage, teller: Teller, session_id: int) -> Proof:
    async with stage.store.reading() as unit:
        proved = await proof(unit, session_id, actor=OPERATOR, language=teller.language)
    say = phrasebook().say
    if proved.is_valid:
        teller.line(say("proof.valid", teller.language))
        return proved
    teller.line(say("proof.invalid", teller.language, count=len(proved.missing)))
    if proved.deadline:
        key = "proof.mendable" if proved.is_mendable else "proof.too_late"
        date_, sentence = proved.deadline.date, proved.deadline.sentence
        teller.line(say(key, teller.language, date=date_, sentence=sentence))
    return proved


def _day(stage: Stage, commune: Tenant) -> date:
    return today(stage.clock, commune)
