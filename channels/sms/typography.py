"""Marks of typography written as an old telephone writes them, where that makes a text GSM-7.

Only how a mark looks changes, never what is said: a quotation mark stays one, a dash stays one.
Letters are never touched, so a text that holds an “â” or any Arabic is left whole as it is. This
is done only where the operator has asked for it.
"""

from channels.sms.segments import is_gsm_7

# Longest first: French quotation marks stand with a space inside, which goes with them.
PLAIN = {
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
}


def plain(text: str) -> str:
    """Return `text` with plain marks when it is all GSM-7 then; otherwise as it is."""
    written = text
    for mark, simple in PLAIN.items():
        written = written.replace(mark, simple)
    return written if is_gsm_7(written) else text
