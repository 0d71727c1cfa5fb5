"""Somebody's own data: received whole, and forgotten save what the law keeps."""

import json
import re
import zipfile
from io import BytesIO

import pytest

from domain.addresses import Channel
from domain.phrasebook import LANGUAGES, phrasebook
from store.own_records import SECRET
from store.tables import metadata
from store.tables.people import people
from tests.town import Talker, Town
from tests.web.people import AMINA, Browser, with_email
from tests.web.test_proving_anew import LATER

KHADIJA = "khadija@example.ma"


@pytest.fixture
async def khadija(town: Town, browser: Browser) -> Talker:
    """A resident, signed in, who holds no office."""
    found = await town.resident("Khadija")
    await with_email(town, found.person_id, KHADIJA)
    await browser.signs_in(KHADIJA)
    return found


def _records(content: bytes) -> dict[str, list[dict[str, object]]]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert archive.namelist() == ["data.json", "data.html"]
        found: dict[str, list[dict[str, object]]] = json.loads(archive.read("data.json"))["records"]
    return found


def test_every_table_about_a_person_has_a_name_in_every_language() -> None:
    named = {
        table.name
        for table in metadata.sorted_tables
        for column in table.columns
        if any(key.column is people.c.id for key in column.foreign_keys)
    }
    for language in LANGUAGES:
        for table in named:
            assert phrasebook().say(f"own.table_{table}", language)


async def test_all_that_is_kept_of_somebody_is_given_to_them_and_nobody_elses(
    town: Town, reader: Browser, amina: int
) -> None:
    other = await town.resident("Omar")
    await with_email(town, other.person_id, "omar@example.ma")
    await reader.opens("/my-data")
    given = await reader.sends("/my-data/export")
    assert given.headers["content-disposition"].startswith("attachment")
    records = _records(given.content)
    assert [one["name"] for one in records["people"]] == ["Amina"]
    assert AMINA in {one["value"] for one in records["addresses"]}
    assert {"memberships", "web_sessions", "deliveries", "notices", "audit"} <= records.keys()
    assert not {name for rows in records.values() for row in rows for name in row} & SECRET
    assert "omar" not in given.content.decode("latin-1").casefold()
    assert str(amina) in {str(one["person_id"]) for one in records["deliveries"]}


@pytest.mark.parametrize("path", ["/my-data/export", "/my-data/erase"])
async def test_an_old_session_neither_receives_nor_erases(
    town: Town, khadija: Talker, browser: Browser, path: str
) -> None:
    town.clock.move_by(LATER)
    await browser.opens("/my-data/erase")
    led = await browser.sends(path, sure="yes")
    assert led.url.path == "/prove"
    async with town.store.reading() as unit:
        assert await unit.people.addresses(khadija.person_id)


async def test_who_is_in_office_is_not_forgotten(reader: Browser) -> None:
    await reader.opens("/my-data/erase")
    refused = await reader.sends("/my-data/erase", sure="yes")
    assert refused.status_code == 422
    assert "la loi oblige à vous convoquer" in reader.html


async def test_erasing_is_said_twice_and_leaves_no_trace_but_what_the_law_keeps(
    town: Town, khadija: Talker, browser: Browser
) -> None:
    await khadija.says("mes préférences")
    await browser.opens("/preferences")
    await browser.sends("/preferences/test", channel="email")
    await town.carry()
    await browser.opens("/my-data/erase")
    assert "Khadija" in browser.html
    assert (await browser.sends("/my-data/erase")).status_code == 422
    done = await browser.sends("/my-data/erase", sure="yes")
    assert (done.url.path, done.status_code) == ("/erased", 200)
    assert (await browser.opens("/inbox")).url.path == "/sign-in"
    assert await _traces(town, khadija) == set()
    async with town.store.reading() as unit:
        assert await unit.people.named("") == [khadija.person_id]
        acts = [one.act for one in await unit.audit.of(f"person:{khadija.person_id}")]
    assert acts[-1] == "erase_own"


async def _traces(town: Town, talker: Talker) -> set[str]:
    """Return the tables in which one of somebody's addresses, or their name, is still found."""
    sought = re.compile("|".join(map(re.escape, (KHADIJA, talker.address, "Khadija"))))
    found = set()
    async with town.store.reading() as unit:
        for table in metadata.sorted_tables:
            rows = (await unit.connection.execute(table.select())).all()
            if any(sought.search(str(row)) for row in rows):
                found.add(table.name)
    return found - {"updates_heard"}


async def test_a_chat_that_was_erased_is_a_strangers(
    town: Town, khadija: Talker, browser: Browser
) -> None:
    await browser.opens("/my-data/erase")
    await browser.sends("/my-data/erase", sure="yes")
    async with town.store.reading() as unit:
        speaking = await unit.people.speaking(
            Channel.TELEGRAM, khadija.address, on=town.clock.now().date()
        )
    assert speaking.person is None
