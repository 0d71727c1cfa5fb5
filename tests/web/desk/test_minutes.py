"""Minutes at the desk: drawn up from the records, agreed to, signed, and given to every member."""

from collections.abc import Awaitable, Callable

from domain.bodies import Role
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
    await clerk.opens("/desk/approvals/1")
    await clerk.sends("/desk/approvals/1", act="submit")
    for browser in (secretary, president):
        await browser.opens("/desk/approvals/1")
        await browser.sends("/desk/approvals/1", act="approve", mark=browser.value("mark"))
    await clerk.opens(here)
    await clerk.sends(here, act="did:minutes_signed")
    await clerk.sends(here, act="give")
    assert "envoyé à chaque membre" in clerk.html
    await clerk.sends(here, act="undid:minutes_given")
    twice = await clerk.sends(here, act="give")
    assert (twice.status_code, "déjà été envoyé" in clerk.html) == (422, True)


async def test_whoever_keeps_no_records_has_no_page_of_minutes(
    town: Town, at_desk: At, reader: Browser
) -> None:
    here = await closed(town)
    writer = await at_desk(Role.COMMUNICATION_WRITER)
    assert (await writer.opens(here)).status_code == 403
    assert (await reader.opens(here)).status_code == 404
