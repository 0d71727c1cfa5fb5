"""What was filled in on a page of ours, and nowhere else."""

import hmac
from collections.abc import Mapping
from contextlib import suppress
from http import HTTPStatus
from urllib.parse import parse_qsl

from litestar.datastructures import UploadFile

from domain.addresses import Channel
from domain.carrying import carried
from domain.files import MOST_BYTES, Carried
from domain.forms import Fault
from store.unit import Unit
from web.mistakes import Mistaken, Stale
from web.visiting import Visit, brought

SMALL = 64 * 1024  # bytes: the longest thing one may say, in any script
LARGE = 2 * MOST_BYTES  # bytes: a file that is somewhat too big is refused beside its question
URL_ENCODED = "application/x-www-form-urlencoded"
WITH_FILES = "multipart/form-data"
SAME = "same-origin"
OURS = frozenset({SAME, "none"})  # Sec-Fetch-Site of what no other site has sent
NONCE_LENGTH = 16
MOST_OF_ANY = 1_000  # of the longest: a roll of everybody, with what each of them said
MOST_FIELDS = 500  # a table of preferences has one for each of its cells


async def form(visited: Visit, *, most: int = MOST_FIELDS) -> dict[str, str]:
    """Return what was filled in, if the form is one of ours; raise Mistaken when it is not.

    `most`: how many fields it may have.
    """
    said = await _fields(visited, most)
    _check_seal(visited, said)
    return said


async def _fields(visited: Visit, most: int) -> dict[str, str]:
    request = visited.request
    if request.content_type[0] != URL_ENCODED:
        raise Mistaken(HTTPStatus.BAD_REQUEST)
    try:
        body = (await request.body()).decode()
        return dict(parse_qsl(body, keep_blank_values=True, max_num_fields=most))
    except ValueError as error:
        raise Mistaken(HTTPStatus.BAD_REQUEST) from error


async def form_with_file(visited: Visit) -> tuple[dict[str, str], Carried | Fault | None]:
    """Return what was filled in, and the one file that came with it, or why it is not taken.

    None where no file was chosen. A page that calls this takes a body of at most LARGE.
    """
    said, file = await _parts(visited)
    _check_seal(visited, said)
    return said, carried(file.filename, await file.read()) if file else None


async def form_with_table(visited: Visit) -> tuple[dict[str, str], bytes]:
    """Return what was filled in, and the bytes of the one table that came with it, if any did.

    Whether it is a table says who reads it. A page that calls this takes a body of at most LARGE.
    """
    said, file = await _parts(visited)
    _check_seal(visited, said)
    return said, await file.read() if file else b""


async def _parts(visited: Visit) -> tuple[dict[str, str], UploadFile | None]:
    request = visited.request
    if request.content_type[0] != WITH_FILES:
        raise Mistaken(HTTPStatus.BAD_REQUEST)
    parts = list((await request.form()).multi_items())
    if len(parts) > MOST_FIELDS:
        raise Mistaken(HTTPStatus.BAD_REQUEST)
    said = {name: part for name, part in parts if isinstance(part, str)}
    return said, next((part for _, part in parts if isinstance(part, UploadFile)), None)


async def any_form(visited: Visit) -> dict[str, str]:
    """Return what was filled in on any form of ours, without its files.

    A stale one is ours as well: it is only shown again.
    """
    if visited.request.content_type[0] == WITH_FILES:
        said, _ = await _parts(visited)
    else:
        said = await _fields(visited, MOST_OF_ANY)
    with suppress(Stale):
        _check_seal(visited, said)
    return said


async def is_new(unit: Unit, visited: Visit, said: Mapping[str, str]) -> bool:
    """Say whether a form, as it was shown, is sent for the first time; a second has no effect."""
    nonce = said.get("nonce", "")[:NONCE_LENGTH]
    return not nonce or await unit.updates.note(Channel.INBOX, f"form:{visited.place}:{nonce}")


def is_sealed(visited: Visit, said: Mapping[str, str]) -> bool:
    """Say whether a form was made for this browser and its session."""
    return hmac.compare_digest(said.get("seal", "").encode(), visited.seal.encode())


def _check_seal(visited: Visit, said: Mapping[str, str]) -> None:
    """Raise Mistaken for a form that is none of ours, and Stale for one made before a sign-in."""
    sent_from = visited.request.headers.get("sec-fetch-site", "none")
    if sent_from in OURS and is_sealed(visited, said):
        return
    has_cookies = bool(brought(visited.site, visited.request, "browser"))
    raise Stale if sent_from == SAME and has_cookies else Mistaken(HTTPStatus.FORBIDDEN)
