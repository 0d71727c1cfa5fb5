"""Bodies as a clerk describes them, checked against the keys and kinds the council has."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from domain.bodies import COUNCIL, FALLBACK_LANGUAGES, Body, BodyKind
from domain.errors import Refused
from domain.folding import latin_digits, visible
from domain.importing import terms
from domain.importing.cells import shown
from domain.importing.columns import fitting

KEY = re.compile(r"council|bureau|(?:arr|com):[a-z0-9]+(?:-[a-z0-9]+)*")
KEY_LENGTH = 64
NAME_LENGTH = 200
MOST_SEATS = 9_999  # France's largest council has 163, Casablanca's 147: more is a slip of the pen
WHOLE = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Sort:
    """What a key announces: the kinds it may have, the usual one first, and where it may stem from.

    Nothing stems from its own sort, so that no body can come from itself.
    """

    kinds: tuple[BodyKind, ...]
    parents: tuple[str, ...] = ()


# In the order in which they can be set up: whoever comes from another comes after it.
SORTS: Mapping[str, Sort] = {
    "council": Sort((BodyKind.COUNCIL,)),
    "bureau": Sort((BodyKind.BUREAU,), ("council",)),
    "arr": Sort((BodyKind.ARRONDISSEMENT_COUNCIL,), ("council",)),
    "com": Sort(
        (
            BodyKind.COMMISSION_PERMANENT,
            BodyKind.COMMISSION_TEMPORARY,
            BodyKind.INQUIRY_COMMISSION,
            BodyKind.CONSULTATIVE_BODY,
        ),
        ("council", "arr"),
    ),
}
RANKS = {sort: rank for rank, sort in enumerate(SORTS)}


@dataclass(frozen=True, slots=True)
class Draft:
    """A body as described; what is None or empty was not said."""

    key: str
    kind: BodyKind | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    parent_key: str | None = None
    seats: int | None = None
    aliases: tuple[str, ...] = ()

    def made(self) -> Body:
        """Return the body new, with what its key tells where nothing was said."""
        sort = SORTS[sort_of(self.key)]
        return Body(
            id=0,
            key=self.key,
            kind=self.kind or sort.kinds[0],
            names=self.names,
            seats=self.seats or 0,
            parent_key=self.parent_key or (COUNCIL if sort.parents else None),
            aliases=self.aliases,
        )

    def corrected(self, body: Body) -> Body:
        """Return a body that stands, with what was said; what was not said stays."""
        return replace(
            body,
            kind=self.kind or body.kind,
            names={**body.names, **self.names},
            seats=body.seats if self.seats is None else self.seats,
            parent_key=self.parent_key or body.parent_key,
            aliases=self.aliases or body.aliases,
        )


def sort_of(key: str) -> str:
    return key.partition(":")[0]


def rank(body: Body) -> int:
    """Return where a body comes in the order in which they can be set up."""
    return RANKS[sort_of(body.key)]


def key(text: str) -> str:
    """Return the key, or raise Refused saying how keys are written."""
    if len(text) > KEY_LENGTH or not KEY.fullmatch(text):
        raise Refused("founding.bad_key", value=shown(text))
    return text


def kind(text: str, *, of: str) -> BodyKind | None:
    """Return the kind that is named for a key, None when none is; raise Refused for another's."""
    named = terms.body_kind(text)
    if named and named not in SORTS[sort_of(of)].kinds:
        raise Refused("founding.bad_kind", body=of, value=shown(text))
    return named


def parent(text: str, *, of: str) -> str | None:
    """Return the key of the body it comes from, or raise Refused when it cannot be from there."""
    if text and sort_of(key(text)) not in SORTS[sort_of(of)].parents:
        raise Refused("founding.bad_parent", body=of, parent=shown(text))
    return text or None


def seats(text: str) -> int | None:
    digits = latin_digits(text)
    if not digits:
        return None
    if not WHOLE.fullmatch(digits) or not 0 < int(digits) <= MOST_SEATS:
        raise Refused("founding.bad_number", value=shown(text), most=MOST_SEATS)
    return int(digits)


def name(text: str) -> str:
    """Return a name as it is shown and compared; an empty one says nothing."""
    return fitting(visible(text), most=NAME_LENGTH)


def names(given: Mapping[str, str | None]) -> dict[str, str]:
    """Return, by language, the names that say something."""
    said = {language: name(given.get(language) or "") for language in FALLBACK_LANGUAGES}
    return {language: text for language, text in said.items() if text}


def described(
    written_key: str,
    *,
    kind_of: str = "",
    called: Mapping[str, str | None],
    stems_from: str = "",
    filled: str = "",
    aliases: Iterable[str] = (),
) -> Draft:
    """Read a body as somebody wrote it down, or raise Refused at the first thing that cannot be."""
    known = key(written_key)
    return Draft(
        known,
        kind=kind(kind_of, of=known),
        names=names(called),
        parent_key=parent(stems_from, of=known),
        seats=seats(filled),
        aliases=tuple(filter(None, map(name, aliases))),
    )
