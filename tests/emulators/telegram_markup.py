"""HTML as Telegram reads it, written apart from the bot so that the two can disagree.

Facts: Bot API, "HTML style"; tdlib/td, td/telegram/misc.cpp (what is dropped, what is empty).
"""

import re

TEXT_UNITS = 4096
TAGS = frozenset(
    {"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "a", "blockquote"}
)
ENTITIES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}

_TOKEN = re.compile(r"<(?P<close>/?)(?P<tag>[a-z]+)[^<>]*>|&(?P<entity>\w+);|(?P<any>.)", re.DOTALL)
_DROPPED = re.compile(r"[\r\u2028-\u202e\u0333\u033f\u030a]")
_BLANK = re.compile(
    r"[\x00-\x20\xa0\u1680\u180e\u2000-\u200f\u202f\u205f\u2800\u3000\ufeff\ufffc"
    r"\U000e0000-\U000e007f]"
)


class Refused(Exception):
    """Telegram would answer 400."""


def shown(markup: str) -> str:
    """Return the text a person sees, or raise Refused where Telegram would."""
    try:
        markup.encode()
    except UnicodeEncodeError:
        raise Refused("text must be encoded in UTF-8") from None
    text = _DROPPED.sub("", _unmarked(markup))
    if not _BLANK.sub("", text):
        raise Refused("message text is empty")
    if len(text.encode("utf-16-le")) // 2 > TEXT_UNITS:
        raise Refused("message is too long")
    return text.strip()


def _unmarked(markup: str) -> str:
    opened: list[str] = []
    text: list[str] = []
    for token in _TOKEN.finditer(markup):
        if tag := token["tag"]:
            _follow(opened, tag, is_closing=bool(token["close"]))
        elif entity := token["entity"]:
            text.append(ENTITIES.get(entity, f"&{entity};"))
        elif token["any"] == "<":
            raise Refused("can't parse entities: unsupported start tag")
        else:
            text.append(token["any"])
    if opened:
        raise Refused(f"can't parse entities: can't find end tag of {opened[-1]}")
    return "".join(text)


def _follow(opened: list[str], tag: str, *, is_closing: bool) -> None:
    if tag not in TAGS:
        raise Refused(f"can't parse entities: unsupported start tag {tag}")
    if not is_closing:
        opened.append(tag)
    elif not opened or opened.pop() != tag:
        raise Refused(f"can't parse entities: unexpected end tag {tag}")
