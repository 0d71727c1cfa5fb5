"""An answer among the choices offered: a digit, the label spelled out, or a plain yes or no."""

from collections.abc import Sequence

from rapidfuzz import fuzz, process

from domain.messages import Choice
from handlers.understanding.wording import norms

ALIKE = 88  # out of 100: how near a label has to be
FUZZY_LENGTH = 5  # shorter labels are too near to each other
SHORT_SAYING = 3  # words
LONGEST_PLAIN = 20  # characters of a yes or a no
LONGEST_LABEL = 100  # characters; whoever says more is not repeating a label

# Whole answers to a question that takes yes or no, as people write them.
YES = """
    oui ouais d'accord je confirme | yes yep ok okay confirm | نعم أجل أؤكد موافق
    ايه إيه واخا | wakha ah iyeh
"""
NO = "non annule annuler | no nope cancel | لا إلغاء | لالا la"


def chosen(text: str, offered: Sequence[Choice]) -> Choice | None:
    """Return the choice that was meant, or None; a digit is read in any script."""
    if not offered or len(text) > LONGEST_LABEL:
        return None
    if position := digit(text):
        return _numbered(position, offered)
    offered = [choice for choice in offered if _is_as_long(choice.label, text)]
    if not offered:
        return None
    said = norms(text)
    exact = [choice for choice in offered if norms(choice.label) == said]
    if said and len(exact) == 1:
        return exact[0]
    return _plain_answer(said, offered) or _nearest(said, offered)


def _is_as_long(label: str, text: str) -> bool:
    """Say whether a text could be this label, or a plain answer, without comparing words."""
    return len(text) <= LONGEST_PLAIN or len(label) * 2 > len(text)


def digit(text: str) -> int | None:
    """Return the bare number somebody typed."""
    bare = text.strip().rstrip(".)").strip()
    return int(bare) if bare.isdecimal() and len(bare) <= 3 else None  # noqa: PLR2004 - no list is longer


def lone_number(text: str) -> str | None:
    """Return the one number of a short saying such as "la 12"."""
    said = norms(text)
    numbers = [word for word in said if word.isdecimal()]
    return numbers[0] if len(numbers) == 1 and len(said) <= SHORT_SAYING else None


def is_yes_or_no(text: str) -> bool:
    """Say whether somebody said no more than yes or no."""
    return set(norms(text)) <= set(norms(f"{YES} {NO}"))


def _numbered(position: int, offered: Sequence[Choice]) -> Choice | None:
    """Return the choice whose label is about this number, else the one in this place."""
    about = [choice for choice in offered if str(position) in norms(choice.label)]
    if len(about) == 1 and about[0].value.startswith("item:"):
        return about[0]
    return offered[position - 1] if 0 < position <= len(offered) else None


def _plain_answer(said: tuple[str, ...], offered: Sequence[Choice]) -> Choice | None:
    """Return what yes or no means where exactly one choice says yes."""
    agreeing = [choice for choice in offered if choice.value.endswith(":yes")]
    if len(agreeing) != 1 or not said:
        return None
    if set(said) <= set(norms(YES)):
        return agreeing[0]
    refusing = [choice for choice in offered if choice.value == "cancel"]
    return refusing[0] if refusing and set(said) <= set(norms(NO)) else None


def _nearest(said: tuple[str, ...], offered: Sequence[Choice]) -> Choice | None:
    text = " ".join(said)
    labels = [" ".join(norms(choice.label)) for choice in offered]
    if len(text) < FUZZY_LENGTH:
        return None
    near = process.extract(text, labels, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=2)
    return offered[near[0][2]] if len(near) == 1 else None
