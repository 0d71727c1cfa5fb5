"""Text as Telegram takes it: what it counts and refuses.

Telegram counts UTF-16 code units, turns control characters into spaces, removes some letters
altogether, and refuses a message in which nothing can be seen (tdlib/td, td/telegram/misc.cpp).
"""

import html


def escaped(text: str) -> str:
    """Return `text` for parse_mode HTML, where only these three mean something."""
    return html.escape(text, quote=False)


def units(text: str) -> int:
    """Return the length as Telegram counts it, in UTF-16 code units."""
    return len(text) + sum(character > "\uffff" for character in text)


def weight(text: str) -> int:
    """Return the units of a text once it is escaped."""
    return units(escaped(text))
