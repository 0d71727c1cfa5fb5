"""Petitions at the desk: what waits, the overdue first, and all that is done with one."""

from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import Any

from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from actions.moving_petitions import body_of, called
from actions.petitions import reviewing
from actions.petitions.answering import Answer, propose, proposed
from actions.petitions.queuing import Queued, bodies_of, queue
from domain.actors import Actor
from domain.errors import Refused
from domain.messages import Attachment
from domain.petitions import REFUSALS, Petition, PetitionState
from domain.petitions.states import SIGNABLE, WORK
from domain.petitions.told import detail
from domain.publications import PublicationKind
from domain.rights import Act, may
from store.unit import Unit
from web.desk.refusals import AGAIN, mark, refuse_stale, told
from web.desk.visiting import desk_visit
from web.forms import SMALL, form
from web.mistakes import Mistaken
from web.papers import handed_over
from web.rendering import Page, page
from web.site import Site
from web.visiting import AnyRequest, Visit, number, see_other

RIGHTS = (Act.REVIEW_PETITIONS, Act.DECIDE_PETITIONS)
ANSWER = "answer"
ON_A_PAGE = 25
WAITING = "waiting"  # for whoever looks: the queue
S = PetitionState
DRAWERS: Mapping[str, frozenset[PetitionState]] = {
    WAITING: frozenset(),
    "signing": SIGNABLE,
    "followed": frozenset({S.LISTED, S.IN_COMMISSION, S.DEBATED, S.FOLLOWED_UP}),
    "over": frozenset({S.INADMISSIBLE, S.CLOSED, S.WITHDRAWN, S.EXPIRED, S.BLOCKED}),
}
Said = Mapping[str, str]
Do = Callable[[Unit, Visit, Petition, Said], Awaitable[object]]


def pages(site: Site) -> list[HTTPRouteHandler]:
    return [_list(site), *_petition(site), _paper(site)]


def _list(site: Site) -> HTTPRouteHandler:
    @get("/desk/petitions")
    async def queued(request: AnyRequest) -> Page:
        found, _ = await desk_visit(site, request, *RIGHTS)
        drawer = request.query_params.get("show", "")
        drawer = drawer if drawer in DRAWERS else WAITING
        offset = number(request.query_params.get("offset", ""))
        async with site.store.reading() as unit:
            if drawer == WAITING:
                petitions = (await queue(unit, found.actor))[offset:]
            else:
                states = DRAWERS[drawer]
                held = await unit.petitions.in_states(
                    states,
                    of=await bodies_of(unit, found.actor),
                    most=ON_A_PAGE + 1,
                    offset=offset,
                )
                petitions = [Queued(one) for one in held]
            shown = petitions[:ON_A_PAGE]
            counts = await unit.signatures.counts([one.petition.id for one in shown])
        here = f"/desk/petitions?show={drawer}&offset="
        return page(
            found,
            "desk/petitions.html",
            drawer=drawer,
            drawers=list(DRAWERS),
            petitions=shown,
            counts=counts,
            newer=f"{here}{max(0, offset - ON_A_PAGE)}" if offset else None,
            older=f"{here}{offset + ON_A_PAGE}" if len(petitions) > ON_A_PAGE else None,
        )

    return queued


def _petition(site: Site) -> list[HTTPRouteHandler]:
    @get("/desk/petitions/{ref:str}")
    async def one(ref: FromPath[str], request: AnyRequest) -> Page:
        found, _ = await desk_visit(site, request, *RIGHTS)
        return await _shown(found, ref)

    @post("/desk/petitions/{ref:str}", request_max_body_size=SMALL)
    async def change(ref: FromPath[str], request: AnyRequest) -> Response[Any]:
        """Do one thing with a petition, unless it stands elsewhere than was shown."""
        found, _ = await desk_visit(site, request, *RIGHTS)
        said = await form(found)
        act = said.get("act", "")
        if act not in ACTS:
            raise Mistaken(HTTPStatus.BAD_REQUEST)
        try:
            async with site.store.unit() as unit:
                petition = await called(unit, ref)
                refuse_stale(said.get("mark", ""), mark(petition.state, petition.corrections))
                await ACTS[act](unit, found, petition, said)
        except Refused as refused:
            return await _shown(found, ref, wrong=told(found, refused), typed=said)
        return see_other(found, f"/desk/petitions/{ref}?done={act}")

    return [one, change]


