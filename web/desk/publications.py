"""The town hall's texts at the desk: listed by state, and new ones written."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler

from actions.texts import submitting
from domain.approval_forms import WRITTEN
from domain.approvals import ApprovalState
from domain.bodies import COUNCIL
from domain.errors import Refused
from domain.publications import PublicationKind, content_of
from domain.rights import Act
from store.unit import Unit
from web.desk.drafting import Draft, drafted, typed_of
from web.desk.editing import MOST, PREVIEW, Sheet, done, edited, of_draft, submitted
from web.desk.refusals import told
from web.desk.sessions import bodies_for
from web.desk.visiting import desk_visit
from web.forms import form, is_new
from web.mistakes import Mistaken
from web.rendering import page
from web.site import Site
from web.visiting import AnyRequest, Visit, number, see_other

A = ApprovalState
HERE = "/desk/publications"
ON_A_PAGE = 25
DRAWERS: Mapping[str, frozenset[ApprovalState]] = {
    "drafts": frozenset({A.DRAFT, A.CHANGES_REQUESTED, A.RECALLED, A.EXPIRED}),
    "waiting": frozenset({A.WAITING}),
    "agreed": frozenset({A.APPROVED, A.SCHEDULED}),
    "out": frozenset({A.PUBLISHED}),
    "over": frozenset({A.WITHDRAWN, A.REJECTED}),
}


def pages(site: Site) -> list[HTTPRouteHandler]:
    @get(HERE)
    async def listed(request: AnyRequest) -> Response[Any]:
        found, _ = await desk_visit(site, request, Act.WRITE)
        drawer = request.query_params.get("state", "")
        drawer = drawer if drawer in DRAWERS else "drafts"
        offset = number(request.query_params.get("offset", ""))
        async with site.store.reading() as unit:
            bodies = await bodies_for(unit, found, Act.WRITE)
            texts = await unit.publications.titled(
                DRAWERS[drawer], body_keys=bodies, most=ON_A_PAGE + 1, offset=offset
            )
        here = f"{HERE}?state={drawer}&offset="
        return page(
            found,
            "desk/publications.html",
            drawer=drawer,
            drawers=list(DRAWERS),
            texts=[(publication, said, None) for publication, said in texts[:ON_A_PAGE]],
            newer=f"{here}{max(0, offset - ON_A_PAGE)}" if offset else None,
            older=f"{here}{offset + ON_A_PAGE}" if len(texts) > ON_A_PAGE else None,
        )

    return [listed, *_new(site)]


def _new(site: Site) -> list[HTTPRouteHandler]:
    @get(f"{HERE}/new")
    async def begin(request: AnyRequest) -> Response[Any]:
        found, _ = await desk_visit(site, request, Act.WRITE)
        kind = request.query_params.get("kind", "")
        chosen = PublicationKind(kind) if kind in set(WRITTEN) else WRITTEN[0]
        return await edited(found, Sheet(chosen, typed_of({}), {}))

    @post(f"{HERE}/new", request_max_body_size=MOST)
    async def write(request: AnyRequest) -> Response[Any]:
        found, _ = await desk_visit(site, request, Act.WRITE)
        said = await form(found)
        kind = said.get("kind", "")
        if kind not in set(WRITTEN):
            raise Mistaken(HTTPStatus.BAD_REQUEST)
        draft = drafted(said, PublicationKind(kind), said.get("body", COUNCIL))
        sheet = of_draft(draft)
        try:
            if said.get("act") == PREVIEW:
                return await edited(found, sheet, looks=True)
            async with site.store.unit() as unit:
                if not await is_new(unit, found, said):
                    return see_other(found, HERE)
                text = await _begun(unit, found, draft)
                await submitted(unit, found, text, said)
        except Refused as refused:
            return await edited(found, sheet, wrong=told(found, refused))
        return see_other(found, f"/desk/approvals/{text}?done={done(said)}")

    return [begin, write]


async def _begun(unit: Unit, found: Visit, draft: Draft) -> int:
    """Keep a new text; one that was sent twice is kept once."""
    content, own = content_of(draft.texts), found.person.id if found.person else 0
    for known, _ in await unit.publications.titled(
        DRAWERS["drafts"] | DRAWERS["waiting"], body_keys=(), author_id=own
    ):
        if (known.kind, known.content) == (draft.kind, content):
            return known.id
    begun = submitting.Begun(
        kind=draft.kind,
        flow=found.site.flows.for_kind(draft.kind, found.commune.rule_pack),
        texts=draft.texts,
        body_key=draft.body,
        audience=draft.told_to,
        release_at=draft.release_at(found),
    )
    return (await submitting.begin(unit, found.actor, begun)).id
