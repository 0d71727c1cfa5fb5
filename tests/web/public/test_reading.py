"""What everybody may read of the council, and what nobody else may."""

import re

import pytest

from domain.bodies import Role
from domain.sessions import AgendaState, SessionState
from tests.town import Town
from tests.web.people import Browser
from tests.web.public.conftest import Council


async def test_everybody_comes_in_by_a_page_that_says_what_is_next(
    citizen: Browser, council: Council
) -> None:
    page = await citizen.opens("/")
    assert page.status_code == 200
    assert "jeudi 5 février 2026 à 18:00" in citizen.html
    assert council.decision.ref in citizen.html
    assert council.closed_decision.ref not in citizen.html
    assert 'href="/sign-in"' in citizen.html
    assert '<input id="q" name="q" type="search"' in citizen.html


async def test_the_calendar_shows_a_month_of_a_body(
    town: Town, citizen: Browser, council: Council
) -> None:
    await town.session("arr:anfa", titles=["Marché"])
    await citizen.opens("/sessions?month=2026-02")
    assert "Arrondissement Anfa" in citizen.html
    await citizen.opens("/sessions?month=2026-02&body=council")
    assert citizen.html.count("/sessions/1") == 1
    assert f"/sessions/{council.draft}" not in citizen.html
    assert "Session ordinaire — Arrondissement Anfa" not in citizen.html
    await citizen.opens("/sessions?month=2031-07&body=council")
    assert "Aucune séance n’est prévue ce mois-ci" in citizen.html
    assert "La prochaine session" in citizen.html
    assert (await citizen.opens("/sessions?month=rubbish&body=nowhere")).status_code == 200


async def test_a_session_shows_its_agenda_and_papers_as_far_as_they_are_public(
    citizen: Browser, council: Council
) -> None:
    await citizen.opens(f"/sessions/{council.held}")
    assert "Propreté des rues" in citizen.html
    assert "Contentieux" not in citizen.html
    assert "Séance publique" in citizen.html
    await citizen.opens(f"/items/{council.open_item.id}")
    assert "Rapport sur la propreté" in citizen.html
    assert "Note interne" not in citizen.html
    assert "7 pour, 2 contre, 1 abstention" in citizen.html
    assert "Vote (adopté)" in citizen.html
    assert "person:1" not in citizen.html
    assert f"/decisions/{council.decision.ref}" in citizen.html


async def test_what_is_not_theirs_is_answered_as_if_it_were_not(
    citizen: Browser, council: Council
) -> None:
    for path in (
        f"/sessions/{council.draft}",
        f"/items/{council.secret.id}",
        f"/decisions/{council.closed_decision.ref}",
        "/sessions/999",
        "/items/999",
        "/papers/999",
        f"/sessions/{2**63}",
        f"/papers/{10**25}",
        "/decisions/DEL-2026-999",
        "/decisions/rubbish",
    ):
        assert (await citizen.opens(path)).status_code == 404, path


async def test_a_member_reads_what_is_debated_behind_closed_doors(
    reader: Browser, council: Council
) -> None:
    await reader.opens(f"/sessions/{council.held}")
    assert "Contentieux du stade" in reader.html
    assert (await reader.opens(f"/items/{council.secret.id}")).status_code == 200
    assert (await reader.opens(f"/decisions/{council.closed_decision.ref}")).status_code == 200
    assert (await reader.opens(f"/sessions/{council.draft}")).status_code == 404


@pytest.mark.parametrize(
    ("state", "says"),
    [
        (AgendaState.UNREADABLE, "n’a pas pu être lu"),
        (AgendaState.MISSING, "n’est pas encore publié"),
        (AgendaState.PUBLISHED, "ne comporte aucun point"),
    ],
)
async def test_an_agenda_that_cannot_be_read_says_why(
    town: Town, citizen: Browser, state: AgendaState, says: str
) -> None:
    session_id = await town.session(agenda=state)
    await citizen.opens(f"/sessions/{session_id}")
    assert says in citizen.html


async def test_a_session_that_is_called_off_stays_and_says_why(
    town: Town, citizen: Browser
) -> None:
    session_id = await town.session(state=SessionState.CANCELLED, reason="Inondation")
    await citizen.opens(f"/sessions/{session_id}")
    assert "</span> annulée" in citizen.html
    assert "Inondation" in citizen.html
    await citizen.opens("/")
    assert f"/sessions/{session_id}" not in citizen.html


