"""Files that come with a form of a page: taken, refused beside their question, and not lost."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from http import HTTPStatus

import pytest
from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.testing import AsyncTestClient

from domain import forms
from domain.files import MOST_BYTES, Kept
from domain.phrasebook import phrasebook
from domain.request_forms import QUESTION
from tests.town import Town
from tests.web.people import A_BROWSER, SEAL, site_of
from web.app import application
from web.filling import asked, filled_with_file
from web.forms import LARGE, MOST_FIELDS, form_with_file
from web.health import Vitals
from web.rendering import Page, answer, environment
from web.site import Site
from web.visiting import AnyRequest, Visit, visit
from web.watching import Watched

PDF = b"%PDF-1.7 a note"
GOOD = {"addressee": "president", "subject": "Bancs", "text": "Trois bancs."}
KEPT = re.compile(r'name="kept_file" value="([^"]+)"')


def asking(site: Site) -> list[HTTPRouteHandler]:
    """Return a page that asks a question of the house, and shows it again with what is wrong."""

    @get("/ask")
    async def shown(request: AnyRequest) -> Page:
        return _sheet(await visit(site, request), {}, {})

    @post("/ask", request_max_body_size=LARGE)
    async def sent(request: AnyRequest) -> Page:
        found = await visit(site, request)
        said, file = await form_with_file(found)
        async with site.store.unit() as unit:
            answers, wrong = await filled_with_file(found, unit, QUESTION, said, file)
        today = site.clock.now().date()
        return _sheet(
            found,
            answers,
            {**forms.faults(QUESTION, answers, found.language, today=today), **wrong},
        )

    return [shown, sent]


def _sheet(found: Visit, answers: dict[str, str], faults: dict[str, str]) -> Page:
    words = "{% from 'parts.html' import sheet %}{{ sheet(asked, visit, '/ask', say) }}"
    html = environment().from_string(words)
    made = html.render(
        asked=asked(found, QUESTION, answers, faults),
        visit=found,
        say=lambda key, **facts: phrasebook().say(key, found.language, **facts),
    )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
    return answer(made, status=status, cookies=found.cookies())


@dataclass(slots=True)
class Asker:
    client: AsyncTestClient[Watched]
    html: str = ""

    async def sends(
        self, content: bytes = b"", name: str = "note.pdf", **said: str
    ) -> tuple[int, str]:
        seal = SEAL.search(self.html)
        kept = KEPT.search(self.html)
        answer = await self.client.post(
            "/ask",
            data={"seal": seal[1] if seal else "", "kept_file": kept[1] if kept else ""}
            | GOOD
            | said,
            files={"file": (name, content)},
            headers=A_BROWSER,
        )
        self.html = answer.text
        return answer.status_code, answer.text


@pytest.fixture
async def asker(town: Town) -> AsyncIterator[Asker]:
    async def vital_signs() -> Vitals:
        return Vitals(store_answers=True)

    site = site_of(town)
    pages = application(
        doors=(), hear=site.hear, vital_signs=vital_signs, pages=asking(site), site=site
    )
    async with AsyncTestClient(pages) as client:
        yield Asker(client, (await client.get("/ask", headers=A_BROWSER)).text)


async def test_a_file_is_kept_and_need_not_be_sent_again(asker: Asker, town: Town) -> None:
    status, html = await asker.sends(PDF, subject="")
    assert status == 422
    assert "note.pdf" in html
    status, html = await asker.sends(name="")
    assert status == 200
    found = KEPT.search(html)
    assert found
    held = Kept.read(found[1].partition(" ")[2])
    async with town.store.reading() as unit:
        assert await unit.documents.content(held.sha256) == PDF


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (b"MZ a program", "note.pdf", "Je prends les fichiers PDF"),
        (b"<svg onload=alert(1)>", "note.svg", "Je prends les fichiers PDF"),
        (b"", "note.pdf", "Ce fichier est vide"),
        (b"%PDF-" + bytes(MOST_BYTES), "note.pdf", "trop lourd"),
    ],
    ids=["a program", "a drawing", "nothing", "too much"],
)
async def test_a_file_that_is_not_taken_is_told_beside_its_question(
    asker: Asker, content: bytes, name: str, why: str
) -> None:
    status, html = await asker.sends(content, name)
    assert status == 422
    assert why in html
    assert "Trois bancs." in html, "what was typed is not lost"


async def test_nobody_hands_in_a_paper_of_somebody_else_s_by_naming_it(asker: Asker) -> None:
    theirs = Kept("0f" * 32, 12, "application/pdf", "secret.pdf").written
    _, html = await asker.sends(name="", kept_file=f"{'0' * 64} {theirs}")
    assert "secret.pdf" not in html


async def test_a_form_with_a_file_is_sealed_and_small_like_any_other(asker: Asker) -> None:
    assert (await asker.sends(PDF, seal="0" * 64))[0] == 403
    many = {f"field{number}": "x" for number in range(MOST_FIELDS)}
    asker.html = (await asker.client.get("/ask", headers=A_BROWSER)).text
    assert (await asker.sends(PDF, **many))[0] == 400
    status, html = await asker.sends(b"%PDF-" + bytes(LARGE))
    assert status == 413
    assert "trop" in html
