"""The description of the API (OpenAPI 3.1), and the same as a page that runs nothing."""

import json
import re
from collections.abc import Sequence
from functools import cache
from http import HTTPStatus
from itertools import groupby
from typing import Any

from litestar import Litestar, MediaType, Response, get
from litestar.handlers import HTTPRouteHandler
from litestar.openapi import OpenAPIConfig
from litestar.openapi.spec import Components, SecurityScheme, Server
from markupsafe import Markup, escape

from domain.phrasebook import phrasebook
from domain.tokens import Scope
from web.api.bearers import SECURITY, AnyRequest
from web.api.examples import EXAMPLES
from web.api.problems import WHEN
from web.conditional import PACKED
from web.rendering import Page, answer, written
from web.site import Site
from web.visiting import origin, spoken

VERSION = "1.0"
ABOUT = (
    "What other systems may ask of the council’s notifier, and have it do. A token comes from the "
    "desk (Other systems) or from `beffroi token make`; its scopes and its owner’s rights say what "
    "it opens."
)
RATES = {
    name: {"description": description, "schema": {"type": "string"}}
    for name, description in (
        ("RateLimit-Policy", "How many calls a token has, and in how many seconds."),
        ("RateLimit", "How many are left, and when there is one more."),
    )
}
TICKED = re.compile(r"`([^`]+)`")
PAGES = re.compile(r"Page_[\w.]+\.(\w+?)(?:Shown)?_\b")
SHOWN = re.compile(r"\b(\w+)Shown\b")
SECTIONS = ("Token", "Notices", "Council", "Papers", "People", "Subscriptions", "Webhooks")
DOCUMENT = "application/vnd.oai.openapi+json;version=3.1"


def pages(site: Site, path: str, routes: Sequence[HTTPRouteHandler]) -> list[HTTPRouteHandler]:
    """Return the description of some routes, which is made when it is first asked for.

    It is in English, whatever language the page around it speaks.
    """

    @cache
    def described() -> dict[str, Any]:
        return description(path, routes)

    @cache
    def in_(language: str, here: str) -> str:
        return written(
            "api/reference.html",
            language,
            commune=None,
            visit=None,
            api=described(),
            calls=_by_tag(described()),
            here=here,
            scopes={one.value: _means(one) for one in Scope},
            notice=_sent("NewNotice"),
            sent=_sent,
            problems=WHEN,
            kind=kind,
            ticked=ticked,
        )

    @get("/", media_type=MediaType.HTML, middleware=[PACKED])
    async def page(request: AnyRequest) -> Page:
        return answer(in_(spoken(site, request), origin(site, request) + path))

    @get("/openapi.json", media_type=DOCUMENT, middleware=[PACKED])
    async def document() -> Response[dict[str, Any]]:
        return Response(described(), media_type=DOCUMENT)

    return [page, document]


def description(path: str, routes: Sequence[HTTPRouteHandler]) -> dict[str, Any]:
    token = SecurityScheme(type="http", scheme="bearer", description="A token, as bft_….")
    config = OpenAPIConfig(
        title="Beffroi",
        version=VERSION,
        description=ABOUT,
        servers=[Server(url=path)],
        components=Components(security_schemes={SECURITY: token}),
        use_handler_docstrings=True,
        operation_id_creator=lambda handler, _method, _path: handler.handler_name,
    )
    told = Litestar(route_handlers=list(routes), openapi_config=config, logging_config=None)
    described = _renamed(told.openapi_schema.to_schema())
    for operations in described["paths"].values():
        for operation in operations.values():
            _complete(operation)
    return described


def _complete(operation: dict[str, Any]) -> None:
    """Add what every answer has, and what may be sent."""
    for status, answered in operation["responses"].items():
        answered["headers"] = {**answered.get("headers", {}), **RATES}
        plain = HTTPStatus(int(status))
        if answered["description"] == plain.description:
            answered["description"] = f"{plain.phrase}."
    for body in operation.get("requestBody", {}).get("content", {}).values():
        body["example"] = EXAMPLES[kind(body["schema"])]


def _by_tag(described: dict[str, Any]) -> dict[str, list[tuple[str, str, dict[str, Any]]]]:
    """Return the calls as (method, path, what is said of it), by what they are about."""
    calls = [
        (method.upper(), path, operation)
        for path, operations in described["paths"].items()
        for method, operation in operations.items()
    ]
    calls.sort(key=lambda call: SECTIONS.index(call[2]["tags"][0]))
    return {tag: list(of) for tag, of in groupby(calls, key=lambda call: call[2]["tags"][0])}


def _means(scope: Scope) -> str:
    return phrasebook().say(f"desk_systems.scope_{scope.name.lower()}", "en")


def _sent(shape: str) -> str:
    return json.dumps(EXAMPLES[shape], ensure_ascii=False, indent=2)


def ticked(text: str) -> Markup:
    """Return a text with what stands between backticks as code."""
    return Markup(TICKED.sub(r"<code>\1</code>", str(escape(text))))  # noqa: S704 - it was escaped


def _renamed(described: dict[str, Any]) -> dict[str, Any]:
    """Return the description with its shapes called as people call them, not as our classes."""
    text = PAGES.sub(r"PageOf\1", json.dumps(described, ensure_ascii=False))
    renamed: dict[str, Any] = json.loads(SHOWN.sub(r"\1", text))
    return renamed


def kind(schema: dict[str, Any]) -> str:
    """Return what a schema takes, as far as a line says it."""
    match schema:
        case {"$ref": str(ref)}:
            said = ref.rpartition("/")[2]
        case {"oneOf": list(several)}:
            said = " or ".join(kind(one) for one in several)
        case {"enum": list(words)}:
            said = ", ".join(str(word) for word in words)
        case {"type": "array"}:
            said = f"list of {kind(schema.get('items', {}))}"
        case _:
            form = f" ({schema['format']})" if "format" in schema else ""
            said = f"{schema.get('type', 'anything')}{form}"
    return said
