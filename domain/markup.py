"""The small Markdown in which the town hall writes: as a page shows it, and in plain words.

Paragraphs, headings, lists, **bold**, *italic* and links, and nothing else: what is no mark of
these stands as it was written, and a line's end is a line's end.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import urlsplit

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from domain.lettering import cleaned

RULES = ("heading", "list", "newline", "escape", "emphasis", "link", "autolink")
SCHEMES = frozenset({"http", "https", "mailto"})
INDENT = "  "  # of what stands in an item, in plain words
BARE = "bare"  # the class of a link whose words are its address
LOWEST = 6  # the smallest heading there is
KEPT = 64  # readings that are remembered: the texts of a list, in their languages

# What a text may become (the second fence: the first lets no other mark through).
TAGS = {"p", "br", "strong", "em", "a", "ul", "ol", "li", *(f"h{size}" for size in range(2, 7))}
ATTRIBUTES = {
    "*": set[str](),
    "a": {"href"},
    "ol": {"start"},
    **{tag: {"dir"} for tag in TAGS if tag == "p" or tag.startswith("h")},
}

# What turns the order in which letters are read (Unicode TR9, 2.1 and 2.2), and is seen by nobody.
_TURNING = re.compile("[\u202a-\u202e]")
_ADDRESS = re.compile(r"https?://[^\s<>\"\u2066-\u2069]*[^\s<>\"\u2066-\u2069.,;:!?)»،؛؟*_]")
_OPEN, _CLOSE = "list_open", "list_close"


def unturned(text: str) -> str:
    """Return `text` without the letters that make it read otherwise than it is written."""
    return _TURNING.sub("", text)


@lru_cache(maxsize=KEPT)
def html(written: str, *, under: int = 1) -> str:
    """Return a text as HTML that is safe wherever it stands, its headings below level `under`."""
    tokens = _READER.parse(_prepared(written))
    _lower(tokens, under)
    return nh3.clean(
        _READER.renderer.render(tokens, _READER.options, {}),
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=set(SCHEMES),
        allowed_classes={"a": {BARE}},
        link_rel="noopener nofollow",
    ).strip()


@lru_cache(maxsize=KEPT)
def plain(written: str) -> str:
    """Return a text without its marks, as chats and SMS tell it; a link is `words (address)`."""
    said, last = "", 0
    for piece, first, after in _pieces(_READER.parse(_prepared(written))):
        gap = "" if not said else "\n" if first == last else "\n\n"
        said, last = f"{said}{gap}{piece}", after
    return said


def _pieces(tokens: list[Token]) -> Iterator[tuple[str, int, int]]:
    """Return what each block says, the line it was written on, and the one after its last."""
    numbers: list[int | None] = []  # of the next item of each list that is open
    lead = ""
    for token in tokens:
        if token.type.endswith(_OPEN):
            is_counted = token.type.startswith("ordered")
            numbers.append(int(token.attrGet("start") or 1) if is_counted else None)
        elif token.type.endswith(_CLOSE):
            numbers.pop()
        elif token.type == "list_item_open":
            number = numbers[-1]
            lead = "- " if number is None else f"{number}. "
            numbers[-1] = None if number is None else number + 1
        elif token.type == "inline":
            margin = INDENT * (len(numbers) - bool(lead))
            lines = _words(token.children or []).replace("\n", "\n" + INDENT * len(numbers))
            yield margin + lead + lines, *(token.map or (0, 0))
            lead = ""


def _words(tokens: list[Token]) -> str:
    said, links = "", list[tuple[int, str]]()
    for token in tokens:
        if token.type == "link_open":
            links.append((len(said), str(token.attrGet("href")).removeprefix("mailto:")))
        elif token.type == "link_close":
            start, address = links.pop()
            said += "" if _is_told(said[start:], address) else f" ({address})"
        else:
            said += "\n" if token.type.endswith("break") else token.content
    return said


def _is_told(words: str, address: str) -> bool:
    """Say whether the words of a link are its address already."""
    return address in {words, _READER.normalizeLink(words)}


def _lower(tokens: list[Token], under: int) -> None:
    """Put the headings in order below `under`, none more than a step below the one before it."""
    last = under
    for token in tokens:
        if token.type == "heading_open":
            last = min(under + int(token.tag[1]), last + 1, LOWEST)
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{last}"
        if token.type in {"heading_open", "paragraph_open"}:
            token.attrSet("dir", "auto")


def _prepared(written: str) -> str:
    return unturned(cleaned(written))


def _leads_out(address: str) -> bool:
    """Say whether a link may lead there: in the web or to a mailbox, by its whole address."""
    try:
        found = urlsplit(address)
    except ValueError:
        return False
    return found.scheme in SCHEMES and bool(found.netloc or found.scheme == "mailto")


def _link_addresses(state: StateCore) -> None:
    """Make links of the addresses that were written without any mark."""
    for block in state.tokens:
        if block.type == "inline":
            block.children = list(_linked(block.children or []))


def _linked(tokens: list[Token]) -> Iterator[Token]:
    depth = 0
    for token in tokens:
        depth += {"link_open": 1, "link_close": -1}.get(token.type, 0)
        if token.markup == "autolink" and token.type == "link_open":
            token.attrSet("class", BARE)
        if depth or token.type != "text":
            yield token
            continue
        end = 0
        for found in _ADDRESS.finditer(token.content):
            yield Token("text", "", 0, content=token.content[end : found.start()])
            address = _READER.normalizeLink(found[0])
            yield Token("link_open", "a", 1, attrs={"href": address, "class": BARE})
            yield Token("text", "", 0, content=found[0])
            yield Token("link_close", "a", -1)
            end = found.end()
        yield Token("text", "", 0, content=token.content[end:])


class _Reader(MarkdownIt):
    def __init__(self) -> None:
        super().__init__("zero", {"breaks": True})
        self.enable(RULES)
        self.core.ruler.push("addresses", _link_addresses)

    def validateLink(self, url: str) -> bool:  # noqa: N802 - named by the library
        return _leads_out(url)


_READER = _Reader()
