"""What is answered when a call cannot be: a problem (RFC 9457), and nothing of our inside."""

import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated, Any

from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.openapi.datastructures import ResponseSpec
from litestar.types import ExceptionHandlersMap
from msgspec import Meta, Struct

from domain.errors import Refused, Unavailable
from domain.phrasebook import phrasebook
from web.visiting import accepted_language

PROBLEM = "application/problem+json"
NOT_ALLOWED = "access.not_allowed"
SOON = "60"  # seconds
MISSING = re.compile(r"Missing required \w+ parameter '([^']+)'")  # as Litestar says it
# What callers call what has another name in our functions.
SAID_AS = {
    "data": "body",
    "idempotency_key": "Idempotency-Key",
    "in_state": "state",
    "of_body": "body",
}
CHALLENGE = 'Bearer realm="beffroi"'


class Fault(Struct, frozen=True):
    """One thing that is wrong with what was sent."""

    where: Annotated[str, Meta(description="The parameter, header or field.")]
    what: str


class Problem(Struct, frozen=True, omit_defaults=True):
    """Why a call was not answered (RFC 9457)."""

    title: Annotated[str, Meta(description="What the status means.")]
    status: int
    type: Annotated[str, Meta(description="about:blank: the status says it.")] = "about:blank"
    detail: Annotated[str, Meta(description="Why, in the language of Accept-Language.")] = ""
    code: Annotated[str, Meta(description="Why, for programs.")] = ""
    errors: list[Fault] = []


class Mistaken(HTTPException):
    """What cannot be answered: `code` says why, `facts` fill its phrase in, if it has one."""

    def __init__(
        self,
        status: HTTPStatus,
        code: str = "",
        *,
        headers: Mapping[str, str] | None = None,
        faults: tuple[Fault, ...] = (),
        **facts: object,
    ) -> None:
        super().__init__(detail=status.phrase, status_code=int(status), headers=dict(headers or {}))
        self.code = code
        self.facts = facts
        self.faults = faults


WHEN = {
    400: "What was sent cannot be read.",
    401: "No token was sent, or one that opens nothing.",
    403: "The token, or its owner, may not do this.",
    404: "There is no such thing, or it is not the token's to see.",
    405: "This path does not take this method.",
    406: "It cannot be answered in the form that was asked for.",
    409: "It contradicts what stands.",
    413: "What was sent is too large.",
    415: "What was sent is not of the kind that is taken.",
    422: "What was sent can be read, and cannot be done.",
    429: "Too many calls: Retry-After says when to go on.",
    500: "A mistake of ours.",
    503: "The records are away: Retry-After says when to come again.",
}
READING = (400, 401, 403, 404, 429, 500, 503)
WRITING = (*READING, 413, 415, 422)


def answers(*statuses: int) -> dict[int, ResponseSpec]:
    """Return how problems are described."""
    return {
        status: ResponseSpec(
            data_container=Problem,
            generate_examples=False,
            description=WHEN[status],
            media_type=PROBLEM,
        )
        for status in statuses
    }


def failing() -> ExceptionHandlersMap:
    return {Exception: _answer, HTTPException: _answer}


def _answer(request: Request[Any, Any, Any], error: Exception) -> Response[Problem]:
    language = accepted_language(request.headers.get("accept-language", ""))
    problem = _problem(error, language)
    headers: dict[str, Any] = dict(getattr(error, "headers", None) or {})
    headers.pop("content-type", None)
    if problem.status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers["Retry-After"] = SOON
    if problem.status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = CHALLENGE
    if problem.detail:
        headers["Content-Language"] = language
    return Response(problem, status_code=problem.status, media_type=PROBLEM, headers=headers)


def _problem(error: Exception, language: str) -> Problem:
    match error:
        case Refused():
            is_right = error.key == NOT_ALLOWED
            status = HTTPStatus.FORBIDDEN if is_right else HTTPStatus.UNPROCESSABLE_ENTITY
            return _said(status, error.key, language, error.facts)
        case Mistaken():
            status = HTTPStatus(error.status_code)
            return _said(status, error.code, language, error.facts, error.faults)
        case ValidationException():
            return _said(HTTPStatus.BAD_REQUEST, "", language, {}, _faults(error))
        case Unavailable():
            return _said(HTTPStatus.SERVICE_UNAVAILABLE, "", language)
        case _:
            return _said(HTTPStatus(getattr(error, "status_code", 500)), "", language)


def _said(
    status: HTTPStatus,
    code: str,
    language: str,
    facts: Mapping[str, object] | None = None,
    faults: tuple[Fault, ...] = (),
) -> Problem:
    key = code or f"api.error_{int(status)}"
    detail = phrasebook().say(key, language, **(facts or {})) if phrasebook().has(key) else ""
    return Problem(status.phrase, int(status), detail=detail, code=code, errors=list(faults))


def _faults(error: ValidationException) -> tuple[Fault, ...]:
    """Return what the validation found; it names fields, and does not quote what was sent."""
    if missing := MISSING.match(error.detail):
        return (Fault(missing[1], "it is missing"),)
    found = error.extra if isinstance(error.extra, list) else []
    return tuple(
        Fault(SAID_AS.get(one.get("key", ""), one.get("key", "")), one.get("message", ""))
        for one in found
    )
