"""The files that pages need: style, script, icon, and what makes them an app on a phone."""

import hashlib
from functools import cache
from http import HTTPStatus
from typing import Any

from litestar import MediaType, Request, Response, get
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from domain.phrasebook import phrasebook
from web.mistakes import Mistaken
from web.rendering import STATIC, Page, answer, asset, written
from web.site import Site
from web.visiting import spoken

KINDS = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}
FOR_EVER = "public, max-age=31536000, immutable"  # another content has another address
SHELL = ("style.css", "htmx-2.0.11.min.js", "app.js", "icon.svg")


def pages(site: Site) -> list[HTTPRouteHandler]:
    @get("/static/{name:str}")
    async def file(name: FromPath[str]) -> Response[bytes]:
        content = contents().get(name)
        if content is None:
            raise Mistaken(HTTPStatus.NOT_FOUND)
        kind = KINDS[name[name.rindex(".") :]]
        return Response(content, media_type=kind, headers={"Cache-Control": FOR_EVER})

    @get("/manifest.webmanifest")
    async def manifest(request: Request[Any, Any, Any]) -> Response[dict[str, Any]]:
        return Response(_manifest(spoken(site, request)), media_type="application/manifest+json")

    @get("/service-worker.js")
    async def worker() -> Response[str]:
        return Response(_worker(), media_type=KINDS[".js"], headers={"Cache-Control": "no-cache"})

    @get("/offline", media_type=MediaType.HTML)
    async def offline(request: Request[Any, Any, Any]) -> Page:
        return answer(written("offline.html", spoken(site, request), commune=None, visit=None))

    return [file, manifest, worker, offline]


@cache
def contents() -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in STATIC.iterdir() if file.suffix in KINDS}


@cache
def _worker() -> str:
    """Return the service worker, which is another one when a file it keeps is."""
    kept = [asset(name) for name in SHELL]
    version = hashlib.sha256("".join(kept).encode()).hexdigest()[:12]
    text = contents()["service-worker.js"].decode()
    listed = ", ".join(f'"{one}"' for one in [*kept, "/offline"])
    return text.replace('"KEPT"', listed).replace("VERSION", version)


def _manifest(language: str) -> dict[str, Any]:
    """Return what installs the pages as an app (W3C, Web Application Manifest)."""
    return {
        "id": "/inbox",
        "name": f"Beffroi – {phrasebook().say('web.inbox', language)}",
        "short_name": "Beffroi",
        "lang": language,
        "dir": "rtl" if language in {"ar", "ary"} else "ltr",
        "start_url": "/inbox",
        "scope": "/",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#0b4f6c",
        "icons": [
            {"src": asset("icon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": purpose}
            for purpose in ("any", "maskable")
        ],
    }
