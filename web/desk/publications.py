"""The town hall's texts at the desk: listed by state, written, looked at as told, submitted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any

from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from actions import reading_texts, submitting
from actions.manuscripts import Manuscript
from domain.approval_forms import AUDIENCES, WRITTEN
from domain.approvals import ApprovalState
from domain.bodies import COUNCIL, Body
from domain.differences import Difference
from domain.errors import Refused
from domain.notices import Audience
from domain.phrasebook import LANGUAGES
from domain.publications import (
    TITLE_LENGTH,
    TOLD,
    PublicationKind,
    Texts,
    changed,
    content_of,
    in_order,
    longest,
)
from domain.rights import Act
from store.unit import Unit
from web.desk.drafting import (
    Draft,
    audience_typed,
    drafted,
    moment_typed,
    previews,
    reckoned,
    typed_of,
)
from web.desk.refusals import AGAIN, told
from web.desk.sessions import bodies_for
from web.desk.visiting import desk_visit
from web.forms import form, is_new
from web.mistakes import Mistaken
from web.rendering import page
from web.site import Site
from web.visiting import AnyRequest, Visit, number, see_other

A = ApprovalState
Changed = tuple[str, tuple[Difference, ...]]  # in which language, and what
HERE = "/desk/publications"
MOST = 4 * 1024 * 1024  # bytes: long minutes in three languages, each letter written as six
ON_A_PAGE = 25
DRAWERS: Mapping[str, frozenset[ApprovalState]] = {
    "drafts": frozenset({A.DRAFT, A.CHANGES_REQUESTED, A.RECALLED, A.EXPIRED}),
    "waiting": frozenset({A.WAITING}),
    "agreed": frozenset({A.APPROVED, A.SCHEDULED}),
    "out": frozenset({A.PUBLISHED}),
    "over": frozenset({A.WITHDRAWN, A.REJECTED}),
}
SAVE, SUBMIT, PREVIEW = "save", "submit", "preview"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the editor shows: of a new text, or of one that is kept under `held`.

    `mark` is the content it was filled in for. `changed` is what another has changed meanwhile.
    """

    kind: PublicationKind
    typed: Mapping[str, str]
    texts: Texts
    audience: Audience | None = None
    body: str = COUNCIL
    chosen: str = "everyone"
    release: str = ""
    held: Manuscript | None = None
    mark: str = ""
    changed: Sequence[Changed] = ()


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

    return [listed, *_new(site), *_kept(site)]


def _new(site: Site) -> list[HTTPRouteHandler]:
    @get(f"{HERE}/new")
    async def begin(request: AnyRequest) -> Response[Any]:
        found, _ = await desk_visit(site, request, Act.WRITE)
        kind = request.query_params.get("kind", "")
        chosen = PublicationKind(kind) if kind in set(WRITTEN) else WRITTEN[0]
        return await _edited(found, Sheet(chosen, typed_of({}), {}))

    @post(f"{HERE}/new", request_max_body_size=MOST)
    async def write(request: AnyRequest) -> Response[Any]:
        found, _ = await desk_visit(site, request, Act.WRITE)
        said = await form(found)
        kind = said.get("kind", "")
        if kind not in set(WRITTEN):
            raise Mistaken(HTTPStatus.BAD_REQUEST)
        draft = drafted(said, PublicationKind(kind), said.get("body", COUNCIL))
        sheet = _of_draft(draft)
        try:
            if said.get("act") == PREVIEW:
                return await _edited(found, sheet, looks=True)
            async with site.store.unit() as unit:
                if not await is_new(unit, found, said):
                    return see_other(found, HERE)
                text = await _begun(unit, found, draft)
                await _submitted(unit, found, text, said)
        except Refused as refused:
            return await _edited(found, sheet, wrong=told(found, refused))
        return see_other(found, f"/desk/approvals/{text}?done={_done(said)}")

    return [begin, write]


def _kept(site: Site) -> list[HTTPRouteHandler]:
    @get(f"{HERE}/{{text:int}}")
    async def shown(text: FromPath[int], request: AnyRequest) -> Response[Any]:
        found, _ = await desk_visit(site, request, Act.WRITE)
        async with site.store.reading() as unit:
            held = await _visible(unit, found, text)
        return await _edited(found, _as_kept(found, held), looks=True)

    @post(f"{HERE}/{{text:int}}", request_max_body_size=MOST)
    async def rewrite(text: FromPath[int], request: AnyRequest) -> Response[Any]:
        """Change a text; one that somebody else has changed since it was shown is left alone."""
        found, _ = await desk_visit(site, request, Act.WRITE)
        said = await form(found)
        async with site.store.reading() as unit:
            held = await _visible(unit, found, text)
        draft = drafted(said, held.publication.kind, held.publication.body_key)
        sheet = replace(_of_draft(draft), held=held, mark=said.get("mark", ""))
        if said.get("act") == PREVIEW:
            return await _edited(found, sheet, looks=True)
        try:
            async with site.store.unit() as unit:
                await _revised(unit, found, sheet, draft)
                await _submitted(unit, found, text, said)
        except Refused as refused:
            sheet = await _overtaken(found, sheet, text)
            return await _edited(found, sheet, wrong=told(found, refused))
        return see_other(found, f"/desk/approvals/{text}?done={_done(said)}")

    return [shown, rewrite]


