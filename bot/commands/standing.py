"""What sends nothing now, or tells nobody in earnest, in sentences for the operator."""

from datetime import datetime
from typing import TYPE_CHECKING

from domain.steering import Hold, HoldKind

if TYPE_CHECKING:
    from bot.settings import Settings
    from store.unit import Unit


async def sentences(unit: "Unit", settings: "Settings") -> list[tuple[str, str]]:
    """Return each thing that is held back, and why."""
    said = [("trial", trial_sentence(settings))] if settings.trial else []
    said += [(f"channel:{hold.channel}", _of_hold(hold)) for hold in await unit.steering.holds()]
    paused = sorted(await unit.steering.paused_notices())
    return said + [(f"notice:{one}", f"paused: beffroi resume notice:{one}") for one in paused]


def trial_sentence(settings: "Settings") -> str:
    from domain.trials import trial

    allowed = trial(settings.trial_allow)
    count = len(allowed.addresses) + len(allowed.person_ids)
    return f"TRIAL: only {count} listed people and addresses are told, all else is simulated"


def _of_hold(hold: Hold) -> str:
    resume = f"beffroi resume channel:{hold.channel}"
    match hold.kind:
        case HoldKind.PAUSED:
            return f"paused by an operator since {_at(hold.since)}: {resume}"
        case HoldKind.BARRED:
            return f"refuses us ({hold.code}): mend the settings, then {resume}"
        case HoldKind.RESTING:
            until = _at(hold.until) if hold.until else "it answers"
            return f"does not take messages ({hold.code}): tried again by itself at {until}"


def _at(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
