"""A mailbox as a page: read, answered, put away, and whole in every language."""

import asyncio
from collections.abc import AsyncIterator
from functools import partial

import pytest

from actions.people import consenting
from tests.town import Town
from tests.web.people import AMINA, Browser, announced, browser_in, site_of, with_email

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)> javascript:alert(3)"


async def letter_id(town: Town, amina: int) -> int:
    async with town.store.reading() as unit:
        letters = await unit.letters.of_person(amina, most=1)
    return letters[0].id


async def test_a_letter_is_new_then_unread_then_read(
    town: Town, reader: Browser, amina: int
) -> None:
    await reader.opens("/inbox", **{"HX-Request": "true"})
    assert "1 lettre non lue" in reader.html
    assert "</span> non lu" in (await reader.opens("/inbox")).text
    path = f"/inbox/{await letter_id(town, amina)}"
    await reader.opens(path, **{"Sec-Purpose": "prefetch"})
    assert "1 lettre non lue" in reader.html
    await reader.opens(path)
    assert "Voirie" in reader.html
    assert "</span> lu" in (await reader.opens("/inbox")).text


async def test_a_letter_is_put_away_and_brought_back_with_one_press(
    town: Town, reader: Browser, amina: int
) -> None:
    path = f"/inbox/{await letter_id(town, amina)}"
    for move, drawer in (("archive", "archived"), ("snooze:tomorrow", "snoozed")):
        await reader.opens(path)
        await reader.sends(path, move=move)
        assert "Annuler" in reader.html
        assert path not in (await reader.opens("/inbox")).text
        assert path in (await reader.opens(f"/inbox?drawer={drawer}")).text
        await reader.sends(path, move="restore")
        assert path in (await reader.opens("/inbox")).text
    await reader.opens(path)
    assert (await reader.sends(path, move="burn")).status_code == 400


async def test_a_press_on_the_page_is_heard_as_one_in_a_chat(
    town: Town, reader: Browser, amina: int
) -> None:
    path = f"/inbox/{await letter_id(town, amina)}"
    await reader.opens(path)
    press = next(one for one in reader.html.split('value="') if one.startswith("attend:"))
    value, nonce = press.partition('"')[0], reader.nonce
    answered = await reader.sends("/talk", press=value, nonce=nonce, back=path)
    assert answered.url.path == path
    first = reader.html.count('class="answer"')
    assert first == 1
    await reader.opens(path)
    await reader.sends("/talk", press=value, nonce=nonce, back=path)
    assert reader.html.count('class="answer"') == 0  # the same form again is heard once
    async with town.store.reading() as unit:
        assert await unit.attendances.of(1)
    await reader.opens(path)
    assert "letter" in reader.html


async def test_answers_of_the_page_are_no_letters(town: Town, reader: Browser, amina: int) -> None:
    await reader.opens("/talk")
    await reader.sends("/talk", text="ordre du jour", nonce=reader.nonce)
    assert "Voirie" in reader.html
    await town.carry()
    async with town.store.reading() as unit:
        assert len(await unit.letters.of_person(amina, most=5)) == 1


async def test_papers_are_handed_to_whom_they_were_sent_alone(
    town: Town, reader: Browser, amina: int
) -> None:
    await town.document(1, "Rapport", item=None)
    await reader.opens("/talk")
    await reader.sends("/talk", text="documents", nonce=reader.nonce)
    paths = [one.partition('"')[0] for one in reader.html.split('href="') if "/papers/" in one]
    paper = await reader.client.get(paths[-1])
    assert paper.content
    assert paper.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in paper.headers["content-security-policy"]
    other = await town.resident("Brahim", seats=["council"], language="en")
    await with_email(town, other.person_id, "b@example.ma")
    async with browser_in(town) as browser:
        await browser.signs_in("b@example.ma")
        assert (await browser.opens(paths[-1])).status_code == 404
        assert (await browser.opens(f"/inbox/{await letter_id(town, amina)}")).status_code == 404


async def test_what_a_letter_says_is_never_markup(town: Town, reader: Browser, amina: int) -> None:
    await announced(town, HOSTILE, HOSTILE)
    await reader.opens(f"/inbox/{await letter_id(town, amina)}")
    assert reader.shown
    for page in (reader.shown, await reader.opens("/inbox")):
        assert "<script>alert" not in page.text
        assert "<img src=x" not in page.text
        assert 'href="javascript' not in page.text


@pytest.mark.parametrize(
    ("language", "direction", "heading"),
    [("fr", "ltr", "Boîte de réception"), ("ar", "rtl", "صندوق الرسائل"), ("en", "ltr", "Inbox")],
)
async def test_pages_are_whole_in_every_language(
    reader: Browser, language: str, direction: str, heading: str
) -> None:
    await reader.opens("/inbox")
    await reader.sends("/language", language=language, back="/inbox")
    assert f'<html lang="{language}" dir="{direction}">' in reader.html
    assert f"<h1>{heading}</h1>" in reader.html
    missing = await reader.opens("/nowhere")
    assert (missing.status_code, f'dir="{direction}"' in missing.text) == (404, True)


