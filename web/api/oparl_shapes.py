"""The council's public work in the words of OParl 1.1 (schema.oparl.org/1.1)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.agenda import AgendaItem, ItemState
from domain.bodies import ELECTED, Body, BodyKind, has_vote
from domain.clock import zone
from domain.decisions import Decision
from domain.documents import Document, DocumentKind
from domain.local_time import day
from domain.people import Membership, Person
from domain.phrasebook import ELSEWHERE, phrasebook
from domain.sessions import Session, SessionState, Sitting
from store.bodies import Tenant
from store.inventory import Dated

SCHEMA = "https://schema.oparl.org/1.1/"
Shape = dict[str, Any]

# Papers are debated; the others belong to a meeting alone.
PAPERS = frozenset({DocumentKind.REPORT, DocumentKind.DRAFT_DECISION, DocumentKind.ANNEX})
# What the specification calls a scheduled, a convened and a finished meeting.
STATES = {SessionState.POSTPONED: "terminiert", SessionState.CLOSED: "durchgeführt"}
CONVENED = "eingeladen"
UNDECIDED = {ItemState.PROPOSED, ItemState.LISTED, ItemState.IN_COMMISSION, ItemState.DEBATED}
RESULTS = frozenset(ItemState) - UNDECIDED
CLASSIFICATIONS = {BodyKind.COUNCIL: "Parlament"}


@dataclass(frozen=True, slots=True)
class Links:
    """Where things are: each has the address it is named by."""

    base: str

    def __call__(self, kind: str, name: object) -> str:
        return f"{self.base}/{kind}/{name}"

    def all(self, kind: str) -> str:
        return f"{self.base}/{kind}s"

    @property
    def body(self) -> str:
        return self("body", 1)


def shape(links: Links, kind: str, key: object, /, **facts: object) -> Shape:
    """Return an object; what is not known is not said (OParl 1.1, 2.5)."""
    known = {field: value for field, value in facts.items() if value not in (None, "")}
    return {"id": links(kind, key), "type": f"{SCHEMA}{kind[0].upper()}{kind[1:]}", **known}


def word(key: str) -> str:
    """Return a word as people read it, in the language that names are given in here."""
    return phrasebook().say(f"council.{key}", ELSEWHERE)


def at(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None


def system(links: Links, commune: Tenant) -> Shape:
    return {
        "id": links.base,
        "type": f"{SCHEMA}System",
        "oparlVersion": SCHEMA,
        "body": f"{links.base}/bodies",
        "name": commune.names.get("fr", commune.slug),
    }


def body(links: Links, commune: Tenant) -> Shape:
    lists = {
        kind: links.all(kind)
        for kind in (
            "organization",
            "person",
            "meeting",
            "paper",
            "agendaItem",
            "consultation",
            "file",
            "membership",
        )
    }
    return shape(
        links,
        "body",
        1,
        system=links.base,
        shortName=commune.slug,
        name=commune.names.get("fr", commune.slug),
        legislativeTerm=[],
        legislativeTermList=links.all("legislativeTerm"),
        locationList=links.all("location"),
        **lists,
    )


def organization(links: Links, body: Body) -> Shape:
    return shape(
        links,
        "organization",
        body.key,
        body=links.body,
        name=body.name("fr"),
        organizationType="Gremium",
        classification=CLASSIFICATIONS.get(body.kind) or word(f"body_{body.kind}"),
        subOrganizationOf=links("organization", body.parent_key) if body.parent_key else None,
        meeting=f"{links.all('meeting')}?organization={body.key}",
    )


def person(links: Links, dated: Dated[Person]) -> Shape:
    """Return what everybody may know of the elected: their name and their seats."""
    someone = dated.value
    return shape(
        links,
        "person",
        someone.id,
        body=links.body,
        name=someone.name,
        membership=[membership(links, someone, held) for held in elected(someone)],
        modified=at(dated.changed_at),
    )


def elected(someone: Person) -> list[Membership]:
    return [held for held in someone.memberships if held.role in ELECTED]


def membership(links: Links, someone: Person, held: Membership, **more: object) -> Shape:
    return shape(
        links,
        "membership",
        f"{someone.id}-{held.body_key}-{held.role}",
        organization=links("organization", held.body_key),
        role=word(f"role_{held.role}"),
        votingRight=has_vote(held.role),
        startDate=held.started_on.isoformat() if held.started_on else None,
        endDate=held.ended_on.isoformat() if held.ended_on else None,
        **more,
    )


def meeting(
    links: Links,
    dated: Dated[Session],
    sittings: list[Sitting],
    items: Iterable[Shape],
    files: Mapping[DocumentKind, list[Shape]],
) -> Shape:
    """Return a session as one meeting, from its first sitting to its last."""
    session = dated.value
    first, last = sittings[0], sittings[-1]
    named = {
        "invitation": next(iter(files.get(DocumentKind.CONVOCATION, ())), None),
        "resultsProtocol": next(iter(files.get(DocumentKind.MINUTES, ())), None),
    }
    told = {one["id"] for one in named.values() if one}
    others = [one for same in files.values() for one in same if one["id"] not in told]
    return shape(
        links,
        "meeting",
        session.id,
        name=f"{word(f'kind_{session.kind}').capitalize()}, {day(first.starts.date(), ELSEWHERE)}",
        meetingState=STATES.get(session.state, CONVENED),
        cancelled=session.state is SessionState.CANCELLED,
        start=at(first.starts.replace(tzinfo=zone(first.zone))),
        end=at(last.ends.replace(tzinfo=zone(last.zone))),
        location=location(links, session.id, first.place) if first.place else None,
        organization=[links("organization", session.body_key)],
        agendaItem=list(items),
        auxiliaryFile=others,
        **named,
        modified=at(dated.changed_at),
    )


def location(links: Links, session_id: int, place: str, **more: object) -> Shape:
    return shape(links, "location", session_id, description=place, room=place, **more)


def agenda_item(
    links: Links,
    dated: Dated[AgendaItem],
    papers: Iterable[Document] = (),
    decision: Decision | None = None,
    **more: object,
) -> Shape:
    item = dated.value
    consulted = [one.id for one in papers if one.item_id == item.id and one.kind in PAPERS]
    return shape(
        links,
        "agendaItem",
        item.id,
        number=item.number,
        order=item.position,
        name=item.title,
        public=item.is_public,
        consultation=links("consultation", consulted[0]) if consulted else None,
        result=word(f"item_{item.state}") if item.state in RESULTS else None,
        resolutionText=decision.text if decision else None,
        modified=at(dated.changed_at),
        **more,
    )


def paper(links: Links, dated: Dated[Document]) -> Shape:
    document = dated.value
    is_on_agenda = document.item_id is not None
    return shape(
        links,
        "paper",
        document.id,
        body=links.body,
        name=document.title,
        paperType=word(f"document_{document.kind}"),
        mainFile=file(links, dated),
        consultation=[consultation(links, document)] if is_on_agenda else None,
        modified=at(dated.changed_at),
    )


def consultation(links: Links, document: Document, **more: object) -> Shape:
    return shape(
        links,
        "consultation",
        document.id,
        agendaItem=links("agendaItem", document.item_id),
        meeting=links("meeting", document.session_id),
        **more,
    )


def file(links: Links, dated: Dated[Document], **more: object) -> Shape:
    document = dated.value
    return shape(
        links,
        "file",
        document.id,
        name=document.title,
        fileName=document.name,
        mimeType=document.media_type,
        size=document.size,
        accessUrl=links("file", f"{document.id}/content"),
        modified=at(dated.changed_at),
        **more,
    )
