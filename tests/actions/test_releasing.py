import pytest

from actions.notices.releasing import release
from domain.actors import OPERATOR
from domain.addresses import Channel
from domain.errors import Refused
from tests.actions.conftest import Council

ADDRESS = "member0@elus.example"


async def test_an_address_that_was_called_dead_can_be_used_again(council: Council) -> None:
    async with council.store.unit() as unit:
        now = unit.clock.now()
        await unit.people.quarantine(Channel.EMAIL, [ADDRESS], code="550", at=now)
        assert await release(unit, f" {ADDRESS} ", actor=OPERATOR) == 1
        found = await unit.people.addresses(council.member_ids[0])
        entries = await unit.audit.entries()
    assert not any(address.is_quarantined for address in found)
    assert entries[-1].act == "release"
    assert ADDRESS not in str(entries)


async def test_an_address_that_is_used_anyway_is_not_released(council: Council) -> None:
    async with council.store.unit() as unit:
        with pytest.raises(Refused, match=r"address\.not_dead"):
            await release(unit, ADDRESS, actor=OPERATOR)
