"""The receipt of a petition (law 113-14, art. 125): in a message, and as a page to print."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from html import escape

from domain.messages import RIGHT_TO_LEFT
from domain.petitions.petition import Petition
from domain.phrasebook import phrasebook

STYLE = """
@page { size: A4; margin: 22mm }
body { font-family: "Noto Naskh Arabic", "Noto Sans Arabic", "DejaVu Sans", sans-serif;
       font-size: 11pt; line-height: 1.6 }
h1 { font-size: 17pt; border-bottom: 1pt solid; padding-bottom: 4mm }
p.town { font-size: 12pt }
th { text-align: start; vertical-align: top; padding-inline-end: 6mm; white-space: nowrap }
td { white-space: pre-wrap }
"""
Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who received it, for which council, and when, in the commune's wall time.

    `article` is the one by which it is answered.
    """

    commune: Names
    body: Names
    at: datetime
    article: str


def text(petition: Petition, language: str, stamp: Stamp) -> str:
    """Return the receipt in words."""
    rows = _rows(petition, language, stamp)
    lines = [
        f"{name} : {value}" if language == "fr" else f"{name}: {value}" for name, value in rows
    ]
    heading = phrasebook().say("receipt.heading", language, ref=petition.ref)
    end = phrasebook().say("receipt.due", language, day=petition.due_on, article=stamp.article)
    return "\n".join([heading, _named(stamp.commune, language), *lines, end])


def page(petition: Petition, language: str, stamp: Stamp) -> str:
    """Return the receipt as a page of HTML, from right to left in Arabic."""
    direction = "rtl" if language in RIGHT_TO_LEFT else "ltr"
    rows = "".join(
        f"<tr><th>{escape(name)}</th><td>{escape(value)}</td></tr>"
        for name, value in _rows(petition, language, stamp)
    )
    heading = phrasebook().say("receipt.heading", language, ref=petition.ref)
    end = phrasebook().say("receipt.due", language, day=petition.due_on, article=stamp.article)
    spoken = "ar" if language in RIGHT_TO_LEFT else language
    return (
        f'<!doctype html><html lang="{spoken}" dir="{direction}"><meta charset="utf-8">'
        f"<title>{escape(petition.ref)}</title><style>{STYLE}</style>"
        f'<p class="town">{escape(_named(stamp.commune, language))}</p>'
        f"<h1>{escape(heading)}</h1><table>{rows}</table><p>{escape(end)}</p></html>"
    )


def _rows(petition: Petition, language: str, stamp: Stamp) -> list[tuple[str, str]]:
    say = phrasebook().say
    wanted = petition.threshold
    told = {
        "body": _named(stamp.body, language),
        "subject": petition.subject,
        "mandatary": petition.mandatary,
        "association": petition.association,
        "received": say("receipt.moment", language, at=stamp.at),
        "threshold": say("receipt.signatures", language, count=wanted.value, article=wanted.article)
        if wanted
        else "",
    }
    return [(say(f"receipt.{name}", language), value) for name, value in told.items() if value]


def _named(names: Names, language: str) -> str:
    spoken = "ar" if language in RIGHT_TO_LEFT else language
    return names.get(spoken) or next(iter(names.values()), "")
