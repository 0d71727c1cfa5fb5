"""Minutes from the records to every member: drawn up and given on Telegram, agreed to on Slack."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from domain.agenda import ItemState
from domain.bodies import Role
from domain.rolls import RollCall
from domain.session_facts import SessionFact
from domain.sessions import SessionState
from domain.votes import Count, Majority, Result, Vote
from tests.providers.slack_town import buttons, words
from tests.providers.two_networks import Both, two_networks
from tests.town import OPENS

HIND, NABILA, HICHAM = 101, 102, 103  # their chats on Telegram
HELD = OPENS.replace(month=1, day=12)


@pytest.fixture
async def both(sqlite_url: str) -> AsyncIterator[Both]:
    chats = {
        "Hind": (HIND, Role.CLERK),
        "Nabila": (NABILA, Role.PRESIDENT),
        "Hicham": (HICHAM, Role.MEMBER),
    }
    async with two_networks(sqlite_url, chats, ("Driss", Role.SECRETARY)) as both:
        yield both


async def held(both: Both) -> None:
    """Have the council have sat in January, and adopted the one item of its agenda."""
    town = both.slack.town
    state, titles = SessionState.CLOSED, ["Éclairage public"]
    session_id = await town.session(starts=HELD, state=state, titles=titles)
    item = await town.item(session_id, "1")
    async with both.slack.program.store.unit() as unit:
        await unit.rolls.keep(RollCall(session_id, 1, HELD.date(), 3, 3, 2, has_quorum=True))
        vote = Vote(item.id, 1, HELD.date(), Count(3, 0), 3, Majority.CAST, Result.ADOPTED)
        await unit.votes.keep(vote)
        await unit.agenda.change(replace(item, state=ItemState.ADOPTED))
        for fact in (SessionFact.OPENED, SessionFact.CLOSED):
            await unit.session_facts.note(session_id, fact, HELD.date())


async def test_minutes_are_drawn_up_agreed_to_in_two_networks_signed_and_given(
    both: Both,
) -> None:
    await held(both)
    await both.chats.says(HIND, "où en est le pv ?")
    await both.presses(HIND, "Rédiger le procès-verbal")
    assert "3 pour, 0 contre" in await both.presses(HIND, "Oui")
    await both.presses(HIND, "Soumettre")
    card = await both.card("clerk")
    assert "التصويت بتاريخ" in words([card])
    await both.slack.presses("clerk", card, buttons([card])["أصادق"])
    assert "Votre accord est le dernier" in await both.presses(NABILA, "J’approuve")
    await both.presses(NABILA, "Oui")
    await both.chats.says(HIND, "où en est le PV-2026-1 ?")
    assert "signé" in await both.presses(HIND, "Noter aujourd’hui : procès-verbal signé")
    await both.presses(HIND, "Remettre aux membres")
    assert "envoyé aux membres" in await both.presses(HIND, "Oui")
    await both.slack.program.drain()
    assert "votre exemplaire du procès-verbal signé" in both.seen(HICHAM)
