"""What else was named: an item, a document, a kind of session, a language, a reason, a code."""

import re
from collections.abc import Sequence

from handlers.understanding.lexicon import lexicon
from handlers.understanding.marks import Mark
from handlers.understanding.wording import Word

LONGEST_REASON = 500  # characters kept of why somebody is absent

ITEM_AFTER = re.compile("j+o*[NOF]|jo*D")
ITEM_BEFORE = re.compile("[OF]j")
BECAUSE = re.compile(
    r"(?:\b(?:car|parce qu(?:e\b|['’])|puisque|étant donné que"
    r"|pour (?:cause|raisons?) d(?:e\b|['’])"
    r"|à cause d(?:e\b|u\b|es\b|['’])|en raison d(?:e\b|u\b|['’])|suite à|because of|because|due to"
    r"|as I am|since|for reasons? of|(?:motif|raison|reason)\s*:|hit|7it|7itach|b sbab|b sabab)"
    r"|(?<!\w)(?:بسبب|لأنني|لأني|لأن|لأسباب|نظرا ل|حيت|حيث أن|بسباب|السبب\s*:))"
    r"\s*(?P<reason>\S.+)",
    re.IGNORECASE | re.DOTALL,
)
APART = re.compile(r"(?:[,،;:—–]|\s-\s)\s*(?P<reason>\S.+)", re.DOTALL)
BUT = re.compile(
    r"(?:(?<!\w)(?:mais|but|sauf que|à condition (?:de|que)|sous réserve (?:de|que)|except that"
    r"|provided|ولكن|لكن|شرط|بشرط|walakin|walakine|welakin|lakin|ghir|بصح))\s+(?P<comment>\S.+)",
    re.IGNORECASE | re.DOTALL,
)
SAYING = re.compile(r"(?:[:,،;—–]|\s-\s)\s*(?P<comment>\S.+)", re.DOTALL)
CODE = re.compile(r"(?<![\w-])(?=[\w-]*\d|[A-Z-]{6,}(?![\w-]))[A-Za-z0-9_-]{4,64}(?![\w-])")

NAMED = ("doc_kind", "session_kind", "language")  # the lexicons of what anybody may name
SAID = ("mine", "upcoming")  # slots that are True or left out


def item_number(marks: Sequence[Mark]) -> str | None:
    """Return the number of the item that was named (`4`, `4.2`)."""
    code = "".join(mark.letter for mark in marks)
    found = ITEM_AFTER.search(code) or ITEM_BEFORE.search(code)
    if not found:
        return None
    inside = marks[found.start() : found.end()]
    if not any(mark.value for mark in inside if mark.letter == "j"):
        return None
    return next((str(mark.value) for mark in inside if mark.letter in "NOF"), None)


def named(words: Sequence[Word]) -> dict[str, object]:
    """Return what the lexicons of slots find; whether an intent wants it is asked later."""
    slots: dict[str, object] = {}
    for slot in NAMED:
        hits = lexicon("slots", slot).found(words)
        if hits:
            slots[slot] = hits[-1 if slot == "language" else 0].value
    slots.update({slot: True for slot in SAID if lexicon("slots", slot).found(words)})
    return slots


def reason(text: str) -> str | None:
    """Return why, in the person's own words."""
    found = BECAUSE.search(text) or APART.search(text)
    return found["reason"].strip(" .!\n")[:LONGEST_REASON] or None if found else None


def comment(text: str, after: int) -> str | None:
    """Return what has to be changed; `after` is where the draft that was named ends."""
    found = BUT.search(text) or SAYING.search(text)
    told = found["comment"] if found else text[after:]
    return told.strip(" .!،,\n")[:LONGEST_REASON] or None


def token(text: str) -> str | None:
    """Return the one-time code in a text."""
    found = CODE.search(text)
    return found[0] if found else None
