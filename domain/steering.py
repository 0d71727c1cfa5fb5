"""What keeps a channel from sending: an operator, its provider, or our own mistake."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.addresses import Channel


class HoldKind(StrEnum):
    PAUSED = "paused"  # an operator said so; until they say otherwise
    RESTING = "resting"  # the provider is away, or asked for a pause
    BARRED = "barred"  # the provider refuses us: somebody has to mend the settings


@dataclass(frozen=True, slots=True)
class Hold:
    """Why a channel sends nothing. `until`: when it is tried again by itself; None: it is not."""

    channel: Channel
    kind: HoldKind
    code: str | None
    since: datetime
    until: datetime | None
