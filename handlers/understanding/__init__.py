"""What did they mean: one room with one entrance, `understood`."""

from handlers.understanding.meaning import Intent, KnownBody, Understood
from handlers.understanding.reading import understood

__all__ = ["Intent", "KnownBody", "Understood", "understood"]
