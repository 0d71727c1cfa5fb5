"""What a mail server's refusal, or its silence, means for a delivery."""

import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

from aiosmtplib import SMTPException, SMTPResponseException, SMTPTimeoutError

from domain.errors import Barred, Failed, Uncertain, Undeliverable, Unreachable


class Step(StrEnum):
    """How far a letter had come."""

    CONNECT = "connect"
    STARTTLS = "starttls"
    LOGIN = "login"
    SENDER = "sender"
    RECIPIENT = "recipient"
    DATA = "data"


# RFC 3463: an enhanced code says whose fault it is; these say the mailbox is not there. (5.1.7 and
# 5.1.8 are about our own address.)
DEAD_MAILBOX = re.compile(r"5\.(1\.([01236]|10)|2\.1)")
ENHANCED = re.compile(r"([245])\.(\d{1,3})\.(\d{1,3})(?!\d)")
# RFC 5321, 4.2.3, where a server gives no enhanced code: no such mailbox, user not local, bad name.
NO_SUCH_MAILBOX = frozenset({550, 551, 553})
TOO_LARGE = 552
GOODBYE = 421
NOT_NOW = range(400, 500)
NEVER = range(500, 600)
# Refusals at these steps are about us, not about the letter: it may go when we have been mended.
ABOUT_US = frozenset({Step.CONNECT, Step.STARTTLS, Step.LOGIN, Step.SENDER})
# Of these, the login and the sender stay refused until somebody mends our settings.
OURS = frozenset({Step.LOGIN, Step.SENDER})
# The word for the records, where the step says more than the code does.
REFUSED = {Step.STARTTLS: "tls_refused", Step.LOGIN: "login_refused"}
LOST = {**REFUSED, Step.CONNECT: "unconnected"}


@contextmanager
def during(step: Step) -> Iterator[None]:
    """Translate what the library raises while this step is taken.

    The cause is left behind: its text quotes the address.
    """
    try:
        yield
    except (SMTPException, OSError) as error:
        raise meaning(error, step) from None


def meaning(error: SMTPException | OSError, step: Step) -> Failed:
    """Return the failure to tell of `error` at `step`."""
    if isinstance(error, SMTPResponseException):
        return refusal(error.code, error.message, step)
    if step is Step.DATA:
        # The server may have taken the letter and lost the line before it could say so.
        return Uncertain(_loss(error, step))
    return Unreachable(_loss(error, step))


def refusal(code: int, text: str, step: Step) -> Failed:
    """Return the failure for a reply `code` and its text (RFC 5321, 4.2.1; RFC 3463)."""
    enhanced = ENHANCED.match(text)
    word = f"smtp_{code}_{enhanced.group()}" if enhanced else f"smtp_{code}"
    if code in NOT_NOW:
        return Unreachable(word, is_only_here=step not in ABOUT_US and code != GOODBYE)
    if code not in NEVER:  # no reply this protocol knows
        return Uncertain(word) if step is Step.DATA else Unreachable(word)
    if step in ABOUT_US and code != TOO_LARGE:
        word = REFUSED.get(step, word)
        return Barred(word) if step in OURS else Unreachable(word)
    return Undeliverable(word, is_address_dead=_is_dead(code, enhanced, step))


def _is_dead(code: int, enhanced: re.Match[str] | None, step: Step) -> bool:
    if enhanced:
        return DEAD_MAILBOX.fullmatch(enhanced.group()) is not None
    return step is Step.RECIPIENT and code in NO_SUCH_MAILBOX


def _loss(error: SMTPException | OSError, step: Step) -> str:
    if isinstance(error, SMTPTimeoutError | TimeoutError):
        return "timeout"
    if isinstance(error, ssl.SSLError) or isinstance(error.__cause__, ssl.SSLError):
        return "tls_refused"
    return LOST.get(step, "disconnected")
