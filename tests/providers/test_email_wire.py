"""E-mail over a socket, against a mail server that others wrote."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from domain.errors import Barred, Failed, Uncertain, Undeliverable, Unreachable
from domain.messages import Message
from domain.notices import NoticeClass
from tests.channels.email.samples import (
    ARABIC,
    CONVENED,
    FILES,
    ODD,
    PLAIN,
    SENDER,
    VERY_LONG,
    WITH_FILE,
    body,
)
from tests.channels.email.sending import SHORT, failure, parcel, sending
from tests.emulators.smtp import MailServer, Misbehaviour, mail_server


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    async with mail_server() as server:
        yield server


@pytest.mark.parametrize("message", [PLAIN, ARABIC, CONVENED, VERY_LONG, ODD])
async def test_what_was_sent_is_what_arrives(server: MailServer, message: Message) -> None:
    async with sending(server) as provider:
        reference = await provider.deliver(parcel(message))
    (taken,) = server.taken
    assert (taken.sender, taken.recipient) == (SENDER.address, "a@casablanca.test")
    assert taken.message["Message-ID"] == reference
    assert taken.message["To"] == "a@casablanca.test"
    assert taken.message.defects == []
    assert message.text.split()[-1].strip("\ufeff") in body(taken.message, "plain")


async def test_lines_that_begin_with_a_dot_arrive_with_it(server: MailServer) -> None:
    async with sending(server) as provider:
        await provider.deliver(parcel(replace(PLAIN, text="a\n.\n..b\nQUIT")))
    assert "a\n.\n..b\nQUIT" in body(server.taken[0].message, "plain")


async def test_files_arrive_whole(server: MailServer) -> None:
    async with sending(server) as provider:
        await provider.deliver(parcel(WITH_FILE))
    (file,) = server.taken[0].message.iter_attachments()
    assert file.get_content() == FILES[WITH_FILE.attachments[0].sha256]


@pytest.mark.parametrize(
    ("command", "reply", "kind", "code"),
    [
        ("RCPT", "450 4.7.1 Greylisted, try again later", Unreachable, "smtp_450_4.7.1"),
        ("RCPT", "550 5.1.1 Unknown user", Undeliverable, "smtp_550_5.1.1"),
        ("RCPT", "554 5.7.1 Relay access denied", Undeliverable, "smtp_554_5.7.1"),
        ("MAIL", "421 4.3.2 Going down", Unreachable, "smtp_421_4.3.2"),
        ("MAIL", "553 5.7.1 Not your address", Barred, "smtp_553_5.7.1"),
        ("DATA", "451 4.3.0 Queue file write error", Unreachable, "smtp_451_4.3.0"),
        ("DATA", "552 5.3.4 Too big", Undeliverable, "smtp_552_5.3.4"),
        ("MAIL", Misbehaviour.DROP, Unreachable, "disconnected"),
        ("RCPT", Misbehaviour.DROP, Unreachable, "disconnected"),
        ("RCPT", Misbehaviour.HANG, Unreachable, "timeout"),
        ("DATA", Misbehaviour.DROP, Uncertain, "disconnected"),
        ("DATA", Misbehaviour.HANG, Uncertain, "timeout"),
    ],
)
async def test_every_fault_has_its_name_and_the_next_letter_goes(
    server: MailServer, command: str, reply: str, kind: type[Failed], code: str
) -> None:
    server.fail_next(command, reply)
    async with sending(server, timeout=SHORT) as provider:
        failed = await failure(provider)
        assert type(failed) is kind
        assert failed.code == code
        await provider.deliver(parcel(number=8))
    assert [taken.message["Message-ID"].split(".")[0] for taken in server.taken] == ["<8"]


async def test_only_a_mailbox_that_is_not_there_is_dead(server: MailServer) -> None:
    async with sending(server) as provider:
        for reply, is_dead in (("550 5.1.1 Unknown", True), ("550 5.7.1 Blocked", False)):
            server.fail_next("RCPT", reply)
            failed = await failure(provider)
            assert isinstance(failed, Undeliverable)
            assert failed.is_address_dead is is_dead


async def test_nobody_listening_is_unreachable() -> None:
    async with mail_server() as server:
        port = server.port
    async with sending(port) as provider:
        assert (await failure(provider)).code == "unconnected"
        with pytest.raises(Unreachable, match="unconnected"):
            await provider.answer_for_itself()


async def test_a_port_that_says_nothing_is_a_timeout() -> None:
    async def silent(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers.append(writer)

    writers: list[asyncio.StreamWriter] = []
    listening = await asyncio.start_server(silent, "127.0.0.1", 0)
    async with sending(listening.sockets[0].getsockname()[1], timeout=SHORT) as provider:
        assert (await failure(provider)).code == "timeout"
    listening.close()
    for writer in writers:
        writer.close()


async def test_a_server_that_takes_less_is_not_sent_more() -> None:
    async with mail_server(size_limit=1_000) as server, sending(server) as provider:
        assert (await failure(provider)).code == "too_large"
    assert "MAIL" not in server.heard


async def test_a_name_beyond_ascii_goes_where_the_server_speaks_it() -> None:
    async with mail_server() as server, sending(server) as provider:
        await provider.deliver(parcel(to="ană@château.test"))
    (taken,) = server.taken
    assert taken.recipient == "ană@xn--chteau-xta.test"
    assert "SMTPUTF8" in taken.options
    async with mail_server(speaks_utf8=False) as server, sending(server) as provider:
        failed = await failure(provider, parcel(to="ană@château.test"))
        assert isinstance(failed, Undeliverable)
        assert failed.code == "smtputf8_not_offered"
        await provider.deliver(parcel(to="contact@château.test"))
    assert server.taken[0].recipient == "contact@xn--chteau-xta.test"


async def test_no_address_can_speak_smtp(server: MailServer) -> None:
    async with sending(server) as provider:
        forged = parcel(to="a@b.test>\r\nRCPT TO:<c@d.test")
        assert (await failure(provider, forged)).code == "not_an_address"
    assert server.connections == 0


async def test_the_same_delivery_again_is_the_same_message_id(server: MailServer) -> None:
    async with sending(server) as provider:
        first, second = [await provider.deliver(parcel()) for _ in range(2)]
    assert first == second


async def test_where_bounces_are_heard_the_law_s_letters_are_asked_to_tell_their_arrival(
    server: MailServer,
) -> None:
    server.tells_arrival = True
    convocation = replace(parcel(), notice_class=NoticeClass.STATUTORY)
    async with sending(server, hears_back=True) as provider:
        assert provider.capabilities.receipts
        await provider.deliver(convocation)
        await provider.deliver(parcel())
    async with sending(server) as provider:
        assert not provider.capabilities.receipts
        await provider.deliver(convocation)
    asked = [("RET=HDRS" in taken.options, taken.wishes) for taken in server.taken]
    assert asked == [(True, ("NOTIFY=SUCCESS,FAILURE",)), (True, ()), (False, ())]


async def test_a_server_that_does_not_tell_arrivals_is_not_asked(server: MailServer) -> None:
    async with sending(server, hears_back=True) as provider:
        await provider.deliver(replace(parcel(), notice_class=NoticeClass.STATUTORY))
    assert server.taken[0].wishes == ()
