"""What is set up, at the desk: the commune and its law, bodies, holidays, channels, accounts."""

from collections.abc import Mapping
from datetime import date
from http import HTTPStatus
from typing import Any

from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from actions.duties import waiting
from actions.duties.shifting_deadlines import announce, line, take_back
from actions.keeping_holidays import calendar
from actions.meetings import today
from actions.people import recognising
from actions.people.founding import add_body, correct_body
from actions.petitions.settling import settle
from domain import law
from domain.addresses import PASSING, Channel
from domain.bodies import BodyKind, Role
from domain.errors import Refused
from domain.forms import YEARS
from domain.importing.body_drafts import Draft, described
from domain.phrasebook import LANGUAGES
from domain.publications import PublicationKind
from domain.rights import Act, may, require
from web.desk.refusals import AGAIN, told
from web.desk.visiting import desk_visit
from web.forms import SMALL, form
from web.mistakes import Mistaken
from web.rendering import Page, page
from web.site import Site
from web.visiting import AnyRequest, Visit, number, see_other

# What reaches people from outside; the console and a visit of a page are set up by nobody.
SET_UP = tuple(one for one in Channel if one not in PASSING | {Channel.CONSOLE, Channel.INBOX})
NOTHING: Mapping[str, str] = {}
DECISIONS = {"yes": recognising.confirm, "no": recognising.refuse}
DONE = frozenset({"body", "corrected", "matched", "added", "removed", "petitions"})
IN_CHARGE = (Role.PRESIDENT, Role.DIRECTOR_GENERAL, Role.COUNCIL_SECRETARIAT, Role.ADMIN)


def pages(site: Site) -> list[HTTPRouteHandler]:
    return [*_overview(site), *_bodies(site), _holidays(site), _matches(site), _petitions(site)]


def _overview(site: Site) -> list[HTTPRouteHandler]:
    @get("/desk/settings")
    async def settings(request: AnyRequest) -> Page:
        return await _shown(await _visit(site, request))

    return [settings]


def _bodies(site: Site) -> list[HTTPRouteHandler]:
    @post("/desk/settings/bodies", request_max_body_size=SMALL)
    async def add(request: AnyRequest) -> Response[Any]:
        found = await _visit(site, request)
        said = await form(found)
        try:
            async with site.store.unit() as unit:
                await add_body(unit, _described(said.get("key", ""), said), actor=found.actor)
        except Refused as refused:
            return await _shown(found, wrong=told(found, refused), typed=said)
        return see_other(found, "/desk/settings?done=body#bodies")

    @post("/desk/settings/bodies/{key:str}", request_max_body_size=SMALL)
    async def correct(key: FromPath[str], request: AnyRequest) -> Response[Any]:
        found = await _visit(site, request)
        said = await form(found)
        try:
            async with site.store.unit() as unit:
                await correct_body(unit, _described(key, said), actor=found.actor)
        except Refused as refused:
            return await _shown(found, wrong=told(found, refused), typed={"corrected": key, **said})
        return see_other(found, "/desk/settings?done=corrected#bodies")

    return [add, correct]


def _holidays(site: Site) -> HTTPRouteHandler:
    @post("/desk/settings/holidays", request_max_body_size=SMALL)
    async def change(request: AnyRequest) -> Response[Any]:
        """Add or strike a holiday; whoever is in charge hears which deadlines move, and so here."""
        found = await _visit(site, request)
        said = await form(found)
        is_gone = said.get("act") == "remove"
        try:
            day = _day(said.get("day", ""))
            async with site.store.unit() as unit:
                done = (
                    await take_back(unit, day, actor=found.actor, language=found.language)
                    if is_gone
                    else await announce(
                        unit, day, said.get("name", ""), actor=found.actor, language=found.language
                    )
                )
        except Refused as refused:
            return await _shown(found, wrong=told(found, refused), typed=said)
        moved = [line(one, found.language) for one in done.shifts]
        return await _shown(found, done="removed" if is_gone else "added", moved=moved)

    return change


