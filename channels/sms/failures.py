"""What Twilio's refusals mean for a delivery, as tables."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus

from twilio.base.exceptions import TwilioException

from domain.errors import Barred, Failed, Uncertain, Undeliverable, Unreachable


@dataclass(frozen=True, slots=True)
class Never:
    """`is_address_dead`: nothing else will reach this number either."""

    code: str
    is_address_dead: bool = False


@dataclass(frozen=True, slots=True)
class Later:
    code: str


@dataclass(frozen=True, slots=True)
class Ours:
    """About our account, not about the message: somebody has to mend it."""

    code: str


# Twilio, "Error and Warning Dictionary". Refusals of a request, and what a carrier said afterwards.
MEANINGS: dict[int, Never | Later | Ours] = {
    21211: Never("not_a_number", is_address_dead=True),
    21214: Never("not_a_number", is_address_dead=True),
    21217: Never("not_a_number", is_address_dead=True),
    21265: Never("not_a_number", is_address_dead=True),
    21408: Never("country_not_enabled"),
    21606: Ours("sender_refused"),
    21603: Ours("sender_refused"),
    21610: Never("opted_out", is_address_dead=True),
    21611: Later("sender_queue_full"),
    21612: Never("no_way_there"),
    21614: Never("not_a_mobile", is_address_dead=True),
    21617: Never("too_long"),
    21619: Never("empty"),
    21656: Never("template_refused"),
    21659: Ours("sender_refused"),
    21660: Ours("sender_refused"),
    21703: Ours("sender_refused"),
    20003: Ours("login_refused"),
    20404: Ours("account_unknown"),
    20429: Later("flood"),
    30001: Never("queue_overflow"),
    30002: Never("account_suspended"),
    30003: Never("switched_off"),
    30004: Never("blocked"),
    30005: Never("unknown_number", is_address_dead=True),
    30006: Never("landline", is_address_dead=True),
    30007: Never("filtered"),
    30008: Never("unknown_error"),
    30034: Never("sender_unregistered"),
    30036: Never("expired"),
    63003: Never("not_on_whatsapp", is_address_dead=True),
    63016: Never("outside_window"),
    63018: Later("flood"),
    63024: Never("not_on_whatsapp", is_address_dead=True),
    63032: Never("not_wanted"),
}
OURS = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND})
NOT_TAKEN = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE})


class Unsent(TwilioException):
    """No whole request left: nothing can have happened."""


class Unanswered(TwilioException):
    """The request left and no answer came that can be read: anything can have happened."""


class Answered(TwilioException):
    """Twilio answered with an error; `code` is Twilio's own, or 0."""

    def __init__(self, status: int, code: int, retry_after: timedelta | None) -> None:
        super().__init__(status, code)
        self.status = status
        self.code = code
        self.retry_after = retry_after


@contextmanager
def translated() -> Iterator[None]:
    """Let none of the library's errors out, nor their texts, which may quote a number."""
    try:
        yield
    except (TwilioException, ValueError, KeyError, TypeError, AttributeError) as error:
        raise failed(error) from None


def failed(error: Exception) -> Failed:
    """Return what to do next about an error of the library or of its answer's shape."""
    match error:
        case Unsent():
            return Unreachable("unconnected")
        case Answered():
            return refusal(error)
        case Unanswered():
            return Uncertain("no_answer")
        case _:  # Twilio said yes, and the rest of its answer cannot be read
            return Uncertain("unreadable_answer")


def refusal(answer: Answered) -> Failed:
    """Return the failure for an HTTP error and Twilio's code."""
    if answer.status in NOT_TAKEN:
        return Unreachable(_word(answer, "flood"), retry_after=answer.retry_after)
    if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Uncertain(f"http_{answer.status}")
    meaning = MEANINGS.get(answer.code) or _unlisted(answer)
    if isinstance(meaning, Never):
        return Undeliverable(meaning.code, is_address_dead=meaning.is_address_dead)
    if isinstance(meaning, Ours):
        return Barred(meaning.code)
    return Unreachable(meaning.code, retry_after=answer.retry_after)


def told(code: str) -> tuple[str, bool]:
    """Return our word for the error code of a receipt, and whether the number is dead."""
    known = MEANINGS.get(int(code)) if code.isascii() and code.isdecimal() else None
    word = known.code if known else f"twilio_{code}"[:40]
    return word, isinstance(known, Never) and known.is_address_dead


def _unlisted(answer: Answered) -> Never | Ours:
    if answer.status in OURS:
        return Ours(f"http_{answer.status}")
    return Never(f"twilio_{answer.code}" if answer.code else f"http_{answer.status}")


def _word(answer: Answered, otherwise: str) -> str:
    if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
        return otherwise
    return f"http_{answer.status}"
