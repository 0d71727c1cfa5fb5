"""Looking for what is on record in people's own words, by whoever asks, wherever they ask."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.access import Scope
from domain.searching import Called, Found, Sought, Wanted, wanted
from store.catalogue import EVERYWHERE, Filter
from store.unit import Unit

EVERY_KIND = frozenset(Sought)


@dataclass(frozen=True, slots=True)
class Results:
    """What was found. `is_near`: nothing has all that was looked for, this has its first part."""

    items: Sequence[Found] = ()
    papers: Sequence[Found] = ()
    called: Sequence[Called] = ()
    is_near: bool = False

    def __bool__(self) -> bool:
        return bool(self.items or self.papers or self.called)


async def look(
    unit: Unit,
    scope: Scope,
    words: str,
    where: Filter = EVERYWHERE,
    *,
    kinds: frozenset[Sought] = EVERY_KIND,
    language: str = "fr",
    most: int,
) -> Results:
    """Return what may be seen of what is about these words, or else about the first of them.

    `language`: by which of its titles a text is called that has several.
    """
    what = wanted(words)
    found = await _found(unit, scope, what, where, kinds=kinds, language=language, most=most)
    if found or len(what) < 2:  # noqa: PLR2004 - one theme has no first part
        return found
    near = await _found(unit, scope, what[:1], where, kinds=kinds, language=language, most=most)
    return Results(near.items, near.papers, near.called, is_near=True)


async def _found(
    unit: Unit,
    scope: Scope,
    what: Wanted,
    where: Filter,
    *,
    kinds: frozenset[Sought],
    language: str,
    most: int,
) -> Results:
    if not what:
        return Results()
    catalogue = unit.catalogue
    return Results(
        await catalogue.items(what, scope, where, most=most) if Sought.ITEM in kinds else (),
        await catalogue.documents(what, scope, where, most=most)
        if Sought.DOCUMENT in kinds
        else (),
        [
            one
            for one in await unit.references.about(what, scope, where, language=language, most=most)
            if one.sought in kinds
        ],
    )
