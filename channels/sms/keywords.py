"""The words that stop and start messages, in Latin and Arabic letters.

Twilio hears some by itself on SMS: it answers them, and refuses what we send after a STOP with
21610 (Twilio, "Support for opt-out keywords"). Those are noted and not answered a second time.
The others, and all of them on WhatsApp, are ours to answer.
"""

from dataclasses import dataclass

from domain.addresses import Channel
from domain.folding import folded
from domain.messages import Heard

# YES is a START at Twilio too, but people say it to questions of ours.
TWILIO_HEARS = {
    Heard.STOP: "stop stopall unsubscribe cancel end quit revoke optout",
    Heard.START: "start unstop",
    Heard.OTHER: "help info",
}
OPT_OUT_TYPES = {"STOP": Heard.STOP, "START": Heard.START, "HELP": Heard.OTHER}
WE_HEAR = {
    Heard.STOP: (
        "stop",
        "stopall",
        "unsubscribe",
        "arret",
        "desabonner",
        "desabonnement",
        "توقف",
        "قف",
        "أوقف",
        "أوقفوا",
        "إيقاف",
        "ستوب",
        "سطوب",
        "إلغاء الاشتراك",
    ),
    Heard.START: ("start", "unstop", "reprendre", "ابدأ", "بدء", "استئناف", "تفعيل"),
}


@dataclass(frozen=True, slots=True)
class Keyword:
    """`is_answered`: Twilio has answered it."""

    kind: Heard
    is_answered: bool


def keyword(said: str, channel: Channel, opt_out_type: str = "") -> Keyword | None:
    """Return the keyword somebody said, and nothing else. `opt_out_type`: what Twilio heard."""
    if kind := OPT_OUT_TYPES.get(opt_out_type.upper()):
        return Keyword(kind, is_answered=True)
    if channel is Channel.SMS and (kind := _BY_TWILIO.get(said.strip().lower())):
        return Keyword(kind, is_answered=True)
    kind = _BY_US.get(folded(said))
    return Keyword(kind, is_answered=False) if kind else None


_BY_TWILIO = {word: kind for kind, words in TWILIO_HEARS.items() for word in words.split()}
_BY_US = {folded(word): kind for kind, words in WE_HEAR.items() for word in words}
