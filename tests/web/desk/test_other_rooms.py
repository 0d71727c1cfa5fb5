"""Whoever works for one body reads at the desk what is that body's, and no more."""

import pytest

from domain.bodies import Role
from domain.petitions import PetitionState
from tests.town import Town
from tests.web.desk.conftest import At
from tests.web.public.test_petitions import kept_petition

DISTRICT = "arr:anfa"
OF_THE_COMMUNE = (
    *("/desk/people", "/desk/settings", "/desk/audit"),
    *("/desk/deliveries", "/desk/channels", "/desk/suppressions"),
    *("/desk/systems", "/desk/systems/tokens/new", "/desk/systems/webhooks/new"),
)


@pytest.mark.parametrize("role", [Role.COUNCIL_SECRETARIAT, Role.ADMIN, Role.PRESIDENT])
async def test_a_district_s_staff_reads_nothing_of_the_commune_s(at_desk: At, role: Role) -> None:
    browser = await at_desk(role, body=DISTRICT)
    read = [path for path in OF_THE_COMMUNE if (await browser.opens(path)).status_code != 403]
    assert read == []


@pytest.mark.parametrize("role", [Role.COUNCIL_SECRETARIAT, Role.CLERK, Role.PRESIDENT])
async def test_a_petition_to_the_council_is_not_a_district_s_to_read(
    town: Town, at_desk: At, role: Role
) -> None:
    filed = await kept_petition(town, PetitionState.FILED, "Un passage piéton")
    browser = await at_desk(role, body=DISTRICT)
    assert (await browser.opens(f"/desk/petitions/{filed.ref}")).status_code == 404
    for drawer in ("waiting", "signing", "followed", "over"):
        await browser.opens(f"/desk/petitions?show={drawer}")
        assert filed.subject not in browser.html
