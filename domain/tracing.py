"""What the house does, as spans with a beginning and an end, for whoever wants to see them.

A span never holds an address, a name or a text: only our own ids, channels, counts and codes.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

Fact = str | int


class Span(Protocol):
    def note(self, **facts: Fact | None) -> None:
        """Add what has been found out meanwhile; None says nothing."""
        ...


class Tracing(Protocol):
    def span(self, name: str, **facts: Fact | None) -> AbstractContextManager[Span]:
        """Return a span around a block; an error that leaves it is noted by its kind alone."""
        ...


class Untraced:
    """Sees nothing."""

    @contextmanager
    def span(self, name: str, **facts: Fact | None) -> Iterator[Span]:  # noqa: ARG002 - nothing is seen
        yield self

    def note(self, **facts: Fact | None) -> None:
        """Forget it."""


UNTRACED = Untraced()
