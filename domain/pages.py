"""A page that a channel brings along, such as one by which a workspace lets our app in."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from domain.channel import Call


@dataclass(frozen=True, slots=True)
class Reply:
    """What a page answers: `text` is plain."""

    status: int
    text: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Page:
    """`path` is where it is asked for, by GET; `answer` changes nothing without proof."""

    path: str
    answer: Callable[[Call], Awaitable[Reply]]
