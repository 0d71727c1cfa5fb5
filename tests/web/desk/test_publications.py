"""Writing at the desk: seen as it will be read and told, by several at once, and never lost."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from channels.sms.account import TwilioAccount
from channels.sms.provider import SmsProvider
from domain.addresses import Channel
from domain.bodies import Role
from domain.notices import Audience, AudienceKind
from domain.publications import Publication, Text, Texts
from tests.town import Town
from tests.web.people import Browser, browser_in, site_of, with_email

At = Callable[..., Awaitable[Browser]]

HERE = "/desk/publications/1"
TEXTS = {
    "title_fr": "Trois piscines",
    "text_fr": "Dès **juin** :\r\n- Sidi Moumen\r\n\r\n[Le plan](https://a.ma/p)",
}
NEW = {"kind": "press_release", "body": "council", "audience": "everyone", **TEXTS}


async def kept(town: Town) -> tuple[Publication, Texts]:
    async with town.store.reading() as unit:
        found = await unit.publications.by_id(1)
        (_, texts), *_ = await unit.publications.texts(1)
    assert found
    return found, texts


async def begun(writer: Browser) -> str:
    """Keep a draft, open it in the editor, and return its mark."""
    await writer.opens("/desk/publications/new")
    await writer.sends("/desk/publications/new", **NEW, act="save")
    await writer.opens(HERE)
    return writer.value("mark")


async def test_a_text_is_seen_as_its_page_and_as_each_channel_tells_it(at_desk: At) -> None:
    writer = await at_desk(Role.COMMUNICATION_WRITER)
    await writer.opens("/desk/publications/new")
    assert "Une ligne vide sépare les paragraphes" in writer.html
    await writer.sends("/desk/publications/new", **NEW, act="preview")
    assert "Dès <strong>juin</strong> :" in writer.html
    assert 'href="https://a.ma/p"' in writer.html
    assert "Dès juin :\n- Sidi Moumen\n\nLe plan (https://a.ma/p)" in writer.html
    assert "caractères" in writer.html
    await begun(writer)
    await writer.opens("/desk/approvals/1")
    assert "Dès <strong>juin</strong> :" in writer.html


async def test_two_who_write_at_once_are_shown_what_the_other_changed_and_lose_nothing(
    town: Town, at_desk: At
) -> None:
    writer, other = await at_desk(Role.COMMUNICATION_WRITER), await at_desk(Role.DIVISION_HEAD)
    mark = await begun(writer)
    await other.opens(HERE)
    theirs = {**TEXTS, "text_fr": "Dès juillet.", "title_ar": "مسابح", "text_ar": "قريبا."}
    await other.sends(HERE, **theirs, audience="everyone", mark=mark, act="save")
    mine = {**TEXTS, "title_fr": "Quatre piscines"}
    await writer.sends(HERE, **mine, audience="everyone", mark=mark, act="preview")
    assert writer.value("mark") == mark, "what was seen last stays what it is filled in for"
    late = await writer.sends(HERE, **mine, audience="everyone", mark=mark, act="save")
    assert (late.status_code, 'value="Quatre piscines"' in writer.html) == (422, True)
    assert "Quelqu’un d’autre a modifié ce texte" in writer.html
    assert "Dès juillet.</ins>" in writer.html
    assert (await kept(town))[1]["fr"] == Text("Trois piscines", "Dès juillet.")
    assert 'value="مسابح"' in writer.html, "what they did not touch is the other's"
    assert ">Dès juillet.</textarea>" in writer.html
    both = {**theirs, "title_fr": mine["title_fr"]}
    again = writer.value("mark")
    await writer.sends(HERE, **both, audience="everyone", mark=again, act="save")
    _, texts = await kept(town)
    assert texts["fr"] == Text("Quatre piscines", "Dès juillet.")
    assert texts["ar"].title == "مسابح"


async def test_what_is_changed_back_is_one_text_still(at_desk: At) -> None:
    writer = await at_desk(Role.COMMUNICATION_WRITER)
    mark = await begun(writer)
    for title in ("Autre", TEXTS["title_fr"]):
        await writer.sends(
            HERE, **{**TEXTS, "title_fr": title}, audience="everyone", mark=mark, act="save"
        )
        await writer.opens(HERE)
        mark = writer.value("mark")
    await writer.opens("/desk/publications")
    assert writer.html.count('href="/desk/approvals/1"') == 1


async def test_the_hour_and_the_readers_of_a_draft_are_changed_as_its_words_are(
    town: Town, at_desk: At
) -> None:
    writer = await at_desk(Role.COMMUNICATION_WRITER)
    mark = await begun(writer)
    planned = {"audience": "members", "release": "2026-02-03T08:30"}
    await writer.sends(HERE, **TEXTS, **planned, mark=mark, act="submit")
    assert "mardi 3 février 2026 à 08:30" in writer.html
    assert (await kept(town))[0].audience == Audience(AudienceKind.BODY, "council")
    await writer.opens(HERE)
    assert 'value="2026-02-03T08:30"' in writer.html
    past = await writer.sends(HERE, **TEXTS, release="2020-01-01T10:00", mark=mark, act="save")
    assert (past.status_code, "déjà passé" in writer.html) == (422, True)
    await writer.sends(HERE, **TEXTS, audience="members", release="", mark=mark, act="save")
    publication, _ = await kept(town)
    assert (publication.release_at, publication.round) == (None, 2)


async def test_a_text_sent_after_the_session_has_ended_is_kept_until_its_writer_is_back(
    town: Town, at_desk: At
) -> None:
    writer = await at_desk(Role.COMMUNICATION_WRITER)
    mark = await begun(writer)
    async with town.store.unit() as unit:
        await unit.web_sessions.end((await kept(town))[0].author_id)
    late = {**TEXTS, "title_fr": "Longue nuit", "audience": "everyone"}
    await writer.sends(HERE, **late, mark=mark, act="save")
    then, address = writer.value("then"), f"{Role.COMMUNICATION_WRITER}.council@example.ma"
    await writer.sends("/sign-in", address=address, then=then)
    await writer.sends("/sign-in/code", code=await writer.code(address), then=writer.value("then"))
    await writer.goes_on()
    assert (await kept(town))[1]["fr"] == Text(
        "Longue nuit", "Dès **juin** :\n- Sidi Moumen\n\n[Le plan](https://a.ma/p)"
    )


async def test_an_sms_is_seen_as_it_is_sent_with_its_length_and_its_parts(town: Town) -> None:
    account = TwilioAccount("AC0", "secret")
    sms = SmsProvider(account, "+212600000000", clock=town.clock, is_plain=True)
    site = site_of(town)
    site = replace(site, means=replace(site.means, providers={Channel.SMS: sms}))
    person = await town.resident("Leila", seats=["council"], role=Role.COMMUNICATION_WRITER)
    await with_email(town, person.person_id, "leila@example.ma")
    long = "Le marché reste ouvert. " * 60
    async with browser_in(town, site) as writer:
        await writer.signs_in("leila@example.ma")
        await writer.opens("/desk/publications/new")
        typed = {**NEW, "text_fr": "L’eau **revient** à 8 h.", "title_ar": "الماء", "text_ar": long}
        await writer.sends("/desk/publications/new", **typed, act="preview")
    await sms.close()
    assert "Trois piscines\nL'eau revient à 8 h." in writer.html
    assert "1 SMS – 35 caractères" in writer.html
    assert writer.html.count("seul le début est montré") == 1
