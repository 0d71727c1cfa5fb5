"""Text as Slack takes it: mrkdwn in which nothing a person wrote is markup, and back."""

import html
import re

ZERO_WIDTH = "\u200b"

# Only these three are written otherwise (docs.slack.dev, messaging/formatting-message-text), and
# no mention or link can begin without a "<".
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_LINK = re.compile(r"https?://[^\s<>|\"]+[^\s<>|\".,;:!?)\]}…»]")
# What would make bold, italic, struck or code: Slack looks for it between words only, and has no
# way to escape it. A zero-width space before it takes it for a part of a word.
_MARK = re.compile(r"(?<![^\W_])([*_~`])(?=\S)")
_SAID_LINK = re.compile(r"<((?:https?|mailto|tel):[^|>\s]+)(?:\|([^>]*))?>")
_SAID_CHANNEL = re.compile(r"<#\w+\|([^>]*)>")
_SAID_TO = re.compile(r"<[@!#][^>]*>")


def escaped(text: str) -> str:
    return text.translate(_ENTITIES)


def mrkdwn(text: str) -> str:
    """Return `text` as mrkdwn that shows exactly it, and its addresses of pages as links."""
    parts, end = [], 0
    for link in _LINK.finditer(text):
        parts += [_unmarked(text[end : link.start()]), f"<{escaped(link[0])}>"]
        end = link.end()
    return "".join([*parts, _unmarked(text[end:])])


def weight(text: str) -> int:
    """Return the room `text` takes as mrkdwn, or a little more: a link's brackets, and each mark.

    What is beyond the first plane is counted as two, in case Slack counts UTF-16.
    """
    marks = sum(text.count(mark) for mark in "*_~`")
    astral = sum(character > "\uffff" for character in text)
    return len(escaped(text)) + marks + 2 * text.count(":") + astral


def said(text: str) -> str:
    """Return what a person wrote, without Slack's markup and whom it was said to."""
    text = _SAID_LINK.sub(_shown_link, text)
    text = _SAID_TO.sub(" ", _SAID_CHANNEL.sub(r"#\1", text))
    return html.unescape(text).strip()


def _unmarked(text: str) -> str:
    return escaped(_MARK.sub(ZERO_WIDTH + r"\1", text))


def _shown_link(link: re.Match[str]) -> str:
    return link[2] or link[1].removeprefix("mailto:").removeprefix("tel:")
