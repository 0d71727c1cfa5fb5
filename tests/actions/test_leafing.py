"""Records leafed through by their ids on both databases, and keys taken once by many at a time."""

import asyncio
from datetime import date, timedelta

from actions.notices.announcing import announce
from actions.systems.entrusting import entrust
from domain.access import Scope
from domain.actors import OPERATOR
from domain.clock import HandClock
from domain.notices import Audience, AudienceKind
from domain.phrasebook import LANGUAGES
from domain.tokens import Scope as TokenScope
from store.connecting import Store
from store.inventory import Part
from tests.actions.conftest import Council

PUBLIC = Scope()
TEXTS = dict.fromkeys(LANGUAGES, ("Fermeture", "La mairie est fermée."))


async def test_each_kind_is_read_by_its_ids_and_by_what_changed(council: Council) -> None:
    clock, whole = council.clock, Scope.whole(["council"])
    async with council.store.unit() as unit:
        await unit.audit.append(actor="a", act="plan", subject=f"session:{council.session_id}")
        clock.move_by(timedelta(hours=1))
        since = clock.now()
        known = await unit.inventory.sessions(whole, Part(), body_key="council")
        assert (known[0].changed_at or since) < since
        assert await unit.inventory.items(whole, Part(), session_id=council.session_id)
        assert await unit.inventory.documents(whole, Part(), session_id=council.session_id)
        assert await unit.inventory.sessions(PUBLIC, Part()) == []
        assert await unit.inventory.sessions(whole, Part(since=since)) == []
        assert await unit.inventory.sessions(whole, Part(until=since)) == known
        assert await unit.inventory.decisions(whole, Part(since=since)) == []
        assert await unit.inventory.petitions(Part(since=since)) == []
        people = await unit.inventory.people(Part(most=2), elected_on=date(2026, 1, 28))
        rest = await unit.inventory.people(Part(after=people[-1].value.id))
        ids = [one.value.id for one in [*people, *rest]]
        assert ids == list(council.member_ids)
        assert set(await unit.inventory.addresses(ids)) == set(ids)


async def test_what_members_answer_is_no_change_of_a_session(council: Council) -> None:
    subject = f"session:{council.session_id}"
    async with council.store.unit() as unit:
        for act in ("convene", "attend_yes"):
            council.clock.move_by(timedelta(hours=1))
            await unit.audit.append(actor="a", act=act, subject=subject)
        found = await unit.inventory.sessions(Scope.whole(["council"]), Part())
    assert [one.changed_at for one in found] == [council.clock.now() - timedelta(hours=1)]


async def test_of_many_who_take_a_key_at_once_one_does(council: Council) -> None:
    async with council.store.unit() as unit:
        owner = council.member_ids[0]
        token, _ = await entrust(unit, "site", owner, [TokenScope.NOTICES_WRITE], actor=OPERATOR)

    async def asked() -> int | None:
        async with council.store.unit() as unit:
            before = await unit.tokens.ask(token.id, "closing", "0" * 64)
            if before is not None:
                return before.notice_id
            to = Audience(AudienceKind.BODY, "council")
            notice_id = await announce(unit, to, TEXTS, actor=OPERATOR)
            await unit.tokens.answer(token.id, "closing", notice_id)
            return notice_id

    assert len(set(await asyncio.gather(*(asked() for _ in range(20))))) == 1


async def test_a_key_is_forgotten_after_a_week(store: Store, council: Council) -> None:
    clock: HandClock = council.clock
    async with store.unit() as unit:
        owner = council.member_ids[0]
        token, _ = await entrust(unit, "site", owner, [TokenScope.NOTICES_WRITE], actor=OPERATOR)
        assert await unit.tokens.ask(token.id, "closing", "0" * 64) is None
        assert await unit.tokens.ask(token.id, "closing", "0" * 64)
        clock.move_by(timedelta(days=7, seconds=1))
        assert await unit.tokens.ask(token.id, "closing", "0" * 64) is None
