"""A message told page by page, where a network's messages are short."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from domain.lettering import broken_at
from domain.messages import Choice, Message
from domain.phrasebook import phrasebook

MORE = "more"  # the value of the choice that goes on where a page stopped
LEAST_TEXT = 100  # characters: with less room beside them, choices wait for a page of their own
MOST_TEXT = 4000  # characters of a page: no network whose messages are short takes more

Fits = Callable[[Message], bool]
"""Says whether a message may be sent as one; what is shorter than one that fits, fits as well."""


@dataclass(frozen=True, slots=True)
class Page:
    """What is shown now, and what is still to be told; None when this was all."""

    shown: Message
    rest: Message | None = None


Pager = Callable[[Message], Page]
"""Answers the first page of a message."""


def whole(message: Message) -> Page:
    """Return everything at once, as networks show it whose messages are long."""
    return Page(message)


def first_page(message: Message, fits: Fits) -> Page:
    """Return what fits of a message, with a choice to go on; joined, the pages lose nothing.

    The choices are offered on every page when they leave room for the text, so that nobody has to
    read to the end to answer; else they follow the text. Files are told of at the end.
    """
    if fits(message):
        return Page(message)
    message = replace(message, title="", text=f"{message.title}\n{message.text}".strip())
    opening = replace(message, attachments=())
    return (
        _text_page(opening, message, message.choices, fits)
        or _choices_page(opening, message, fits)
        or _text_page(opening, message, (), fits)
        or Page(message)
    )


def joined(messages: Sequence[Message]) -> Message:
    """Return several messages of one answer as one: each would be paid for and numbered anew."""
    *before, last = messages
    if not before:
        return last
    texts = [f"{one.title}\n{one.text}".strip() for one in messages]
    return replace(
        last,
        title="",
        text="\n\n".join(text for text in texts if text),
        choices=tuple(choice for one in messages for choice in one.choices),
        attachments=tuple(file for one in messages for file in one.attachments),
    )


def _text_page(
    opening: Message, message: Message, choices: Sequence[Choice], fits: Fits
) -> Page | None:
    """Return as much of the text as fits with these choices; None where that is next to nothing."""

    def page(end: int) -> Message:
        return replace(
            opening, text=message.text[:end].rstrip(), choices=(*choices, _more(message.language))
        )

    end = _furthest(page, fits, min(len(message.text), MOST_TEXT))
    if end < min(len(message.text), LEAST_TEXT) or not fits(page(end)):
        return None
    if end < len(message.text):
        end = broken_at(message.text, end)
    rest = _rest(message, message.text[end:].lstrip(), message.choices)
    if not rest.text and choices and not fits(rest):
        rest = replace(rest, choices=())
    return Page(page(end), rest) if rest != message else None


def _choices_page(opening: Message, message: Message, fits: Fits) -> Page | None:
    """Return the whole text with as many choices as fit; None where there is no room for one."""

    def page(count: int) -> Message:
        return replace(opening, choices=(*message.choices[:count], _more(message.language)))

    count = _furthest(page, fits, len(message.choices) - 1)
    return Page(page(count), _rest(message, "", message.choices[count:])) if count > 0 else None


def _furthest(page: Callable[[int], Message], fits: Fits, most: int) -> int:
    """Return the greatest number up to `most` whose page fits; 0 where none does."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(page(middle)) else (low, middle - 1)
    return low


def _rest(message: Message, text: str, choices: Sequence[Choice]) -> Message:
    return Message(text, message.language, choices=tuple(choices), attachments=message.attachments)


def _more(language: str) -> Choice:
    return Choice(phrasebook().say("common.more", language), MORE)
