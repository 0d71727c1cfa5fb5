"""Minutes at the desk: drawn up from the records, agreed to, signed, and given to every member."""

import re
from collections.abc import Awaitable, Callable

from actions.texts import submitting
from actions.texts.manuscripts import manuscript, someone
from domain.actors import Actor, Proof
from domain.addresses import Channel
from domain.approvals import ApprovalState
from domain.bodies import Role
from domain.notices import NoticeKind
from domain.publications import Text
from domain.session_facts import SessionFact
from domain.sessions import SessionState
from tests.town import OPENS, Town
from tests.web.people import Browser

At = Callable[..., Awaitable[Browser]]
HELD = OPENS.replace(month=1, day=12)


async def closed(town: Town) -> str:
    """Have a session be over, and return the page of its minutes."""
    session_id = await town.session(starts=HELD, titles=["Parcs"], state=SessionState.CLOSED)
    async with town.store.unit() as unit:
        for fact in (SessionFact.OPENED, SessionFact.CLOSED):
            await unit.session_facts.note(session_id, fact, HELD.date())
    return f"/desk/sessions/{session_id}/minutes"


async def test_minutes_are_drawn_up_agreed_to_signed_and_given(town: Town, at_desk: At) -> None:
    clerk, secretary = await at_desk(Role.CLERK), await at_desk(Role.SECRETARY)
    president = await at_desk(Role.PRESIDENT, language="ar")
    here = await closed(town)
    await clerk.opens(here.removesuffix("/minutes"))
    assert here in clerk.html
    await clerk.opens(here)
    await clerk.sends(here, act="draft")
    assert "PV-2026-1" in clerk.html
    early = await clerk.sends(here, act="did:minutes_signed")
    assert (early.status_code, "pas encore approuvé" in clerk.html) == (422, True)
    assert (await clerk.sends(here, act="correct")).status_code == 422
    await agreed(1, clerk, secretary, president)
    await clerk.opens(here)
    await clerk.sends(here, act="did:minutes_signed")
    await clerk.sends(here, act="give")
    assert "envoyé à chaque membre" in clerk.html
    await clerk.sends(here, act="undid:minutes_given")
    twice = await clerk.sends(here, act="give")
    assert (twice.status_code, "déjà été envoyé" in clerk.html) == (422, True)
    await clerk.sends(here, act="did:minutes_given")
    await corrected(town, here, clerk, secretary, president)


async def agreed(text: int, clerk: Browser, *others: Browser) -> None:
    here = f"/desk/approvals/{text}"
    await clerk.opens(here)
    await clerk.sends(here, act="submit")
    for browser in others:
        await browser.opens(here)
        await browser.sends(here, act="approve", mark=browser.value("mark"))


async def corrected(town: Town, here: str, clerk: Browser, *others: Browser) -> None:
    """Correct what was signed by the same way; what was signed first stays as it was."""
    await clerk.opens(here)
    await clerk.sends(here, act="correct")
    assert "APP-2" in clerk.html
    twice = await clerk.sends(here, act="correct")
    assert (twice.status_code, "déjà en cours" in clerk.html) == (422, True)
    early = await clerk.sends(here, act="sign_correction")
    assert (early.status_code, "pas encore approuvé" in clerk.html) == (422, True)
    await agreed(2, clerk, *others)
    same = await clerk.sends(here, act="sign_correction")
    assert (same.status_code, "ne change rien" in clerk.html) == (422, True)
    async with town.store.unit() as unit:
        author = await someone(unit, (await manuscript(unit, 2)).publication.author_id)
        actor = Actor.of(author, Channel.INBOX, "clerk", proof=Proof.FRESH)
        await submitting.revise(unit, actor, 2, {"fr": Text("Parcs", "Le 13, et non le 12.")})
    await agreed(2, clerk, *others)
    await clerk.opens(here)
    await clerk.sends(here, act="sign_correction")
    assert "rectifié" in clerk.html
    assert {"PV-2026-1-fr.txt", "PV-2026-1-2-fr.txt"} <= set(
        re.findall(r"PV-[\w-]+.txt", clerk.html)
    )
    struck = await clerk.sends(here, act="undid:minutes_signed")
    assert (struck.status_code, "rectifié depuis" in clerk.html) == (422, True)
    async with town.store.reading() as unit:
        first = await unit.publications.by_id(1)
        notices = await unit.notices.recent(most=20)
    assert first
    assert first.state is ApprovalState.APPROVED
    copies = [one for one in notices if one.kind is NoticeKind.SESSION_NEWS]
    assert [sorted(one.content) for one in copies] == [["fr"], ["ar", "en", "fr"]]


async def test_whoever_keeps_no_records_has_no_page_of_minutes(
    town: Town, at_desk: At, reader: Browser
) -> None:
    here = await closed(town)
    writer = await at_desk(Role.COMMUNICATION_WRITER)
    assert (await writer.opens(here)).status_code == 403
    assert (await reader.opens(here)).status_code == 404
