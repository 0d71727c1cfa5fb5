"""A message as the calls that tell it on Telegram."""

from dataclasses import dataclass, replace
from functools import lru_cache

from channels.telegram.capabilities import BUTTONS, BUTTONS_A_ROW, CAPTION_UNITS, TEXT_UNITS
from channels.telegram.text import escaped, units, weight
from domain.lettering import cleaned, directed, is_seen, pieces, shortened
from domain.messages import Choice, Message

TITLE_UNITS = 1024  # a longer title is told as plain text, so that there is room beside it
LABEL_LENGTH = 60  # characters; telephones cut a button's label at about this
ROW_LENGTH = 28  # characters of the labels that may stand side by side on a telephone
NAME_LENGTH = 120  # characters of a file's name
NOTHING = "…"  # stands where a message would have nothing to see

Keyboard = tuple[tuple[Choice, ...], ...]


@dataclass(frozen=True, slots=True)
class SendText:
    html: str
    keyboard: Keyboard = ()


@dataclass(frozen=True, slots=True)
class EditText:
    """`message_ref` is one of ours, `chat:message`."""

    message_ref: str
    html: str
    keyboard: Keyboard = ()


@dataclass(frozen=True, slots=True)
class AmendText:
    """Edit a message where it still stands."""

    message_ref: str
    html: str
    keyboard: Keyboard = ()


@dataclass(frozen=True, slots=True)
class SendDocument:
    name: str
    sha256: str
    caption: str = ""


Step = SendText | EditText | AmendText | SendDocument


@lru_cache(maxsize=64)  # one notice is told to hundreds in the same words
def calls(message: Message) -> tuple[Step, ...]:
    """Return the calls in their order; the last text carries the buttons.

    One document with few words and no buttons is one call, the words being its caption.
    """
    parts = _parts(message)
    if message.amends:  # its last part has the buttons, and the words that were added
        last = (parts or [NOTHING])[-1]
        return (AmendText(message.amends, last, keyboard(message.choices)),)
    documents = tuple(
        SendDocument(_file_name(file.name), file.sha256) for file in message.attachments
    )
    if not parts and documents and not message.choices and not message.replaces:
        return documents
    if _is_captioned(message, parts):
        return (replace(documents[0], caption=parts[0]),)
    return (*_texts(parts or [NOTHING], message), *documents)


def keyboard(choices: tuple[Choice, ...]) -> Keyboard:
    """Lay the choices out in rows: short labels side by side, no more than Telegram takes."""
    rows: list[list[Choice]] = []
    width = ROW_LENGTH
    for choice in [choice for choice in choices if choice.value][:BUTTONS]:
        label = _label(choice)
        if not rows or width + len(label) > ROW_LENGTH or len(rows[-1]) == BUTTONS_A_ROW:
            rows.append([])
            width = 0
        rows[-1].append(Choice(label, choice.value))
        width += len(label)
    return tuple(tuple(row) for row in rows)


def _parts(message: Message) -> list[str]:
    title, text = (
        directed(cleaned(said), message.direction).strip() for said in (message.title, message.text)
    )
    head = f"<b>{escaped(title)}</b>" if is_seen(title) else ""
    if units(head) > TITLE_UNITS:
        head, text = "", f"{title}\n\n{text}"
    return list(_under(head, text))


def _under(head: str, text: str) -> list[str]:
    """Return the parts of a text, with room for `head` on the first that can be seen."""
    gap = "\n\n" if head else ""
    cut = pieces(text, TEXT_UNITS - units(head + gap), weight)
    parts = [escaped(piece.strip()) for piece in cut if is_seen(piece)]
    if not parts:
        return [head] if head else []
    return [head + gap + parts[0], *parts[1:]]


def _texts(parts: list[str], message: Message) -> list[Step]:
    buttons = keyboard(message.choices)
    texts: list[Step] = [SendText(part) for part in parts]
    texts[-1] = SendText(parts[-1], buttons)
    if message.replaces:
        texts[0] = EditText(message.replaces, parts[0], buttons if len(parts) == 1 else ())
    return texts


def _is_captioned(message: Message, parts: list[str]) -> bool:
    return (
        len(message.attachments) == 1
        and len(parts) == 1
        and units(parts[0]) <= CAPTION_UNITS
        and not message.choices
        and not message.replaces
    )


def _label(choice: Choice) -> str:
    labels = (" ".join(cleaned(said).split()) for said in (choice.label, choice.value))
    return shortened(next(filter(is_seen, labels), NOTHING), LABEL_LENGTH)


def _file_name(name: str) -> str:
    """Return a name that fits in a header and in a folder, its ending kept."""
    name = cleaned(name).replace("\n", " ").replace("/", "-").replace("\\", "-").strip()
    stem, dot, ending = name.rpartition(".")
    if dot and len(ending) <= 8 and len(name) > NAME_LENGTH:  # noqa: PLR2004 - no ending is longer
        return stem[: NAME_LENGTH - len(ending) - 1] + dot + ending
    return name[:NAME_LENGTH] or "document"
