"""The wiring: which parts there are, by what the settings name."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.settings import Email, Imap, Mode, Settings, Smtp, Telegram, Web
from bot.wiring import opened_store, unmigrated_store, wired
from channels.email.listening import MailboxListener
from channels.email.maildir import MaildirProvider
from channels.email.smtp import SmtpProvider
from channels.telegram.polling import Poller
from domain.addresses import Channel
from domain.channel import Parcel
from domain.clock import HandClock
from domain.errors import Misconfigured
from domain.messages import Message
from domain.notices import NoticeClass

TOKEN = SecretStr("1:token")
WEBHOOK = "https://council.ma/webhooks/telegram"


def settings(folder: Path, **sections: object) -> Settings:
    url = SecretStr(f"sqlite:///{folder}/new/folder/beffroi.db")
    plain = {"database_url": url, "email": Email(folder=folder / "mail"), **sections}
    return Settings.model_validate(plain)


async def test_without_settings_letters_lie_in_a_folder(tmp_path: Path, clock: HandClock) -> None:
    async with wired(settings(tmp_path), clock) as program:
        assert set(program.providers) == {
            Channel.INBOX,
            Channel.WEB,
            Channel.EMAIL,
            Channel.WEBHOOK,
        }
        assert isinstance(program.providers[Channel.EMAIL], MaildirProvider)
        assert not program.ways_in.doors
        assert not program.ways_in.listeners


async def test_a_mail_server_carries_letters(tmp_path: Path, clock: HandClock) -> None:
    async with wired(settings(tmp_path, smtp=Smtp(host="mail.council.ma")), clock) as program:
        assert isinstance(program.providers[Channel.EMAIL], SmtpProvider)


async def test_a_token_opens_telegram(tmp_path: Path, clock: HandClock) -> None:
    telegram = Telegram(token=TOKEN)
    async with wired(settings(tmp_path, telegram=telegram), clock) as program:
        assert Channel.TELEGRAM in program.providers
        assert isinstance(program.ways_in.listeners["telegram"], Poller)
        assert not program.ways_in.doors


async def test_a_webhook_is_a_door_instead_of_a_question(tmp_path: Path, clock: HandClock) -> None:
    telegram = Telegram(
        mode=Mode.WEBHOOK, token=TOKEN, secret=SecretStr("secret"), webhook_url=WEBHOOK
    )
    async with wired(settings(tmp_path, telegram=telegram), clock) as program:
        assert [door.channel for door in program.ways_in.doors] == [Channel.TELEGRAM]
        listener = program.ways_in.listeners["telegram"]
        assert not isinstance(listener, Poller)


async def test_a_shared_database_is_left_to_one_who_migrates(
    postgresql_url: str, clock: HandClock
) -> None:
    shared = Settings(database_url=SecretStr(postgresql_url))
    async with unmigrated_store(shared, clock) as store, store.unit() as unit:
        await unit.connection.exec_driver_sql("DELETE FROM alembic_version")
    with pytest.raises(Misconfigured, match="beffroi migrate"):
        async with opened_store(shared, clock):
            pass


async def test_the_sender_s_mailbox_is_listened_to_when_it_is_named(
    tmp_path: Path, clock: HandClock
) -> None:
    imap = Imap(host="imap.council.ma", username="council", password=SecretStr("secret"))
    smtp = Smtp(host="mail.council.ma")
    async with wired(settings(tmp_path, imap=imap, smtp=smtp), clock) as program:
        assert isinstance(program.ways_in.listeners["mailbox"], MailboxListener)
        assert program.providers[Channel.EMAIL].capabilities.receipts


async def test_news_can_be_left_where_the_pages_have_a_public_address(
    tmp_path: Path, clock: HandClock
) -> None:
    news = Parcel(
        1,
        "a@council.ma",
        Message("Des nouvelles", "fr"),
        notice_class=NoticeClass.INFORMATIONAL,
        person_id=7,
    )
    web = Web(public_url="https://council.ma")
    async with wired(settings(tmp_path, web=web), clock) as program:
        await program.providers[Channel.EMAIL].deliver(news)
    (letter,) = (tmp_path / "mail" / "new").iterdir()
    assert "<https://council.ma/unsubscribe/7.email." in letter.read_text("utf-8")
