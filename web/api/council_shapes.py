"""What is said of the council's work: bodies, sessions, agendas, papers, decisions, petitions."""

from datetime import date, datetime
from typing import Annotated

from msgspec import Meta, Struct

from domain.agenda import AgendaItem, ItemSource, ItemState
from domain.bodies import Body, BodyKind
from domain.clock import zone
from domain.decisions import Decision, DecisionFact, DecisionState
from domain.documents import Document, DocumentKind, Visibility
from domain.petitions import Petition, PetitionKind, PetitionState
from domain.sessions import AgendaState, Session, SessionKind, SessionState, Sitting, SittingState
from domain.votes import Majority
from store.inventory import Dated

ModifiedAt = Annotated[
    datetime | None, Meta(description="When it last changed; null where that is not known.")
]


class BodyShown(Struct, frozen=True):
    """Whoever meets."""

    key: str
    kind: BodyKind
    names: Annotated[dict[str, str], Meta(description="By language.")]
    seats: int
    parent: Annotated[str | None, Meta(description="The key of the body it comes from.")]


class Bodies(Struct, frozen=True):
    items: list[BodyShown]


class SittingShown(Struct, frozen=True):
    """One of the times a session meets; its instants are local, with their offset."""

    number: int
    starts: datetime
    ends: datetime
    zone: Annotated[str, Meta(description="IANA.")]
    place: str
    is_public: Annotated[bool, Meta(description="Whether citizens may attend.")]
    state: SittingState


class SessionShown(Struct, frozen=True):
    id: int
    body: Annotated[str, Meta(description="The key of the body that meets.")]
    kind: SessionKind
    state: SessionState
    agenda: AgendaState
    sequence: Annotated[int, Meta(description="Grows with each change (RFC 5545).")]
    cancelled_reason: str | None
    convened_at: datetime | None
    sittings: list[SittingShown]
    modified_at: ModifiedAt


class ItemShown(Struct, frozen=True):
    """An item of an agenda."""

    id: int
    session_id: int
    number: Annotated[str, Meta(description="What people say; it may change, the id does not.")]
    position: int
    title: str
    language: str
    source: ItemSource
    state: ItemState
    is_public: Annotated[bool, Meta(description="False: debated behind closed doors.")]
    rapporteur: str | None
    department: str | None
    reference: str | None
    withdrawn_reason: str | None
    commission: str | None
    modified_at: ModifiedAt


class DocumentShown(Struct, frozen=True):
    """The newest version of a paper."""

    id: int
    session_id: int
    item_id: int | None
    kind: DocumentKind
    title: str
    language: str
    version: int
    name: Annotated[str, Meta(description="The file’s.")]
    media_type: str
    size: Annotated[int, Meta(description="In bytes.")]
    sha256: str
    visibility: Visibility
    content: Annotated[str, Meta(description="The path of its bytes.")]
    modified_at: ModifiedAt


class DecisionShown(Struct, frozen=True):
    ref: str
    item_id: int
    session_id: int
    body: str
    title: str
    text: str
    language: str
    state: DecisionState
    majority: Majority
    adopted_on: date
    needs_visa: bool
    is_public: bool
    days: Annotated[
        dict[DecisionFact, date], Meta(description="What happened to it, and on which local day.")
    ]
    modified_at: ModifiedAt


class PetitionShown(Struct, frozen=True):
    """A petition, without anybody who signed or follows it."""

    ref: str
    kind: PetitionKind
    state: PetitionState
    body: str
    subject: str
    reasons: str
    goals: str
    language: str
    signatures: Annotated[int, Meta(description="How many count.")]
    created_at: datetime
    received_at: datetime | None
    due_on: Annotated[date | None, Meta(description="The day by which it is to be answered.")]
    refusal_code: str | None
    refusal_reason: str
    item_id: Annotated[int | None, Meta(description="Where it stands on an agenda.")]
    follow_up: str
    modified_at: ModifiedAt


def body_shown(body: Body) -> BodyShown:
    return BodyShown(body.key, body.kind, dict(body.names), body.seats, body.parent_key)


def session_shown(dated: Dated[Session], sittings: list[Sitting]) -> SessionShown:
    session = dated.value
    return SessionShown(
        id=session.id,
        body=session.body_key,
        kind=session.kind,
        state=session.state,
        agenda=session.agenda_state,
        sequence=session.sequence,
        cancelled_reason=session.cancelled_reason,
        convened_at=session.convened_at,
        sittings=[sitting_shown(one) for one in sittings],
        modified_at=dated.changed_at,
    )


def sitting_shown(sitting: Sitting) -> SittingShown:
    here = zone(sitting.zone)
    return SittingShown(
        number=sitting.number,
        starts=sitting.starts.replace(tzinfo=here),
        ends=sitting.ends.replace(tzinfo=here),
        zone=sitting.zone,
        place=sitting.place,
        is_public=sitting.is_public,
        state=sitting.state,
    )


def item_shown(dated: Dated[AgendaItem]) -> ItemShown:
    item = dated.value
    return ItemShown(
        id=item.id,
        session_id=item.session_id,
        number=item.number,
        position=item.position,
        title=item.title,
        language=item.language,
        source=item.source,
        state=item.state,
        is_public=item.is_public,
        rapporteur=item.rapporteur,
        department=item.department,
        reference=item.reference,
        withdrawn_reason=item.withdrawn_reason,
        commission=item.commission_key,
        modified_at=dated.changed_at,
    )


def document_shown(dated: Dated[Document]) -> DocumentShown:
    document = dated.value
    return DocumentShown(
        id=document.id,
        session_id=document.session_id,
        item_id=document.item_id,
        kind=document.kind,
        title=document.title,
        language=document.language,
        version=document.version,
        name=document.name,
        media_type=document.media_type,
        size=document.size,
        sha256=document.sha256,
        visibility=document.visibility,
        content=f"/api/v1/documents/{document.id}/content",
        modified_at=dated.changed_at,
    )


def decision_shown(dated: Dated[Decision]) -> DecisionShown:
    decision = dated.value
    return DecisionShown(
        ref=decision.ref,
        item_id=decision.item_id,
        session_id=decision.session_id,
        body=decision.body_key,
        title=decision.title,
        text=decision.text,
        language=decision.language,
        state=decision.state,
        majority=decision.majority,
        adopted_on=decision.adopted_on,
        needs_visa=decision.needs_visa,
        is_public=decision.is_public,
        days=dict(decision.days),
        modified_at=dated.changed_at,
    )


def petition_shown(dated: Dated[Petition], signatures: int) -> PetitionShown:
    petition = dated.value
    return PetitionShown(
        ref=petition.ref,
        kind=petition.kind,
        state=petition.state,
        body=petition.body_key,
        subject=petition.subject,
        reasons=petition.reasons,
        goals=petition.goals,
        language=petition.language,
        signatures=signatures,
        created_at=petition.created_at,
        received_at=petition.received_at,
        due_on=petition.due_on,
        refusal_code=petition.refusal_code,
        refusal_reason=petition.refusal_reason,
        item_id=petition.item_id,
        follow_up=petition.follow_up,
        modified_at=dated.changed_at,
    )
