"""People at the desk: found, reached or not, given a code, and taken from a file after a look."""

import re

import pytest

from domain.addresses import Channel
from domain.bodies import Role
from store.directory import Wanted
from tests.domain.test_workbooks import workbook
from tests.town import Town
from tests.web.desk.conftest import At
from tests.web.people import AMINA, Browser

CODE = re.compile(r'<code dir="ltr">([A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4})</code>')
HIDDEN = re.compile(r'name="(mark|table)" value="([^"]*)"')
PRESSED = re.compile(r'name="act" value="((?:release|suppress|untie):\d+)"')
HEADER = "Nom;Fonction;Instance;Langue;Adresse déclarée\n"
LAYLA = "Layla Ouazzani;Présidente;Conseil communal;fr;layla@elus.example\n"
HERE = "/desk/people/import"


@pytest.fixture
async def secretary(at_desk: At) -> Browser:
    return await at_desk(Role.COUNCIL_SECRETARIAT)


async def uploads(browser: Browser, content: str | bytes, name: str = "elus.csv") -> int:
    await browser.opens(HERE)
    file = content.encode() if isinstance(content, str) else content
    browser.shown = await browser.client.post(
        HERE,
        data={"seal": browser.seal},
        files={"file": (name, file)},
        headers={"Accept": "text/html"},
    )
    return browser.shown.status_code


async def confirms(browser: Browser) -> int:
    answer = await browser.sends(f"{HERE}/confirm", **dict(HIDDEN.findall(browser.html)))
    return answer.status_code


async def names(town: Town, words: str) -> list[str]:
    async with town.store.reading() as unit:
        day = town.clock.now().date()
        return [one.name for one in await unit.directory.page(Wanted(words), on=day)]


async def test_people_are_found_by_name_body_and_office(
    secretary: Browser, town: Town, amina: int
) -> None:
    await town.resident("Driss Alaoui", seats=["com:budget"], role=Role.COMMISSION_CHAIR)
    await secretary.opens("/desk/people?words=ami")
    assert f"/desk/people/{amina}" in secretary.html
    assert "Driss" not in secretary.html
    await secretary.opens(f"/desk/people?body=com:budget&role={Role.COMMISSION_CHAIR}")
    assert "Driss Alaoui" in secretary.html
    await secretary.opens("/desk/people?words=100%25")
    assert "Personne ne correspond" in secretary.html


async def test_addresses_are_masked_until_they_are_asked_for(
    secretary: Browser, amina: int
) -> None:
    await secretary.opens(f"/desk/people/{amina}")
    assert AMINA not in secretary.html
    assert "a…@example.ma" in secretary.html
    await secretary.opens(f"/desk/people/{amina}?addresses=open")
    assert AMINA in secretary.html


async def test_an_address_that_bounced_is_shown_with_its_cause_and_used_again(
    secretary: Browser, town: Town, amina: int
) -> None:
    async with town.store.unit() as unit:
        now = town.clock.now()
        await unit.people.quarantine(Channel.EMAIL, [AMINA], code="550", at=now)
    await secretary.opens("/desk/people?dead=yes")
    assert f"/desk/people/{amina}" in secretary.html
    await secretary.opens(f"/desk/people/{amina}")
    assert "n’est plus utilisée" in secretary.html
    assert "550" in secretary.html
    (release,) = [one for one in PRESSED.findall(secretary.html) if one.startswith("release")]
    await secretary.sends(f"/desk/people/{amina}", act=release)
    assert "est de nouveau utilisée" in secretary.html


async def test_an_address_of_somebody_else_is_not_changed_by_a_forged_form(
    secretary: Browser, town: Town, amina: int
) -> None:
    driss = await town.resident("Driss")
    await secretary.opens(f"/desk/people/{amina}")
    (first, *_) = [one for one in PRESSED.findall(secretary.html) if one.startswith("untie")]
    answer = await secretary.sends(f"/desk/people/{driss.person_id}", act=first)
    assert answer.status_code == 400


async def test_a_code_made_at_the_desk_links_a_chat(
    secretary: Browser, town: Town, amina: int
) -> None:
    await secretary.opens(f"/desk/people/{amina}")
    await secretary.sends(f"/desk/people/{amina}", act="code")
    (code,) = CODE.findall(secretary.html)
    chat = town.stranger()
    assert "Amina" in await chat.says(f"/link {code}")


async def test_a_file_shows_every_change_and_makes_none_before_a_yes(
    secretary: Browser, town: Town
) -> None:
    assert await uploads(secretary, HEADER + LAYLA) == 200
    assert "Layla Ouazzani" in secretary.html
    assert await names(town, "Layla") == []
    await confirms(secretary)
    assert "1 personne ajoutée" in secretary.html
    moved = "Layla Ouazzani;Conseillère;Conseil communal;ar;layla@elus.example\n"
    await uploads(secretary, HEADER + moved)
    assert "<del>Français</del> → <ins>العربية</ins>" in secretary.html
    assert "président(e)" in secretary.html
    await confirms(secretary)
    assert await names(town, "Layla") == ["Layla Ouazzani"]


async def test_a_workbook_is_taken_as_it_is(secretary: Browser, town: Town) -> None:
    header, layla = (line.split(";") for line in (HEADER + LAYLA).splitlines())
    content = workbook([["Élus du conseil, 2026"], [], header, layla])
    assert await uploads(secretary, content, "elus.xlsx") == 200
    assert "Layla Ouazzani" in secretary.html
    await confirms(secretary)
    assert await names(town, "Layla") == ["Layla Ouazzani"]


async def test_what_would_be_others_changes_by_now_is_shown_again(
    secretary: Browser, town: Town
) -> None:
    await uploads(secretary, HEADER + LAYLA)
    shown = dict(HIDDEN.findall(secretary.html))
    await confirms(secretary)
    await secretary.opens(HERE)
    answer = await secretary.sends(f"{HERE}/confirm", **shown)
    assert answer.status_code == 422
    assert await names(town, "Layla") == ["Layla Ouazzani"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04\x14\x00", "classeur"),
        (b"", "Ce fichier est vide"),
        (b"MZ\x90\x00\x03\x00\x00\x00\x04", "Ce fichier n’est pas un texte"),
        (b"Nom;Fonction\n" + b"x" * 2_100_000, "trop lourd"),
        (b"Couleur;Taille\nrouge;grande\n", "Les colonnes trouvées sont"),
        ((HEADER + "Layla;Reine;Conseil communal;fr;\n").encode(), "Ligne 2"),
    ],
)
async def test_what_is_no_table_of_people_is_refused_with_the_reason(
    secretary: Browser, town: Town, content: bytes, said: str
) -> None:
    assert await uploads(secretary, content) == 422
    assert said in secretary.html
    assert await names(town, "Layla") == []


async def test_what_a_cell_says_is_shown_and_never_run(secretary: Browser) -> None:
    hostile = "<script>alert(1)</script>;Conseiller;Conseil communal;fr;\n"
    await uploads(secretary, HEADER + hostile)
    assert secretary.shown
    assert "<script>alert" not in secretary.shown.text
    assert "&lt;script&gt;" in secretary.shown.text


@pytest.mark.parametrize("role", [Role.CLERK, Role.PRESIDENT, Role.AUDITOR])
async def test_who_looks_after_no_people_reads_none(at_desk: At, amina: int, role: Role) -> None:
    browser = await at_desk(role)
    for path in ("/desk/people", f"/desk/people/{amina}", HERE):
        assert (await browser.opens(path)).status_code == 403
        assert AMINA not in browser.html
