"""What e-mail can do."""

from domain.channel import Capabilities

# Postfix accepts 10,240,000 bytes unless told otherwise (postconf(5), message_size_limit). A server
# that names its own limit (RFC 1870) is asked besides.
LETTER_BYTES = 10_000_000

CAPABILITIES = Capabilities(
    text_length=1_000_000,  # no rule sets one; RFC 5321, 4.5.3.1.7 only forbids to assume much
    attachments=True,
    # The same Message-ID twice: most mailboxes show one, and where not, a person sees a copy.
    is_repeat_harmless=True,
    in_flight=8,  # connections; more gained nothing against a fast server
)
