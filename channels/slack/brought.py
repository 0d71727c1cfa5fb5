"""What people bring in Slack besides words: which kind of thing it is, and how it is fetched."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from channels.slack.failures import NotAsAsked, failed
from channels.slack.places import Place
from channels.slack.tokens import Tokens
from channels.slack.web_api import WebApi
from domain.errors import Undeliverable
from domain.messages import Brought, Thing

MOST_FILES = 10  # looked at of one message; nobody waits for more than one
NAME = 200  # characters kept of a file's name
SLACKS = "slack.com"  # whose pages, and those below it, are shown our token
THINGS: Mapping[str, Thing] = {
    "image": Thing.PHOTO,
    "audio": Thing.VOICE,
    "video": Thing.VIDEO,
}


def files(told: Any, team: str) -> tuple[Brought, ...]:
    """Return the files of a message, in their order; what is hidden from us is left out."""
    if not isinstance(told, Sequence) or isinstance(told, str):
        return ()
    shown = (one for one in told if isinstance(one, Mapping) and isinstance(one.get("id"), str))
    return tuple(_brought(one, team) for one in list(shown)[:MOST_FILES])


def thing(brought: Sequence[Brought]) -> Thing | None:
    """Return what kind of thing was brought, by the first."""
    if not brought:
        return None
    return THINGS.get(brought[0].media_type.partition("/")[0], Thing.FILE)


async def fetched(api: WebApi, tokens: Tokens, ref: str, *, most: int) -> bytes:
    """Return the bytes of a file; raise Unreachable, or Undeliverable when it is gone or bigger."""
    team, _, name = ref.partition(":")
    token = await tokens.token(Place.of_team(team).team)
    try:
        answer = await api.ask_form("files.info", token=token, file=name)
    except NotAsAsked as refused:
        raise failed(refused.word) from None
    file = answer.get("file")
    told: Mapping[str, Any] = file if isinstance(file, Mapping) else {}
    if _size(told) > most:
        raise Undeliverable("file_too_big")
    url = str(told.get("url_private_download") or told.get("url_private") or "")
    if not _is_slacks(url, api.base_url):
        raise Undeliverable("file_gone")
    return await api.download(url, token=token, most=most)


def _brought(told: Mapping[str, Any], team: str) -> Brought:
    return Brought(
        ref=f"{team}:{told['id']}",
        name=str(told.get("name") or "")[:NAME],
        media_type=str(told.get("mimetype") or "")[:NAME],
        size=_size(told),
    )


def _size(told: Mapping[str, Any]) -> int:
    size = told.get("size")
    return size if isinstance(size, int) else 0


def _is_slacks(url: str, base_url: str) -> bool:
    """Say whether a page may be shown our token: it is Slack's own, or of the API we were given."""
    page, ours = urlsplit(url), urlsplit(base_url)
    if (page.scheme, page.netloc) == (ours.scheme, ours.netloc):
        return True
    host = page.hostname or ""
    return page.scheme == "https" and (host == SLACKS or host.endswith(f".{SLACKS}"))
