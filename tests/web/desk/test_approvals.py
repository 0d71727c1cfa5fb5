"""A text at the desk: written, looked at, agreed to by all its hands, and out."""

import html
import re
from collections.abc import Awaitable, Callable

import pytest

from actions import approving
from actions.texts import submitting
from actions.texts.manuscripts import someone
from domain.actors import Actor, Proof
from domain.addresses import Channel
from domain.approvals import PRESETS, ApprovalState, Verdict
from domain.bodies import Role
from domain.notices import Audience, AudienceKind
from domain.publications import Publication, PublicationKind, Text
from store.tables.people import memberships
from tests.town import Town
from tests.web.people import Browser

At = Callable[..., Awaitable[Browser]]

TEXTS = {
    "title_fr": "Eau : coupure jeudi",
    "text_fr": "L’eau sera coupée jeudi.\r\nElle revient vendredi.",
    "title_ar": "انقطاع الماء",
    "text_ar": "سينقطع الماء يوم الخميس.",
}
NEW = {"kind": "press_release", "body": "council", "audience": "everyone", **TEXTS}
HOSTILE = "<script>alert(1)</script> [x](javascript:alert(1))"


async def text_of(town: Town, number: int = 1) -> Publication:
    async with town.store.reading() as unit:
        kept = await unit.publications.by_id(number)
    assert kept
    return kept


async def submitted(writer: Browser, **typed: str) -> None:
    await writer.opens("/desk/publications/new")
    await writer.sends("/desk/publications/new", **{**NEW, **typed}, act="submit")


async def test_a_text_is_written_seen_as_it_is_told_agreed_to_and_goes_out(
    town: Town, at_desk: At
) -> None:
    writer = await at_desk(Role.COMMUNICATION_WRITER)
    head = await at_desk(Role.DIVISION_HEAD, language="ar")
    director = await at_desk(Role.DIRECTOR_GENERAL)
    president = await at_desk(Role.PRESIDENT, language="en")
    await writer.opens("/desk/publications/new")
    await writer.sends("/desk/publications/new", **NEW, act="preview")
    assert "Langues manquantes" in writer.html
    assert "Destinataires" in writer.html
    assert writer.html.count("سينقطع الماء يوم الخميس.") > 1
    await writer.sends("/desk/publications/new", **NEW, act="submit")
    assert "soumis à ceux qui doivent" in writer.html
    for browser, listed in ((head, "انقطاع الماء"), (director, "Eau"), (president, "Eau")):
        await browser.opens("/desk/approvals")
        assert listed in browser.html
        await browser.opens("/desk/approvals/1")
        assert ("Recipients" in browser.html) == (browser is president)
        await browser.sends("/desk/approvals/1", act="approve", mark=browser.value("mark"))
    assert "Your agreement is noted." in president.html
    assert "(on the site, " in president.html
    assert "Missing languages" in president.html
    assert 'href="/news/APP-1"' in president.html
    assert (await text_of(town)).state is ApprovalState.PUBLISHED
    await town.carry()
    async with town.store.reading() as unit:
        told = [one.audience.kind for one in await unit.notices.recent()]
    assert AudienceKind.EVERYONE in told


async def test_a_no_keeps_what_was_typed_until_it_has_its_reason_and_a_new_text_shows_what_changed(
    town: Town, at_desk: At
) -> None:
    writer, head = await at_desk(Role.COMMUNICATION_WRITER), await at_desk(Role.DIVISION_HEAD)
    await submitted(writer)
    await head.opens("/desk/approvals/1")
    old = head.value("mark")
    refused = await head.sends("/desk/approvals/1", act="changes", mark=old, words=" ")
    assert (refused.status_code, "Dites pourquoi" in head.html) == (422, True)
    await head.sends("/desk/approvals/1", act="changes", mark=old, words="Le jour est faux.")
    assert (await text_of(town)).state is ApprovalState.CHANGES_REQUESTED
    await writer.opens("/desk/publications/1")
    better = {**TEXTS, "text_fr": "L’eau sera coupée mercredi.\nElle revient vendredi."}
    mark = writer.value("mark")
    await writer.sends("/desk/publications/1", **better, mark=mark, act="submit")
    await head.opens("/desk/approvals/1")
    assert "L’eau sera coupée jeudi.</del>" in head.html
    assert "L’eau sera coupée mercredi.</ins>" in head.html
    late = await head.sends("/desk/approvals/1", act="reject", mark=old, words="Non.")
    assert (late.status_code, "Le texte a changé depuis" in head.html) == (422, True)
    assert "Non." in head.html


async def test_who_is_asked_sees_by_when(at_desk: At) -> None:
    writer, head = await at_desk(Role.COMMUNICATION_WRITER), await at_desk(Role.DIVISION_HEAD)
    await submitted(writer)
    await head.opens("/desk/approvals")
    assert re.search(r"À décider avant.: \w+ \d+ janvier 2026", head.html)
    await head.opens("/desk/approvals?show=all")
    assert "APP-1" in head.html


async def test_who_comes_second_is_told_kindly_how_it_stands(town: Town, at_desk: At) -> None:
    writer, head = await at_desk(Role.COMMUNICATION_WRITER), await at_desk(Role.DIVISION_HEAD)
    director, cabinet = await at_desk(Role.DIRECTOR_GENERAL), await at_desk(Role.CABINET)
    await submitted(writer)
    await head.opens("/desk/approvals/1")
    await head.sends("/desk/approvals/1", act="approve", mark=head.value("mark"))
    for browser in (director, cabinet):
        await browser.opens("/desk/approvals/1")
    mark = cabinet.value("mark")
    await director.sends("/desk/approvals/1", act="approve", mark=mark)
    late = await cabinet.sends("/desk/approvals/1", act="approve", mark=mark)
    assert (late.status_code, "Quelqu’un d’autre vient de décider" in cabinet.html) == (422, True)
    assert len(await town_decisions(town)) == 2


