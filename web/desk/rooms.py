"""The rooms of the desk, each with its pages."""

from litestar.handlers import HTTPRouteHandler

from web.desk import (
    adding,
    approvals,
    changing,
    convening,
    debating,
    delegations,
    importing,
    items,
    minutes,
    people,
    petitions,
    publications,
    rolls,
    session,
    sessions,
    settings,
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
    minutes,
    approvals,
    delegations,
    publications,
    people,
    importing,
    petitions,
    signatures,
    settings,
)


def pages(site: Site) -> list[HTTPRouteHandler]:
    return [page for room in ROOMS for page in room.pages(site)]
