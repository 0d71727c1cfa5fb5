"""The audit log, to be searched: who did what to what, and from where."""

from litestar import get
from litestar.handlers import HTTPRouteHandler

from actions.notices import overseeing
from domain.audit import Entry
from domain.clock import wall_time
from domain.history import Happening, done
from domain.phrasebook import phrasebook
from domain.rights import Act
from web.desk.visiting import desk_visit
from web.rendering import Page, page
from web.site import Site
from web.visiting import AnyRequest, Visit, number

ON_A_PAGE = 50
LONGEST = 100  # letters of what is looked for


def pages(site: Site) -> list[HTTPRouteHandler]:
    @get("/desk/audit")
    async def audit(request: AnyRequest) -> Page:
        """Show the newest entries, or those of a person, an act or a reference."""
        found, _ = await desk_visit(site, request, Act.READ_RECORDS)
        said = request.query_params.get("q", "").strip()[:LONGEST]
        before = number(request.query_params.get("before", ""))
        async with site.store.reading() as unit:
            entries = await overseeing.entries(
                unit, found.actor, said=said, before=before or None, most=ON_A_PAGE + 1
            )
            shown = entries[:ON_A_PAGE]
            names = await unit.overview.names(
                {who for one in shown if (who := person_of(one.actor))}
            )
        return page(
            found,
            "desk/audit.html",
            entries=shown,
            said=said,
            doer=lambda entry: names.get(person_of(entry.actor), entry.actor),
            what=lambda entry: _what(found, entry),
            at=lambda instant: wall_time(instant, found.zone),
            older=shown[-1].number if len(entries) > ON_A_PAGE else None,
        )

    return [audit]


def _what(found: Visit, entry: Entry) -> str:
    """Say an entry in words, where there are some for it; else nothing."""
    kind = entry.subject.partition(":")[0]
    one = Happening(wall_time(entry.at, found.zone), kind, entry.act, "", "", entry.facts)
    is_known = phrasebook().has(f"history.{one.key}")
    return done(one, phrasebook(), found.language) if is_known else ""


def person_of(actor: str) -> int:
    """Return the id of `person:7`; 0 for who is none."""
    kind, _, number_of = actor.partition(":")
    return number(number_of) if kind == "person" else 0
