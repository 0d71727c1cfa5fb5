"""Looking for what is on record: as in the bot, whatever the accents or the script."""

import unicodedata
from collections.abc import Mapping

from litestar import get
from litestar.handlers import HTTPRouteHandler
from litestar.response import Redirect

from actions.records.searching import Results, look as look_for
from domain.phrasebook import FALLBACK
from domain.publications import numbered
from domain.searching import Sought
from domain.topics import of_words
from store.catalogue import Filter
from web.mistakes import Mistaken
from web.public.decisions import known
from web.public.looking import Look, looking
from web.public.petitions import seen
from web.rendering import Page, page
from web.site import Site
from web.visiting import AnyRequest, see_other

ON_A_PAGE = 25  # of each kind
LONGEST = 200  # letters of what is looked for
# Where that has its page which people call by a reference.
HOMES: Mapping[Sought, str] = {
    Sought.DECISION: "/decisions",
    Sought.PETITION: "/petitions",
    Sought.TEXT: "/news",
}


def pages(site: Site) -> list[HTTPRouteHandler]:
    @get("/search")
    async def search(request: AnyRequest) -> Page | Redirect:
        """Show what may be seen of what is about these words; a reference leads to its page."""
        words = asked_for(request)
        async with looking(site, request) as look:
            if named := await _place_of(look, words):
                return see_other(look.visit, named)
            key = look.body_key(request.query_params.get("body", ""))
            return page(
                look.visit,
                "public/search.html",
                words=words,
                found=await _found(look, words, key) if words else Results(),
                homes=HOMES,
                most=ON_A_PAGE,
                body=look.bodies[key] if key else None,
                bodies=look.bodies,
                topic=of_words(words),
                followed=await look.follows(of_words(words)),
            )

    return [search]


def asked_for(request: AnyRequest) -> str:
    """Return what is looked for, without the signs nobody sees that come along with a copy."""
    said = request.query_params.get("q", "").strip()[:LONGEST]
    return "".join(letter for letter in said if unicodedata.category(letter) not in {"Cf", "Cc"})


async def _found(look: Look, words: str, body_key: str | None) -> Results:
    return await look_for(
        look.unit,
        look.viewer.scope,
        words,
        Filter(body_keys=[body_key] if body_key else None),
        language=FALLBACK.get(look.visit.language, look.visit.language),
        most=ON_A_PAGE,
    )


async def _place_of(look: Look, words: str) -> str:
    """Return the page of what people call DEL-2026-12, PET-2026-0012 or APP-12, if there is one."""
    called = words.upper()
    try:
        if called.startswith("DEL-"):
            return f"/decisions/{(await known(look, called)).ref}"
        if called.startswith("PET-"):
            return f"/petitions/{(await seen(look, called)).ref}"
    except Mistaken:
        return ""
    number = numbered(called)
    text = await look.unit.bulletins.one(number) if number else None
    return f"/news/{text.ref}" if text else ""
