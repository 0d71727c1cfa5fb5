"""Presenting a petition on pages: the pre-check first, then its words, the code, and its number."""

from collections.abc import Mapping
from datetime import date
from http import HTTPStatus

from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from litestar.response import Redirect

from actions.meetings import today
from actions.people import signing_in
from actions.people.contacts import is_theirs, proved_contact
from actions.petitions import petitioning
from domain import law
from domain.actors import Actor
from domain.addresses import Channel
from domain.bodies import COUNCIL
from domain.drafts import Draft
from domain.files import Kept
from domain.forms import faults, kept
from domain.people import Person
from domain.petitions import Finding, Level, Petition, PetitionKind, prechecked
from domain.petitions.conditions import AGE, ICONS
from domain.petitions.forms import FILE, FILINGS, PRECHECKS, answers, read, written
from domain.petitions.reading import similar
from domain.petitions.states import RUNNING
from store.unit import Unit
from web import filling
from web.entering import device, signed_in
from web.forms import LARGE, SMALL, form, form_with_file
from web.mistakes import Mistaken
from web.public.looking import looking
from web.public.proved_contacts import HEARD, WRONG, Desk, Proved, held_by, kept_draft
from web.rendering import Page, page
from web.site import Site
from web.visiting import AnyRequest, Visit, see_other, visit

NEW = "/petitions/new"


def pages(site: Site) -> list[HTTPRouteHandler]:
    desk = Desk(site)
    return [*_checking(site), *_writing(site, desk), *_by_code(site, desk)]


def _checking(site: Site) -> list[HTTPRouteHandler]:
    @get(NEW)
    async def choose(request: AnyRequest) -> Page:
        async with looking(site, request) as look:
            commune = look.visit.commune
            return page(
                look.visit,
                "public/petition_new.html",
                wanted=await petitioning.wanted(look.unit, commune),
                years=law.pack(commune.rule_pack).rules[AGE].value,
                kinds=tuple(PetitionKind),
            )

    @get("/petitions/new/{kind:str}")
    async def ask(kind: FromPath[str], request: AnyRequest) -> Page:
        which = _kind(kind)
        async with looking(site, request) as look:
            await petitioning.check(look.unit, look.visit.actor, which)
            sheet = filling.asked(look.visit, PRECHECKS[which])
            return page(
                look.visit,
                "public/petition_check.html",
                sheet=sheet,
                kind=which,
                findings=(),
                icons=ICONS,
            )

    return [choose, ask, _checked(site)]


def _checked(site: Site) -> HTTPRouteHandler:
    @post("/petitions/new/{kind:str}", request_max_body_size=SMALL)
    async def check(kind: FromPath[str], request: AnyRequest) -> Page | Redirect:
        """Go on to the petition's words, or show what stops it, beside what was answered."""
        visited, which = await visit(site, request), _kind(kind)
        said, day = await form(visited), today(site.clock, visited.commune)
        given = filling.filled(PRECHECKS[which], said)
        wrong = faults(PRECHECKS[which], given, visited.language, today=day)
        found = () if wrong else _found(visited, which, given, day)
        if found and found[0].level is not Level.STOPS:
            async with site.store.unit() as unit:
                await _carry(unit, visited, which, kept(PRECHECKS[which], given, day))
            return see_other(visited, f"{NEW}/{which}/text")
        sheet = filling.asked(visited, PRECHECKS[which], given, wrong)
        return page(
            visited,
            "public/petition_check.html",
            sheet=sheet,
            kind=which,
            findings=found,
            icons=ICONS,
            status=WRONG,
        )

    return check


def _writing(site: Site, desk: Desk) -> list[HTTPRouteHandler]:
    @get("/petitions/new/{kind:str}/text")
    async def ask_text(kind: FromPath[str], request: AnyRequest) -> Page | Redirect:
        which = _kind(kind)
        async with looking(site, request) as look:
            draft = await kept_draft(look.unit, look.visit, FILINGS[which])
            if draft is None:
                return see_other(look.visit, f"{NEW}/{which}")
            return await _text(look.unit, look.visit, which, draft, draft.answers)

    @post("/petitions/new/{kind:str}/text", request_max_body_size=LARGE)
    async def take_text(kind: FromPath[str], request: AnyRequest) -> Page | Redirect:
        visited, which = await visit(site, request), _kind(kind)
        said, file = await form_with_file(visited)
        filing, day = FILINGS[which], today(site.clock, visited.commune)
        async with site.store.unit() as unit:
            draft = await kept_draft(unit, visited, filing)
            if draft is None:
                return see_other(visited, f"{NEW}/{which}")
            given, wrong = await filling.filled_with_file(visited, unit, filing, said, file)
            wrong = {**faults(filing, given, visited.language, today=day), **wrong}
            if wrong:
                return await _text(unit, visited, which, draft, given, wrong)
            known = {name: draft.answers.get(name, "") for name in filing.given}
            taken = await desk.take(unit, visited, filing, {**kept(filing, given, day), **known})
            if taken.answers.get(FILE):
                await unit.drafts.hold_file(taken.id, Kept.read(taken.answers[FILE]).sha256)
        return see_other(visited, f"{NEW}/{which}/code")

    return [ask_text, take_text]


