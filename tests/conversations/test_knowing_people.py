import pytest

from domain.addresses import Channel
from domain.messages import Heard
from domain.sessions import SessionState
from tests.town import Talker, Town


@pytest.fixture
async def unlinked(town: Town, channel: Channel) -> Talker:
    """Nadia sits in the council; the chat she speaks from is not yet linked to her."""
    elsewhere = Channel.CONSOLE if channel is Channel.TELEGRAM else Channel.TELEGRAM
    known = await town.resident("Nadia", "en", seats=["council"], on=elsewhere)
    nadia = town.stranger("nadia", on=channel)
    nadia.person_id = known.person_id
    return nadia


async def test_a_deep_link_says_who_speaks_here(town: Town, unlinked: Talker) -> None:
    code = await town.code_for(unlinked)
    assert "Welcome Nadia" in await unlinked.says(f"/start {code}")
    assert "reminders" in await unlinked.says("my reminders")


async def test_a_code_can_be_typed_however_one_types(town: Town, unlinked: Talker) -> None:
    code = await town.code_for(unlinked)
    assert "code" in await unlinked.says("/link")
    assert "Welcome Nadia" in await unlinked.says(code.lower().replace("-", " "))


async def test_a_code_works_once(town: Town, unlinked: Talker, stranger: Talker) -> None:
    code = await town.code_for(unlinked)
    await unlinked.says(f"/start {code}")
    assert "pas valable" in await stranger.says(f"/start {code}")


async def test_who_has_no_code_after_all_may_speak_of_something_else(stranger: Talker) -> None:
    await stranger.says("/link AAAA-BBBB")
    assert "Aucune session" in await stranger.says("l'ordre du jour d'Anfa")


async def test_a_wrong_code_says_nothing_of_anybody(stranger: Talker) -> None:
    said = await stranger.says("/link AAAA-BBBB-CCCC")
    assert "pas valable" in said
    assert "Nadia" not in said


async def test_wrong_codes_are_limited_and_even_the_right_one_waits(
    town: Town, unlinked: Talker
) -> None:
    code = await town.code_for(unlinked)
    for _ in range(5):
        await unlinked.says("/link AAAA-BBBB-CCCC")
    assert "Trop de codes faux" in await unlinked.says(f"/link {code}")


async def test_nobody_is_linked_in_front_of_a_group(town: Town, unlinked: Talker) -> None:
    code = await town.code_for(unlinked)
    unlinked.is_private = False
    assert "en privé" in await unlinked.says(f"/link {code}")
    unlinked.is_private = True
    assert "Welcome" in await unlinked.says(f"/link {code}")


async def test_unlinking_is_confirmed_and_then_nobody_is_known_here(
    councillor: Talker,
) -> None:
    await councillor.says("/unlink")
    assert "n’est plus reliée" in await councillor.presses("Oui")
    assert "/link" in await councillor.says("mes rappels")


async def test_a_code_for_somebody_else_does_not_take_a_chat_over(
    town: Town, councillor: Talker, unlinked: Talker
) -> None:
    code = await town.code_for(unlinked)
    assert "déjà" in await councillor.says(f"/start {code}")


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("/language ar", "سنتحدث بالعربية"),
        ("parle-moi en anglais", "We speak English"),
        ("تكلم معي بالفرنسية", "Nous parlons français"),
    ],
)
async def test_a_language_is_chosen_in_words(
    town: Town, councillor: Talker, words: str, answer: str
) -> None:
    assert answer in await councillor.says(words)
    async with town.store.reading() as unit:
        assert await unit.people.language(councillor.person_id) in {"ar", "en", "fr"}


async def test_a_language_is_chosen_by_a_button_and_stays(town: Town, stranger: Talker) -> None:
    await town.session()
    await stranger.says("/language")
    assert "سنتحدث بالعربية" in await stranger.presses("العربية")
    assert "الخميس" in await stranger.says("/next")


async def test_a_stranger_is_answered_in_the_language_of_their_device(
    town: Town, stranger: Talker
) -> None:
    await town.session()
    stranger.device_language = "en"
    assert "Thursday" in await stranger.says("/next")


