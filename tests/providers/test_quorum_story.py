"""Three meetings for a session: a secretary in Slack, in French, and a councillor on Telegram."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from domain.addresses import Channel
from domain.bodies import Role
from domain.clock import instant, zone
from domain.sessions import Session, SessionState
from tests.emulators.telegram import telegram_emulator
from tests.providers.slack_town import SlackTown, buttons, slack_town, words
from tests.providers.telegram_town import TelegramTown, listening, settings_of

BADR, EMAIL = 201, "clerk@casablanca.test"
CASABLANCA = zone("Africa/Casablanca")


@dataclass(frozen=True)
class Council:
    """One commune, spoken to in two networks."""

    slack: SlackTown
    chats: TelegramTown
    secretary: int
    session_id: int

    async def presses(self, label: str) -> str:
        """Have the secretary press what is labelled so under what they were told last."""
        last = (await self.slack.told("clerk"))[-1]
        value = next(value for name, value in buttons([last]).items() if label in name)
        await self.slack.presses("clerk", last, value)
        return words((await self.slack.told("clerk"))[-1:])

    def heard(self) -> str:
        """Return what the councillor was told, from the first word to the last."""
        return "\n".join(one.text for one in self.chats.telegram.sent(BADR))

    async def stands(self) -> tuple[Session, datetime]:
        async with self.slack.program.store.reading() as unit:
            session = await unit.sessions.by_id(self.session_id)
            [sitting] = await unit.sessions.sittings(self.session_id)
        assert session
        return session, sitting.starts

    async def comes(self, day: datetime) -> None:
        """Let it be then; the secretary has signed in with their mailbox again."""
        self.slack.clock.move_to(instant(day, CASABLANCA))
        async with self.slack.program.store.unit() as unit:
            known = await unit.people.addresses(self.secretary)
            [here] = [one.value for one in known if one.channel is Channel.SLACK]
            await unit.people.verify(self.secretary, Channel.SLACK, here, at=unit.clock.now())
        await self.slack.program.drain()

    async def meets(self, *there: str) -> str:
        """Have it be the day of the meeting, and those who are there counted."""
        _, starts = await self.stands()
        await self.comes(starts)
        home = await self.slack.opens_home("clerk")
        await self.slack.presses_at_home("clerk", home, "Faire l’appel")
        for name in there:
            await self.presses(name)
        await self.presses("Ouvrir la séance")
        return await self.presses("Oui")


@pytest.fixture
async def council(sqlite_url: str) -> AsyncIterator[Council]:
    async with (
        telegram_emulator() as telegram,
        slack_town(sqlite_url, telegram=settings_of(telegram)) as slack,
        listening(TelegramTown(slack.town, slack.program, telegram, slack.clock)) as chats,
    ):
        await slack.install()
        for name, chat in (("Badr", BADR), ("Chama", None), ("Driss", None)):
            person_id = await chats.knows(name, "council", Role.MEMBER, chat=chat)
            async with slack.program.store.unit() as unit:
                await unit.people.speak(person_id, "ar")
        role = Role.COUNCIL_SECRETARIAT
        secretary = await slack.councillor("Khadija", EMAIL, "fr", role=role)
        await slack.hears("clerk", "bonjour")
        in_two_weeks = slack.clock.now().astimezone(UTC) + timedelta(days=14)
        starts = in_two_weeks.replace(hour=10, minute=0, second=0, microsecond=0, tzinfo=None)
        session_id = await slack.town.session(
            starts=starts, titles=["Budget"], state=SessionState.DRAFT
        )
        yield Council(slack, chats, secretary, session_id)


async def test_a_session_without_a_quorum_is_held_at_its_third_meeting(council: Council) -> None:
    await council.slack.hears("clerk", "convoquer la session")
    assert "convocations partent" in await council.presses("Oui")
    assert "استدعاء" in council.heard()
    told = await council.chats.after(council.chats.telegram.press(BADR, "سأحضر"))
    assert "حضور" in told[-1].text

    assert "Présents : 1 sur 3 membres en exercice ; il en faut 2" in await council.meets("Badr")
    _, first = await council.stands()
    await council.comes(first + timedelta(days=3))
    await council.presses("convocation")
    assert "réunion n° 2" in await council.presses("Oui")
    assert "استدعاء ثان" in council.heard()
    session, second = await council.stands()
    assert session.state is SessionState.RECONVENED
    assert first + timedelta(days=3) < second

    assert "il en faut 2" in await council.meets("Chama")
    await council.presses("convocation")
    assert "réunion n° 3" in await council.presses("Oui")
    assert "الاجتماع الثالث" in council.heard()

    assert "Session ouverte" in await council.meets("Badr")
    session, third = await council.stands()
    assert (session.state, third.time()) == (SessionState.OPEN, first.time())
