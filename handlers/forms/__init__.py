"""Forms in a conversation: asked one question at a time, read back, and only then sent."""

from handlers.forms.filling import Filling
from handlers.forms.resuming import open_forms
from handlers.forms.wayfinding import Word

__all__ = ["Filling", "Word", "open_forms"]
