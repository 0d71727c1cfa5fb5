from datetime import timedelta

import pytest

from domain.addresses import Channel
from domain.attendance import Answer, Attendance
from domain.sessions import SessionState
from tests.town import BUTTONS, OPENS, Talker, Town


async def _answers(town: Town, session_id: int) -> list[tuple[int, Answer, str]]:
    async with town.store.reading() as unit:
        kept: list[Attendance] = await unit.attendances.of(session_id)
    return [(one.person_id, one.answer, one.reason) for one in kept]


@pytest.mark.parametrize(
    ("words", "echo", "yes", "done"),
    [
        ("je viens à la session", "Vous viendrez", "oui", "Présence confirmée"),
        ("I will attend", "You will come", "yes", "Attendance confirmed"),
        ("سأحضر الدورة", "ستحضرون", "نعم", "تم تأكيد الحضور"),
        ("/come", "Vous viendrez", "Oui", "Présence confirmée"),
    ],
)
async def test_coming_is_said_back_and_done_only_when_confirmed(
    town: Town, councillor: Talker, words: str, echo: str, yes: str, done: str
) -> None:
    session_id = await town.session()
    assert echo in await councillor.says(words)
    assert await _answers(town, session_id) == []
    assert done in await councillor.says(yes)
    assert await _answers(town, session_id) == [(councillor.person_id, Answer.CONFIRMED, "")]


async def test_saying_no_to_the_echo_changes_nothing(town: Town, councillor: Talker) -> None:
    session_id = await town.session()
    await councillor.says("/come")
    assert "rien n’a été changé" in await councillor.says("non")
    assert await _answers(town, session_id) == []


@pytest.mark.parametrize(
    ("words", "asked", "reason", "echo"),
    [
        ("je ne pourrai pas venir", "motif", "mission à Rabat", "Vous serez absent"),
        ("I can't come", "Why", "travelling", "You will be absent"),
        ("لن أتمكن من الحضور", "ما سبب", "سفر", "ستتغيبون"),
    ],
)
async def test_an_excuse_without_a_reason_is_asked_why(
    town: Town, councillor: Talker, words: str, asked: str, reason: str, echo: str
) -> None:
    session_id = await town.session()
    assert asked in await councillor.says(words)
    said = await councillor.says(reason)
    assert echo in said
    assert reason in said
    assert await _answers(town, session_id) == []
    await councillor.says("1")
    assert await _answers(town, session_id) == [(councillor.person_id, Answer.EXCUSED, reason)]


@pytest.mark.parametrize("said", ["oui", "non", "ok."])
async def test_a_yes_or_a_no_is_no_reason(town: Town, councillor: Talker, said: str) -> None:
    await town.session(titles=["Voirie"])
    asked = await councillor.says("je ne viendrai pas")
    assert await councillor.says(said) == asked


async def test_a_reason_given_at_once_is_only_confirmed(town: Town, councillor: Talker) -> None:
    session_id = await town.session()
    said = await councillor.says("/excuse je suis en mission à Rabat")
    assert "je suis en mission à Rabat" in said
    assert "Excuse transmise" in await councillor.presses("Oui")
    ((_, answer, reason),) = await _answers(town, session_id)
    assert (answer, reason) == (Answer.EXCUSED, "je suis en mission à Rabat")


async def test_a_reason_may_be_any_words_even_those_that_mean_something(
    town: Town, councillor: Talker
) -> None:
    session_id = await town.session()
    await councillor.says("/excuse")
    await councillor.says("la prochaine session de mon entreprise est le 5 février")
    await councillor.presses("Oui")
    ((_, _, reason),) = await _answers(town, session_id)
    assert "mon entreprise" in reason


async def test_the_question_why_can_be_left(town: Town, councillor: Talker) -> None:
    session_id = await town.session()
    await councillor.says("/excuse")
    assert "annulé" in await councillor.presses("Annuler")
    await councillor.says("mission à Rabat")
    assert await _answers(town, session_id) == []


async def test_of_several_sessions_it_is_asked_which(town: Town, councillor: Talker) -> None:
    await town.session()
    budget = await town.session("com:budget", starts=OPENS.replace(day=6))
    assert "De quelle session" in await councillor.says("/come")
    assert "Commission du budget" in await councillor.presses("Commission du budget")
    assert "confirmée" in await councillor.presses("Oui")
    assert len(await _answers(town, budget)) == 1


async def test_a_reason_is_kept_while_it_is_asked_which(town: Town, councillor: Talker) -> None:
    await town.session()
    budget = await town.session("com:budget", starts=OPENS.replace(day=6))
    await councillor.says("/excuse grippe")
    await councillor.presses("Commission du budget")
    await councillor.presses("Oui")
    assert await _answers(town, budget) == [(councillor.person_id, Answer.EXCUSED, "grippe")]


async def test_the_buttons_of_a_convocation_answer_it(town: Town, councillor: Talker) -> None:
    session_id = await town.session(state=SessionState.DRAFT, titles=["Voirie"])
    await town.convene(session_id)
    assert "convoqué" in councillor.sees()
    assert "Présence confirmée" in await councillor.presses("Je viens")
    assert await _answers(town, session_id) == [(councillor.person_id, Answer.CONFIRMED, "")]


