"""Who is who: codes sent elsewhere, fresh proofs for what binds others, and lost telephones."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import insert, select, update

from actions.people import linking
from actions.people.confirming import LASTS, MOST_FROM_HERE, MOST_TRIES
from domain.actors import OPERATOR
from domain.addresses import Channel
from domain.bodies import Role
from domain.messages import Heard
from domain.sessions import SessionState
from handlers.tokens import token
from handlers.understanding import Intent
from store.tables.outbox import deliveries
from store.tables.people import addresses, memberships
from tests.town import Talker, Town

EMAIL = "amina@elus.example"
NUMBER = "+212612345678"
FIFTH_TO_TWELFTH = token(
    Intent.SESSION_RESCHEDULE, {"date_from": "2026-02-05", "date_to": "2026-02-12"}
)


@pytest.fixture
async def president(town: Town) -> Talker:
    """Amina presides over the council; its secretariat knows her by an e-mail address."""
    amina = await town.resident("Amina", seats=["council"], role=Role.PRESIDENT)
    await _knows(town, amina, Channel.EMAIL, EMAIL, is_declared=True)
    return amina


@pytest.fixture
def mail(town: Town) -> Talker:
    return Talker(town, Channel.EMAIL, EMAIL)


async def _knows(
    town: Town, talker: Talker, channel: Channel, value: str, *, is_declared: bool = False
) -> int:
    async with town.store.unit() as unit:
        made = await unit.connection.execute(
            insert(addresses)
            .values(
                person_id=talker.person_id,
                channel=channel,
                value=value,
                is_declared=is_declared,
                verified_at=None if is_declared else unit.clock.now(),
            )
            .returning(addresses.c.id)
        )
    return int(made.scalar_one())


def _code(mail: Talker) -> str:
    found = re.findall(r"\b\d{6}\b", mail.messages()[-1].text)
    return found[0] if found else ""


async def test_a_chat_is_linked_by_a_code_sent_to_the_declared_address(
    town: Town, president: Talker, mail: Talker
) -> None:
    chat = town.stranger()
    await chat.says("/link")
    await chat.says(f" {EMAIL.upper()} ")
    assert "Bienvenue Amina" in await chat.says(_code(mail))
    assert "rappel" in await chat.says("mes rappels")
    assert "a été relié à vous" in president.messages()[-1].text
    assert "a été relié à vous" in mail.messages()[-1].text


@pytest.mark.usefixtures("president")
async def test_whether_an_address_is_known_cannot_be_learnt(town: Town, mail: Talker) -> None:
    said = []
    for typed in (EMAIL, "nobody@elus.example", NUMBER):
        chat = town.stranger()
        await chat.says("/link")
        asked = await chat.says(typed)
        said.append((asked, chat.offered(), await chat.says("0000000")))
    assert said[0] == said[1] == said[2]
    assert len(mail.messages()) == 1


async def test_a_code_is_good_for_one_chat_five_tries_and_ten_minutes(
    town: Town, president: Talker, mail: Talker
) -> None:
    chat, other = town.stranger(), town.stranger()
    for talker in (chat, other):
        await talker.says("/link")
    await chat.says(EMAIL)
    code = _code(mail)
    assert "pas valable" in await other.says(code)
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    for _ in range(MOST_TRIES):
        assert "pas valable" in await chat.says(wrong)
    assert "pas valable" in await chat.says(code)
    await chat.says(EMAIL)
    late = _code(mail)
    town.clock.move_by(LASTS)
    assert "pas valable" in await chat.says(late)
    assert president.messages() == []


@pytest.mark.usefixtures("president")
async def test_codes_are_limited_from_each_chat_and_for_each_person(
    town: Town, mail: Talker
) -> None:
    chat = town.stranger()
    await chat.says("/link")
    for _ in range(MOST_FROM_HERE):
        assert "un code vient" in await chat.says(EMAIL)
    assert "Trop de codes" in await chat.says(EMAIL)
    for _ in range(4):
        another = town.stranger()
        await another.says("/link")
        assert "un code vient" in await another.says(EMAIL)
    assert len(mail.messages()) == 5


async def test_who_is_not_them_is_put_out_by_one_press(
    town: Town, president: Talker, mail: Talker
) -> None:
    thief = town.stranger()
    await thief.says("/link")
    await thief.says(EMAIL)
    await thief.says(_code(mail))
    assert "n’est plus relié" in await president.returns(president.messages()[-1].choices[0].value)
    assert "/link" in await thief.says("mes rappels")


async def test_a_lost_telephone_is_cut_off_from_any_other_address(
    town: Town, president: Talker
) -> None:
    phone_id = await _knows(town, president, Channel.SLACK, "T1/U1")
    phone = Talker(town, Channel.SLACK, "T1/U1", president.person_id)
    session_id = await town.session()
    await phone.says("je viens")
    asked = phone.screen()[-1].choices[0].value
    assert "Slack" in await president.says("/unlink")
    assert "n’est plus relié" in await president.presses("Détacher Slack")
    assert asked.startswith("attend:")
    for value in (asked, "inbox", f"untie:{phone_id}", f"move:{session_id}:202602121800:yes"):
        said = await phone.returns(value)
        assert "Amina" not in said
        assert "✅" not in said


async def test_nobody_cuts_off_somebody_else(town: Town, president: Talker) -> None:
    other = await town.resident("Karim", seats=["council"])
    async with town.store.reading() as unit:
        (hers,) = await linking.linked(unit, president.person_id)
    refused = await other.returns(f"untie:{hers.id}")
    assert refused == await other.returns("untie:999999")
    assert "rappel" in await president.says("mes rappels")


async def test_a_lost_number_gets_no_code_until_staff_release_it(town: Town) -> None:
    karim = await town.resident("Karim")
    number = await _knows(town, karim, Channel.WHATSAPP, NUMBER)
    async with town.store.unit() as unit:
        await unit.connection.execute(
            update(addresses).where(addresses.c.id == number).values(is_declared=True)
        )
        await linking.untie(unit, number, actor=OPERATOR)
    chat = town.stranger()
    await chat.says("/link")
    await chat.says(NUMBER)
    async with town.store.unit() as unit:
        live = await unit.codes.live(chat.channel, chat.address)
    assert live
    assert live.person_id is None


async def test_moving_a_session_wants_a_fresh_proof_and_then_is_done_and_noted(
    town: Town, president: Talker, mail: Talker
) -> None:
    session_id = await town.session(state=SessionState.DRAFT, titles=["Voirie"])
    await town.convene(session_id)
    town.clock.move_by(timedelta(hours=13))
    assert "Déplacer" in await president.returns(FIFTH_TO_TWELFTH)
    assert "confirmez que c’est bien vous" in await president.presses("Oui")
    assert "c’est confirmé" in await president.says(_code(mail))
    assert "C’est fait" in await president.presses("Continuer")
    async with town.store.reading() as unit:
        (opening,) = await unit.sessions.sittings(session_id)
        (noted,) = await unit.audit.about(f"session:{session_id}", acts=["move"])
    assert (opening.starts.day, opening.starts.hour) == (12, 18)
    assert noted.actor == f"person:{president.person_id}"
    assert noted.facts["channel"] == "telegram"
    assert president.address not in str(noted.facts)
    assert noted.facts["address"]


async def test_a_move_that_breaks_the_laws_days_says_so_before_it_is_made(
    town: Town, president: Talker
) -> None:
    session_id = await town.session(state=SessionState.DRAFT, titles=["Voirie"])
    await town.convene(session_id)
    assert "⚠️" not in await president.returns(f"move:{session_id}:202603121800")
    assert "art. 35" in await president.returns(f"move:{session_id}:202601301800")
    assert "passé" in await president.returns(f"move:{session_id}:202601121800")


async def test_a_wrong_proof_moves_nothing(town: Town, president: Talker) -> None:
    session_id = await town.session()
    town.clock.move_by(timedelta(hours=13))
    await president.returns(f"move:{session_id}:202602121800:yes")
    assert "pas valable" in await president.says("000000")
    assert "confirmez" in await president.returns(f"move:{session_id}:202602121800:yes")


async def test_without_another_address_the_secretariats_code_is_the_proof(town: Town) -> None:
    chair = await town.resident("Karim", seats=["com:budget"], role=Role.COMMISSION_CHAIR)
    session_id = await town.session("com:budget")
    town.clock.move_by(timedelta(hours=13))
    press = f"move:{session_id}:202602121800:yes"
    assert "/link" in await chair.returns(press)
    await chair.says(f"/link {await town.code_for(chair)}")
    assert "C’est fait" in await chair.returns(press)


async def test_coming_wants_no_more_proof_than_the_chat(town: Town, president: Talker) -> None:
    session_id = await town.session()
    town.clock.move_by(timedelta(days=3))
    assert "confirmez" not in await president.returns(f"attend:{session_id}:yes")


@pytest.mark.parametrize(
    ("role", "body"), [(Role.MEMBER, "council"), (Role.COMMISSION_CHAIR, "com:budget")]
)
async def test_who_may_not_move_a_session_is_told_who_does(
    town: Town, role: Role, body: str
) -> None:
    session_id = await town.session()
    someone = await town.resident("Karim", seats=[body], role=role)
    assert "Déplacer" not in await someone.returns(FIFTH_TO_TWELFTH)
    assert "pas qualité" in await someone.returns(f"move:{session_id}:202602121800:yes")


async def test_who_left_office_is_a_citizen_again(town: Town, president: Talker) -> None:
    draft = await town.session(state=SessionState.DRAFT)
    convened = await town.session()
    async with town.store.unit() as unit:
        await unit.connection.execute(
            update(memberships)
            .where(memberships.c.person_id == president.person_id)
            .values(ended_on=town.clock.now().date() - timedelta(days=1))
        )
    assert await president.returns(f"session:{draft}") == await president.returns("session:999999")
    assert "pas qualité" in await president.returns(f"move:{convened}:202602121800:yes")
    assert "✅" not in await president.returns(f"attend:{convened}:yes")


async def test_a_number_proved_a_year_ago_may_be_somebody_elses_now(town: Town) -> None:
    karim = await town.resident("Karim", on=Channel.SLACK)
    await _knows(town, karim, Channel.SMS, NUMBER)
    number = Talker(town, Channel.SMS, NUMBER, karim.person_id)
    assert "rappel" in (await _heard(town, number))
    town.clock.move_by(timedelta(days=366))
    assert "/link" in (await _heard(town, number))
    assert "rappel" in await karim.says("mes rappels")


async def _heard(town: Town, number: Talker) -> str:
    """Say something where no network of the town carries the answer, and return the answer."""
    await town.engine.hear(number.incoming(Heard.TEXT, "mes rappels"))
    async with town.store.reading() as unit:
        found = await unit.connection.execute(
            select(deliveries.c.message)
            .where(deliveries.c.channel == number.channel)
            .order_by(deliveries.c.id.desc())
            .limit(1)
        )
    return str(found.scalar_one())
