"""Bodies by whatever people call them: a key, a name or an alias, in any script."""

from collections import defaultdict
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache

from domain.bodies import Body
from domain.errors import Refused
from domain.folding import folded
from domain.importing.cells import shown

LIKENESS = 0.6  # below, a suggestion is no help
SUGGESTED = 3


class BodyNames:
    def __init__(self, bodies: Iterable[Body]) -> None:
        self._bodies: dict[str, list[Body]] = defaultdict(list)
        for body in bodies:
            for word in {folded(word) for word in (body.key, *body.names.values(), *body.aliases)}:
                self._bodies[word].append(body)
        self._refusal = cache(self._refused)

    def named(self, text: str) -> Body:
        """Return the one body of this name, or raise Refused with the names that come near."""
        found = self._bodies.get(folded(text), [])
        if len(found) != 1:
            raise self._refusal(shown(text))
        return found[0]

    def _refused(self, text: str) -> Refused:
        words = folded(text)
        alike = self._bodies.get(words, [])
        if not alike:
            near = get_close_matches(words, self._bodies, n=SUGGESTED, cutoff=LIKENESS)
            alike = [body for word in near for body in self._bodies[word]]
        keys = list(dict.fromkeys(body.key for body in alike))
        if not keys:
            return Refused("import.unknown_body", value=text)
        return Refused("import.which_body", value=text, bodies=keys)
