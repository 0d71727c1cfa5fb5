"""Where one can go from any page: a table of places, and who is shown which."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from domain.people import Person

Shown = Callable[[Person | None], bool]


def everybody(_: Person | None) -> bool:
    return True


def signed_in(person: Person | None) -> bool:
    return person is not None


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
    Place("/inbox", "web.inbox", signed_in),
    Place("/talk", "web.talk", signed_in),
    Place("/account", "web.account", signed_in),
)


def places(person: Person | None) -> Iterator[Place]:
    """Return where somebody may go, in the menu's order; None is a stranger."""
    return (place for place in PLACES if place.shown(person))
