"""Every page there is, and who looks at it: what walks all pages walks this table.

Whoever adds a route adds its line here: `tests/web/test_every_page.py` holds the table to it.
"""

from dataclasses import dataclass
from enum import StrEnum


class Who(StrEnum):
    ANYBODY = "anybody"
    READER = "reader"  # Amina, a member of the council
    STAFF = "staff"  # Samira, of its secretariat
    ADMIN = "admin"  # Omar, who looks after the systems


@dataclass(frozen=True, slots=True)
class Seen:
    """A page, as somebody sees it; what stands in braces is filled in by what the town has."""

    path: str
    who: Who = Who.ANYBODY


PUBLIC = (
    Seen("/"),
    Seen("/sessions"),
    Seen("/sessions/{session}"),
    Seen("/items/{item}"),
    Seen("/decisions"),
    Seen("/decisions/{decision}"),
    Seen("/news"),
    Seen("/news/{news}"),
    Seen("/search?q=Voirie"),
    Seen("/follow"),
    Seen("/follow?topic=body:council"),
    Seen("/api/v1/"),
    Seen("/petitions"),
    Seen("/petitions/new"),
    Seen("/petitions/new/citizens"),
    Seen("/petitions/{petition}"),
    Seen("/petitions/{petition}/poster"),
    Seen("/petitions/{petition}/sign"),
    Seen("/petitions/{petition}/unsign"),
    Seen("/petitions/{petition}/signature/0f0f0f0f0f0f0f0f0f0f"),
)
PERSONAL = (
    Seen("/sign-in"),
    Seen("/sign-in/code"),
    Seen("/sign-in/link/nothing-of-the-kind"),
    Seen("/offline"),
    Seen("/inbox", Who.READER),
    Seen("/inbox?drawer=archived", Who.READER),
    Seen("/inbox/{letter}", Who.READER),
    Seen("/inbox/{letter}/why", Who.READER),
    Seen("/talk", Who.READER),
    Seen("/account", Who.READER),
    Seen("/calendar", Who.READER),
    Seen("/preferences", Who.READER),
    Seen("/prove?then=/talk", Who.READER),
    Seen("/addresses", Who.READER),
    Seen("/addresses/code?contact=amina@example.org", Who.READER),
    Seen("/passkeys", Who.READER),
    Seen("/my-data", Who.READER),
    Seen("/my-data/erase", Who.READER),
    Seen("/erased"),
)
DESK = (
    Seen("/desk", Who.STAFF),
    Seen("/desk/approvals", Who.STAFF),
    Seen("/desk/approvals/{text}", Who.STAFF),
    Seen("/desk/delegations", Who.STAFF),
    Seen("/desk/publications", Who.STAFF),
    Seen("/desk/publications/new", Who.STAFF),
    Seen("/desk/publications/{text}", Who.STAFF),
    Seen("/desk/petitions", Who.STAFF),
    Seen("/desk/petitions/{petition}", Who.STAFF),
    Seen("/desk/petitions/{petition}/signatures", Who.STAFF),
    Seen("/desk/people", Who.STAFF),
    Seen("/desk/people/import", Who.STAFF),
    Seen("/desk/people/{person}", Who.STAFF),
    Seen("/desk/settings", Who.STAFF),
    Seen("/desk/systems", Who.ADMIN),
    Seen("/desk/systems/tokens/new", Who.ADMIN),
    Seen("/desk/systems/webhooks/new", Who.ADMIN),
    Seen("/desk/deliveries", Who.STAFF),
    Seen("/desk/deliveries/all", Who.STAFF),
    Seen("/desk/deliveries/1", Who.STAFF),
    Seen("/desk/deliveries/1/people/{person}", Who.STAFF),
    Seen("/desk/channels", Who.STAFF),
    Seen("/desk/suppressions", Who.STAFF),
    Seen("/desk/proofs/{session}", Who.STAFF),
    Seen("/desk/audit", Who.STAFF),
    Seen("/desk/sessions", Who.STAFF),
    Seen("/desk/sessions/new", Who.STAFF),
    Seen("/desk/sessions/new?body=council&kind=extraordinary_third", Who.STAFF),
    Seen("/desk/sessions/{draft}", Who.STAFF),
    Seen("/desk/sessions/{draft}/add_sitting", Who.STAFF),
    Seen("/desk/sessions/{draft}/convene", Who.STAFF),
    Seen("/desk/sessions/{draft}/items/new", Who.STAFF),
    Seen("/desk/sessions/{draft}/items/{draft_item}", Who.STAFF),
    Seen("/desk/sessions/{draft}/papers/new", Who.STAFF),
    Seen("/desk/sessions/{draft}/submit", Who.STAFF),
    Seen("/desk/sessions/{session}/call_off", Who.STAFF),
    Seen("/desk/sessions/{session}/close", Who.STAFF),
    Seen("/desk/sessions/{session}/excuses", Who.STAFF),
    Seen("/desk/sessions/{session}/extend", Who.STAFF),
    Seen("/desk/sessions/{open}/items/{open_item}/debate", Who.STAFF),
    Seen("/desk/sessions/{open}/items/{open_item}/voices", Who.STAFF),
    Seen("/desk/sessions/{closed}/minutes", Who.STAFF),
    Seen("/desk/sessions/{session}/move", Who.STAFF),
    Seen("/desk/sessions/{session}/roll", Who.STAFF),
    Seen("/desk/sessions/{session}/tell", Who.STAFF),
)
PAGES = (*PUBLIC, *PERSONAL, *DESK)

# Routes that answer a browser, and show no page: files, streams, feeds, and what only leads on.
NO_PAGES = frozenset(
    {
        "/calendars/mine/{name:str}",
        "/calendars/{name:str}",
        "/desk/deliveries/{notice_id:int}/chart",
        "/desk/proofs/{session_id:int}/csv",
        "/desk/proofs/{session_id:int}/pdf",
        "/feeds/{name:str}",
        "/inbox/about/{delivery_id:int}",
        "/inbox/live",
        "/inbox/{letter_id:int}/papers/{sha256:str}",
        "/manifest.webmanifest",
        "/papers/{document_id:int}",
        "/service-worker.js",
        "/static/{name:str}",
        "/desk/sessions/{session_id:int}/register.csv",
        "/desk/petitions/{ref:str}/papers/{sha256:str}",
        "/petitions/{ref:str}/receipt.pdf",
        "/petitions/{ref:str}/square.png",
        "/chat/messages",
        "/chat/messages/{answer_id:int}/papers/{sha256:str}",
    }
)

# Pages in the middle of something, which lead back to its beginning: their own tests show them.
MIDWAY = frozenset(
    {
        "/follow/code",
        "/continue/{token:str}",
        "/desk/sessions/{session_id:int}/reconvene",
        "/petitions/new/{kind:str}/code",
        "/petitions/new/{kind:str}/text",
        "/petitions/{ref:str}/sign/code",
        "/petitions/{ref:str}/unsign/code",
        "/petitions/{ref:str}/supplement",
        "/prove/code",
    }
)
