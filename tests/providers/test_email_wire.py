"""E-mail over a socket, against a mail server that others wrote."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from channels.email.connections import Connections, Server, Tls
from channels.email.smtp import SmtpProvider
from domain.channel import Parcel
from domain.errors import Failed, Misconfigured, Uncertain, Undeliverable, Unreachable
from domain.messages import Message
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
    letters,
)
from tests.emulators.smtp import MailServer, Misbehaviour, certificate, mail_server

SHORT = timedelta(milliseconds=250)
LOGIN = ("beffroi", "s€cret")


@dataclass(frozen=True, slots=True)
class Papers:
    """A server's certificate, and the file whoever trusts it names."""

    context: ssl.SSLContext
    trusted: Path


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Papers:
    return Papers(*certificate(tmp_path_factory.mktemp("certificate")))


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    async with mail_server() as server:
        yield server


@asynccontextmanager
async def sending(
    server: MailServer | int, *, connections: int = 1, **settings: object
) -> AsyncIterator[SmtpProvider]:
    port = server if isinstance(server, int) else server.port
    kept = {"timeout": timedelta(seconds=10), "tls": Tls.NEVER, **settings}
    provider = SmtpProvider(
        replace(Server("127.0.0.1", port), **kept),  # type: ignore[arg-type]  # each test names its own few
        letters(),
        connections=connections,
    )
    try:
        yield provider
    finally:
        await provider.close()


def parcel(message: Message = PLAIN, *, number: int = 7, to: str = "a@casablanca.test") -> Parcel:
    return Parcel(number, to, message, content_key=message.sha256)


async def failure(provider: SmtpProvider, sent: Parcel | None = None) -> Failed:
    with pytest.raises(Failed) as failed:
        await provider.deliver(sent or parcel())
    return failed.value


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


@pytest.mark.parametrize(
    ("command", "reply", "kind", "code"),
    [
        ("RCPT", "450 4.7.1 Greylisted, try again later", Unreachable, "smtp_450_4.7.1"),
        ("RCPT", "550 5.1.1 Unknown user", Undeliverable, "smtp_550_5.1.1"),
        ("RCPT", "554 5.7.1 Relay access denied", Undeliverable, "smtp_554_5.7.1"),
        ("MAIL", "421 4.3.2 Going down", Unreachable, "smtp_421_4.3.2"),
        ("MAIL", "553 5.7.1 Not your address", Unreachable, "smtp_553_5.7.1"),
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


async def test_starttls_and_login_are_used_and_told(papers: Papers) -> None:
    username, password = LOGIN
    async with (
        mail_server(tls=papers.context, login=LOGIN) as server,
        sending(
            server,
            tls=Tls.REQUIRED,
            ca_file=papers.trusted,
            username=username,
            password=password,
        ) as provider,
    ):
        await provider.deliver(parcel())
        said = await provider.answer_for_itself()
    assert server.taken[0].is_encrypted
    assert server.taken[0].is_logged_in
    assert said == f"127.0.0.1:{server.port} answers, STARTTLS, logged in"


async def test_implicit_tls_is_encrypted_from_the_first_byte(papers: Papers) -> None:
    async with (
        mail_server(tls=papers.context, is_implicit=True) as server,
        sending(server, tls=Tls.IMPLICIT, ca_file=papers.trusted) as provider,
    ):
        await provider.deliver(parcel())
        assert await provider.answer_for_itself() == f"127.0.0.1:{server.port} answers, TLS"


@pytest.mark.parametrize("tls", [Tls.WHEN_OFFERED, Tls.REQUIRED, Tls.IMPLICIT])
async def test_a_stranger_s_certificate_is_refused(papers: Papers, tls: Tls) -> None:
    async with (
        mail_server(tls=papers.context, is_implicit=tls is Tls.IMPLICIT) as server,
        sending(server, tls=tls) as provider,
    ):
        assert (await failure(provider)).code == "tls_refused"
    assert server.taken == []


async def test_encryption_is_used_when_offered_and_missed_only_when_required(
    papers: Papers, server: MailServer
) -> None:
    async with (
        mail_server(tls=papers.context) as offering,
        sending(offering, tls=Tls.WHEN_OFFERED, ca_file=papers.trusted) as provider,
    ):
        await provider.deliver(parcel())
    assert offering.taken[0].is_encrypted
    async with sending(server, tls=Tls.WHEN_OFFERED) as provider:
        await provider.deliver(parcel())
        assert await provider.answer_for_itself() == f"127.0.0.1:{server.port} answers"
    async with sending(server, tls=Tls.REQUIRED) as provider:
        assert (await failure(provider)).code == "tls_not_offered"


async def test_a_password_never_leaves_in_the_clear_unless_told_to(server: MailServer) -> None:
    async with sending(server, tls=Tls.WHEN_OFFERED, username="u", password="p") as provider:
        assert (await failure(provider)).code == "tls_not_offered"


@pytest.mark.parametrize("password", ["wrong", ""])
async def test_a_refused_login_is_ours_to_mend(papers: Papers, password: str) -> None:
    async with (
        mail_server(tls=papers.context, login=LOGIN) as server,
        sending(
            server,
            tls=Tls.REQUIRED,
            ca_file=papers.trusted,
            username=LOGIN[0],
            password=password,
        ) as provider,
    ):
        failed = await failure(provider)
        assert isinstance(failed, Unreachable)
        assert failed.code == "login_refused"


async def test_a_server_without_login_is_told_as_such(server: MailServer) -> None:
    async with sending(server, tls=Tls.NEVER, username="u", password="p") as provider:
        assert (await failure(provider)).code == "login_refused"


def test_a_file_of_certificates_that_is_none_stops_the_start(tmp_path: Path) -> None:
    for content in (None, b"not a certificate"):
        file = tmp_path / "ca.pem"
        if content:
            file.write_bytes(content)
        with pytest.raises(Misconfigured):
            SmtpProvider(Server("127.0.0.1", 25, ca_file=file), letters())


async def test_the_same_delivery_again_is_the_same_message_id(server: MailServer) -> None:
    async with sending(server) as provider:
        first, second = [await provider.deliver(parcel()) for _ in range(2)]
    assert first == second
