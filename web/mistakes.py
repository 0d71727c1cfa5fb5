"""What cannot be shown, and why."""

from http import HTTPStatus

from litestar.exceptions import HTTPException

from domain.errors import Refused
from domain.rights import PROVE_FIRST


class Mistaken(HTTPException):
    """What was asked for cannot be answered: `status` says why, and `facts` fill its phrase in."""

    def __init__(self, status: HTTPStatus, **facts: object) -> None:
        super().__init__(detail=status.phrase, status_code=int(status))
        self.facts = facts


class Stale(Mistaken):
    """A form of this site was shown before its reader signed in, or out, in another tab."""

    def __init__(self) -> None:
        super().__init__(HTTPStatus.FORBIDDEN)


def beside(refused: Refused) -> Refused:
    """Return what can be told beside a form; raise what leads to a page of its own."""
    if refused.key == PROVE_FIRST:
        raise refused
    return refused
