"""E-mail in private: encryption, certificates and passwords, over a socket."""

import ssl
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from channels.email.connections import Server, Tls
from channels.email.smtp import SmtpProvider
from domain.errors import Misconfigured, Unreachable
from tests.channels.email.samples import letters
from tests.channels.email.sending import failure, parcel, sending
from tests.emulators.smtp import MailServer, certificate, mail_server

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


async def test_a_relay_that_signed_its_own_certificate_is_better_than_no_encryption(
    papers: Papers,
) -> None:
    async with (
        mail_server(tls=papers.context) as server,
        sending(server, tls=Tls.WHEN_OFFERED) as provider,
    ):
        assert await provider.deliver(parcel())
        assert "STARTTLS" in await provider.answer_for_itself()


async def test_a_password_is_not_shown_to_a_stranger(papers: Papers) -> None:
    async with (
        mail_server(tls=papers.context, login=LOGIN) as server,
        sending(server, tls=Tls.WHEN_OFFERED, username="u", password="p") as provider,
    ):
        assert (await failure(provider)).code == "tls_refused"


@pytest.mark.parametrize("tls", [Tls.REQUIRED, Tls.IMPLICIT])
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
