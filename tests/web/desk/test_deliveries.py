"""Deliveries at the desk: how far a notice has come, why it went there, and what may be done."""

import csv
import io
import re
from datetime import timedelta

import pytest

from actions.notices.announcing import announce
from domain import printing
from domain.actors import OPERATOR
from domain.addresses import Channel
from domain.bodies import Role
from domain.errors import Undeliverable
from domain.notices import Audience, AudienceKind
from domain.phrasebook import LANGUAGES
from tests.town import Town
from tests.web.desk.conftest import At
from tests.web.people import AMINA, Browser, announced

ROOMS: tuple[str, ...] = (
    "/desk/deliveries",
    "/desk/deliveries/all",
    "/desk/channels",
    "/desk/suppressions",
)
ROOMS += ("/desk/audit", "/desk/deliveries/1", "/desk/deliveries/1/chart")


@pytest.mark.parametrize("path", ROOMS)
async def test_the_records_are_read_by_those_who_may(at_desk: At, path: str) -> None:
    auditor, clerk = await at_desk(Role.AUDITOR), await at_desk(Role.CLERK)
    assert (await auditor.opens(path)).status_code == 200
    assert (await clerk.opens(path)).status_code == 403
    assert 'href="/desk/deliveries"' not in (await clerk.opens("/desk")).text


async def test_a_notice_shows_how_far_it_has_come(at_desk: At) -> None:
    browser = await at_desk(Role.AUDITOR)
    await browser.opens("/desk/deliveries")
    assert "terminé" in browser.html
    await browser.opens("/desk/deliveries?to=one")
    assert 'href="/desk/deliveries/1"' not in browser.html  # it went to all the members
    await browser.opens("/desk/deliveries/1")
    assert "personne jointe" in browser.html
    for words in ("avis légal", "courriel", "Telegram", "boîte de réception", "terminé"):
        assert words in browser.html
    assert "hx-trigger" not in browser.html  # nothing moves any more: nothing is asked for again
    assert "Suspendre cet avis" not in browser.html  # an auditor reads
    assert (await browser.opens("/desk/deliveries/999")).status_code == 404


async def test_a_notice_under_way_asks_for_itself_again_and_can_be_held_back(
    town: Town, at_desk: At
) -> None:
    director = await at_desk(Role.DIRECTOR_GENERAL)
    texts = dict.fromkeys(LANGUAGES, ("Travaux", "Demain"))
    async with town.store.unit() as unit:
        to = Audience(AudienceKind.BODY, "council")
        path = f"/desk/deliveries/{await announce(unit, to, texts, actor=OPERATOR)}"
    await director.opens(path)
    assert f'hx-get="{path}" hx-trigger="every 5s"' in director.html
    await director.sends(path, act="pause")
    assert "L’avis est suspendu" in director.html
    assert "</span> suspendu" in director.html
    await director.sends(path, act="resume")
    assert "L’envoi reprend" in director.html
    await town.carry()
    await director.opens(path)
    assert "hx-trigger" not in director.html
    assert (await director.sends(path, act="burn")).status_code == 400


async def test_what_failed_is_a_dead_letter_until_it_is_sent_again(town: Town, at_desk: At) -> None:
    director = await at_desk(Role.DIRECTOR_GENERAL)
    town.networks[Channel.TELEGRAM].fail_next(Undeliverable("mailbox_full"))
    await announced(town, "Travaux", "Demain")
    async with town.store.reading() as unit:
        (notice, *_) = await unit.notices.recent(most=1)
    await director.opens("/desk/deliveries/all?state=failed")
    assert "Amina" in director.html
    assert AMINA not in director.html
    await director.opens("/desk/deliveries")
    assert "Travaux</a>" in director.html
    await director.opens(f"/desk/deliveries/{notice.id}")
    assert "mailbox_full" in director.html
    await director.sends(f"/desk/deliveries/{notice.id}", act="replay", uncertain="yes")
    assert "repart" in director.html
    await town.carry()
    await director.opens("/desk/deliveries/all?state=failed")
    assert "Aucun envoi ne correspond" in director.html


async def test_one_person_s_story_says_why_in_words(at_desk: At, amina: int) -> None:
    browser = await at_desk(Role.COUNCIL_SECRETARIAT)
    await browser.opens(f"/desk/deliveries/1/people/{amina}")
    for words in ("Amina", "Raison : avis prévu par la loi", "envoyé", "Dans l’ordre du temps"):
        assert words in browser.html
    assert AMINA not in browser.html
    assert (await browser.opens("/desk/deliveries/1/people/999")).status_code == 404


async def test_a_chart_runs_nothing_and_loads_nothing(at_desk: At) -> None:
    browser = await at_desk(Role.AUDITOR)
    chart = await browser.opens("/desk/deliveries/1/chart")
    assert chart.headers["content-type"] == "image/svg+xml"
    assert "sandbox" in chart.headers["content-security-policy"]
    assert "<script" not in chart.text
    assert "courriel" in chart.text
    narrow = await browser.opens("/desk/deliveries/1/chart?0&narrow=yes")
    assert 'viewBox="0 0 328 ' in narrow.text


