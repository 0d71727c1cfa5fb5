"""Signing a petition on a page: the form, the code, and the link that takes it back."""

from http import HTTPStatus

from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from litestar.response import Redirect

from actions.meetings import today
from actions.people.contacts import proved_contact
from actions.petitions import petitioning, signing, unsigning
from domain.actors import Actor
from domain.addresses import Channel
from domain.drafts import Draft
from domain.forms import faults, kept
from domain.petitions import Petition
from domain.petitions.signing import PETITION, SIGNATURE, Signer
from store.unit import Unit
from web import filling
from web.forms import SMALL, form
from web.public.looking import Look, looking
from web.public.petitions import seen, signable
from web.public.proved_contacts import HEARD, WRONG, Desk, Proved, kept_draft, spare
from web.rendering import Page, page
from web.site import Site
from web.visiting import AnyRequest, Visit, see_other, visit


def pages(site: Site) -> list[HTTPRouteHandler]:
    return [*_signing(site, Desk(site)), *_taking_back(site)]


def _signing(site: Site, desk: Desk) -> list[HTTPRouteHandler]:
    @get("/petitions/{ref:str}/sign")
    async def ask(ref: FromPath[str], request: AnyRequest) -> Page:
        async with looking(site, request) as look:
            found = await signable(look, ref)
            known = await _known(look.unit, look.visit)
        sheet = filling.asked(look.visit, SIGNATURE, known)
        return page(look.visit, "public/petition_sign.html", petition=found, sheet=sheet)

    @post("/petitions/{ref:str}/sign", request_max_body_size=SMALL)
    async def take(ref: FromPath[str], request: AnyRequest) -> Page | Redirect:
        visited = await visit(site, request)
        said = await form(visited)
        answers, day = filling.filled(SIGNATURE, said), today(site.clock, visited.commune)
        wrong = faults(SIGNATURE, answers, visited.language, today=day)
        async with site.store.unit() as unit:
            found = await signable(await Look.of(visited, unit), ref)
            if not wrong:
                given = {**kept(SIGNATURE, answers, day), PETITION: str(found.id)}
                await desk.take(unit, visited, SIGNATURE, given)
        if not wrong:
            return see_other(visited, f"/petitions/{found.ref}/sign/code")
        sheet = filling.asked(visited, SIGNATURE, answers, wrong)
        return page(visited, "public/petition_sign.html", petition=found, sheet=sheet, status=WRONG)

    return [ask, take, *_by_code(site, desk)]


def _by_code(site: Site, desk: Desk) -> list[HTTPRouteHandler]:
    @get("/petitions/{ref:str}/sign/code")
    async def ask_code(ref: FromPath[str], request: AnyRequest) -> Page | Redirect:
        async with looking(site, request) as look:
            found = await signable(look, ref)
            draft = await _draft(look.unit, look.visit, found)
            if draft is None:
                return see_other(look.visit, f"/petitions/{found.ref}/sign")
            return await desk.asked(look.unit, look.visit, draft, action=request.url.path)

    @post("/petitions/{ref:str}/sign/code", request_max_body_size=SMALL)
    async def try_code(ref: FromPath[str], request: AnyRequest) -> Page | Redirect:
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
            return see_other(visited, await _signed(unit, visited, found, proved))

    return [ask_code, try_code]


def _taking_back(site: Site) -> list[HTTPRouteHandler]:
    """Return the page a link opens, which changes nothing: scanners of mail open every link.

    Whether the link is good is found out when it is used.
    """

    @get("/petitions/{ref:str}/signature/{token:str}")
    async def ask(ref: FromPath[str], token: FromPath[str], request: AnyRequest) -> Page:
        async with looking(site, request) as look:
            found = await seen(look, ref)
        is_new = request.query_params.get("done") == "signed"
        template = "public/petition_signed.html"
        return page(look.visit, template, petition=found, token=token, is_new=is_new, is_over=False)

    @post("/petitions/{ref:str}/signature/{token:str}", request_max_body_size=SMALL)
    async def take_back(ref: FromPath[str], token: FromPath[str], request: AnyRequest) -> Page:
        visited = await visit(site, request)
        await form(visited)
        spare(site, visited)
        async with site.store.unit() as unit:
            found = await seen(await Look.of(visited, unit), ref)
            is_over = await unsigning.withdraw_by_token(unit, found, token)
        return page(
            visited,
            "public/petition_signed.html",
            petition=found,
            token="",
            is_new=False,
            is_over=is_over,
            status=HTTPStatus.OK if is_over else HTTPStatus.NOT_FOUND,
        )

    return [ask, take_back]


async def _signed(unit: Unit, visited: Visit, petition: Petition, proved: Proved) -> str:
    """Count a signature, and return the page that thanks, where it can be taken back."""
    signer = Signer.read(proved.draft.answers)
    actor = Actor.of(visited.person, Channel.INBOX)
    await signing.sign(unit, actor, petition.id, signer, proved.national_id)
    await unit.drafts.end(proved.draft.id)
    token = await unsigning.token(unit, petition, signer.contact)
    path = f"/petitions/{petition.ref}/signature/{token}"
    link = f"{visited.origin}{path}"
    await unsigning.thank(unit, petition, signer.contact, link, language=visited.language)
    if signer.wants_news:
        await _keep_posted(unit, visited, petition, signer)
    return f"{path}?done=signed"


async def _keep_posted(unit: Unit, visited: Visit, petition: Petition, signer: Signer) -> None:
    """Have who signed follow the petition: where they read us, else at the contact they proved."""
    person = visited.person or await petitioning.mandatary_at(
        unit, Actor.of(None), signer.contact, signer.name, language=visited.language
    )
    await petitioning.follow(unit, person, petition, is_wanted=True)


async def _draft(unit: Unit, visited: Visit, petition: Petition) -> Draft | None:
    """Return what this browser filled in of this petition's form, whole."""
    draft = await kept_draft(unit, visited, SIGNATURE)
    if draft is None or draft.answers.get(PETITION) != str(petition.id):
        return None
    return draft if SIGNATURE.first_open(draft.answers) is None else None


async def _known(unit: Unit, visited: Visit) -> dict[str, str]:
    if visited.person is None:
        return {}
    contact = await proved_contact(unit, visited.person)
    return {"name": visited.person.name, "contact": contact} if contact else {}
