"""Each kind of OParl's objects, leafed through: what is everybody's, by the ids of ours."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping

from actions.meetings import tenant, today
from domain.access import Scope
from domain.documents import Document, DocumentKind
from domain.people import Person
from domain.sessions import Session
from store.inventory import Dated, Part
from store.unit import Unit
from web.api import oparl_shapes as shapes
from web.api.oparl_shapes import PAPERS, Links, Shape

PUBLIC = Scope()
ALL_OF_ONE = Part(most=1000)  # papers and items of one session

Leaf = tuple[int, Shape | None]
"""An object and the id of ours that it goes by; None where that is no object of this kind."""
Leafing = Callable[[Unit, Links, Part], Awaitable[list[Leaf]]]


async def meetings(unit: Unit, links: Links, part: Part) -> list[Leaf]:
    return await meetings_of(unit, links, part, None)


async def meetings_of(unit: Unit, links: Links, part: Part, body_key: str | None) -> list[Leaf]:
    """Return the meetings of a body, or of all."""
    found = await unit.inventory.sessions(PUBLIC, part, body_key=body_key)
    held = await unit.inventory.sittings([one.value.id for one in found])
    return [
        (one.value.id, await _meeting(unit, links, one) if held[one.value.id] else None)
        for one in found
    ]


async def _meeting(unit: Unit, links: Links, dated: Dated[Session]) -> Shape:
    session_id = dated.value.id
    sittings = await unit.sessions.sittings(session_id)
    papers = await unit.inventory.documents(PUBLIC, ALL_OF_ONE, session_id=session_id)
    items = await unit.inventory.items(PUBLIC, ALL_OF_ONE, session_id=session_id)
    files: dict[DocumentKind, list[Shape]] = defaultdict(list)
    for one in papers:
        if one.value.item_id is None:
            files[one.value.kind].append(shapes.file(links, one))
    in_order = sorted(items, key=lambda one: one.value.position)
    documents = [one.value for one in papers]
    told = [shapes.agenda_item(links, one, documents) for one in in_order]
    return shapes.meeting(links, dated, sittings, told, files)


async def items(unit: Unit, links: Links, part: Part) -> list[Leaf]:
    leaves: list[Leaf] = []
    for one in await unit.inventory.items(PUBLIC, part):
        item = one.value
        papers = await unit.inventory.documents(PUBLIC, ALL_OF_ONE, session_id=item.session_id)
        decided = await unit.decisions.of_item(item.id)
        told = shapes.agenda_item(
            links,
            one,
            [paper.value for paper in papers],
            decided[0] if decided else None,
            meeting=links("meeting", item.session_id),
            auxiliaryFile=[
                shapes.file(links, paper) for paper in papers if paper.value.item_id == item.id
            ],
        )
        leaves.append((item.id, told))
    return leaves


async def papers(unit: Unit, links: Links, part: Part) -> list[Leaf]:
    return [
        (one.value.id, shapes.paper(links, one) if one.value.kind in PAPERS else None)
        for one in await unit.inventory.documents(PUBLIC, part)
    ]


async def consultations(unit: Unit, links: Links, part: Part) -> list[Leaf]:
    leaves: list[Leaf] = []
    bodies = {one.id: one.body_key for one in await unit.sessions.all()}
    for one in await unit.inventory.documents(PUBLIC, part):
        document = one.value
        body = links("organization", bodies[document.session_id])
        more = {"paper": links("paper", document.id), "organization": [body]}
        is_one = _is_consulted(document)
        told = shapes.consultation(links, document, **more) if is_one else None
        leaves.append((document.id, told))
    return leaves


def _is_consulted(document: Document) -> bool:
    return document.item_id is not None and document.kind in PAPERS


async def files(unit: Unit, links: Links, part: Part) -> list[Leaf]:
    leaves: list[Leaf] = []
    for one in await unit.inventory.documents(PUBLIC, part):
        document = one.value
        is_paper = document.kind in PAPERS
        more = {"paper": [links("paper", document.id)]} if is_paper else {}
        told = shapes.file(links, one, meeting=[links("meeting", document.session_id)], **more)
        leaves.append((document.id, told))
    return leaves


async def locations(unit: Unit, links: Links, part: Part) -> list[Leaf]:
    found = await unit.inventory.sessions(PUBLIC, part)
    held = await unit.inventory.sittings([one.value.id for one in found])
    places = {key: sittings[0].place for key, sittings in held.items() if sittings}
    return [
        (one.value.id, _place(links, one.value.id, places.get(one.value.id, ""))) for one in found
    ]


def _place(links: Links, session_id: int, place: str) -> Shape | None:
    more = {"meetings": [links("meeting", session_id)]}
    return shapes.location(links, session_id, place, **more) if place else None


async def people(unit: Unit, links: Links, part: Part) -> list[Leaf]:
    """Return the elected in office, by name and seats; nobody else is everybody's to know."""
    return [(one.value.id, shapes.person(links, one)) for one in await _elected(unit, part)]


def memberships(links: Links, person: Person) -> list[Shape]:
    return [
        shapes.membership(links, person, held, person=links("person", person.id))
        for held in shapes.elected(person)
    ]


async def elected(unit: Unit, part: Part) -> list[Person]:
    return [one.value for one in await _elected(unit, part)]


async def _elected(unit: Unit, part: Part) -> list[Dated[Person]]:
    return await unit.inventory.people(part, elected_on=today(unit.clock, await tenant(unit)))


LEAVES: Mapping[str, Leafing] = {
    "meeting": meetings,
    "agendaItem": items,
    "paper": papers,
    "consultation": consultations,
    "file": files,
    "location": locations,
    "person": people,
}
