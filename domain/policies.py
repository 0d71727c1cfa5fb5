"""What a commune has settled about its notices: forced and forbidden ways, ladders, a limit."""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from domain.addresses import Channel
from domain.bodies import Role
from domain.errors import Misconfigured
from domain.escalations import Ladder, Step
from domain.notices import NoticeClass
from domain.topics import BODY, Topic

HOUSE = Path(__file__).with_name("policy.toml")
ALL = "all"  # the topic of what holds for every topic
LENGTH = re.compile(r"PT(?:(\d{1,3})H)?(?:(\d{1,3})M)?")
KNOWN = frozenset({"most_an_hour", "forced", "forbidden", "roles", "ladders"})

Ways = Mapping[str, frozenset[Channel]]


@dataclass(frozen=True, slots=True)
class Policy:
    """`forced` and `forbidden` are by topic, or ALL.

    `most_an_hour`: how many notices of one topic reach a person one by one; the rest is gathered.
    """

    most_an_hour: int = 10
    forced: Ways = field(default_factory=dict)
    forbidden: Ways = field(default_factory=dict)
    roles: Mapping[Role, frozenset[Channel]] = field(default_factory=dict)
    ladders: Mapping[NoticeClass, Ladder] = field(default_factory=dict)

    def ladder(self, notice_class: NoticeClass) -> Ladder:
        return self.ladders.get(notice_class, ())

    def forces(self, topics: tuple[str, ...], channel: Channel) -> bool:
        return any(channel in self.forced.get(topic, ()) for topic in (ALL, *topics))

    def forbids(self, topics: tuple[str, ...], channel: Channel) -> bool:
        return any(channel in self.forbidden.get(topic, ()) for topic in (ALL, *topics))


@lru_cache(maxsize=8)
def policy(file: Path = HOUSE) -> Policy:
    """Return the policy of a file, or raise Misconfigured, naming what it cannot mean."""
    try:
        plain = tomllib.loads(file.read_text("utf-8"))
        return _policy(plain)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Misconfigured(f"The policy {file} cannot be read ({error}).") from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Misconfigured(
            f"The policy {file} says {error}: docs/howto/configure.md shows what it may say."
        ) from error


def _policy(plain: Mapping[str, Any]) -> Policy:
    if strange := plain.keys() - KNOWN:
        raise ValueError(f"{', '.join(sorted(strange))}, which is nothing")
    return Policy(
        most_an_hour=_count(plain.get("most_an_hour", 10)),
        forced=_table(plain.get("forced", {}), _topic),
        forbidden=_table(plain.get("forbidden", {}), _topic),
        roles=_table(plain.get("roles", {}), Role),
        ladders={
            NoticeClass(name): _ladder(steps) for name, steps in plain.get("ladders", {}).items()
        },
    )


def _table(plain: Mapping[str, Any], key: Callable[[str], Any]) -> dict[Any, frozenset[Channel]]:
    return {key(name): _channels(words) for name, words in plain.items()}


def _channels(words: Any) -> frozenset[Channel]:
    if isinstance(words, str):
        raise TypeError(f"{words!r} where a list of channels is wanted")
    return frozenset(Channel(word) for word in words)


def _topic(name: str) -> str:
    return name if name == ALL or name.startswith(BODY) else Topic(name).value


def _count(number: Any) -> int:
    if not isinstance(number, int) or number < 1:
        raise ValueError(f"most_an_hour = {number!r}, not a whole number from 1")
    return number


def _ladder(steps: Any) -> tuple[Step, ...]:
    ladder = tuple(Step(_length(step["after"]), _channels(step["channels"])) for step in steps)
    waits = [step.after for step in ladder]
    if not waits or waits[0] or waits != sorted(set(waits)):
        raise ValueError("a ladder whose steps do not begin with PT0M and come one after another")
    return ladder


def _length(text: str) -> timedelta:
    """Read `PT0M`, `PT10M`, `PT24H` (ISO 8601)."""
    found = LENGTH.fullmatch(text)
    if not found or not any(found.groups()):
        raise ValueError(f"{text!r}, which is no length of time such as PT30M")
    hours, minutes = (int(part or 0) for part in found.groups())
    return timedelta(hours=hours, minutes=minutes)
