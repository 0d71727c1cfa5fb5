"""Where an app of ours is installed: its tokens, sealed, and until when they are good."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Installation:
    """An app in one workspace. The tokens are sealed: nobody reads them without the key.

    Without `expires_at` the token does not expire; with it, `refresh_token` gives the next, once.
    """

    team: str
    name: str
    token: str
    installed_at: datetime
    refresh_token: str | None = None
    expires_at: datetime | None = None
