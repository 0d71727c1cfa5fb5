"""Texts that wait for a word, at the desk: read whole, compared, agreed to, or sent back."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Any

from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from actions import approving, publishing
from actions.notices.rehearsing import Foretold
from actions.texts import reading, submitting
from actions.texts.manuscripts import Manuscript, name_of, place_of
from domain.approvals import ApprovalState, Verdict
from domain.clock import wall_time
from domain.errors import Refused
from domain.phrasebook import LANGUAGES
from domain.publications import AS_RECORDED, TOLD, changed, in_order
from domain.rights import Act, may
from store.publications import ALIVE
from store.unit import Unit
from web.desk.drafting import reckoned
from web.desk.refusals import AGAIN, told
from web.desk.visiting import desk_visit
from web.forms import SMALL, form
from web.mistakes import Mistaken
from web.rendering import page
from web.site import Site
from web.visiting import AnyRequest, Visit, number, see_other

HERE = "/desk/approvals"
ON_A_PAGE = 25
DRAWERS = ("mine", "own", "all", "over")


def pages(site: Site) -> list[HTTPRouteHandler]:
    @get(HERE)
    async def listed(request: AnyRequest) -> Response[Any]:
        found, _ = await desk_visit(site, request)
        drawer = request.query_params.get("show", "")
        drawer = drawer if drawer in DRAWERS else DRAWERS[0]
        offset = number(request.query_params.get("offset", ""))
        async with site.store.reading() as unit:
            texts = await _texts(unit, found, drawer, offset)
        here = f"{HERE}?show={drawer}&offset="
        return page(
            found,
            "desk/approvals.html",
            drawer=drawer,
            drawers=DRAWERS,
            texts=texts[:ON_A_PAGE],
            newer=f"{here}{max(0, offset - ON_A_PAGE)}" if offset else None,
            older=f"{here}{offset + ON_A_PAGE}" if len(texts) > ON_A_PAGE else None,
        )

    @get(f"{HERE}/{{text:int}}")
    async def shown(text: FromPath[int], request: AnyRequest) -> Response[Any]:
        found, _ = await desk_visit(site, request)
        return await _shown(found, text, done=request.query_params.get("done", ""))

    @post(f"{HERE}/{{text:int}}", request_max_body_size=SMALL)
    async def act(text: FromPath[int], request: AnyRequest) -> Response[Any]:
        """Do what was pressed, on the very text that was shown; or show how it stands by now."""
        found, _ = await desk_visit(site, request)
        said = await form(found)
        what = said.get("act", "")
        if what not in ACTS:
            raise Mistaken(HTTPStatus.BAD_REQUEST)
        try:
            async with site.store.unit() as unit:
                await reading.visible(unit, found.actor, text)
                await ACTS[what](unit, found, text, said)
        except Refused as refused:
            return await _shown(found, text, wrong=told(found, refused), typed=said)
        return see_other(found, f"{HERE}/{text}?done={what}")

    return [listed, shown, act]


async def _texts(unit: Unit, found: Visit, drawer: str, offset: int) -> list[Any]:
    if drawer == "mine":
        waiting = await approving.waiting_for(unit, found.actor)
        return [(held.publication, held.texts, _due(found, held)) for held in waiting][offset:]
    states = frozenset(ApprovalState) - ALIVE if drawer == "over" else ALIVE
    own = found.person.id if found.person and drawer == "own" else None
    keys = [one.key for one in await unit.bodies.all() if may(found.actor, Act.WRITE, one)]
    texts = await unit.publications.titled(
        states, body_keys=keys, author_id=own, most=ON_A_PAGE + 1, offset=offset
    )
    return [(publication, said, None) for publication, said in texts]


def _due(found: Visit, held: Manuscript) -> datetime | None:
    """Return the wall time before which the next of a text's steps is to be decided."""
    due = min((one.due_at for one in held.standing.open), default=None)
    return wall_time(due, found.zone) if due else None


