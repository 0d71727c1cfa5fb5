"""A town whose API is open, and its director general, who may do nearly everything."""

from collections.abc import AsyncIterator

import pytest
from litestar.testing import AsyncTestClient

from domain.bodies import Role
from tests.town import Town
from tests.web.api.calling import System, system_of
from tests.web.people import pages_of, site_of
from web.watching import Watched


@pytest.fixture
async def client(town: Town) -> AsyncIterator[AsyncTestClient[Watched]]:
    async with AsyncTestClient(pages_of(site_of(town))) as client:
        yield client


@pytest.fixture
async def director(town: Town) -> int:
    person = await town.resident("Driss", seats=["council"], role=Role.DIRECTOR_GENERAL)
    return person.person_id


@pytest.fixture
async def system(town: Town, client: AsyncTestClient[Watched], director: int) -> System:
    return await system_of(town, client, director)
