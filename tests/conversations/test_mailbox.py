"""The mailbox: letters are read, put off, put away, and come back."""

from datetime import timedelta

import pytest

from domain.sessions import SessionState
from tests.town import Talker, Town


@pytest.fixture
async def reader(town: Town, councillor: Talker) -> Talker:
    """Amina, with a convocation in her mailbox."""
    session_id = await town.session(state=SessionState.DRAFT, titles=["Voirie"])
    await town.convene(session_id)
    return councillor


async def test_a_letter_is_new_then_unread_then_read(reader: Talker) -> None:
    assert "1 lettre à lire." in await reader.says("/inbox")
    assert "🆕 nouveau — Convocation" in reader.sees()
    assert "📩 non lu — Convocation" in await reader.says("/inbox")
    await reader.presses("Convocation")
    said = await reader.presses("Retour")
    assert "📖 lu — Convocation" in said
    assert "0 lettre à lire." in said


async def test_a_letter_kept_as_unread_waits_again(town: Town, reader: Talker) -> None:
    await reader.says("/inbox")
    await reader.presses("Convocation")
    assert "reste non lue" in await reader.presses("non lu")
    assert "📩 non lu" in await reader.presses("Retour")
    async with town.store.reading() as unit:
        (letter,) = await unit.letters.of_person(reader.person_id, most=2)
    assert letter.state == "opened"  # what is proved stays proved


async def test_a_letter_put_away_is_in_the_archive_and_comes_back(reader: Talker) -> None:
    await reader.says("/inbox")
    await reader.presses("Convocation")
    assert "est archivée" in await reader.presses("Archiver")
    assert "vide" in await reader.presses("Retour")
    assert "📖 lu — Convocation" in await reader.presses("Archives (1)")
    await reader.presses("Convocation")
    assert "de nouveau" in await reader.presses("Remettre")
    assert "Convocation" in await reader.presses("Retour")


async def test_putting_a_letter_away_can_be_undone_at_once(reader: Talker) -> None:
    await reader.says("/inbox")
    await reader.presses("Convocation")
    await reader.presses("Archiver")
    assert "de nouveau" in await reader.presses("Annuler")
    assert "Convocation" in await reader.says("/inbox")


@pytest.mark.parametrize(
    ("when", "returns"),
    [
        ("trois heures", "mercredi 28 janvier 2026 à 13:00"),
        ("Demain", "jeudi 29 janvier 2026 à 09:00"),
        ("Lundi", "lundi 2 février 2026 à 09:00"),
    ],
)
async def test_a_letter_put_off_comes_back_unread(
    town: Town, reader: Talker, when: str, returns: str
) -> None:
    await reader.says("/inbox")
    await reader.presses("Convocation")
    await reader.presses("Plus tard")
    assert f"reviendra le {returns}" in await reader.presses(when)
    assert "vide" in await reader.says("/inbox")
    assert f"⏰ de retour le {returns}" in await reader.presses("Plus tard (1)")
    town.clock.move_by(timedelta(days=6))
    said = await reader.says("/inbox")
    assert "1 lettre à lire." in said
    assert "📩 non lu — Convocation" in said


async def test_nobody_moves_anothers_letters(town: Town, reader: Talker, clerk: Talker) -> None:
    await reader.says("/inbox")
    number = reader.screen()[-1].choices[0].value.partition(":")[2]
    for act in ("letter", "archive", "restore", "unread", "later"):
        assert "pas cette lettre" in await clerk.returns(f"{act}:{number}")
    assert "pas cette lettre" in await clerk.returns(f"snooze:{number}:week")
    async with town.store.reading() as unit:
        (letter,) = await unit.letters.of_person(reader.person_id, most=2)
    assert not letter.is_read


@pytest.mark.parametrize("forged", ["drawer:attic", "snooze:1:never", "snooze:1", "archive:-1"])
async def test_a_forged_button_is_a_stale_one(reader: Talker, forged: str) -> None:
    await reader.says("/inbox")
    assert await reader.returns(forged) == await reader.returns("nothing:1")
