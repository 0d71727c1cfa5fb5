"""The files that pages need: style, script, icon, and what makes them an app on a phone."""

import hashlib
from functools import cache
from http import HTTPStatus
from typing import Any

from litestar import MediaType, Request, Response, get
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from domain.phrasebook import phrasebook
from web.conditional import PACKED
from web.mistakes import Mistaken
from web.rendering import STATIC, Page, answer, asset, written
from web.site import Site
from web.visiting import spoken

KINDS = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
}
# A worker has the policy it came with, not that of a page: it fetches what it keeps.
WORKER = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": "default-src 'none'; connect-src 'self'; img-src 'self'",
}
FOR_EVER = "public, max-age=31536000, immutable"  # another content has another address
SHELL = ("style.css", "htmx-2.0.11.min.js", "app.js", "push.js", "icon.svg", "icon-192.png")
ICONS = (  # telephones cut the maskable ones into a shape of their own
    ("icon.svg", "any", "any"),
    ("icon-192.png", "192x192", "any"),
    ("icon-512.png", "512x512", "any"),
    ("icon-maskable-192.png", "192x192", "maskable"),
    ("icon-maskable-512.png", "512x512", "maskable"),
)


def pages(site: Site) -> list[HTTPRouteHandler]:
    @get("/static/{name:str}", middleware=[PACKED])
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
        return Response(_worker(), media_type=KINDS[".js"], headers=WORKER)

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
    listed = ", ".join(f'"{one}"' for one in [*kept, "/offline"])
    filled = {'"SHELL"': listed, "VERSION": version, "PICTURE": asset("icon-192.png")}
    text = contents()["service-worker.js"].decode()
    for placeholder, value in filled.items():
        text = text.replace(placeholder, value)
    return text


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
            {"src": asset(name), "sizes": sizes, "type": KINDS[name[-4:]], "purpose": purpose}
            for name, sizes, purpose in ICONS
        ],
    }
