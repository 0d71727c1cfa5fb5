"""Looking for what is on record: as in the bot, whatever the accents or the script."""

import re

from litestar import get
from litestar.handlers import HTTPRouteHandler
from litestar.response import Redirect

from actions.searching import Results, look as look_for
from domain.decisions import numbered
from domain.searching import Sought
from domain.topics import of_words
from store.catalogue import Filter
from web.public.looking import looking
from web.rendering import Page, page
from web.site import Site
from web.visiting import AnyRequest, see_other

ON_A_PAGE = 25  # of each kind
SHOWN = frozenset(Sought) - {Sought.TEXT}  # what has a page of its own
LONGEST = 200  # letters of what is looked for
PETITION = re.compile(r"PET-\d{4}-\d{1,9}", re.IGNORECASE)


def pages(site: Site) -> list[HTTPRouteHandler]:
    @get("/search")
    async def search(request: AnyRequest) -> Page | Redirect:
        """Show what may be seen of what is about these words; a reference leads to its page."""
        words = request.query_params.get("q", "").strip()[:LONGEST]
        async with looking(site, request) as look:
            if named := place_of(words):
                return see_other(look.visit, named)
            key = look.body_key(request.query_params.get("body", ""))
            where = Filter(body_keys=[key] if key else None)
            found = (
                await look_for(
                    look.unit, look.viewer.scope, words, where, kinds=SHOWN, most=ON_A_PAGE
                )
                if words
                else Results()
            )
            return page(
                look.visit,
                "public/search.html",
                words=words,
                found=found,
                body=look.bodies[key] if key else None,
                bodies=look.bodies,
                topic=of_words(words),
                followed=await look.follows(of_words(words)),
            )

    return [search]


def place_of(words: str) -> str:
    """Return the page of what people call `DEL-2026-12` or `PET-2026-0012`; else nothing."""
    if words.upper().startswith("DEL-") and numbered(words):
        return f"/decisions/{words.upper()}"
    return f"/petitions/{words.upper()}" if PETITION.fullmatch(words) else ""
