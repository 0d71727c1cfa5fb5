"""Taking a signature back without the link: the contact it was given with is proved by a code."""

from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from litestar.response import Redirect

from actions.meetings import today
from actions.petitions import signing
from domain.drafts import Draft
from domain.forms import faults, kept
from domain.petitions import Petition
from domain.petitions.signing import PETITION, UNSIGNING
from store.unit import Unit
from web import filling
from web.forms import SMALL, form
from web.public.looking import Look, looking
from web.public.petitions import signable
from web.public.proved_contacts import CONTACT, HEARD, WRONG, Desk, Proved, kept_draft
from web.rendering import Page, page
from web.site import Site
from web.visiting import AnyRequest, Visit, see_other, visit


def pages(site: Site) -> list[HTTPRouteHandler]:
    desk = Desk(site, asks_id=False)
    return [*_asking(site, desk), *_by_code(site, desk)]


def _asking(site: Site, desk: Desk) -> list[HTTPRouteHandler]:
    @get("/petitions/{ref:str}/unsign")
    async def ask(ref: FromPath[str], request: AnyRequest) -> Page:
        async with looking(site, request) as look:
            found = await signable(look, ref)
        sheet = filling.asked(look.visit, UNSIGNING)
        return page(look.visit, "public/petition_unsign.html", petition=found, sheet=sheet)

    @post("/petitions/{ref:str}/unsign", request_max_body_size=SMALL)
    async def take(ref: FromPath[str], request: AnyRequest) -> Page | Redirect:
        visited = await visit(site, request)
        said = await form(visited)
        answers, day = filling.filled(UNSIGNING, said), today(site.clock, visited.commune)
        wrong = faults(UNSIGNING, answers, visited.language, today=day)
        async with site.store.unit() as unit:
            found = await signable(await Look.of(visited, unit), ref)
            if not wrong:
                given = {**kept(UNSIGNING, answers, day), PETITION: str(found.id)}
                await desk.take(unit, visited, UNSIGNING, given)
        if not wrong:
            return see_other(visited, f"/petitions/{found.ref}/unsign/code")
        sheet = filling.asked(visited, UNSIGNING, answers, wrong)
        template = "public/petition_unsign.html"
        return page(visited, template, petition=found, sheet=sheet, status=WRONG)

    return [ask, take]


def _by_code(site: Site, desk: Desk) -> list[HTTPRouteHandler]:
    @get("/petitions/{ref:str}/unsign/code")
    async def ask_code(ref: FromPath[str], request: AnyRequest) -> Page | Redirect:
        async with looking(site, request) as look:
            found = await signable(look, ref)
            draft = await _draft(look.unit, look.visit, found)
            if draft is None:
                return see_other(look.visit, f"/petitions/{found.ref}/unsign")
            return await desk.asked(look.unit, look.visit, draft, action=request.url.path)

    @post("/petitions/{ref:str}/unsign/code", request_max_body_size=SMALL)
    async def try_code(ref: FromPath[str], request: AnyRequest) -> Page | Redirect:
        """Take the signature back, and say the same whether there was one or not."""
        visited = await visit(site, request)
        said = await form(visited)
        async with site.store.unit() as unit:
            found = await signable(await Look.of(visited, unit), ref)
            draft = await _draft(unit, visited, found)
            if draft is None:
                return see_other(visited, f"/petitions/{found.ref}{HEARD}")
            proved = await desk.heard(unit, visited, draft, said, action=request.url.path)
            if not isinstance(proved, Proved):
                return proved
            await signing.withdraw(unit, found.id, draft.answers[CONTACT])
            await unit.drafts.end(draft.id)
        return see_other(visited, f"/petitions/{found.ref}?done=unsigned")

    return [ask_code, try_code]


async def _draft(unit: Unit, visited: Visit, petition: Petition) -> Draft | None:
    draft = await kept_draft(unit, visited, UNSIGNING)
    is_whole = draft is not None and UNSIGNING.first_open(draft.answers) is None
    is_its = draft is not None and draft.answers.get(PETITION) == str(petition.id)
    return draft if is_whole and is_its else None
