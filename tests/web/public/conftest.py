"""A council whose work anybody may read about, and what of it nobody else may."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import date, datetime

import pytest

from domain.agenda import AgendaItem, ItemState
from domain.decisions import Decision, DecisionFact, DecisionState
from domain.documents import Visibility
from domain.sessions import SessionState
from domain.votes import Count, Majority, Result, Vote
from tests.town import Town
from tests.web.people import Browser, browser_in

HELD_ON = date(2026, 1, 15)
HELD = datetime(2026, 1, 15, 10)


@dataclass(frozen=True, slots=True)
class Council:
    """`secret` is debated behind closed doors; `draft` is a session that is only planned."""

    held: int
    open_item: AgendaItem
    secret: AgendaItem
    draft: int
    decision: Decision
    closed_decision: Decision


@pytest.fixture
async def council(town: Town) -> Council:
    held = await town.session(
        starts=HELD,
        titles=["Propreté des rues", "Contentieux du stade"],
        state=SessionState.CLOSED,
    )
    draft = await town.session(titles=["Éclairage secret"], state=SessionState.DRAFT)
    open_item = replace(await town.item(held, "1"), state=ItemState.ADOPTED)
    secret = replace(await town.item(held, "2"), state=ItemState.ADOPTED, is_public=False)
    for item in (open_item, secret):
        await town.change_item(item)
    await town.document(held, "Rapport sur la propreté", item=open_item)
    await town.document(held, "Note interne", item=open_item, visibility=Visibility.MEMBERS)
    decision = await _decided(town, open_item, "Texte adopté")
    closed_decision = await _decided(town, secret, "Transaction")
    return Council(held, open_item, secret, draft, decision, closed_decision)


async def _decided(town: Town, item: AgendaItem, text: str) -> Decision:
    count = Count(in_favour=7, against=2, abstained=1)
    async with town.store.unit() as unit:
        await unit.votes.keep(Vote(item.id, 1, HELD_ON, count, 10, Majority.CAST, Result.ADOPTED))
        await unit.audit.append(
            actor="person:1", act="vote", subject=f"item:{item.id}", facts={"after": item.state}
        )
        decision = await unit.decisions.adopt(
            town.tenant_id,
            item.id,
            title=item.title,
            text=text,
            language="fr",
            on=HELD_ON,
            majority=Majority.CAST,
            needs_visa=False,
        )
        signed = decision.noted(DecisionFact.SIGNED, date(2026, 1, 16))
        await unit.decisions.change(signed)
    assert signed.state is DecisionState.SIGNED
    return signed


@pytest.fixture
async def citizen(town: Town) -> AsyncIterator[Browser]:
    """Somebody nobody knows."""
    async with browser_in(town) as browser:
        yield browser
