"""A folder on a mail server (IMAP4rev1, RFC 3501); every call waits for the network."""

import imaplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from channels.email.connections import Tls
from domain.errors import Misconfigured, Unreachable

# Reports of what became of letters, and people who write that they want no more.
OF_INTEREST = 'UNSEEN OR HEADER Content-Type "multipart/report" SUBJECT "unsubscribe"'
MOST_READ = 262_144  # bytes: reports say what happened before they return the letter


@dataclass(frozen=True, slots=True)
class Folder:
    """Where letters to our own address arrive. `timeout` holds for each answer of the server."""

    host: str
    username: str
    password: str
    port: int = 993
    tls: Tls = Tls.IMPLICIT
    ca_file: Path | None = None
    name: str = "INBOX"
    timeout: timedelta = timedelta(seconds=20)


class Mailbox:
    """One folder, opened and closed for each look: it need not be kept open."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._line: imaplib.IMAP4 | None = None
        self._tls = _tls_context(folder)

    def open(self) -> None:
        """Connect, log in and choose the folder; raise Unreachable, and nothing else."""
        with _asked("unconnected"):
            self._line = self._connected()
            if self._folder.tls not in {Tls.IMPLICIT, Tls.NEVER}:
                self._line.starttls(self._tls)
        with _asked("login_refused"):
            self._line.login(_quoted(self._folder.username), self._folder.password)
        with _asked("no_such_folder"):
            _confirmed(self._line.select(_quoted(self._folder.name)))

    def waiting(self) -> list[str]:
        """Return the numbers (UIDs) of unseen letters that may concern us, oldest first."""
        with _asked("search_refused"):
            found = _confirmed(self._opened.uid("SEARCH", OF_INTEREST))
            return [str(number, "ascii") for number in (found[0] or b"").split()]

    def letter(self, number: str) -> bytes:
        """Return a letter, or its beginning; it stays unseen. Empty when it has gone."""
        with _asked("fetch_refused"):
            parts = _confirmed(self._opened.uid("FETCH", number, f"(BODY.PEEK[]<0.{MOST_READ}>)"))
            return next((bytes(part[1]) for part in parts if isinstance(part, tuple)), b"")

    def settle(self, number: str) -> None:
        """Mark a letter as seen."""
        with _asked("store_refused"):
            _confirmed(self._opened.uid("STORE", number, "+FLAGS.SILENT", r"(\Seen)"))

    def close(self) -> None:
        line, self._line = self._line, None
        if line:
            with suppress(imaplib.IMAP4.error, OSError):
                line.logout()

    def hang_up(self) -> None:
        """End whatever is under way, from any thread."""
        line, self._line = self._line, None
        if line:
            with suppress(OSError):
                line.socket().shutdown(socket.SHUT_RDWR)
            with suppress(OSError):
                line.shutdown()

    @property
    def _opened(self) -> imaplib.IMAP4:
        if self._line is None:
            raise Unreachable("unconnected")
        return self._line

    def _connected(self) -> imaplib.IMAP4:
        folder = self._folder
        seconds = folder.timeout.total_seconds()
        if folder.tls is Tls.IMPLICIT:
            return imaplib.IMAP4_SSL(
                folder.host, folder.port, ssl_context=self._tls, timeout=seconds
            )
        return imaplib.IMAP4(folder.host, folder.port, timeout=seconds)


@contextmanager
def _asked(trouble: str) -> Iterator[None]:
    """Translate what the library raises; its texts may quote a letter, and are left behind."""
    try:
        yield
    except TimeoutError:
        raise Unreachable("timeout") from None
    except ssl.SSLError:
        raise Unreachable("tls_refused") from None
    except imaplib.IMAP4.abort:
        raise Unreachable("disconnected") from None
    except (imaplib.IMAP4.error, UnicodeError):
        raise Unreachable(trouble) from None
    except OSError:
        raise Unreachable("unconnected") from None


def _confirmed(answer: tuple[str, list[Any]]) -> list[Any]:
    said, data = answer
    if said != "OK":
        raise imaplib.IMAP4.error(said)
    return data


def _quoted(word: str) -> str:
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _tls_context(folder: Folder) -> ssl.SSLContext | None:
    if folder.tls is Tls.NEVER:
        return None
    try:
        return ssl.create_default_context(cafile=folder.ca_file)
    except (OSError, ssl.SSLError) as error:
        raise Misconfigured(
            f"The certificates to trust for IMAP cannot be read from {folder.ca_file}."
        ) from error
