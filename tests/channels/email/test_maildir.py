import errno
import mailbox
from pathlib import Path

import pytest

from channels.email.maildir import MaildirProvider, meaning
from domain.channel import Parcel
from domain.errors import Unreachable
from tests.channels.email.samples import ARABIC, PLAIN, body, letters, parsed


def letters_in(folder: Path) -> list[bytes]:
    reader = mailbox.Maildir(folder, create=False)
    return [reader.get_bytes(key) for key in sorted(reader.keys())]


async def test_any_mail_reader_opens_what_was_delivered(tmp_path: Path) -> None:
    provider = MaildirProvider(tmp_path / "mail", letters())
    reference = await provider.deliver(Parcel(7, "a@casablanca.test", ARABIC))
    (data,) = letters_in(tmp_path / "mail")
    letter = parsed(data)
    assert letter["Message-ID"] == reference
    assert letter["To"] == "a@casablanca.test"
    assert "تعقد الدورة" in body(letter, "plain")
    assert b"\r" not in data


async def test_the_same_delivery_twice_is_one_letter(tmp_path: Path) -> None:
    provider = MaildirProvider(tmp_path, letters())
    for _ in range(2):
        await provider.deliver(Parcel(7, "a@casablanca.test", PLAIN, content_key="1:fr"))
    await provider.deliver(Parcel(8, "b@casablanca.test", PLAIN, content_key="1:fr"))
    assert [parsed(data)["To"] for data in letters_in(tmp_path)] == [
        "a@casablanca.test",
        "b@casablanca.test",
    ]


async def test_a_full_disk_is_waited_for_and_leaves_no_half_letter(tmp_path: Path) -> None:
    provider = MaildirProvider(tmp_path, letters())
    reference = await provider.deliver(Parcel(7, "a@casablanca.test", PLAIN))
    (tmp_path / "new" / reference.strip("<>")).unlink()
    (tmp_path / "tmp" / reference.strip("<>")).symlink_to("/dev/full")
    with pytest.raises(Unreachable, match="disk_full"):
        await provider.deliver(Parcel(7, "a@casablanca.test", PLAIN))
    assert list((tmp_path / "new").iterdir()) == list((tmp_path / "tmp").iterdir()) == []


async def test_a_folder_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("not a folder")
    provider = MaildirProvider(tmp_path / "mail", letters())
    with pytest.raises(Unreachable, match="maildir_unwritable"):
        await provider.deliver(Parcel(7, "a@casablanca.test", PLAIN))
    with pytest.raises(Unreachable, match="maildir_unwritable"):
        await provider.answer_for_itself()


async def test_the_folder_answers_for_itself_and_keeps_nothing_of_it(tmp_path: Path) -> None:
    provider = MaildirProvider(tmp_path, letters())
    assert await provider.answer_for_itself() == f"{tmp_path} is writable"
    assert letters_in(tmp_path) == []
    assert list((tmp_path / "tmp").iterdir()) == []


def test_a_quota_is_a_full_disk() -> None:
    assert meaning(OSError(errno.EDQUOT, "")).code == "disk_full"
    assert meaning(PermissionError(errno.EACCES, "")).code == "maildir_unwritable"
