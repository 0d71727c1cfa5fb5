"""What changed between two versions of a text, sentence by sentence, as people read it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

SENTENCE_END = re.compile(r"(?<=[.!?؟…])\s+|\n+")


class Change(StrEnum):
    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"


# Said by a sign, since not every channel shows colours.
SIGNS = {Change.KEPT: "  ", Change.ADDED: "➕ ", Change.REMOVED: "➖ "}
GAP = "…"


@dataclass(frozen=True, slots=True)
class Difference:
    change: Change
    text: str


def differences(before: str, after: str) -> tuple[Difference, ...]:
    """Return what was removed, added and kept, in order; sentences that are the same are kept."""
    return tuple(_differences(_sentences(before), _sentences(after)))


def told(found: tuple[Difference, ...]) -> str:
    """Return the changes as lines with their signs; what was kept is one sign between them."""
    lines: list[str] = []
    for one in found:
        line = GAP if one.change is Change.KEPT else f"{SIGNS[one.change]}{one.text}"
        if lines[-1:] != [line] or line != GAP:
            lines.append(line)
    return "\n".join(lines)


def _differences(before: list[str], after: list[str]) -> Iterator[Difference]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for way, start, end, new_start, new_end in matcher.get_opcodes():
        if way == "equal":
            yield from (Difference(Change.KEPT, text) for text in before[start:end])
        else:
            yield from (Difference(Change.REMOVED, text) for text in before[start:end])
            yield from (Difference(Change.ADDED, text) for text in after[new_start:new_end])


def _sentences(text: str) -> list[str]:
    return [sentence.strip() for sentence in SENTENCE_END.split(text) if sentence.strip()]
