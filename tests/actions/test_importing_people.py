from collections.abc import AsyncIterator
from datetime import date

import pytest

from actions.people.importing_people import PeopleImported, import_people
from domain.actors import OPERATOR
from domain.addresses import Channel
from domain.bodies import Role
from domain.clock import HandClock
from domain.errors import Refused
from domain.register import Registered
from store.connecting import Store, opened
from tests.communes import founded

TODAY = date(2026, 1, 28)
HEADER = "Nom;Fonction;Instance;Langue;Adresse déclarée;Autres adresses\n"
LAYLA = "Layla Ouazzani;Présidente;Conseil communal;français;layla@elus.example;+212661234567\n"
OMAR = "Omar Tazi;Conseiller;Conseil communal;arabe;omar@elus.example;telegram:778899\n"
OMAR_AGAIN = "Omar TAZI;membre;مقاطعة أنفا;ar;OMAR@elus.example;\n"


@pytest.fixture
async def town(store: Store) -> Store:
    return await founded(store)


@pytest.fixture
async def sqlite_town(sqlite_url: str, clock: HandClock) -> AsyncIterator[Store]:
    """Return a commune where the database makes no difference."""
    store = opened(sqlite_url, clock)
    yield await founded(store)
    await store.close()


async def imported(
    town: Store, text: str | bytes, *, is_dry_run: bool = False, body: str | None = None
) -> PeopleImported:
    content = text.encode() if isinstance(text, str) else text
    async with town.unit() as unit:
        return await import_people(unit, content, actor=OPERATOR, body=body, is_dry_run=is_dry_run)


async def register(town: Store) -> dict[str, Registered]:
    async with town.reading() as unit:
        return {person.name: person for person in await unit.register.everybody(on=TODAY)}


def wrong(outcome: PeopleImported) -> list[tuple[int, str]]:
    return [(cell.line, cell.reason.key) for cell in outcome.bad]


async def test_the_french_register_of_elected_people_is_read_as_it_is(sqlite_town: Store) -> None:
    head = "Code de la commune,Nom de l'élu,Prénom de l'élu,Libellé de la fonction\n"
    rows = "34172,DELMAS,Aïcha,Maire\n34172,DELMAS,Paul,1er adjoint au Maire\n"
    await imported(sqlite_town, head + rows, body="council")
    assert set(await register(sqlite_town)) == {"Aïcha DELMAS", "Paul DELMAS"}


async def test_people_of_a_file_are_in_the_register(town: Store) -> None:
    outcome = await imported(town, HEADER + LAYLA + OMAR)
    people = await register(town)
    assert (outcome.added, outcome.changed, outcome.same) == (2, 0, 0)
    assert people["Layla Ouazzani"].seats == (("council", Role.PRESIDENT),)
    assert people["Layla Ouazzani"].language == "fr"
    assert {(one.channel, one.value) for one in people["Layla Ouazzani"].addresses} == {
        (Channel.INBOX, str(people["Layla Ouazzani"].id)),
        (Channel.EMAIL, "layla@elus.example"),
        (Channel.SMS, "+212661234567"),
    }
    declared = people["Omar Tazi"].declared
    assert declared
    assert (declared.value, declared.is_verified) == ("omar@elus.example", False)


async def test_two_rows_of_one_address_are_one_person_with_two_seats(town: Store) -> None:
    outcome = await imported(town, HEADER + OMAR + OMAR_AGAIN)
    assert outcome.added == 1
    assert (await register(town))["Omar Tazi"].seats == (
        ("council", Role.MEMBER),
        ("arr:anfa", Role.MEMBER),
    )


async def test_the_same_file_twice_changes_nothing(town: Store) -> None:
    text = HEADER + LAYLA + OMAR + OMAR_AGAIN + "Sans Adresse;;Anfa;;;\n"
    await imported(town, text)
    before = await register(town)
    outcome = await imported(town, text)
    assert (outcome.added, outcome.changed, outcome.same) == (0, 0, 3)
    assert await register(town) == before


async def test_a_dry_run_says_what_would_change_and_changes_nothing(town: Store) -> None:
    outcome = await imported(town, HEADER + LAYLA, is_dry_run=True)
    assert outcome.added == 1
    assert await register(town) == {}


async def test_every_bad_line_is_named_and_nobody_is_added(town: Store) -> None:
    outcome = await imported(
        town,
        HEADER
        + LAYLA
        + "Rachid;Chef;Conseil communal;klingon;rachid@;\n"
        + "\n"
        + ";membre;Anfaa;;;carrier pigeon\n",
    )
    assert wrong(outcome) == [
        (3, "import.unknown_language"),
        (3, "import.unknown_role"),
        (3, "address.not_email"),
        (5, "import.missing"),
        (5, "import.which_body"),
        (5, "import.unknown_channel"),
    ]
    assert outcome.added == 0
    assert await register(town) == {}


async def test_an_unknown_body_is_refused_with_what_comes_near(town: Store) -> None:
    outcome = await imported(town, "nom,instance\nRachid,comission du budget\nAli,Qqqq\n")
    assert outcome.bad[0].reason.facts["bodies"] == ["com:budget"]
    assert wrong(outcome)[1] == (3, "import.unknown_body")


