"""Workspaces that let our app in, and those that let it go."""

from datetime import datetime, timedelta

from actions.records.noting import note
from domain.actors import PROGRAM
from domain.rights import Act, require
from domain.workspaces import Installation
from store.unit import Unit

GONE = frozenset({"app_uninstalled", "tokens_revoked"})
TOLD_IN = timedelta(seconds=1)  # Slack tells instants in whole seconds, cut
CLOSED = GONE | {"not_installed", "account_inactive", "token_revoked"}
"""Codes of addresses that are good again once their workspace has let us in."""


async def join(unit: Unit, installation: Installation) -> None:
    """Keep an installation, and use again the addresses in its workspace."""
    require(PROGRAM, Act.CONNECT)
    await unit.slack_installations.keep(installation)
    opened = await unit.slack_installations.reopen(installation.team, codes=CLOSED)
    await note(unit, PROGRAM, "slack_joined", f"slack:{installation.team}", reopened=opened)


async def leave(unit: Unit, team: str, *, code: str, at: datetime) -> bool:
    """Forget a workspace that let us go at an instant, and stop writing there.

    Answers whether anything changed. What Slack says late, after we were let in again, is passed
    over.
    """
    is_gone = await unit.slack_installations.forget(team, before=at + TOLD_IN)
    if not is_gone and await unit.slack_installations.at(team):
        return False
    shut = await unit.slack_installations.shut(team, code=code, at=unit.clock.now())
    if is_gone or shut:
        await note(unit, PROGRAM, "slack_left", f"slack:{team}", shut=shut)
    return is_gone or shut > 0
