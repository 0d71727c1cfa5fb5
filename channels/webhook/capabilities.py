"""What a webhook can do."""

from domain.channel import Capabilities

CAPABILITIES = Capabilities(
    text_length=1_000_000,  # ours to choose: a program reads it
    is_repeat_harmless=True,  # each repeat names the same delivery, by which it is known
    in_flight=16,
    is_scattered=True,
)
