"""A text that is kept, changed in the editor: what another has changed meanwhile is not lost."""

from dataclasses import replace
from http import HTTPStatus
from typing import Any

from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from actions.texts import reading, submitting
from actions.texts.manuscripts import Manuscript
from domain.errors import Refused
from domain.publications import changed, content_of
from domain.rights import Act
from store.unit import Unit
from web.desk.drafting import (
    Draft,
    audience_typed,
    drafted,
    merged,
    moment_typed,
    texts_of,
    typed_of,
)
from web.desk.editing import MOST, PREVIEW, Sheet, done, edited, of_draft, submitted
from web.desk.publications import HERE
from web.desk.refusals import told
from web.desk.visiting import desk_visit
from web.forms import form
from web.mistakes import Mistaken
from web.site import Site
from web.visiting import AnyRequest, Visit, see_other


def pages(site: Site) -> list[HTTPRouteHandler]:
    @get(f"{HERE}/{{text:int}}")
    async def shown(text: FromPath[int], request: AnyRequest) -> Response[Any]:
        found, _ = await desk_visit(site, request, Act.WRITE)
        async with site.store.reading() as unit:
            held = await _visible(unit, found, text)
        return await edited(found, _as_kept(found, held), looks=True)

    @post(f"{HERE}/{{text:int}}", request_max_body_size=MOST)
    async def rewrite(text: FromPath[int], request: AnyRequest) -> Response[Any]:
        """Change a text; one that somebody else has changed since it was shown is left alone."""
        found, _ = await desk_visit(site, request, Act.WRITE)
        said = await form(found)
        async with site.store.reading() as unit:
            held = await _visible(unit, found, text)
        draft = drafted(said, held.publication.kind, held.publication.body_key)
        sheet = replace(of_draft(draft), held=held, mark=said.get("mark", ""))
        if said.get("act") == PREVIEW:
            return await edited(found, sheet, looks=True)
        try:
            async with site.store.unit() as unit:
                await _revised(unit, found, sheet, draft)
                await submitted(unit, found, text, said)
        except Refused as refused:
            sheet = await _overtaken(found, sheet, text)
            return await edited(found, sheet, wrong=told(found, refused))
        return see_other(found, f"/desk/approvals/{text}?done={done(said)}")

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
    """Return what was typed beside what another has changed since, if anybody has."""
    async with found.site.store.reading() as unit:
        held = await _visible(unit, found, text)
        versions = dict(await unit.publications.texts(text))
    now = held.publication.content
    if now == sheet.mark:
        return sheet
    seen = versions.get(sheet.mark, {})
    typed = merged(typed_of(seen), sheet.typed, typed_of(held.texts))
    differences = changed(seen, held.texts, found.language)
    return replace(
        sheet, typed=typed, texts=texts_of(typed), held=held, mark=now, changed=differences
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


async def _visible(unit: Unit, found: Visit, text: int) -> Manuscript:
    try:
        return await reading.visible(unit, found.actor, text)
    except Refused as refused:
        raise Mistaken(HTTPStatus.NOT_FOUND) from refused
