"""Settings at the desk: shown to who looks after the commune, changed by who may."""

from datetime import date

import pytest

from domain.addresses import Channel
from domain.bodies import Role
from domain.matches import MatchState
from tests.town import Town
from tests.web.desk.conftest import At

HERE = "/desk/settings"


async def test_the_commune_its_law_and_its_channels_are_shown(at_desk: At) -> None:
    secretary = await at_desk(Role.COUNCIL_SECRETARIAT)
    await secretary.opens(HERE)
    assert "Africa/Casablanca" in secretary.html
    assert "Organic law 113-14" in secretary.html
    assert "Source relue le" in secretary.html
    assert "non configuré" in secretary.html
    assert "Marche verte" in secretary.html or "2026" in secretary.html
    assert "Ajouter une instance" not in secretary.html


async def test_a_holiday_that_is_added_says_which_deadlines_move(at_desk: At, town: Town) -> None:
    admin = await at_desk(Role.ADMIN)
    await admin.opens(HERE)
    await admin.sends(f"{HERE}/holidays", act="add", day="2026-02-03", name="Aïd <i>estimé</i>")
    assert admin.shown
    assert "Aïd &lt;i&gt;estimé" in admin.shown.text
    async with town.store.reading() as unit:
        kept = await unit.bodies.holidays(town.tenant_id)
    assert kept[date(2026, 2, 3)] is True
    await admin.sends(f"{HERE}/holidays", act="remove", day="2026-02-03")
    assert "plus compté comme férié" in admin.html


@pytest.mark.parametrize("day", ["", "2026-02-31", "1850-01-01", "demain"])
async def test_what_is_no_day_is_refused_and_the_name_is_kept(at_desk: At, day: str) -> None:
    admin = await at_desk(Role.ADMIN)
    await admin.opens(HERE)
    answer = await admin.sends(f"{HERE}/holidays", act="add", day=day, name="Fête du Trône")
    assert answer.status_code == 422
    assert "Fête du Trône" in admin.html


async def test_a_body_is_added_and_a_bad_key_is_explained(at_desk: At, town: Town) -> None:
    admin = await at_desk(Role.ADMIN)
    await admin.opens(HERE)
    said = {"name_fr": "Commission du patrimoine", "kind": "", "parent": "", "seats": "7"}
    assert (await admin.sends(f"{HERE}/bodies", key="Com Patri", **said)).status_code == 422
    assert "Commission du patrimoine" in admin.html
    await admin.sends(f"{HERE}/bodies", key="com:patrimoine", **said)
    assert "L’instance est ajoutée" in admin.html
    async with town.store.reading() as unit:
        assert "com:patrimoine" in await unit.bodies.ids()


async def test_the_seats_that_are_filled_are_corrected_and_the_names_stay(
    at_desk: At, town: Town
) -> None:
    admin = await at_desk(Role.ADMIN)
    await admin.opens(f"{HERE}?correct=council")
    assert "Corriger : Conseil communal" in admin.html
    wrong = await admin.sends(f"{HERE}/bodies/council", seats="beaucoup")
    assert wrong.status_code == 422
    assert 'value="beaucoup"' in admin.html
    await admin.sends(f"{HERE}/bodies/council", seats="7", name_en="City council")
    assert "L’instance est corrigée" in admin.html
    async with town.store.reading() as unit:
        council = next(one for one in await unit.bodies.all() if one.key == "council")
    assert (council.seats, council.names["en"]) == (7, "City council")
    assert council.names["fr"]
    assert (await admin.sends(f"{HERE}/bodies/nowhere", seats="7")).status_code == 422


async def test_how_petitions_are_taken_is_settled(at_desk: At, town: Town) -> None:
    admin = await at_desk(Role.ADMIN)
    await admin.opens(HERE)
    refused = await admin.sends(f"{HERE}/petitions", collecting_days="2", id_authorisation="D-7")
    assert refused.status_code == 422
    assert 'value="D-7"' in admin.html
    await admin.sends(f"{HERE}/petitions", collecting_days="90", id_authorisation="D-7")
    async with town.store.reading() as unit:
        commune = await unit.bodies.tenant()
    assert commune
    assert (commune.collecting_days, commune.id_authorisation) == (90, "D-7")


async def test_what_only_the_server_sets_is_named_as_it_is_set_there(at_desk: At) -> None:
    secretary = await at_desk(Role.COUNCIL_SECRETARIAT)
    await secretary.opens(HERE)
    for setting in ("BEFFROI_TRIAL", "BEFFROI_WEB_PUBLIC_URL", "BEFFROI_APPROVAL_CHOOSE"):
        assert setting in secretary.html
    assert "ma.commune" in secretary.html
    assert "Enregistrer" not in secretary.html


async def test_an_account_that_seems_to_be_somebodys_is_confirmed(
    at_desk: At, town: Town, amina: int
) -> None:
    async with town.store.unit() as unit:
        match_id = await unit.matches.find(
            Channel.SLACK, "U0AMINA", amina, proved_at=town.clock.now()
        )
    secretary = await at_desk(Role.COUNCIL_SECRETARIAT)
    await secretary.opens(HERE)
    assert "1 compte à confirmer" in secretary.html
    await secretary.sends(f"{HERE}/matches", match=f"{match_id}:yes")
    async with town.store.reading() as unit:
        match = await unit.matches.by_id(match_id)
    assert match
    assert match.state is MatchState.CONFIRMED


async def test_a_secretary_founds_nothing_and_a_clerk_sees_no_settings(at_desk: At) -> None:
    secretary, clerk = await at_desk(Role.COUNCIL_SECRETARIAT), await at_desk(Role.CLERK)
    await secretary.opens(HERE)
    for path in ("bodies", "bodies/council", "petitions"):
        answer = await secretary.sends(
            f"{HERE}/{path}", key="com:x", name_fr="X", collecting_days="9"
        )
        assert answer.status_code == 403
        await secretary.opens(HERE)
    assert (await clerk.opens(HERE)).status_code == 403