async def test_somebody_known_is_answered_in_the_language_they_speak(
    town: Town, councillor: Talker
) -> None:
    await town.session(titles=["Voirie"])
    assert "Ordre du jour" in await councillor.says("l'ordre du jour")
    assert "Agenda" in await councillor.says("show me the agenda")
    assert "جدول الأعمال" in await councillor.says("أريد جدول الأعمال")


async def test_darija_is_answered_in_its_own_words_where_we_have_them(stranger: Talker) -> None:
    assert "بلا جميل" in await stranger.says("شكرا بزاف")


async def test_help_is_by_who_asks(stranger: Talker, councillor: Talker, clerk: Talker) -> None:
    assert "/link" in await stranger.says("/help")
    assert "rappelle-moi" in await councillor.says("aide")
    assert "brouillons" in await clerk.says("/help")


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("/start", "Bonjour"),
        ("merci beaucoup", "Je vous en prie"),
        ("je veux parler à quelqu'un", "secrétariat"),
        ("il y a un nid de poule énorme bd Zerktouni !!!", "chikaya"),
    ],
)
async def test_what_is_not_our_business_is_pointed_to_the_right_door(
    stranger: Talker, words: str, answer: str
) -> None:
    assert answer in await stranger.says(words)


async def test_the_last_notice_is_explained_way_by_way(town: Town, councillor: Talker) -> None:
    session_id = await town.session(state=SessionState.DRAFT, titles=["Voirie"])
    await town.convene(session_id)
    said = await councillor.says("pourquoi ai-je reçu ce message ?")
    assert "convocation (avis légal)" in said
    assert "canal que vous avez choisi" in said
    assert "boîte de réception" in said
    assert councillor.address not in said


async def test_why_without_any_notice_is_said_kindly(councillor: Talker) -> None:
    assert await councillor.says("/why")
    assert "•" not in councillor.sees()


async def test_a_missing_convocation_is_answered_by_what_was_sent(
    town: Town, councillor: Talker
) -> None:
    session_id = await town.session(state=SessionState.DRAFT, titles=["Voirie"])
    await town.convene(session_id)
    said = await councillor.says("je n'ai pas reçu la convocation")
    assert "envoyé" in said
    assert "1. Voirie" in await councillor.presses("Ordre du jour")


async def test_a_convocation_nobody_sent_is_said_to_be_missing(
    town: Town, councillor: Talker
) -> None:
    await town.session()
    assert "Aucune convocation" in await councillor.says("je n'ai pas reçu la convocation")


async def test_the_mailbox_shows_letters_and_notes_that_they_were_read(
    town: Town, councillor: Talker
) -> None:
    session_id = await town.session(state=SessionState.DRAFT, titles=["Voirie"])
    await town.convene(session_id)
    assert "🆕 nouveau — Convocation" in await councillor.says("/inbox")
    assert "📩 non lu — Convocation" in await councillor.says("/inbox")
    said = await councillor.presses("Convocation")
    assert "Vous êtes convoqué" in said
    assert councillor.files()
    assert "📖 lu — Convocation" in await councillor.presses("Retour")


async def test_an_empty_mailbox_is_said(councillor: Talker) -> None:
    assert "vide" in await councillor.says("/inbox")


async def test_nobody_reads_anothers_letters(town: Town, councillor: Talker, clerk: Talker) -> None:
    session_id = await town.session(state=SessionState.DRAFT, titles=["Voirie"])
    await town.convene(session_id)
    await councillor.says("/inbox")
    value = councillor.screen()[-1].choices[0].value
    assert "pas cette lettre" in await clerk.returns(value)


async def test_who_blocked_us_is_left_alone_until_they_speak(
    town: Town, councillor: Talker
) -> None:
    await councillor.does(Heard.LEFT)
    session_id = await town.session(state=SessionState.DRAFT, titles=["Voirie"])
    await town.convene(session_id)
    assert councillor.messages() == []
    assert "Conseil communal" in await councillor.says("/next")
    async with town.store.reading() as unit:
        chats = await unit.people.addresses(councillor.person_id)
    assert not any(chat.is_quarantined for chat in chats)


async def test_whoever_chose_a_language_by_mistake_goes_back_by_its_name(
    councillor: Talker,
) -> None:
    await councillor.says("/language")
    await councillor.presses("English")
    assert "Nous parlons français" in await councillor.presses("Français")