async def test_a_channel_is_held_back_and_let_go_by_those_who_steer(at_desk: At) -> None:
    admin, auditor = await at_desk(Role.ADMIN), await at_desk(Role.AUDITOR)
    await admin.opens("/desk/channels")
    assert "</span> en service" in admin.html
    await admin.sends("/desk/channels/email", act="pause")
    assert "suspendu par quelqu’un" in admin.html
    await auditor.opens("/desk/channels")
    assert "suspendu par quelqu’un" in auditor.html
    assert (await auditor.sends("/desk/channels/email", act="resume")).status_code == 403
    await admin.sends("/desk/channels/email", act="resume")
    assert "suspendu par quelqu’un" not in admin.html


async def test_an_address_is_left_alone_and_written_to_again(at_desk: At) -> None:
    admin = await at_desk(Role.ADMIN)
    await admin.opens("/desk/suppressions")
    assert "Aucune adresse n’est laissée de côté" in admin.html
    await admin.sends("/desk/suppressions", act="add", address=AMINA)
    assert "Amina" in admin.html
    assert AMINA not in admin.html
    await admin.opens("/desk/suppressions?addresses=whole")
    assert AMINA in admin.html
    await admin.sends("/desk/suppressions", act="remove", address=AMINA)
    assert "Aucune adresse n’est laissée de côté" in admin.html
    await admin.sends("/desk/suppressions", act="add", address="nobody@example.ma")
    assert admin.shown
    assert admin.shown.status_code == 422


async def test_a_proof_is_a_page_and_a_table_without_formulas(town: Town, at_desk: At) -> None:
    await town.resident("=HYPERLINK(1)", seats=["council"])
    browser = await at_desk(Role.COUNCIL_SECRETARIAT)
    await browser.opens("/desk/proofs/1")
    assert "La convocation n’est pas encore valable" in browser.html
    assert AMINA not in browser.html
    assert 'rel="prev"' not in browser.html
    await browser.opens("/desk/proofs/1?offset=50")
    assert "Amina" not in browser.html.partition("<table")[2]
    assert 'rel="prev" href="/desk/proofs/1?offset=0"' in browser.html
    told = await browser.opens("/desk/proofs/1/csv")
    assert told.headers["content-type"] == "text/csv; charset=utf-8"
    table = io.StringIO(told.text.removeprefix("\ufeff"))
    rows = list(csv.DictReader(table, delimiter=";"))  # as spreadsheets in French want it
    assert {"'=HYPERLINK(1)", "Amina"} <= {row["Membre"] for row in rows}
    assert "courriel" in {row["Canal"] for row in rows}
    assert re.search(r"\d\d/\d\d/2026 \d\d:\d\d", told.text)
    assert AMINA not in told.text
    assert AMINA in (await browser.opens("/desk/proofs/1/csv?addresses=whole")).text
    assert (await browser.opens("/desk/proofs/999")).status_code == 422


@pytest.mark.parametrize(("language", "says"), [("fr", "Preuve"), ("ar", "إثبات")])
async def test_a_proof_is_printed_in_french_and_arabic(
    at_desk: At, language: str, says: str
) -> None:
    if not printing.can_print():
        pytest.fail("install the extra beffroi[pdf] and Pango: apt-get install libpango-1.0-0")
    browser = await at_desk(Role.AUDITOR)
    paper = await browser.opens(f"/desk/proofs/1/pdf?lang={language}")
    assert paper.headers["content-type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF-")
    assert (await browser.opens("/desk/proofs/1/pdf?lang=xx")).status_code == 404
    assert says


async def test_addresses_are_whole_for_those_alone_who_may_read_them(at_desk: At) -> None:
    auditor = await at_desk(Role.AUDITOR)
    await auditor.opens("/desk/proofs/1")
    assert "Montrer les adresses" not in auditor.html
    for path in ("/desk/proofs/1", "/desk/proofs/1/csv", "/desk/suppressions"):
        assert (await auditor.opens(f"{path}?addresses=whole")).status_code == 403


async def test_what_needs_a_fresh_proof_asks_for_one(town: Town, at_desk: At) -> None:
    director = await at_desk(Role.DIRECTOR_GENERAL)
    town.clock.move_by(timedelta(days=1))
    assert (await director.opens("/desk/proofs/1")).url.path.startswith("/prove")
    await director.opens("/desk/channels")
    led = await director.sends("/desk/channels/email", act="pause")
    assert led.url.path.startswith("/prove")


async def test_the_log_is_searched_by_person_act_and_reference(
    at_desk: At, reader: Browser
) -> None:
    assert reader.shown
    auditor = await at_desk(Role.AUDITOR)
    await auditor.opens("/desk/audit")
    assert "convene" in auditor.html
    assert "Session convoquée" in auditor.html
    for words in ("convene", "session:1"):
        await auditor.opens(f"/desk/audit?q={words}")
        acts = re.findall(r'<code dir="ltr">(\w+)</code> <a', auditor.html)
        assert "convene" in acts
        assert "sign_in" not in acts
    await auditor.opens("/desk/audit?q=Amina")
    assert "sign_in" in auditor.html
    assert "address=" not in auditor.html
    await auditor.opens("/desk/audit?q=rubbish")
    assert "Aucune inscription ne correspond" in auditor.html