async def _revised(unit: Unit, found: Visit, sheet: Sheet, draft: Draft) -> None:
    """Change what was changed; raises Refused when somebody else was first."""
    held = sheet.held
    kept = await unit.publications.by_id(held.publication.id, to_change=True) if held else None
    if kept is None or kept.content != sheet.mark:
        raise Refused("desk_publications.overtaken")
    plan = submitting.Plan(
        draft.told_to if audience_typed(kept.audience) else None,
        draft.release_at(found, kept.release_at),
    )
    is_planned = plan == submitting.Plan(plan.audience and kept.audience, kept.release_at)
    if content_of(draft.texts) != kept.content or not is_planned:
        await submitting.revise(unit, found.actor, kept.id, draft.texts, plan)


async def _overtaken(found: Visit, sheet: Sheet, text: int) -> Sheet:
    """Return what was typed with what another has changed since, if anybody has."""
    async with found.site.store.reading() as unit:
        held = await _visible(unit, found, text)
        versions = dict(await unit.publications.texts(text))
    now = held.publication.content
    if now == sheet.mark:
        return sheet
    differences = changed(versions.get(sheet.mark, {}), held.texts, found.language)
    return replace(sheet, held=held, mark=now, changed=differences)


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


async def _submitted(unit: Unit, found: Visit, text: int, said: Mapping[str, str]) -> None:
    """Put a text before its steps, unless it is on its way: an edit has done so itself."""
    publication = await unit.publications.by_id(text)
    is_on_its_way = publication is None or publication.state in submitting.ON_ITS_WAY
    if said.get("act") == SUBMIT and not is_on_its_way:
        await submitting.submit(unit, found.actor, text)


def _of_draft(draft: Draft) -> Sheet:
    return Sheet(
        draft.kind,
        draft.typed,
        draft.texts,
        draft.told_to,
        draft.body,
        draft.audience,
        draft.release,
    )


def _as_kept(found: Visit, held: Manuscript) -> Sheet:
    publication = held.publication
    return Sheet(
        publication.kind,
        typed_of(held.texts),
        held.texts,
        publication.audience,
        held.body.key,
        audience_typed(publication.audience),
        moment_typed(found, publication.release_at),
        held,
        publication.content,
    )


def _done(said: Mapping[str, str]) -> str:
    return "submit" if said.get("act") == SUBMIT else "saved"


async def _visible(unit: Unit, found: Visit, text: int) -> Manuscript:
    try:
        return await reading_texts.visible(unit, found.actor, text)
    except Refused as refused:
        raise Mistaken(HTTPStatus.NOT_FOUND) from refused


async def _edited(
    found: Visit, sheet: Sheet, *, looks: bool = False, wrong: str = ""
) -> Response[Any]:
    """Show the editor; `looks`: with how each channel shows it, and what it would cost."""
    has_words = looks and bool(sheet.texts)
    async with found.site.store.reading() as unit:
        bodies: dict[str, Body] = await bodies_for(unit, found, Act.WRITE)
        foretold = None
        if has_words and sheet.audience and sheet.body in bodies:
            foretold = await reckoned(unit, found, sheet.kind, sheet.texts, sheet.audience)
    return page(
        found,
        "desk/publication.html",
        status=AGAIN if wrong else HTTPStatus.OK,
        sheet=sheet,
        bodies=bodies,
        kinds=WRITTEN,
        audiences=list(AUDIENCES),
        languages=LANGUAGES,
        has_audience=sheet.kind in TOLD and bool(sheet.chosen),
        missing=[one for one in LANGUAGES if one not in sheet.texts] if has_words else [],
        shown=in_order(sheet.texts, found.language) if has_words else [],
        previews=previews(found, sheet.kind, sheet.texts) if has_words else [],
        foretold=foretold,
        longest_title=TITLE_LENGTH,
        longest_text=longest(sheet.kind),
        wrong=wrong,
    )
