"""What the town hall says, on its public pages: what is out, and nothing that is not."""

import xml.etree.ElementTree as ET
from datetime import timedelta

import pytest

from actions import publishing
from domain.approvals import ApprovalState
from domain.bodies import Role
from domain.notices import AudienceKind
from domain.publications import PublicationKind, Text
from tests.bulletins import hand, put_out, submitted
from tests.town import Town
from tests.web.people import Browser

ATOM = "{http://www.w3.org/2005/Atom}"
POOLS = {
    "fr": Text(
        "Trois piscines", "Dès **juin** :\n- Sidi Moumen\n\nVoir [le plan](https://a.ma/p)."
    ),
    "ar": Text("ثلاث مسابح", "ابتداء من **يونيو**."),
}
PATHS = ("/", "/news", "/news/APP-1", "/feeds/news.atom")


async def titles(citizen: Browser, path: str) -> list[str]:
    feed = ET.fromstring((await citizen.opens(path)).text)  # noqa: S314 - our own
    return [entry.findtext(f"{ATOM}title", "") for entry in feed.iter(f"{ATOM}entry")]


async def test_a_text_that_is_out_is_a_page_with_its_marks_as_they_are_meant(
    town: Town, citizen: Browser
) -> None:
    await put_out(town, POOLS)
    for path in PATHS:
        await citizen.opens(path)
        assert "Trois piscines" in citizen.html
    await citizen.opens("/news/app-1")
    assert "Communiqué de presse, mercredi 28 janvier 2026" in citizen.html
    assert "<strong>juin</strong>" in citizen.html
    assert '<a href="https://a.ma/p" rel="noopener nofollow">le plan</a>' in citizen.html
    assert 'content="noindex"' not in citizen.html
    assert 'content="http://testserver.local/news/APP-1"' in citizen.html
    assert "https://wa.me/?text=Trois%20piscines%0Ahttp%3A//testserver.local/news/APP-1" in (
        citizen.html
    )


async def test_a_text_is_read_in_one_s_language_or_says_in_which_other(
    town: Town, citizen: Browser
) -> None:
    await put_out(town, POOLS)
    await citizen.opens("/news/APP-1", **{"Accept-Language": "ar"})
    assert '<article lang="ar" dir="rtl">' in citizen.html
    assert "لم يُترجم" not in citizen.html
    await citizen.opens("/news/APP-1", **{"Accept-Language": "en"})
    assert "has not been translated into English: here it is in French" in citizen.html
    assert '<article lang="fr" dir="ltr">' in citizen.html
    assert await titles(citizen, "/feeds/news.atom?lang=ar") == ["ثلاث مسابح"]


async def test_a_text_that_is_out_is_found_by_its_words_and_by_its_reference(
    town: Town, citizen: Browser
) -> None:
    await put_out(town, POOLS)
    await citizen.opens("/search?q=Sidi Moumen")
    assert 'href="/news/APP-1"' in citizen.html
    await citizen.opens("/search?q=piscines", **{"Accept-Language": "ar"})
    assert "ثلاث مسابح" in citizen.html
    assert (await citizen.opens("/search?q=app-1")).url.path == "/news/APP-1"


async def test_news_are_told_in_chats_in_plain_words(town: Town, citizen: Browser) -> None:
    zineb = await town.resident("Zineb", seats=["council"])
    await put_out(town, POOLS)
    await town.carry()
    told = zineb.messages()[-1].text
    assert "Dès juin :\n- Sidi Moumen\n\nVoir le plan (https://a.ma/p)." in told
    assert "**" not in (await citizen.opens("/feeds/news.atom")).text


async def test_nothing_is_shown_before_its_last_word_and_its_hour(
    town: Town, citizen: Browser
) -> None:
    await submitted(town, {"fr": Text("En attente", "Secret.")})
    await put_out(
        town,
        {"fr": Text("Sous embargo", "Secret.")},
        release_at=town.clock.now() + timedelta(hours=2),
    )
    for path in (*PATHS, "/news/APP-2", "/search?q=secret", "/search?q=embargo"):
        await citizen.opens(path)
        assert "En attente" not in citizen.html
        assert "Sous embargo" not in citizen.html
        assert "Secret." not in citizen.html
    assert (await citizen.opens("/news/APP-2")).status_code == 404
    town.clock.move_by(timedelta(hours=2))
    async with town.store.unit() as unit:
        await publishing.release_due(unit, town.clock.now())
    assert (await citizen.opens("/news/APP-2")).status_code == 200
    assert await titles(citizen, "/feeds/news.atom") == ["Sous embargo"]


@pytest.mark.parametrize(
    ("kind", "told_to"),
    [
        (PublicationKind.PRESS_RELEASE, AudienceKind.BODY),
        (PublicationKind.SPEECH, AudienceKind.EVERYONE),
    ],
)
async def test_what_is_not_for_everybody_has_no_page(
    town: Town, citizen: Browser, kind: PublicationKind, told_to: AudienceKind
) -> None:
    await put_out(town, POOLS, kind=kind, told_to=told_to)
    assert (await citizen.opens("/news/APP-1")).status_code == 404
    await citizen.opens("/news")
    assert "La commune n’a encore rien publié ici." in citizen.html


async def test_what_is_withdrawn_is_nowhere_any_more(town: Town, citizen: Browser) -> None:
    await put_out(town, POOLS)
    head = await hand(town, Role.DIVISION_HEAD)
    async with town.store.unit() as unit:
        withdrawn = await publishing.withdraw(unit, head, 1, "Erreur de date.")
    assert withdrawn.state is ApprovalState.WITHDRAWN
    for path in PATHS:
        await citizen.opens(path)
        assert "Trois piscines" not in citizen.html
    assert (await citizen.opens("/news/APP-1")).status_code == 410
    assert "Ce texte a été retiré" in citizen.html


async def test_news_are_listed_by_kind_page_by_page_the_newest_first(
    town: Town, citizen: Browser
) -> None:
    for number in range(21):
        await put_out(
            town, {"fr": Text(f"Avis n° {number}", "Lisez.")}, kind=PublicationKind.NOTICE
        )
    await put_out(town, POOLS)
    await citizen.opens("/news?kind=notice")
    assert "Trois piscines" not in citizen.html
    assert citizen.html.index("Avis n° 20") < citizen.html.index("Avis n° 19")
    assert "Avis n° 0" not in citizen.html
    await citizen.opens("/news?kind=notice&offset=20")
    assert "Avis n° 0" in citizen.html
    await citizen.opens("/news?kind=post")
    assert "Rien de ce genre" in citizen.html
    for path in ("/news?kind=rubbish", "/news?offset=-1"):
        assert (await citizen.opens(path)).status_code == 200
    for path in ("/news/APP-0", "/news/rubbish", "/news/APP-99999999999"):
        assert (await citizen.opens(path)).status_code == 404