def _by_code(site: Site, desk: Desk) -> list[HTTPRouteHandler]:
    @get("/petitions/new/{kind:str}/code")
    async def ask_code(kind: FromPath[str], request: AnyRequest) -> Page | Redirect:
        which = _kind(kind)
        async with looking(site, request) as look:
            draft = await _whole(look.unit, look.visit, which)
            if draft is None:
                return see_other(look.visit, f"{NEW}/{which}")
            return await desk.asked(look.unit, look.visit, draft, action=request.url.path)

    @post("/petitions/new/{kind:str}/code", request_max_body_size=SMALL)
    async def try_code(kind: FromPath[str], request: AnyRequest) -> Page | Redirect:
        visited, which = await visit(site, request), _kind(kind)
        said = await form(visited)
        async with site.store.unit() as unit:
            draft = await _whole(unit, visited, which)
            if draft is None:
                return see_other(visited, f"/petitions{HEARD}")
            proved = await desk.heard(unit, visited, draft, said, action=request.url.path)
            if not isinstance(proved, Proved):
                return proved
            person = await _mandatary(unit, visited, proved.draft.answers)
            petition = await _begun(unit, visited, which, person, proved)
            told = f"/petitions/{petition.ref}?done=begun_{petition.state}"
            if visited.person:
                return see_other(visited, told)
            token = await signing_in.sign_in(unit, person.id, device=device(request))
        return signed_in(site, token, told)

    return [ask_code, try_code]


def _kind(said: str) -> PetitionKind:
    if said not in set(PetitionKind):
        raise Mistaken(HTTPStatus.NOT_FOUND)
    return PetitionKind(said)


def _found(
    visited: Visit, kind: PetitionKind, given: Mapping[str, str], day: date
) -> tuple[Finding, ...]:
    return prechecked(visited.commune.rule_pack, answers(kind, given), today=day)


async def _carry(unit: Unit, visited: Visit, kind: PetitionKind, given: Mapping[str, str]) -> None:
    """Begin the petition's own form with what the pre-check has learnt."""
    person = visited.person
    contact = await proved_contact(unit, person) if person else ""
    known = {"name": person.name, "contact": contact} if person and contact else {}
    await unit.drafts.begin(
        held_by(visited)[0],
        FILINGS[kind].name,
        {"body": COUNCIL, "subject": given["subject"], "checks": written(given), **known},
    )


async def _text(
    unit: Unit,
    visited: Visit,
    kind: PetitionKind,
    draft: Draft,
    given: Mapping[str, str],
    wrong: Mapping[str, str] | None = None,
) -> Page:
    """Return the page that asks for the petition's words, under what the pre-check came to."""
    day = today(unit.clock, visited.commune)
    running = await unit.petitions.in_states(RUNNING)
    return page(
        visited,
        "public/petition_text.html",
        kind=kind,
        sheet=filling.asked(visited, FILINGS[kind], given, wrong),
        findings=_found(visited, kind, read(draft.answers.get("checks", "")), day),
        icons=ICONS,
        alike=similar(given.get("subject", ""), running),
        status=WRONG if wrong else HTTPStatus.OK,
    )


async def _whole(unit: Unit, visited: Visit, kind: PetitionKind) -> Draft | None:
    draft = await kept_draft(unit, visited, FILINGS[kind])
    return draft if draft and FILINGS[kind].first_open(draft.answers) is None else None


async def _mandatary(unit: Unit, visited: Visit, said: Mapping[str, str]) -> Person:
    """Return who petitions: who is signed in, where the contact was theirs; else who proved it."""
    if visited.person and await is_theirs(unit, visited.person, said["contact"]):
        return visited.person
    return await petitioning.mandatary_at(
        unit,
        Actor.of(visited.person),
        said["contact"],
        said["name"],
        language=visited.language,
    )


async def _begun(
    unit: Unit, visited: Visit, kind: PetitionKind, person: Person, proved: Proved
) -> Petition:
    asked = petitioning.Asked.read(kind, proved.draft.answers, language=visited.language)
    actor = Actor.of(person, Channel.INBOX)
    petition = await petitioning.begin(unit, actor, asked, proved.national_id)
    await unit.drafts.end(proved.draft.id)
    return petition
