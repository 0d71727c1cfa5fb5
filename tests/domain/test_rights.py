from itertools import product

import pytest

from domain.actors import OPERATOR, Actor, Post, Proof
from domain.bodies import Body, BodyKind, Role
from domain.errors import Refused
from domain.people import Membership, Person
from domain.phrasebook import LANGUAGES, phrasebook
from domain.rights import RIGHTS, Act, require

COUNCIL = Body(1, "council", BodyKind.COUNCIL, {}, 10)
ANFA = Body(2, "arr:anfa", BodyKind.ARRONDISSEMENT_COUNCIL, {}, 10, "council")
PARKS = Body(3, "com:parks", BodyKind.COMMISSION_PERMANENT, {}, 5, "arr:anfa")
BUDGET = Body(4, "com:budget", BodyKind.COMMISSION_PERMANENT, {}, 5, "council")
BODIES = (COUNCIL, ANFA, PARKS, BUDGET)


def _actor(role: Role, body: Body, proof: Proof = Proof.FRESH) -> Actor:
    return Actor.of(Person(1, "P", "fr", (Membership(body.key, role),)), proof=proof)


def _may(actor: Actor, act: Act, body: Body | None = None) -> bool:
    try:
        require(actor, act, body)
    except Refused as refused:
        return refused.key != "access.not_allowed"
    return True


@pytest.mark.parametrize("act", list(Act))
def test_a_right_reaches_as_far_as_it_is_written_and_no_further(act: Act) -> None:
    rule = RIGHTS[act]
    for role, held, asked in product(Role, BODIES, BODIES):
        is_here = role in rule.here and held is asked
        comes_from = asked.parent_key or "council"
        is_below = role in rule.below and held.key in {asked.key, comes_from}
        assert _may(_actor(role, held), act, asked) is (is_here or is_below), (role, held, asked)


@pytest.mark.parametrize("act", list(Act))
def test_a_citizen_may_do_nothing_that_binds_others(act: Act) -> None:
    for nobody in (Actor.of(None), Actor.of(Person(1, "P", "fr"), proof=Proof.FRESH)):
        for body in (None, *BODIES):
            assert not _may(nobody, act, body)


def test_the_operator_may_all_but_answer_in_somebodys_place() -> None:
    assert {act for act in Act if not _may(OPERATOR, act)} == {
        Act.ATTEND,
        Act.ASK_IN_WRITING,
        Act.DECIDE,
        Act.PROPOSE,
    }


def test_the_program_ties_and_connects_and_nothing_else() -> None:
    program = Actor(Post.PROGRAM, "slack")
    assert {act for act in Act if _may(program, act)} == {Act.LINK_OTHERS, Act.CONNECT}


@pytest.mark.parametrize(
    ("role", "held", "act", "asked", "may"),
    [
        (Role.PRESIDENT, COUNCIL, Act.CONVENE, COUNCIL, True),
        (Role.PRESIDENT, COUNCIL, Act.CONVENE, ANFA, False),
        (Role.PRESIDENT, ANFA, Act.CONVENE, ANFA, True),
        (Role.PRESIDENT, ANFA, Act.CANCEL, COUNCIL, False),
        (Role.PRESIDENT, ANFA, Act.WARN, None, False),
        (Role.COMMISSION_CHAIR, BUDGET, Act.CONVENE, BUDGET, True),
        (Role.COMMISSION_CHAIR, BUDGET, Act.CONVENE, COUNCIL, False),
        (Role.COMMISSION_CHAIR, BUDGET, Act.ANNOUNCE, None, False),
        (Role.COUNCIL_SECRETARIAT, COUNCIL, Act.CONVENE, BUDGET, True),
        (Role.COUNCIL_SECRETARIAT, COUNCIL, Act.CONVENE, PARKS, False),
        (Role.COUNCIL_SECRETARIAT, ANFA, Act.CONVENE, PARKS, True),
        (Role.COUNCIL_SECRETARIAT, ANFA, Act.CONVENE, COUNCIL, False),
        (Role.CLERK, COUNCIL, Act.PLAN, COUNCIL, True),
        (Role.CLERK, COUNCIL, Act.CONVENE, COUNCIL, False),
        (Role.MEMBER, COUNCIL, Act.ATTEND, COUNCIL, True),
        (Role.MEMBER, COUNCIL, Act.ATTEND, BUDGET, False),
        (Role.CLERK, COUNCIL, Act.ATTEND, COUNCIL, False),
        (Role.MEMBER, COUNCIL, Act.FILL_AGENDA, COUNCIL, False),
        (Role.COMMUNICATION_WRITER, COUNCIL, Act.ANNOUNCE, None, False),
        (Role.CABINET, COUNCIL, Act.WARN, None, True),
        (Role.DIVISION_HEAD, COUNCIL, Act.WARN, None, False),
        (Role.ADMIN, COUNCIL, Act.CONVENE, COUNCIL, False),
        (Role.ADMIN, ANFA, Act.CONNECT, None, False),
        (Role.AUDITOR, COUNCIL, Act.READ_RECORDS, None, True),
        (Role.AUDITOR, COUNCIL, Act.READ_ADDRESSES, None, False),
    ],
)
def test_who_may_do_what(role: Role, held: Body, act: Act, asked: Body | None, may: bool) -> None:  # noqa: FBT001 - a table's column
    assert _may(_actor(role, held), act, asked) is may


def test_what_binds_others_wants_a_fresh_proof_and_coming_does_not() -> None:
    linked = _actor(Role.PRESIDENT, COUNCIL, Proof.LINKED)
    require(linked, Act.ATTEND, COUNCIL)
    with pytest.raises(Refused) as refused:
        require(linked, Act.CONVENE, COUNCIL)
    assert refused.value.key == "access.prove_first"
    require(_actor(Role.PRESIDENT, COUNCIL), Act.CONVENE, COUNCIL)


def test_who_may_not_is_not_even_asked_to_prove_who_they_are() -> None:
    assert not _may(_actor(Role.MEMBER, COUNCIL, Proof.LINKED), Act.CONVENE, COUNCIL)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_act_has_a_name_in_every_language(language: str) -> None:
    for act in Act:
        assert phrasebook().say(f"access.act_{act}", language)
