"""Following a body, an item, or a subject in one's own words, in whatever language."""

from dataclasses import replace

import pytest

from domain.agenda import ItemState
from domain.bodies import Role
from domain.sessions import SessionState
from tests.town import Town

TITLES = ["Budget primitif", "Réhabilitation des écoles de Sidi Moumen"]


async def drafted(town: Town) -> int:
    return await town.session(titles=TITLES, state=SessionState.DRAFT)


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("suis-moi tout ce qui touche aux écoles", "fr"),
        ("je veux suivre les écoles", "fr"),
        ("أريد متابعة كل ما يتعلق بالمدارس", "ar"),
        ("بغيت نتبع كلشي على المدارس", "ar"),
        ("bghit ntba3 kolchi 3la lmdaris", "ar"),
        ("b9it bghit n3ref koulchi 3la lmadaris", "ar"),
        ("préviens-moi de tout ce qui concerne les écoles", "fr"),
        ("follow everything about schools", "en"),
    ],
)
async def test_who_follows_a_subject_in_their_own_words_is_told_of_its_items_and_of_no_others(
    town: Town, said: str, language: str
) -> None:
    session_id = await drafted(town)
    citizen = await town.resident("Zineb", language)
    await citizen.says(said)
    await town.convene(session_id)
    told = [message for message in citizen.messages() if "écoles de Sidi Moumen" in message.title]
    assert len(told) == 1
    assert told[0].language == language
    assert not any("Budget" in message.title for message in citizen.messages())


async def test_what_becomes_of_such_an_item_is_told_too(town: Town) -> None:
    session_id = await town.session(titles=TITLES, state=SessionState.OPEN)
    citizen = await town.resident("Zineb")
    secretary = await town.resident("Nadia", seats=["council"], role=Role.COUNCIL_SECRETARIAT)
    heard = await citizen.says("je veux suivre les écoles")
    assert "écoles" in heard
    assert "N° 2" in "".join(citizen.offered())
    item = await town.item(session_id, "2")
    await secretary.returns(f"moveitem:{session_id}:{item.id}:{ItemState.DEBATED}:yes")
    assert "en délibération" in citizen.messages()[-1].text


async def test_somebody_nobody_knows_follows_from_their_first_word(town: Town) -> None:
    session_id = await drafted(town)
    stranger = town.stranger()
    assert "éclairage public" in await stranger.says("suivre l'éclairage public")
    assert "écoles" in await stranger.says("je veux suivre les écoles")
    await town.convene(session_id)
    assert "écoles de Sidi Moumen" in stranger.messages()[-1].title
    assert "écoles" not in await stranger.says("je ne veux plus suivre les écoles")


async def test_what_is_changed_back_is_not_told(town: Town) -> None:
    session_id = await drafted(town)
    citizen = await town.resident("Zineb")
    await citizen.says("je veux suivre les écoles")
    await citizen.presses("Annuler")
    count = len(citizen.messages())
    await town.convene(session_id)
    assert len(citizen.messages()) == count


async def test_a_search_that_finds_nothing_offers_to_tell_when_something_comes(town: Town) -> None:
    session_id = await drafted(town)
    citizen = await town.resident("Zineb")
    assert "rien trouvé" in await citizen.says("chercher piscine")
    assert "piscine" in await citizen.presses("Suivre « piscine »")
    await town.convene(session_id)
    assert "piscine" in await citizen.says("/prefs")


async def test_an_item_behind_closed_doors_is_told_to_nobody(town: Town) -> None:
    session_id = await drafted(town)
    await town.change_item(replace(await town.item(session_id, "2"), is_public=False))
    citizen = await town.resident("Zineb")
    await citizen.says("je veux suivre les écoles")
    count = len(citizen.messages())
    await town.convene(session_id)
    assert len(citizen.messages()) == count


async def test_an_item_is_followed_by_its_number_or_as_it_was_just_shown(town: Town) -> None:
    session_id = await town.session(titles=TITLES)
    citizen = await town.resident("Zineb")
    assert "« Budget primitif »" in await citizen.says("je veux suivre le point 1")
    await citizen.says("le point 2")
    assert "« Réhabilitation des écoles" in await citizen.says("je veux suivre ça")
    async with town.store.reading() as unit:
        followed = (await unit.preferences.of(citizen.person_id)).now.followed
    ids = [(await town.item(session_id, number)).id for number in ("1", "2")]
    assert set(followed) == {f"item:{one}" for one in ids}
