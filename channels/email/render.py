"""A message as a letter: all that is the same for everybody is built once."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from channels.email.invitation import invitation, method
from channels.email.page import page
from domain.messages import Attachment, Message
from domain.phrasebook import phrasebook
from domain.seals import seal

# Seven bits, so that no server on the way needs to be asked what it can carry.
POLICY = SMTP.clone(cte_type="7bit")
SUBJECT_LENGTH = 200  # letters: what a reader shows, with room
CONTENT_LENGTH = 16  # hexadecimal digits of the content's hash that name it
CONTROLS = {code: None for code in (*range(32), *range(127, 160)) if chr(code) not in "\n\t"}
ONE_LINE = {ord("/"): "_", ord("\\"): "_", ord('"'): "'"}
CARRIED_AS_BYTES = re.compile(r"(application|audio|font|image|text|video)/[\w.+-]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Sender:
    """Whose letters these are: `name` <`address`>, in the name of `host`, on the list `list_id`."""

    name: str
    address: str
    host: str
    list_id: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter without its envelope: everything but To, Message-ID and Date."""

    host: str
    content: str
    shared: bytes

    def reference(self, delivery_id: int, key: bytes) -> str:
        """Return our own Message-ID: the same whenever this delivery of this content repeats.

        It is sealed: who knows it has seen the letter, so nobody can invent a bounce of another's.
        """
        return f"<{delivery_id}.{seal(key, f'letter {delivery_id} {self.content}')}@{self.host}>"

    def addressed(self, reference: str, *, to: str, at: datetime, more: str = "") -> bytes:
        """Return the whole letter to one address, which channels.email.addressing let through.

        `more`: header lines of this one letter.
        """
        head = (
            f"To: {to}\r\n"
            f"Message-ID: {reference}\r\n"
            f"Date: {format_datetime(at.astimezone(UTC))}\r\n"
            f"{more}"
        )
        return head.encode() + self.shared


def render(
    message: Message,
    *,
    sender: Sender,
    files: Sequence[tuple[Attachment, bytes]] = (),
    bot_link: str | None = None,
    at: datetime,
) -> Letter:
    """Return the letter for a message: text and HTML, the session for calendars, the files.

    `at` dates the session's description. Raises Misconfigured for an unknown zone.
    """
    title = _one_line(message.title)
    paragraphs = list(_paragraphs(message, bot_link))
    content = message.sha256[:CONTENT_LENGTH]
    letter = EmailMessage(policy=POLICY)
    _add_headers(letter, sender, title or _one_line(paragraphs[0]))
    letter.set_content("\n\n".join([title, *paragraphs] if title else paragraphs))
    letter.add_alternative(page(paragraphs, title=title, language=message.language), subtype="html")
    if message.event:
        calendar = invitation(message.event, organizer=sender.address, at=at)
        kind = {"method": method(message.event), "charset": "utf-8"}
        letter.add_alternative(calendar, maintype="text", subtype="calendar", params=kind)
        letter.add_attachment(
            calendar, maintype="application", subtype="ics", filename="session.ics"
        )
    for attachment, data in files:
        _attach(letter, attachment, data)
    letter["Content-Language"] = message.language  # last: what is of the content moves inwards
    _name_boundaries(letter, content)
    return Letter(sender.host, content, letter.as_bytes())


def readable(text: str) -> str:
    """Return `text` without what no mail may carry: control characters and broken surrogates."""
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return whole.replace("\r\n", "\n").replace("\r", "\n").translate(CONTROLS)


def _one_line(text: str) -> str:
    # "=?" opens an encoded word (RFC 2047), which could bring a line end back in.
    line = " ".join(readable(text).split()).replace("=?", "= ?")
    return line if len(line) <= SUBJECT_LENGTH else line[: SUBJECT_LENGTH - 1] + "…"


def _paragraphs(message: Message, bot_link: str | None) -> Iterator[str]:
    yield from re.split(r"\n{2,}", readable(message.text).strip("\n"))
    if not message.choices:
        return
    say = phrasebook().say
    offered = [f"– {_one_line(choice.label)}" for choice in message.choices]
    yield "\n".join([say("email.possible_answers", message.language), *offered])
    if bot_link:
        yield say("email.answer_at", message.language, link=bot_link)
    else:
        yield say("email.answer_elsewhere", message.language)


def _add_headers(letter: EmailMessage, sender: Sender, subject: str) -> None:
    letter["From"] = _from(sender)
    letter["Subject"] = subject
    letter["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday notes in answer, please
    letter["List-Id"] = f"<{sender.list_id}>"  # RFC 2919


def _from(sender: Sender) -> str:
    quoted = sender.name.replace("\\", "").replace('"', "'")
    return f'"{quoted}" <{sender.address}>' if quoted else sender.address


def _attach(letter: EmailMessage, attachment: Attachment, data: bytes) -> None:
    kind = attachment.media_type.lower()
    if not CARRIED_AS_BYTES.fullmatch(kind):
        kind = "application/octet-stream"
    maintype, _, subtype = kind.partition("/")
    name = _one_line(attachment.name).translate(ONE_LINE)
    letter.add_attachment(data, maintype=maintype, subtype=subtype, filename=name)


def _name_boundaries(letter: EmailMessage, content: str) -> None:
    # Named, not drawn by lot, so that the same message is the same bytes.
    for number, part in enumerate(letter.walk()):
        if part.is_multipart():
            part.set_boundary(f"=_{content}_{number}")
