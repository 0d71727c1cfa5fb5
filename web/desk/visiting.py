"""A visit at the desk: only by whoever works there, and in a room of theirs."""

from http import HTTPStatus

from domain import desks
from domain.errors import Refused
from domain.people import Person
from domain.phrasebook import Named
from domain.rights import Act
from web.mistakes import Mistaken
from web.site import Site
from web.visiting import AnyRequest, Visit, known_visit


async def desk_visit(site: Site, request: AnyRequest, *acts: Act) -> tuple[Visit, Person]:
    """Return who works here; raise Mistaken for whoever has no desk.

    Raises Refused for whoever may nowhere do one of `acts`, where any are named. In which body
    they may, the action says.
    """
    found, person, _ = await known_visit(site, request)
    if not desks.works_there(person):
        raise Mistaken(HTTPStatus.NOT_FOUND)
    if acts and not desks.may_somewhere(person, *acts):
        raise Refused("access.not_allowed", act=Named(f"access.act_{acts[0]}"))
    return found, person
