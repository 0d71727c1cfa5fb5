"""What a mandatary does with a petition of theirs: files it, completes it, withdraws it."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus

from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from litestar.response import Redirect

from actions.meetings import today
from actions.moving_petitions import called, own
from actions.petitions import petitioning, receipts
from domain import printing
from domain.actors import Actor
from domain.files import Kept
from domain.forms import faults, kept
from domain.petitions import Petition
from domain.petitions.forms import FILE, SUPPLEMENT
from domain.petitions.receipt import page as receipt_page
from store.unit import Unit
from web import filling
from web.forms import LARGE, SMALL, form, form_with_file
from web.mistakes import Mistaken
from web.public.proved_contacts import WRONG
from web.rendering import Page, page
from web.site import Site
from web.visiting import AnyRequest, known_visit, see_other

PDF = "application/pdf"
ACTS: Mapping[str, tuple[Callable[[Unit, Actor, int], Awaitable[Petition]], str]] = {
    "file": (petitioning.file, "filed"),
    "end": (petitioning.withdraw, "withdrawn"),
}


def pages(site: Site) -> list[HTTPRouteHandler]:
    return [_receipt(site), *_supplement(site), *(_act(site, name) for name in ACTS)]


def _receipt(site: Site) -> HTTPRouteHandler:
    @get("/petitions/{ref:str}/receipt.pdf")
    async def receipt(ref: FromPath[str], request: AnyRequest) -> Response[bytes]:
        """Hand out the receipt to the mandatary or the staff; where none can be printed, none."""
        visited, _, _ = await known_visit(site, request)
        if not printing.can_print():
            raise Mistaken(HTTPStatus.NOT_FOUND)
        async with site.store.unit() as unit:  # `own` holds it meanwhile
            petition = await own(unit, visited.actor, (await called(unit, ref)).id)
            drawn = receipt_page(petition, visited.language, await receipts.stamp(unit, petition))
        made = await asyncio.to_thread(printing.printed, drawn)
        name = {"Content-Disposition": f'attachment; filename="{petition.ref}.pdf"'}
        return Response(
            made, media_type=PDF, headers={**name, "Cache-Control": "private, no-store"}
        )

    return receipt


def _act(site: Site, name: str) -> HTTPRouteHandler:
    done, told = ACTS[name]

    @post(f"/petitions/{{ref:str}}/{name}", request_max_body_size=SMALL)
    async def act(ref: FromPath[str], request: AnyRequest) -> Redirect:
        visited, _, _ = await known_visit(site, request)
        await form(visited)
        async with site.store.unit() as unit:
            petition = await done(unit, visited.actor, (await called(unit, ref)).id)
        return see_other(visited, f"/petitions/{petition.ref}?done={told}")

    return act


def _supplement(site: Site) -> list[HTTPRouteHandler]:
    @get("/petitions/{ref:str}/supplement")
    async def ask(ref: FromPath[str], request: AnyRequest) -> Page:
        visited, _, _ = await known_visit(site, request)
        async with site.store.unit() as unit:  # `own` holds it meanwhile
            petition = await own(unit, visited.actor, (await called(unit, ref)).id)
        sheet = filling.asked(visited, SUPPLEMENT)
        return page(visited, "public/petition_supplement.html", petition=petition, sheet=sheet)

    @post("/petitions/{ref:str}/supplement", request_max_body_size=LARGE)
    async def take(ref: FromPath[str], request: AnyRequest) -> Page | Redirect:
        visited, _, _ = await known_visit(site, request)
        said, file = await form_with_file(visited)
        day = today(site.clock, visited.commune)
        async with site.store.unit() as unit:
            petition = await own(unit, visited.actor, (await called(unit, ref)).id)
            given, wrong = await filling.filled_with_file(visited, unit, SUPPLEMENT, said, file)
            wrong = {**faults(SUPPLEMENT, given, visited.language, today=day), **wrong}
            if not wrong:
                kept_now = kept(SUPPLEMENT, given, day)
                paper = Kept.read(kept_now[FILE]) if kept_now.get(FILE) else None
                await petitioning.supplement(
                    unit, visited.actor, petition.id, kept_now["text"], paper
                )
        if not wrong:
            return see_other(visited, f"/petitions/{petition.ref}?done=added")
        sheet = filling.asked(visited, SUPPLEMENT, given, wrong)
        template = "public/petition_supplement.html"
        return page(visited, template, petition=petition, sheet=sheet, status=WRONG)

    return [ask, take]