def _matches(site: Site) -> HTTPRouteHandler:
    @post("/desk/settings/matches", request_max_body_size=SMALL)
    async def decide(request: AnyRequest) -> Response[Any]:
        """Say whether an account is whose it seems to be; its person is told."""
        found = await _visit(site, request)
        match_id, _, answer = (await form(found)).get("match", "").partition(":")
        if answer not in DECISIONS:
            raise Mistaken(HTTPStatus.BAD_REQUEST)
        async with site.store.unit() as unit:
            await DECISIONS[answer](unit, number(match_id), actor=found.actor)
        return see_other(found, "/desk/settings?done=matched#accounts")

    return decide


def _petitions(site: Site) -> HTTPRouteHandler:
    @post("/desk/settings/petitions", request_max_body_size=SMALL)
    async def settled(request: AnyRequest) -> Response[Any]:
        found = await _visit(site, request)
        said = await form(found)
        try:
            async with site.store.unit() as unit:
                await settle(
                    unit,
                    found.actor,
                    collecting_days=number(said.get("collecting_days", "").strip()),
                    id_authorisation=said.get("id_authorisation", ""),
                )
        except Refused as refused:
            return await _shown(found, wrong=told(found, refused), typed=said)
        return see_other(found, "/desk/settings?done=petitions#petitions")

    return settled


def _described(key: str, said: Mapping[str, str]) -> Draft:
    return described(
        key.strip(),
        kind_of=said.get("kind", ""),
        called={one: said.get(f"name_{one}") for one in LANGUAGES},
        stems_from=said.get("parent", ""),
        filled=said.get("seats", "").strip(),
    )


async def _visit(site: Site, request: AnyRequest) -> Visit:
    found, _ = await desk_visit(site, request)
    if not may(found.actor, Act.FOUND):
        require(found.actor, Act.EXPORT)
    return found


async def _shown(
    found: Visit,
    *,
    done: str = "",
    moved: list[str] | None = None,
    wrong: str = "",
    typed: Mapping[str, str] = NOTHING,
) -> Page:
    day = today(found.site.clock, found.commune)
    year = number(found.request.query_params.get("year", "")) or day.year
    year = year if year in YEARS else day.year
    async with found.site.store.reading() as unit:
        bodies = await unit.bodies.all()
        holidays = await calendar(unit, year, language=found.language)
        matches = await waiting.unmatched(unit, found.actor)
        held = {one.channel for one in await unit.steering.holds()}
    done = done or found.request.query_params.get("done", "")
    return page(
        found,
        "desk/settings.html",
        status=AGAIN if wrong else HTTPStatus.OK,
        bodies=bodies,
        kinds=list(BodyKind),
        languages=LANGUAGES,
        authorities=_authorities(found.commune.rule_pack),
        year=year,
        holidays=holidays,
        matches=matches,
        in_charge=IN_CHARGE,
        elsewhere=_elsewhere(found),
        channels=[(one, one in found.site.means.providers, one in held) for one in SET_UP],
        may_found=may(found.actor, Act.FOUND),
        done=done if done in DONE else "",
        moved=moved or [],
        wrong=wrong,
        typed=typed,
    )


def _elsewhere(found: Visit) -> list[tuple[str, str, bool | int | str]]:
    """Return what is set on the server alone: its phrase, the setting's name, and how it stands."""
    site = found.site
    return [
        ("trial", "BEFFROI_TRIAL", site.trial is not None),
        ("public_url", "BEFFROI_WEB_PUBLIC_URL", site.public_url),
        ("openid", "BEFFROI_OPENID_ISSUER", site.openid is not None),
        ("notices_over", "BEFFROI_APPROVAL_NOTICES_OVER", site.notices_over or ""),
        ("flows", "BEFFROI_APPROVAL_CHOOSE", ", ".join(_flows(found))),
    ]


def _flows(found: Visit) -> list[str]:
    """Return the keys of the flows that texts go through here, each once."""
    pack = found.commune.rule_pack
    return sorted({found.site.flows.for_kind(one, pack)[0] for one in PublicationKind})


def _authorities(pack: str) -> list[tuple[str, date]]:
    """Return the texts that the commune's law was read in, and when each was last checked."""
    rules = law.pack(pack).deadlines.values()
    found = {(one.reckoning.authority.source, one.reckoning.authority.verified_on) for one in rules}
    return sorted(found)


def _day(written: str) -> date:
    """Read a day, or raise Refused."""
    try:
        day = date.fromisoformat(written)
    except ValueError as error:
        raise Refused("form.no_date") from error
    if day.year not in YEARS:
        raise Refused("form.no_date")
    return day
