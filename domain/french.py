"""French as it is joined: conseil communal d’Agadir, du Mans, des Ulis."""

import re

# « de » and what follows it, the surest first. H is left alone: only a dictionary knows which
# ones are silent, and « de Hay Hassani » is right.
JOINTS = (
    (re.compile(r"\bde Les (?=\S)"), "des "),
    (re.compile(r"\bde Le (?=\S)"), "du "),
    (re.compile(r"\bde (?=[aàâäæeéèêëiîïoôœuùûüyÿ])", re.IGNORECASE), "d’"),
)


def joined(text: str) -> str:
    """Return `text` with each « de » joined to the name it stands before."""
    for apart, together in JOINTS:
        text = apart.sub(together, text)
    return text
