"""The Slack workspaces in which our app is installed, and their sealed tokens."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.addresses import Channel
from domain.clock import Clock
from domain.workspaces import Installation
from store.rows import value_of
from store.tables.people import addresses
from store.tables.slack import slack_installations
from store.upserts import insert_for

FIELDS = select(*(slack_installations.c[name] for name in Installation.__slots__))


class SlackInstallations:
    def __init__(self, connection: AsyncConnection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    async def at(self, team: str) -> Installation | None:
        found = await self._connection.execute(FIELDS.where(slack_installations.c.team == team))
        row = found.one_or_none()
        return value_of(Installation, row) if row else None

    async def teams(self) -> Sequence[str]:
        found = await self._connection.execute(
            select(slack_installations.c.team).order_by(slack_installations.c.team)
        )
        return list(found.scalars())

    async def keep(self, installation: Installation) -> None:
        """Remember an installation, in the place of an earlier one there."""
        values = {name: getattr(installation, name) for name in Installation.__slots__}
        statement = insert_for(self._connection, slack_installations).values(values)
        await self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=["team"], set_={**values, "rotating_until": None}
            )
        )

    async def forget(self, team: str, *, before: datetime) -> bool:
        """Forget an installation made before an instant, and say whether there was one."""
        gone = await self._connection.execute(
            delete(slack_installations)
            .where(slack_installations.c.team == team)
            .where(slack_installations.c.installed_at < before)
        )
        return gone.rowcount > 0

    async def begin_rotation(self, team: str, *, lasts: timedelta) -> Installation | None:
        """Take the right to ask for the next token; None while somebody else has it."""
        now = self._clock.now()
        taken = await self._connection.execute(
            update(slack_installations)
            .where(slack_installations.c.team == team)
            .where(
                or_(
                    slack_installations.c.rotating_until.is_(None),
                    slack_installations.c.rotating_until <= now,
                )
            )
            .values(rotating_until=now + lasts)
        )
        return await self.at(team) if taken.rowcount else None

    async def end_rotation(self, before: Installation, after: Installation) -> bool:
        """Put the tokens of `after` in the place of those of `before`; False if they had gone."""
        kept = await self._connection.execute(
            update(slack_installations)
            .where(slack_installations.c.team == before.team)
            .where(slack_installations.c.token == before.token)
            .values(
                token=after.token,
                refresh_token=after.refresh_token,
                expires_at=after.expires_at,
                rotating_until=None,
            )
        )
        return kept.rowcount > 0

    async def shut(self, team: str, *, code: str, at: datetime) -> int:
        """Quarantine every address in a workspace, and say how many there were."""
        shut = await self._connection.execute(
            update(addresses)
            .where(_within(team), addresses.c.quarantined_at.is_(None))
            .values(quarantined_at=at, quarantine_code=code)
        )
        return shut.rowcount

    async def reopen(self, team: str, *, codes: frozenset[str]) -> int:
        """Use again the addresses of a workspace that were quarantined for one of these."""
        opened = await self._connection.execute(
            update(addresses)
            .where(_within(team), addresses.c.quarantine_code.in_(codes))
            .values(quarantined_at=None, quarantine_code=None)
        )
        return opened.rowcount


def _within(team: str) -> ColumnElement[bool]:
    return (addresses.c.channel == Channel.SLACK) & addresses.c.value.startswith(
        f"{team}:", autoescape=True
    )
