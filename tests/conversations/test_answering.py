"""Choices, guesses, repeats, and everything that is not a plain question."""

import asyncio

import pytest

from domain.messages import Heard
from domain.sessions import SessionState
from tests.town import Talker, Town


async def test_an_update_told_twice_is_heard_once(councillor: Talker) -> None:
    await councillor.says("/help", update_ref="the same")
    told = len(councillor.messages())
    await councillor.says("/help", update_ref="the same")
    assert len(councillor.messages()) == told


async def test_two_updates_at_once_are_answered_in_their_order(
    town: Town, councillor: Talker
) -> None:
    session_id = await town.session()
    words = ["/excuse", "grippe", "oui"]
    updates = [councillor.incoming(Heard.TEXT, text) for text in words]
    await asyncio.gather(*(town.engine.hear(update) for update in updates))
    await town.carry()
    assert any("Excuse transmise" in message.text for message in councillor.messages())
    async with town.store.reading() as unit:
        (attendance,) = await unit.attendances.of(session_id)
    assert attendance.reason == "grippe"


async def test_many_people_at_once_are_each_answered(town: Town) -> None:
    await town.session(titles=["Voirie"])
    people = [town.stranger() for _ in range(20)]
    await asyncio.gather(*(town.engine.hear(one.incoming(Heard.TEXT, "/agenda")) for one in people))
    await town.carry()
    assert all("1. Voirie" in one.sees() for one in people)


@pytest.mark.parametrize("answer", ["1", "١", "۱", " 1. ", "Prochaine session", "prochaine sesion"])
async def test_a_digit_in_any_script_and_a_label_are_the_same_answer(
    town: Town, stranger: Talker, answer: str
) -> None:
    await town.session()
    await stranger.says("qsdfghjk")
    labels = stranger.offered()
    await stranger.says("/help")
    position = stranger.offered().index("Prochaine session") + 1
    answer = answer.replace("1", str(position)) if answer.strip(" .") == "1" else answer
    if answer in {"١", "۱"}:
        answer = chr(ord(answer) + position - 1)
    assert "5 février 2026" in await stranger.says(answer)
    assert labels


async def test_what_is_not_understood_is_asked_with_choices(stranger: Talker) -> None:
    said = await stranger.says("qsdfghjk wxcvbn")
    assert "pas compris" in said
    assert stranger.offered()


async def test_a_digit_under_a_convocation_is_its_choice(town: Town, councillor: Talker) -> None:
    session_id = await town.session(state=SessionState.DRAFT, titles=["Voirie"])
    await town.convene(session_id)
    assert "Présence confirmée" in await councillor.says("1")


@pytest.mark.parametrize(
    "value",
    [
        "bus:12",
        "agenda",
        "agenda:",
        "agenda:x",
        "agenda:1:2:3",
        "agenda:99999999999999999999",
        "item:1",
        "do:nothing",
        "do:agenda.query?date=nonsense",
        "do:agenda.query?body=nonsense",
        "do:reminder.set?offset=soon",
        "forget:x",
        "lang:tlh",
        "attend:-1:yes",
        ":",
        "",
        "\u202e",
    ],
)
async def test_a_button_that_was_forged_or_outlived_harms_nothing(
    stranger: Talker, value: str
) -> None:
    said = await stranger.returns(value)
    assert said
    assert "de notre côté" not in said


async def test_a_button_of_last_year_still_means_what_it_said(town: Town, stranger: Talker) -> None:
    await town.session(titles=["Voirie"])
    await stranger.says("/agenda")
    value = stranger.screen()[-1].choices[0].value
    for _ in range(5):
        await stranger.says("/help")
    assert "1. Voirie" in await stranger.returns(value)


@pytest.mark.parametrize("kind", [Heard.OTHER, Heard.TEXT])
async def test_a_sticker_and_silence_are_answered_with_what_can_be_asked(
    stranger: Talker, kind: Heard
) -> None:
    await stranger.does(kind)
    assert "que le texte" in stranger.sees()
    assert stranger.offered()


async def test_a_megabyte_is_answered_and_only_its_beginning_read(
    town: Town, stranger: Talker
) -> None:
    await town.session(titles=["Voirie"])
    said = await stranger.says("l'ordre du jour " * 65_536)
    assert "trop long" in said


@pytest.mark.parametrize(
    "text",
    [
        "".join(chr((plane << 16) + 0x41 + step) for plane in range(17) for step in range(3)),
        "👩‍👩‍👧‍👦 🏛️ 🇲🇦",
        "\x00\x07\x1b[31mrouge",
        "\ud800 seul",
        "a\u0301" * 500,
        "\u202eعكس\u2066",
        "' OR 1=1; --",
        "{body} %s {0.__class__}",
        "/",
        "//",
        "/agenda@nobody \n\n",
    ],
)
async def test_every_plane_of_unicode_is_answered(stranger: Talker, text: str) -> None:
    said = await stranger.says(text)
    assert said
    assert "de notre côté" not in said


@pytest.mark.parametrize("text", ["\x00grippe \ud800", "{reason} 👩‍👩‍👧 \u202e" * 200])
async def test_an_excuse_is_kept_whatever_it_is_made_of(
    town: Town, councillor: Talker, text: str
) -> None:
    session_id = await town.session()
    await councillor.says("/excuse")
    await councillor.says(text)
    assert "Excuse transmise" in await councillor.presses("Oui")
    async with town.store.reading() as unit:
        assert len(await unit.attendances.of(session_id)) == 1


async def test_a_text_that_looks_like_a_template_is_only_text(
    town: Town, councillor: Talker
) -> None:
    await town.session()
    await councillor.says("/excuse")
    assert "{session}" in await councillor.says("{session} {starts}")


async def test_of_two_wishes_in_one_breath_the_second_is_offered_after_the_first(
    town: Town, councillor: Talker
) -> None:
    await town.session(titles=["Voirie"])
    echoed = await councillor.says("je confirme ma présence, et rappelez-moi deux heures avant")
    assert "C’est bien cela" in echoed
    assert "aussi demandé" not in echoed
    assert "aussi demandé : Me rappeler" in await councillor.says("oui")
    assert "16:00" in await councillor.presses("Me rappeler")
    assert "aussi demandé" not in await councillor.says("merci")


async def test_a_second_wish_is_kept_with_the_words_its_button_has_no_room_for(
    town: Town, councillor: Talker
) -> None:
    await town.session(titles=["Voirie"])
    said = "quel est l'ordre du jour, et préviens-moi de tout ce qui concerne le tramway"
    assert "aussi demandé : Suivre" in await councillor.says(said)
    assert "tramway" in await councillor.presses("Suivre")


async def test_one_wish_with_its_reason_stays_one(town: Town, councillor: Talker) -> None:
    await town.session()
    said = await councillor.says("je ne viendrai pas, je suis souffrant et je dois me reposer")
    assert "aussi demandé" not in said
