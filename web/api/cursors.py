"""Lists a page at a time: where one page ends is where the next begins, whatever comes between."""

import base64
import binascii
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated, Generic, TypeVar

from litestar.params import QueryParameter
from msgspec import Meta, Struct

from store.inventory import Part
from web.api.problems import Fault, Mistaken

MOST = 100
USUAL = 50
LARGEST = 2**53  # of an id; what JSON carries without loss

Item = TypeVar("Item")
Shape = TypeVar("Shape")

CursorSaid = Annotated[
    str | None,
    QueryParameter(name="cursor", max_length=64, description="`next` of the page before."),
]
LimitSaid = Annotated[
    int, QueryParameter(name="limit", ge=1, le=MOST, description="How many at most.")
]
SinceSaid = Annotated[
    datetime | None,
    QueryParameter(
        name="modified_since",
        description="Only what changed then or later (RFC 3339, with an offset).",
    ),
]


class Page(Struct, Generic[Shape], frozen=True):
    """A part of a list."""

    items: list[Shape]
    next: Annotated[str | None, Meta(description="The cursor of the next page; null on the last.")]


def cursor(last_id: int) -> str:
    """Return the cursor of what comes after an id."""
    return base64.urlsafe_b64encode(f"1:{last_id}".encode()).decode().rstrip("=")


def after(said: str | None) -> int:
    """Return the id after which a page begins, 0 for the first; raise Mistaken for no cursor."""
    if said is None:
        return 0
    try:
        text = base64.b64decode(said + "=" * (-len(said) % 4), altchars=b"-_", validate=True)
        version, _, number = text.decode("ascii").partition(":")
    except (binascii.Error, ValueError) as error:
        raise _no_cursor() from error
    if version != "1" or not number.isdecimal() or int(number) > LARGEST:
        raise _no_cursor()
    return int(number)


def instant(said: datetime | None) -> datetime | None:
    """Return an instant that was asked for; raise Mistaken where there is no telling which."""
    if said is None:
        return None
    if said.tzinfo is None:
        raise _no_instant("an offset is missing, such as Z")
    try:
        return said.astimezone(UTC)
    except OverflowError as error:
        raise _no_instant("no calendar goes so far") from error


def part(said: str | None, limit: int, since: datetime | None = None) -> Part:
    """Return the part of a list that was asked for, and one more, which tells if there is more."""
    return Part(after(said), limit + 1, instant(since))


def page(
    found: Sequence[Item], limit: int, id_of: Callable[[Item], int], shape: Callable[[Item], Shape]
) -> Page[Shape]:
    """Return a page of what was found, which is one more than fits where there is a next page."""
    shown = found[:limit]
    is_last = len(found) <= limit
    return Page([shape(one) for one in shown], None if is_last else cursor(id_of(shown[-1])))


def _no_cursor() -> Mistaken:
    fault = Fault("cursor", "it is not the `next` of a page")
    return Mistaken(HTTPStatus.BAD_REQUEST, faults=(fault,))


def _no_instant(what: str) -> Mistaken:
    return Mistaken(HTTPStatus.BAD_REQUEST, faults=(Fault("modified_since", what),))
