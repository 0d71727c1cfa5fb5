"""What did they mean: one room with one entrance, `understood`."""

from handlers.understanding.meaning import Intent, KnownBody, Understood
from handlers.understanding.reading import guessed, understood

__all__ = ["Intent", "KnownBody", "Understood", "guessed", "understood"]
