"""The rooms of the desk, each with its pages."""

from litestar.handlers import HTTPRouteHandler

from web.desk import (
    adding,
    changing,
    convening,
    debating,
    importing,
    items,
    people,
    petitions,
    rolls,
    session,
    sessions,
    signatures,
    today,
)
from web.site import Site

ROOMS = (
    today,
    sessions,
    session,
    items,
    adding,
    convening,
    changing,
    rolls,
    debating,
    people,
    importing,
    petitions,
    signatures,
)


def pages(site: Site) -> list[HTTPRouteHandler]:
    return [page for room in ROOMS for page in room.pages(site)]
