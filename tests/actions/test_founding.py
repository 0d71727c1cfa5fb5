from collections.abc import AsyncIterator
from typing import Any

import pytest

from actions.people.founding import ZONES, add_body, found
from actions.people.importing_bodies import BodiesImported, import_bodies
from actions.people.importing_people import import_people
from domain import law
from domain.actors import OPERATOR
from domain.bodies import Body, BodyKind
from domain.clock import HandClock
from domain.errors import Refused
from domain.importing.body_drafts import Draft
from domain.phrasebook import LANGUAGES, phrasebook
from store.bodies import Tenant
from store.connecting import Store, opened

HEADER = "key,kind,name_fr,name_ar,name_en,parent,seats,aliases\n"
ANFA = "arr:anfa,,Conseil de l’arrondissement Anfa,مجلس مقاطعة أنفا,,council,23,Anfa|أنفا\n"
BUDGET = "com:budget,commission permanente,Commission du budget,,,arr:anfa,9,\n"
NAMES = {"fr": "Agadir", "ar": "أكادير"}


@pytest.fixture
async def sqlite_store(sqlite_url: str, clock: HandClock) -> AsyncIterator[Store]:
    """Open a store where the database makes no difference."""
    store = opened(sqlite_url, clock)
    yield store
    await store.close()


async def founded(store: Store, names: dict[str, str | None] | None = None) -> Tenant:
    async with store.unit() as unit:
        return await found(unit, names or dict(NAMES), population=500_000, actor=OPERATOR)


async def refused(
    store: Store,
    *,
    name: str = "Agadir",
    pack: str = "ma",
    zone: str | None = None,
    population: int | None = None,
) -> Refused:
    with pytest.raises(Refused) as refusal:
        async with store.unit() as unit:
            await found(
                unit,
                {"fr": name},
                pack=pack,
                zone=zone,
                population=population,
                actor=OPERATOR,
            )
    for language in LANGUAGES:
        phrasebook().say(refusal.value.key, language, **refusal.value.facts)
    return refusal.value


async def imported(store: Store, text: str, *, is_dry_run: bool = False) -> BodiesImported:
    async with store.unit() as unit:
        return await import_bodies(unit, text.encode(), actor=OPERATOR, is_dry_run=is_dry_run)


async def bodies(store: Store) -> dict[str, Body]:
    async with store.reading() as unit:
        return {body.key: body for body in await unit.bodies.all()}


async def acts(store: Store) -> list[tuple[str, str, str]]:
    async with store.reading() as unit:
        return [(one.actor, one.act, one.subject) for one in await unit.audit.entries()]


async def test_a_commune_is_founded_with_its_council(store: Store) -> None:
    commune = await founded(store)
    assert (commune.zone, commune.rule_pack) == ("Africa/Casablanca", "ma")
    assert (await bodies(store))["council"].names == {
        "fr": "Conseil communal d’Agadir",
        "ar": "مجلس جماعة أكادير",
        "en": "Municipal council of Agadir",
    }
    async with store.reading() as unit:
        assert await unit.bodies.tenant() == commune
    assert await acts(store) == [("operator", "commune.founded", "tenant:agadir")]


async def test_a_second_founding_is_refused_with_what_stands(store: Store) -> None:
    await founded(store)
    refusal = await refused(store, name="Rabat")
    assert (refusal.key, refusal.facts["name"]) == ("founding.already", "Agadir")
    assert len(await acts(store)) == 1


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ({"pack": "xx"}, "law.unknown_pack"),
        ({"pack": "ci"}, "law.pack_disabled"),
        ({"zone": "Africa/Casablnca"}, "founding.unknown_zone"),
        ({"zone": "Africa"}, "founding.unknown_zone"),
        ({"zone": "\x00../etc"}, "founding.unknown_zone"),
        ({"name": " \u200b… "}, "founding.no_name"),
        ({"name": "a" * 201}, "import.too_long"),
        ({"population": 0}, "founding.bad_number"),
        ({"population": 10**12}, "founding.bad_number"),
        ({"pack": "fr"}, "founding.population_needed"),
    ],
)
async def test_what_cannot_be_founded_is_refused_and_nothing_is_kept(
    sqlite_store: Store, given: dict[str, Any], key: str
) -> None:
    assert (await refused(sqlite_store, **given)).key == key
    assert await bodies(sqlite_store) == {}


async def test_an_unknown_zone_is_answered_with_what_comes_near(sqlite_store: Store) -> None:
    near = (await refused(sqlite_store, zone="Africa/Casablnca")).facts["near"]
    assert "Africa/Casablanca" in str(near)


async def test_a_french_commune_keeps_french_time(sqlite_store: Store) -> None:
    async with sqlite_store.unit() as unit:
        commune = await found(
            unit, {"fr": "Le Mans"}, pack="fr", population=145_000, actor=OPERATOR
        )
    assert commune.zone == "Europe/Paris"
    assert (await bodies(sqlite_store))["council"].name("fr") == "Conseil municipal du Mans"


