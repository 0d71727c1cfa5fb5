"""An agenda is built, ordered and mended; whoever was convened hears of what changes after."""

from datetime import timedelta

import pytest

from actions.agenda import listing
from actions.agenda.referring import refer
from actions.duties.reminding import remind_of_duties
from actions.papers import hearing_governor
from actions.sessions import catching_up, telling_changes
from actions.sessions.convening import convene
from channels.memory import EVERYTHING
from domain.actors import OPERATOR
from domain.addresses import Channel
from domain.agenda import AgendaItem, ItemSource, ItemState
from domain.bodies import BodyKind, Role
from domain.documents import DocumentKind
from domain.errors import Refused
from domain.notices import NoticeClass, NoticeKind
from domain.session_facts import SessionFact
from domain.sessions import SessionState
from scheduler.fan_out import FanOut
from store.tables.people import memberships
from store.unit import Unit
from tests.actions.conftest import Council


@pytest.fixture
def fan_out(council: Council) -> FanOut:
    return FanOut(council.store, {Channel.EMAIL: EVERYTHING})


async def titles(unit: Unit, council: Council) -> list[str]:
    found: list[AgendaItem] = await unit.agenda.of(council.session_id)
    return [f"{one.number} {one.title}" for one in found if one.state is not ItemState.WITHDRAWN]


async def test_an_agenda_is_added_to_reworded_and_put_in_order(council: Council) -> None:
    async with council.store.unit() as unit:
        added = await listing.add(
            unit, council.session_id, " Budget  2027 ", language="fr", actor=OPERATOR
        )
        assert (added.number, added.title) == ("4", "Budget 2027")
        await listing.reword(unit, council.session_id, "4", "Le budget", actor=OPERATOR)
        await listing.shift(unit, council.session_id, "4", up=True, actor=OPERATOR)
        await listing.shift(unit, council.session_id, "1", up=True, actor=OPERATOR)
        assert await titles(unit, council) == ["1 Point 1", "2 Point 2", "3 Le budget", "4 Point 3"]
        taken = await listing.withdraw(unit, council.session_id, "2", "pas prêt", actor=OPERATOR)
        assert (taken.state, taken.withdrawn_reason) == (ItemState.WITHDRAWN, "pas prêt")
        closed = await listing.close_doors(
            unit, council.session_id, "1", is_public=False, actor=OPERATOR
        )
        assert not closed.is_public


@pytest.mark.parametrize(("number", "reason"), [("9", "x"), ("1", "  ")])
async def test_nothing_is_taken_off_without_a_reason_or_that_is_not_there(
    council: Council, number: str, reason: str
) -> None:
    async with council.store.unit() as unit:
        with pytest.raises(Refused):
            await listing.withdraw(unit, council.session_id, number, reason, actor=OPERATOR)


async def test_the_numbers_that_members_know_stay(council: Council) -> None:
    async with council.store.unit() as unit:
        await convene(unit, council.session_id, actor=OPERATOR)
        await listing.shift(unit, council.session_id, "3", up=True, actor=OPERATOR)
        assert await titles(unit, council) == ["1 Point 1", "3 Point 3", "2 Point 2"]


async def test_an_agenda_that_changed_is_told_once_and_its_old_version_kept(
    council: Council, fan_out: FanOut
) -> None:
    async with council.store.unit() as unit:
        await convene(unit, council.session_id, actor=OPERATOR)
    await fan_out.expand_all()
    async with council.store.unit() as unit:
        await listing.withdraw(unit, council.session_id, "2", "pas prêt", actor=OPERATOR)
        await listing.add(unit, council.session_id, "Avenant", language="fr", actor=OPERATOR)
        assert await telling_changes.tell_settled(unit) == 0
    council.clock.move_by(telling_changes.SETTLES_AFTER)
    async with council.store.unit() as unit:
        assert await telling_changes.tell_settled(unit) == 1
        assert await telling_changes.tell_settled(unit) == 0
        session = await unit.sessions.by_id(council.session_id)
        notices = await unit.notices.of_session(council.session_id)
        papers = await unit.documents.of(council.session_id)
        [changed] = [one for one in notices if one.kind is NoticeKind.AGENDA_CHANGED]
        assert session
        assert (session.sequence, session.agenda_changed_at) == (1, None)
        assert changed.notice_class is NoticeClass.STATUTORY
        assert "− 2. Point 2" in changed.content["fr"].text
        assert "+ 4. Avenant" in changed.content["fr"].text
        assert {one.version for one in papers if one.kind is DocumentKind.AGENDA} == {2}
        with pytest.raises(Refused, match="nothing_new"):
            await telling_changes.tell_now(unit, council.session_id, actor=OPERATOR)


