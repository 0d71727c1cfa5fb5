"""The season: when a body holds its ordinary sessions."""

from datetime import date
from typing import Any

from domain.bodies import BodyKind
from domain.law.loading import pack
from domain.law.rules import Rule

RULES = {
    BodyKind.COUNCIL: "ordinary_sessions",
    BodyKind.ARRONDISSEMENT_COUNCIL: "arrondissement_ordinary_sessions",
}


def ordinary_season(pack_key: str, kind: BodyKind) -> Rule | None:
    """Return the rule on when such a body opens its ordinary sessions, if there is one."""
    name = RULES.get(kind)
    return pack(pack_key).rules.get(name) if name else None


def is_in_season(pack_key: str, kind: BodyKind, opening: date) -> bool:
    """Return whether an ordinary session may open that day (law 113-14, arts 33 and 225).

    A law that names no months leaves every day open.
    """
    rule = ordinary_season(pack_key, kind)
    season: dict[str, Any] = rule.value if rule else {}
    is_month = opening.month in season.get("months", range(1, 13))
    return is_month and opening.day <= season.get("first_days", 31)
