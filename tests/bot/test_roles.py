"""What one process does of the whole, and what it refuses to do."""

from pathlib import Path

import pytest

from bot.roles import Role, Share
from bot.settings import Email, Settings, Smtp
from domain.addresses import Channel
from domain.errors import Misconfigured

CARRIED = {Channel.EMAIL, Channel.INBOX}
WORKER = Share(frozenset({Role.WORKER}))
WITH_A_SERVER = Settings(smtp=Smtp(host="mail.commune.example"))


def test_one_process_does_everything_on_any_database() -> None:
    Share().require_possible(Settings(), is_shared=False, carried=CARRIED)


@pytest.mark.parametrize("role", Role)
def test_a_role_of_its_own_needs_a_database_that_is_shared(role: Role) -> None:
    share = Share(frozenset({role}))
    with pytest.raises(Misconfigured, match="BEFFROI_DATABASE_URL"):
        share.require_possible(WITH_A_SERVER, is_shared=False, carried=CARRIED)
    share.require_possible(WITH_A_SERVER, is_shared=True, carried=CARRIED)


def test_letters_are_not_laid_on_the_disk_of_one_worker_among_many() -> None:
    with pytest.raises(Misconfigured, match="BEFFROI_SMTP_HOST"):
        WORKER.require_possible(Settings(), is_shared=True, carried=CARRIED)


def test_a_folder_that_was_named_is_taken_to_be_meant() -> None:
    settings = Settings(email=Email(folder=Path("/srv/mail")))
    WORKER.require_possible(settings, is_shared=True, carried=CARRIED)


def test_a_worker_of_other_channels_needs_no_mail_server() -> None:
    share = Share(frozenset({Role.WORKER}), frozenset({Channel.INBOX}))
    share.require_possible(Settings(), is_shared=True, carried=CARRIED)


def test_a_channel_that_nothing_carries_is_refused() -> None:
    share = Share(frozenset({Role.WORKER}), frozenset({Channel.SMS}))
    with pytest.raises(Misconfigured, match="sms"):
        share.require_possible(WITH_A_SERVER, is_shared=True, carried=CARRIED)
