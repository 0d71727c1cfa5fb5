"""The errors of the house, named for what to do next.

Refused                 a person asked for what cannot be; says why, in their language
Failed                  carrying a message did not work
├─ Unreachable          not now: try again, no sooner than `retry_after`
│  ├─ Barred            by our own fault, whoever it is for: mend the settings
│  └─ Untried           not even asked: whoever would be rests
├─ Undeliverable        never to this address, or never this message
└─ Uncertain            the provider may have taken it: look, before repeating
BadUpdate               a platform sent what cannot be read
└─ Stranger             whoever sent it did not prove to be the platform
Unreadable              a stored thing is there and cannot be read
Unavailable             the store does not answer: nothing was kept, ask again
Misconfigured           the program cannot start as it is set up
"""

from collections.abc import Mapping
from datetime import timedelta


class Refused(Exception):
    """What was asked cannot be done; nothing was changed.

    `key` names a phrase (see domain.phrasebook) and `facts` fill it in.
    """

    def __init__(self, key: str, /, **facts: object) -> None:
        super().__init__(key, facts)
        self.key = key
        self.facts: Mapping[str, object] = facts

    def __str__(self) -> str:
        return f"{self.key} {dict(self.facts)}" if self.facts else self.key


class Failed(Exception):
    """A message could not be carried. `code` is a short word for the records."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Unreachable(Failed):
    """Not now. `retry_after`, when the provider names it, is obeyed to the second.

    `is_only_here`: this address, or this message, has to wait, and no other.
    """

    def __init__(
        self, code: str, *, retry_after: timedelta | None = None, is_only_here: bool = False
    ) -> None:
        super().__init__(code)
        self.retry_after = retry_after
        self.is_only_here = is_only_here


class Barred(Unreachable):
    """The provider refuses us: our account, our key or our sender, whoever the message is for."""


class Untried(Unreachable):
    """One of a channel's many providers is left alone for now: this was no attempt."""

    def __init__(self, code: str, *, retry_after: timedelta) -> None:
        super().__init__(code, retry_after=retry_after, is_only_here=True)


class Undeliverable(Failed):
    """Never. `is_address_dead`: nothing else will reach this address either."""

    def __init__(self, code: str, *, is_address_dead: bool = False) -> None:
        super().__init__(code)
        self.is_address_dead = is_address_dead


class Uncertain(Failed):
    """The provider may or may not have taken the message."""


class BadUpdate(Exception):
    """Not an update: refused before anything was changed."""


class Stranger(BadUpdate):
    """Whoever sent it did not prove to be the platform: refused before it was read."""


class Unreadable(Exception):
    """Something we keep exists but cannot be read."""


class Unavailable(Exception):
    """The store does not answer."""


class Misconfigured(Exception):
    """The program refuses to start; the message says what to do."""
