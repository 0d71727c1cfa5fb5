"""Pages made of templates: what every page shows, and what a browser may do with it."""

import hashlib
from collections.abc import Sequence
from functools import cache, partial
from http import HTTPStatus
from pathlib import Path
from typing import Any

from babel.units import format_unit
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import MediaType, Response
from litestar.datastructures import Cookie

from actions.sitting_words import vote_line
from domain import local_time
from domain.files import TAKEN
from domain.french import unbroken
from domain.messages import RIGHT_TO_LEFT
from domain.phrasebook import ELSEWHERE, FALLBACK, LANGUAGES, phrasebook
from store.bodies import Tenant
from web.drawings import drawn
from web.looks import looks
from web.navigation import desk_rooms, places
from web.visiting import Visit
from web.wording import worded

HERE = Path(__file__).parent
STATIC = HERE / "static"
NAMES = {"fr": "Français", "ar": "العربية", "en": "English"}  # each in its own
KILOBYTE = 1000
UNITS = ("byte", "kilobyte", "megabyte", "gigabyte")

# Scripts and styles are files of ours: what a letter says can never run (CSP 3).
POLICY = "; ".join(
    (
        "default-src 'none'",
        *(f"{kind}-src 'self'" for kind in ("script", "style", "img", "connect", "manifest")),
        "worker-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
HEADERS = {"Content-Security-Policy": POLICY}

Page = Response[str]


def page(
    visit: Visit,
    template: str,
    *,
    status: HTTPStatus = HTTPStatus.OK,
    cookies: Sequence[Cookie] = (),
    **facts: Any,
) -> Page:
    """Return a page for one visit, sealed for its browser."""
    html = written(template, visit.language, commune=visit.commune, visit=visit, **facts)
    return answer(html, status=status, cookies=[*visit.cookies(), *cookies])


def answer(
    html: str, *, status: HTTPStatus = HTTPStatus.OK, cookies: Sequence[Cookie] = ()
) -> Page:
    return Response(
        drawn(html),
        media_type=MediaType.HTML,
        status_code=status,
        headers={**HEADERS, "Vary": "Cookie, Accept-Language"},
        cookies=list(cookies),
    )


def written(
    template: str, language: str, *, commune: Tenant | None, visit: Visit | None, **facts: Any
) -> str:
    """Return a template filled in, in a language; `visit` is None where nobody knows who reads."""
    return (
        environment()
        .get_template(template)
        .render(
            language=language,
            direction=direction(language),
            say=partial(_say, language),
            names={one: NAMES[one] for one in LANGUAGES},
            spoken=FALLBACK.get(language, language),
            commune_name=named(commune, language) if commune else "Beffroi",
            visit=visit,
            size=partial(size, language),
            **facts,
        )
    )


@cache
def environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["asset"] = asset
    made.globals["taken"] = ",".join(kind for kind, _, _ in TAKEN)
    made.globals["places"] = places
    made.globals["looks"] = looks
    made.globals["local"] = local_time
    made.globals["vote_line"] = vote_line
    made.globals["desk_rooms"] = desk_rooms
    made.globals["worded"] = worded
    made.globals["direction_of"] = direction
    return made


@cache
def asset(name: str) -> str:
    """Return the address of a file of ours, which is another one when its bytes are others."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()
    return f"/static/{name}?v={digest[:12]}"


def direction(language: str) -> str:
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def named(commune: Tenant, language: str) -> str:
    names = commune.names
    spoken = FALLBACK.get(language, language)
    return names.get(spoken) or names.get(ELSEWHERE) or commune.slug


def size(language: str, count: int) -> str:
    """Return a number of bytes as people read it."""
    shown, unit = float(count), 0
    while shown >= KILOBYTE and unit < len(UNITS) - 1:
        shown, unit = shown / KILOBYTE, unit + 1
    spoken = local_time.locale(language)
    return format_unit(round(shown), f"digital-{UNITS[unit]}", length="short", locale=spoken)


def _say(language: str, key: str, /, **facts: object) -> str:
    said = phrasebook().say(key, language, **facts)
    return unbroken(said) if language == "fr" else said
