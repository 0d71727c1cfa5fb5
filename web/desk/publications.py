"""The town hall's texts at the desk: listed by state, written, looked at as told, submitted."""

from collections.abc import Mapping
from dataclasses import dataclass
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
from domain.errors import Refused
from domain.notices import Audience
from domain.phrasebook import LANGUAGES
from domain.publications import TITLE_LENGTH, PublicationKind, Texts, content_of, longest
from domain.rights import Act
from store.unit import Unit
from web.desk.drafting import Draft, drafted, previews, reckoned, typed_of
from web.desk.refusals import AGAIN, refuse_stale, told
from web.desk.sessions import bodies_for
from web.desk.visiting import desk_visit
from web.forms import form, is_new
from web.mistakes import Mistaken
from web.rendering import page
from web.site import Site
from web.visiting import AnyRequest, Visit, number, see_other

A = ApprovalState
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
    """What the editor shows: of a new text, or of one that is kept under `held`."""

    kind: PublicationKind
    typed: Mapping[str, str]
    texts: Texts
    audience: Audience | None = None
    body: str = COUNCIL
    chosen: str = "everyone"
    release: str = ""
    held: Manuscript | None = None


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
            texts=texts[:ON_A_PAGE],
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
        return await _edited(found, _sheet(held, held.texts, typed_of(held.texts)), looks=True)

    @post(f"{HERE}/{{text:int}}", request_max_body_size=MOST)
    async def rewrite(text: FromPath[int], request: AnyRequest) -> Response[Any]:
        """Change a text; one that somebody else has changed since it was shown is left alone."""
        found, _ = await desk_visit(site, request, Act.WRITE)
        said = await form(found)
        async with site.store.reading() as unit:
            held = await _visible(unit, found, text)
        draft = drafted(said, held.publication.kind, held.publication.body_key)
        sheet = _sheet(held, draft.texts, draft.typed)
        if said.get("act") == PREVIEW:
            return await _edited(found, sheet, looks=True)
        try:
            async with site.store.unit() as unit:
                kept = await unit.publications.by_id(text, to_change=True)
                refuse_stale(said.get("mark", ""), kept.content if kept else "")
                if content_of(draft.texts) != said.get("mark", ""):
                    await submitting.revise(unit, found.actor, text, draft.texts)
                await _submitted(unit, found, text, said)
        except Refused as refused:
            return await _edited(found, sheet, wrong=told(found, refused))
        return see_other(found, f"/desk/approvals/{text}?done={_done(said)}")

    return [shown, rewrite]


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


def _done(said: Mapping[str, str]) -> str:
    return "submit" if said.get("act") == SUBMIT else "saved"


async def _visible(unit: Unit, found: Visit, text: int) -> Manuscript:
    try:
        return await reading_texts.visible(unit, found.actor, text)
    except Refused as refused:
        raise Mistaken(HTTPStatus.NOT_FOUND) from refused


def _sheet(held: Manuscript, texts: Texts, typed: Mapping[str, str]) -> Sheet:
    publication = held.publication
    return Sheet(publication.kind, typed, texts, publication.audience, held.body.key, held=held)


async def _edited(
    found: Visit, sheet: Sheet, *, looks: bool = False, wrong: str = ""
) -> Response[Any]:
    """Show the editor; `looks`: with how each channel shows it, and what it would cost."""
    has_words = looks and bool(sheet.texts)
    async with found.site.store.reading() as unit:
        bodies: dict[str, Body] = await bodies_for(unit, found, Act.WRITE)
        foretold = None
        if has_words and sheet.audience and sheet.body in bodies:
            foretold = await reckoned(unit, found, sheet.texts, sheet.audience)
    return page(
        found,
        "desk/publication.html",
        status=AGAIN if wrong else HTTPStatus.OK,
        sheet=sheet,
        bodies=bodies,
        kinds=WRITTEN,
        audiences=list(AUDIENCES),
        languages=LANGUAGES,
        missing=[one for one in LANGUAGES if one not in sheet.texts] if sheet.texts else [],
        previews=previews(found, sheet.texts) if has_words else [],
        foretold=foretold,
        longest_title=TITLE_LENGTH,
        longest_text=longest(sheet.kind),
        wrong=wrong,
    )