async def test_a_paper_is_handed_over_once_to_those_who_may_read_it(
    town: Town, citizen: Browser, reader: Browser, council: Council
) -> None:
    async with town.store.reading() as unit:
        papers = {one.title: one.id for one in await unit.documents.of(council.held)}
    public, internal = papers["Rapport sur la propreté"], papers["Note interne"]
    paper = await citizen.opens(f"/papers/{public}")
    assert paper.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in paper.headers["content-security-policy"]
    again = await citizen.opens(f"/papers/{public}", **{"If-None-Match": paper.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert (await citizen.opens(f"/papers/{internal}")).status_code == 404
    assert (await reader.opens(f"/papers/{internal}")).status_code == 200


async def test_a_decision_shows_its_text_its_vote_and_its_track(
    citizen: Browser, council: Council
) -> None:
    await citizen.opens(f"/decisions/{council.decision.ref}")
    for words in ("Texte adopté", "7 pour, 2 contre", "vendredi 16 janvier 2026", "signée"):
        assert words in citizen.html
    await citizen.opens("/decisions?year=2026&body=council")
    assert council.decision.ref in citizen.html
    await citizen.opens("/decisions?year=2019")
    assert "Aucune décision ne correspond" in citizen.html


@pytest.mark.parametrize("words", ["proprete", "PROPRETÉ", "النظافة"])
@pytest.mark.usefixtures("council")
async def test_search_finds_whatever_the_accents_and_the_script(
    citizen: Browser, words: str
) -> None:
    citizen.shown = await citizen.client.get("/search", params={"q": words})
    assert "Propreté des rues" in citizen.html
    assert "Rapport sur la propreté" in citizen.html
    assert "Note interne" not in citizen.html


async def test_search_shows_nothing_that_is_not_theirs(
    citizen: Browser, reader: Browser, council: Council
) -> None:
    for words in ("contentieux", "éclairage secret"):
        await citizen.opens(f"/search?q={words}")
        assert "Rien ne correspond" in citizen.html
    await reader.opens("/search?q=contentieux")
    assert f"/items/{council.secret.id}" in reader.html


async def test_a_reference_leads_to_its_page_however_it_was_copied(
    citizen: Browser, council: Council
) -> None:
    for copied in (council.decision.ref.lower(), f" \u2068{council.decision.ref}\u2069 "):
        found = await citizen.opens(f"/search?q={copied}")
        assert found.url.path == f"/decisions/{council.decision.ref}"


async def test_a_reference_of_nothing_finds_nothing(citizen: Browser, council: Council) -> None:
    for ref in ("DEL-2026-999", "PET-2026-0999", "APP-999", council.closed_decision.ref):
        found = await citizen.opens(f"/search?q={ref}")
        assert found.url.path == "/search", ref
        assert "Rien ne correspond" in citizen.html


async def test_what_everybody_may_read_says_what_it_is_to_who_shares_or_finds_it(
    citizen: Browser, council: Council
) -> None:
    for path in ("/", "/sessions", f"/sessions/{council.held}", f"/items/{council.open_item.id}"):
        await citizen.opens(path)
        assert 'name="robots"' not in citizen.html, path
        assert re.search(r'<meta name="description" content="[^"]{20,}">', citizen.html), path
        assert re.search(r'<meta property="og:title" content="[^"]{4,}">', citizen.html), path
    for path in ("/search?q=x", "/sign-in", "/follow"):
        await citizen.opens(path)
        assert '<meta name="robots" content="noindex">' in citizen.html, path


async def test_an_agenda_names_the_state_of_what_is_more_than_listed(
    citizen: Browser, council: Council
) -> None:
    await citizen.opens(f"/sessions/{council.held}")
    assert "1 point" in citizen.html
    assert "adopté" in citizen.html
    await citizen.opens("/sessions/1")
    assert "inscrit à l’ordre du jour" not in citizen.html


async def test_one_goes_on_from_item_to_item_as_far_as_they_may_be_seen(
    citizen: Browser, reader: Browser, council: Council
) -> None:
    path, secret = f"/items/{council.open_item.id}", f'rel="next" href="/items/{council.secret.id}"'
    await citizen.opens(path)
    assert 'rel="next"' not in citizen.html
    await reader.opens(path)
    assert secret in reader.html
    await reader.opens(f"/items/{council.secret.id}")
    assert f'rel="prev" href="{path}"' in reader.html


async def test_a_page_that_is_not_there_leads_to_those_that_are(citizen: Browser) -> None:
    await citizen.opens("/nowhere")
    for path in ("/", "/search", "/sessions", "/petitions"):
        assert f'href="{path}"' in citizen.html


@pytest.mark.usefixtures("council")
async def test_any_month_year_or_page_may_be_asked_for(citizen: Browser) -> None:
    await citizen.opens("/sessions?month=1999-12")
    assert '<option value="1999-12" selected>décembre 1999</option>' in citizen.html
    assert '<option value="2027-01">janvier 2027</option>' in citizen.html
    await citizen.opens("/decisions?year=999999999&offset=999999999")
    assert "9999999" not in citizen.html.partition("<main")[2]
    assert 'rel="prev" href="/decisions?body=&year=&offset=0"' in citizen.html


async def test_the_staff_see_a_session_that_is_only_planned(
    town: Town, citizen: Browser, council: Council
) -> None:
    clerk = await town.resident("Khadija", seats=["council"], role=Role.CLERK)
    async with town.store.unit() as unit:
        await unit.people.verify(
            clerk.person_id, clerk.channel.EMAIL, "k@example.ma", at=town.clock.now()
        )
    await citizen.signs_in("k@example.ma")
    await citizen.opens(f"/sessions/{council.draft}")
    assert "Éclairage secret" in citizen.html
