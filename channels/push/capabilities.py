"""What Web Push can do."""

from datetime import timedelta

from domain.channel import Capabilities

# RFC 8030, 7.2: a push service takes 4,096 bytes of body. Of them RFC 8188 and RFC 8291 take the
# header (86: salt, size, length and key), the record's end (1) and the proof of integrity (16).
PLAIN_BYTES = 3993
# Firebase's push service keeps nothing longer; others keep it shorter, and say so in their answer.
LONGEST_TTL = timedelta(days=28)

CAPABILITIES = Capabilities(
    text_length=PLAIN_BYTES,
    # The same Topic while it waits and the same tag when it is shown: a repeat replaces itself.
    is_repeat_harmless=True,
    in_flight=64,
    is_scattered=True,
)
