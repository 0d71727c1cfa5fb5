"""What Slack's refusals mean for a delivery, as tables."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError

from domain.errors import Failed, Uncertain, Undeliverable, Unreachable

# Slack's own words for what went wrong (docs.slack.dev, methods/chat.postMessage and others).
# Nothing else will reach the address either:
DEAD = frozenset(
    {
        "account_inactive",
        "cannot_dm_bot",
        "channel_not_found",
        "enterprise_is_restricted",
        "is_archived",
        "not_in_channel",
        "team_not_found",
        "token_revoked",
        "user_disabled",
        "user_not_found",
        "user_not_visible",
        "users_not_found",
    }
)
# It is Slack's trouble, or ours, and not the address's:
LATER = frozenset(
    {
        "accesslimited",
        "ekm_access_denied",
        "fatal_error",
        "internal_error",
        "invalid_auth",
        "invalid_client_id",
        "invalid_refresh_token",
        "message_limit_exceeded",
        "missing_scope",
        "no_permission",
        "not_allowed_token_type",
        "not_authed",
        "org_login_required",
        "rate_limited",
        "ratelimited",
        "request_timeout",
        "service_unavailable",
        "team_access_not_granted",
        "team_added_to_org",
        "token_expired",
        "two_factor_setup_required",
    }
)
# Of these, what every workspace would be told; the others are about one workspace or place.
SLACKS_OWN = frozenset(
    {"fatal_error", "internal_error", "rate_limited", "ratelimited", "request_timeout"}
    | {"service_unavailable"}
)
# Whoever is told so in a channel where we are not is told in direct talk:
NOT_HERE = frozenset(
    {
        "channel_not_found",
        "is_archived",
        "not_in_channel",
        "restricted_action",
        "user_not_in_channel",
    }
)
# What cannot be edited any more is said anew:
UNEDITABLE = frozenset(
    {"cant_update_message", "channel_not_found", "edit_window_closed", "message_not_found"}
)
# A window can be opened for three seconds, and once; after that the form is asked in the talk:
TOO_LATE = frozenset(
    {
        "exchanged_trigger_id",
        "expired_trigger_id",
        "invalid_trigger_id",
        "trigger_exchanged",
        "trigger_expired",
    }
)
# Asking again does no harm, so no answer is no doubt:
HARMLESS = frozenset(
    {
        "api.test",
        "apps.connections.open",
        "auth.test",
        "chat.update",
        "conversations.history",
        "conversations.open",
        "files.getUploadURLExternal",
        "files.info",
        "users.info",
        "users.list",
        "views.open",
        "views.publish",
    }
)
# Failures of aiohttp in which no whole request can have left this machine.
NEVER_LEFT = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.ClientConnectionResetError,
    aiohttp.InvalidURL,
    aiohttp.NonHttpUrlClientError,
)
# What the library makes of an answer that is not JSON, or not an object.
UNREADABLE = (AttributeError, TypeError, ValueError)
WORD = re.compile(r"[a-z0-9_]{1,60}")


class NotAsAsked(Exception):
    """Slack answered, and refused; `word` is its own for why."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


@contextmanager
def told_apart(method: str) -> Iterator[None]:
    """Let none of the library's errors out, nor their texts, which may quote a message.

    Raises NotAsAsked when Slack refused, and Unreachable or Uncertain when it did not answer.
    """
    try:
        yield
    except SlackApiError as error:
        failure: Exception = _refused(method, error)
    except NEVER_LEFT:
        failure = Unreachable("unreachable")
    except (aiohttp.ClientError, TimeoutError, OSError, SlackClientError, *UNREADABLE):
        failure = _silent(method)
    else:
        return
    raise failure


def failed(word: str) -> Failed:
    """Return what to do next about one of Slack's words."""
    if word in LATER:
        return Unreachable(word, is_only_here=word not in SLACKS_OWN)
    return Undeliverable(word, is_address_dead=word in DEAD)


def _refused(method: str, error: SlackApiError) -> Exception:
    status, headers, data = _answer(error)
    word = data.get("error") if isinstance(data, Mapping) else None
    if status == HTTPStatus.TOO_MANY_REQUESTS or word in {"ratelimited", "rate_limited"}:
        return Unreachable("ratelimited", retry_after=_pause(headers))
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Unreachable("unreachable")
    if isinstance(word, str) and WORD.fullmatch(word):
        return NotAsAsked(word)
    return _silent(method)


def _answer(error: SlackApiError) -> tuple[int, Mapping[str, str], Any]:
    """Return status, headers and data; where an answer was half a JSON, aiohttp's is attached."""
    response = error.response
    if isinstance(response, aiohttp.ClientResponse):
        return response.status, response.headers, None
    return response.status_code, response.headers, response.data


def _silent(method: str) -> Failed:
    return Unreachable("no_answer") if method in HARMLESS else Uncertain("no_answer")


def _pause(headers: Mapping[str, str]) -> timedelta | None:
    seconds = next((value for name, value in headers.items() if name.lower() == "retry-after"), "")
    return timedelta(seconds=int(seconds)) if re.fullmatch(r"\d{1,6}", seconds) else None