async def _shown(
    found: Visit,
    text: int,
    *,
    done: str = "",
    wrong: str = "",
    typed: Mapping[str, str] | None = None,
) -> Response[Any]:
    async with found.site.store.reading() as unit:
        held = await _visible(unit, found, text)
        before = await reading.read_before(unit, found.actor, held)
        place = await place_of(unit)
        is_asked = await approving.can_decide(unit, found.actor, held)
        facts: dict[str, Any] = {
            "held": held,
            "texts": in_order(held.texts, found.language),
            "steps": await reading.steps(unit, held),
            "history": await reading.recounted(unit, held, found.language),
            "author": await name_of(unit, held.publication.author_id),
            "is_asked": is_asked,
            "foretold": await _foretold(unit, found, held) if is_asked else None,
            "acts": _own_acts(found, held),
            "missing": _missing(held),
        }
    return page(
        found,
        "desk/approval.html",
        status=AGAIN if wrong else HTTPStatus.OK,
        changed=changed(before, held.texts, found.language) if before else [],
        place=place,
        at=lambda instant: wall_time(instant, place),
        is_last=_is_last(held),
        done=done if done in ACTS else "",
        wrong=wrong,
        typed=typed or {},
        **facts,
    )


async def _visible(unit: Unit, found: Visit, text: int) -> Manuscript:
    try:
        return await reading.visible(unit, found.actor, text)
    except Refused as refused:
        raise Mistaken(HTTPStatus.NOT_FOUND) from refused


async def _foretold(unit: Unit, found: Visit, held: Manuscript) -> Foretold | None:
    """Return what the last word would set off; None where one word is not enough."""
    publication = held.publication
    if publication.audience is None or not _is_last(held):
        return None
    return await reckoned(unit, found, publication.kind, held.texts, publication.audience)


def _missing(held: Manuscript) -> list[str]:
    """Return the languages of whoever will be told a text in another."""
    is_told = held.publication.kind in TOLD
    return [one for one in LANGUAGES if is_told and one not in held.texts]


def _is_last(held: Manuscript) -> bool:
    """Say whether one word more would be the last."""
    waiting = held.standing.open
    stage = max(step.stage for step in held.flow.steps)
    return len(waiting) == 1 and waiting[0].missing == 1 and waiting[0].step.stage == stage


def _own_acts(found: Visit, held: Manuscript) -> list[str]:
    """Return what whoever looks may do with a text besides deciding on it."""
    publication, acts = held.publication, []
    is_own = found.person is not None and found.person.id == publication.author_id
    if publication.state in submitting.EDITABLE and publication.kind not in AS_RECORDED:
        acts += ["rewrite"] if may(found.actor, Act.WRITE, held.body) else []
    if is_own and publication.state in submitting.EDITABLE - submitting.ON_ITS_WAY:
        acts.append("submit")
    if is_own and publication.state in submitting.EDITABLE - {ApprovalState.RECALLED}:
        acts.append("recall")
    if publication.can_be_withdrawn and may(found.actor, Act.ANNOUNCE, held.body):
        acts.append("withdraw")
    return acts


def _deciding(verdict: Verdict) -> Callable[..., Awaitable[None]]:
    async def decide(unit: Unit, found: Visit, text: int, said: Mapping[str, str]) -> None:
        shown, reason = said.get("mark", ""), said.get("words", "")
        await approving.decide(unit, found.actor, text, verdict, shown=shown, reason=reason)

    return decide


async def _submit(unit: Unit, found: Visit, text: int, _: Mapping[str, str]) -> None:
    await submitting.submit(unit, found.actor, text)


async def _recall(unit: Unit, found: Visit, text: int, said: Mapping[str, str]) -> None:
    await submitting.recall(unit, found.actor, text, said.get("words", ""))


async def _withdraw(unit: Unit, found: Visit, text: int, said: Mapping[str, str]) -> None:
    await publishing.withdraw(unit, found.actor, text, said.get("words", ""))


ACTS: Mapping[str, Callable[[Unit, Visit, int, Mapping[str, str]], Awaitable[None]]] = {
    **{verdict.value: _deciding(verdict) for verdict in Verdict},
    "submit": _submit,
    "recall": _recall,
    "withdraw": _withdraw,
}
