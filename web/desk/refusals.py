"""What a form of the desk says of itself when an action refuses it, with all that was typed."""

import hashlib
from http import HTTPStatus

from domain.errors import Refused
from domain.phrasebook import phrasebook
from domain.rights import PROVE_FIRST
from web.visiting import Visit

AGAIN = HTTPStatus.UNPROCESSABLE_ENTITY  # a form that is shown again, filled in
ELSEWHERE = frozenset({PROVE_FIRST, "access.not_allowed", "meeting.unknown"})


def told(found: Visit, refused: Refused) -> str:
    """Return why not, to be said on the form itself; raise what another page answers."""
    if refused.key in ELSEWHERE:
        raise refused
    return phrasebook().say(refused.key, found.language, **refused.facts)


def mark(*things: object) -> str:
    """Return a name for values as they stand: another one as soon as anything of them is."""
    return hashlib.sha256(repr(things).encode()).hexdigest()[:16]


def refuse_stale(shown: str, now: str) -> None:
    """Raise Refused when what a form was filled in for is not what there is now."""
    if shown != now:
        raise Refused("desk_sessions.changed_meanwhile")
