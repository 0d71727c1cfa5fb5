"""Following with one press: on the pages, in calendars and in feeds."""

from http import HTTPStatus
from urllib.parse import quote
from xml.etree import ElementTree as ET

import pytest
from icalendar import Calendar

from domain.addresses import Channel
from domain.bodies import Role
from domain.sessions import SessionState
from tests.town import Town
from tests.web.people import Browser, code_sent, with_email
from tests.web.public.conftest import Council

SALMA = "salma@exemple.ma"
ATOM = "{http://www.w3.org/2005/Atom}"


async def followed(town: Town, person_id: int) -> tuple[str, ...]:
    async with town.store.reading() as unit:
        return (await unit.preferences.of(person_id)).now.followed


async def test_an_item_is_followed_with_one_press_and_left_with_another(
    town: Town, reader: Browser, amina: int, council: Council
) -> None:
    path, topic = f"/items/{council.open_item.id}", f"item:{council.open_item.id}"
    await reader.opens(path)
    await reader.sends("/follow", topic=topic, wanted="yes", back=path)
    assert "Vous êtes avisé de ce qui change" in reader.html
    assert topic in await followed(town, amina)
    await reader.sends("/follow", topic=topic, wanted="no", back=path)
    assert topic not in await followed(town, amina)


async def test_what_was_looked_for_is_followed_in_these_words(
    town: Town, reader: Browser, amina: int
) -> None:
    await reader.opens("/search?q=éclairage public")
    await reader.sends("/follow", topic="words:éclairage public", wanted="yes", back="/search")
    assert await followed(town, amina) == ("words:éclairage public",)


async def test_what_is_not_theirs_cannot_be_followed(
    town: Town, reader: Browser, amina: int, council: Council
) -> None:
    async with town.store.reading() as unit:
        (hidden,) = await unit.agenda.of(council.draft)
    await reader.opens("/sessions?body=council")
    for topic in (f"item:{hidden.id}", "item:999", "body:nowhere", "words:\0", "rubbish", ""):
        refused = await reader.sends("/follow", topic=topic, wanted="yes", back="/")
        assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        await reader.opens("/sessions?body=council")
    assert not await followed(town, amina)


async def test_a_stranger_follows_with_a_contact_and_its_code(
    town: Town, citizen: Browser, council: Council
) -> None:
    path, topic = f"/items/{council.open_item.id}", f"item:{council.open_item.id}"
    await citizen.opens(path)
    asked_at = f"/follow?topic=item%3A{council.open_item.id}"
    assert f'href="{asked_at}"' in citizen.html
    await citizen.opens(f"/follow?topic={topic}")
    assert "Suivre : Propreté des rues" in citizen.html
    wrong = await citizen.sends("/follow", topic=topic, contact="rubbish")
    assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    asked = await citizen.sends("/follow", topic=topic, contact=SALMA)
    again = await citizen.sends(str(asked.url), code="000000")
    assert again.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert f'href="{asked_at}"' in citizen.html
    shown = await citizen.sends(str(asked.url), code=await code_sent(town, SALMA))
    assert shown.url.path == path
    assert "Vous êtes avisé de ce qui change" in citizen.html
    async with town.store.reading() as unit:
        (person_id,) = await unit.people.with_address(SALMA)
    assert await followed(town, person_id) == (topic,)
    assert (await citizen.opens(f"/follow?topic={topic}")).url.path == path


@pytest.mark.parametrize("topic", ["body:council", "words:écoles"])
async def test_who_followed_with_a_contact_is_written_to_there(
    town: Town, citizen: Browser, topic: str
) -> None:
    planned = await town.session(titles=["Les écoles"], state=SessionState.DRAFT)
    await citizen.opens(f"/follow?topic={quote(topic)}")
    asked = await citizen.sends("/follow", topic=topic, contact=SALMA)
    await citizen.sends(str(asked.url), code=await code_sent(town, SALMA))
    before = len(town.networks[Channel.EMAIL].told(SALMA))
    await town.convene(planned)
    await town.carry()
    assert len(town.networks[Channel.EMAIL].told(SALMA)) == before + 1


