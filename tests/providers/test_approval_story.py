"""A release agreed to half in Slack and half on Telegram, changed in between, out at its hour."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from domain.bodies import Role
from domain.clock import wall_time, zone
from tests.providers.slack_town import buttons, words
from tests.providers.two_networks import Both, two_networks

SALMA, KARIM, NABILA, HICHAM = 101, 102, 103, 104  # their chats on Telegram
TEXT = "Eau : coupure\nL’eau sera coupée jeudi à Anfa. Merci de votre patience."
BETTER = TEXT.replace("jeudi", "mercredi")


@pytest.fixture
async def both(sqlite_url: str) -> AsyncIterator[Both]:
    chats = {
        "Salma": (SALMA, Role.COMMUNICATION_WRITER),
        "Karim": (KARIM, Role.DIRECTOR_GENERAL),
        "Nabila": (NABILA, Role.PRESIDENT),
        "Hicham": (HICHAM, Role.MEMBER),
    }
    async with two_networks(sqlite_url, chats, ("Driss", Role.DIVISION_HEAD)) as both:
        yield both


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