async def test_who_takes_a_seat_after_the_convocation_is_convened_once(
    council: Council, fan_out: FanOut
) -> None:
    async with council.store.unit() as unit:
        await convene(unit, council.session_id, actor=OPERATOR)
        assert await catching_up.catch_up(unit) == 0
    await fan_out.expand_all()
    async with council.store.unit() as unit:
        newcomer = await unit.people.add(1, name="Salma Idrissi", language="fr")
        body_id = (await unit.bodies.ids())["council"]
        await unit.connection.execute(
            memberships.insert().values(person_id=newcomer, body_id=body_id, role=Role.MEMBER)
        )
        assert await catching_up.catch_up(unit) == 1
    await fan_out.expand_all()
    async with council.store.unit() as unit:
        assert await catching_up.catch_up(unit) == 0


async def test_the_governor_gets_a_frozen_agenda_adds_to_it_and_objects(council: Council) -> None:
    async with council.store.unit() as unit:
        sent = await hearing_governor.send_agenda(unit, council.session_id, actor=OPERATOR)
        session = await unit.sessions.by_id(council.session_id)
        assert session
        assert session.state is SessionState.AGENDA_SENT
        assert sent.missed is not None  # 28 January is too late for 12 February
        assert sent.missed.article
        added, _ = await hearing_governor.governor_adds(
            unit, council.session_id, "Sécurité", language="fr", actor=OPERATOR
        )
        assert (added.source, added.state) == (ItemSource.GOVERNOR, ItemState.LISTED)
        barred, _ = await hearing_governor.governor_objects(
            unit, council.session_id, "2", "hors attributions", actor=OPERATOR
        )
        assert barred.is_barred
        assert (await listing.lift(unit, council.session_id, "2", actor=OPERATOR)).state is (
            ItemState.LISTED
        )
        known = await unit.session_facts.of(council.session_id)
        assert SessionFact.AGENDA_SENT in known


async def test_an_item_is_referred_to_a_commission_and_its_chair_is_told(council: Council) -> None:
    async with council.store.unit() as unit:
        body_id = await unit.bodies.add(
            1, key="com:budget", kind=BodyKind.COMMISSION_PERMANENT, names={"fr": "Budget"}
        )
        await unit.connection.execute(
            memberships.insert().values(
                person_id=council.member_ids[0], body_id=body_id, role=Role.COMMISSION_CHAIR
            )
        )
        item = await refer(unit, council.session_id, "1", "com:budget", actor=OPERATOR)
        assert (item.state, item.commission_key) == (ItemState.IN_COMMISSION, "com:budget")
        [told] = [one for one in await unit.notices.recent() if one.kind is NoticeKind.TASK]
        assert "Point 1" in told.content["fr"].text
        with pytest.raises(Refused, match="no_commission"):
            await refer(unit, council.session_id, "1", "council", actor=OPERATOR)


async def test_who_is_in_charge_is_told_what_is_due_once_a_day(council: Council) -> None:
    async with council.store.unit() as unit:
        clerk = await unit.people.add(1, name="Nadia", language="fr")
        body_id = (await unit.bodies.ids())["council"]
        await unit.connection.execute(
            memberships.insert().values(
                person_id=clerk, body_id=body_id, role=Role.COUNCIL_SECRETARIAT
            )
        )
        assert [await remind_of_duties(unit) for _ in range(2)] == [1, 0]
        [told] = [one for one in await unit.notices.recent() if one.kind is NoticeKind.TASK]
        assert told.audience.ref == str(clerk)
        assert "art. 38" in told.content["fr"].text  # the agenda should be at the governor's
        assert "متأخر" in told.content["ar"].text
    council.clock.move_by(timedelta(days=1))
    async with council.store.unit() as unit:
        assert await remind_of_duties(unit) == 1
