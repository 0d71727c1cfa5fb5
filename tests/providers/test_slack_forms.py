"""A form filled in by a window, with an emulated Slack: opened, objected to, sent, and put off."""

import json
from typing import Any
from urllib.parse import parse_qsl, urlencode

from tests.emulators.slack import command, form, signed, submission
from tests.providers.slack_town import SlackTown, buttons, words

ANSWERS: dict[str, Any] = {
    "whom": {"selected_option": {"value": "president"}},
    "subject": {"value": "Voirie de la rue 12"},
    "name": {"value": "Karim Tazi"},
    "day": {"selected_date": None},
    "phone": {"value": None},
}


async def asks(casa: SlackTown, name: str, text: str) -> None:
    """Have somebody type a command in the council's channel, with a leave that still lives."""
    channels = await casa.slack.kept("channels")
    channel = next(str(one["channel_id"]) for one in channels if one["name"] == "council")
    plain = command(casa.slack.team, casa.slack.people[name], text, channel=channel)
    fields = {**dict(parse_qsl(plain)), "trigger_id": await casa.slack.trigger(name)}
    assert await casa.called(urlencode(fields)) == 200
    await casa.program.drain()


async def sends(casa: SlackTown, name: str, **changes: Any) -> dict[str, Any] | None:
    """Have somebody send the window, and return what Slack is told at once."""
    values = {**ANSWERS, **changes}
    sent = submission(casa.slack.team, casa.slack.people[name], "audience", values)
    body = form(sent)
    async with casa.slack.session.post(
        f"{casa.url}/webhooks/slack", data=body.encode(), headers=signed(body)
    ) as answer:
        text = await answer.text()
        assert answer.status == 200
    await casa.program.drain()
    return json.loads(text) if text else None


async def test_a_form_is_filled_in_by_a_window_and_read_back_in_the_talk(casa: SlackTown) -> None:
    await asks(casa, "visitor", "je voudrais une audience avec le président")
    (view,) = await casa.slack.kept("views")
    assert view["title"]["text"]
    assert await casa.told("visitor") == []
    assert await sends(casa, "visitor") is None
    told = await casa.told("visitor")
    assert "Voirie de la rue 12" in words(told)
    send = next(value for value in buttons(told).values() if value.endswith(":yes"))
    await casa.presses("visitor", told[-1], send)
    assert "Voirie de la rue 12" not in words((await casa.told("visitor"))[-1:])


async def test_what_is_wrong_is_said_in_the_window_and_nothing_is_lost(casa: SlackTown) -> None:
    await asks(casa, "visitor", "je voudrais une audience avec le président")
    wrong = await sends(casa, "visitor", phone={"value": "12"}, day={"selected_date": "2001-01-01"})
    assert wrong
    assert wrong["response_action"] == "errors"
    assert wrong["errors"].keys() == {"phone", "day"}
    assert await casa.told("visitor") == []
    assert await sends(casa, "visitor") is None
    assert len(await casa.told("visitor")) == 1


async def test_a_window_that_is_closed_leaves_a_way_back_to_it(casa: SlackTown) -> None:
    await asks(casa, "visitor", "je voudrais une audience avec le président")
    closed = submission(casa.slack.team, casa.slack.people["visitor"], "audience", {})
    assert await casa.called(form({**closed, "type": "view_closed"})) == 200
    await casa.program.drain()
    assert "form:audience" in buttons(await casa.told("visitor")).values()


async def test_without_a_window_the_form_is_asked_in_the_talk(casa: SlackTown) -> None:
    told = await casa.hears("visitor", "je voudrais une audience avec le président")
    assert await casa.slack.kept("views") == []
    assert "form:audience" in buttons(told).values()
