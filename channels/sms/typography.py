"""Text as an old telephone writes it, where that makes it GSM-7, at a third of the price.

Only how a letter or a mark looks changes, never what is said: a quotation mark stays one, “ê”
becomes “e” and “ç” becomes “c” (“é”, “è”, “à” and “ù” are in GSM-7 and stay). A text that holds
any Arabic only loses its pictographs. Where the operator wants letters kept, none of it is done.
"""

import unicodedata

import regex

from channels.sms.segments import is_gsm_7

# Longest first: French quotation marks stand with a space inside, which goes with them.
PLAIN = {
    "« ": '"',
    " »": '"',
    "«\u00a0": '"',
    "«\u202f": '"',
    "\u00a0»": '"',
    "\u202f»": '"',
    "«": '"',
    "»": '"',
    "“": '"',
    "”": '"',
    "„": '"',
    "‘": "'",
    "’": "'",
    "‚": "'",
    "–": "-",
    "—": "-",
    "‑": "-",
    "…": "...",
    "•": "-",
    "\u00a0": " ",
    "\u202f": " ",
    "\u2009": " ",
    "−": "-",
    "‹": "<",
    "›": ">",
    "°": "o",
}


LIGATURES = {"œ": "oe", "Œ": "OE"}

_LINE_ENDS = regex.compile(r" *\n *")
_ROWS = regex.compile(r" {2,}")
_PICTOGRAPHS = regex.compile(r"\p{Extended_Pictographic}[\ufe0f\u200d\U0001f3fb-\U0001f3ff]*")


def plain(text: str) -> str:
    """Return `text` with plain marks and letters when it is all GSM-7 then; otherwise as it is.

    Pictographs go: what they stand beside says it, and one of them takes the room of half a text.
    """
    if is_gsm_7(text):
        return text
    text = _without_pictographs(text) or text
    written = text
    for mark, simple in PLAIN.items():
        written = written.replace(mark, simple)
    written = "".join(map(_bare, unicodedata.normalize("NFC", written)))
    return written if is_gsm_7(written) else text


def _without_pictographs(text: str) -> str:
    words = _PICTOGRAPHS.sub(" ", text)
    return _ROWS.sub(" ", _LINE_ENDS.sub("\n", words)).strip() if words != text else text


def _bare(letter: str) -> str:
    """Return a letter of GSM-7 for one that differs from it by its accent alone."""
    if is_gsm_7(letter):
        return letter
    if letter in LIGATURES:
        return LIGATURES[letter]
    spelled = unicodedata.normalize("NFD", letter)
    return spelled[0] if all(map(unicodedata.combining, spelled[1:])) else letter
