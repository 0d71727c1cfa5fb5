"""Who follows what an item is about in their own words, on both databases."""

from datetime import date, datetime
from functools import partial

import pytest
from sqlalchemy import select

from actions.agenda.listing import add
from actions.people import consenting
from actions.sessions.planning import plan
from domain.actors import OPERATOR
from domain.agenda import AgendaItem
from domain.notices import Audience, AudienceKind
from domain.register import Newcomer
from domain.sessions import SessionKind
from domain.topics import WORDS_BYTES, followers_of_item, followers_of_words, of_body, of_words
from domain.wishes import Preferences
from store.connecting import Store
from store.tables.people import people
from store.unit import Unit
from tests.communes import founded

OPENS, DAY = datetime(2026, 2, 26, 10), date(2026, 2, 1)
FOLLOWED = {
    "Amine": of_words("Écoles"),
    "Badr": of_words("المدارس"),
    "Chama": of_words("piscine"),
    "Driss": of_body("council"),
}


async def listed(unit: Unit) -> AgendaItem:
    """Have an item about schools, and people who follow this and that."""
    await unit.register.add(1, [Newcomer(name, "fr") for name in FOLLOWED])
    for name, topic in FOLLOWED.items():
        [person_id] = await unit.people.named(name)
        await consenting.change(unit, person_id, partial(Preferences.following, topic=topic))
    kind = SessionKind.ORDINARY
    session_id = await plan(unit, "council", kind=kind, starts=OPENS, actor=OPERATOR)
    title = "Réhabilitation des écoles de Sidi Moumen"
    return await add(unit, session_id, title, language="fr", actor=OPERATOR)


async def reached(unit: Unit, audience: Audience) -> set[str]:
    found = await unit.audiences.page(audience, on=DAY, after=0, most=10)
    ids = [one.person_id for one in found]
    names = await unit.connection.execute(select(people.c.name).where(people.c.id.in_(ids)))
    return set(names.scalars())


async def test_an_item_is_about_what_its_followers_call_it_in_any_language(store: Store) -> None:
    await founded(store)
    async with store.unit() as unit:
        item = await listed(unit)
        assert await unit.subjects.read({item.id: item.title}) == {item.id}
        assert await unit.subjects.of(item.id) == (FOLLOWED["Amine"], FOLLOWED["Badr"])
        about = followers_of_words(item.id, "council")
        assert about.kind is AudienceKind.ABOUT
        assert await reached(unit, about) == {"Amine", "Badr"}
        whole = followers_of_item(item.id, "council")
        assert await reached(unit, whole) == {"Amine", "Badr", "Driss"}


async def test_an_item_that_was_worded_otherwise_is_about_something_else(store: Store) -> None:
    await founded(store)
    async with store.unit() as unit:
        item = await listed(unit)
        await unit.subjects.read({item.id: item.title})
        assert await unit.subjects.read({item.id: "Piscine municipale"}) == {item.id}
        assert await unit.subjects.of(item.id) == (FOLLOWED["Chama"],)
        assert await unit.subjects.read({item.id: "Budget"}) == set()


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("  Marché   de GROS ", "words:marché de gros"),
        ("النقل الحضري بالدار البيضاء والجهة كلها", "words:النقل الحضري بالدار"),
    ],
)
def test_as_many_of_the_words_are_kept_as_a_button_has_room_for(said: str, kept: str) -> None:
    assert of_words(said) == kept
    assert len(kept.removeprefix("words:").encode()) <= WORDS_BYTES
