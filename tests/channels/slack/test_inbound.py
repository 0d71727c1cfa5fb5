"""What Slack tells, in our own words."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, strategies as st

from channels.slack.inbound import read, translate
from domain.errors import BadUpdate
from domain.messages import MESSAGE_OF_A_TALKER, Brought, Heard, Incoming, Surface, Thing
from tests.emulators.slack import command, event, form, press

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
WRITTEN = {"user": "U9", "text": "x", "ts": "1.2"}
CHANGED = {"type": "message", "channel": "D7", "subtype": "message_changed"}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["type", "event", "team", "team_id", "user", "actions", "container"]),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


def said(**fields: Any) -> Incoming | None:
    return translate(event("T1", **fields), NOW)


def known(incoming: Incoming | None) -> Incoming:
    assert incoming
    return incoming


def test_a_direct_message_is_said_by_a_person_of_a_workspace() -> None:
    told = event("T1", type="message", channel="D7", user="U9", text="ordre du jour &amp; budget")
    heard = known(translate(told, NOW))
    assert heard.address == "T1:U9"
    assert heard.text == "ordre du jour & budget"
    assert heard.kind is Heard.TEXT
    assert heard.update_ref == told["event_id"]
    assert heard.at == datetime.fromtimestamp(told["event_time"], UTC)
    assert heard.is_private


@pytest.mark.parametrize("within", [{}, {"thread_ts": "1.1"}])
def test_a_mention_is_answered_in_its_thread_and_aside_what_is_personal(
    within: dict[str, str],
) -> None:
    fields = {"type": "app_mention", "channel": "C5", "user": "U9", "ts": "1.2", **within}
    heard = known(said(**fields, text="<@UBOT> agenda"))
    assert (heard.address, heard.text, heard.is_private) == ("T1:C5", "agenda", False)
    assert heard.place == f"T1:C5:{within.get('thread_ts', '1.2')}"
    aside = heard.taken_aside()
    assert aside
    assert (aside.address, aside.place, aside.is_private) == ("T1:U9", "T1:C5:U9", True)
    assert aside.surface is Surface.ASIDE


@pytest.mark.parametrize(
    "fields",
    [
        {"type": "message", "channel": "D7", "user": "UBOT", "text": "x", "bot_id": "B1"},
        {"type": "message", "channel": "D7", "text": "x", "subtype": "bot_message"},
        {"type": "message", "channel": "D7", "subtype": "message_deleted", "deleted_ts": "1.2"},
        # A link was unfolded, and our own message was edited.
        {**CHANGED, "message": {**WRITTEN}, "previous_message": WRITTEN},
        {**CHANGED, "message": {**WRITTEN, "edited": {}, "text": "y", "bot_id": "B1"}},
        {"type": "message", "channel": "C5", "user": "U9", "text": "x"},
        {"type": "app_home_opened", "channel": "D7", "user": "U9", "tab": "messages"},
        {"type": "tokens_revoked", "tokens": {"oauth": ["U9"]}},
        {"type": "reaction_added", "user": "U9"},
    ],
)
def test_what_is_not_said_to_us_by_a_person_is_passed_over(fields: dict[str, Any]) -> None:
    assert said(**fields) is None


def test_an_edit_is_heard_as_what_it_is() -> None:
    edited = {**WRITTEN, "text": "agenda", "edited": {"user": "U9", "ts": "1.3"}}
    heard = known(said(**CHANGED, message=edited, previous_message=WRITTEN))
    assert (heard.kind, heard.text, heard.own_ref) == (Heard.EDITED, "agenda", "1.2")
    assert heard.address == "T1:U9"


@pytest.mark.parametrize(
    ("mimetype", "thing"),
    [
        ("application/pdf", Thing.FILE),
        ("image/png", Thing.PHOTO),
        ("audio/mp4", Thing.VOICE),
        ("video/mp4", Thing.VIDEO),
        (None, Thing.FILE),
    ],
)
def test_a_file_without_words_is_heard_as_such(mimetype: str | None, thing: Thing) -> None:
    file = {"id": "F1", "name": "excuse.pdf", "mimetype": mimetype, "size": 7}
    fields = {"type": "message", "channel": "D7", "user": "U9", "text": "", "files": [file, {}]}
    heard = known(said(**fields, subtype="file_share"))
    assert (heard.kind, heard.thing) == (Heard.OTHER, thing)
    assert heard.files == (Brought("T1:F1", "excuse.pdf", mimetype or "", 7),)


def test_what_is_longer_than_anybody_reads_is_cut() -> None:
    told = known(said(type="message", channel="D7", user="U9", text="mot " * 10_000))
    assert len(told.text) <= MESSAGE_OF_A_TALKER


def test_whoever_opens_the_home_is_shown_the_sessions_there() -> None:
    heard = known(said(type="app_home_opened", channel="D7", user="U9", tab="home"))
    assert (heard.address, heard.place, heard.text) == ("T1:U9", "T1:U9:home", "desk")
    assert (heard.kind, heard.surface) == (Heard.PRESS, Surface.DESK)


def test_a_press_names_its_message_and_so_who_asked() -> None:
    pressed = press("T1", "U9", "attend:1:yes", type="message", channel_id="D7", message_ts="1.2")
    heard = known(translate(read(form(pressed), "application/x-www-form-urlencoded"), NOW))
    assert (heard.kind, heard.text, heard.address) == (Heard.PRESS, "attend:1:yes", "T1:U9")
    assert heard.message_ref == "T1:D7:1.2"
    assert heard.at == NOW


def test_a_press_in_a_channel_is_everybodys() -> None:
    pressed = press("T1", "U9", "help", type="message", channel_id="C5", message_ts="1.2")
    heard = known(translate(pressed, NOW))
    assert (heard.address, heard.is_private, heard.message_ref) == ("T1:C5", False, "T1:C5:1.2")
    assert (heard.place, heard.speaker) == ("T1:C5:1.2", "T1:U9")


def test_a_press_on_what_only_they_see_is_answered_to_them_alone() -> None:
    where = {"type": "message", "channel_id": "C5", "message_ts": "1.2", "is_ephemeral": True}
    heard = known(translate(press("T1", "U9", "help", **where), NOW))
    assert (heard.address, heard.place, heard.message_ref) == ("T1:U9", "T1:C5:U9", None)


def test_a_press_at_home_is_answered_at_home() -> None:
    heard = known(translate(press("T1", "U9", "help", type="view", view_id="V1"), NOW))
    assert heard.place == "T1:U9:home"


def test_the_same_press_has_the_same_name_and_the_next_another() -> None:
    one = press("T1", "U9", "help", type="view", view_id="V1")
    two = press("T1", "U9", "help", type="view", view_id="V1")
    first, again, next_one = (known(translate(each, NOW)).update_ref for each in (one, one, two))
    assert first == again != next_one


@pytest.mark.parametrize(
    ("channel", "place"), [("C5", "T1:C5:U9"), ("D7", "T1:U9"), ("G3", "T1:G3:U9")]
)
def test_a_command_is_answered_where_it_was_typed(channel: str, place: str) -> None:
    payload = read(command("T1", "U9", "agenda", channel=channel), "")
    heard = known(translate(payload, NOW))
    assert (heard.text, heard.address, heard.place) == ("agenda", "T1:U9", place)


def test_a_command_without_words_asks_for_help() -> None:
    payload = read(command("T1", "U9", " ", channel="D7"), "")
    assert known(translate(payload, NOW)).text == "/help"


@pytest.mark.parametrize("kind", ["app_uninstalled", "tokens_revoked"])
def test_a_workspace_that_lets_us_go_has_left(kind: str) -> None:
    heard = known(said(type=kind, tokens={"bot": ["UBOT"]}))
    assert (heard.kind, heard.address, heard.text) == (Heard.LEFT, "T1", kind)


@pytest.mark.parametrize(
    "payload",
    [
        event("", type="message", channel="D7", user="U9", text="x"),
        event("T1", type="message", channel="D7", user="somebody else", text="x"),
        event("T1", type="message", channel="D7", user="U9", text=7),
        event("T1:U2", type="message", channel="D7", user="U9", text="x"),
        press("T1", "U9", "x", type="message", channel_id="D7", message_ts="1" * 100),
        {"type": "event_callback", "team_id": "T1"},
        {"type": "block_actions"},
        {"type": "view_submission", "team": {"id": "T1"}, "view": {"callback_id": "form"}},
        event("T1", **CHANGED, message=7),
        {"command": "/beffroi"},
    ],
)
def test_what_cannot_be_read_is_refused(payload: dict[str, Any]) -> None:
    with pytest.raises(BadUpdate):
        translate(payload, NOW)


@pytest.mark.parametrize("body", ["[1]", "{", "payload=%7B", "payload=[]", "{" * 100_000, '"x"'])
def test_a_body_that_is_not_slacks_is_refused_or_nothing(body: str) -> None:
    try:
        assert translate(read(body, "application/json"), NOW) is None
    except BadUpdate:
        return


@given(JSON, st.sampled_from(["event_callback", "block_actions", "view_closed", "view_submission"]))
def test_no_payload_breaks_the_reader(plain: Any, kind: str) -> None:
    payload = {**plain, "type": kind} if isinstance(plain, dict) else {"type": kind, "event": plain}
    try:
        translate(json.loads(json.dumps(payload)), NOW)
    except BadUpdate:
        return
