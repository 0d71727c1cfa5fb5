"""What was filled in on a page of ours, and nowhere else."""

import hmac
from http import HTTPStatus
from urllib.parse import parse_qsl

from web.mistakes import Mistaken
from web.visiting import Visit

SMALL = 64 * 1024  # bytes: the longest thing one may say, in any script
URL_ENCODED = "application/x-www-form-urlencoded"
OURS = frozenset({"same-origin", "none"})  # Sec-Fetch-Site of what no other site has sent
MOST_FIELDS = 20


async def form(visited: Visit) -> dict[str, str]:
    """Return what was filled in, if the form is one of ours; raise Mistaken when it is not."""
    request = visited.request
    if request.content_type[0] != URL_ENCODED:
        raise Mistaken(HTTPStatus.BAD_REQUEST)
    try:
        body = (await request.body()).decode()
        said = dict(parse_qsl(body, keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError as error:
        raise Mistaken(HTTPStatus.BAD_REQUEST) from error
    is_sealed = hmac.compare_digest(said.get("seal", "").encode(), visited.seal.encode())
    if not is_sealed or request.headers.get("sec-fetch-site", "none") not in OURS:
        raise Mistaken(HTTPStatus.FORBIDDEN)
    return said
