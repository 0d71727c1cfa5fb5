"""What Telegram's messages bring besides words."""

from telegram import Message
from telegram.constants import MessageAttachmentType as Kind

from domain.messages import Thing

# Telegram also fills in `document` for an animation and `location` for a venue: the first is taken.
THINGS = {
    Kind.ANIMATION: Thing.VIDEO,
    Kind.AUDIO: Thing.VOICE,
    Kind.CONTACT: Thing.CONTACT,
    Kind.DICE: Thing.STICKER,
    Kind.DOCUMENT: Thing.FILE,
    Kind.LOCATION: Thing.LOCATION,
    Kind.PHOTO: Thing.PHOTO,
    Kind.POLL: Thing.POLL,
    Kind.STICKER: Thing.STICKER,
    Kind.STORY: Thing.VIDEO,
    Kind.VIDEO: Thing.VIDEO,
    Kind.VIDEO_NOTE: Thing.VIDEO,
    Kind.VOICE: Thing.VOICE,
    Kind.VENUE: Thing.LOCATION,
}


def thing(message: Message) -> Thing | None:
    """Return what is there beside the words, or None; a kind of next year is a file."""
    for kind, known in THINGS.items():
        if message[kind]:
            return known
    return Thing.FILE if message.effective_attachment else None
