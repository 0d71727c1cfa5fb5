"""What SMS and WhatsApp can do, and how fast a sender may speak, as data."""

import re
from datetime import timedelta

from domain.channel import Capabilities, Limit, Scope

BODY_UNITS = 1600  # UTF-16 code units of one message's body (Twilio, error 21617)
MOST_PARTS = {True: 3, False: 4}  # of a page: in GSM-7 (459 letters), and in UCS-2 (268)
TEMPLATE_UNITS = 1024  # of a WhatsApp template's body, filled in (Meta, "Message templates")

# How long after a person's last word WhatsApp takes free text: 24 hours (Twilio, error 63016),
# less what a message may wait on its way.
OPEN_WINDOW = timedelta(hours=24) - timedelta(minutes=10)

# A request under way counts against the account's (Twilio, error 20429): 100 unless agreed.
IN_FLIGHT = 16

SERVICE_SHAPE = re.compile(r"MG[0-9a-f]{32}")
SHORT_CODE_SHAPE = re.compile(r"\d{3,6}")
NUMBER_SHAPE = re.compile(r"\+\d{7,15}")  # E.164
NAME_SHAPE = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9 &+_-]{1,11}")  # Twilio, "Alphanumeric Sender ID"

# Messages a second by the kind of sender (Twilio, "Understanding rate limits and queues"). What
# comes faster waits at Twilio; what waits there longer than ten hours is dropped.
A_SECOND = (
    (SERVICE_SHAPE, 10),  # a service shares out among its numbers
    (SHORT_CODE_SHAPE, 100),
    (NUMBER_SHAPE, 1),
    (NAME_SHAPE, 10),
)
WHATSAPP_A_SECOND = 80


def sms(sender: str) -> Capabilities:
    """Return what SMS from this sender can do: a name, a number, a short code or a service."""
    pace = next(pace for shape, pace in A_SECOND if shape.fullmatch(sender))
    return _capabilities(pace)


def whatsapp() -> Capabilities:
    return _capabilities(WHATSAPP_A_SECOND)


def _capabilities(a_second: int) -> Capabilities:
    return Capabilities(
        text_length=BODY_UNITS,
        receipts=True,
        in_flight=IN_FLIGHT,
        limits=(Limit(Scope.PROVIDER, a_second, timedelta(seconds=1)),),
    )
