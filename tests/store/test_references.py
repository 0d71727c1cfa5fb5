"""What has a reference is found by its words on both databases, and minutes take their numbers."""

from dataclasses import replace

from domain.access import Scope
from domain.approvals import ApprovalState
from domain.clock import HandClock
from domain.notices import Audience, AudienceKind
from domain.publications import Publication, PublicationKind, Text, content_of
from domain.searching import Sought, wanted
from domain.sessions import SessionKind
from store.connecting import Store
from store.unit import Unit
from tests.communes import founded

TEXTS = {"fr": Text("Piscine", "Fermée mardi."), "ar": Text("المسبح", "مغلق.")}


async def written(unit: Unit, clock: HandClock, state: ApprovalState) -> int:
    author = await unit.people.add(1, name="Salma", language="fr")
    publication = Publication(
        id=0,
        kind=PublicationKind.POST,
        state=state,
        flow="ma.commune",
        body_key="council",
        author_id=author,
        content=content_of(TEXTS),
        round=1,
        created_at=clock.now(),
        audience=Audience(AudienceKind.EVERYONE),
        terms={"petition": "7"},
    )
    number = await unit.publications.add(1, 1, publication, "")
    await unit.publications.write(number, TEXTS, by=author)
    return number


async def test_a_text_is_found_once_it_is_out_by_its_words_in_any_language(
    store: Store, clock: HandClock
) -> None:
    await founded(store)
    async with store.unit() as unit:
        number = await written(unit, clock, ApprovalState.APPROVED)
        await unit.references.enter(Sought.TEXT, number)
        assert await unit.references.about(wanted("piscine"), Scope()) == []
        assert await unit.bulletins.latest(most=9) == []
        kept = await unit.publications.by_id(number)
        assert kept
        assert kept.terms == {"petition": "7"}
        await unit.publications.change(replace(kept, state=ApprovalState.PUBLISHED))
        await unit.references.read_anew()
        for words in ("piscine", "المسبح"):
            (found,) = await unit.references.about(wanted(words), Scope(), language="ar")
            assert (found.ref, found.title) == ("APP-1", "المسبح")
        (out,) = await unit.bulletins.latest(PublicationKind.POST, most=9)
        assert (out.ref, out.text("ary"), out.at) == ("APP-1", ("ar", TEXTS["ar"]), clock.now())
        assert await unit.bulletins.one(number) == out
        assert await unit.bulletins.latest(PublicationKind.NOTICE, most=9) == []
        ((listed, texts),) = await unit.publications.titled(
            {ApprovalState.PUBLISHED}, body_keys=["council"]
        )
        assert (listed.id, texts) == (number, TEXTS)


async def test_minutes_are_numbered_by_year_one_for_a_session(
    store: Store, clock: HandClock
) -> None:
    await founded(store)
    async with store.unit() as unit:
        for number, year in ((1, 2025), (1, 2026), (2, 2026)):
            session_id = await unit.sessions.add(1, SessionKind.ORDINARY)
            text = await written(unit, clock, ApprovalState.DRAFT)
            minutes = await unit.minutes.enter(1, session_id, text, year=year)
            assert minutes.ref == f"PV-{year}-{number}"
            assert await unit.minutes.called(year, number) == minutes
            assert await unit.minutes.of_session(session_id) == minutes
