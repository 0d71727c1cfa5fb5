"""A release agreed to half in Slack and half on Telegram, changed in between, out at its hour."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from domain.addresses import Channel
from domain.bodies import Role
from domain.clock import wall_time, zone
from tests.emulators.telegram import telegram_emulator
from tests.providers.slack_town import SlackTown, buttons, slack_town, words
from tests.providers.telegram_town import TelegramTown, listening, settings_of

SALMA, KARIM, NABILA, HICHAM = 101, 102, 103, 104  # their chats on Telegram
TEXT = "Eau : coupure\nL’eau sera coupée jeudi à Anfa. Merci de votre patience."
BETTER = TEXT.replace("jeudi", "mercredi")


@dataclass(frozen=True)
class Both:
    """One commune, spoken to in two networks."""

    slack: SlackTown
    chats: TelegramTown

    async def presses(self, chat: int, label: str, message_id: int | None = None) -> str:
        pressing = self.chats.telegram.press(chat, label, message_id=message_id, language_code="fr")
        told = await self.chats.after(pressing)
        return "\n".join(one.text for one in told if one.chat_id == chat)

    async def card(self, name: str) -> dict[str, Any]:
        return (await self.slack.told(name))[-1]

    def seen(self, chat: int) -> str:
        return "\n".join(one.text for one in self.chats.telegram.sent(chat))


@pytest.fixture
async def both(sqlite_url: str) -> AsyncIterator[Both]:
    async with (
        telegram_emulator() as telegram,
        slack_town(sqlite_url, telegram=settings_of(telegram)) as slack,
        listening(TelegramTown(slack.town, slack.program, telegram, slack.clock)) as chats,
    ):
        await slack.install()
        for name, chat, role in (
            ("Salma", SALMA, Role.COMMUNICATION_WRITER),
            ("Karim", KARIM, Role.DIRECTOR_GENERAL),
            ("Nabila", NABILA, Role.PRESIDENT),
            ("Hicham", HICHAM, Role.MEMBER),
        ):
            await chats.knows(name, "council", role, chat=chat)
        driss = await slack.councillor(
            "Driss", "clerk@casablanca.test", "ar", role=Role.DIVISION_HEAD
        )
        await slack.hears("clerk", "مرحبا")
        async with slack.program.store.unit() as unit:
            await unit.people.wish(driss, Channel.SLACK, is_wanted=True)
        yield Both(slack, chats)


async def writes(both: Both) -> None:
    """Submit a release that may not go out before the day after tomorrow, at six."""
    place = zone("Africa/Casablanca")
    day = wall_time(both.slack.clock.now() + timedelta(days=2), place).date()
    for said in (
        "soumettre un communiqué en validation",
        TEXT,
        "passer",
        "passer",
        "1",
        f"{day:%d/%m/%Y} à 18h",
    ):
        await both.chats.says(SALMA, said)
    await both.presses(SALMA, "Envoyer")


async def rewrites(both: Both) -> None:
    await both.presses(SALMA, "Modifier le texte")
    await both.presses(SALMA, "Corriger")
    await both.presses(SALMA, "Français")
    await both.chats.says(SALMA, BETTER)
    await both.presses(SALMA, "Envoyer")


async def test_a_release_is_agreed_to_in_two_networks_changed_between_and_out_at_its_hour(
    both: Both,
) -> None:
    await writes(both)
    first = await both.card("clerk")
    await both.slack.presses("clerk", first, buttons([first])["أصادق"])
    assert "APP-1 à approuver" in both.seen(KARIM)
    card = both.chats.telegram.sent(KARIM)[-1]

    await rewrites(both)
    assert "Salma a modifié le texte" in next(
        one.text for one in both.chats.telegram.sent(KARIM) if one.message_id == card.message_id
    )
    second = await both.card("clerk")
    assert "➖ L’eau sera coupée jeudi à Anfa." in words([second])
    await both.slack.presses("clerk", first, buttons([first])["أصادق"])
    assert "تغيّر النص" in words([await both.card("clerk")])

    await both.slack.presses("clerk", second, buttons([second])["أصادق"])
    assert "✅ Karim a approuvé" in await both.presses(KARIM, "J’approuve")
    assert "Votre accord est le dernier" in await both.presses(NABILA, "J’approuve")
    assert "programmé" in await both.presses(NABILA, "Oui")
    assert both.seen(HICHAM) == ""

    both.slack.clock.move_by(timedelta(days=3))
    await both.slack.program.drain()
    await both.slack.program.drain()
    assert both.seen(HICHAM).count("L’eau sera coupée mercredi à Anfa.") == 1