async def test_a_newcomer_chooses_among_bodies_or_writes_a_subject(
    town: Town, citizen: Browser
) -> None:
    await citizen.opens("/sign-in")
    assert 'href="/follow"' in citizen.html.partition("<main")[2].partition("</main")[0]
    await citizen.opens("/follow")
    assert '<option value="body:council">' in citizen.html
    await citizen.opens("/follow?words=Éclairage")
    assert 'name="topic" value="words:éclairage"' in citizen.html
    asked = await citizen.sends("/follow", topic="words:éclairage", contact=SALMA)
    shown = await citizen.sends(str(asked.url), code=await code_sent(town, SALMA))
    assert str(shown.url).endswith("/search?q=%C3%A9clairage#following")


async def test_a_stranger_is_not_asked_for_a_contact_for_what_is_not_theirs(
    citizen: Browser, council: Council
) -> None:
    hidden = f"item:{council.secret.id}"
    none = ("item:999", f"item:{10**20}", "item:٣", "body:nowhere", "petition:x", "words:\0", "x")
    for topic in (hidden, *none):
        shown = await citizen.opens(f"/follow?topic={quote(topic)}")
        assert shown.status_code == HTTPStatus.NOT_FOUND, topic
    await citizen.opens("/follow?topic=body:council")
    assert (await citizen.opens("/follow/code?topic=body:council")).url.path == "/follow"


async def test_a_body_s_calendar_holds_what_it_does_in_public(
    town: Town, citizen: Browser, council: Council
) -> None:
    answer = await citizen.opens("/calendars/council.ics?lang=ar")
    calendar = Calendar.from_ical(answer.text)
    events = {str(one["uid"]): one for one in calendar.walk("VEVENT")}
    assert set(events) == {"session-1@beffroi", f"session-{council.held}@beffroi"}
    event = events["session-1@beffroi"]
    assert event["dtstart"].to_ical() == b"20260205T180000"
    assert str(event["url"]).endswith("/sessions/1")
    assert "مجلس الجماعة" in str(event["summary"])
    assert answer.headers["cache-control"].startswith("public")
    same = await citizen.opens(
        "/calendars/council.ics?lang=ar", **{"If-None-Match": answer.headers["etag"]}
    )
    assert same.status_code == HTTPStatus.NOT_MODIFIED
    await town.session("arr:anfa")
    assert "Anfa" in (await citizen.opens("/calendars/arr:anfa.ics")).text
    for nowhere in ("/calendars/nowhere.ics", "/calendars/council", "/feeds/nowhere.atom"):
        assert (await citizen.opens(nowhere)).status_code == HTTPStatus.NOT_FOUND


async def test_a_feed_tells_what_was_decided_in_public(citizen: Browser, council: Council) -> None:
    await citizen.opens("/decisions")
    assert 'rel="alternate" type="application/atom+xml"' in citizen.html
    answer = await citizen.opens("/feeds/decisions.atom?lang=fr")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = ET.fromstring(answer.text)  # noqa: S314 - our own
    titles = [entry.findtext(f"{ATOM}title", "") for entry in feed.iter(f"{ATOM}entry")]
    assert titles == [f"{council.decision.ref} – Propreté des rues"]
    again = await citizen.opens(
        "/feeds/decisions.atom?lang=fr", **{"If-None-Match": answer.headers["etag"]}
    )
    assert again.status_code == HTTPStatus.NOT_MODIFIED


async def test_a_body_s_feed_moves_what_has_changed_to_its_head(
    town: Town, citizen: Browser, council: Council
) -> None:
    async with town.store.unit() as unit:
        await unit.audit.append(
            actor="operator", act="move", subject=f"session:{council.held}", facts={}
        )
    answer = await citizen.opens("/feeds/council.atom")
    feed = ET.fromstring(answer.text)  # noqa: S314 - our own
    ids = [entry.findtext(f"{ATOM}id", "") for entry in feed.iter(f"{ATOM}entry")]
    assert [one.rpartition("/")[2] for one in ids] == [str(council.held), "1"]
    assert "last-modified" in answer.headers


@pytest.mark.parametrize("path", ["/calendars/council.ics", "/feeds/council.atom"])
async def test_a_feed_is_the_same_for_whoever_asks(
    town: Town, citizen: Browser, path: str, council: Council
) -> None:
    public = (await citizen.opens(path)).text
    clerk = await town.resident("Khadija", "ar", seats=["council"], role=Role.CLERK)
    await with_email(town, clerk.person_id, "k@example.ma")
    await citizen.signs_in("k@example.ma")
    assert (await citizen.opens(path)).text == public
    assert f"/sessions/{council.draft}" not in public
