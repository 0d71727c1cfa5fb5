"""How lines to a mail server are kept, shared and given up."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from channels.email.connections import Connections, Server, Tls
from tests.channels.email.sending import SHORT, failure, parcel, sending
from tests.emulators.smtp import MailServer, Misbehaviour, mail_server


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    async with mail_server() as server:
        yield server


async def test_one_line_carries_many_letters(server: MailServer) -> None:
    async with sending(server) as provider:
        for number in range(20):
            await provider.deliver(parcel(number=number))
    assert len(server.taken) == 20
    assert server.connections == 1


async def test_no_more_lines_are_opened_than_allowed(server: MailServer) -> None:
    async with sending(server, connections=3) as provider:
        await asyncio.gather(*(provider.deliver(parcel(number=number)) for number in range(60)))
        assert provider.capabilities.in_flight == 3
    assert len({taken.message["Message-ID"] for taken in server.taken}) == 60
    assert server.connections == 3


async def test_a_line_is_given_up_after_its_share_of_letters(server: MailServer) -> None:
    async with sending(server) as provider:
        for number in range(101):
            await provider.deliver(parcel(number=number))
    assert server.connections == 2


async def test_a_line_the_server_cut_while_idle_is_replaced(server: MailServer) -> None:
    async with sending(server) as provider:
        await provider.deliver(parcel(number=1))
        server.drop_lines()
        await provider.deliver(parcel(number=2))
    assert [taken.connection for taken in server.taken] == [1, 2]


@pytest.mark.parametrize("reply", ["421 4.4.2 idle too long", Misbehaviour.DROP, Misbehaviour.HANG])
async def test_a_kept_line_found_dead_is_replaced_before_anything_left(
    server: MailServer, reply: str
) -> None:
    async with sending(server, timeout=SHORT) as provider:
        await provider.deliver(parcel(number=1))
        server.fail_next("MAIL", reply)
        await provider.deliver(parcel(number=2))
    assert [taken.connection for taken in server.taken] == [1, 2]


async def test_a_line_idle_for_long_is_asked_before_it_is_trusted(server: MailServer) -> None:
    named = Server("127.0.0.1", server.port, tls=Tls.NEVER)
    lines = Connections(named, name="casablanca.test", count=1, trusted_while=timedelta(seconds=-1))
    async with lines.lent() as first:
        pass
    async with lines.lent() as second:
        assert second is first
    server.fail_next("NOOP", "421 4.3.2 going down")
    async with lines.lent() as third:
        assert third is not first
    await lines.close()
    assert server.heard.count("NOOP") == 2


async def test_a_line_idle_for_too_long_is_given_up(server: MailServer) -> None:
    named = Server("127.0.0.1", server.port, tls=Tls.NEVER)
    lines = Connections(named, name="casablanca.test", count=1, idle_limit=timedelta(seconds=-1))
    for _ in range(2):
        async with lines.lent():
            pass
    await lines.close()
    assert server.connections == 2


async def test_a_refused_letter_does_not_cost_the_line(server: MailServer) -> None:
    server.fail_next("RCPT", "550 5.1.1 Unknown user")
    async with sending(server) as provider:
        await failure(provider)
        await provider.deliver(parcel())
    assert server.connections == 1


async def test_a_letter_given_up_halfway_does_not_leak_into_the_next(server: MailServer) -> None:
    server.fail_next("DATA", Misbehaviour.HANG)
    async with sending(server) as provider:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(provider.deliver(parcel(number=1)), 0.2)
        await provider.deliver(parcel(number=2))
    (taken,) = server.taken
    assert taken.connection == 2