async def test_every_page_forbids_what_is_not_ours(reader: Browser) -> None:
    for path in ("/inbox", "/talk", "/account", "/sign-in", "/offline", "/nowhere"):
        answer = await reader.opens(path)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "style=" not in answer.text
        assert " onclick" not in answer.text


async def test_the_first_page_weighs_less_than_100_kb(reader: Browser) -> None:
    page = await reader.opens("/inbox")
    files = [one.partition('"')[0] for one in page.text.split('"/static/')[1:]]
    weights = [len((await reader.client.get(f"/static/{one}")).content) for one in set(files)]
    assert len(page.content) + sum(weights) < 100_000


async def test_an_app_can_be_installed_and_opens_without_a_network(reader: Browser) -> None:
    manifest = (await reader.client.get("/manifest.webmanifest")).json()
    assert (manifest["start_url"], manifest["display"]) == ("/inbox", "standalone")
    worker = (await reader.client.get("/service-worker.js")).text
    assert "/offline" in worker
    assert not [name for name in ("SHELL", "VERSION", "PICTURE") if f'"{name}"' in worker]
    for icon in manifest["icons"]:
        drawn = await reader.client.get(icon["src"])
        assert drawn.headers["content-type"] == icon["type"]


async def rest(events: AsyncIterator[bytes]) -> list[bytes]:
    return [event async for event in events]


@pytest.mark.usefixtures("reader")
async def test_a_page_hears_of_a_letter_and_comes_back_to_where_it_was(
    town: Town, amina: int
) -> None:
    site = site_of(town)
    async with town.store.reading() as unit:
        (session,) = await unit.web_sessions.of_person(amina)
    stream = partial(site.mailrooms.events, amina, session.id)
    async with asyncio.timeout(60), asyncio.TaskGroup() as tasks:
        running = tasks.create_task(site.mailrooms.run())
        events = stream(last_told="")
        assert b"retry" in await anext(events)
        before = await anext(events)
        assert b"data: 1\n" in before
        await announced(town, "Travaux", "Demain")
        after = await anext(events)
        assert b"data: 2\n" in after
        last = after.partition(b"\n")[0].removeprefix(b"id: ").decode()
        waiting = tasks.create_task(rest(stream(last_told=last)))
        async with town.store.unit() as unit:
            await unit.web_sessions.end(amina)
        retry, *missed = await waiting  # whoever is signed out is let go
        assert retry.startswith(b"retry")
        assert not missed
        site.mailrooms.close()
        await running


async def test_a_stream_is_for_whoever_is_signed_in(town: Town) -> None:
    async with browser_in(town) as browser:
        assert (await browser.client.get("/inbox/live")).status_code == 401


async def test_a_letter_says_why_it_came_and_to_nobody_else(
    town: Town, reader: Browser, amina: int
) -> None:
    await announced(town, "Travaux", "La rue est fermée.")
    await reader.opens(f"/inbox/{await letter_id(town, amina)}/why")
    assert "canal que vous avez choisi" in reader.html
    assert "d’autres canaux passent avant" in reader.html
    assert "example.ma" in reader.html
    assert AMINA not in reader.html
    assert (await reader.opens("/inbox/999999/why")).status_code == 404


async def test_a_title_runs_as_its_language_does_whatever_it_begins_with(
    town: Town, reader: Browser, amina: int
) -> None:
    async with town.store.unit() as unit:
        person = await unit.people.by_id(amina, on=town.clock.now().date())
        assert person
        await consenting.choose_language(unit, person, "ar")
    await announced(town, "PET-2026-0003 تنتظر قرار المكتب", "نص")
    await reader.opens("/inbox")
    assert '<span class="title" lang="ar" dir="rtl">PET-2026-0003' in reader.html
    await reader.opens(f"/inbox/{await letter_id(town, amina)}")
    assert '<h1 lang="ar" dir="rtl">PET-2026-0003' in reader.html


async def test_after_speaking_one_is_led_to_what_was_answered_just_now(reader: Browser) -> None:
    await reader.opens("/talk")
    await reader.sends("/talk", text=reader.pressable("Que puis-je demander ?"), nonce=reader.nonce)
    await reader.sends("/talk", text="bonjour", nonce=reader.nonce)
    assert reader.shown
    assert reader.shown.url.fragment == "new"
    before, after = reader.html.split('id="new"')
    assert ('class="answer"' in before, after.count('class="answer"')) == (True, 0)
