"""What is asked by how a sentence begins, with anything after it: `search street lighting`."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from handlers import history, search
from handlers.turn import Outcome, Turn
from handlers.understanding import Intent, Understood

Answer = Callable[[Turn, str], Awaitable[Outcome]]


@dataclass(frozen=True, slots=True)
class Opener:
    """`opening` is read without regard to case; what follows it is what is asked about.

    `is_surest`: it says what is meant, whatever else the sentence is like.
    """

    opening: re.Pattern[str]
    answer: Answer
    is_surest: bool = False

    @classmethod
    def of(cls, words: str, answer: Answer, *, is_surest: bool = False) -> "Opener":
        opening = re.compile(rf"/?(?:{words})(?=[\s:,]|$)[\s:,]*", re.IGNORECASE)
        return cls(opening, answer, is_surest)


OPENERS = (
    Opener.of(
        r"(?:re)?cherche[rz]?(?:[- ]moi)?(?: sur)?|trouve[rz]?(?:[- ]moi)?"
        r"|search(?: for)?|find(?: me)?|look for"
        r"|(?:ا|إ)?بحث(?:وا)?(?: لي)?(?: عن)?|(?:قلب|قلبو)(?: ليا?)?(?: على)?"
        r"|[9q]e?lle?b(?: lia?)?(?: 3la)?",
        search.said,
    ),
    Opener.of(
        r"(?:l['’])?historique|(?:the )?history|(?:ال)?سجل|تاريخ",
        history.said,
        is_surest=True,
    ),
)
# What a sentence that opens so is often taken for, and is not.
TAKEN_FOR = frozenset({Intent.COMPLAINT, Intent.OTHER, Intent.ITEM_STATUS, Intent.DOSSIER_STATUS})


async def answered(turn: Turn, meant: Understood, text: str, *, is_sure: bool) -> Outcome | None:
    """Answer what a sentence opens with, unless it is surely something else that was meant."""
    if not turn.incoming.is_private:
        return None
    is_else = is_sure and meant.intent not in TAKEN_FOR
    for opener in OPENERS:
        if is_else and not opener.is_surest:
            continue
        if opening := opener.opening.match(text):
            return await opener.answer(turn, text[opening.end() :].strip())
    return None