async def town_decisions(town: Town) -> list[Verdict]:
    async with town.store.reading() as unit:
        return [one.verdict for one in await unit.publications.decisions(1)]


async def test_hostile_words_are_shown_as_words_and_a_form_sent_twice_begins_one_text(
    town: Town, at_desk: At
) -> None:
    writer = await at_desk(Role.COMMUNICATION_WRITER)
    for _ in range(2):
        await writer.opens("/desk/publications/new")
        await writer.sends("/desk/publications/new", **{**NEW, "text_fr": HOSTILE}, act="save")
    assert writer.shown
    assert html.escape(HOSTILE, quote=False) in writer.shown.text
    assert "<script>alert" not in writer.shown.text
    async with town.store.reading() as unit:
        assert await unit.publications.by_id(2) is None


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"title_fr": ""}, "dans cette langue : Français."),
        ({"release": "hier"}, "n’est pas lisible"),
        ({"release": "2020-01-01T10:00"}, "déjà passé"),
    ],
)
async def test_what_cannot_be_keeps_all_that_was_typed(
    at_desk: At, typed: dict[str, str], said: str
) -> None:
    writer = await at_desk(Role.COMMUNICATION_WRITER)
    await writer.opens("/desk/publications/new")
    sent = await writer.sends("/desk/publications/new", **{**NEW, **typed}, act="submit")
    assert (sent.status_code, said in writer.html) == (422, True)
    assert "سينقطع الماء يوم الخميس." in writer.html
    assert ('aria-invalid="true"' in writer.html) == ("title_fr" in typed)


async def test_an_editor_that_was_overtaken_changes_nothing(town: Town, at_desk: At) -> None:
    writer, other = await at_desk(Role.COMMUNICATION_WRITER), await at_desk(Role.DIVISION_HEAD)
    await submitted(writer)
    for browser in (writer, other):
        await browser.opens("/desk/publications/1")
    mark = writer.value("mark")
    await other.sends("/desk/publications/1", **{**TEXTS, "title_fr": "A"}, mark=mark, act="save")
    late = {**TEXTS, "title_fr": "B"}
    sent = await writer.sends("/desk/publications/1", **late, mark=mark, act="save")
    assert (sent.status_code, 'value="B"' in writer.html) == (422, True)
    async with town.store.reading() as unit:
        (_, newest), *_ = await unit.publications.texts(1)
    assert newest["fr"].title == "A"


async def test_a_right_is_lent_and_taken_back_and_a_stranger_finds_no_text(
    at_desk: At, reader: Browser
) -> None:
    writer, head = await at_desk(Role.COMMUNICATION_WRITER), await at_desk(Role.DIVISION_HEAD)
    director = await at_desk(Role.DIRECTOR_GENERAL)
    await submitted(writer)
    await head.opens("/desk/delegations")
    days = {"starts": "2026-01-28", "ends": "2026-01-30"}
    refused = await head.sends("/desk/delegations", deputy="Personne", **days)
    assert (refused.status_code, "Personne" in head.html) == (422, True)
    days["nonce"] = head.nonce
    for _ in range(2):  # pressed twice
        await head.sends("/desk/delegations", deputy="director_general council", **days)
        assert len(re.findall('name="delegation"', head.html)) == 1
    await director.opens("/desk/approvals")
    assert "APP-1" in director.html
    ended = head.value("delegation")
    await head.sends("/desk/delegations/end", delegation=ended)
    await director.opens("/desk/approvals")
    assert "APP-1" not in director.html
    assert (await reader.opens("/desk/approvals/1")).status_code == 404
    assert (await head.opens("/desk/approvals/99")).status_code == 404


async def test_opening_a_text_decides_nothing_and_what_is_out_is_withdrawn_with_its_reason(
    town: Town, at_desk: At
) -> None:
    director = await at_desk(Role.DIRECTOR_GENERAL)
    author = await town.resident("Salma", seats=["council"], role=Role.COMMUNICATION_WRITER)
    async with town.store.unit() as unit:
        flow = PRESETS.for_kind("post", "ma")
        writer = Actor.of(await someone(unit, author.person_id), Channel.SLACK, "s")
        text = {"fr": Text("Fête", "Dimanche.")}
        everyone = Audience(AudienceKind.EVERYONE)
        begun = submitting.Begun(PublicationKind.POST, flow, text, audience=everyone)
        content = (await submitting.begin(unit, writer, begun)).content
        await submitting.submit(unit, writer, 1)
        for role in (Role.DIVISION_HEAD, Role.CABINET, Role.PRESIDENT):
            person_id = await unit.people.add(town.tenant_id, name=role, language="fr")
            await unit.connection.execute(
                memberships.insert().values(person_id=person_id, body_id=1, role=role)
            )
            decider = Actor.of(
                await someone(unit, person_id), Channel.SLACK, role, proof=Proof.FRESH
            )
            await approving.decide(unit, decider, 1, Verdict.APPROVE, shown=content)
    await director.opens("/desk/approvals/1")
    assert (await text_of(town)).state is ApprovalState.PUBLISHED
    await director.sends("/desk/approvals/1", act="withdraw", words="Reportée.")
    assert "Reportée." in director.html
    assert (await text_of(town)).state is ApprovalState.WITHDRAWN