def test_every_enabled_pack_has_a_zone_and_a_name_for_its_council() -> None:
    for key in law.pack_keys():
        if law.pack(key).is_enabled:
            assert key in ZONES
            assert phrasebook().has(f"founding.council.{key}")


async def test_a_body_is_added_with_what_its_key_tells(store: Store) -> None:
    await founded(store)
    async with store.unit() as unit:
        await add_body(unit, Draft("com:budget", names={"fr": "Budget"}), actor=OPERATOR)
    body = (await bodies(store))["com:budget"]
    assert (body.kind, body.parent_key) == (BodyKind.COMMISSION_PERMANENT, "council")
    assert (await acts(store))[-1] == ("operator", "body.added", "body:com:budget")


@pytest.mark.parametrize(
    ("draft", "key"),
    [
        (Draft("council", names={"fr": "Encore"}), "founding.body_taken"),
        (Draft("com:budget"), "founding.body_without_name"),
        (Draft("com:budget", names={"fr": "B"}, parent_key="arr:x"), "founding.unknown_parent"),
    ],
)
async def test_a_body_that_cannot_be_is_refused(
    sqlite_store: Store, draft: Draft, key: str
) -> None:
    await founded(sqlite_store)
    with pytest.raises(Refused, match=key):
        async with sqlite_store.unit() as unit:
            await add_body(unit, draft, actor=OPERATOR)
    assert len(await bodies(sqlite_store)) == 1


async def test_bodies_of_a_file_are_added_whatever_their_order(store: Store) -> None:
    await founded(store)
    outcome = await imported(store, HEADER + BUDGET + ANFA)
    assert (outcome.added, outcome.bad) == (2, ())
    found_bodies = await bodies(store)
    assert found_bodies["com:budget"].parent_key == "arr:anfa"
    assert found_bodies["arr:anfa"].aliases == ("Anfa", "أنفا")
    assert found_bodies["arr:anfa"].seats == 23


async def test_the_same_file_twice_changes_nothing(store: Store) -> None:
    await founded(store)
    await imported(store, HEADER + BUDGET + ANFA)
    before = await bodies(store)
    outcome = await imported(store, HEADER + BUDGET + ANFA)
    assert (outcome.added, outcome.changed, outcome.same) == (0, 0, 2)
    assert await bodies(store) == before
    assert len(await acts(store)) == 2


async def test_a_file_corrects_what_it_says_and_leaves_what_it_does_not(store: Store) -> None:
    await founded(store)
    await imported(store, HEADER + ANFA + BUDGET)
    outcome = await imported(store, "clé,nom,siège,parent\ncom:budget,Finances,,council\n")
    assert (outcome.added, outcome.changed) == (0, 1)
    body = (await bodies(store))["com:budget"]
    assert (body.names, body.seats, body.parent_key) == ({"fr": "Finances"}, 9, "council")


async def test_a_dry_run_changes_nothing(sqlite_store: Store) -> None:
    await founded(sqlite_store)
    assert (await imported(sqlite_store, HEADER + ANFA, is_dry_run=True)).added == 1
    assert len(await bodies(sqlite_store)) == 1


async def test_every_bad_line_is_named_and_no_body_is_added(sqlite_store: Store) -> None:
    await founded(sqlite_store)
    outcome = await imported(
        sqlite_store,
        HEADER
        + ANFA
        + "Arr:Anfa,,A,,,,,\n"
        + "com:a,bureau,A,,,arr:anfa,-3,\n"
        + "com:b,,,,,,,\n"
        + "com:c,,C,,,com:d,,\n"
        + "com:e,,E,,,arr:nulle-part,,\n"
        + ",,F,,,,,\n"
        + ANFA,
    )
    assert [(cell.line, cell.reason.key) for cell in outcome.bad] == [
        (3, "founding.bad_key"),
        (4, "founding.bad_kind"),
        (4, "founding.bad_number"),
        (5, "founding.body_without_name"),
        (6, "founding.bad_parent"),
        (7, "founding.unknown_parent"),
        (8, "import.missing"),
        (9, "founding.key_twice"),
    ]
    for cell in outcome.bad:
        for language in LANGUAGES:
            phrasebook().say(cell.reason.key, language, **cell.reason.facts)
    assert len(await bodies(sqlite_store)) == 1


@pytest.mark.parametrize("language", LANGUAGES)
async def test_files_for_no_commune_are_told_what_to_do_first(
    sqlite_store: Store, language: str
) -> None:
    for importing in (import_bodies, import_people):
        with pytest.raises(Refused) as refusal:
            async with sqlite_store.unit() as unit:
                await importing(unit, b"key,nom\ncouncil,A\n", actor=OPERATOR)
        said = phrasebook().say(refusal.value.key, language)
        assert "beffroi commune found" in said
    assert await acts(sqlite_store) == []
