"""A message as one text: what SMS and WhatsApp carry.

What is longer than a page goes on when it is asked for (domain/paging.py). Where nobody can ask,
what is longer than one message may be is cut at a word, and says where the rest is.
"""

import re
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass

from channels.sms.capabilities import BODY_UNITS, MOST_PARTS, TEMPLATE_UNITS
from channels.sms.segments import is_gsm_7, segments, units
from channels.sms.typography import plain
from domain.lettering import cleaned, is_seen, pieces, unisolated
from domain.messages import Message
from domain.paging import Page, first_page, whole
from domain.phrasebook import phrasebook

NOTHING = "…"  # stands where a message would have nothing to see
LABEL_UNITS = 60  # of a choice's label
MOST_CHOICES = 10
MOST_FILES = 3  # named
DOTS = "..."

_LISTED = re.compile(r"^(\d+)\. ", re.MULTILINE)
_NUMBER = re.compile(r"\D{1,8}(\d+)")
_BLANK_LINES = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class Manner:
    """How a sender writes. `is_answerable`: people can reply to it.

    `is_plain`: typographic marks are written plainly where that makes a text GSM-7.
    """

    is_answerable: bool = True
    is_plain: bool = False


def text(message: Message, manner: Manner) -> str:
    """Return all of a message as one text of at most BODY_UNITS units."""
    written = _fitted(message, manner, BODY_UNITS)
    return plain(written) if manner.is_plain else written


def page(message: Message, manner: Manner, fits: Callable[[str], bool]) -> Page:
    """Return the first page of a message, of which every text `fits`; all where nobody answers."""
    if not manner.is_answerable:
        return whole(message)
    return first_page(
        message,
        lambda part: len(part.choices) <= MOST_CHOICES and fits(text(part, manner)),
    )


def is_short(written: str) -> bool:
    """Say whether a text is a page's worth of SMS."""
    return segments(written) <= MOST_PARTS[is_gsm_7(written)]


def is_one(written: str) -> bool:
    """Say whether a text goes as one WhatsApp message."""
    return units(written) < BODY_UNITS


def template_variables(message: Message) -> dict[str, str]:
    """Return what fills a WhatsApp template: 1 is the title, 2 the text, each on one line.

    Meta refuses line ends, tabs and rows of spaces in a variable ("Message templates").
    """
    title, body = _one_line(message.title), _one_line(message.text)
    body = " ".join(_pointed(body, message.language, TEMPLATE_UNITS // 2).split())
    return {"1": _cut(title, TEMPLATE_UNITS // 4) or NOTHING, "2": body or NOTHING}


def _fitted(message: Message, manner: Manner, room: int) -> str:
    said = f"{_one_line(message.title)}\n{unisolated(cleaned(message.text))}"
    head = _BLANK_LINES.sub("\n\n", said).strip()
    tail = "\n".join(_tail(message, manner))
    gap = "\n\n" if head and tail else ""
    key = "sms.more" if manner.is_answerable else "sms.more_elsewhere"
    head = _pointed(head, message.language, room - units(gap + tail), key)
    said = head + gap + tail
    return said if is_seen(said) else NOTHING


def _tail(message: Message, manner: Manner) -> Iterator[str]:
    if message.attachments:
        count = len(message.attachments)
        names = [_cut(_one_line(file.name), LABEL_UNITS) for file in message.attachments]
        yield phrasebook().say("sms.files", message.language, names=names[:MOST_FILES], count=count)
    if manner.is_answerable:
        listed = frozenset(_LISTED.findall(unisolated(message.text)))
        for number, choice in enumerate(message.choices[:MOST_CHOICES], start=1):
            label = _one_line(choice.label)
            if not _is_listed(label, number, listed):
                yield f"{number}. {_cut(label, LABEL_UNITS)}"


def _is_listed(label: str, number: int, listed: Container[str]) -> bool:
    """Say whether a choice is a line of the text already: “N° 3” says no more than “3. Voirie”."""
    only = _NUMBER.fullmatch(label)
    return only is not None and only[1] == str(number) and only[1] in listed


def _pointed(said: str, language: str, room: int, key: str = "sms.more") -> str:
    """Return `said` in at most `room` units, with a word about where the rest is."""
    if units(said) <= room:
        return said
    pointer = "\n" + phrasebook().say(key, language)
    return _cut(said, room - units(pointer)) + pointer


def _cut(said: str, room: int) -> str:
    """Return `said` in at most `room` units, cut at a word with three dots: “…” is not in GSM-7."""
    if units(said) <= room:
        return said
    return next(pieces(said, room - len(DOTS), units)).rstrip() + DOTS


def _one_line(said: str) -> str:
    return " ".join(unisolated(cleaned(said)).split())
