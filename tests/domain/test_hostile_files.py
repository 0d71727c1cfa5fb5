"""Whatever bytes are brought, they are read or refused, and nothing unprintable gets in."""

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given, strategies as some

from domain.bodies import Body, BodyKind
from domain.errors import Refused
from domain.importing.agenda_files import agenda_lines, columns
from domain.importing.agenda_plans import meetings
from domain.importing.body_names import BodyNames
from domain.importing.columns import table
from domain.importing.decoding import decoded
from domain.importing.people_files import COLUMNS, entries
from domain.importing.people_plans import plan
from domain.spreadsheets import csv_text, lines

NAMES = BodyNames([Body(1, "council", BodyKind.COUNCIL, {"fr": "Conseil"}, 3)])
NOW = datetime(2026, 1, 28, tzinfo=UTC)
PEOPLE = ("nom", "fonction", "instance", "langue", "adresse déclarée", "autres adresses")
AGENDA = ("date", "n°", "titre", "heure", "instance", "référence", "état", "public")
CELL = some.one_of(
    some.text(max_size=30),
    some.sampled_from(("", "council", "a@b.example", "telegram:5", "05/02/2026", "1", "18h")),
)


def people_read(content: bytes) -> None:
    found = table(lines(decoded(content)), COLUMNS)
    read, _ = entries(found, NAMES, body=None, region="MA", now=NOW)
    planned = plan(read, [], language="fr")
    assert all(one.name.isprintable() for one in planned.newcomers)


def agenda_read(content: bytes) -> None:
    found = table(lines(decoded(content)), columns(day=None))
    read, _ = agenda_lines(found, NAMES, body="council", day=None)
    told, _ = meetings(read)
    assert all(line.title.isprintable() for one in told for line in one.lines)


@given(some.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    for read in (people_read, agenda_read):
        with suppress(Refused):
            read(content)


@given(some.lists(some.tuples(*[CELL] * len(PEOPLE)), max_size=8))
def test_any_cells_of_people_are_read_or_named(rows: list[tuple[str, ...]]) -> None:
    with suppress(Refused):
        people_read(csv_text(PEOPLE, rows).encode("utf-8", "replace"))


@given(some.lists(some.tuples(*[CELL] * len(AGENDA)), max_size=8))
def test_any_cells_of_an_agenda_are_read_or_named(rows: list[tuple[str, ...]]) -> None:
    with suppress(Refused):
        agenda_read(csv_text(AGENDA, rows).encode("utf-8", "replace"))


@pytest.mark.parametrize("content", [b"\xff" * 2_000_000, b"nom\n" + "é".encode() * 1_000_000])
def test_a_text_of_a_megabyte_is_refused_at_once(content: bytes) -> None:
    with pytest.raises(Refused):
        people_read(content)
