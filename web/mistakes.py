"""What cannot be shown, and why."""

from http import HTTPStatus

from litestar.exceptions import HTTPException


class Mistaken(HTTPException):
    """What was asked for cannot be answered: `status` says why, and `facts` fill its phrase in."""

    def __init__(self, status: HTTPStatus, **facts: object) -> None:
        super().__init__(detail=status.phrase, status_code=int(status))
        self.facts = facts
