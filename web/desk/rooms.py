"""The rooms of the desk, each with its pages."""

from litestar.handlers import HTTPRouteHandler

from web.desk import (
    adding,
    approvals,
    auditing,
    changing,
    channels,
    convening,
    debating,
    delegations,
    deliveries,
    importing,
    items,
    minutes,
    people,
    petitions,
    proofs,
    publications,
    reconvening,
    rewriting,
    rolls,
    session,
    sessions,
    settings,
    signatures,
    systems,
    today,
    tokens,
    traces,
    voices,
    webhooks,
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
    reconvening,
    rolls,
    debating,
    voices,
    minutes,
    approvals,
    delegations,
    publications,
    rewriting,
    people,
    importing,
    petitions,
    signatures,
    settings,
    systems,
    tokens,
    webhooks,
    deliveries,
    traces,
    channels,
    proofs,
    auditing,
)


def pages(site: Site) -> list[HTTPRouteHandler]:
    return [page for room in ROOMS for page in room.pages(site)]
