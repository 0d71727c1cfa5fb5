"""The App Home as a desk, and what is said in channels: on the wire with an emulated Slack."""

import json

from tests.emulators.slack import event
from tests.providers.slack_town import SlackTown, buttons, words


async def mention(casa: SlackTown, name: str, text: str) -> str:
    """Have somebody name our app in the council's channel, and return that channel."""
    channels = await casa.slack.kept("channels")
    channel = next(str(one["channel_id"]) for one in channels if one["name"] == "council")
    said = event(
        casa.slack.team,
        type="app_mention",
        channel=channel,
        user=casa.slack.people[name],
        ts="1700000000.000100",
        text=f"<@UBOT> {text}",
    )
    assert await casa.called(json.dumps(said)) == 200
    await casa.program.drain()
    return channel


async def test_a_councillors_home_shows_what_waits_in_their_language(casa: SlackTown) -> None:
    session_id = await casa.session()
    await casa.councillor("Salma Idrissi", "clerk@casablanca.test", "ar")
    await casa.town.convene(session_id)
    view = await casa.opens_home("clerk")
    assert "Salma Idrissi" in words([view])
    assert "دورة عادية" in words([view])
    assert {"جدول الأعمال", "سأحضر", "أعتذر"} <= buttons([view]).keys()
    assert "رسالة واحدة للقراءة" in words([view])
    assert {"قراءة", "تفضيلاتي", "اللغة"} <= buttons([view]).keys()
    assert await casa.told("clerk") == []


async def test_what_is_answered_at_home_changes_the_home(casa: SlackTown) -> None:
    session_id = await casa.session()
    await casa.councillor("Salma Idrissi", "clerk@casablanca.test", "fr")
    await casa.town.convene(session_id)
    view = await casa.opens_home("clerk")
    assert "Vous avez confirmé" not in words([view])
    asked = await casa.presses_at_home("clerk", view, "Je viens")
    assert buttons([asked]).keys() == {"Oui", "Non", "‹ Retour au bureau"}
    done = await casa.presses_at_home("clerk", asked, "Oui")
    assert "Vous avez confirmé votre présence" in words([done])
    assert "Lire" in buttons([done])


async def test_what_wants_words_is_asked_where_one_can_write(casa: SlackTown) -> None:
    session_id = await casa.session()
    await casa.councillor("Salma Idrissi", "clerk@casablanca.test", "en")
    await casa.town.convene(session_id)
    view = await casa.presses_at_home("clerk", await casa.opens_home("clerk"), "Send an excuse")
    assert "our own conversation" in words([view])
    assert "Read" in buttons([view])
    assert len(await casa.told("clerk")) == 1
    echoed = await casa.hears("clerk", "I am travelling to Rabat")
    assert "I am travelling to Rabat" in words(echoed)
    assert "Yes" in buttons(echoed)


async def test_a_strangers_home_says_how_to_be_known_and_shows_nothing_of_anybody(
    casa: SlackTown,
) -> None:
    await casa.session()
    view = await casa.opens_home("visitor")
    assert "/link" in words([view])
    assert "Budget" not in words([view])
    assert not any(value.startswith(("letter", "attend")) for value in buttons([view]).values())


async def test_a_mention_is_answered_in_its_thread(casa: SlackTown) -> None:
    session_id = await casa.session()
    await casa.town.convene(session_id)
    channel = await mention(casa, "visitor", "ordre du jour ?")
    (told,) = [one for one in await casa.slack.kept("messages") if one["channel_id"] == channel]
    assert told["thread_ts"] == "1700000000.000100"
    assert "Budget" in words([told])


async def test_what_is_personal_is_never_said_in_a_channel(casa: SlackTown) -> None:
    session_id = await casa.session()
    await casa.councillor("Salma Idrissi", "clerk@casablanca.test", "fr")
    await casa.town.convene(session_id)
    channels = {
        await mention(casa, "clerk", asked)
        for asked in ("ma boîte de réception", "mes rappels", "mes préférences")
    }
    shown = await casa.slack.kept("ephemeralMessages")
    assert {one["target_user"] for one in shown} == {casa.slack.people["clerk"]}
    assert len(shown) == 3
    told = {one["channel_id"] for one in await casa.slack.kept("messages")}
    assert told.isdisjoint(channels)
