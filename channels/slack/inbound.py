"""What Slack tells, in our own words; pure.

slack_bolt reads the request: its three shapes (an event, a form, a form with JSON in it), and which
workspace it is about, which is not simple where workspaces share channels.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from slack_bolt.request.async_request import AsyncBoltRequest

from channels.slack.brought import files, thing
from channels.slack.places import HOME, Place
from channels.slack.render import PRESSED
from channels.slack.text import said
from channels.slack.windows import CLOSED, SENT, filled
from domain.addresses import Channel
from domain.errors import BadUpdate, Undeliverable
from domain.lettering import cleaned
from domain.messages import MESSAGE_OF_A_TALKER, Heard, Incoming, Surface

# What slack_bolt and the shapes it did not expect raise.
MALFORMED = (
    AttributeError,
    IndexError,
    KeyError,
    OSError,  # of a zone whose name is a folder
    RecursionError,
    TypeError,
    ValueError,
)

AT_HOME = "desk"  # what is pressed by whoever opens the App Home
EDITED = "message_changed"  # the subtype under which an edit is told
OVER = frozenset({"app_uninstalled", "tokens_revoked"})
REF_LENGTH = 100  # characters; those that Slack gives have about 20
TEXTS = frozenset({"", "file_share", "me_message", "thread_broadcast"})  # subtypes people write


def read(body: str, content_type: str) -> Mapping[str, Any]:
    """Return the payload of a request of Slack's; raise BadUpdate when it is none."""
    try:
        request = AsyncBoltRequest(body=body, headers={"content-type": content_type})
        payload: Mapping[str, Any] = request.body
    except MALFORMED as error:
        raise BadUpdate("the body is not Slack's") from error
    return payload


def translate(payload: Mapping[str, Any], now: datetime) -> Incoming | None:
    """Return what was done, or None when it is not for us; raise BadUpdate when unreadable.

    A press and a command have no time of their own, so they get `now`. That a workspace let us go
    is LEFT, with the workspace as its address and Slack's word for it as its text.
    """
    try:
        if payload.get("type") == "event_callback":
            return _event(payload, payload["event"], _team(payload))
        if payload.get("type") == "block_actions":
            return _press(payload, payload["actions"][0], _team(payload), now)
        if payload.get("type") in {SENT, CLOSED}:
            return _form(payload, payload["view"], _team(payload), now)
        if "command" in payload:
            return _command(payload, _team(payload), now)
    except MALFORMED as error:
        raise BadUpdate("a payload of unknown shape") from error
    except Undeliverable as error:
        raise BadUpdate("a payload with ids that are none") from error
    return None


def _event(payload: Mapping[str, Any], event: Mapping[str, Any], team: str) -> Incoming | None:
    kind, ref = event["type"], _ref(payload["event_id"])
    at = datetime.fromtimestamp(int(payload["event_time"]), UTC)
    if kind in OVER:
        return _left(event, team, ref, at)
    if kind == "message" and event.get("subtype") == EDITED:
        return _edited(event, team, ref, at)
    if kind not in EVENTS or not _is_of_a_person(event) or event.get("subtype", "") not in TEXTS:
        return None
    return EVENTS[kind](event, team, ref, at)


def _is_of_a_person(message: Mapping[str, Any]) -> bool:
    return "user" in message and not message.get("bot_id")  # our own words come back, too


def _told(event: Mapping[str, Any], team: str, ref: str, at: datetime) -> Incoming | None:
    if not _is_direct(event["channel"]):
        return None
    brought = files(event.get("files"), team)
    return _heard(
        event.get("text", ""),
        ref,
        at,
        address=_place(team, event["user"]).address,
        own_ref=_ref(str(event.get("ts") or "")) or None,
        files=brought,
        thing=thing(brought),
    )


def _edited(event: Mapping[str, Any], team: str, ref: str, at: datetime) -> Incoming | None:
    """Return what somebody made of their own words; a link that was unfolded changes none."""
    now, before = event["message"], event.get("previous_message") or {}
    is_theirs = _is_of_a_person(now) and _is_direct(event["channel"])
    if not is_theirs or "edited" not in now or now.get("text") == before.get("text"):
        return None
    person = _place(team, now["user"]).address
    own_ref = _ref(now["ts"])
    return _heard(now["text"], ref, at, kind=Heard.EDITED, address=person, own_ref=own_ref)


def _mentioned(event: Mapping[str, Any], team: str, ref: str, at: datetime) -> Incoming:
    where = _among_others(team, event["channel"], event["user"])
    thread = _thread(team, event["channel"], event.get("thread_ts") or event["ts"])
    return _heard(event["text"], ref, at, reply_to=thread, **where)


def _came_home(event: Mapping[str, Any], team: str, ref: str, at: datetime) -> Incoming | None:
    if event.get("tab") != "home":
        return None
    return _heard(AT_HOME, ref, at, kind=Heard.PRESS, **_at_home(_place(team, event["user"])))


