"""What Telegram's refusals mean for a delivery, as tables."""

from collections.abc import Iterator
from contextlib import contextmanager

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    TelegramError,
)

from channels.telegram.request import Flooded, Unanswered
from domain.errors import Barred, Failed, Uncertain, Undeliverable, Unreachable

# Words of a description, the code we record, and whether nothing else will reach the chat either.
# Telegram promises no wording: what matches nothing is refused for this message only.
FORBIDDEN = (
    ("blocked", "blocked"),
    ("deactivated", "deactivated"),
    ("kicked", "kicked"),
    ("deleted", "chat_deleted"),
    ("initiate conversation", "never_started"),
)
BAD_REQUESTS = (
    ("chat not found", "chat_not_found", True),
    ("user not found", "chat_not_found", True),
    ("peer_id_invalid", "chat_not_found", True),
    ("deactivated", "deactivated", True),
    ("chat_write_forbidden", "no_rights", True),
    ("not enough rights", "no_rights", True),
    ("have no rights", "no_rights", True),
    ("parse entities", "markup_refused", False),
    ("too long", "too_long", False),
    ("text is empty", "empty", False),
    ("too big", "file_too_big", False),
    ("wrong file_id", "file_gone", False),
    ("not there any more", "file_gone", False),
)


def failed(error: TelegramError) -> Failed:
    """Return what to do next about an error; nothing of its text is kept."""
    match error:
        case Flooded():
            # Telegram does not say whose limit it was; mostly it is that of one chat.
            return Unreachable("flood", retry_after=error.retry_after, is_only_here=True)
        case Forbidden():
            return Undeliverable(_forbidden(error), is_address_dead=True)
        case BadRequest():
            return _refused(error)
        case Unanswered():
            return Uncertain("no_answer")
        case _:
            return _for_later(error)


@contextmanager
def translated() -> Iterator[None]:
    """Let none of the library's errors out, nor their texts, which may quote a message."""
    try:
        yield
    except TelegramError as error:
        raise failed(error) from None


def says(error: TelegramError, words: str) -> bool:
    return words in error.message.lower()


def _for_later(error: TelegramError) -> Failed:
    match error:
        case InvalidToken() | EndPointNotFound():
            return Barred("token_refused")
        case ChatMigrated():
            return Unreachable("migrated_again", is_only_here=True)
        case _:
            return Unreachable("conflict" if isinstance(error, Conflict) else "unreachable")


def _forbidden(error: Forbidden) -> str:
    return next((code for words, code in FORBIDDEN if says(error, words)), "forbidden")


def _refused(error: BadRequest) -> Undeliverable:
    for words, code, is_address_dead in BAD_REQUESTS:
        if says(error, words):
            return Undeliverable(code, is_address_dead=is_address_dead)
    return Undeliverable("bad_request")
