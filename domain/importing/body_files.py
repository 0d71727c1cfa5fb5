"""What a file of bodies says: its columns, and each line read as one body."""

import re
from dataclasses import dataclass
from functools import partial

from domain.errors import Refused
from domain.folding import visible
from domain.importing import body_drafts
from domain.importing.body_drafts import Draft
from domain.importing.columns import Column, Reader, Row, Table, filled
from domain.spreadsheets import BadCell

COLUMNS = (
    Column(
        "key",
        ("key", "clé", "code", "identifiant", "المفتاح", "الرمز"),
        is_required=True,
    ),
    Column("kind", ("kind", "type", "nature", "genre", "النوع", "الصنف")),
    Column(
        "name_fr",
        ("name_fr", "nom_fr", "nom (fr)", "nom", "name", "nom en français", "french name",
         "الاسم بالفرنسية"),
    ),
    Column("name_ar", ("name_ar", "nom_ar", "nom (ar)", "nom en arabe", "arabic name", "الاسم",
                       "الاسم بالعربية")),
    Column("name_en", ("name_en", "nom_en", "nom (en)", "nom en anglais", "english name",
                       "الاسم بالإنجليزية")),
    Column("parent", ("parent", "instance mère", "rattachement", "الهيئة الأم")),
    Column("seats", ("seats", "sièges", "nombre de sièges", "nombre de membres", "عدد المقاعد",
                     "المقاعد")),
    Column("aliases", ("aliases", "alias", "autres noms", "other names", "أسماء أخرى")),
)  # fmt: skip
SEPARATORS = re.compile(r"[;|\n،]")
NAMES = {"name_fr": "fr", "name_ar": "ar", "name_en": "en"}


@dataclass(frozen=True, slots=True)
class Entry:
    line: int
    draft: Draft


def entries(table: Table) -> tuple[list[Entry], list[BadCell]]:
    """Return the lines that could be read, and all that is wrong with the others."""
    found: list[Entry] = []
    bad: list[BadCell] = []
    lines: dict[str, int] = {}
    for row in table.rows:
        reader = Reader(row, table.headers)
        draft = _draft(reader)
        other_line = lines.setdefault(draft.key, row.line)
        if draft.key and other_line != row.line:
            twice = Refused("founding.key_twice", body=draft.key, other_line=str(other_line))
            reader.refuse("key", twice)
        found += [Entry(row.line, draft)] if not reader.bad else []
        bad += reader.bad
    return found, bad


def _draft(reader: Reader) -> Draft:
    row = reader.row
    given = reader.made("key", partial(filled, most=body_drafts.KEY_LENGTH), row.text("key"))
    key = reader.made("key", body_drafts.key, given) if given else None
    if not key:
        return Draft("")
    return Draft(
        key,
        kind=reader.made("kind", partial(body_drafts.kind, of=key), row.text("kind")),
        names=_names(reader),
        parent_key=reader.made("parent", partial(body_drafts.parent, of=key), row.text("parent")),
        seats=reader.made("seats", body_drafts.seats, row.text("seats")),
        aliases=_aliases(row),
    )


def _names(reader: Reader) -> dict[str, str]:
    said = {
        language: reader.made(column, body_drafts.name, reader.row.text(column))
        for column, language in NAMES.items()
    }
    return {language: text for language, text in said.items() if text}


def _aliases(row: Row) -> tuple[str, ...]:
    said = map(visible, SEPARATORS.split(row.raw("aliases")))
    return tuple(dict.fromkeys(filter(None, said)))
