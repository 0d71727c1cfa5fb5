"""The settings of who is believed to be who, and how long."""

from datetime import timedelta

from pydantic import Field

from bot.sections import Section
from domain.trust import Trust as Lasting


class Trust(Section):
    """How long a proof of an address lasts."""

    fresh_hours: int = Field(default=12, ge=1, description="hours, from 1")
    slack_fresh_hours: int = Field(default=168, ge=1, description="hours, from 1")
    phone_days: int = Field(default=365, ge=1, description="days, from 1")

    def lasting(self) -> Lasting:
        return Lasting(
            timedelta(hours=self.fresh_hours),
            timedelta(hours=self.slack_fresh_hours),
            timedelta(days=self.phone_days),
        )
