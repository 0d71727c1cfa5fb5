"""What a file of agenda items says: its columns, and each line read as one item of one session."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from functools import partial
from typing import TypeVar

from domain.agenda import ItemSource, ItemState
from domain.errors import Refused
from domain.folding import folded
from domain.importing import cells, terms
from domain.importing.body_names import BodyNames
from domain.importing.columns import Column, Reader, Row, Table, filled, fitting
from domain.sessions import SessionKind
from domain.spreadsheets import BadCell

Value = TypeVar("Value")

# Our own columns first, then those of town halls: Montpellier's (`Date CM`, `Elu(s)`, `Etat`) and
# those of SCDL, the French schema for deliberations 2.1.5 (`DELIB_DATE`, `DELIB_OBJET` …).
COLUMNS = (
    # Not “commission”: in a council's file it is the one that studied the item.
    Column("body", ("body", "instance", "الهيئة", "organe", "assemblée", "council", "المجلس")),
    Column(
        "date",
        ("date", "date de séance", "date de la séance", "date du conseil", "date cm",
         "date conseil", "date de session", "date de la session", "date de réunion",
         "date de la réunion", "delib_date", "date de la délibération", "date délibération",
         "session date", "meeting date", "التاريخ", "تاريخ الجلسة", "تاريخ الدورة"),
        hints=("date", "séance", "jour", "التاريخ", "تاريخ"),
        is_required=True,
    ),
    Column(
        "time",
        ("time", "heure", "heure de séance", "heure de la séance", "heure de début", "hour",
         "horaire", "الساعة", "التوقيت"),
    ),
    Column(
        "kind",
        ("kind", "type de session", "nature de la session", "type de séance",
         "nature de la séance", "genre", "نوع الدورة", "نوع الجلسة"),
    ),
    Column(
        "place",
        ("place", "lieu", "salle", "lieu de la séance", "lieu de séance", "location", "المكان",
         "القاعة"),
    ),
    Column(
        "reference",
        ("reference", "référence", "delib_id", "numéro de délibération", "n° de délibération",
         "n° délibération", "numéro délibération", "numéro de la délibération",
         "n° de la délibération", "num_delib", "numéro de l'acte", "n° acte", "n° de dossier",
         "numéro de dossier", "dossier", "identifiant", "id", "المرجع", "رقم المقرر", "رقم الملف"),
    ),
    Column(
        "number",
        ("number", "numéro", "n°", "no", "num", "numéro du point", "n° du point", "n° point",
         "point n°", "n° d'ordre", "numéro d'ordre", "ordre", "rang", "item", "item number",
         "numéro de projet de délibération", "numéro de projet", "الرقم", "رقم النقطة", "رقم"),
        hints=("n", "no", "numéro", "num", "رقم"),
    ),
    Column(
        "title",
        ("title", "titre", "objet", "delib_objet", "intitulé", "libellé",
         "objet de la délibération", "titre de la délibération", "intitulé de la délibération",
         "العنوان", "الموضوع", "موضوع النقطة", "نص النقطة", "النقطة", "désignation", "sujet",
         "subject", "description", "point", "points", "point de l'ordre du jour", "ordre du jour"),
        hints=("titre", "objet", "intitulé", "libellé", "title", "الموضوع", "العنوان", "point"),
        is_required=True,
    ),
    Column(
        "rapporteur",
        ("rapporteur", "rapporteur(e)", "rapporteurs", "rapporteur(s)", "élu(s)", "élus", "élu",
         "elu rapporteur", "المقرر", "مقرر", "presenter"),
    ),
    Column(
        "department",
        ("department", "direction", "service", "direction pilote", "service instructeur",
         "division", "pôle", "المصلحة", "القسم", "المديرية"),
    ),
    Column("public", ("public", "publique", "séance publique", "علني", "علنية", "للعموم")),
    Column("source", ("source", "origine", "المصدر", "صاحب المبادرة")),
    Column(
        "state",
        ("state", "état", "statut", "résultat", "résultat du vote", "sens du vote", "decision",
         "result", "status", "الحالة", "النتيجة", "مآل النقطة"),
    ),
    Column("language", ("language", "langue", "اللغة")),
)  # fmt: skip
SCDL_TITLE = "delib objet"  # a file with this header lists deliberations that were adopted
NUMBER_LENGTH = 16
REFERENCE_LENGTH = 64
NAME_LENGTH = 200
PLACE_LENGTH = 300
TITLE_LENGTH = 4000  # characters; a longer one is a text that slipped into the column


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """One line: an item, and the session it belongs to. None: the file says nothing of it."""

    line: int
    body_key: str
    day: date
    hour: time | None
    kind: SessionKind | None
    place: str | None
    number: str | None
    reference: str | None
    title: str
    language: str
    rapporteur: str | None
    department: str | None
    is_public: bool | None
    source: ItemSource | None
    state: ItemState | None


def columns(*, day: date | None) -> Sequence[Column]:
    """Return the columns to look for: with a day given, the file need not have any."""
    return [
        replace(column, is_required=column.is_required and not (day and column.name == "date"))
        for column in COLUMNS
    ]


def agenda_lines(
    table: Table, names: BodyNames, *, body: str, day: date | None
) -> tuple[list[AgendaLine], list[BadCell]]:
    """Return the lines that could be read, and all that is wrong with the others.

    `body` and `day` are those of lines that name none.
    """
    found: list[AgendaLine] = []
    bad: list[BadCell] = []
    adopted = ItemState.ADOPTED if folded(table.headers["title"]) == SCDL_TITLE else None
    for row in table.rows:
        reader = Reader(row, table.headers)
        read = _line(row, reader, names, body=body, day=day)
        found += [replace(read, state=read.state or adopted)] if read and not reader.bad else []
        bad += reader.bad
    return found, bad


def _line(
    row: Row, reader: Reader, names: BodyNames, *, body: str, day: date | None
) -> AgendaLine | None:
    named = reader.made("body", names.named, row.text("body") or body)
    when = (day, None) if day and not row.text("date") else _when(row, reader)
    title = reader.made("title", partial(filled, most=TITLE_LENGTH), cells.title(row.raw("title")))
    hour = _said(row, reader, "time", cells.hour)
    spoken = reader.made("language", terms.language, row.text("language"))
    said = _details(row, reader)
    if named is None or when is None or title is None:
        return None
    return AgendaLine(
        row.line,
        named.key,
        when[0],
        hour or when[1],
        said.kind,
        said.place,
        *_numbered(row, reader),
        title,
        spoken or terms.written_language(title),
        said.rapporteur,
        said.department,
        said.is_public,
        said.source,
        terms.result(row.text("state")),
    )


@dataclass(frozen=True, slots=True)
class _Details:
    kind: SessionKind | None
    place: str | None
    rapporteur: str | None
    department: str | None
    is_public: bool | None
    source: ItemSource | None


def _details(row: Row, reader: Reader) -> _Details:
    return _Details(
        kind=_said(row, reader, "kind", terms.session_kind),
        place=_said(row, reader, "place", partial(fitting, most=PLACE_LENGTH)),
        rapporteur=cells.shown(row.text("rapporteur"), most=NAME_LENGTH) or None,
        department=cells.shown(row.text("department"), most=NAME_LENGTH) or None,
        is_public=_said(
            row, reader, "public", partial(cells.claim, claims=cells.PUBLIC, otherwise=True)
        ),
        source=_said(row, reader, "source", terms.source),
    )


def _numbered(row: Row, reader: Reader) -> tuple[str | None, str | None]:
    """Return the number and the reference; a number too long to be said is a reference."""
    number = cells.item_number(row.raw("number"))
    reference = row.text("reference")
    if len(number) > NUMBER_LENGTH:
        number, reference = "", reference or row.text("number")
    fitted = reader.made("reference", partial(fitting, most=REFERENCE_LENGTH), reference)
    return number or None, fitted or None


def _said(row: Row, reader: Reader, column: str, of: Callable[[str], Value]) -> Value | None:
    text = row.text(column)
    return reader.made(column, of, text) if text else None


def _when(row: Row, reader: Reader) -> tuple[date, time | None] | None:
    text = row.text("date")
    if not text:
        reader.refuse("date", Refused("import.missing"))
        return None
    return reader.made("date", cells.day_and_hour, text)
