"""Messages and senders for the tests of e-mail."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from channels.email.leaving import WaysOut
from channels.email.letters import Letters
from channels.email.render import Letter, Sender, render
from domain.clock import HandClock
from domain.errors import Unreadable
from domain.messages import Attachment, CalendarEvent, Choice, EventStatus, Message

NOW = datetime(2027, 1, 20, 9, 30, tzinfo=UTC)
SENDER = Sender(
    name="Conseil de la commune de Casablanca",
    address="conseil@casablanca.test",
    host="casablanca.test",
    list_id="conseil.casablanca.test",
)
PDF = Attachment("Ordre du jour é.pdf", "application/pdf", "a" * 64, 5)
FILES = {PDF.sha256: b"%PDF\x00"}

PLAIN = Message(text="La session est ouverte.", language="fr", title="Séance du 5 février")
ARABIC = Message(
    text="السلام عليكم،\nتعقد الدورة يوم الجمعة.\n1. Budget primitif 2027",
    language="ar",
    title="دورة عادية",
)
ASKING = Message(
    text="Viendrez-vous ?",
    language="fr",
    choices=(Choice("Je viens", "attend:1:yes"), Choice("Je m’excuse", "attend:1:no")),
)
WITH_FILE = Message(text="Voici l’ordre du jour.", language="fr", attachments=(PDF,))
SESSION = CalendarEvent(
    uid="session-7@casablanca.test",
    sequence=2,
    status=EventStatus.CONFIRMED,
    summary="Session ordinaire, février",
    starts=datetime(2027, 2, 5, 9, 0),
    ends=datetime(2027, 2, 5, 13, 0),
    zone="Africa/Casablanca",
    place="Salle des délibérations",
)
CONVENED = Message(text="Vous êtes convoqué.", language="fr", title="Convocation", event=SESSION)
VERY_LONG = Message(text="Un alinéa de plus. " * 50_000, language="fr", title="Long " * 200)
ODD = Message(
    text="\ud800 \x00\x1b[31m\u202e 👩🏽‍🏫 \U000e0041 .\n.\r\nFrom nobody\u2028\ufeff",
    language="en",
    title="=?utf-8?q?x=0ABcc:_a=40b.test?=\r\nBcc: c@d.test \udfff",
)


async def file_bytes(sha256: str) -> bytes:
    if sha256 not in FILES:
        raise Unreadable("there is no such file")
    return FILES[sha256]


KEY = b"the key of these tests"


async def key() -> bytes:
    return KEY


def letters(
    *,
    bot_link: str | None = None,
    kept_bytes: int = 32_000_000,
    ways_out: WaysOut | None = None,
) -> Letters:
    return Letters(
        SENDER,
        files=file_bytes,
        clock=HandClock(NOW),
        key=key,
        ways_out=ways_out,
        bot_link=bot_link,
        kept_bytes=kept_bytes,
    )


def rendered(message: Message, *, bot_link: str | None = None) -> Letter:
    files = [(one, FILES[one.sha256]) for one in message.attachments]
    return render(message, sender=SENDER, files=files, bot_link=bot_link, at=NOW)


def parsed(data: bytes) -> EmailMessage:
    message = message_from_bytes(data, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def read(message: Message, *, bot_link: str | None = None) -> EmailMessage:
    """Return a letter as its reader's program sees it."""
    letter = rendered(message, bot_link=bot_link)
    return parsed(letter.addressed("<7@casablanca.test>", to="a@casablanca.test", at=NOW))


def body(letter: EmailMessage, kind: str) -> str:
    part = letter.get_body((kind,))
    assert part is not None
    text = part.get_content()
    assert isinstance(text, str)
    return text.replace("\r\n", "\n")
