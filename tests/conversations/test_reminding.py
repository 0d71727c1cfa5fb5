from datetime import UTC, datetime, timedelta

import pytest

from domain.reminders import Reminder
from domain.sessions import SessionState
from tests.town import OPENS, Talker, Town


async def _own(town: Town, talker: Talker) -> list[Reminder]:
    async with town.store.reading() as unit:
        return await unit.reminders.of_person(talker.person_id)


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("rappelle-moi deux jours avant à 9h30", "P2D@09:30"),
        ("remind me 2 days before at 9:30", "P2D@09:30"),
        ("ذكرني قبل يومين", "P2D"),
        ("rappelle-moi deux heures avant", "PT2H"),
        ("/remind 2 heures avant", "PT2H"),
    ],
)
async def test_a_reminder_is_set_as_it_was_said(
    town: Town, councillor: Talker, words: str, rule: str
) -> None:
    await town.session()
    assert "⏰" in await councillor.says(words)
    assert [str(reminder.rule) for reminder in await _own(town, councillor)] == [rule]


async def test_a_reminder_can_be_undone_at_once_and_leaves_the_others(
    town: Town, councillor: Talker
) -> None:
    await town.session()
    await councillor.says("rappelle-moi deux heures avant")
    await councillor.says("rappelle-moi deux jours avant à 9h30")
    assert "défait" in await councillor.presses("Annuler ce rappel")
    assert [str(reminder.rule) for reminder in await _own(town, councillor)] == ["PT2H"]


async def test_without_a_time_it_is_asked_when(town: Town, councillor: Talker) -> None:
    await town.session()
    assert "Quand" in await councillor.says("/remind")
    assert "mercredi 4 février 2026 à 18:00" in await councillor.presses("1 jour avant, à 18:00")


async def test_when_can_be_answered_in_words(town: Town, councillor: Talker) -> None:
    await town.session()
    await councillor.says("/remind")
    assert "3 février 2026" in await councillor.says("deux jours avant à 9h30")


async def test_a_reminder_for_the_body_that_was_named(town: Town, councillor: Talker) -> None:
    await town.session()
    budget = await town.session("com:budget", starts=OPENS.replace(day=12))
    await councillor.says("rappelle-moi la commission du budget deux heures avant")
    assert [reminder.session_id for reminder in await _own(town, councillor)] == [budget]


async def test_reminders_are_listed_and_cancelled_by_name(town: Town, councillor: Talker) -> None:
    council = await town.session()
    budget = await town.session("com:budget", starts=OPENS.replace(day=12))
    for session_id in (council, budget):
        await councillor.returns(f"remind:{session_id}:PT2H")
    said = await councillor.says("mes rappels")
    assert "Conseil communal" in said
    assert "Commission du budget" in said
    assert "1 rappel annulé" in await councillor.says("annule mon rappel de la commission")
    assert [reminder.session_id for reminder in await _own(town, councillor)] == [council]


async def test_which_reminder_to_cancel_is_asked(town: Town, councillor: Talker) -> None:
    for day in (5, 12):
        session_id = await town.session(starts=OPENS.replace(day=day))
        await councillor.returns(f"remind:{session_id}:PT2H")
    assert "Quel rappel" in await councillor.says("annule mon rappel")
    assert "2 rappels annulés" in await councillor.presses("Tous")
    assert await _own(town, councillor) == []


async def test_no_reminders_is_said(councillor: Talker) -> None:
    assert "aucun rappel" in await councillor.says("mes rappels")


async def test_a_moment_that_has_passed_is_refused_and_changes_nothing(
    town: Town, councillor: Talker
) -> None:
    session_id = await town.session()
    assert "déjà passé" in await councillor.returns(f"remind:{session_id}:P30D")
    assert await _own(town, councillor) == []


async def test_a_reminder_fires_at_its_minute_and_not_before(
    town: Town, councillor: Talker
) -> None:
    session_id = await town.session()
    await councillor.says("rappelle-moi deux jours avant à 9h30")
    before = len(councillor.messages())
    due = datetime(2026, 2, 3, 8, 30, tzinfo=UTC)  # 9:30 in Casablanca, an hour ahead that winter
    town.clock.move_to(due - timedelta(minutes=1))
    await town.carry()
    assert len(councillor.messages()) == before
    town.clock.move_to(due)
    await town.carry()
    assert "Rappel" in councillor.messages()[-1].title
    assert session_id


async def test_a_rule_that_was_forged_is_refused_kindly(town: Town, councillor: Talker) -> None:
    session_id = await town.session()
    assert "pas pu être lu" in await councillor.returns(f"remind:{session_id}:tomorrow")


async def test_a_draft_cannot_be_reminded_of(town: Town, clerk: Talker) -> None:
    session_id = await town.session(state=SessionState.DRAFT)
    assert "rien à rappeler" in await clerk.returns(f"remind:{session_id}:PT2H")


async def test_a_reminder_that_was_cancelled_is_set_again_once_and_later(
    town: Town, councillor: Talker
) -> None:
    await town.session()
    await councillor.says("rappelle-moi deux heures avant")
    await councillor.says("annule mes rappels")
    again = councillor.screen()[-1].choices[0]
    assert again.label.startswith("Remettre")
    town.clock.move_by(timedelta(days=1))
    await councillor.presses("Remettre")
    await councillor.returns(again.value)
    assert (await councillor.says("mes rappels")).count("⏰") == 1
