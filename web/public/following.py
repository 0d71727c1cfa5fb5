"""Following a body, an item or a subject with one press, and following it no more."""

from litestar import post
from litestar.handlers import HTTPRouteHandler
from litestar.response import Redirect

from actions import following
from web.forms import SMALL, form
from web.site import Site
from web.visiting import AnyRequest, known_visit, own_page, see_other


def pages(site: Site) -> list[HTTPRouteHandler]:
    @post("/follow", request_max_body_size=SMALL)
    async def follow(request: AnyRequest) -> Redirect:
        """Follow what the page shows, or no more; whoever is a stranger is led to signing in."""
        found, person, _ = await known_visit(site, request)
        said = await form(found)
        change = following.unfollow if said.get("wanted") == "no" else following.follow
        async with site.store.unit() as unit:
            await change(unit, person, said.get("topic", ""))
        return see_other(found, own_page(said.get("back", ""), "/"))

    return [follow]
