"""A message as the steps that tell it in Slack, in Block Kit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from channels.slack.capabilities import (
    ACTIONS,
    BUTTON,
    BUTTONS,
    FALLBACK,
    HEADER,
    HOME_BLOCKS,
    SECTION,
    SECTIONS,
)
from channels.slack.text import escaped, mrkdwn, weight
from domain.lettering import cleaned, directed, is_seen, pieces, shortened
from domain.messages import Choice, Message, Section

NAME_LENGTH = 120  # characters of a file's name
DIVIDER: dict[str, Any] = {"type": "divider"}
NOTHING = "…"  # stands where a message would have nothing to see
PRESSED = "choice"  # how the ids of our buttons begin

Block = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Post:
    """One message. `text` is read out, and shown where blocks are not: in notifications."""

    blocks: tuple[Block, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Edit:
    """One message in the place of another, whose reference is `message_ref`."""

    message_ref: str
    post: Post


@dataclass(frozen=True, slots=True)
class Amend:
    """The same, only where that other still stands."""

    message_ref: str
    post: Post


@dataclass(frozen=True, slots=True)
class Upload:
    name: str
    sha256: str


Step = Post | Edit | Amend | Upload


@lru_cache(maxsize=64)  # one notice is told to hundreds in the same words
def steps(message: Message) -> tuple[Step, ...]:
    """Return the steps in their order; the last text carries the buttons."""
    blocks = _sections(message)
    parts = [tuple(blocks[at : at + SECTIONS]) for at in range(0, len(blocks), SECTIONS)]
    title = _title(message)
    if is_header(title):
        parts[0] = (_header(title), *parts[0])
    parts[-1] = (*parts[-1], *buttons((*_windows(message), *message.choices)))
    told: list[Step] = [Post(part, _fallback(message)) for part in parts]
    if message.amends and isinstance(last := told[-1], Post):
        return (Amend(message.amends, last),)  # its last part has the buttons
    if message.replaces and isinstance(told[0], Post):
        told[0] = Edit(message.replaces, told[0])
    uploads = [Upload(_file_name(file.name), file.sha256) for file in message.attachments]
    return (*told, *uploads)


def home(message: Message) -> dict[str, Any]:
    """Return the message as the view of somebody's App Home; what is too long for it is cut."""
    whole = Section(message.text, message.title, message.choices)
    parts = [_part(message, section) for section in message.sections or (whole,)]
    blocks = [block for part in parts[:-1] for block in (*part, DIVIDER)] + parts[-1]
    return {"type": "home", "blocks": blocks[:HOME_BLOCKS]}


def _part(message: Message, section: Section) -> list[Block]:
    """Return a part of the Home; a long text is cut, so that its buttons are seen."""
    told = replace(message, text=section.text, title=section.title, choices=section.choices)
    title, answers = _title(told), buttons(told.choices)
    above = [_header(title)] if is_header(title) else []
    is_empty = not is_seen(section.text) and bool(above or answers)
    texts = [] if is_empty else _sections(told)
    return [*above, *texts[: HOME_BLOCKS - len(above) - len(answers)], *answers]


def is_header(title: str) -> bool:
    """Say whether a title is there, and short enough to stand as a header."""
    return is_seen(title) and len(title.encode("utf-16-le")) // 2 <= HEADER


def buttons(choices: Sequence[Choice]) -> tuple[Block, ...]:
    """Return the choices as rows of buttons, no more than Slack takes."""
    shown = [_button(at, choice) for at, choice in enumerate(choices) if choice.value][:BUTTONS]
    return tuple(
        {"type": "actions", "elements": shown[at : at + ACTIONS]}
        for at in range(0, len(shown), ACTIONS)
    )


def _windows(message: Message) -> Iterator[Choice]:
    """Offer the window in which a form is filled in at once, beside its first question."""
    if message.form:
        yield Choice(message.form.title, message.form.resumed_by)


def _sections(message: Message) -> list[Block]:
    title, text = _title(message), _directed(message, message.text)
    if is_seen(title) and not is_header(title):
        text = f"{title}\n\n{text}"
    cut = [piece.strip() for piece in pieces(text, SECTION, weight) if is_seen(piece)]
    return [_section(piece) for piece in cut or [NOTHING]]


def _section(text: str) -> Block:
    # `verbatim`: Slack itself makes no links of names and channels.
    return {"type": "section", "text": {"type": "mrkdwn", "text": mrkdwn(text), "verbatim": True}}


def _header(title: str) -> Block:
    return {"type": "header", "text": plain(title)}


def _button(at: int, choice: Choice) -> Block:
    labels = (" ".join(cleaned(one).split()) for one in (choice.label, choice.value))
    label = shortened(next(filter(is_seen, labels), NOTHING), BUTTON // 2)
    return {
        "type": "button",
        "action_id": f"{PRESSED}-{at}",
        "text": plain(label),
        "value": choice.value,
    }


def plain(text: str) -> Block:
    return {"type": "plain_text", "text": text, "emoji": False}


def _title(message: Message) -> str:
    return " ".join(_directed(message, message.title).split())


def _directed(message: Message, text: str) -> str:
    return directed(cleaned(text), message.direction).strip()


def _fallback(message: Message) -> str:
    lines: Iterator[str] = (cleaned(one).strip() for one in (message.title, message.text))
    text = "\n".join(line for line in lines if is_seen(line)) or NOTHING
    return escaped(next(pieces(text, FALLBACK, weight)))


def _file_name(name: str) -> str:
    """Return a name that fits in a header and in a folder, its ending kept."""
    name = cleaned(name).replace("\n", " ").replace("/", "-").replace("\\", "-").strip()
    stem, dot, ending = name.rpartition(".")
    if dot and len(ending) <= 8 and len(name) > NAME_LENGTH:  # noqa: PLR2004 - no ending is longer
        return stem[: NAME_LENGTH - len(ending) - 1] + dot + ending
    return name[:NAME_LENGTH] or "document"
