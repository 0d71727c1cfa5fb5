"""How many SMS a text takes, counted as Twilio counts and bills them.

A text whose every letter is in GSM-7 takes 160 letters in one SMS, or 153 in each of several;
any other takes 70 or 67 units of UCS-2 (3GPP TS 23.038, 6.2.1; 23.040, 9.2.3.24). What a reader
takes for one letter is never divided between two SMS.
"""

from collections.abc import Iterable

import regex

GSM_7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_7_TWICE = frozenset("\f^{}\\[~]|€")  # written as two: an escape and a letter
GSM_7_ROOM = (160, 153)  # alone, and in each of several
UCS_2_ROOM = (70, 67)

_CLUSTER = regex.compile(r"\X")


def is_gsm_7(text: str) -> bool:
    return all(letter in GSM_7 or letter in GSM_7_TWICE for letter in text)


def segments(text: str) -> int:
    """Return how many SMS `text` takes, one at least."""
    if is_gsm_7(text):
        return _packed((1 + (letter in GSM_7_TWICE) for letter in text), *GSM_7_ROOM)
    return _packed((units(cluster) for cluster in _clusters(text)), *UCS_2_ROOM)


def units(text: str) -> int:
    """Return the length in UTF-16 code units, as Twilio's limits count it."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def _clusters(text: str) -> Iterable[str]:
    for cluster in _CLUSTER.findall(text):
        yield from cluster if cluster == "\r\n" else (cluster,)


def _packed(sizes: Iterable[int], alone: int, together: int) -> int:
    sizes = list(sizes)
    if sum(sizes) <= alone:
        return 1
    count, free = 1, together
    for size in sizes:
        if size > free:
            count, free = count + 1, together
        free -= size
    return count
