"""The mailbox of our own address, on an IMAP server that others wrote."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from channels.email.connections import Tls
from channels.email.listening import MailboxListener
from channels.email.mailbox import Folder, Mailbox
from domain.clock import HandClock
from domain.errors import Unavailable, Unreachable
from domain.messages import Event, Receipt
from tests.channels.email.bounces import OURS, bounce, writing
from tests.emulators.imap import MailboxServer, mailbox_server
from tests.emulators.smtp import certificate

NOW = datetime(2027, 1, 20, tzinfo=UTC)
TOKEN = "7.email.AbCdEf-_0123456789AbCd"


@dataclass
class House:
    """Who hears what comes."""

    heard: list[Event] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    trouble: Exception | None = None
    is_known: bool = True

    async def hear(self, event: Event) -> None:
        if self.trouble:
            raise self.trouble
        self.heard.append(event)

    async def leave(self, token: str) -> bool:
        self.left.append(token)
        return self.is_known

    def listener(self, folder: Folder) -> MailboxListener:
        return MailboxListener(
            folder, self.hear, self.leave, HandClock(NOW), host="casablanca.test"
        )


@pytest.fixture
async def server() -> AsyncIterator[MailboxServer]:
    async with mailbox_server() as server:
        yield server


async def test_a_bounce_is_heard_once_and_then_seen(server: MailboxServer) -> None:
    house = House()
    await server.receive(bounce(), bounce("delivered", "2.0.0"), bounce("delayed", "4.4.1"))
    for _ in range(2):
        listener = house.listener(server.folder())
        await listener.look()
        assert listener.answered_at == NOW
    receipts = [one for one in house.heard if isinstance(one, Receipt)]
    assert [(one.provider_ref, one.state) for one in receipts] == [
        (OURS, "failed"),
        (OURS, "delivered"),
    ]
    assert await server.unseen() == 0


async def test_who_writes_to_leave_is_let_go(server: MailboxServer) -> None:
    house = House()
    await server.receive(writing(f"Unsubscribe {TOKEN}"))
    await house.listener(server.folder()).look()
    assert house.left == [TOKEN]
    assert await server.unseen() == 0


async def test_what_is_not_for_us_stays_unseen_and_is_read_once(server: MailboxServer) -> None:
    house = House(is_known=False)
    strangers = [bounce(message_id="<1.x@elsewhere.test>"), writing("unsubscribe me, please")]
    await server.receive(*strangers, writing(f"unsubscribe {TOKEN}"), writing("Bonjour"))
    listener = house.listener(server.folder())
    for _ in range(2):
        await listener.look()
    assert not house.heard
    assert house.left == [TOKEN]
    assert await server.unseen() == 4


async def test_while_the_store_is_away_nothing_is_marked(server: MailboxServer) -> None:
    house = House(trouble=Unavailable("disk full"))
    await server.receive(bounce())
    listener = house.listener(server.folder())
    with pytest.raises(Unavailable):
        await listener.look()
    assert await server.unseen() == 1
    house.trouble = None
    await listener.look()
    assert len(house.heard) == 1


async def test_a_letter_that_breaks_us_does_not_deafen_us(server: MailboxServer) -> None:
    house = House(trouble=RuntimeError("a name"))
    await server.receive(bounce())
    listener = house.listener(server.folder())
    await listener.look()
    house.trouble = None
    await server.receive(bounce("delivered", "2.0.0"))
    await listener.look()
    assert [one.state for one in house.heard if isinstance(one, Receipt)] == ["delivered"]


async def test_a_long_letter_is_read_as_far_as_it_matters(server: MailboxServer) -> None:
    house = House()
    await server.receive(bounce(returns="message/rfc822") + b"\r\nx" * 400_000)
    await house.listener(server.folder()).look()
    assert len(house.heard) == 1


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ({"password": "wrong"}, "login_refused"),
        ({"password": "mot de passe é"}, "login_refused"),
        ({"name": "Elsewhere"}, "no_such_folder"),
        ({"tls": Tls.IMPLICIT}, "tls_refused"),
    ],
)
async def test_a_mailbox_that_lets_nobody_in_is_told_by_a_word(
    server: MailboxServer, settings: dict[str, object], code: str
) -> None:
    with pytest.raises(Unreachable, match=code):
        await House().listener(server.folder(**settings)).look()


async def test_nobody_listening_and_a_line_that_is_cut_are_unreachable(
    server: MailboxServer,
) -> None:
    mailbox = Mailbox(server.folder())
    await asyncio.to_thread(mailbox.open)
    server.cut()
    with pytest.raises(Unreachable):
        await asyncio.to_thread(mailbox.waiting)
    mailbox.hang_up()
    async with mailbox_server() as gone:
        folder = gone.folder()
    with pytest.raises(Unreachable, match="unconnected"):
        await House().listener(folder).look()


async def test_a_listener_goes_on_through_trouble_until_it_is_ended() -> None:
    house = House()
    async with mailbox_server() as gone:
        folder = gone.folder()
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        await asyncio.sleep(0)
        if len(slept) == 2:
            raise asyncio.CancelledError

    listener = MailboxListener(
        folder, house.hear, house.leave, HandClock(NOW), host="casablanca.test", sleep=sleep
    )
    with pytest.raises(asyncio.CancelledError):
        await listener.run()
    assert slept == [60, 60]
    assert listener.answered_at is None


async def test_an_encrypted_mailbox_is_trusted_by_its_certificate(tmp_path: Path) -> None:
    context, chain = certificate(tmp_path)
    async with mailbox_server(tls=context) as server:
        listener = House().listener(server.folder(tls=Tls.IMPLICIT, ca_file=chain))
        await listener.look()
        assert listener.answered_at == NOW
        with pytest.raises(Unreachable, match="tls_refused"):
            await House().listener(server.folder(tls=Tls.IMPLICIT)).look()
