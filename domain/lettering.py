"""Plain text as networks take it: cleaned, seen or not, directed, cut."""

import re
import unicodedata
from collections.abc import Callable, Iterator

RIGHT_TO_LEFT_MARK = "\u200f"
STRONG = {"L": "ltr", "R": "rtl", "AL": "rtl"}  # Unicode's bidirectional classes

Measure = Callable[[str], int]
"""Answers how much room a text takes once it is written as the network wants it."""

_LINE_END = re.compile(r"\r\n?")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")
_SEEN = re.compile(
    r"[^\s\x00-\x20\x7f-\xa0\xad\u030a\u0333\u033f\u180e\u200b-\u200f\u2028-\u202f"
    r"\u2060-\u206f\u2800\ufe00-\ufe0f\ufeff\ufffc\U000e0000-\U000e01ef]"
)
_ISOLATED = re.compile(r"\u2068([^\u2066-\u2069A-Za-zÀ-ɏ]*)\u2069")
_BREAKS = ("\n\n", "\n", " ")


def cleaned(text: str) -> str:
    """Return `text` without what no network carries: controls become spaces, halves become �."""
    text = _LINE_END.sub("\n", text)
    return _LONE_SURROGATE.sub("\ufffd", _CONTROL.sub(" ", text))


def is_seen(text: str) -> bool:
    """Say whether a person would see anything at all."""
    return _SEEN.search(text) is not None


def unisolated(text: str) -> str:
    """Return `text` without the isolates around what has no Latin letter: each costs a letter.

    Arabic, and numbers in it, are laid out alike without them.
    """
    count = 1
    while count:  # they may stand one in another
        text, count = _ISOLATED.subn(r"\1", text)
    return text


def directed(text: str, direction: str) -> str:
    """Return `text` so that every line of a right-to-left message starts at the right.

    A line is laid out by its first letter, so one that opens with a Latin word or a number would
    start at the left.
    """
    if direction != "rtl":
        return text
    return "\n".join(
        line if not is_seen(line) or _opens(line) == "rtl" else RIGHT_TO_LEFT_MARK + line
        for line in text.split("\n")
    )


def pieces(text: str, room: int, measure: Measure) -> Iterator[str]:
    """Cut `text` so that each piece measures at most `room`; joined, the pieces are it.

    Cuts after a paragraph, a line or a word where one ends in a piece's second half. What a text
    measures is at most what its characters do, and no character measures nothing.
    """
    start = 0
    while start < len(text):
        end = _furthest(text, start, room, measure)
        if end < len(text):
            end = broken_at(text, end, start)
        yield text[start:end]
        start = end


def shortened(text: str, room: int) -> str:
    """Return `text` in at most `room` characters, cut at a word with an ellipsis."""
    if len(text) <= room:
        return text
    cut = text[: room - 1]
    word_end = cut.rfind(" ")
    return (cut[:word_end] if word_end > room // 2 else cut).rstrip() + "…"


def _opens(line: str) -> str | None:
    """Return the direction of the first letter that has one (Unicode UAX 9, rule P2)."""
    strong = (STRONG.get(unicodedata.bidirectional(character)) for character in line)
    return next((direction for direction in strong if direction), None)


def _furthest(text: str, start: int, room: int, measure: Measure) -> int:
    """Return the end of the longest piece from `start` that fits, of one character at least."""
    if measure(text[start : start + room + 1]) <= room:
        return len(text)
    used = 0
    for end in range(start, len(text)):
        used += measure(text[end])
        if used > room:
            return max(end, start + 1)
    return len(text)


def broken_at(text: str, end: int, start: int = 0) -> int:
    """Return where to break a piece that has room up to `end`: after a paragraph, a line, a word.

    That is in the piece's second half, or at `end`.
    """
    middle = start + (end - start) // 2
    for separator in _BREAKS:
        at = text.rfind(separator, middle, end)
        if at > start:
            return at + len(separator)
    return end
