from actions.people.unsubscribing import leave, leaving
from actions.records.sealing import sealing_key
from domain.addresses import Channel
from domain.deliveries import State
from domain.leaving import Leaver
from domain.notices import NoticeClass
from domain.preferences import Reason, Route, Verdict
from store.unit import Unit
from tests.actions.conftest import Council
from tests.scheduler.town import publish, rows


async def token(unit: Unit, person_id: int) -> str:
    return Leaver(person_id, Channel.EMAIL).token(await sealing_key(unit))


async def has_stopped(unit: Unit, person_id: int) -> bool:
    return (await unit.preferences.of(person_id)).now.has_stopped(Channel.EMAIL)


async def queue(council: Council, *classes: NoticeClass) -> None:
    """Let one e-mail of each class wait for everybody."""
    for notice_class in classes:
        notice_id = await publish(council.store, 1, notice_class=notice_class)
        async with council.store.unit() as unit:
            notice = await unit.notices.by_id(notice_id)
            assert notice
            await unit.outbox.spread(
                notice,
                [
                    Route(address, Verdict.SENT, Reason.CHOSEN)
                    for person_id in council.member_ids
                    for address in await unit.people.addresses(person_id)
                    if address.channel is Channel.EMAIL
                ],
            )


async def test_who_leaves_is_sent_no_more_news_and_still_what_is_owed(council: Council) -> None:
    await queue(council, NoticeClass.INFORMATIONAL, NoticeClass.STATUTORY)
    first, second = council.member_ids[:2]
    async with council.store.unit() as unit:
        assert await leave(unit, await token(unit, first))
        assert await has_stopped(unit, first)
        assert not await has_stopped(unit, second)
    found = [(row.person_id, row.notice_id, row.state) for row in await rows(council.store)]
    assert found.count((first, 1, State.CANCELLED)) == 1
    assert [state for person, _, state in found if person == first].count(State.QUEUED) == 1
    assert {state for person, _, state in found if person != first} == {State.QUEUED}


async def test_leaving_twice_is_leaving_once(council: Council) -> None:
    async with council.store.unit() as unit:
        word = await token(unit, council.member_ids[0])
        seen = [await leave(unit, word) for _ in range(3)]
        acts = [entry.act for entry in await unit.audit.entries()]
    assert [one.has_left for one in seen if one] == [False, True, True]
    assert acts.count("stop") == 1


async def test_looking_at_a_token_changes_nothing(council: Council) -> None:
    async with council.store.unit() as unit:
        word = await token(unit, council.member_ids[0])
    async with council.store.reading() as unit:
        found = await leaving(unit, word)
        assert found
        assert not found.has_left
        assert not await has_stopped(unit, council.member_ids[0])


async def test_a_token_of_nobody_s_is_none_of_ours(council: Council) -> None:
    async with council.store.unit() as unit:
        assert await leave(unit, "1.email.AbCdEf-_0123456789AbCd") is None  # before any key
        assert await leave(unit, await token(unit, 999)) is None
        assert await leave(unit, (await token(unit, 1))[:-1] + "~") is None


async def test_the_key_is_made_once(council: Council) -> None:
    async with council.store.unit() as unit:
        first = await sealing_key(unit)
    async with council.store.unit() as unit:
        assert await sealing_key(unit) == first