async def test_what_was_decided_replaces_the_message_that_was_pressed(
    town: Town, councillor: Talker
) -> None:
    session_id = await town.session(state=SessionState.DRAFT, titles=["Voirie"])
    await town.convene(session_id)
    pressed = councillor.last_ref()
    await councillor.presses("Je viens")
    replaced = councillor.screen()[-1].replaces
    assert replaced == (pressed if councillor.channel in BUTTONS else None)


async def test_the_last_answer_counts(town: Town, councillor: Talker) -> None:
    session_id = await town.session()
    await councillor.returns(f"attend:{session_id}:yes")
    await councillor.presses("Je m’excuse")
    await councillor.says("grippe")
    await councillor.presses("Oui")
    await councillor.presses("Finalement")
    await councillor.presses("Oui")
    assert await _answers(town, session_id) == [(councillor.person_id, Answer.CONFIRMED, "")]


async def test_a_member_of_no_such_body_cannot_answer(town: Town, councillor: Talker) -> None:
    session_id = await town.session("com:urbanisme")
    assert "pas de siège" in await councillor.returns(f"attend:{session_id}:yes")
    assert await _answers(town, session_id) == []


async def test_a_cancelled_session_cannot_be_answered(town: Town, councillor: Talker) -> None:
    session_id = await town.session(state=SessionState.CANCELLED, reason="Pluie")
    assert "ne peut plus répondre" in await councillor.returns(f"attend:{session_id}:yes")


async def test_without_a_convocation_there_is_nothing_to_come_to(
    town: Town, councillor: Talker
) -> None:
    await town.session(state=SessionState.DRAFT)
    assert "aucune session" in await councillor.says("/come")


async def test_the_yes_of_an_excuse_forgotten_asks_why_again(
    town: Town, councillor: Talker
) -> None:
    session_id = await town.session()
    assert "motif" in await councillor.returns(f"excuse:{session_id}:yes")
    assert await _answers(town, session_id) == []


async def _reached_on_two(town: Town, *, on: Channel = Channel.SLACK) -> tuple[Talker, Talker, int]:
    """Return the same member on Telegram and elsewhere, and a session they are convened to."""
    amina = await town.resident("Amina", seats=["council"])
    there = await town.also(amina, on)
    session_id = await town.session(state=SessionState.DRAFT, titles=["Voirie"])
    await town.convene(session_id)
    return amina, there, session_id


async def test_an_answer_on_one_channel_is_told_by_the_messages_on_the_others(town: Town) -> None:
    amina, there, _ = await _reached_on_two(town)
    asked = there.last_ref()
    assert "Présence confirmée" in await amina.presses("Je viens")
    told = there.messages()[-1]
    assert told.amends == asked
    assert told.text.endswith("par Telegram (mercredi 28 janvier 2026 à 10:00) : vous viendrez.")
    assert "Voirie" in told.text
    assert [choice.label for choice in told.choices] == ["Je m’excuse", "Ordre du jour"]
    assert len(amina.messages()) == 2


async def test_a_mind_changed_elsewhere_is_told_where_it_was_first_said(town: Town) -> None:
    amina, there, _ = await _reached_on_two(town)
    first = amina.last_ref()
    await amina.presses("Je viens")
    await there.presses("Je m’excuse")
    await there.says("grippe")
    await there.presses("Oui")
    told = amina.messages()[-1]
    assert told.amends == first
    assert "vous serez absent(e)" in told.text
    assert "vous viendrez" not in told.text


async def test_the_same_answer_again_changes_nothing_and_is_taken_kindly(town: Town) -> None:
    amina, there, session_id = await _reached_on_two(town)
    await amina.presses("Je viens")
    town.clock.move_by(timedelta(minutes=5))
    said = await there.returns(f"attend:{session_id}:yes")
    assert "Présence confirmée" in said
    assert "déjà noté par Telegram" in said
    async with town.store.reading() as unit:
        (attendance,) = await unit.attendances.of(session_id)
    assert attendance.channel is Channel.TELEGRAM


async def test_a_letter_opened_after_the_answer_says_what_was_answered(town: Town) -> None:
    amina, _, _ = await _reached_on_two(town)
    await amina.presses("Je viens")
    await amina.says("/inbox")
    assert "vous viendrez" in await amina.presses("Convocation")
    assert "Je viens" not in amina.offered()


async def test_where_nothing_can_be_edited_nothing_more_is_told(town: Town) -> None:
    amina, there, _ = await _reached_on_two(town, on=Channel.CONSOLE)
    before = len(there.messages())
    await amina.presses("Je viens")
    assert len(there.messages()) == before


async def test_who_is_called_to_nothing_on_a_day_is_offered_the_days_they_are_called_for(
    town: Town, councillor: Talker
) -> None:
    await town.session()
    assert "aucune session" in await councillor.says("je ne viendrai pas vendredi 30 janvier")
    assert "5 février" in "".join(councillor.offered())
    assert "motif" in await councillor.presses("5 février")


async def test_where_nothing_is_convened_something_else_is_offered(stranger: Talker) -> None:
    assert "Aucune session" in await stranger.says("quand est la prochaine session ?")
    assert "Les pétitions" in stranger.offered()
