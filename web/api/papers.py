"""Papers of sessions, decisions and petitions."""

from http import HTTPStatus

from litestar import Response, get
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.datastructures import ResponseSpec

from domain.messages import Attachment
from domain.tokens import Scope
from store.inventory import Part
from web.api.bearers import AnyRequest, Gate, bearer_of
from web.api.council import only
from web.api.council_shapes import (
    DecisionShown,
    DocumentShown,
    PetitionShown,
    decision_shown,
    document_shown,
    petition_shown,
)
from web.api.cursors import USUAL, CursorSaid, LimitSaid, Page, SinceSaid, page, part
from web.api.named import DecisionRef, Number, PetitionRef, SessionNumber
from web.papers import handed_over

ANY_KIND = "*/*"


def routes(gate: Gate) -> list[HTTPRouteHandler]:
    return [
        _documents(gate),
        _document(gate),
        _content(gate),
        _decisions(gate),
        _decision(gate),
        _petitions(gate),
        _petition(gate),
    ]


def _documents(gate: Gate) -> HTTPRouteHandler:
    @get(
        "/documents",
        tags=["Papers"],
        summary="List papers, the newest version of each",
        **gate.reading(Scope.COUNCIL_READ),
    )
    async def documents(
        request: AnyRequest,
        *,
        session_id: SessionNumber = None,
        modified_since: SinceSaid = None,
        cursor: CursorSaid = None,
        limit: LimitSaid = USUAL,
    ) -> Page[DocumentShown]:
        asked = part(cursor, limit, modified_since)
        async with gate.site.store.reading() as unit:
            scope = (await bearer_of(request).viewer(unit)).scope
            found = await unit.inventory.documents(scope, asked, session_id=session_id)
        return page(found, limit, lambda one: one.value.id, document_shown)

    return documents


def _document(gate: Gate) -> HTTPRouteHandler:
    @get(
        "/documents/{document_id:int}",
        tags=["Papers"],
        summary="Show what is known of a paper",
        **gate.reading(Scope.COUNCIL_READ),
    )
    async def document(request: AnyRequest, document_id: Number) -> DocumentShown:
        async with gate.site.store.reading() as unit:
            scope = (await bearer_of(request).viewer(unit)).scope
            found = await unit.inventory.documents(scope, Part(only=document_id))
        return document_shown(only(found))

    return document


def _content(gate: Gate) -> HTTPRouteHandler:
    described = gate.reading(Scope.COUNCIL_READ)
    described["responses"] |= {
        200: ResponseSpec(
            bytes, generate_examples=False, description="Its bytes.", media_type=ANY_KIND
        ),
        304: ResponseSpec(None, generate_examples=False, description="It is as you have it."),
    }

    @get(
        "/documents/{document_id:int}/content",
        tags=["Papers"],
        summary="Fetch the bytes of a paper’s newest version",
        **described,
    )
    async def document_content(request: AnyRequest, document_id: Number) -> Response[bytes]:
        async with gate.site.store.reading() as unit:
            scope = (await bearer_of(request).viewer(unit)).scope
            found = only(await unit.inventory.documents(scope, Part(only=document_id))).value
            tag = {"ETag": f'"{found.sha256}"'}
            if tag["ETag"] in request.headers.get("if-none-match", ""):
                return Response(b"", status_code=HTTPStatus.NOT_MODIFIED, headers=tag)
            kept = await unit.documents.content(found.sha256)
        paper = Attachment(found.name, found.media_type, found.sha256, found.size)
        answer = handed_over(paper, kept)
        answer.headers.update(tag)
        return answer

    return document_content


def _decisions(gate: Gate) -> HTTPRouteHandler:
    @get(
        "/decisions",
        tags=["Papers"],
        summary="List decisions, as they were adopted",
        **gate.reading(Scope.COUNCIL_READ),
    )
    async def decisions(
        request: AnyRequest,
        *,
        modified_since: SinceSaid = None,
        cursor: CursorSaid = None,
        limit: LimitSaid = USUAL,
    ) -> Page[DecisionShown]:
        asked = part(cursor, limit, modified_since)
        async with gate.site.store.reading() as unit:
            scope = (await bearer_of(request).viewer(unit)).scope
            found = await unit.inventory.decisions(scope, asked)
        return page(found, limit, lambda one: one.value.id, decision_shown)

    return decisions


def _decision(gate: Gate) -> HTTPRouteHandler:
    @get(
        "/decisions/{ref:str}",
        tags=["Papers"],
        summary="Show a decision",
        **gate.reading(Scope.COUNCIL_READ),
    )
    async def decision(request: AnyRequest, ref: DecisionRef) -> DecisionShown:
        _, year, number = ref.split("-")
        async with gate.site.store.reading() as unit:
            scope = (await bearer_of(request).viewer(unit)).scope
            named = await unit.decisions.called(int(year), int(number))
            found = await unit.inventory.decisions(scope, Part(only=named.id)) if named else []
        return decision_shown(only(found))

    return decision


def _petitions(gate: Gate) -> HTTPRouteHandler:
    @get(
        "/petitions",
        tags=["Papers"],
        summary="List the petitions that everybody may read",
        **gate.reading(Scope.COUNCIL_READ),
    )
    async def petitions(
        *,
        modified_since: SinceSaid = None,
        cursor: CursorSaid = None,
        limit: LimitSaid = USUAL,
    ) -> Page[PetitionShown]:
        asked = part(cursor, limit, modified_since)
        async with gate.site.store.reading() as unit:
            found = await unit.inventory.petitions(asked)
            signed = await unit.inventory.signed([one.value.id for one in found])
        return page(
            found,
            limit,
            lambda one: one.value.id,
            lambda one: petition_shown(one, signed.get(one.value.id, 0)),
        )

    return petitions


def _petition(gate: Gate) -> HTTPRouteHandler:
    @get(
        "/petitions/{ref:str}",
        tags=["Papers"],
        summary="Show a petition that everybody may read",
        **gate.reading(Scope.COUNCIL_READ),
    )
    async def petition(ref: PetitionRef) -> PetitionShown:
        async with gate.site.store.reading() as unit:
            named = await unit.petitions.called(ref)
            found = await unit.inventory.petitions(Part(only=named.id)) if named else []
            signed = await unit.inventory.signed([one.value.id for one in found])
        return petition_shown(only(found), sum(signed.values()))

    return petition
