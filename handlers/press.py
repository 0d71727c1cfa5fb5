"""What a button does: who answers it, and how its value is read."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from handlers.turn import Outcome


@dataclass(frozen=True, slots=True)
class Press:
    """Who answers a button, and how the parts of its value are read; the last may be left out."""

    answer: Callable[..., Awaitable[Outcome]]
    parts: tuple[Callable[[str], Any], ...] = ()
    needed: int = 0

    def read(self, text: str) -> list[Any]:
        """Read the parts, or raise ValueError: a button's value may have been forged."""
        texts = text.split(":", len(self.parts) - 1) if text and self.parts else []
        if len(texts) < self.needed:
            raise ValueError("parts are missing")
        return [read(part) for read, part in zip(self.parts, texts, strict=False)]
