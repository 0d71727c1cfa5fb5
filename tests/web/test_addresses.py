"""Somebody's own addresses: added by a code, declared, taken away, and nobody else's."""

import pytest

from domain.addresses import Address, Channel
from tests.town import Town
from tests.web.people import AMINA, Browser, with_email
from tests.web.test_proving_anew import LATER

NEW = "amina.pro@example.ma"


async def _held(town: Town, person_id: int) -> dict[str, Address]:
    async with town.store.reading() as unit:
        return {one.value: one for one in await unit.people.addresses(person_id)}


async def _adds(reader: Browser, contact: str = NEW) -> None:
    await reader.opens("/addresses")
    await reader.sends("/addresses/new", contact=contact)
    code = await reader.code(contact)
    await reader.sends("/addresses/code", contact=reader.value("contact"), code=code)


async def test_an_address_is_theirs_once_its_code_is_typed_and_the_others_are_told(
    town: Town, reader: Browser, amina: int
) -> None:
    await reader.opens("/addresses")
    await reader.sends("/addresses/new", contact=NEW)
    wrong = await reader.sends("/addresses/code", contact=NEW, code="000000")
    assert wrong.status_code == 422
    assert NEW not in await _held(town, amina)
    await reader.sends("/addresses/code", contact=NEW, code=await reader.code(NEW))
    assert "L’adresse est vérifiée" in reader.html
    assert (await _held(town, amina))[NEW].is_verified
    await town.carry()
    assert "Ce n’est pas vous ?" in town.networks[Channel.EMAIL].told(AMINA)[-1].text


async def test_an_address_is_declared_and_another_is_taken_away(
    town: Town, reader: Browser, amina: int
) -> None:
    await _adds(reader)
    held = await _held(town, amina)
    await reader.sends("/addresses", do=f"declare:{held[NEW].id}")
    assert "vous convoque désormais" in reader.html
    refused = await reader.sends("/addresses", do=f"remove:{held[NEW].id}")
    assert refused.status_code == 422
    assert "déclarez-en d’abord une autre" in reader.html
    await reader.sends("/addresses", do=f"declare:{held[AMINA].id}")
    await reader.sends("/addresses", do=f"remove:{held[NEW].id}")
    left = await _held(town, amina)
    assert NEW not in left
    assert left[AMINA].is_declared


@pytest.mark.parametrize(
    ("path", "filled"),
    [
        ("/addresses/new", {"contact": NEW}),
        ("/addresses/code", {"contact": NEW, "code": "123456"}),
        ("/addresses", {"do": "declare:1"}),
    ],
)
async def test_an_old_session_adds_and_declares_nothing(
    town: Town, reader: Browser, path: str, filled: dict[str, str]
) -> None:
    await reader.opens("/addresses")
    town.clock.move_by(LATER)
    assert (await reader.sends(path, **filled)).url.path == "/prove"
    assert not town.networks[Channel.EMAIL].told(NEW)
    assert "/addresses/new" not in (await reader.opens("/addresses")).text


async def test_what_somebody_else_holds_is_neither_added_nor_touched(
    town: Town, reader: Browser, amina: int
) -> None:
    omar = await town.resident("Omar")
    await with_email(town, omar.person_id, "omar@example.ma")
    await _adds(reader, "omar@example.ma")
    assert reader.shown
    assert reader.shown.status_code == 422
    theirs = (await _held(town, omar.person_id))["omar@example.ma"]
    for deed in ("declare", "remove"):
        refused = await reader.sends("/addresses", do=f"{deed}:{theirs.id}")
        assert refused.status_code == 422
        assert "reliée à personne" in reader.html
    assert (await _held(town, omar.person_id))["omar@example.ma"].is_verified
    assert "omar@example.ma" not in await _held(town, amina)


@pytest.mark.parametrize("contact", ["", "pas une adresse", "a@b", "+212"])
async def test_what_is_no_address_is_said_beside_what_was_typed(
    reader: Browser, contact: str
) -> None:
    await reader.opens("/addresses")
    assert (await reader.sends("/addresses/new", contact=contact)).status_code == 422
    assert "ni une adresse électronique ni un numéro" in reader.html
    assert f'value="{contact}"' in reader.html