def _altered(event: Mapping[str, Any], team: str, ref: str, at: datetime) -> Incoming:
    person = _place(team, event["user"]["id"]).address
    return Incoming(Channel.SLACK, person, ref, Heard.ALTERED, at)


EVENTS = {
    "message": _told,
    "app_mention": _mentioned,
    "app_home_opened": _came_home,
    "user_change": _altered,
}


def _left(event: Mapping[str, Any], team: str, ref: str, at: datetime) -> Incoming | None:
    if event["type"] == "tokens_revoked" and not event["tokens"].get("bot"):
        return None  # a person's own token, of which we have none
    return Incoming(Channel.SLACK, team, ref, Heard.LEFT, at, text=event["type"])


def _command(payload: Mapping[str, Any], team: str, now: datetime) -> Incoming:
    """Return the words after `/beffroi`; they are answered where they were typed, to them alone."""
    words = payload.get("text", "").strip() or "/help"
    where = _alone(team, payload["channel_id"], _place(team, payload["user_id"]))
    return _heard(words, _digest(payload), now, opens=payload.get("trigger_id"), **where)


def _press(
    payload: Mapping[str, Any], action: Mapping[str, Any], team: str, now: datetime
) -> Incoming | None:
    if not action["action_id"].startswith(PRESSED):
        return None
    where = _pressed_at(payload["container"], team, _place(team, payload["user"]["id"]))
    where["opens"] = payload.get("trigger_id")
    return _heard(action["value"], _digest(payload), now, kind=Heard.PRESS, **where)


def _form(
    payload: Mapping[str, Any], view: Mapping[str, Any], team: str, now: datetime
) -> Incoming | None:
    """Return a window that was sent or closed; what comes of it is said in the person's talk."""
    form = filled(view, is_sent=payload["type"] == SENT)
    if form is None:
        return None
    return Incoming(
        Channel.SLACK,
        _place(team, payload["user"]["id"]).address,
        _digest(payload),
        Heard.FORM,
        now,
        text=form.form,
        language=form.language,
        opens=payload.get("trigger_id"),
        answers=form.answers,
    )


def _pressed_at(container: Mapping[str, Any], team: str, person: Place) -> dict[str, Any]:
    if container["type"] == "view":
        return _at_home(person)
    channel, ts = container["channel_id"], container["message_ts"]
    if container.get("is_ephemeral"):
        return _alone(team, channel, person)
    if _is_direct(channel):
        where = {"address": person.address}
    else:
        where = _among_others(team, channel, str(person.user))
        where["reply_to"] = _thread(team, channel, container.get("thread_ts") or ts)
    return {**where, "message_ref": _ref(f"{_place(team, channel).address}:{ts}")}


def _heard(
    text: str, ref: str, at: datetime, *, address: str, kind: Heard | None = None, **more: Any
) -> Incoming:
    words = text if kind is Heard.PRESS else said(text)
    words = cleaned(words)[:MESSAGE_OF_A_TALKER].strip()
    kind = kind or (Heard.TEXT if words else Heard.OTHER)
    return Incoming(Channel.SLACK, address, ref, kind, at, words, **more)


def _alone(team: str, channel: str, person: Place) -> dict[str, Any]:
    """Answer only this person in a channel; in direct talk, they are alone anyway."""
    if _is_direct(channel):
        return {"address": person.address}
    aside = f"{_place(team, channel).address}:{person.user}"
    return {"address": person.address, "reply_to": aside, "surface": Surface.ASIDE}


def _among_others(team: str, channel: str, user: str) -> dict[str, Any]:
    """Answer the channel, and aside what is for this person alone."""
    place, person = _place(team, channel).address, _place(team, user)
    return {
        "address": place,
        "is_private": False,
        "speaker": person.address,
        "aside": f"{place}:{person.user}",
    }


def _at_home(person: Place) -> dict[str, Any]:
    home = f"{person.address}:{HOME}"
    return {"address": person.address, "reply_to": home, "surface": Surface.DESK}


def _thread(team: str, channel: str, ts: str) -> str:
    """Return the thread under a message: what is answered there stays with its question."""
    return _place(team, f"{channel}:{ts}").address


def _team(payload: Mapping[str, Any]) -> str:
    request = AsyncBoltRequest(body=dict(payload), mode="socket_mode")
    return Place.of_team(str(request.context.team_id)).team


def _place(team: str, place: str) -> Place:
    return Place.read(f"{team}:{place}")


def _is_direct(channel: str) -> bool:
    return channel.startswith("D")


def _ref(text: str) -> str:
    if len(text) > REF_LENGTH or not text.isprintable():
        raise BadUpdate("a name that is too long")
    return text


def _digest(payload: Mapping[str, Any]) -> str:
    """Return a name for what Slack gives none: each press and command has its own trigger id."""
    return hashlib.sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()
