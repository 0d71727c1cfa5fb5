"""The council's terms as clerks write them in a cell: roles, kinds of session, results, tongues."""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar

from domain.agenda import ItemSource, ItemState
from domain.bodies import BodyKind, Role
from domain.errors import Refused
from domain.folding import folded
from domain.importing.cells import shown
from domain.phrasebook import LANGUAGES, phrasebook
from domain.sessions import SessionKind

Term = TypeVar("Term", bound=StrEnum)

# What the phrasebook does not say: how else people write it. Compared folded.
OTHER_ROLES: Mapping[StrEnum, str] = {
    Role.PRESIDENT: "maire, mayor, chair, chairman, عمدة, رئيس المجلس, رئيسة المجلس, "
    "président du conseil, présidente du conseil, council president, ra2iss",
    Role.VICE_PRESIDENT: "vice président, vice présidente, adjoint, adjointe, adjoint au maire, "
    "deputy mayor, vp, نائب الرئيس, نائبة الرئيس, نائب رئيس المجلس",
    Role.SECRETARY: "secrétaire, secretary, كاتب المجلس, كاتب, كاتبة",
    Role.DEPUTY_SECRETARY: "secrétaire adjoint, secrétaire adjointe, deputy secretary, نائب الكاتب",
    Role.MEMBER: "membre, élu, élue, conseiller communal, conseillère communale, "
    "conseiller municipal, conseillère municipale, conseiller d'arrondissement, "
    "conseillère d'arrondissement, councillor, councilor, عضو, عضوة, مستشار جماعي, "
    "مستشارة جماعية, منتخب, منتخبة, mostachar",
    Role.CLERK: "greffier, secrétariat, agent, employé, موظف, موظفة",
    Role.DIRECTOR_GENERAL: "dgs, directeur général, directrice générale, المدير العام للمصالح, "
    "directeur général des services",
}
OTHER_KINDS: Mapping[StrEnum, str] = {
    SessionKind.ORDINARY: "ordinaire, عادية, séance ordinaire, cm ordinaire, normale, dawra 3adiya",
    SessionKind.EXTRAORDINARY_PRESIDENT: "extraordinaire, extraordinary, استثنائية, "
    "session extraordinaire, séance extraordinaire, extraordinary session, دورة استثنائية, urgente",
}
OTHER_SOURCES: Mapping[StrEnum, str] = {
    ItemSource.PRESIDENT: "président, présidente, maire, president, bureau, exécutif, الرئيس",
    ItemSource.MEMBER: "membre, conseiller, élu, عضو",
    ItemSource.GOVERNOR: "wali, préfet, والي",
    ItemSource.WRITTEN_QUESTION: "question, سؤال",
}
TONGUES = {
    "fr": "français, française, francais, french, fra, fre, الفرنسية, فرنسية",
    "ar": "arabe, arabic, ara, العربية, عربية, عربي",
    "en": "anglais, anglaise, english, eng, الإنجليزية, إنجليزية",
    "ary": "darija, dialecte, الدارجة, دارجة",
}
# The first that a result says; `adopté avec amendement` before `adopté`.
RESULTS = (
    ("amend", ItemState.ADOPTED_AMENDED),
    ("بعد التعديل", ItemState.ADOPTED_AMENDED),
    ("reporte", ItemState.DEFERRED),
    ("ajourne", ItemState.DEFERRED),
    ("defer", ItemState.DEFERRED),
    ("مؤجل", ItemState.DEFERRED),
    ("retire", ItemState.WITHDRAWN),
    ("withdrawn", ItemState.WITHDRAWN),
    ("مسحوب", ItemState.WITHDRAWN),
    ("non adopt", ItemState.REJECTED),
    ("not adopt", ItemState.REJECTED),
    ("rejet", ItemState.REJECTED),
    ("reject", ItemState.REJECTED),
    ("defavorable", ItemState.REJECTED),
    ("مرفوض", ItemState.REJECTED),
    ("prend acte", ItemState.NOTED),
    ("pris acte", ItemState.NOTED),
    ("prise d acte", ItemState.NOTED),
    ("donne acte", ItemState.NOTED),
    ("noted", ItemState.NOTED),
    ("اخذ علما", ItemState.NOTED),
    ("executoire", ItemState.ADOPTED),
    ("adopt", ItemState.ADOPTED),
    ("approuv", ItemState.ADOPTED),
    ("approved", ItemState.ADOPTED),
    ("unanim", ItemState.ADOPTED),
    ("favorable", ItemState.ADOPTED),
    ("مصادق", ItemState.ADOPTED),
)
IN_COMMISSIONS = {
    Role.PRESIDENT: Role.COMMISSION_CHAIR,
    Role.VICE_PRESIDENT: Role.COMMISSION_VICE_CHAIR,
}
COMMISSIONS = frozenset(
    {BodyKind.COMMISSION_PERMANENT, BodyKind.COMMISSION_TEMPORARY, BodyKind.INQUIRY_COMMISSION}
)
FEMININE = re.compile(r"\((\w{1,2})\)")
# Which vice-president it is does not make another role.
RANK = re.compile(
    r"\b(?:\d+ ?(?:er|ere|e|eme|nd|nde|st|rd|th)?|premier|premiere|deuxieme|troisieme|first|second|"
    r"الاول|الثاني|الثالث|الرابع|الخامس|السادس|السابع|الثامن|التاسع|العاشر)\b"
)


