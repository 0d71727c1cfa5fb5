"""Signatures on paper, struck out and forgotten: what counts is what is shown."""

import pytest
from sqlalchemy import insert

from actions.petitions.settling import settle
from actions.petitions.signing import (
    BURST,
    LOOKED_EVERY,
    Struck,
    check_over,
    enter,
    forget,
    sign,
    strike,
)
from domain.actors import OPERATOR, Actor
from domain.bodies import Role
from domain.errors import Refused
from domain.petitions import (
    Origin,
    Petition,
    PetitionKind,
    PetitionState,
    SignatureState,
    Threshold,
)
from domain.petitions.sheets import lines_of
from domain.petitions.signing import Signer, Tie
from store.connecting import Store
from store.tables.people import memberships
from store.tables.petitions import signatures
from tests.communes import founded

SHEET = b"""line,name,place,contact
1,Salma Idrissi,Anfa,salma@exemple.ma
2,Mohammed El Idrissi,Anfa,
3,Mohamed Elidrissi,,0612345678
4,Salma I.,,SALMA@exemple.ma
"""


async def collecting(store: Store) -> int:
    await founded(store)
    async with store.unit() as unit:
        mandatary = await unit.people.add(1, name="Omar", language="fr")
        petition = Petition(
            0,
            "",
            PetitionKind.CITIZENS,
            PetitionState.COLLECTING,
            "council",
            "Passage",
            "…",
            "…",
            "fr",
            mandatary,
            unit.clock.now(),
            threshold=Threshold(400, "123", "with_arrondissements"),
        )
        return await unit.petitions.add(1, 1, petition, year=2026)


async def test_a_sheet_counts_each_hand_once_and_shows_names_that_are_alike(store: Store) -> None:
    petition_id = await collecting(store)
    async with store.unit() as unit:
        came = await enter(unit, OPERATOR, petition_id, "A1", lines_of(SHEET))
        assert (came[SignatureState.VALID], came[SignatureState.DUPLICATE]) == (3, 1)
        again = await enter(unit, OPERATOR, petition_id, "A1", lines_of(SHEET))
        assert again[SignatureState.DUPLICATE] == 4
        found = {
            one.line: near for one, near in (await check_over(unit, OPERATOR, petition_id))[:4]
        }
        assert found[3] == 2
        assert found[1] is None
        assert await unit.signatures.count(petition_id) == 3


async def test_an_id_on_paper_is_kept_only_where_the_commune_may(store: Store) -> None:
    petition_id = await collecting(store)
    lines = lines_of(b"line,name,id\n1,Salma Idrissi,BK 123456\n2,Salma El Idrissi,bk123456\n")
    async with store.unit() as unit:
        with pytest.raises(Refused) as refused:
            await enter(unit, OPERATOR, petition_id, "A1", lines)
        assert refused.value.key == "sign.id_not_allowed"
        await settle(unit, OPERATOR, id_authorisation="D-GC-12/2026")
        came = await enter(unit, OPERATOR, petition_id, "A1", lines)
    assert (came[SignatureState.VALID], came[SignatureState.DUPLICATE]) == (1, 1)


async def test_very_many_signatures_at_once_are_counted_and_the_staff_told_to_look_once(
    store: Store,
) -> None:
    petition_id = await collecting(store)
    async with store.unit() as unit:
        clerk = await unit.people.add(1, name="Hind", language="fr")
        held = {"person_id": clerk, "body_id": 1, "role": Role.CLERK}
        await unit.connection.execute(memberships.insert().values(held))
        now = unit.clock.now()
        others = {"petition_id": petition_id, "state": "valid", "origin": "online", "at": now}
        await unit.connection.execute(insert(signatures), [others] * BURST)
        signers = [
            Signer("Karim Tazi", Tie.LIVES, f"karim{number}@exemple.ma")
            for number in range(2 * LOOKED_EVERY)
        ]
        signed = [await sign(unit, Actor.of(None), petition_id, one) for one in signers]
        assert signed[-1].state is PetitionState.THRESHOLD_REACHED
        assert await unit.signatures.count(petition_id) == BURST + 2 * LOOKED_EVERY
        told = [one for one in await unit.notices.recent() if "temps" in str(one.content)]
    assert [one.audience.ref for one in told] == [str(clerk)]


async def test_what_is_false_is_struck_out_together_with_a_reason(store: Store) -> None:
    petition_id = await collecting(store)
    async with store.unit() as unit:
        await enter(unit, OPERATOR, petition_id, "A1", lines_of(SHEET))
        with pytest.raises(Refused):
            await strike(unit, OPERATOR, petition_id, Struck(name="salma"), reason=" ")
        paper = Struck(name="idrissi", origin=Origin.PAPER, sheet="A1")
        assert await strike(unit, OPERATOR, petition_id, paper, reason="une seule main") == 3
        assert await unit.signatures.count(petition_id) == 0


async def test_who_is_forgotten_still_counts_and_cannot_sign_again(store: Store) -> None:
    petition_id = await collecting(store)
    async with store.unit() as unit:
        await enter(unit, OPERATOR, petition_id, "A1", lines_of(SHEET))
        assert await forget(unit, OPERATOR, "salma@exemple.ma") == 2
        assert await unit.signatures.count(petition_id) == 3
        names = [one.name for one, _ in await check_over(unit, OPERATOR, petition_id)]
        assert names == ["Mohammed El Idrissi", "Mohamed Elidrissi"]


@pytest.mark.parametrize(
    ("sheet", "key"),
    [
        (b"", "sign.no_columns"),
        (b"nom,prenom\na,b", "sign.no_columns"),
        (b"line,name\nx,Salma", "sign.no_number"),
        (b"name,line\nSalma", "sign.no_number"),
        (b"line,name\n99999999999999999999,Salma", "sign.no_number"),
        (b"line,name,contact\n1,Salma,12", "sign.bad_contact"),
    ],
)
def test_a_sheet_that_cannot_be_read_is_refused_with_its_line(sheet: bytes, key: str) -> None:
    with pytest.raises(Refused) as refused:
        lines_of(sheet)
    assert refused.value.key == key


async def test_no_citizen_sees_or_strikes_out_signatures(store: Store) -> None:
    petition_id = await collecting(store)
    async with store.unit() as unit:
        for act in (
            check_over(unit, Actor.of(None), petition_id),
            strike(unit, Actor.of(None), petition_id, Struck(), reason="x"),
            forget(unit, Actor.of(None), "salma@exemple.ma"),
        ):
            with pytest.raises(Refused) as refused:
                await act
            assert refused.value.key == "access.not_allowed"
