"""Several mail servers: who carries while one cannot be reached, and when none other is asked."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from channels.email.connections import Server, Tls
from domain.errors import Uncertain, Unreachable
from tests.channels.email.sending import SHORT, failure, parcel, sending
from tests.emulators.smtp import MailServer, Misbehaviour, mail_server


@pytest.fixture
async def first() -> AsyncIterator[MailServer]:
    async with mail_server() as server:
        yield server


@pytest.fixture
async def second() -> AsyncIterator[MailServer]:
    async with mail_server() as server:
        yield server


def spare(server: MailServer) -> list[Server]:
    return [Server("127.0.0.1", server.port, tls=Tls.NEVER)]


async def dead_port() -> int:
    async with mail_server() as server:
        return server.port


async def test_while_the_first_answers_no_other_is_asked(
    first: MailServer, second: MailServer
) -> None:
    async with sending(first, spares=spare(second)) as provider:
        await provider.deliver(parcel())
        said = await provider.answer_for_itself()
    assert (len(first.taken), len(second.taken)) == (1, 0)
    assert said == f"127.0.0.1:{first.port} answers; 127.0.0.1:{second.port} answers"


async def test_where_nobody_listens_the_next_one_carries(second: MailServer) -> None:
    port = await dead_port()
    async with sending(port, spares=spare(second)) as provider:
        for number in range(3):
            await provider.deliver(parcel(number=number))
        said = await provider.answer_for_itself()
    assert len(second.taken) == 3
    assert f"127.0.0.1:{port} fails (unconnected); " in said


async def test_a_login_refused_is_left_for_the_next_one(second: MailServer) -> None:
    async with (
        mail_server(login=("bot", "right")) as first,
        sending(first, username="bot", password="wrong", spares=spare(second)) as provider,
    ):
        await provider.deliver(parcel())
    assert (len(first.taken), len(second.taken)) == (0, 1)


async def test_a_server_that_hangs_is_not_waited_for_by_every_letter(second: MailServer) -> None:
    asked: list[asyncio.StreamWriter] = []

    async def silent(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(writer)

    listening = await asyncio.start_server(silent, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    async with sending(port, timeout=SHORT, spares=spare(second)) as provider:
        for number in range(5):
            await provider.deliver(parcel(number=number))
    listening.close()
    for writer in asked:
        writer.close()
    assert len(asked) == 1
    assert len(second.taken) == 5


async def test_a_letter_that_may_have_been_taken_is_not_taken_elsewhere(
    first: MailServer, second: MailServer
) -> None:
    first.fail_next("DATA", Misbehaviour.DROP)
    async with sending(first, spares=spare(second)) as provider:
        assert isinstance(await failure(provider), Uncertain)
    assert not second.heard


@pytest.mark.parametrize("reply", ["451 4.3.0 later", "550 5.1.1 nobody"])
async def test_a_server_s_own_answer_is_not_asked_for_again_elsewhere(
    first: MailServer, second: MailServer, reply: str
) -> None:
    first.fail_next("RCPT", reply)
    async with sending(first, spares=spare(second)) as provider:
        await failure(provider)
    assert not second.heard


async def test_when_nobody_lets_us_in_the_first_one_s_word_is_told() -> None:
    ports = [await dead_port() for _ in range(2)]
    async with sending(ports[0], spares=[Server("127.0.0.1", ports[1])]) as provider:
        failed = await failure(provider)
        with pytest.raises(Unreachable):
            await provider.answer_for_itself()
    assert isinstance(failed, Unreachable)
    assert failed.code == "unconnected"