async def test_an_address_declared_by_two_people_names_both_lines(town: Store) -> None:
    outcome = await imported(town, HEADER + OMAR + OMAR.replace("Omar Tazi", "Ali Fassi"))
    assert wrong(outcome) == [(3, "import.address_of_another")]
    assert outcome.bad[0].reason.facts["other_line"] == "2"


async def test_an_address_of_somebody_registered_is_not_taken_over(town: Store) -> None:
    await imported(town, HEADER + OMAR)
    outcome = await imported(town, HEADER + OMAR.replace("Omar Tazi", "Ali Fassi"))
    assert ("import.address_registered") in [key for _, key in wrong(outcome)]


async def test_a_chat_given_to_two_people_is_refused(town: Store) -> None:
    outcome = await imported(
        town, "nom;autres adresses\nRachid;telegram:5\nAli;telegram: ٥\nSami;telegram:@sami\n"
    )
    assert wrong(outcome) == [(3, "import.address_of_another"), (4, "import.not_telegram")]


async def test_a_changed_language_role_and_address_are_updated(town: Store) -> None:
    await imported(town, HEADER + OMAR)
    outcome = await imported(
        town, HEADER + "Omar Tazi;Vice-président;Conseil communal;en;tazi@elus.example;\n"
    )
    omar = (await register(town))["Omar Tazi"]
    assert (outcome.added, outcome.changed) == (0, 1)
    assert (omar.language, omar.seats) == ("en", (("council", Role.VICE_PRESIDENT),))
    assert omar.declared
    assert omar.declared.value == "tazi@elus.example"
    assert Channel.TELEGRAM in {address.channel for address in omar.addresses}


async def test_a_seat_in_another_body_is_kept(town: Store) -> None:
    await imported(town, HEADER + OMAR + OMAR_AGAIN)
    await imported(town, HEADER + OMAR.replace("Conseiller", "Secrétaire"))
    assert set((await register(town))["Omar Tazi"].seats) == {
        ("council", Role.SECRETARY),
        ("arr:anfa", Role.MEMBER),
    }


async def test_the_president_of_a_commission_chairs_it(town: Store) -> None:
    await imported(town, "nom;fonction;instance\nLayla;Présidente;com:budget\n")
    assert (await register(town))["Layla"].seats == (("com:budget", Role.COMMISSION_CHAIR),)


async def test_a_verified_column_verifies_the_declared_address(town: Store) -> None:
    await imported(town, "name,declared address,verified\nLayla,layla@elus.example,yes\n")
    declared = (await register(town))["Layla"].declared
    assert declared
    assert declared.is_verified


async def test_namesakes_are_told_apart_by_their_address(town: Store) -> None:
    twins = "nom;instance;courriel\nAli;Anfa;a@elus.example\nAli;Anfa;b@elus.example\n"
    assert (await imported(town, twins)).added == 2
    assert (await imported(town, twins)).same == 2
    assert wrong(await imported(town, "nom;instance\nAli;Anfa\n")) == [(2, "import.namesakes")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
async def test_every_dialect_of_a_spreadsheet_is_read(
    sqlite_town: Store, encoding: str, delimiter: str
) -> None:
    header = ["Prénom", "Nom", "Rôle", "E-mail", "", ""]
    row = ["Hélène", '"Saïd\r\nEl Âmrani"', "élue", "h@elus.example", "", ""]
    text = "".join(f"{delimiter.join(cells)}\r\n" for cells in (header, row, [""] * 6))
    outcome = await imported(sqlite_town, text.encode(encoding), body="council")
    assert outcome.added == 1
    person = (await register(sqlite_town))["Hélène Saïd El Âmrani"]
    assert person.declared


async def test_arabic_of_windows_is_read(town: Store) -> None:
    text = "الاسم;الصفة;الهيئة;اللغة\nمحمد العلوي;نائب الرئيس;مجلس الجماعة;العربية\n"
    await imported(town, text.encode("cp1256"))
    person = (await register(town))["محمد العلوي"]
    assert (person.language, person.seats) == ("ar", (("council", Role.VICE_PRESIDENT),))


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"PK\x03\x04....", "import.workbook"),
        (b"", "import.empty"),
        (b"a;b\n1;2\n", "import.unknown_columns"),
        (b'nom;rang\n"Ali;1\nSami;2\n', "import.quote_left_open"),
        (b"nom\n" + b"x" * 200_000, "import.cell_too_long"),
        (b"\x00\x01\x02\x00\x00", "import.not_text"),
    ],
)
async def test_what_is_no_table_of_people_is_refused(
    sqlite_town: Store, content: bytes, key: str
) -> None:
    with pytest.raises(Refused, match=key):
        await imported(sqlite_town, content)


async def test_an_import_leaves_its_counts_in_the_audit_log(town: Store) -> None:
    await imported(town, HEADER + LAYLA + OMAR)
    await imported(town, HEADER + LAYLA + OMAR)
    async with town.reading() as unit:
        entries = await unit.audit.entries()
    assert [(entry.act, dict(entry.facts)) for entry in entries] == [
        ("people.imported", {"added": 2, "changed": 0, "same": 0})
    ]
