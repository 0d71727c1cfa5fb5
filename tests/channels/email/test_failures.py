import ssl
import traceback

import pytest
from aiosmtplib import (
    SMTPConnectError,
    SMTPDataError,
    SMTPException,
    SMTPReadTimeoutError,
    SMTPRecipientRefused,
    SMTPServerDisconnected,
)

from channels.email.failures import Step, during, meaning, refusal
from domain.errors import Barred, Failed, Uncertain, Undeliverable, Unreachable

REFUSALS = [
    # step, code, text, failure, word, is the address dead
    (Step.RECIPIENT, 450, "4.7.1 Greylisted", Unreachable, "smtp_450_4.7.1", None),
    (Step.RECIPIENT, 452, "4.2.2 Mailbox full", Unreachable, "smtp_452_4.2.2", None),
    (Step.RECIPIENT, 451, "try later", Unreachable, "smtp_451", None),
    (Step.SENDER, 421, "closing", Unreachable, "smtp_421", None),
    (Step.RECIPIENT, 550, "5.1.1 User unknown", Undeliverable, "smtp_550_5.1.1", True),
    (Step.RECIPIENT, 556, "5.1.10 Null MX", Undeliverable, "smtp_556_5.1.10", True),
    (Step.RECIPIENT, 550, "5.2.1 Disabled", Undeliverable, "smtp_550_5.2.1", True),
    (Step.RECIPIENT, 550, "No such user", Undeliverable, "smtp_550", True),
    (Step.RECIPIENT, 551, "User not local", Undeliverable, "smtp_551", True),
    (Step.RECIPIENT, 553, "Bad mailbox name", Undeliverable, "smtp_553", True),
    (Step.RECIPIENT, 550, "5.7.1 Refused by policy", Undeliverable, "smtp_550_5.7.1", False),
    (Step.RECIPIENT, 550, "5.1.8 Bad sender's system", Undeliverable, "smtp_550_5.1.8", False),
    (Step.RECIPIENT, 552, "5.2.2 Over quota", Undeliverable, "smtp_552_5.2.2", False),
    (Step.RECIPIENT, 554, "Relay access denied", Undeliverable, "smtp_554", False),
    (Step.DATA, 550, "Looks like spam", Undeliverable, "smtp_550", False),
    (Step.DATA, 554, "5.6.0 Content refused", Undeliverable, "smtp_554_5.6.0", False),
    (Step.DATA, 451, "4.3.0 Queue full", Unreachable, "smtp_451_4.3.0", None),
    (Step.DATA, -1, "nonsense", Uncertain, "smtp_-1", None),
    (Step.RECIPIENT, -1, "nonsense", Unreachable, "smtp_-1", None),
    # What is about us is mended by us, and the letter goes then.
    (Step.CONNECT, 554, "No service here", Unreachable, "smtp_554", None),
    (Step.SENDER, 550, "5.7.1 Sender not allowed", Barred, "smtp_550_5.7.1", None),
    (Step.SENDER, 530, "5.7.0 Log in first", Barred, "smtp_530_5.7.0", None),
    (Step.SENDER, 552, "5.3.4 Too big", Undeliverable, "smtp_552_5.3.4", False),
    (Step.LOGIN, 535, "5.7.8 Bad credentials", Barred, "login_refused", None),
    (Step.STARTTLS, 554, "no", Unreachable, "tls_refused", None),
]


@pytest.mark.parametrize(("step", "code", "text", "kind", "word", "is_dead"), REFUSALS)
def test_a_refusal_is_told_by_what_to_do_next(
    *, step: Step, code: int, text: str, kind: type[Failed], word: str, is_dead: bool | None
) -> None:
    failure = refusal(code, text, step)
    assert type(failure) is kind
    assert failure.code == word
    if isinstance(failure, Undeliverable):
        assert failure.is_address_dead is is_dead


LOSSES = [
    (SMTPConnectError("refused"), Step.CONNECT, Unreachable, "unconnected"),
    (SMTPReadTimeoutError("late"), Step.CONNECT, Unreachable, "timeout"),
    (SMTPServerDisconnected("gone"), Step.RECIPIENT, Unreachable, "disconnected"),
    (ConnectionResetError(), Step.RECIPIENT, Unreachable, "disconnected"),
    (TimeoutError(), Step.SENDER, Unreachable, "timeout"),
    (SMTPServerDisconnected("gone"), Step.DATA, Uncertain, "disconnected"),
    (SMTPReadTimeoutError("late"), Step.DATA, Uncertain, "timeout"),
    (SMTPException("no AUTH"), Step.LOGIN, Unreachable, "login_refused"),
    (ssl.SSLCertVerificationError("who?"), Step.STARTTLS, Unreachable, "tls_refused"),
]


@pytest.mark.parametrize(("error", "step", "kind", "word"), LOSSES)
def test_a_lost_line_is_uncertain_only_once_the_letter_left(
    error: SMTPException | OSError, step: Step, kind: type[Failed], word: str
) -> None:
    failure = meaning(error, step)
    assert type(failure) is kind
    assert failure.code == word


def test_certificates_are_seen_behind_the_library_s_own_words() -> None:
    error = SMTPConnectError("cannot connect")
    error.__cause__ = ssl.SSLCertVerificationError("self-signed")
    assert meaning(error, Step.CONNECT).code == "tls_refused"


@pytest.mark.parametrize(
    "error",
    [
        SMTPRecipientRefused(550, "<secret@casa.test> unknown", "secret@casa.test"),
        SMTPDataError(554, "secret subject refused"),
    ],
)
def test_what_is_told_quotes_neither_address_nor_content(error: SMTPException) -> None:
    with pytest.raises(Failed) as told, during(Step.RECIPIENT):
        raise error
    assert "secret" not in "".join(traceback.format_exception(told.value))


def test_a_bug_is_not_a_failure_to_deliver() -> None:
    with pytest.raises(ZeroDivisionError), during(Step.DATA):
        _ = 1 / 0
