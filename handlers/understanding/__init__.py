"""What did they mean: one room with one entrance, `understood`; `parted` tells two wishes apart."""

from handlers.understanding.clauses import parted
from handlers.understanding.meaning import Intent, KnownBody, Understood
from handlers.understanding.reading import guessed, understood

__all__ = ["Intent", "KnownBody", "Understood", "guessed", "parted", "understood"]
