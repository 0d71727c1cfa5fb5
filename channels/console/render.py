"""A message as lines of a terminal."""

from collections.abc import Iterator

from babel.units import format_unit

from domain.local_time import locale
from domain.messages import Attachment, Message

RIGHT_TO_LEFT_ISOLATE = "\u2067"  # Unicode bidirectional algorithm (UAX 9), 2.4
POP_DIRECTIONAL_ISOLATE = "\u2069"
KILOBYTE = 1000
UNITS = ("byte", "kilobyte", "megabyte", "gigabyte")


def render(message: Message) -> str:
    """Return the message's lines: title, text, numbered choices, names and sizes of files.

    What would drive the terminal instead of being read is left out; every line of a language
    written from right to left is marked so that a terminal orders it whole.
    """
    lines = [_safe(line) for line in _lines(message)]
    if message.direction == "rtl":
        lines = [_marked(line) for line in lines]
    return "\n".join(lines)


def _lines(message: Message) -> Iterator[str]:
    if message.title:
        yield " ".join(message.title.split())
        yield ""
    yield from message.text.splitlines()
    if message.choices:
        yield ""
    for number, choice in enumerate(message.choices, start=1):
        yield f"  {number}. {choice.label}"
    for attachment in message.attachments:
        yield f"  + {attachment.name} ({_size(attachment, message.language)})"


def _size(attachment: Attachment, language: str) -> str:
    size, unit = float(attachment.size), 0
    while size >= KILOBYTE and unit < len(UNITS) - 1:
        size, unit = size / KILOBYTE, unit + 1
    return format_unit(
        round(size), f"digital-{UNITS[unit]}", length="short", locale=locale(language)
    )


def _safe(line: str) -> str:
    # Escape sequences and lone surrogates go; joiners and marks of direction, from U+200B on, stay.
    return "".join(
        letter
        for letter in line.expandtabs()
        if letter.isprintable() or "\u200b" <= letter <= "\u206f" or letter == "\N{NO-BREAK SPACE}"
    )


def _marked(line: str) -> str:
    return f"{RIGHT_TO_LEFT_ISOLATE}{line}{POP_DIRECTIONAL_ISOLATE}" if line else line
