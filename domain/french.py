"""French as it is joined: conseil communal d’Agadir, du Mans, des Ulis; and what stays together."""

import re

# « de » and what follows it, the surest first. H is left alone: only a dictionary knows which
# ones are silent, and « de Hay Hassani » is right.
JOINTS = (
    (re.compile(r"\bde Les (?=\S)"), "des "),
    (re.compile(r"\bde Le (?=\S)"), "du "),
    (re.compile(r"\bde (?=[aàâäæeéèêëiîïoôœuùûüyÿ])", re.IGNORECASE), "d’"),
)

# A sign that a space stands before keeps it on its line.
BEFORE, AFTER = re.compile(r" (?=[?!;:»])"), re.compile(r"(?<=«) ")
UNBROKEN = "\u00a0"


def unbroken(text: str) -> str:
    """Return `text` with the spaces that no line may break at, for where lines are broken."""
    return AFTER.sub(UNBROKEN, BEFORE.sub(UNBROKEN, text))


def joined(text: str) -> str:
    """Return `text` with each « de » joined to the name it stands before."""
    for apart, together in JOINTS:
        text = apart.sub(together, text)
    return text
