"""What a terminal can do."""

from domain.channel import Capabilities

CAPABILITIES = Capabilities(
    text_length=1_000_000,  # ours to choose: a terminal scrolls
    attachments=True,  # named, not opened
    is_repeat_harmless=True,  # who tries the bot by hand is not misled by a line printed twice
    in_flight=1,  # lines of two messages must not mix
)
