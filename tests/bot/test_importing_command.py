import json
from pathlib import Path

import pytest

from tests.bot.conftest import Command, in_store
from tests.communes import founded

PEOPLE = "nom;fonction;instance;adresse déclarée\nAli Fassi;membre;council;ali@elus.example\n"
AGENDA = "date;n°;titre\n05/02/2026;1;Budget\n05/02/2026;2;Emprunts\n"


@pytest.fixture
def town(beffroi: Command, folder: Path) -> Command:
    in_store(founded)
    (folder / "people.csv").write_text(PEOPLE, "utf-8")
    (folder / "agenda.csv").write_text(AGENDA, "cp1252")
    (folder / "bad.csv").write_text(PEOPLE.replace("council", "Atlantis"), "utf-8")
    return beffroi


def test_an_import_says_how_many_came_and_stayed(town: Command) -> None:
    first = town("import", "people", "people.csv")
    assert (first.code, first.out) == (0, "1 person added, 0 changed, 0 the same\n")
    again = town("import", "people", "people.csv")
    assert again.out == "0 people added, 0 changed, 1 the same\n"


def test_an_agenda_is_imported_and_counted_for_scripts(town: Command) -> None:
    done = json.loads(town("import", "agenda", "agenda.csv", "--json").out)
    assert done == {
        "dry_run": False,
        "sessions": 1,
        "items": 2,
        "changed": 0,
        "same": 0,
        "bad": [],
    }


def test_a_dry_run_says_so(town: Command) -> None:
    said = town("import", "agenda", "agenda.csv", "--dry-run")
    assert said.out.startswith("Nothing was changed")
    assert town("export", "sessions", "--format", "json").out == "[]\n"


def test_a_bad_line_is_named_with_its_column_and_the_exit_code_is_one(town: Command) -> None:
    said = town("import", "people", "bad.csv")
    assert (said.code, said.out) == (1, "")
    assert "Line 2, column “instance”: there is no body called “Atlantis”." in said.err
    bad = json.loads(town("import", "people", "bad.csv", "--json").out)["bad"]
    assert [(one["line"], one["column"]) for one in bad] == [(2, "instance")]


def test_a_file_of_another_kind_is_refused_in_one_sentence(town: Command) -> None:
    said = town("import", "agenda", "people.csv")
    assert said.code == 1
    assert said.err.startswith("The columns found are nom, fonction, instance")


def test_a_commune_that_is_not_there_is_refused_in_one_sentence(
    beffroi: Command, folder: Path
) -> None:
    (folder / "people.csv").write_text(PEOPLE, "utf-8")
    said = beffroi("import", "people", "people.csv")
    assert said.code == 1
    assert said.err.count("\n") == 1


def test_what_goes_out_comes_in_again_and_changes_nothing(town: Command) -> None:
    for kind in ("people", "agenda"):
        town("import", kind, f"{kind}.csv")
        assert town("export", kind, "--out", "out.csv", "--unmasked").code == 0
        done = json.loads(town("import", kind, "out.csv", "--json").out)
        assert (done["changed"], done["bad"]) == (0, [])
        assert done["same"] in {1, 2}


def test_addresses_go_out_masked_unless_they_are_asked_for(town: Command) -> None:
    town("import", "people", "people.csv")
    assert "ali@" not in town("export", "people").out
    assert "ali@elus.example" in town("export", "people", "--unmasked").out


@pytest.mark.parametrize("what", ["people", "sessions", "agenda", "deliveries", "audit"])
def test_everything_can_be_exported_as_csv_and_as_json(town: Command, what: str) -> None:
    town("import", "people", "people.csv")
    town("import", "agenda", "agenda.csv")
    lines = town("export", what).out.splitlines()
    records = json.loads(town("export", what, "--format", "json").out)
    assert len(lines) == len(records) + 1
    assert all(lines[0] == ",".join(record) for record in records)


def test_no_cell_of_an_export_is_a_formula(town: Command, folder: Path) -> None:
    (folder / "evil.csv").write_text('date;n°;titre\n05/02/2026;1;"=HYPERLINK(1)"\n', "utf-8")
    town("import", "agenda", "evil.csv")
    assert ",'=HYPERLINK(1)," in town("export", "agenda").out
    assert town("export", "agenda", "--out", "out.csv").code == 0
    assert (folder / "out.csv").read_bytes().startswith("\ufeffbody,date".encode())
