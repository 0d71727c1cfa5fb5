"""What one process does of the whole: all of it, or one role of any number of each."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from bot.settings import Settings
from domain.addresses import Channel
from domain.errors import Misconfigured


class Role(StrEnum):
    WEB = "web"  # hears: platforms' calls, and platforms that are asked what is new
    WORKER = "worker"  # sends
    CLOCK = "clock"  # does what is due: reminders, fan-out, leases that ran out


@dataclass(frozen=True, slots=True)
class Share:
    """What a process does. `channels`: on which it sends, or None for every one there is."""

    roles: frozenset[Role] = frozenset(Role)
    channels: frozenset[Channel] | None = None

    @property
    def is_whole(self) -> bool:
        return self.roles == frozenset(Role)

    def require_possible(
        self, settings: Settings, *, is_shared: bool, carried: Collection[Channel]
    ) -> None:
        """Raise Misconfigured when a process with these settings cannot do this share."""
        if self.is_whole:
            return
        if not is_shared:
            raise Misconfigured(
                "Several processes need PostgreSQL, and the records are in a file: run "
                "beffroi serve, or set BEFFROI_DATABASE_URL to postgresql://USER:PASSWORD@HOST/NAME."
            )
        if unknown := sorted((self.channels or frozenset()) - set(carried)):
            raise Misconfigured(f"Nothing is set up that carries {', '.join(unknown)}.")
        sends_letters = Role.WORKER in self.roles and Channel.EMAIL in (self.channels or carried)
        is_folder_meant = "folder" in settings.email.model_fields_set
        if sends_letters and settings.smtp.host is None and not is_folder_meant:
            raise Misconfigured(
                "Letters would lie in a folder of whichever machine happened to send them: set "
                "BEFFROI_SMTP_HOST, or name a folder they all share in BEFFROI_EMAIL_FOLDER."
            )
