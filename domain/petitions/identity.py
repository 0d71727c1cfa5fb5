"""Who signed, without keeping who: addresses made canonical, names looked at, keys under a seal."""

import re
from collections.abc import Sequence

from rapidfuzz import fuzz, process

from domain.addresses import Channel, canonical
from domain.errors import Refused
from domain.folding import folded
from domain.seals import seal

DOTLESS = frozenset({"gmail.com", "googlemail.com"})  # mailboxes that take no notice of dots
ALIKE = 90  # of 100: how near two names have to be
NATIONAL_ID = re.compile(r"(?=(?:.*\d){3})[A-Z0-9]{5,15}")  # Morocco's: one or two letters, digits
NAME_LENGTH = (2, 120)  # characters
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would reckon with
LINK = re.compile(r"https?:|www\.|[^\s.]{2,}\.(?:com|net|org|ma|info|io|ru|xyz)\b", re.IGNORECASE)
# Moroccan names as they are written in Latin letters, brought to one spelling.
SPELLINGS = (
    (re.compile(r"\b(?:mohamm?ed|muhammad|mohammad|mhamed|med)\b"), "mohamed"),
    (re.compile(r"\b(?:el|al|l)\s+"), "el"),
    (re.compile(r"\b(?:ben|bin|ibn)\s+"), "ben"),
    (re.compile(r"\b(?:abd)\s+"), "abd"),
    (re.compile(r"ou"), "u"),
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile(r"y\b"), "i"),
    (re.compile(r"ch"), "sh"),
)


def canonical_mailbox(value: str) -> str:
    """Return the mailbox a letter to this address ends in, as most providers deliver it.

    Raises Refused when it cannot be an e-mail address.
    """
    name, _, host = canonical(Channel.EMAIL, value).partition("@")
    name = name.partition("+")[0]
    if host in DOTLESS:
        name, host = name.replace(".", ""), "gmail.com"
    return f"{name}@{host}"


def canonical_id(text: str) -> str:
    """Return a national id as it is written on the card, or raise Refused."""
    number = re.sub(r"[\s.-]", "", folded(text)).upper()
    if not NATIONAL_ID.fullmatch(number):
        raise Refused("petition.no_id")
    return number


def is_national_id(text: str) -> bool:
    """Say whether this is a national id rather than an e-mail address or a number."""
    return "@" not in text and any(letter.isalpha() for letter in text)


def is_name(text: str) -> bool:
    """Say whether this can be a person's name, and does no harm in a spreadsheet or a list."""
    shortest, longest = NAME_LENGTH
    name = text.strip()
    if not shortest <= len(name) <= longest or name.startswith(FORMULA) or LINK.search(name):
        return False
    return any(letter.isalpha() for letter in name) and not any(digit.isdigit() for digit in name)


def keys_of(
    secret: bytes,
    *,
    mailbox: str = "",
    phone: str = "",
    national_id: str = "",
    paper_line: str = "",
) -> frozenset[str]:
    """Return what tells two signatures of one person: seals, from which nobody reads them back.

    `phone` is in E.164, `mailbox` and `national_id` canonical; `paper_line` names a line of a
    sheet, which is signed once. Raises Refused where nothing tells who signs.
    """
    known = {"mailbox": mailbox, "phone": phone, "id": national_id, "line": paper_line}
    keys = frozenset(seal(secret, f"{kind}:{value}") for kind, value in known.items() if value)
    if not keys:
        raise Refused("petition.nobody")
    return keys


def spelled(name: str) -> str:
    """Return a name in the one spelling that its usual ones have in common, its words sorted."""
    text = folded(name)
    for pattern, instead in SPELLINGS:
        text = pattern.sub(instead, text)
    return " ".join(sorted(re.findall(r"\w+", text)))


def nearest(name: str, others: Sequence[str]) -> int | None:
    """Return the place of the name that is nearest to this one, all as `spelled`; None: none is.

    For a person to look at: two people may well bear one name. 0.1 µs a name.
    """
    found = process.extractOne(name, others, scorer=fuzz.ratio, score_cutoff=ALIKE)
    return found[2] if found else None
