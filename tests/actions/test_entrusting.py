from collections.abc import AsyncIterator
from datetime import date, timedelta

import pytest

from actions.notices.announcing import announce
from actions.people.consenting import change
from actions.systems.entrusting import bearer, entrust, revoke
from domain.actors import OPERATOR, Actor, Proof
from domain.bodies import Role
from domain.clock import HandClock
from domain.errors import Refused
from domain.notices import Audience, AudienceKind
from domain.phrasebook import LANGUAGES
from domain.tokens import Scope, Token, TokenKind
from store.tables.people import memberships
from store.unit import Unit
from tests.actions.conftest import Council
from tests.conftest import MORNING

COUNCIL = Audience(AudienceKind.BODY, "council")
TEXTS = dict.fromkeys(LANGUAGES, ("Fermeture", "La mairie est fermée."))


@pytest.fixture
async def unit(council: Council) -> AsyncIterator[Unit]:
    """The first member of the council is its president as well."""
    async with council.store.unit() as unit:
        await unit.connection.execute(
            memberships.insert().values(
                person_id=council.member_ids[0],
                body_id=(await unit.bodies.ids())["council"],
                role=Role.PRESIDENT,
            )
        )
        yield unit


async def actor_of(unit: Unit, secret: str) -> Actor:
    found = await bearer(unit, secret)
    assert found
    token, owner = found
    return token.actor(owner)


async def test_a_token_opens_until_it_ends_or_is_revoked(
    unit: Unit, council: Council, clock: HandClock
) -> None:
    owner = council.member_ids[0]
    scopes = [Scope.COUNCIL_READ]
    for name in ("site", "screens"):
        _, secret = await entrust(
            unit, name, owner, scopes, lasts=timedelta(days=30), actor=OPERATOR
        )
        assert await bearer(unit, secret)
        if name == "site":
            assert await revoke(unit, name, actor=OPERATOR)
            assert not await revoke(unit, name, actor=OPERATOR)
        else:
            clock.move_by(timedelta(days=30))
        assert await bearer(unit, secret) is None
        assert await bearer(unit, secret.swapcase()) is None


async def test_a_token_does_what_its_scopes_and_its_owner_both_allow(
    unit: Unit, council: Council
) -> None:
    president, member, _ = council.member_ids
    writing = [Scope.NOTICES_WRITE]
    _, theirs = await entrust(unit, "site", president, writing, actor=OPERATOR)
    _, reading = await entrust(unit, "screens", president, [Scope.NOTICES_READ], actor=OPERATOR)
    _, members = await entrust(unit, "blog", member, writing, actor=OPERATOR)
    for secret in (reading, members):
        with pytest.raises(Refused, match=r"access\.not_allowed"):
            await announce(unit, COUNCIL, TEXTS, actor=await actor_of(unit, secret))
    assert await announce(unit, COUNCIL, TEXTS, actor=await actor_of(unit, theirs))


async def test_a_token_whose_owner_leaves_office_can_do_no_more(
    unit: Unit, council: Council
) -> None:
    _, secret = await entrust(
        unit, "site", council.member_ids[0], [Scope.NOTICES_WRITE], actor=OPERATOR
    )
    await unit.connection.execute(memberships.update().values(ended_on=date(2026, 1, 1)))
    with pytest.raises(Refused, match=r"access\.not_allowed"):
        await announce(unit, COUNCIL, TEXTS, actor=await actor_of(unit, secret))


async def test_a_token_is_nobody_s_own_hand(unit: Unit, council: Council) -> None:
    owner = council.member_ids[0]
    _, secret = await entrust(unit, "site", owner, [Scope.NOTICES_WRITE], actor=OPERATOR)
    with pytest.raises(Refused, match=r"access\.not_allowed"):
        await change(unit, owner, lambda asked: asked, actor=await actor_of(unit, secret))


def test_a_test_token_changes_nothing_but_notices_that_reach_nobody() -> None:
    harmless = {"announce", "warn", "read_records", "export", "read_addresses"}
    for kind in TokenKind:
        acts = {act for scope in Scope for act in _acts(kind, scope)}
        assert (acts == harmless) is (kind is TokenKind.TEST)


async def test_a_token_is_made_by_who_connects_systems_and_for_oneself(
    unit: Unit, council: Council
) -> None:
    president = await council.member(unit)
    theirs = Actor.of(president, proof=Proof.FRESH)
    with pytest.raises(Refused, match=r"access\.not_allowed"):
        await entrust(unit, "site", president.id, [Scope.COUNCIL_READ], actor=theirs)
    for name, owner, scopes in (
        ("Site!", president.id, [Scope.COUNCIL_READ]),
        ("site", president.id, []),
        ("site", 999, [Scope.COUNCIL_READ]),
    ):
        with pytest.raises(Refused, match="token"):
            await entrust(unit, name, owner, scopes, actor=OPERATOR)
    assert await unit.tokens.all() == []


def _acts(kind: TokenKind, scope: Scope) -> frozenset[str]:
    return frozenset(Token(1, "site", kind, frozenset({scope}), 1, MORNING, MORNING).acts)
