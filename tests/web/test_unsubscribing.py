"""The page by which somebody leaves a channel from a letter."""

from collections.abc import AsyncIterator

import pytest
from litestar import Litestar
from litestar.testing import AsyncTestClient

from actions.records.sealing import sealing_key
from domain.addresses import Channel
from domain.leaving import Leaver
from store.connecting import Store
from tests.communes import founded
from web.personal.unsubscribing import pages

Client = AsyncTestClient[Litestar]
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
async def client(store: Store) -> AsyncIterator[Client]:
    await founded(store)
    application = Litestar(route_handlers=pages(store), openapi_config=None, logging_config=None)
    async with AsyncTestClient(application) as client:
        yield client


async def address(store: Store, language: str = "fr") -> str:
    """Return where somebody of this language leaves e-mail."""
    async with store.unit() as unit:
        person_id = await unit.people.add(1, name="Amina", language=language)
        return "/unsubscribe/" + Leaver(person_id, Channel.EMAIL).token(await sealing_key(unit))


async def has_left(store: Store, url: str) -> bool:
    person_id = int(url.rpartition("/")[2].partition(".")[0])
    async with store.reading() as unit:
        return (await unit.preferences.of(person_id)).now.has_stopped(Channel.EMAIL)


async def test_whoever_opens_the_link_is_asked_and_has_not_left(
    client: Client, store: Store
) -> None:
    url = await address(store)
    for _ in range(2):
        answer = await client.get(url)
        assert answer.status_code == 200
        assert '<form method="post">' in answer.text
        assert "Les convocations" in answer.text
    assert (await client.head(url)).status_code in {200, 405}
    assert not await has_left(store, url)


@pytest.mark.parametrize("form", [ONE_CLICK, {}])
async def test_one_click_leaves_and_so_does_a_second(
    client: Client, store: Store, form: dict[str, str]
) -> None:
    url = await address(store)
    for _ in range(2):
        answer = await client.post(url, data=form)
        assert answer.status_code == 200
        assert "C’est fait" in answer.text
    assert await has_left(store, url)
    later = await client.get(url)
    assert "C’est fait" in later.text
    assert "<form" not in later.text


@pytest.mark.parametrize(
    ("language", "direction", "says"),
    [("fr", "ltr", "Désabonnement"), ("ar", "rtl", "إلغاء الاشتراك"), ("en", "ltr", "Unsubscribe")],
)
async def test_the_page_speaks_the_person_s_language(
    client: Client, store: Store, language: str, direction: str, says: str
) -> None:
    answer = await client.get(await address(store, language))
    assert f'<html lang="{language}" dir="{direction}">' in answer.text
    assert f"<h1>{says}</h1>" in answer.text
    assert answer.headers["content-type"].startswith("text/html")


async def test_a_link_that_is_not_ours_is_refused_in_the_browser_s_language(client: Client) -> None:
    for url in ("/unsubscribe/1.email.AbCdEf-_0123456789AbCd", "/unsubscribe/<b>"):
        for answer in (await client.get(url), await client.post(url)):
            assert answer.status_code == 404
            assert "<b>" not in answer.text
    german_then_arabic = await client.get(
        "/unsubscribe/x", headers={"Accept-Language": "de;q=1, ar-MA;q=0.8"}
    )
    assert 'dir="rtl"' in german_then_arabic.text
