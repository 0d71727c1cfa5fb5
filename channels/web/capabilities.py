"""What the chat of a web page can do."""

from domain.channel import Capabilities

CAPABILITIES = Capabilities(
    text_length=1_000_000,  # ours to choose: a page scrolls
    buttons=True,
    edit=True,
    attachments=True,
    is_repeat_harmless=True,  # the delivery's row is the answer, and there is one row
    in_flight=256,  # nothing is sent, so nothing is waited for
)
