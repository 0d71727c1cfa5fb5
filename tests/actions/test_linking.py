from datetime import date, timedelta

import pytest
from sqlalchemy import select

from actions.people.linking import ALPHABET, MOST_FAILURES, link, offer, unlink
from domain.actors import OPERATOR
from domain.addresses import Channel
from domain.errors import Refused
from store.tables.talk import link_tokens
from tests.actions.conftest import Council

TODAY = date(2026, 1, 28)


async def test_whoever_brings_the_code_is_who_it_was_given_to(council: Council) -> None:
    async with council.store.unit() as unit:
        code = await offer(unit, council.member_ids[0], actor=OPERATOR)
        linked = await link(unit, Channel.TELEGRAM, "77", f" {code.lower()} ")
        speaker = await unit.people.at(Channel.TELEGRAM, "77", on=TODAY)
    assert linked is not None
    assert speaker is not None
    assert linked.id == speaker.id == council.member_ids[0]
    assert speaker.seats == ("council",)


async def test_a_code_works_once(council: Council) -> None:
    async with council.store.unit() as unit:
        code = await offer(unit, council.member_ids[0], actor=OPERATOR)
        assert await link(unit, Channel.TELEGRAM, "77", code)
        assert await link(unit, Channel.TELEGRAM, "78", code) is None


async def test_a_code_ends_after_two_days_and_with_the_next_one(council: Council) -> None:
    async with council.store.unit() as unit:
        first = await offer(unit, council.member_ids[0], actor=OPERATOR)
        second = await offer(unit, council.member_ids[0], actor=OPERATOR)
        assert await link(unit, Channel.TELEGRAM, "77", first) is None
        council.clock.move_by(timedelta(hours=49))
        assert await link(unit, Channel.TELEGRAM, "77", second) is None


async def test_guessing_is_stopped_and_forgiven_after_an_hour(council: Council) -> None:
    async with council.store.unit() as unit:
        for _ in range(MOST_FAILURES):
            assert await link(unit, Channel.TELEGRAM, "66", "AAAA-AAAA-AAAA") is None
        with pytest.raises(Refused, match=r"linking\.too_many"):
            await link(unit, Channel.TELEGRAM, "66", "AAAA-AAAA-AAAA")
        council.clock.move_by(timedelta(minutes=61))
        code = await offer(unit, council.member_ids[0], actor=OPERATOR)
        assert await link(unit, Channel.TELEGRAM, "66", code)


async def test_a_chat_that_is_somebody_elses_is_not_taken_over(council: Council) -> None:
    async with council.store.unit() as unit:
        await link(
            unit, Channel.TELEGRAM, "77", await offer(unit, council.member_ids[0], actor=OPERATOR)
        )
        code = await offer(unit, council.member_ids[1], actor=OPERATOR)
        with pytest.raises(Refused, match=r"linking\.taken"):
            await link(unit, Channel.TELEGRAM, "77", code)


async def test_an_unlinked_chat_is_a_strangers_again(council: Council) -> None:
    async with council.store.unit() as unit:
        await link(
            unit, Channel.TELEGRAM, "77", await offer(unit, council.member_ids[0], actor=OPERATOR)
        )
        assert await unlink(unit, Channel.TELEGRAM, "77")
        assert await unit.people.at(Channel.TELEGRAM, "77", on=TODAY) is None
        assert not await unlink(unit, Channel.TELEGRAM, "77")


async def test_only_the_hash_of_a_code_is_kept(council: Council) -> None:
    async with council.store.unit() as unit:
        code = (await offer(unit, council.member_ids[0], actor=OPERATOR)).replace("-", "")
        found = await unit.connection.execute(select(link_tokens))
        assert code not in str(found.all())
    assert set(code) <= set(ALPHABET)
