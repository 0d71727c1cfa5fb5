"""Lending one's right to decide from the desk, for some days, and taking it back."""

from collections.abc import Mapping
from datetime import date
from http import HTTPStatus
from typing import Any

from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler

from actions.meetings import today
from actions.texts import delegating
from domain import forms
from domain.approval_forms import DELEGATION
from domain.errors import Refused
from store.unit import Unit
from web.desk.refusals import AGAIN, told
from web.desk.visiting import desk_visit
from web.filling import asked, filled
from web.forms import SMALL, form, is_new
from web.rendering import page
from web.site import Site
from web.visiting import AnyRequest, Visit, number, see_other

HERE = "/desk/delegations"
DONE = ("delegated", "delegation_ended")


def pages(site: Site) -> list[HTTPRouteHandler]:
    @get(HERE)
    async def shown(request: AnyRequest) -> Response[Any]:
        found, _ = await desk_visit(site, request)
        return await _shown(found, done=request.query_params.get("done", ""))

    @post(HERE, request_max_body_size=SMALL)
    async def lend(request: AnyRequest) -> Response[Any]:
        found, _ = await desk_visit(site, request)
        said = await form(found)
        answers = filled(DELEGATION, said)
        day = today(site.clock, found.commune)
        if faults := forms.faults(DELEGATION, answers, found.language, today=day):
            return await _shown(found, answers=answers, faults=faults)
        try:
            async with site.store.unit() as unit:
                if await is_new(unit, found, said):
                    await _lend(unit, found, forms.kept(DELEGATION, answers, day))
        except Refused as refused:
            return await _shown(found, answers=answers, faults={"deputy": told(found, refused)})
        return see_other(found, f"{HERE}?done={DONE[0]}")

    @post(f"{HERE}/end", request_max_body_size=SMALL)
    async def end(request: AnyRequest) -> Response[Any]:
        found, _ = await desk_visit(site, request)
        said = await form(found)
        try:
            async with site.store.unit() as unit:
                await delegating.end(unit, found.actor, number(said.get("delegation", "")))
        except Refused as refused:
            return await _shown(found, wrong=told(found, refused))
        return see_other(found, f"{HERE}?done={DONE[1]}")

    return [shown, lend, end]


async def _lend(unit: Unit, found: Visit, kept: Mapping[str, str]) -> None:
    named = await unit.people.named(kept["deputy"])
    if len(named) != 1:
        raise Refused("approval.unknown_deputy")
    first, last = (date.fromisoformat(kept[one]) for one in ("starts", "ends"))
    await delegating.delegate_days(unit, found.actor, named[0], first=first, last=last)


async def _shown(
    found: Visit,
    *,
    done: str = "",
    wrong: str = "",
    answers: Mapping[str, str] | None = None,
    faults: Mapping[str, str] | None = None,
) -> Response[Any]:
    async with found.site.store.reading() as unit:
        lent = await delegating.lent(unit, found.actor)
    return page(
        found,
        "desk/delegations.html",
        status=AGAIN if wrong or faults else HTTPStatus.OK,
        lent=lent,
        sheet=asked(found, DELEGATION, answers, faults),
        done=done if done in DONE else "",
        wrong=wrong,
    )
