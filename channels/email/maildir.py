"""Letters laid into a Maildir, which any mail reader opens: e-mail without a server."""

import asyncio
import errno
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import ParamSpec

from channels.email.addressing import routable
from channels.email.capabilities import CAPABILITIES
from channels.email.letters import Letters
from domain.addresses import Channel
from domain.channel import Parcel
from domain.errors import Failed, Unreachable

P = ParamSpec("P")

FOLDERS = ("tmp", "new", "cur")
FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


class MaildirProvider:
    """Each letter is a file named by its Message-ID, so that a repeat replaces it."""

    channel = Channel.EMAIL
    capabilities = CAPABILITIES

    def __init__(self, folder: Path, letters: Letters) -> None:
        self._folder = folder
        self._letters = letters

    async def deliver(self, parcel: Parcel) -> str:
        """Lay a letter into `new` and return its Message-ID."""
        to = routable(parcel.address)
        letter = await self._letters.posted(parcel, to)
        plain = letter.data.replace(b"\r\n", b"\n")
        await self._done(write, self._folder, letter.reference.strip("<>"), plain)
        return letter.reference

    async def answer_for_itself(self) -> str:
        await self._done(probe, self._folder)
        return f"{self._folder} is writable"

    async def close(self) -> None:
        """There is nothing to close."""

    async def _done(self, work: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> None:
        """Work in a thread, since disks can be slow, and translate what goes wrong."""
        try:
            await asyncio.to_thread(work, *args, **kwargs)
        except OSError as error:
            raise meaning(error) from None


def write(folder: Path, name: str, data: bytes) -> None:
    """Write a whole file or none: readers look into `new` only, and what is there is on disk."""
    _prepare(folder)
    draft = folder / "tmp" / name
    try:
        with draft.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(folder / "new" / name)
        _keep_names(folder / "new")
    except OSError:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise


def probe(folder: Path) -> None:
    """Write something, and leave nothing."""
    _prepare(folder)
    draft = folder / "tmp" / "probe"
    draft.write_bytes(b"\n")
    draft.unlink()


def _prepare(folder: Path) -> None:
    for each in FOLDERS:
        (folder / each).mkdir(parents=True, exist_ok=True)


def _keep_names(folder: Path) -> None:
    # A file's name is on disk when its folder is.
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def meaning(error: OSError) -> Failed:
    return Unreachable("disk_full" if error.errno in FULL else "maildir_unwritable")
