"""Where one can go: the places of every page, the rooms of the desk, and who is shown which."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from domain.desks import may_somewhere, works_there
from domain.people import Person
from domain.rights import RIGHTS, Act, has_right

Shown = Callable[[Person | None], bool]


def everybody(_: Person | None) -> bool:
    return True


def signed_in(person: Person | None) -> bool:
    return person is not None


def doing(*acts: Act) -> Shown:
    """Show a place to whoever may do one of these, in some body."""
    return lambda person: may_somewhere(person, *acts)


def doing_for_all(act: Act) -> Shown:
    """Show a place to whoever may do this for the commune as a whole."""
    return lambda person: has_right(person, RIGHTS[act])


@dataclass(frozen=True, slots=True)
class Place:
    """A page that the menu of every page leads to. `key` is the phrase that names it."""

    path: str
    key: str
    shown: Shown = everybody

    def is_at(self, path: str) -> bool:
        """Say whether a page is this place, or lies within it."""
        return path == self.path or path.startswith(f"{self.path}/")


PLACES = (
    Place("/sessions", "public.sessions"),
    Place("/decisions", "public.decisions"),
    Place("/news", "news.title"),
    Place("/petitions", "web_petitions.title"),
    Place("/search", "public.search"),
    Place("/inbox", "web.inbox", signed_in),
    Place("/talk", "web.talk", signed_in),
    Place("/account", "web.account", signed_in),
    Place("/desk", "desk_rooms.desk", works_there),
)

# The rooms of the desk; `doing` says who may enter, by what is done there.
DESK = (
    Place("/desk", "desk_rooms.today", works_there),
    Place("/desk/sessions", "desk_rooms.sessions", doing(Act.FILL_AGENDA)),
    Place("/desk/approvals", "desk_approvals.title", works_there),
    Place("/desk/publications", "desk_publications.title", doing(Act.WRITE)),
    Place("/desk/people", "desk_rooms.people", doing_for_all(Act.EXPORT)),
    Place("/desk/deliveries", "desk_deliveries.title", doing_for_all(Act.READ_RECORDS)),
    Place("/desk/channels", "desk_deliveries.channels", doing_for_all(Act.READ_RECORDS)),
    Place("/desk/audit", "desk_deliveries.audit", doing_for_all(Act.READ_RECORDS)),
    Place(
        "/desk/petitions",
        "web_petitions.title",
        doing(Act.REVIEW_PETITIONS, Act.DECIDE_PETITIONS),
    ),
    Place("/desk/settings", "desk_rooms.settings", doing_for_all(Act.EXPORT)),
    Place("/desk/systems", "desk_systems.title", doing_for_all(Act.CONNECT)),
)


def places(person: Person | None) -> Iterator[Place]:
    """Return where somebody may go, in the menu's order; None is a stranger."""
    return (place for place in PLACES if place.shown(person))


def desk_rooms(person: Person | None) -> Iterator[Place]:
    """Return the rooms of the desk that somebody may enter, in its menu's order."""
    return (room for room in DESK if room.shown(person))