def role(text: str, kind: BodyKind) -> Role:
    """Return the role a cell names in a body of this kind; an empty one names a member."""
    words = " ".join(RANK.sub(" ", folded(FEMININE.sub("", text))).split())
    named = _words(Role, "role").get(words) if words else Role.MEMBER
    if named is None:
        raise Refused("import.unknown_role", value=shown(text))
    return IN_COMMISSIONS.get(named, named) if kind in COMMISSIONS else named


def body_kind(text: str) -> BodyKind | None:
    """Return the kind of body a cell names; None when it is empty."""
    return _term(BodyKind, "body", text, otherwise=BodyKind.COUNCIL) if folded(text) else None


def session_kind(text: str) -> SessionKind:
    return _term(SessionKind, "kind", text, otherwise=SessionKind.ORDINARY)


def source(text: str) -> ItemSource:
    return _term(ItemSource, "source", text, otherwise=ItemSource.PRESIDENT)


def result(text: str) -> ItemState | None:
    """Return what became of an item, as far as a cell says so.

    `DELIBERATION EXECUTOIRE` was adopted; words that are no result, such as a file's status in
    somebody's software, say nothing.
    """
    words = folded(text)
    exact = _words(ItemState, "item").get(words)
    return exact or next((state for word, state in RESULTS if folded(word) in words), None)


def language(text: str) -> str | None:
    """Return the language a cell names, by its name or its code; None when it is empty."""
    words = folded(text)
    if not words:
        return None
    spoken = {folded(word): code for code, said in TONGUES.items() for word in said.split(",")}
    code = spoken.get(words) or next((code for code in TONGUES if words == code), None)
    code = code or next((code for code in LANGUAGES if words.startswith(f"{code} ")), None)
    if code is None:
        raise Refused("import.unknown_language", value=shown(text))
    return code


def written_language(text: str) -> str:
    """Return the language a title is written in, as far as its letters tell: Arabic or French."""
    arabic = sum("\u0600" <= letter <= "\u06ff" for letter in text)
    return "ar" if arabic * 2 > sum(letter.isalpha() for letter in text) else "fr"


def _term(kind: type[Term], prefix: str, text: str, *, otherwise: Term) -> Term:
    words = folded(text)
    if not words:
        return otherwise
    named: Term | None = _words(kind, prefix).get(words)
    if named is None:
        known = [phrasebook().say(f"council.{prefix}_{term}", "fr") for term in kind]
        raise Refused("import.unknown_word", value=shown(text), known=known)
    return named


OTHERS = {Role: OTHER_ROLES, SessionKind: OTHER_KINDS, ItemSource: OTHER_SOURCES}


@lru_cache
def _words(kind: type[Term], prefix: str) -> Mapping[str, Term]:
    """Return every way to write these terms, folded: our own first, where two share a word."""
    words: dict[str, Term] = {}
    for term in kind:
        for spelling in _spellings(term, prefix):
            if spelling:
                words.setdefault(folded(spelling), term)
    return words


def _spellings(term: StrEnum, prefix: str) -> Iterator[str]:
    yield term.value
    for language_code in LANGUAGES:
        for phrase in phrasebook().say(f"council.{prefix}_{term.value}", language_code).split(","):
            yield FEMININE.sub("", phrase)
            yield FEMININE.sub(r"\1", phrase)
    yield from OTHERS.get(type(term), {}).get(term, "").split(",")
