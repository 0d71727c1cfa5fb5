"""What did they mean: one room with one entrance, `understood`."""

from handlers.understanding.meaning import Intent, KnownBody, Understood

__all__ = ["Intent", "KnownBody", "Understood"]
