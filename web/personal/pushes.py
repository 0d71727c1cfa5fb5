"""The notifications of a person's own browser: asked for, ended, and where a click leads."""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from litestar.response import Redirect

from actions.people.subscribing_push import subscribe, unsubscribe
from web.forms import SMALL, form
from web.mistakes import Mistaken
from web.site import Site
from web.visiting import AnyRequest, known_visit, see_other


def pages(site: Site) -> list[HTTPRouteHandler]:
    @post("/push", request_max_body_size=SMALL, status_code=HTTPStatus.NO_CONTENT)
    async def begin(request: AnyRequest) -> None:
        found, person, _ = await known_visit(site, request)
        plain = _subscription(await form(found))
        if not site.push_key:
            raise Mistaken(HTTPStatus.NOT_FOUND)
        async with site.store.unit() as unit:
            await subscribe(unit, person.id, plain, actor=found.actor)

    @post("/push/end", request_max_body_size=SMALL, status_code=HTTPStatus.NO_CONTENT)
    async def end(request: AnyRequest) -> None:
        found, person, _ = await known_visit(site, request)
        plain = _subscription(await form(found))
        async with site.store.unit() as unit:
            await unsubscribe(unit, person.id, plain, actor=found.actor)

    @get("/inbox/about/{delivery_id:int}")
    async def about(delivery_id: FromPath[int], request: AnyRequest) -> Redirect:
        """Lead from what was told elsewhere to the letter that says it whole."""
        found, person, _ = await known_visit(site, request)
        async with site.store.reading() as unit:
            letter_id = await unit.letters.about(delivery_id, person_id=person.id)
        return see_other(found, f"/inbox/{letter_id}" if letter_id else "/inbox")

    return [begin, end, about]


def _subscription(said: Mapping[str, str]) -> Any:
    try:
        return json.loads(said.get("subscription", ""))
    except ValueError as error:
        raise Mistaken(HTTPStatus.BAD_REQUEST) from error