def _paper(site: Site) -> HTTPRouteHandler:
    @get("/desk/petitions/{ref:str}/papers/{sha256:str}")
    async def paper(
        ref: FromPath[str], sha256: FromPath[str], request: AnyRequest
    ) -> Response[bytes]:
        """Hand over a paper that a petition came with to whoever reads or answers it."""
        found, _ = await desk_visit(site, request, *RIGHTS)
        async with site.store.reading() as unit:
            papers = await unit.petitions.papers((await _theirs(unit, found, ref)).id)
            kept = next((one for one in papers if one.sha256 == sha256), None)
            if kept is None:
                raise Mistaken(HTTPStatus.NOT_FOUND)
            content = await unit.documents.content(sha256)
        return handed_over(Attachment(kept.name, kept.media_type, sha256, kept.size), content)

    return paper


async def known(unit: Unit, ref: str) -> Petition:
    petition = await unit.petitions.called(ref)
    if petition is None:
        raise Mistaken(HTTPStatus.NOT_FOUND)
    return petition


async def _theirs(unit: Unit, found: Visit, ref: str) -> Petition:
    """Return a petition that they review or decide of; another's is as if it were not there."""
    petition = await known(unit, ref)
    if petition.body_key not in await bodies_of(unit, found.actor):
        raise Mistaken(HTTPStatus.NOT_FOUND)
    return petition


async def _shown(found: Visit, ref: str, *, wrong: str = "", typed: Said | None = None) -> Page:
    async with found.site.store.reading() as unit:
        petition = await _theirs(unit, found, ref)
        body = await body_of(unit, petition)
        answer = await proposed(unit, petition.id)
        count = await unit.signatures.count(petition.id)
        papers = await unit.petitions.papers(petition.id)
    may_review = may(found.actor, Act.REVIEW_PETITIONS)
    may_answer = may_review or may(found.actor, Act.DECIDE_PETITIONS, body)
    is_at_bureau = petition.state is PetitionState.AT_BUREAU
    done = found.request.query_params.get("done", "")
    return page(
        found,
        "desk/petition.html",
        status=AGAIN if wrong else HTTPStatus.OK,
        petition=petition,
        detail=detail(petition, found.language),
        body=body,
        count=count,
        papers=papers,
        work=WORK.get(petition.state, ()) if may_review else (),
        is_answerable=is_at_bureau and may_answer and answer is None,
        waiting=answer,
        codes=REFUSALS,
        may_review=may_review,
        mark=mark(petition.state, petition.corrections),
        done=done if done in ACTS else "",
        wrong=wrong,
        typed=typed or {},
    )


def _at_once(do: Callable[[Unit, Actor, int], Awaitable[Petition]]) -> Do:
    async def act(unit: Unit, found: Visit, petition: Petition, _: Said) -> object:
        return await do(unit, found.actor, petition.id)

    return act


def _with(field: str, do: Callable[[Unit, Actor, int, str], Awaitable[Petition]]) -> Do:
    async def act(unit: Unit, found: Visit, petition: Petition, said: Said) -> object:
        return await do(unit, found.actor, petition.id, said.get(field, ""))

    return act


async def _answer(unit: Unit, found: Visit, petition: Petition, said: Said) -> object:
    """Put the bureau's answer before those who must agree to it."""
    is_refused = said.get("answer") == "refuse"
    answer = Answer(said.get("code", "") or "-", said.get("words", "")) if is_refused else Answer()
    flow = found.site.flows.for_kind(PublicationKind.PETITION_ANSWER, found.commune.rule_pack)
    return await propose(unit, found.actor, petition.id, answer, flow)


ACTS: Mapping[str, Do] = {
    "release": _at_once(reviewing.release),
    "hold": _at_once(reviewing.hold),
    "pass": _at_once(reviewing.pass_on),
    "close": _at_once(reviewing.close),
    "block": _with("code", reviewing.block),
    "lacks": _with("words", reviewing.ask_for_more),
    "news": _with("words", reviewing.follow_up),
    ANSWER: _answer,
}
