"""What Telegram's updates become."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from channels.telegram.inbound import courtesy, translate
from domain.addresses import Channel
from domain.errors import BadUpdate
from domain.messages import Heard, Incoming, Thing
from tests.emulators.telegram_chats import (
    Button,
    Sent,
    wire_joining,
    wire_leaving,
    wire_message,
    wire_press,
)

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
US = "council_test_bot"
BOT = {"id": 7, "is_bot": True, "first_name": "B", "username": US}
SECONDS = int(NOW.timestamp())


def update(kind: str, content: Any, number: int = 41) -> dict[str, Any]:
    return {"update_id": number, kind: content}


def said(text: str, chat: int = 5, **fields: Any) -> dict[str, Any]:
    message = wire_message(chat, 90, "fr-CA", text=text, date=SECONDS, **fields)
    return update("message", message)


def heard(plain: Any) -> Incoming:
    incoming = translate(plain, NOW, US)
    assert incoming is not None
    return incoming


def test_a_text_is_heard_with_its_address_and_language() -> None:
    assert heard(said(" Ordre du jour ? ")) == Incoming(
        channel=Channel.TELEGRAM,
        address="5",
        update_ref="41",
        kind=Heard.TEXT,
        at=NOW,
        text="Ordre du jour ?",
        language="fr",
        own_ref="5:90",
    )


def test_a_deep_link_stays_a_start_with_its_payload() -> None:
    assert heard(said("/start link-AbC_9")).text == "/start link-AbC_9"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"/agenda@{US} demain", "/agenda demain"),
        (f"/agenda@{US.upper()}", "/agenda"),
        ("/agenda", "/agenda"),
        (f"@{US} ordre du jour", "ordre du jour"),
        (f"@{US}: agenda", "agenda"),
        (f"@{US}", f"@{US}"),
    ],
)
@pytest.mark.parametrize("chat", [5, -1005])
def test_our_name_is_taken_off(chat: int, text: str, expected: str) -> None:
    assert heard(said(text, chat)).text == expected


@pytest.mark.parametrize("chat", [5, -1005])
def test_a_command_for_another_bot_is_not_for_us(chat: int) -> None:
    assert translate(said("/agenda@other_bot x", chat), NOW, US) is None


def test_a_bot_that_does_not_know_its_name_takes_all_commands() -> None:
    incoming = translate(said("/agenda@other_bot x", -1005), NOW)
    assert incoming is not None
    assert incoming.text == "/agenda x"


def test_in_a_group_only_what_is_said_to_us_is_heard() -> None:
    assert translate(said("bonjour à tous", -1005), NOW, US) is None
    assert translate(said("@somebody agenda", -1005), NOW, US) is None
    answer = heard(
        said("malade", -1005, reply_to_message=wire_message(-1005, 80, None) | {"from": BOT})
    )
    assert (answer.text, answer.address, answer.is_private) == ("malade", "-1005", False)
    assert (answer.speaker, answer.taken_aside()) == ("1005", None)


def test_programs_are_not_answered() -> None:
    other = {"id": 9, "is_bot": True, "first_name": "other"}
    assert translate(said("/agenda", -1005, **{"from": other}), NOW, US) is None


def test_an_administrator_who_hides_behind_the_group_is_a_person() -> None:
    nobody = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    group = {"id": -1005, "type": "supergroup", "title": "Group"}
    hidden = heard(said("/agenda", -1005, **{"from": nobody}, sender_chat=group))
    assert (hidden.text, hidden.speaker) == ("/agenda", None)


PHOTO = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
VOICE = {"file_id": "f", "file_unique_id": "u", "duration": 1}


def test_the_words_under_a_photo_are_a_text() -> None:
    photo = wire_message(5, 90, "ar", photo=PHOTO, caption="هذا هو")
    assert (heard(update("message", photo)).kind, heard(update("message", photo)).text) == (
        Heard.TEXT,
        "هذا هو",
    )


STICKER = {**PHOTO[0], "type": "regular", "is_animated": False, "is_video": False}
POLL = {
    "id": "1",
    "question": "?",
    "options": [],
    "total_voter_count": 0,
    "is_closed": False,
    "is_anonymous": True,
    "type": "regular",
    "allows_multiple_answers": False,
    "allows_revoting": False,
    "members_only": False,
}


@pytest.mark.parametrize(
    ("fields", "thing"),
    [
        ({"photo": PHOTO}, Thing.PHOTO),
        ({"voice": VOICE}, Thing.VOICE),
        ({"sticker": STICKER}, Thing.STICKER),
        ({"document": {"file_id": "f", "file_unique_id": "u"}}, Thing.FILE),
        ({"location": {"latitude": 33.6, "longitude": -7.6}}, Thing.LOCATION),
        ({"contact": {"phone_number": "+212600000000", "first_name": "A"}}, Thing.CONTACT),
        ({"poll": POLL}, Thing.POLL),
    ],
    ids=lambda one: one if isinstance(one, Thing) else "",
)
def test_what_has_no_words_is_heard_as_what_it_is(fields: dict[str, Any], thing: Thing) -> None:
    incoming = heard(update("message", wire_message(5, 90, None, **fields)))
    assert (incoming.kind, incoming.thing) == (Heard.OTHER, thing)


def test_another_s_words_are_heard_as_such() -> None:
    origin = {"type": "hidden_user", "sender_user_name": "A", "date": SECONDS}
    assert heard(said("oui", forward_origin=origin)).is_forwarded
    assert not heard(said("oui")).is_forwarded


def test_an_edit_names_what_was_said_and_counts_in_private_alone() -> None:
    edited = wire_message(5, 90, "fr", text="/next", edit_date=SECONDS)
    now = heard(update("edited_message", edited))
    assert (now.kind, now.text, now.own_ref) == (Heard.EDITED, "/next", "5:90")
    in_a_group = wire_message(-1005, 90, "fr", text="/next")
    assert translate(update("edited_message", in_a_group), NOW, US) is None


def test_a_group_that_moves_says_where() -> None:
    moved = heard(update("message", wire_message(-5, 90, None, migrate_to_chat_id=-1005)))
    assert (moved.kind, moved.address, moved.text) == (Heard.MOVED, "-5", "-1005")


def test_the_chats_own_news_are_not_for_us() -> None:
    joined = wire_message(5, 90, None, new_chat_members=[BOT])
    assert translate(update("message", joined), NOW, US) is None


def test_a_press_names_its_message_and_value() -> None:
    message = Sent(5, 12, "?", "?", rows=((Button("Oui", "yes"),),))
    press = heard(update("callback_query", wire_press(message, "Oui", "c1", "en")))
    assert press == Incoming(
        channel=Channel.TELEGRAM,
        address="5",
        update_ref="41",
        kind=Heard.PRESS,
        at=NOW,
        text="yes",
        language="en",
        message_ref="5:12",
    )


def test_a_press_on_a_message_too_old_to_show_is_still_a_press() -> None:
    message = Sent(-1005, 12, "?", "?", rows=((Button("Oui", "yes"),),))
    query = wire_press(message, "Oui", "c1", "en")
    query["message"] = {"chat": query["message"]["chat"], "message_id": 12, "date": 0}
    press = heard(update("callback_query", query))
    assert (press.message_ref, press.is_private) == ("-1005:12", False)


def test_who_blocks_us_has_left() -> None:
    left = heard(update("my_chat_member", wire_leaving(5, BOT)))
    assert (left.kind, left.address) == (Heard.LEFT, "5")


def test_who_lets_us_in_again_has_not_left() -> None:
    change = wire_leaving(5, BOT)
    change["new_chat_member"] = {"status": "member", "user": BOT}
    assert translate(update("my_chat_member", change), NOW, US) is None


def test_a_group_that_lets_us_in_is_joined_once() -> None:
    change = wire_joining(-1005, BOT)
    joined = heard(update("my_chat_member", change))
    assert (joined.kind, joined.address, joined.is_private) == (Heard.JOINED, "-1005", False)
    change["old_chat_member"] = {"status": "member", "user": BOT}  # made an administrator
    assert translate(update("my_chat_member", change), NOW, US) is None


@pytest.mark.parametrize("kind", ["channel_post", "poll_of_next_year"])
def test_other_updates_are_not_for_us(kind: str) -> None:
    assert translate(update(kind, wire_message(5, 90, None, text="x")), NOW, US) is None


@pytest.mark.parametrize(
    "plain",
    [
        None,
        [],
        {},
        "text",
        {"update_id": "41"},
        {"update_id": True},
        update("message", 5),
        update("message", {"text": "x"}),
        update("message", wire_message(5, 90, None, text=5)),
        update("message", wire_message(5, 90, None, text="x", date="now")),
        update("message", wire_message(5, 90, None, text="x", date=10**30)),
        update("message", wire_message(5, 90, None, text="x", chat={"id": "5", "type": "private"})),
        update("callback_query", {"id": "1"}),
    ],
)
def test_an_unknown_shape_is_a_bad_update(plain: Any) -> None:
    with pytest.raises(BadUpdate):
        translate(plain, NOW, US)


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(), inner, max_size=3)
    ),
    max_leaves=5,
)
FIELDS = ["chat", "from", "date", "text", "caption", "photo", "reply_to_message", "message_id"]


@settings(suppress_health_check=[HealthCheck.too_slow])  # of a busy machine, not of the input
@given(
    st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=3),
    st.sampled_from(["message", "callback_query", "my_chat_member", "edited_message"]),
)
def test_any_json_is_heard_or_refused_and_nothing_else(changes: dict[str, Any], kind: str) -> None:
    plain = update(kind, wire_message(5, 90, "fr", text="agenda") | changes)
    try:
        incoming = translate(plain, NOW, US)
    except BadUpdate:
        return
    if incoming:
        incoming.text.encode()
        assert incoming.address.lstrip("-").isdigit()


@given(st.text(st.characters(codec=None), max_size=50))
def test_any_text_can_be_stored(text: str) -> None:
    incoming = translate(said(text), NOW, US)
    if incoming:
        assert "\x00" not in incoming.text
        incoming.text.encode()


def test_a_megabyte_of_talk_is_cut() -> None:
    assert len(heard(said("bla " * 300_000)).text) <= 10_000


def test_a_press_is_owed_an_answer_and_nothing_else_is() -> None:
    message = Sent(5, 12, "?", "?", rows=((Button("Oui", "yes"),),))
    press = update("callback_query", wire_press(message, "Oui", "c1", None))
    assert courtesy(press) == {"method": "answerCallbackQuery", "callback_query_id": "c1"}
    assert courtesy(said("agenda")) is None
    assert courtesy([]) is None
