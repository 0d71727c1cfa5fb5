"""What Telegram's messages bring besides words."""

from telegram import Audio, Document, Message, PhotoSize, Video, Voice
from telegram.constants import MessageAttachmentType as Kind

from domain.messages import Brought, Thing

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

NAMES = {"photosize": "photo.jpg", "voice": "voice.ogg", "video": "video.mp4"}


def thing(message: Message) -> Thing | None:
    """Return what is there beside the words, or None; a kind of next year is a file."""
    for kind, known in THINGS.items():
        if message[kind]:
            return known
    return Thing.FILE if message.effective_attachment else None


def brought(message: Message) -> tuple[Brought, ...]:
    """Return the files that came along; of a picture, its largest size."""
    found: list[Document | Audio | Video | Voice | PhotoSize | None] = [
        message.document,
        message.audio,
        message.video,
        message.voice,
        message.photo[-1] if message.photo else None,
    ]
    return tuple(_file(one) for one in found if one)


def _file(file: Document | Audio | Video | Voice | PhotoSize) -> Brought:
    """Return a file as Telegram describes it; what it does not name is named after its kind."""
    kind = type(file).__name__.lower()
    name = getattr(file, "file_name", None) or NAMES.get(kind, kind)
    media_type = getattr(file, "mime_type", None) or ""
    return Brought(file.file_id, str(name), str(media_type), file.file_size or 0)
